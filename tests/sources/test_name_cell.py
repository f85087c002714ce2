"""Names out of one cell, as the lists print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.sources.name_cell import in_latin, split_cell, tidy

CELLS = [
    ("Abdul Rehman; Abd Ur-Rehman; Abdur Rahman", ["Abdul Rehman", "Abd Ur-Rehman", "Abdur Rahman"], []),
    ("Majeed, Abdul", ["Majeed, Abdul"], []),
    ("عبدالله السندي (Abdullah Sindhi)", ["Abdullah Sindhi"], ["عبدالله السندي"]),
    ("Agha Jan Alizai اغا جان عالیزی", ["Agha Jan Alizai"], ["اغا جان عالیزی"]),
    ("Abubakar (original script: Абубакар)", ["Abubakar"], ["Абубакар"]),
    ("حسن غول (Hassan Ghul; Hassan Gul; Hasan Gul)", ["Hassan Ghul", "Hassan Gul", "Hasan Gul"], ["حسن غول"]),
    ("أنصار الشريعة بليبيا (Ansar al Charia in Libya\n(ASL))",
     ["Ansar al Charia in Libya (ASL)"], ["أنصار الشريعة بليبيا"]),
    ("Hay’at Tahrir (HTS) (هيئة تحرير (original script); Hayat Tahrir; Commission)",
     ["Hay’at Tahrir (HTS)", "Hayat Tahrir", "Commission"], ["هيئة تحرير"]),
    ("شبكة أنصار (Ansar Network - sub-unit name)", ["Ansar Network"], ["شبكة أنصار"]),
    ("Akhter son of Noor (اختر محمد ),", ["Akhter son of Noor"], ["اختر محمد"]),
    ("Mohammed Sabet; Mohammad Sabet b) M. Javad Sabet", ["Mohammed Sabet", "Mohammad Sabet", "M. Javad Sabet"], []),
    (") Abdelrahman Juhan", ["Abdelrahman Juhan"], []),
    ("(Sheikh) Musa Hilal", ["(Sheikh) Musa Hilal"], []),
    ("華信船務(香港)有限公司", [], ["華信船務(香港)有限公司"]),
    ("شيخ الفاتح ، الفاتح", [], ["شيخ الفاتح", "الفاتح"]),
    ("BUTEMBO AIRLINES (BAL)", ["BUTEMBO AIRLINES (BAL)"], []),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "latin", "other"), CELLS)
def test_cells(cell: str, latin: list[str], other: list[str]) -> None:
    names = split_cell(cell)
    assert [name.text for name in names if not name.other_script] == latin
    assert [name.text for name in names if name.other_script] == other


@pytest.mark.parametrize(
    ("text", "expected"), [("Zoë", True), ("Сергей", False), ("Ταξιαρχία του Aqsa", False), ("7/11", True)]
)
def test_in_latin(text: str, expected: bool) -> None:
    assert in_latin(text) is expected


def test_a_cell_of_absurd_length_is_left_alone() -> None:
    cell = "(" * 100_000 + "Ж;a"
    assert [name.text for name in split_cell(cell)] == [cell]


@given(st.text(alphabet="ab ()\";,:'Жع", max_size=30))
def test_splitting_invents_nothing_and_ends(cell: str) -> None:
    for name in split_cell(cell):
        assert name.text
        assert tidy(name.text) == name.text
        assert set(name.text) <= set(cell)


@given(st.from_regex(r"[A-Z][a-z]{1,8}( [A-Z][a-z'’-]{1,8}){0,3}", fullmatch=True))
def test_a_plain_name_stays_as_it_is(name: str) -> None:
    assert [found.text for found in split_cell(name)] == [tidy(name)]

"""The alias rule, on cells as the list prints them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.sources.ca_sema_aliases import aliases, is_latin, outside_brackets


@pytest.mark.parametrize(
    ("cell", "surname", "expected"),
    [
        # language labels, a Latin letter inside a Cyrillic name
        ("Raman Ivanavich BIZIUK,  Belarusian: Раман Iванавiч БIЗЮК, Russian: Роман Иванович БИЗЮК", "BIZIUK",
         [("Raman Ivanavich BIZIUK", "alias", None), ("Раман Iванавiч БIЗЮК", "original_script", "bel"),
          ("Роман Иванович БИЗЮК", "original_script", "rus")]),
        ("Ирина Анатольевна КОСТЕНКО / Iрина Анатолiївна КОСТЕНКО", "KOSTENKO",
         [("Ирина Анатольевна КОСТЕНКО", "original_script", None),
          ("Iрина Анатолiївна КОСТЕНКО", "original_script", None)]),
        ("Ali Ahmed Karti \nArabic: علي أحمد كرتي", "Karti",
         [("Ali Ahmed Karti", "alias", None), ("علي أحمد كرتي", "original_script", "ara")]),
        ("Abbas Morteza Nilforushan\n عباس نیلفروشان", "Nilforushan",
         [("Abbas Morteza Nilforushan", "alias", None), ("عباس نیلفروشان", "original_script", None)]),
        # a comma that separates, and one that belongs to the name
        ("Mohammed A, Massar\nAbdelrahman Assil", "Aseel",
         [("Mohammed A", "alias", None), ("Massar Abdelrahman Assil", "alias", None)]),
        ("Баранов, Олег Анатольевич", "BARANOV", [("Олег Анатольевич Баранов", "original_script", None)]),
        ("BIDEVKA, BIDIOVKA", "BIDYOVKA", [("BIDEVKA", "weak", None), ("BIDIOVKA", "weak", None)]),
        ("Katsiaryna or Katerina Smuschkovich, Ekaterina Varabei", "SMUSHKOVICH",
         [("Katsiaryna", "weak", None), ("Katerina Smuschkovich", "alias", None),
          ("Ekaterina Varabei", "alias", None)]),
        # connectives of a person
        ("Abdul Rahim Dagalo and Abdelrahim Hamdan Dagalo Mousa", "Hamdan Dagalo",
         [("Abdul Rahim Dagalo", "alias", None), ("Abdelrahim Hamdan Dagalo Mousa", "alias", None)]),
        ("also Andrey Mikhailovich Ilnitsky; “Abu-Barra”", "ILNITSKY",
         [("Andrey Mikhailovich Ilnitsky", "alias", None), ("Abu-Barra", "weak", None)]),
    ],
)  # fmt: skip
def test_person(cell: str, surname: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert [(a.text, a.kind.value, a.lang) for a in aliases(cell, surname, True)] == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Евро-Полис, ООО", ["Евро-Полис, ООО"]),
        (" VSC, VSK, Восточная Стивидорная Компания, ООО, ООО “ВСК”",
         ["VSC", "VSK", "Восточная Стивидорная Компания, ООО", "ООО “ВСК”"]),
        ("АО, Воронежский опытный завод", ["АО, Воронежский опытный завод"]),
        ("Министерство образования, науки и молодежи", ["Министерство образования, науки и молодежи"]),
        ("Центральный институт (ЦНИИМаш, АО)", ["Центральный институт (ЦНИИМаш, АО)"]),
        ('Акционерное общество or АО "Усть-Луга Ойл"', ['Акционерное общество or АО "Усть-Луга Ойл"']),
        ("ООО Машприборинторг-Волна and МПИ-Волна", ["ООО Машприборинторг-Волна", "МПИ-Волна"]),
        ("GSK Advance Co. Ltd. and GSK for Advanced Business Co. Ltd.",
         ["GSK Advance Co. Ltd.", "GSK for Advanced Business Co. Ltd."]),
        ("Radiological Chemical and Biological Defence troops, Войска защиты",
         ["Radiological Chemical and Biological Defence troops", "Войска защиты"]),
        ("Sazman-e Basij-e Mostazafan, the Basij", ["Sazman-e Basij-e Mostazafan", "the Basij"]),
        ("Беларускi народны банк) (Russian: ОАО \"БНБ-Банк\"", ["Беларускi народны банк", 'ОАО "БНБ-Банк"']),
        ("GORT/ORTAS", ["GORT", "ORTAS"]),
        ("", []),
        (" ; , / ", []),
    ],
)  # fmt: skip
def test_entity(cell: str, expected: list[str]) -> None:
    assert [alias.text for alias in aliases(cell)] == expected


def test_what_may_be_two_is_marked() -> None:
    found = list(aliases("Al Gunade and Al-Juneid, AlGunade"))
    assert [(a.text, a.unsure) for a in found] == [("Al Gunade and Al-Juneid", True), ("AlGunade", False)]


def test_script_of_most_letters() -> None:
    assert is_latin("Müller 3") and is_latin("12")
    assert not is_latin("Iрина Анатолiївна")


def test_brackets() -> None:
    assert outside_brackets("a (b, c), d", ",") == ["a (b, c)", " d"]
    assert outside_brackets("a (b, c", ",") == ["a (b", " c"]


@given(st.text(alphabet="AaЖж ,;/()\n\"“”:.'\tand or", max_size=60), st.booleans())
def test_no_letter_is_lost(cell: str, person: bool) -> None:
    """Whatever the cell: every capital letter of it is in some alias, and no alias is empty or mere punctuation."""
    found = [alias.text for alias in aliases(cell, "Aaa", person)]
    assert all(any(c.isalnum() for c in text) for text in found)
    kept = "".join(found)
    assert all(kept.count(letter) == cell.count(letter) for letter in "AЖж")

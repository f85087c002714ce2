import pytest
from bench.groups import group, origin, origins, script


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Maria Luísa Murilo", "Latin"), ("Иван Петров", "Cyrillic"), ("陽一 三浦", "Han"), ("さくら 田", "Kana"),
        ("김철수", "Hangul"), ("محمد علي", "Arabic"), ("จุฑารัตน์ ราชัน", "Thai"), ("पल्लव रॉय", "Devanagari"),
        ("Kim 김철수", "Latin"), ("ᚠᚢᚦ", "other"), ("123 - 4", "none"), ("", "none"),
    ],
)  # fmt: skip
def test_the_script_of_most_letters(name: str, written: str) -> None:
    assert script(name) == written


@pytest.mark.parametrize(
    ("surname", "of"),
    [
        ("GARCÍA", "Hispanic"), ("López Quispe", "Hispanic"), ("de Souza", "Portuguese"), ("Müller", "German"),
        ("Yıldız", "Turkish"), ("Nguyễn", "Vietnamese"), ("Sørensen", "Scandinavian"), ("Xyzzy", "other"),
        ("", "other"),
    ],
)  # fmt: skip
def test_the_origin_by_the_surname_lists(surname: str, of: str) -> None:
    assert origin(surname) == of


def test_the_group_is_the_script_or_the_origin() -> None:
    assert group("Ana García", "García") == "Latin, Hispanic"
    assert group("김철수", "김") == "Hangul"


def test_the_surname_lists_have_what_is_looked_up() -> None:
    assert all(surname.isalpha() and surname.isascii() and surname.islower() for surname in origins())

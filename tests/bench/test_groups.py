import pytest
from bench.groups import script


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("Maria Luísa Murilo", "Latin"), ("Иван Петров", "Cyrillic"), ("陽一 三浦", "Han"), ("さくら 田", "Kana"),
        ("김철수", "Hangul"), ("محمد علي", "Arabic"), ("จุฑารัตน์ ราชัน", "Thai"), ("पल्लव रॉय", "Devanagari"),
        ("Kim 김철수", "Latin"), ("ᚠᚢᚦ", "other"), ("123 - 4", "none"), ("", "none"),
    ],
)  # fmt: skip
def test_the_script_of_most_letters(name: str, group: str) -> None:
    assert script(name) == group

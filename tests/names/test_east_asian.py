"""Hangul and Han to words; syllables across the systems of spelling."""

import pytest

from allonym.names.script import words
from allonym.names.sound import sound
from allonym.names.syllables import canonical


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("김정은", "kim jong un"),
        ("이명박", "ri myong pak"),
        ("영변 원자력 연구소", "yongbyon atomic energy research institute"),
        ("习近平", "xi jinping"),
        ("欧阳娜娜", "ouyang nana"),
        ("王建设", "wang jianshe"),
        ("長安海連技術有限公司", "zhanganhailian technology limited"),
        ("朝鲜联合机械贸易会社", "korea joint machinery trading company"),
        ("迪奥斯达多·卡韦略", "diosdado kavelyo"),
        ("尼古拉斯・马杜罗", "nigulas maduro"),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert " ".join(w.text for w in words(text)) == expected


@pytest.mark.parametrize(
    "spellings",
    ["kim gim", "lee ri rhee li", "pak park bak", "choe choi", "jong jung chong jeong chung", "hyok hyuk hyeok",
     "un eun", "tsetung zedong", "hsi xi", "chinping jinping", "teng deng", "hsiaoping xiaoping", "chou zhou",
     "chang zhang", "hsieh xie", "tsai cai", "jongun chongun jeongeun", "paek baek paik", "shin sin", "kuo guo"],
)  # fmt: skip
def test_systems_of_spelling_meet(spellings: str) -> None:
    assert len({sound(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [("kim", "kang"), ("xi", "shi"), ("wang", "wong"), ("tina", "dina"), ("rita", "lida"), ("rubin", "lupin"),
     ("goran", "koran"), ("jan", "yan"), ("cai", "kai")],
)  # fmt: skip
def test_others_do_not(left: str, right: str) -> None:
    assert sound(left) != sound(right)


@pytest.mark.parametrize("word", ["hasan", "qasim", "maria", "tina", "schmidt", "", "a", "garcia", "1962"])
def test_words_from_elsewhere_are_no_syllables(word: str) -> None:
    assert canonical(word) is None

"""Any script to lower-case ASCII."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.names.script import MAX_LENGTH, Script, Word, visible, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("José García-Márquez", "jose garcia marquez"),
        ("Łódź Ørsted", "lodz orsted"),
        ("Сергей Лавров", "sergey lavrov"),
        ("Κυριάκος Μητσοτάκης", "kyriakos mitsotakis"),
        ("ბარაკ ობამა", "barak obama"),
        ("김정은", "kim jong un"),
        ("이명박", "ri myong pak"),
        ("习近平", "xi jinping"),
        ("欧阳娜娜", "ouyang nana"),
        ("バラク・オバマ", "baraku obama"),
        ("CHO'NG Nam", "chong nam"),
        ("Al-Qa‘ida", "al qaida"),
        ("VladimirPutin", "vladimir putin"),
        ("SiemensAG", "siemens ag"),
        ("A.B.C. Company", "abc company"),
        ("AT&T", "at and t"),
        ("Juan\u200b\u202e Pérez\x00", "juan perez"),
        ("", ""),
        ("!!! — ???", ""),
        ("🙂", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert " ".join(w.text for w in words(text)) == expected


def test_arabic_keeps_consonants_and_parts_the_article() -> None:
    found = words("محمد بن زغلوط الفرنكشي")
    assert found[:2] == [Word("muhammad", Script.VOWELLED), Word("bin", Script.VOWELLED)]
    assert found[2:] == [Word("zghlwt", Script.BARE), Word("al", Script.BARE), Word("frnkshy", Script.BARE)]


def test_hebrew_is_abjad() -> None:
    assert words("בנימין") == [Word("bnymyn", Script.BARE)]


@given(st.text(max_size=3_000))
def test_any_text_gives_plain_words(text: str) -> None:
    for word in words(text):
        assert word.text.isascii()
        assert word.text.isalnum()
        assert word.text == word.text.lower()


@given(st.text(max_size=6_000))
def test_visible_is_bounded(text: str) -> None:
    assert len(visible(text)) <= MAX_LENGTH


def test_words_say_what_was_read() -> None:
    assert words("성훈 김") == [Word(text, Script.SYLLABLES) for text in ("song", "hun", "kim")]
    assert {word.script for word in words("माला खान")} == {Script.VOWELLED}
    assert {word.script for word in words("Иван Ivan")} == {Script.LETTERS}


def test_a_small_letter_turned_round_with_a_capital_is_no_word() -> None:
    assert [word.text for word in words("uYpeng CHI")] == ["uypeng", "chi"]
    assert [word.text for word in words("McDonald AlQaeda")] == ["mc", "donald", "al", "qaeda"]

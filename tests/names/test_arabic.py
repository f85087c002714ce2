"""Arabic script to words, and given names of two words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.names.arabic import folded, romanised, table
from allonym.names.compounds import parted
from allonym.names.script import words
from allonym.names.sound import sound


def shown(text: str) -> str:
    return " ".join(w.text for w in words(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("عبد الرحمن", "abdul al rahman"),
        ("عبدالرحمن", "abdul rahman"),
        ("عبد الله", "abdullah"),
        ("عبدالله", "abdullah"),
        ("سیف الدین", "sayf din"),
        ("سيف الدين", "sayf din"),
        ("نورالدین", "nur din"),
        ("حبیب الله", "habib allah"),
        ("أبواليزيد", "abu al yazid"),
        ("البغدادي", "al baghdadi"),
        ("الراوي", "al rawi"),
        ("علي", "ali"),
        ("علی", "ali"),
        ("ياسرعزيزعباس", "yasir aziz abbas"),
        ("ﻣﺤﻤﺪ", "muhammad"),
        ("مُحَمَّد", "muhammad"),
        ("محمـــد", "muhammad"),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_an_unknown_word_gives_its_consonants() -> None:
    assert romanised("زغبلتش") == (("zghbltsh", True),)


@pytest.mark.parametrize(
    "spellings",
    [
        "Abdul Rahman|Abd al-Rahman|Abdurrahman|Abdelrahman|Abdel Rahman|Abdarahman|عبد الرحمن|Абдурахман",
        "Abdullah|Abd Allah|Abdallah|Abdellah|Abdulla|عبد الله|عبدالله",
        "Sayf al-Din|Sayfuddin|Sayfeddine|Sayf Eddine|Sayfaddin|سيف الدين",
        "Habib Allah|Habibullah|Habibollah|Habib Ullah|حبيب الله",
        "Abdul Aziz|Abdulaziz|Abdelaziz|Abd al-Aziz|عبدالعزيز",
    ],
)
def test_all_spellings_have_the_same_parts(spellings: str) -> None:
    found = {tuple(sound(w.text) for w in words(s) if w.text not in ("al", "ul", "el")) for s in spellings.split("|")}
    assert len(found) == 1, found


@pytest.mark.parametrize("word", ["abdulov", "abdi", "paladin", "rodin", "geraldine", "ayatollah", "callahan", "mullah",
                                  "borodin", "delilah", "abdu", "dinghy"])  # fmt: skip
def test_other_words_stay_whole(word: str) -> None:
    assert parted(word) == (word,)


def test_the_table_is_folded_and_spelt_as_names_are_read() -> None:
    assert len(table()) > 1_000
    for word, pieces in table().items():
        assert folded(word) == word
        assert all(text.isascii() and text.isalpha() and text.islower() for text, _ in pieces)


@given(st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئپچژگکی ـ\u064e\u0651\u200c", max_size=80))
def test_any_arabic_text_is_read(text: str) -> None:
    for word in words(text):
        assert word.text.isascii() and word.text.isalnum()

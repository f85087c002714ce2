"""Words of organisations' names in many languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.names.glossary import meaning, phrase, plain, tables
from allonym.names.parts import Kind, Role, read


def told(text: str) -> list[str]:
    """The parts that carry the name."""
    return [p.text for p in read(text, Kind.ORGANISATION).parts if p.role in (Role.PART, Role.NUMBER)]


@pytest.mark.parametrize("word", ["proizvodstvennoe", "proizvodstvennoye", "proizvodstvennyy", "proizvodstvennykh",
                                  "proizvodstvennaia", "manufacturing", "towlid", "uretim"])  # fmt: skip
def test_endings_and_romanisations_are_one_word(word: str) -> None:
    assert meaning(word) == ("production",)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("volgogradskiy", "volgograd"),
        ("volgogradskaia", "volgograd"),
        ("arzamasskii", "arzamas"),
        ("moskovskoe", "moscow"),
        ("gorky", "gorky"),
        ("minskiy", "minsk"),
        ("ulyanovskii", "ulyanovsk"),
        ("ulyanovsk", "ulyanovsk"),
        ("penzenskoye", "penza"),
        ("smolensk", "smolensk"),
    ],
)
def test_adjectives_of_places(word: str, expected: str) -> None:
    assert meaning(word) == (expected,)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ООО «Торговый дом Заря»", "Zarya Trading House LLC"),
        ("AO NPP Radiy", "Joint Stock Company Scientific Production Enterprise Radiy"),
        ("Aktsionernoye Obshchestvo Tsentralnoye Konstruktorskoye Byuro Lazurit", "AO TSKB Lazurit"),
        ("Osborne Dis Ticaret Limited Sirketi", "Osborne Foreign Trade Ltd"),
        ("Dalian Zhenghua Maoyi Youxian Gongsi", "Dalian Zhenghua Trading Ltd"),
        ("Islamic Republic of Iran Shipping", "Iranian Shipping"),
        ("Zavod imeni Degtyareva", "Degtyareva Plant"),
    ],
)
def test_phrases(left: str, right: str) -> None:
    assert sorted(told(left)) == sorted(told(right))


@pytest.mark.parametrize("word", ["ooo", "llc", "att", "pyy"])
def test_short_words_are_left_as_they_are(word: str) -> None:
    assert plain(word) == word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OOO Baikal Trading Company", ["baikal", "trading"]),
        ("Yakutskaya Rudnaya Kompaniya OOO", ["yakutia", "ore"]),
        ("Baikal Trading Company", ["baikal", "trading", "company"]),
        ("Company LLC", ["company"]),
    ],
)
def test_company_comes_and_goes_beside_a_legal_form(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_persons_are_not_translated() -> None:
    assert [p.text for p in read("Vostok Bank", Kind.PERSON).parts] == ["vostok", "bank"]


def test_what_a_word_means_has_no_other_meaning() -> None:
    """Otherwise the translation of a word and the English word would differ."""
    chained = [
        (english, word)
        for table in (tables().words, tables().stems, tables().phrases)
        for english in table.values()
        for word in english
        if meaning(word) not in ((word,), english)
    ]
    assert chained == []


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12), min_size=1, max_size=6))
def test_any_words_are_read(texts: list[str]) -> None:
    found, length = phrase(texts, 0)
    assert found
    assert all(found)
    assert 1 <= length <= len(texts)

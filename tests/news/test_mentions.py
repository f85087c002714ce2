"""Who is named, and who is not."""

import pytest

from allonym.news.known import fold, known
from allonym.news.mentions import mentions


def read(text: str, lang: str = "en") -> list[tuple[str, str, str]]:
    found = mentions(text, known(), lang)
    return [(text[m.span.start : m.span.end], m.type, m.canonical) for m in found]


def test_folding_keeps_offsets() -> None:
    text = "Straße, Ĳssel, CÁRTEL ﬁn İ ’"
    assert len(fold(text)) == len(text)


def test_names_of_one_group_have_one_canonical() -> None:
    found = read("Cartel of the Suns (Cartel de Los Soles) and Tren de Aragua")
    assert found[0][2] == found[1][2]
    assert found[2] == ("Tren de Aragua", "designated_group", "Tren de Aragua")


def test_a_surname_stands_for_the_full_name() -> None:
    found = read("The owner, said Ada Quillon, is gone. Quillon added nothing.")
    assert found == [("Ada Quillon", "person", "Ada Quillon"), ("Quillon", "person", "Ada Quillon")]


def test_an_acronym_in_brackets_is_the_same_actor() -> None:
    found = read("The National Investigation Agency (NIA) came. The NIA left.")
    assert {name for _, _, name in found} == {"National Investigation Agency"}
    assert len(found) == 3


@pytest.mark.parametrize("text", ["He was born in Mexico.", "Mexican food is liked.", "The rain came from Canada."])
def test_a_place_is_no_mention(text: str) -> None:
    assert read(text) == []


def test_a_government_that_acts_is_a_mention() -> None:
    assert read("Ottawa has listed the gang.") == [("Ottawa", "government", "Canada")]


@pytest.mark.parametrize("text", ["", "\ud800", "(((", "“", "A" * 10_000])
def test_any_text_is_read(text: str) -> None:
    assert read(text) == []

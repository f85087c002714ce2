"""Odd input through the two doors: what happens is stated here, and it is never slow.

`compare` takes any text as a name: what cannot be read agrees with nothing. `screen` refuses a name without a letter or
digit, or of more than 1,000 characters, with an InputError that says so.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import allonym
from allonym.errors import InputError, UsageError
from allonym.names.parts import MAX_PARTS, Kind, read
from allonym.names.script import LONGEST_WORD, MAX_LENGTH, words

LONGEST = 1.0  # seconds, on any machine; 0.03 on a quiet one
ODD = {
    "empty": "", "blank": " \t\n", "one letter": "x", "one digit": "7", "emoji": "🙂👨‍👩‍👧", "punctuation": "!?—«»",
    "mixed scripts": "Иван Smith 习近平 محمد 김정은 יוסף", "null": "\x00" * 10_000, "surrogate": "\ud800abc",
    "10,000 letters": "abcdefghij" * 1_000, "5,000 words": "a b " * 2_500, "hyphens": "abc-" * 2_500,
    "dots": "a." * 5_000, "humps": "aB" * 5_000, "ampersands": "&" * 10_000, "apostrophes": "'" * 10_000,
    "commas": "," * 10_000, "brackets": "(" * 10_000, "combining": "a" + "\u0301" * 9_999, "thai": "ก็" * 5_000,
    "arabic in one": "محمدعلي" * 1_400, "arabic words": "عبدالرحمن " * 1_000, "ligatures": "\ufdfa" * 10_000,
    "almost arabic names": "محمدعليحسن" * 3 + "ز", "han": "国" * 10_000, "hangul": "김" * 10_000,
    "dotted han": "迪奥·" * 3_000, "abd": "abd" * 3_000, "allah": "ullah" * 2_000, "ng": "ng" * 5_000,
    "forty parts": " ".join(f"abcdef{c}{d}" for c in "ghijk" for d in "lmnopqrs"),
    "joined parts": "van der bilt " * 13,
}  # fmt: skip


def person(*names: str, **properties: list[str]) -> dict[str, Any]:
    return {"schema": "Person", "properties": {"name": [*names], **properties}}


def timed(call: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    found = call()
    assert time.perf_counter() - start < LONGEST
    return found


@pytest.mark.parametrize("schema", ["Person", "Company", "Vessel", "Thing"])
@pytest.mark.parametrize("odd", ODD)
def test_compare_takes_any_text(odd: str, schema: str) -> None:
    record = {"schema": schema, "properties": {"name": [ODD[odd]]}}
    for other in (person("Vladimir Putin"), record):
        found = timed(lambda other=other: allonym.compare(record, other))
        assert 0 <= found.score <= 1
    assert not allonym.compare(record, person("Vladimir Putin")).match


@pytest.mark.parametrize("text", ["", "!!!", "🙂", "\u200b\u200d", "\x00"])
def test_a_name_without_a_letter_agrees_with_nothing_not_even_itself(text: str) -> None:
    assert read(text).parts == ()
    assert not allonym.compare(person(text), person(text)).match


@pytest.mark.parametrize(
    ("odd", "plain"),
    [("\u202eJuan\u202c \u200fP\u200bé\u200drez\ufeff", "Juan Pérez"), ("J\u00adu\u00adan Pe\u0301rez", "Juan Pérez"),
     ("\u202b\u0645\u062d\u0645\u062f\u202c \u0639\u0644\u064a", "محمد علي"), ("Ｊｕａｎ　Ｐéｒｅｚ", "Juan Pérez")],
)  # fmt: skip
def test_marks_that_nobody_sees_make_no_difference(odd: str, plain: str) -> None:
    assert read(odd).parts == read(plain).parts


def test_what_is_beyond_the_limits_is_cut() -> None:
    assert len(words("ab " * 5_000)) <= MAX_LENGTH
    assert all(len(w.text) <= LONGEST_WORD for w in words("x" * 5_000 + " عبد" + "ب" * 900))
    assert len(read("ab " * 5_000, Kind.ORGANISATION).parts) == MAX_PARTS


def test_dates_and_countries_that_are_none_say_nothing() -> None:
    left = person("Nicolás Maduro", birthDate=["nonsense", "", "31/12/1999", "١٩٦٢", "1962-11-23T00"], nationality=[""])
    plain = allonym.compare(person("Nicolás Maduro"), person("Nicolás Maduro", birthDate=["1962-11-23"]))
    found = allonym.compare(left, person("Nicolás Maduro", birthDate=["1962-11-23", "x" * 10_000]))
    assert found.score == plain.score
    other = allonym.compare(person("A B", country=["Atlantis"]), person("A B", country=["zz"]))
    assert [e.feature for e in other.evidence].count("country") == 1


def test_of_contradictory_dates_the_one_that_agrees_counts() -> None:
    listed = person("Nicolás Maduro", birthDate=["1962-11-23"])
    both = allonym.compare(person("Nicolás Maduro", birthDate=["1900", "1962-11-23", "2200-13-45"]), listed)
    alone = allonym.compare(person("Nicolás Maduro", birthDate=["1962-11-23"]), listed)
    assert both.score == alone.score


@pytest.mark.parametrize("record", [{}, {"schema": "Person"}, {"properties": []}, {"properties": {"name": "A B"}},
                                    {"properties": {"name": [None]}}, None, "A B"])  # fmt: skip
def test_compare_refuses_another_shape(record: Any) -> None:
    with pytest.raises(InputError, match="the right record"):
        allonym.compare(person("A B"), record)


def test_compare_refuses_a_record_without_a_name() -> None:
    with pytest.raises(UsageError, match="no name"):
        allonym.compare(person("A B"), {"schema": "Person", "properties": {"name": []}})


@pytest.mark.parametrize("odd", ODD)
def test_screen_answers_or_says_why_not(odd: str, data: Path) -> None:
    text = ODD[odd]
    with allonym.open(data) as lists:
        if len(text) > MAX_LENGTH or not any(c.isalnum() for c in text) or "\ud800" in text:
            with pytest.raises(InputError, match="the name"):
                list(lists.screen([text]))
        else:
            hits = timed(lambda: list(lists.screen([text], threshold=0)))
            assert len(hits) == 1
        for schema in ("Person", "Company", "Thing"):
            query = {"schema": schema, "properties": {"name": [(text + " zqx")[-MAX_LENGTH:].replace("\ud800", "")]}}
            assert len(timed(lambda query=query: list(lists.screen([query], threshold=0)))) == 1


@given(st.text(max_size=300), st.text(max_size=300))
def test_compare_never_fails(left: str, right: str) -> None:
    assert 0 <= allonym.compare(person(left), person(right)).score <= 1

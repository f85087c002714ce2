"""Grades of likeness: examples, and the array form against the single one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.names.script import Script
from allonym.names.similarity import PAIRING, Grade, grade, grades, shapes, traced_grade
from allonym.names.sound import trace

WORD = st.text("abdehikmnorstuvy", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("maduro", "maduro", Grade.EXACT),
        ("husayn", "hussein", Grade.VARIANT),
        ("donlad", "donald", Grade.NEAR),
        ("mohammed", "muhammad", Grade.CLOSE),
        ("fox", "fax", Grade.TINY),
        ("kim", "kin", Grade.SYLLABLE),
        ("olaf", "olav", Grade.SHORT),
        ("lavrov", "navros", Grade.LOOSE),
        ("kim", "lee", Grade.NONE),
        ("trump", "obama", Grade.NONE),
    ],
)
def test_grades(left: str, right: str, expected: Grade) -> None:
    assert grade(left, right) is expected
    assert grade(right, left) is expected


def test_a_script_without_vowels_is_compared_by_consonants() -> None:
    assert grade("mhmd", "muhammad", 1) is Grade.CONSONANTS
    assert grade("mhmd", "mahmoud", 1) is Grade.CONSONANTS
    assert grade("slman", "maduro", 1) is Grade.NONE


def test_two_without_vowels_must_be_closer() -> None:
    assert grade("hmydy", "ahmdy", 2) is Grade.NONE
    assert grade("bghdady", "bghdadi", 2) is Grade.SHORT


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("muhammad", "muhammad", Grade.EXACT),
        ("husayn", "hussein", Grade.VARIANT),
        ("saud", "saad", Grade.CONSONANTS),
        ("shakir", "shair", Grade.NONE),
        ("jabir", "jafir", Grade.NONE),
        ("zare", "suri", Grade.NONE),
    ],
)
def test_known_names_of_a_script_without_vowels_keep_their_consonants(left: str, right: str, expected: Grade) -> None:
    pairing = PAIRING[Script.VOWELLED][Script.LETTERS]
    assert grade(left, right, pairing) is grade(right, left, pairing) is expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("jong", "chong", Grade.VARIANT),
        ("ri", "lee", Grade.VARIANT),
        ("sang", "song", Grade.NONE),
        ("hongmei", "hongfei", Grade.NONE),
    ],
)
def test_a_syllable_of_a_script_is_never_a_letter_off(left: str, right: str, expected: Grade) -> None:
    assert grade(left, right, PAIRING[Script.SYLLABLES][Script.LETTERS]) is expected


def test_two_letters_are_near_like_syllables() -> None:
    assert grade("ri", "rl") is Grade.SYLLABLE
    assert grade("zhicheng", "jicheng") is Grade.CLOSE


@pytest.mark.parametrize(("left", "right"), [("briana", "bruno"), ("britt", "prieto"), ("greij", "araj")])
def test_consonants_alone_do_not_make_short_words_alike(left: str, right: str) -> None:
    assert grade(left, right) is Grade.NONE


@given(st.lists(st.tuples(WORD, WORD, st.integers(0, 4)), min_size=1, max_size=40))
def test_arrays_follow_the_same_rule(pairs: list[tuple[str, str, int]]) -> None:
    lefts, rights, pairing = (list(column) for column in zip(*pairs, strict=True))
    numbers = np.arange(len(pairs))
    found = grades(shapes(lefts), numbers, shapes(rights), numbers, np.array(pairing))
    assert [Grade(int(g)) for g in found] == [grade(a, b, c) for a, b, c in pairs]


@given(WORD, WORD)
def test_grades_are_symmetric(left: str, right: str) -> None:
    assert grade(left, right) is grade(right, left)


@given(WORD, WORD)
def test_traces_change_no_grade(left: str, right: str) -> None:
    assert traced_grade(left, right, trace(left), trace(right)) is grade(left, right)


def test_traces_hide_no_short_form() -> None:
    assert traced_grade("ted", "theodore", trace("ted"), trace("theodore")) is Grade.NICKNAME

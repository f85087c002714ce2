"""Grades of likeness: examples, and the array form against the single one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.names.similarity import Grade, grade, grades, shapes

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


@given(st.lists(st.tuples(WORD, WORD, st.integers(0, 2)), min_size=1, max_size=40))
def test_arrays_follow_the_same_rule(pairs: list[tuple[str, str, int]]) -> None:
    lefts, rights, abjad = (list(column) for column in zip(*pairs, strict=True))
    numbers = np.arange(len(pairs))
    found = grades(shapes(lefts), numbers, shapes(rights), numbers, np.array(abjad))
    assert [Grade(int(g)) for g in found] == [grade(a, b, c) for a, b, c in pairs]


@given(WORD, WORD)
def test_grades_are_symmetric(left: str, right: str) -> None:
    assert grade(left, right) is grade(right, left)

"""Short forms and names in other languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.names.nicknames import _tables, same, translated
from allonym.names.script import words

NAMES = st.sampled_from(sorted({*_tables()[0], *_tables()[1]}))


@pytest.mark.parametrize(
    ("left", "right"),
    [("ted", "theodore"), ("ted", "edward"), ("bill", "william"), ("bill", "will"), ("pepe", "jose"), ("chuy", "jesus"),
     ("nacho", "ignacio"), ("sasha", "aleksandr"), ("misha", "mikhail"), ("vova", "vladimir"), ("ze", "jose")],
)  # fmt: skip
def test_short_forms(left: str, right: str) -> None:
    assert same(left, right)
    assert same(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [("juan", "john"), ("ivan", "jean"), ("nicolas", "nicholas"), ("aleksandr", "alexander"), ("yusuf", "joseph")],
)
def test_languages_are_apart(left: str, right: str) -> None:
    assert translated(left, right)
    assert not same(left, right)


@pytest.mark.parametrize(
    ("left", "right"), [("ted", "william"), ("bill", "bob"), ("juan", "jose"), ("kim", "jong"), ("x", "y"), ("", "")]
)
def test_others(left: str, right: str) -> None:
    assert not same(left, right)
    assert not translated(left, right)


@given(NAMES, NAMES)
def test_symmetric_and_never_of_one_name(left: str, right: str) -> None:
    assert same(left, right) == same(right, left)
    assert translated(left, right) == translated(right, left)
    assert not same(left, left)


def test_names_are_spelt_as_they_are_read() -> None:
    for table in _tables():
        for name in table:
            assert [w.text for w in words(name)] == [name]

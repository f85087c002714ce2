"""Views: which snapshot answers."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.errors import NotFoundError, UsageError
from allonym.store.view import View, chosen, free_date

from .lists import snapshot

SNAPSHOTS = [
    snapshot(date, source=source)
    for source, date in (("b", "2024-05-15"), ("b", "2024-05-15.2"), ("a", "2024-05-16"), ("b", "2025-01-01"))
]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (None, (("a", "2024-05-16"), ("b", "2025-01-01"))),
        ("2024-05-15", (("b", "2024-05-15.2"),)),
        ("2024-05-15.1", (("b", "2024-05-15"),)),
        ("2024-12-31", (("a", "2024-05-16"), ("b", "2024-05-15.2"))),
        ("2025-01-01", (("a", "2024-05-16"), ("b", "2025-01-01"))),
        ("9999-12-31", (("a", "2024-05-16"), ("b", "2025-01-01"))),
    ],
)
def test_chosen(as_of: str | None, expected: tuple[tuple[str, str], ...]) -> None:
    assert chosen(SNAPSHOTS, as_of, None).snapshots == expected


@pytest.mark.parametrize("as_of", ["yesterday", "2024", "2024-02-30", "2024-05-15 ", "20240515", "", "2024-05-15."])
def test_no_date(as_of: str) -> None:
    with pytest.raises(UsageError, match="write it as 2024-05-15"):
        chosen(SNAPSHOTS, as_of, None)


def test_before_everything() -> None:
    with pytest.raises(NotFoundError, match="as of 2024-05-14: the first snapshot is of 2024-05-15"):
        chosen(SNAPSHOTS, "2024-05-14", None)
    with pytest.raises(NotFoundError, match="as of 2024-05-15: the first snapshot is of 2024-05-16"):
        chosen(SNAPSHOTS, "2024-05-15", ["a"])
    with pytest.raises(NotFoundError, match="no list is loaded"):
        chosen([], "2024-05-14", None)


def test_unknown_source() -> None:
    with pytest.raises(UsageError, match="unknown source un; loaded are: a, b"):
        chosen(SNAPSHOTS, None, ["a", "un"])
    with pytest.raises(UsageError, match="loaded are: none"):
        chosen([], None, ["un"])


def test_key() -> None:
    view = chosen(SNAPSHOTS, None, None)
    assert view.key == View((("a", "2024-05-16"), ("b", "2025-01-01"))).key
    keys = {view.key, View(()).key, chosen(SNAPSHOTS, None, ["b"]).key, chosen(SNAPSHOTS, "2024-12-31", None).key}
    assert len(keys) == 4
    assert all(len(key) == 16 and int(key, 16) >= 0 for key in keys)
    assert (view.date("b"), view.date("c")) == ("2025-01-01", None)


@given(st.integers(1, 300))
def test_versions_of_a_day_sort_as_they_came(number: int) -> None:
    taken = ["2024-05-14", "2024-05-16"]
    for _ in itertools.repeat(None, number):
        taken.append(free_date("2024-05-15", taken))
    versions = taken[2:]
    assert versions == sorted(versions)
    assert len(set(taken)) == len(taken)
    assert all("2024-05-15" <= version < "2024-05-16" for version in versions)

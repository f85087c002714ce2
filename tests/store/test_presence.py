"""Snapshots in any order give one history: the store against a model that keeps every snapshot whole."""

import itertools
import random
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allonym.model import Measure, Statement
from allonym.store import Store, View

from .lists import load, state

Record = Statement | Measure
#: A source of its own for each example, so that all share one store.
NUMBERS = itertools.count()

STATEMENTS = st.builds(
    Statement,
    st.sampled_from(["1", "2", "1-sanction-0123456789ab"]),
    st.just("Person"),
    st.sampled_from(["name", "alias"]),
    st.sampled_from(["A", "B", "C"]),
    st.sampled_from([None, "a"]),
)
MEASURES = st.builds(
    Measure, st.sampled_from(["m1", "m2"]), st.just("reward"), st.just("us"), st.just(("1",)), count=st.integers(0, 1)
)
LISTS = st.lists(st.lists(st.one_of(STATEMENTS, MEASURES), max_size=8), min_size=1, max_size=6)


def ordered(records: list[Record]) -> list[Record]:
    """Records as readers yield them: one entity after the other."""
    return sorted(records, key=lambda r: r.entity_id if isinstance(r, Statement) else "")


def told(records: list[Record]) -> dict[str, list[Statement]]:
    """By entity, without repeats."""
    found: dict[str, list[Statement]] = {}
    for record in records:
        if isinstance(record, Statement) and record not in found.setdefault(record.entity_id, []):
            found[record.entity_id].append(record)
    return dict(sorted(found.items()))


def model_history(
    lists: list[list[Record]], dates: list[str], entity_id: str
) -> set[tuple[Statement, str, str | None]]:
    """Spans of each statement of an entity, from whole snapshots."""
    present = [set(told(records).get(entity_id, [])) for records in lists]
    spans = set()
    for statement in set().union(*present):
        for there, run in itertools.groupby(range(len(dates)), key=lambda n: statement in present[n]):
            if there:
                numbers = list(run)
                last = None if numbers[-1] == len(dates) - 1 else dates[numbers[-1]]
                spans.add((statement, dates[numbers[0]], last))
    return spans


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists=LISTS, seed=st.integers(0, 2**16))
def test_any_order_gives_one_history(store: Store, lists: list[list[Record]], seed: int) -> None:
    lists = [ordered(records) for records in lists]
    dates = [f"2024-01-{day:02d}" for day in range(1, len(lists) + 1)]
    order = random.Random(seed).sample(range(len(lists)), len(lists))
    mixed, straight = f"mixed{next(NUMBERS)}", f"straight{next(NUMBERS)}"
    for number in order:
        load(store, dates[number], lists[number], source=mixed)
    for number in range(len(lists)):
        load(store, dates[number], lists[number], source=straight)
    for records, date in zip(lists, dates, strict=True):
        assert list(state(store, date, source=mixed).items()) == list(told(records).items())
        measures = {r for r in records if isinstance(r, Measure)}
        kept = store.measures(View(((mixed, date),)))
        assert (set(kept), len(kept)) == (measures, len(measures))
    for entity_id in ("1", "2", "1-sanction-0123456789ab"):
        history = store.history(mixed, entity_id)
        assert history == store.history(straight, entity_id)
        spans = {(s.statement, s.first_seen, s.last_seen) for s in history}
        assert spans == model_history(lists, dates, entity_id)


EXTRACTS = st.lists(st.tuples(st.lists(STATEMENTS, max_size=6), st.booleans()), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists=EXTRACTS, seed=st.integers(0, 2**16))
def test_no_load_changes_another_snapshot(store: Store, lists: list[tuple[list[Record], bool]], seed: int) -> None:
    source = f"extracts{next(NUMBERS)}"
    stood: dict[str, dict[str, list[Statement]]] = {}
    for number in random.Random(seed).sample(range(len(lists)), len(lists)):
        records, extract = lists[number]
        date = f"2024-01-{number + 1:02d}"
        before = stood.get(max((d for d in stood if d < date), default=""), {})
        mine = told(ordered(records))
        if extract:
            kept = {key: value for key, value in before.items() if key not in mine and key.split("-")[0] not in mine}
            mine = dict(sorted((mine | kept).items()))
        load(store, date, ordered(records), source=source, keep_absent=extract)
        stood[date] = mine
        assert {d: state(store, d, source=source) for d in stood} == stood


def rows(folder: Path, source: str) -> set[tuple[object, ...]]:
    connection = sqlite3.connect(folder / "allonym.db")
    query = "SELECT entity_id, prop, value, key, position, first_seen, last_seen FROM statement WHERE source = ?"
    found = connection.execute(query, [source]).fetchall()
    connection.close()
    assert len(found) == len(set(found))
    return set(found)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_the_rows_are_the_same_in_any_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    """Also inside: as many rows, with the same keys and spans, as when loaded in order."""
    people = [Statement(str(n), "Person", "name", f"Name {n}") for n in range(8)]
    lists = [people[:6], people[2:], people[:2] + people[5:], people]
    dates = ["2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01"]
    with Store.open(tmp_path) as store:
        for number in order:
            load(store, dates[number], lists[number], source="mixed")
        for number in range(4):
            load(store, dates[number], lists[number], source="straight")
    assert rows(tmp_path, "mixed") == rows(tmp_path, "straight")


def test_what_did_not_change_is_not_written(tmp_path: Path) -> None:
    people = [Statement(str(n), "Person", "name", f"Name {n}") for n in range(100)]
    with Store.open(tmp_path) as store:
        load(store, "2024-01-01", people)
        load(store, "2024-03-01", people[1:])
        load(store, "2024-02-01", people)
    connection = sqlite3.connect(tmp_path / "allonym.db")
    assert connection.execute("SELECT count(*), max(id) FROM statement").fetchone() == (100, 100)
    spans = connection.execute(
        "SELECT first_seen, last_seen, count(*) FROM statement GROUP BY 1, 2 ORDER BY 3"
    ).fetchall()
    connection.close()
    assert spans == [("2024-01-01", "2024-02-01", 1), ("2024-01-01", None, 99)]

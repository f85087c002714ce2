"""The contract that every store keeps."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from allonym.errors import FloorError, InputError, NotFoundError, UsageError
from allonym.model import Citation, Issue, Measure, MeasureDate, Snapshot, Statement
from allonym.store import SeenStatement, Store, View

from .lists import entry, load, sanction, side_id, snapshot, state

ANA = entry("1", name="Ana Díaz", alias=["A. Diaz", "安娜"], birthDate="1960")
BO = entry("2", name="Bo Kim", nationality="kp")


def test_empty(store: Store) -> None:
    assert store.snapshots() == []
    assert store.view() == View(())
    assert list(store.entities(store.view())) == []
    assert store.current() is None
    assert store.records("run") == []


def test_statements_come_back_as_they_were_read(store: Store) -> None:
    odd = Statement("3", "Person", "name", "Zoë\x1f🙂", "ZOË, née ‏عمر‎", "ar", "original_script")
    first = entry("10", name="Ten")
    load(store, "2024-01-01", [*BO, odd, *first, *ANA])
    found = list(store.entities(store.view()))
    assert [entity.entity_id for entity in found] == ["1", "10", "2", "3"]
    assert [list(entity.statements) for entity in found] == [ANA, first, BO, [odd]]
    assert {entity.source for entity in found} == {"xx"}


def test_sources_in_order_and_apart(store: Store) -> None:
    other = entry("1", "Company", name="Ana SA")
    load(store, "2024-01-01", ANA, source="b")
    load(store, "2024-02-01", other, source="a")
    view = store.view()
    assert view.snapshots == (("a", "2024-02-01"), ("b", "2024-01-01"))
    assert [(e.source, e.schema) for e in store.entities(view)] == [("a", "Company"), ("b", "Person")]
    assert [e.source for e in store.entity(view, "1")] == ["a", "b"]
    assert [e.source for e in store.entity(store.view(sources=["b"]), "1")] == ["b"]
    assert store.entity(view, "nobody") == []


def test_ids(store: Store) -> None:
    entities = {f"{n:04d}": entry(f"{n:04d}", name=f"Name {n}") for n in range(1500)}
    load(store, "2024-01-01", [s for statements in entities.values() for s in statements])
    wanted = [f"{n:04d}" for n in range(1499, -1, -1)] + ["none", "0000"]
    assert [e.entity_id for e in store.entities(store.view(), ids=wanted)] == list(entities)
    assert list(store.entities(store.view(), ids=[])) == []


def test_an_entity_in_two_places_of_a_list(store: Store) -> None:
    load(store, "2024-01-01", [*entry("1", name=["A", "B"]), *BO, *entry("1", name=["B", "C"])])
    assert state(store, "2024-01-01")["1"] == entry("1", name=["A", "B", "C"])
    assert store.snapshots()[0].counts["entries"] == {"Person": 2}


def test_referring(store: Store) -> None:
    home = entry("1-address-0123456789ab", "Address", full="1 Main Street")
    owner = entry("1", name="2", addressEntity="1-address-0123456789ab")
    load(
        store,
        "2024-01-01",
        [*owner, *home, *BO, *sanction("2", "SDGT"), *entry("9", "Ownership", owner="1", asset="2")],
    )
    view = store.view()
    assert [e.schema for e in store.referring(view, "2")] == ["Sanction", "Ownership"]  # not the one called "2"
    assert [e.entity_id for e in store.referring(view, "1-address-0123456789ab")] == ["1"]
    assert store.referring(view, "1-address-000000000000") == []
    load(store, "2024-02-01", BO)
    assert store.referring(store.view(), "2") == []
    assert len(store.referring(view, "2")) == 2


def test_as_of(store: Store) -> None:
    load(store, "2024-01-01", ANA)
    load(store, "2024-03-01", BO)
    load(store, "2024-02-15", [], source="yy")
    assert store.view(as_of="2024-02-29").snapshots == (("xx", "2024-01-01"), ("yy", "2024-02-15"))
    assert store.view(as_of="2024-01-31").snapshots == (("xx", "2024-01-01"),)
    assert store.view(as_of="2024-03-01").date("xx") == "2024-03-01"
    assert list(state(store, "2024-02-29")) == ["1"]
    assert list(state(store, "2024-03-01")) == ["2"]
    with pytest.raises(NotFoundError, match="the first snapshot is of 2024-01-01"):
        store.view(as_of="2023-12-31")
    with pytest.raises(UsageError, match="unknown source zz; loaded are: xx, yy"):
        store.view(sources=["xx", "zz"])


def test_history_of_one_that_went_and_came_back(store: Store) -> None:
    for date, list_ in (("2024-01-01", ANA), ("2024-02-01", []), ("2024-03-01", ANA), ("2024-04-01", ANA[1:])):
        load(store, date, [*list_, *BO])
    name = ANA[0]
    found = store.history("xx", "1")
    assert [(s.first_seen, s.last_seen) for s in found if s.statement == name] == [
        ("2024-01-01", "2024-01-01"),
        ("2024-03-01", "2024-03-01"),
    ]
    moved = [s for s in found if s.statement == ANA[1] and s.first_seen == "2024-03-01"]
    assert moved == [SeenStatement(ANA[1], "2024-03-01", None)]  # first in its entity since April, there all the time
    assert {(s.first_seen, s.last_seen) for s in store.history("xx", "2")} == {("2024-01-01", None)}
    assert store.history("xx", "nobody") == []


def test_two_versions_of_one_day(store: Store) -> None:
    dates = []
    for number in range(12):
        made = load(store, "2024-05-15", entry("1", name=f"Name {number}"), checksum=str(number))
        dates.append(made.date)
    assert dates[:3] == ["2024-05-15", "2024-05-15.2", "2024-05-15.3"]
    assert dates == sorted(dates) == [s.date for s in store.snapshots("xx")]
    assert state(store, "2024-05-15")["1"][0].value == "Name 11"
    assert state(store, "2024-05-15.2")["1"][0].value == "Name 1"
    assert load(store, "2024-05-16", BO).date == "2024-05-16"


def test_the_same_files_again_are_not_read(store: Store) -> None:
    made = load(store, "2024-05-15", ANA)
    assert store.find("xx", made.checksum) == made
    assert store.find("yy", made.checksum) is None
    assert store.find("xx", "other") is None

    def unread() -> Iterator[Statement]:
        raise AssertionError("was read")
        yield

    assert load(store, "2024-05-15", unread()) == made
    assert store.snapshots() == [made]


def test_snapshots_keep_everything(store: Store) -> None:
    given = replace(snapshot("2024-05-15"), date_basis="path", format="sdn.xml")
    with store.loading() as loading:
        made = loading.snapshot(given, ANA, list, check=lambda s: replace(s, accepted_shrinkage=True))
    assert made == replace(given, accepted_shrinkage=True, counts=made.counts)
    assert store.snapshots() == [made]
    assert made.counts["names"] == {"primary": 1, "alias": 2, "weak": 0, "former": 0, "original_script": 0}


def test_issues(store: Store) -> None:
    odd = [Issue("unparsed", "birthDate: not understood", "1", "spring"), Issue("orphan", "no entry 7")]
    load(store, "2024-01-01", ANA, issues=odd)
    load(store, "2024-02-01", ANA)
    assert store.issues("xx", "2024-01-01") == odd
    assert store.issues("xx") == []
    assert [s.counts["issues"] for s in store.snapshots()] == [2, 0]
    with pytest.raises(UsageError, match="loaded are: xx"):
        store.issues("yy")
    with pytest.raises(NotFoundError, match="it has 2024-01-01, 2024-02-01"):
        store.issues("xx", "2024-01-15")


def test_what_a_check_refuses_is_undone(store: Store) -> None:
    before = load(store, "2024-01-01", ANA)

    def refuse(made: Snapshot) -> Snapshot:
        assert made.counts["entries"] == {"Person": 1}
        raise FloorError("too small")

    with pytest.raises(FloorError):
        load(store, "2024-02-01", BO, check=refuse, issues=[Issue("odd", "odd")])
    assert store.snapshots() == [before]
    assert state(store, "2024-02-01") == {"1": ANA}
    assert [s.last_seen for s in store.history("xx", "1")] == [None] * len(ANA)
    load(store, "2024-02-01", BO)
    assert store.issues("xx") == []


def test_a_reader_that_fails_half_way_leaves_nothing(store: Store) -> None:
    before = load(store, "2024-01-01", ANA)

    def broken() -> Iterator[Statement]:
        for number in range(50_000):
            yield Statement(str(number), "Person", "name", "Somebody")
        raise InputError("line 50000: cut off")

    with pytest.raises(InputError, match="cut off"):
        load(store, "2024-02-01", broken())
    assert store.snapshots() == [before]
    assert state(store, "2024-02-01") == {"1": ANA}


def test_text_that_is_none(store: Store) -> None:
    with pytest.raises(InputError, match=r"entry 1, name: .* is no valid text"):
        load(store, "2024-01-01", entry("1", name="half a \ud83d character"))
    assert store.snapshots() == []


MEASURE = Measure(
    "m1",
    "reward",
    "us-state",
    ("1", "2"),
    target_text="leaders",
    dates=(MeasureDate("announced", "2024-01"),),
    amount=15_000_000.5,
    currency="USD",
    citations=(Citation("Press release", official=True),),
)


def test_measures(store: Store) -> None:
    raised = replace(MEASURE, amount=25e6)
    alone = Measure("m0", "sanctions", "us-ofac", ("2",), program="SDGT")
    load(store, "2024-01-01", [*ANA, MEASURE, *BO, alone, MEASURE])
    load(store, "2024-02-01", [*ANA, raised])
    load(store, "2024-03-01", [*ANA, MEASURE])
    first, second, third = (store.view(as_of=f"2024-0{month}-01") for month in (1, 2, 3))
    assert store.measures(first) == [alone, MEASURE]
    assert store.measures(second) == [raised]
    assert store.measures(third) == [MEASURE]
    assert store.measures(first, entity_id="2") == [alone, MEASURE]
    assert store.measures(first, entity_id="1") == [MEASURE]
    assert store.measures(third, entity_id="2") == [MEASURE]
    assert store.measures(third, entity_id="3") == []
    assert store.snapshots()[0].counts["measures"] == 2


def test_an_extract_leaves_the_rest_as_it_is(store: Store) -> None:
    kept = replace(MEASURE, measure_id="m2", targets=("2",))
    old = [*ANA, *sanction("1", "SDGT"), *BO, *sanction("2", "SDGT"), replace(MEASURE, targets=("1",)), kept]
    load(store, "2024-01-01", old)
    new = [*entry("1", name="Ana Díaz"), *sanction("1", "TCO")]
    made = load(store, "2024-02-01", new, keep_absent=True)
    found = state(store, "2024-02-01")
    assert found["1"] == new[:1]
    assert list(found) == ["1", side_id("1", "Sanction", "TCO"), "2", side_id("2", "Sanction", "SDGT")]
    assert store.measures(store.view()) == [kept]
    assert made.counts["entries"] == {"Person": 2}
    assert made.counts["programs"] == 2
    assert made.counts["extract"] is True
    assert "extract" not in store.snapshots()[0].counts
    load(store, "2024-03-01", [])
    assert state(store, "2024-03-01") == {}


def test_an_extract_between_others(store: Store) -> None:
    load(store, "2024-01-01", [*ANA, *BO])
    load(store, "2024-03-01", entry("3", name="Cy"))
    load(store, "2024-02-01", entry("2", name="Bo Kim"), keep_absent=True)
    assert state(store, "2024-01-01") == {"1": ANA, "2": BO}
    assert state(store, "2024-02-01") == {"1": ANA, "2": BO[:1]}
    assert list(state(store, "2024-03-01")) == ["3"]


def test_current(store: Store) -> None:
    load(store, "2024-01-01", ANA)
    view = store.view()
    with store.loading() as loading:
        loading.activate(view, "index-1")
        loading.activate(view, "index-2")
    assert store.current() == (view, "index-2")
    load(store, "2024-02-01", BO)
    assert store.current() == (view, "index-2")


def test_records(store: Store) -> None:
    store.put_record("run", "b", b"\x00\xff")
    store.put_record("run", "a", b"one")
    store.put_record("case", "c", b"other")
    store.put_record("run", "a", b"two")
    assert store.records("run") == ["a", "b"]
    assert (store.record("run", "a"), store.record("run", "b")) == (b"two", b"\x00\xff")
    with pytest.raises(NotFoundError, match="no run record 'c'"):
        store.record("run", "c")


def test_opened_again(address: str | Path) -> None:
    with Store.open(address) as store:
        made = load(store, "2024-01-01", ANA)
    with Store.open(address, create=False) as store:
        assert store.snapshots() == [made]
        assert state(store, "2024-01-01") == {"1": ANA}


def test_references_and_entities_are_found_by_index(store: Store) -> None:
    """SQLite walks a whole list to find one reference when the query is not worded as the index is."""
    if store.folder is None:
        pytest.skip("PostgreSQL plans by the size of a table")
    load(store, "2024-01-01", ANA)
    plans = []
    event.listen(store._engine, "before_cursor_execute", lambda c, cursor, sql, args, *_: plans.append((sql, args)))
    store.referring(store.view(), "1")
    store.entity(store.view(), "1")
    asked = [(sql, args) for sql, args in plans if "FROM statement" in sql]
    assert len(asked) == 2
    with store._engine.connect() as connection:
        for (sql, args), index in zip(
            asked,
            ("statement_reference (source=? AND value=?)", "statement_entity (source=? AND entity_id=?)"),
            strict=True,
        ):
            (plan, *_) = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", args)]
            assert plan.endswith(f"USING INDEX {index}")

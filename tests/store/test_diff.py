"""Differences between snapshots, told by entries."""

from dataclasses import replace
from pathlib import Path

import pytest

from allonym.errors import NotFoundError, UsageError
from allonym.model import Measure, Statement
from allonym.sources.entry import Entry as ListEntry
from allonym.sources.entry import Report
from allonym.store import Store
from allonym.store.diff import Change, Entry, MeasureChange, PropertyChange

from .lists import entry, load, sanction

ANA = Entry("1", "Person", "Ana Díaz")


def ana(*, born: str = "1960", address: str = "1 Main Street", program: str = "SDGT") -> list[Statement]:
    made = ListEntry("1", "Person", Report())
    made.name("Ana Díaz")
    made.date("birthDate", born)
    made.address(address, country="Ecuador")
    listing = made.child("Sanction", "the listing")
    listing.link("entity", made)
    listing.add("program", program)
    return list(made.statements())


def changes(store: Store, old: list[Statement], new: list[Statement]) -> tuple[Change, ...]:
    load(store, "2024-01-01", old)
    load(store, "2024-02-01", new)
    diff = store.diff("xx")
    assert (diff.added, diff.removed) == ((), ())
    return diff.changed


def test_added_and_removed(store: Store) -> None:
    load(store, "2024-01-01", [*ana(), *entry("2", "Vessel", name="Sea Star"), *sanction("2", "IRAN")])
    load(store, "2024-02-01", [*ana(), *entry("3", "Company", alias="Shell"), *sanction("3", "IRAN")])
    diff = store.diff("xx")
    assert (diff.source, diff.old, diff.new) == ("xx", "2024-01-01", "2024-02-01")
    assert diff.added == (Entry("3", "Company", "Shell"),)
    assert diff.removed == (Entry("2", "Vessel", "Sea Star"),)
    assert diff.changed == ()
    back = store.diff("xx", "2024-02-01", "2024-01-01")
    assert (back.added, back.removed) == (diff.removed, diff.added)


def test_a_property_with_its_values_before_and_after(store: Store) -> None:
    old = [*entry("1", name="Ana Díaz", alias=["A", "B"], nationality="ec")]
    new = [*entry("1", name="Ana Díaz", alias=["B", "A", "C"], gender="female")]
    assert changes(store, old, new) == (
        Change(
            ANA,
            (
                PropertyChange(None, "alias", ("A", "B"), ("B", "A", "C")),
                PropertyChange(None, "nationality", ("ec",), ()),
                PropertyChange(None, "gender", (), ("female",)),
            ),
        ),
    )


def test_a_date_that_became_vague(store: Store) -> None:
    (change,) = changes(store, ana(), ana(born="circa 1960"))
    assert change.properties == (PropertyChange(None, "birthDate", ("1960",), ("1960 (circa)",)),)


def test_side_entities_are_told_as_changes_of_their_entry(store: Store) -> None:
    (change,) = changes(store, ana(), ana(address="2 Main Street", program="SDGT TCO"))
    assert change.entry == ANA
    assert change.properties == (
        PropertyChange(None, "address", ("1 Main Street",), ("2 Main Street",)),
        PropertyChange("Address", "full", ("1 Main Street",), ("2 Main Street",)),
        PropertyChange("Sanction", "program", ("SDGT",), ("SDGT TCO",)),
    )


def test_a_side_entity_alone(store: Store) -> None:
    (change,) = changes(store, ana(), ana(program="TCO"))
    assert change == Change(ANA, (PropertyChange("Sanction", "program", ("SDGT",), ("TCO",)),))


def test_side_entities_with_ids_of_their_own(store: Store) -> None:
    """As in FtM files: a sanction that refers to its entry, an address that its entry refers to."""
    main = entry("1", name="Ana Díaz", addressEntity="addr")
    link = entry("own", "Ownership", owner="1", asset="2")
    old = [*main, *entry("addr", "Address", full="1 Main Street"), *entry("2", "Company", name="Shell")]
    new = [*main, *entry("addr", "Address", full="2 Main Street"), *entry("2", "Company", name="Shell"), *link]
    assert changes(store, old, new) == (
        Change(
            ANA,
            (
                PropertyChange("Address", "full", ("1 Main Street",), ("2 Main Street",)),
                PropertyChange("Ownership", "asset", (), ("2",)),
            ),
        ),
    )


def test_a_side_entity_of_nobody(store: Store) -> None:
    load(store, "2024-01-01", ana())
    load(store, "2024-02-01", [*ana(), *entry("addr", "Address", full="1 Main Street")])
    assert store.diff("xx").added == (Entry("addr", "Address", "addr"),)


def test_another_schema(store: Store) -> None:
    (change,) = changes(store, entry("1", "LegalEntity", name="Ana Díaz"), entry("1", name="Ana Díaz"))
    assert change == Change(ANA, (PropertyChange(None, "schema", ("LegalEntity",), ("Person",)),))


def test_order_language_and_spelling_are_no_change(store: Store) -> None:
    name, *rest = ana()
    old = [*entry("1", alias=["A", "B"]), name, *rest]
    new = [replace(name, original="DÍAZ, Ana", lang="spa"), *entry("1", alias=["B", "A"]), *rest]
    assert changes(store, old, new) == ()


def test_measures(store: Store) -> None:
    measure = Measure("m", "reward", "us-state", ("1",), amount=5e6)
    load(store, "2024-01-01", [*ana(), measure])
    load(store, "2024-02-01", [*ana(), replace(measure, amount=1e7), replace(measure, measure_id="n")])
    assert store.diff("xx").measures == (
        MeasureChange(measure, replace(measure, amount=1e7)),
        MeasureChange(None, replace(measure, measure_id="n")),
    )


def test_which_snapshots(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        load(store, "2024-01-01", ana())
        with pytest.raises(NotFoundError, match="no snapshot before 2024-01-01"):
            store.diff("xx")
        for month in (2, 3, 4):
            load(store, f"2024-0{month}-01", ana())
        chosen = [store.diff("xx", *dates) for dates in ((), ("2024-01-01",), (None, "2024-03-01"))]
        assert [(d.old[5:7], d.new[5:7]) for d in chosen] == [("03", "04"), ("01", "04"), ("02", "03")]
        with pytest.raises(NotFoundError, match="no snapshot of 2024-01-02; it has 2024-01-01, "):
            store.diff("xx", "2024-01-02")
        with pytest.raises(UsageError, match="loaded are: xx"):
            store.diff("yy")
        with pytest.raises(UsageError, match="is no date"):
            store.diff("xx", "first")

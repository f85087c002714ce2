"""Spans: what sanctions said and which entities were there, with their snapshots."""

from allonym.store import Store
from allonym.store.spans import Span

from .lists import entry, load, sanction, side_id


def test_spans(store: Store) -> None:
    load(store, "2024-01-01", [*entry("a", name="Ilse"), *sanction("a", "P1"), *entry("b", name="Bo")])
    load(store, "2024-02-01", [*entry("a", name="Ilse"), *sanction("a", "P1", listingDate="2024-01-15")])
    first, last = "2024-01-01", "2024-02-01"
    key = side_id("a", "Sanction", "P1")
    found = store.spans("xx")
    assert found == [
        Span(key, "Sanction", "entity", "a", first, None), Span(key, "Sanction", "program", "P1", first, None),
        Span(key, "Sanction", "listingDate", "2024-01-15", last, None), Span("a", "Person", "", "", first, None),
        Span("b", "Person", "", "", first, first),
    ]  # fmt: skip
    assert [span.covers(first) for span in found] == [True, True, False, True, True]
    assert [span.covers(last) for span in found] == [True, True, True, True, False]
    assert store.spans("yy") == []

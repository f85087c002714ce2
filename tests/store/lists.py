"""Small lists to load: entries with their side entities, as statements."""

import hashlib
from collections.abc import Callable, Iterable, Sequence

from allonym.model import Issue, Measure, Snapshot, Statement
from allonym.store import Store


def entry(entity_id: str, schema: str = "Person", **props: str | Sequence[str]) -> list[Statement]:
    """Statements of one entity, properties in the order given."""
    found = []
    for prop, values in props.items():
        for value in [values] if isinstance(values, str) else values:
            found.append(Statement(entity_id, schema, prop, value))
    return found


def side_id(entity_id: str, schema: str, content: str) -> str:
    """The id of a side entity, made as readers make it."""
    return f"{entity_id}-{schema.lower()}-{hashlib.sha1(content.encode()).hexdigest()[:12]}"


def sanction(entity_id: str, program: str, **props: str) -> list[Statement]:
    """A Sanction that hangs on an entry."""
    return entry(side_id(entity_id, "Sanction", program), "Sanction", entity=entity_id, program=program, **props)


def snapshot(date: str, *, source: str = "xx", checksum: str | None = None) -> Snapshot:
    """A snapshot that is not loaded yet."""
    return Snapshot(source, date, checksum or f"sum of {date}", "2026-01-01T00:00:00Z", f"/lists/{date}.xml")


def load(
    store: Store,
    date: str,
    records: Iterable[Statement | Measure],
    *,
    source: str = "xx",
    checksum: str | None = None,
    issues: Sequence[Issue] = (),
    check: Callable[[Snapshot], Snapshot] | None = None,
    keep_absent: bool = False,
) -> Snapshot:
    """Load one snapshot into the store."""
    with store.loading() as loading:
        return loading.snapshot(
            snapshot(date, source=source, checksum=checksum),
            records,
            lambda: list(issues),
            check=check,
            keep_absent=keep_absent,
        )


def state(store: Store, date: str, *, source: str = "xx") -> dict[str, list[Statement]]:
    """What the store says stood in that snapshot: statements by entity."""
    view = store.view(as_of=date, sources=[source])
    return {entity.entity_id: list(entity.statements) for entity in store.entities(view)}

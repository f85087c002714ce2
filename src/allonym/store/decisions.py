"""What was decided about two entries of lists, one actor or not, and whose entry each is.

Takes a connection; gives decisions in the order they were made, and the actor of every entry that has another than
itself. Nothing is overwritten: a decision that is taken back keeps its row and says when. Must not judge.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import orjson
from sqlalchemy import Connection, Row, func, insert, or_, select, update

from allonym.store.schema import actor_of, decision

SAME, DIFFERENT, POSSIBLE = "same", "different", "possible"
Reason = tuple[str, float, str]  # feature, weight in nats, sentence


@dataclass(frozen=True, slots=True)
class Decision:
    """`left` and `right` are entries: the id an official list gives, or SOURCE/ID. `verdict` is same, different or
    possible; `made_by` a person, empty for matching; `weight` the sum of the evidence in nats (people's: 0). `number`
    is 0 before it is kept; `made_at`, `undone_at` ISO times."""

    left: str
    right: str
    verdict: str
    made_at: str
    left_source: str = ""
    right_source: str = ""
    made_by: str = ""
    reason: str = ""
    weight: float = 0.0
    evidence: tuple[Reason, ...] = ()
    number: int = 0
    undone_at: str | None = None
    undone_by: str | None = None

    @property
    def pair(self) -> tuple[str, str]:
        """Both entries, in one order."""
        return (self.left, self.right) if self.left <= self.right else (self.right, self.left)


def read_decisions(
    connection: Connection, entries: Collection[str] | None = None, *, undone: bool = False
) -> list[Decision]:
    """The decisions in the order they were made; only those that name one of the entries, where given. `undone`: also
    those that were taken back."""
    query = select(decision).order_by(decision.c.number)
    if not undone:
        query = query.where(decision.c.undone_at.is_(None))
    if entries is not None:
        wanted = sorted(entries)
        query = query.where(or_(decision.c.left_entry.in_(wanted), decision.c.right_entry.in_(wanted)))
    return [_decision(row) for row in connection.execute(query)]


def write_decisions(connection: Connection, made: Iterable[Decision]) -> None:
    """Keep decisions; each gets the next number."""
    rows = [
        {
            "left_source": d.left_source, "left_entry": d.left, "right_source": d.right_source, "right_entry": d.right,
            "verdict": d.verdict, "made_by": d.made_by, "reason": d.reason, "weight": d.weight,
            "evidence": orjson.dumps(d.evidence).decode(), "made_at": d.made_at,
        }
        for d in made
    ]  # fmt: skip
    if rows:
        connection.execute(insert(decision), rows)


def undo_decisions(connection: Connection, numbers: Iterable[int], at: str, by: str) -> None:
    """Take decisions back; those that are taken back already stay as they are."""
    table = decision
    for number in numbers:
        connection.execute(
            update(table)
            .where(table.c.number == number, table.c.undone_at.is_(None))
            .values(undone_at=at, undone_by=by)
        )


def read_actors(connection: Connection, version: int) -> dict[str, str]:
    """The actor of every entry that was ever part of one with others, after the change of that number."""
    other = actor_of.alias()
    latest = (
        select(func.max(other.c.since))
        .where(other.c.entry == actor_of.c.entry, other.c.since <= version)
        .scalar_subquery()
    )
    query = select(actor_of.c.entry, actor_of.c.actor).where(actor_of.c.since == latest)
    return {str(entry): str(actor) for entry, actor in connection.execute(query)}


def read_version(connection: Connection, known_at: str | None = None) -> int:
    """The number of the last change of actors, by the end of an ISO day if given; 0 before the first."""
    query = select(func.max(actor_of.c.since))
    if known_at is not None:
        query = query.where(actor_of.c.changed_at <= end_of(known_at))
    return int(connection.scalar(query) or 0)


def read_changed(connection: Connection, since: int) -> set[str]:
    """The entries whose actor changed after that change."""
    return {str(entry) for entry in connection.scalars(select(actor_of.c.entry).where(actor_of.c.since > since))}


def write_actors(connection: Connection, changed: dict[str, str], at: str) -> None:
    """Keep whose entries these are from an ISO time on, as one change."""
    if changed:
        since = read_version(connection) + 1
        rows = [{"entry": e, "since": since, "actor": changed[e], "changed_at": at} for e in sorted(changed)]
        connection.execute(insert(actor_of), rows)


def end_of(moment: str) -> str:
    """What no ISO time of a day comes after; an ISO time is its own end."""
    return moment if len(moment) > len("2026-11-24") else moment + "T99"


def _decision(row: Row[tuple[object, ...]]) -> Decision:
    values = row._mapping
    evidence = tuple((str(f), float(w), str(s)) for f, w, s in orjson.loads(values["evidence"]))
    return Decision(
        left=values["left_entry"], right=values["right_entry"], verdict=values["verdict"], made_at=values["made_at"],
        left_source=values["left_source"], right_source=values["right_source"], made_by=values["made_by"],
        reason=values["reason"], weight=values["weight"], evidence=evidence, number=values["number"],
        undone_at=values["undone_at"], undone_by=values["undone_by"],
    )  # fmt: skip

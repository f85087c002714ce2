"""A report of changes, and how it is written: text for people, JSON lines and CSV for programs.

Takes reports; gives bytes. The same reports give the same bytes. Names are hostile: text for a terminal has what could
move the cursor written out, and cells that a spreadsheet would run are defused. Must not write to a file itself.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from allonym.screening.changes import CHANGED, GONE, NEW, Event, Fact
from allonym.screening.defuse import defused
from allonym.screening.outcome import JOINT
from allonym.screening.printable import printable
from allonym.store.view import View

COLUMNS = (
    "watch", "kind", "material", "customer_id", "customer", "entity_id", "name", "listed_name", "schema", "score",
    "score_before", "facts", "why", "reasons", "programs", "sources", "snapshots", "snapshots_before", "referents",
)  # fmt: skip
WORDS = {NEW: ("new hit", "new hits"), CHANGED: ("changed", "changed"), GONE: ("gone", "gone")}


@dataclass(frozen=True, slots=True)
class Report:
    """What changed for the customers of one watch from one view to another; `events` are all of them, `asked` how many
    customers had to be screened again."""

    watch: str
    old: View
    new: View
    customers: int
    asked: int
    events: tuple[Event, ...]

    @property
    def material(self) -> bool:
        """Whether somebody has to look at something."""
        return any(event.material for event in self.events)

    def told(self, *, everything: bool) -> "Report":
        """With what is material only, or with everything."""
        if everything:
            return self
        events = (replace(e, facts=tuple(f for f in e.facts if f.material)) for e in self.events if e.material)
        return replace(self, events=tuple(events))


def rows(report: Report) -> Iterator[dict[str, Any]]:
    """Each event as an object with the keys of `COLUMNS`."""
    old, new = dict(report.old.snapshots), dict(report.new.snapshots)
    for event in report.events:
        hit = event.hit
        score = None if event.kind == GONE else hit.score
        values = (
            report.watch, event.kind, event.material, event.customer_id, event.customer, hit.entity_id, hit.name,
            hit.listed_name, hit.schema, score, event.score_before, [_fact(fact) for fact in event.facts], event.why,
            hit.reasons, hit.programs, hit.sources, [f"{s}@{new[s]}" for s in hit.sources if s in new],
            [f"{s}@{old[s]}" for s in hit.sources if s in old], hit.referents,
        )  # fmt: skip
        yield dict(zip(COLUMNS, values, strict=True))


def _fact(fact: Fact) -> dict[str, Any]:
    return {"part": fact.part, "prop": fact.prop, "before": fact.before, "after": fact.after, "source": fact.source,
            "material": fact.material}  # fmt: skip


def write_jsonl(reports: Sequence[Report]) -> bytes:
    """One event a line."""
    return b"".join(orjson.dumps(row) + b"\n" for report in reports for row in rows(report))


def write_csv(reports: Sequence[Report]) -> bytes:
    """One event a row, UTF-8 with headings; lists joined with "; ", facts in words."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for report in reports:
        for event, row in zip(report.events, rows(report), strict=True):
            row["facts"] = [told(fact) for fact in event.facts]
            writer.writerow(map(_cell, row.values()))
    return text.getvalue().encode("utf-8", "backslashreplace")


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        value = JOINT.join(value)
    return defused(value) if isinstance(value, str) else value


def write_text(reports: Sequence[Report]) -> bytes:
    """For people: a line a report, a line an event, and below it its facts."""
    lines = [line for report in reports for line in (_head(report), *_lines(report))]
    return "".join(f"{printable(line)}\n" for line in lines).encode("utf-8", "backslashreplace")


def _head(report: Report) -> str:
    old, new = dict(report.old.snapshots), dict(report.new.snapshots)
    moved = [
        f"{s} {old.get(s, 'nothing')} to {new.get(s, 'nothing')}"
        for s in sorted({*old, *new})
        if old.get(s) != new.get(s)
    ]
    lists = ", ".join(moved) or "the lists are the same"
    counts = Counter(event.kind for event in report.events)
    found = ", ".join(f"{counts[kind]:,} {words[counts[kind] != 1]}" for kind, words in WORDS.items() if counts[kind])
    return f"{report.watch}: {report.customers:,} customers; {lists}; {found or 'nothing new'}"


def _lines(report: Report) -> Iterator[str]:
    for event in report.events:
        hit = event.hit
        who = JOINT.join(text for text in (event.customer_id, event.customer) if text)
        listed = hit.name if hit.listed_name in ("", hit.name) else f"{hit.listed_name} ({hit.name})"
        score = (
            f"{event.score_before:.2f}" if event.kind == GONE and event.score_before is not None else f"{hit.score:.2f}"
        )
        lists = ", ".join(hit.programs or hit.sources)
        yield f"  {event.kind.upper():<8} {who} = {listed}, {hit.entity_id}, {score}, {lists}"
        if event.kind == NEW:
            yield f"           {JOINT.join(hit.reasons)}"
        if event.why:
            yield f"           {event.why}"
        for fact in event.facts:
            yield f"           {'' if fact.material else '(immaterial) '}{told(fact)}"


def told(fact: Fact) -> str:
    """A fact in words: `birthDate: 1961 → 1961-04-02 (un_sc)`."""
    label = f"{fact.part} {fact.prop}" if fact.part else fact.prop
    before, after = (", ".join(values) or "nothing" for values in (fact.before, fact.after))
    return f"{label}: {before} → {after}{f' ({fact.source})' if fact.source else ''}"


WRITERS: dict[str, Callable[[Sequence[Report]], bytes]] = {
    "text": write_text,
    "jsonl": write_jsonl,
    "csv": write_csv,
}

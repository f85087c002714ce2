"""Dossiers as one table: a row for every name, fact, identifier, measure, relation, consequence and event.

Takes dossiers; gives CSV as bytes, the same for the same dossiers, cells that a spreadsheet would run defused. Must not
hold back what the text tells; what each list says, value by value, is `export.statements`.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from allonym.dossier import wording
from allonym.dossier.dossier import Dossier, Standing
from allonym.dossier.terms import terms
from allonym.screening.defuse import defused

COLUMNS = (
    "dossier", "caption", "schema", "as_of", "known_at", "part", "kind", "value", "state", "since", "until", "lang",
    "authority", "program", "legal_basis", "amount", "currency", "other_id", "why", "citation", "sources", "snapshots",
    "id",
)  # fmt: skip
#: Facts that tell one actor from another by a number.
IDENTIFIERS = ("imoNumber", "passportNumber", "idNumber", "registrationNumber", "taxNumber")
JOINT = "; "


def write_csv(dossiers: Iterable[Dossier]) -> bytes:
    """All dossiers in one table: UTF-8, CRLF, headings."""
    return sheet(COLUMNS, ([row.get(name) for name in COLUMNS] for dossier in dossiers for row in rows(dossier)))


def sheet(headings: Iterable[str], table: Iterable[Iterable[Any]]) -> bytes:
    """Any table as CSV (RFC 4180), every text defused; None is an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([defused(cell) if isinstance(cell, str) else cell for cell in row] for row in table)
    return text.getvalue().encode("utf-8", "backslashreplace")


def rows(dossier: Dossier) -> Iterator[dict[str, Any]]:
    """Every row as the columns it fills."""
    snapshots = {c.source: c.snapshot for c in dossier.consulted}
    head = {"dossier": dossier.entity_id, "caption": dossier.caption, "schema": dossier.schema,
            "as_of": dossier.as_of, "known_at": dossier.known_at}  # fmt: skip
    for row in _parts(dossier):
        sources: tuple[str, ...] = row.pop("sources")
        dated = JOINT.join(f"{source}@{snapshots.get(source, '')}" for source in sources)
        yield head | {"sources": JOINT.join(sources), "snapshots": dated} | row


def _parts(dossier: Dossier) -> Iterator[dict[str, Any]]:
    for name in dossier.names:
        yield {"part": "name", "kind": name.kind.value, "value": name.text, "lang": name.lang, "sources": name.sources}
    for prop, values in dossier.facts:
        part = "identifier" if prop in IDENTIFIERS else "fact"
        for told in values:
            yield {"part": part, "kind": prop, "value": told.value, "why": told.qualifier, "sources": told.sources}
    for standing in dossier.standings:
        yield _measure(standing)
    for link in dossier.links:
        yield {"part": "relation", "kind": link.relation, "value": link.caption, "since": link.since,
               "until": link.until, "other_id": link.other_id, "why": link.role, "sources": (link.source,),
               "id": link.evidence}  # fmt: skip
    for c in dossier.consequences:
        yield {"part": "consequence", "kind": c.effect_id, "value": c.text, "legal_basis": c.origin,
               "why": JOINT.join(c.because), "sources": ()}  # fmt: skip
    for event in dossier.events:
        yield {"part": "event", "kind": event.kind, "value": event.text, "since": event.date,
               "sources": (event.source,)}  # fmt: skip


def _measure(standing: Standing) -> dict[str, Any]:
    measure = standing.measure
    return {
        "part": "measure", "kind": measure.subtype or measure.type, "value": standing.label,
        "state": standing.state.value, "since": standing.begun, "until": standing.ended,
        "authority": terms().authority(measure.authority).english, "program": JOINT.join(standing.programs),
        "legal_basis": measure.legal_basis, "amount": measure.amount, "currency": measure.currency,
        "why": standing.why, "citation": JOINT.join(map(wording.cited, measure.citations)),
        "sources": (standing.source,), "snapshots": f"{standing.source}@{standing.snapshot}", "id": measure.measure_id,
    }  # fmt: skip

"""A screening as one sealed page, as evidence for a file.

Takes the record of a run, the snapshots it asked, its queries with their hits, and for those without a hit the nearest
candidates; gives the page: what was asked, when, against what, with what, what was found or not, and why. Beside the
record it keeps the checksum of the page, so that a page that was altered and sealed anew is told. Must not screen.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from allonym.matching.evidence import Evidence, Hit
from allonym.matching.waterfall import Bar, bars
from allonym.model import Snapshot
from allonym.screening import sealed_page
from allonym.screening.query import ANY_SCHEMA, Query
from allonym.screening.record import Record
from allonym.screening.rejects import Reject
from allonym.screening.sealed_page import items, safe, table

#: Queries without a hit that a page tells, those of them whose nearest candidates are told, and rows not used; of
#: queries with a hit it tells as many as a run notes.
MOST, MOST_NEAREST, MOST_REJECTS = 1_000, 100, 100
NEAREST = 3
_WIDE, _HIGH = 170, 12
_COLOURS = {"start": "#6e7781", "for": "#1a7f4b", "against": "#b4381f", "sum": "#2f5fb3"}


@dataclass(frozen=True, slots=True)
class Answered:
    """A query with its hits; `nearest` are candidates below the threshold, where there is no hit."""

    query: Query
    hits: Sequence[Hit]
    nearest: Sequence[Hit] = ()


@dataclass(frozen=True, slots=True)
class Screening:
    """A run as a page tells it. `threshold` is the one that was used; `answered` are its first queries with and without
    a hit, `rejects` its first rows that could not be used; `notes` are what must be known about the answer;
    `input_name` is what the input is called, where its path says nothing."""

    record: Record
    threshold: float
    snapshots: Sequence[Snapshot]
    answered: Sequence[Answered]
    rejects: Sequence[Reject]
    notes: Sequence[str]
    input_name: str | None = None


def evidence_page(screening: Screening) -> str:
    """The whole page."""
    record = screening.record
    body = _body(screening)
    return sealed_page.page("Screening", body, version=record.allonym_version, record_id=record.record_id)


def keep(record: Path, page: str) -> None:
    """Keep the checksum of a page beside the record of its run."""
    digest = sealed_page.opened(page.encode(), "the page").sha256
    path = _beside(record)
    found = [*(kept(record) or []), digest]
    new = path.with_suffix(".new")
    new.write_bytes(orjson.dumps(list(dict.fromkeys(found))) + b"\n")
    new.replace(path)


def kept(record: Path) -> list[str] | None:
    """The checksums of the pages that were written for a run; None when none was."""
    try:
        return [str(digest) for digest in orjson.loads(_beside(record).read_bytes())] or None
    except (OSError, ValueError):
        return None


def _beside(record: Path) -> Path:
    return record.with_suffix(".evidence.json")


def _body(screening: Screening) -> Iterator[str]:
    record = screening.record
    yield "<h1>Screening</h1>"
    yield f'<p class="small">record {safe(record.record_id)}</p>'
    for note in screening.notes:
        yield f'<p class="note">{safe(note)}</p>'
    found = f"{_counted(record.hits, 'hit')} for {record.queries_matched:,} of {_counted(record.queries, 'query')}"
    yield f"<p><b>{safe(found if record.hits else 'Nothing was found.')}</b></p>"
    yield "<h2>What was asked</h2>"
    yield from items(_asked(screening))
    yield "<h2>Against which lists</h2>"
    rows = ([s.source, s.date, s.loaded_at[:16], f"{sum(s.counts.get('entries', {}).values()):,}", s.origin, s.checksum]
            for s in screening.snapshots)  # fmt: skip
    yield from table(("list", "snapshot", "loaded (UTC)", "entries", "file", "SHA-256 of its files"), rows, dated=True)
    yield "<h2>What was found</h2>"
    plain = []
    for number, answer in enumerate(screening.answered, 1):
        row = "" if record.input_path == "-" else f", row {answer.query.row:,}"
        if answer.hits or answer.nearest:
            yield f"<h3>{number:,}. {safe(answer.query.caption)}{row}</h3>"
            yield from _answer(answer, screening.threshold)
        else:
            plain.append((f"{number:,}", f"{answer.query.caption}{row}", _about(answer.query)))
    if plain:
        yield f"<h3>Nothing from a score of {screening.threshold:g}</h3>"
        yield from table(("", "name", "asked"), plain)
    left = record.queries - len(screening.answered)
    if left > 0:
        yield (f'<p class="note">{_counted(left, "more query", "more queries")} were asked and are not told here; the '
               f"output, SHA-256 {safe(record.output_sha256)}, has their answers.</p>")  # fmt: skip
    if record.rejects:
        yield f"<h2>Rows not used: {record.rejects:,}</h2>"
        yield from table(("line", "reason"), ([str(r.line), r.reason] for r in screening.rejects))


def _asked(screening: Screening) -> Iterator[str]:
    record, parameters = screening.record, screening.record.parameters
    if record.input_path == "-":
        yield f"input: {_counted(record.queries, 'name')}, SHA-256 {record.input_sha256}"
    else:
        name = screening.input_name or record.input_path
        yield f"input: {name}, {record.input_size:,} bytes, SHA-256 {record.input_sha256}"
    yield f"rows: {record.queries:,} asked, {record.rejects:,} not used"
    yield f"kind: {parameters.schema or 'as the rows say, else anything'}"
    yield f"hits: from a score of {screening.threshold:g}, at most {parameters.limit:,} a query, " + (
        "one an actor" if parameters.merged else "one a list entry")  # fmt: skip
    yield f"lists: {', '.join(parameters.sources) if parameters.sources else 'all that were loaded'}"
    yield f"as they stood: {parameters.as_of or 'newest snapshots'}"
    yield f"known here: {parameters.known_at or 'all that was loaded'}"
    yield f"when: {record.started} to {record.finished} (UTC)"
    yield f"with: Allonym {record.allonym_version}, weights {record.weights_version}"
    yield f"output: {record.output_format}, SHA-256 {record.output_sha256}"


def _answer(answer: Answered, threshold: float) -> Iterator[str]:
    yield f'<p class="small">asked: {safe(_about(answer.query))}</p>'
    for hit in answer.hits:
        yield from _hit(hit, hit.score, "hit")
    if not answer.hits:
        yield f"<p>Nothing from a score of {threshold:g}; the nearest below it:</p>"
        for hit in answer.nearest:
            yield from _hit(hit, hit.score, "no hit")


def _about(query: Query) -> str:
    """What is known of the one who is asked for, beside the first name."""
    told = ["anything" if query.schema == ANY_SCHEMA else query.schema]
    told += [f"id: {query.id}"] if query.id else []
    told += [f"{prop}: {', '.join(values)}" for prop, values in query.properties.items()
             if prop != "name" or len(values) > 1]  # fmt: skip
    return "; ".join(told)


def _hit(hit: Hit, score: float, what: str) -> Iterator[str]:
    css = "measure in-force" if what == "hit" else "measure"
    named = hit.listed_name if hit.listed_name == hit.caption else f"{hit.listed_name} ({hit.caption})"
    yield f'<div class="{css}"><b>{score:.3f}</b> {what}: {safe(named)}, {safe(hit.schema)}, {safe(hit.entity_id)}'
    said = [f"lists: {', '.join(hit.snapshots)}", f"ids there: {', '.join(hit.referents)}"]
    if hit.programs:
        said.append(f"programs: {', '.join(hit.programs)}")
    yield f'<br><span class="small">{safe("; ".join(said))}</span>'
    yield from _waterfall(hit.evidence)
    yield "</div>"


def _waterfall(evidence: Sequence[Evidence]) -> Iterator[str]:
    """Each reason with its weight and a bar that starts where the last one ended; the sum last."""
    rows = bars(evidence)
    ends = [0.0, *(row.end for row in rows)]
    low, width = min(ends), max(max(ends) - min(ends), 1e-9)
    yield '<table><tr><th class="number">weight, nats</th><th class="bar">sum so far</th><th>reason</th></tr>'
    for row in rows:
        yield (f'<tr><td class="number">{row.end - row.start:+.2f}</td><td class="bar">{_bar(row, low, width)}</td>'
               f"<td>{safe(row.label)}</td></tr>")  # fmt: skip
    yield "</table>"


def _bar(row: Bar, low: float, width: float) -> str:
    left, right = sorted(((row.start - low) / width * _WIDE, (row.end - low) / width * _WIDE))
    zero = -low / width * _WIDE
    return (f'<svg width="{_WIDE}" height="{_HIGH}" viewBox="0 0 {_WIDE} {_HIGH}" role="img">'
            f'<rect x="{left:.1f}" y="1" width="{max(right - left, 1):.1f}" height="{_HIGH - 2}" '
            f'fill="{_COLOURS[row.kind]}"/><line x1="{zero:.1f}" x2="{zero:.1f}" y1="0" y2="{_HIGH}" stroke="#222"/>'
            "</svg>")  # fmt: skip


def _counted(number: int, one: str, many: str | None = None) -> str:
    several = many or (f"{one[:-1]}ies" if one.endswith("y") else f"{one}s")
    return f"{number:,} {one if number == 1 else several}"


def first(rows: Iterable[Query | Reject], with_hits: Collection[int]) -> tuple[list[Query], list[Reject]]:
    """The queries and the rejects of an input that a page tells, in its order; `with_hits` are rows that have a hit."""
    queries, rejects = list[Query](), list[Reject]()
    without = 0
    for row in rows:
        if isinstance(row, Reject):
            if len(rejects) < MOST_REJECTS:
                rejects.append(row)
        elif row.row in with_hits:
            queries.append(row)
        elif without < MOST:
            queries.append(row)
            without += 1
    return queries, rejects

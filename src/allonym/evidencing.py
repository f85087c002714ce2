"""The page of evidence of a run, and what must be known about lists of a past day.

Takes the open lists and a finished run; gives the page, sealed, and keeps its checksum beside the record. Must not
change what was screened, and must not print.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from allonym.errors import NotFoundError
from allonym.lists import Lists
from allonym.matching.engine import Options
from allonym.matching.evidence import Hit
from allonym.matching.weights import weights
from allonym.screening.evidence_page import MOST_NEAREST, NEAREST, Answered, Screening, evidence_page, first
from allonym.screening.query import Query
from allonym.screening.reader import Input
from allonym.screening.record import Parameters, Record
from allonym.store.view import View


@dataclass(frozen=True, slots=True)
class Made:
    """A finished run: its record, where that is kept, and the rows of its first queries with a hit; `name`
    is what its input is called, where its path says nothing."""

    record: Record
    path: Path
    with_hits: Collection[int]
    name: str | None = None


def notes(lists: Lists, view: View, parameters: Parameters) -> list[str]:
    """Lists that are loaded and do not answer for the day, in words. Raises NotFoundError when one was asked for."""
    firsts: dict[str, str] = {}
    for snapshot in lists.snapshots():
        firsts.setdefault(snapshot.source, f"{snapshot.date}, loaded {snapshot.loaded_at[:10]}")
    absent = [source for source in firsts if view.date(source) is None]
    days = [f"of {parameters.as_of} or before" if parameters.as_of else "",
            f"loaded by {parameters.known_at}" if parameters.known_at else ""]  # fmt: skip
    asked = " ".join(filter(None, days))
    for source in absent:
        if parameters.sources is not None and source in parameters.sources:
            raise NotFoundError(f"{source} has no snapshot {asked}: its first is of {firsts[source]}; ask for a later "
                                "day, or leave the list out of --sources")  # fmt: skip
    if parameters.sources is not None:
        return []
    return [f"{source} has no snapshot {asked} (its first is of {firsts[source]}) and was not searched"
            for source in absent]  # fmt: skip


def page_of(lists: Lists, source: Input, run: Made, told: Sequence[str]) -> str:
    """The page of a run; `told` are its notes."""
    made, parameters = run.record, run.record.parameters
    queries, rejects = first(source, run.with_hits)
    view = View(made.view)
    options = Options(parameters.threshold, parameters.limit, parameters.sources, parameters.merged)
    hits = list(lists.engine(view, options, parameters.actors)(queries)) if queries else []
    without = [query for query, found in zip(queries, hits, strict=True) if not found][:MOST_NEAREST]
    near = _nearest(lists, (view, options, parameters.actors), without)
    snapshots = [s for s in lists.store.snapshots() if view.date(s.source) == s.date
                 and (parameters.sources is None or s.source in parameters.sources)]  # fmt: skip
    answered = [Answered(query, found, near.get(query.row, ()) if not found else ())
                for query, found in zip(queries, hits, strict=True)]  # fmt: skip
    threshold = weights().threshold if parameters.threshold is None else parameters.threshold
    return evidence_page(Screening(made, threshold, snapshots, answered, rejects, told, run.name))


def _nearest(lists: Lists, made: tuple[View, Options, int], queries: list[Query]) -> dict[int, list[Hit]]:
    """By row, the best candidates of queries that have no hit, from an engine made so."""
    if not queries:
        return {}
    view, options, actors = made
    found = lists.engine(view, replace(options, threshold=0.0, limit=NEAREST), actors)(queries)
    return {query.row: hits for query, hits in zip(queries, found, strict=True)}

"""Alerts from screening: of a run over customers, and of what changed for watched ones.

Takes an open data folder, a finished run or a report; gives which alerts it opened. Entities are asked for in all
lists, whatever lists the run asked, so that an alert knows all entries of its actor; only those are kept that stand in
the lists that were asked. Must not print.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from allonym.cases import Cases, Opened, Origin
from allonym.lists import Lists
from allonym.matching.engine import Options
from allonym.matching.evidence import Hit
from allonym.screening.customers import SEPARATOR, customers
from allonym.screening.known_customers import KnownCustomers
from allonym.screening.query import Query
from allonym.screening.reader import Input
from allonym.screening.record import Parameters
from allonym.screening.run import NOTED, RunResult
from allonym.screening.watch import LIMIT
from allonym.watching import Watching, Worked

CHUNK = 500


def of_run(lists: Lists, source: Input, result: RunResult, parameters: Parameters, by: str) -> Opened:
    """Open alerts for the hits of a run that has just ended. Raises InputError when ids of customers repeat."""
    cases = Cases(lists)
    found = replace(cases.refresh(), as_before=0)  # those of these customers are counted once
    queries, _ = customers(source, source.name)
    if len(result.with_hits) < NOTED and not result.resumed:
        known = cases.customers()
        queries = [query for query in queries if query.row in result.with_hits or query.id in known]
    options = Options(parameters.threshold, parameters.limit)
    return found + cases.screened(_asked(lists, queries, options, parameters.sources), by=by)


def of_changes(watching: Watching, worked: Worked, by: str) -> Opened:
    """Open alerts for the customers of whom a report tells something material."""
    lists, report = watching.lists, worked.report
    cases = Cases(lists)
    found = replace(cases.refresh(), as_before=0)  # those of these customers are counted once
    ids = {event.customer_id for event in report.events if event.material}
    keys = {key for identity in ids if identity for key in (identity, f"{identity}{SEPARATOR}2")}
    if None in ids:
        keys |= {key for key in {*worked.answer.hits, *cases.customers()} if key.startswith(SEPARATOR)}
    watch = watching.watch(report.watch)
    known = KnownCustomers(watching.folder / worked.answer.prepared, watch.threshold)
    queries = [known.query(number) for number in sorted(known.numbers(keys).values())]
    asked = _asked(lists, queries, Options(watch.threshold, LIMIT), watch.sources)
    return found + cases.screened(asked, by=by, origin=Origin.CHANGES)


def sentence(found: Opened) -> str:
    """What came of it, for people."""
    return (f"alerts: {len(found.new):,} new, {len(found.reopened):,} opened again, {len(found.refreshed):,} "
            f"refreshed, {found.as_before:,} as before")  # fmt: skip


def _asked(
    lists: Lists, queries: Iterable[Query], options: Options, sources: Collection[str] | None
) -> Iterator[tuple[Query, list[Hit]]]:
    engine = lists.engine(lists.view(), options)
    rest = iter(queries)
    while chunk := list(islice(rest, CHUNK)):
        for query, hits in zip(chunk, engine(chunk), strict=True):
            yield query, [hit for hit in hits if sources is None or not set(sources).isdisjoint(hit.sources)]

"""What came out for each query, as flat rows.

Takes queries and their hits; gives one row a hit with the columns of every output, and one row with empty hit columns
for a query without a hit, so that "nothing was found" is visible. Rows are kept as JSON lines while a run goes on.
Must not leave out a query.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from allonym.matching.evidence import Hit, sentences
from allonym.screening.query import Query

COLUMNS = (
    "query_row", "query_id", "query", "entity_id", "name", "listed_name", "schema", "score", "match",
    "reasons", "programs", "sources", "snapshots", "referents",
)  # fmt: skip
#: Columns that hold a list of texts; CSV joins them with `JOINT`.
LISTS = ("reasons", "programs", "sources", "snapshots", "referents")
JOINT = "; "
SCORE_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Counts:
    """Of a run or a part of it: queries asked, hits found, queries with at least one hit that is a match."""

    queries: int = 0
    hits: int = 0
    matched: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.queries + other.queries, self.hits + other.hits, self.matched + other.matched)


def rendered(queries: Sequence[Query], results: Iterable[list[Hit]]) -> tuple[bytes, Counts]:
    """The rows of these queries as JSON lines, one array of `COLUMNS` a line, and their counts.

    Raises ValueError when there are not as many results as queries.
    """
    lines: list[bytes] = []
    total = matched = 0
    for query, hits in zip(queries, results, strict=True):
        asked = [query.row, query.id, query.caption]
        if not hits:
            lines.append(orjson.dumps([*asked, None, None, None, None, None, None, [], [], [], [], []]))
        for hit in hits:
            lines.append(orjson.dumps([*asked, *_columns(hit)]))
        total += len(hits)
        matched += any(hit.match for hit in hits)
    lines.append(b"")
    return b"\n".join(lines), Counts(len(queries), total, matched)


def _columns(hit: Hit) -> list[Any]:
    return [
        hit.entity_id, hit.caption, hit.listed_name, hit.schema, round(hit.score, SCORE_DIGITS), hit.match,
        sentences(hit.evidence), hit.programs, hit.sources, hit.snapshots, hit.referents,
    ]  # fmt: skip

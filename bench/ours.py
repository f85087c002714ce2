"""Allonym as one of the contestants: the child's end.

Takes a data folder and files of queries; gives for each query the best entities with score and listed name.
"""

import json
import time
from pathlib import Path
from typing import Any

from bench.entities import Listing

SOURCE = "mine"


def search(data: str, asked: dict[str, str], limit: int, threshold: float) -> dict[str, Any]:
    """In the child: answers [[id, score, listed name], …] by set of queries, best first, one hit an entry."""
    import allonym
    from allonym.matching.weights import weights

    answers, seconds = {}, {}
    with allonym.open(data) as lists:
        for name, path in asked.items():
            started = time.perf_counter()
            found = lists.screen(
                lines(path), threshold=threshold, limit=limit, sources=[SOURCE], merged=False
            )  # fmt: skip
            answers[name] = [[(h.entity_id, h.score, h.listed_name) for h in hits] for hits in found]
            seconds[name] = time.perf_counter() - started
    return {"answers": answers, "seconds": seconds, "threshold": weights().threshold}


def lines(path: str) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def listed(entity: Listing) -> Any:
    """In the child: an entity as the index takes it, without facts."""
    from allonym.index.listed import Listed

    names = tuple((text, prop == "weakAlias") for text, prop in entity.names)
    return Listed(entity.id, entity.id, SOURCE, entity.schema, names[0][0], names, {})


def pairs(file: str) -> dict[str, Any]:
    """In the child: the score of each pair of a file of [schema, left, right] lines, and microseconds of one
    comparison when it is asked for the first time in a warm process, and of many in one call: `again`, with names that
    calls before had in other pairs, and `first`, with names that only single comparisons had."""
    import allonym
    from allonym.matching.weights import weights

    allonym.compare(_record("Person", "Warm Up"), _record("Person", "Cold Start"))
    rows = [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines()]
    sides = [(_record(schema, left), _record(schema, right)) for schema, left, right in rows]
    started = time.perf_counter()
    scores = [allonym.compare(left, right).score for left, right in sides]
    apart = time.perf_counter() - started
    # The same names, read in the same way, in other pairs: each left one with the next right one of its schema.
    ordered = sorted(sides, key=lambda pair: str(pair[0]["schema"]))
    others = [(left, after[1]) for (left, _), after in zip(ordered, [*ordered[1:], *ordered[:1]], strict=True)]
    taken = [apart, _seconds(others), _seconds(sides)]
    alone, first, again = (seconds / max(1, len(rows)) * 1e6 for seconds in taken)
    return {"scores": scores, "microseconds": alone, "first": first, "again": again, "threshold": weights().threshold}


def _seconds(pairs: list[tuple[dict[str, Any], dict[str, Any]]]) -> float:
    """Seconds that one call takes."""
    import allonym

    started = time.perf_counter()
    allonym.compare_many(pairs)
    return time.perf_counter() - started


def _record(schema: str, name: str) -> dict[str, Any]:
    return {"schema": schema, "properties": {"name": [name]}}

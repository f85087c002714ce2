"""nomenklatura's logic-v2 behind its blocking index: the child's end, in the peers' own environment.

Takes an FtM file and files of queries; gives for each query the best entities with score. Uses what nomenklatura
documents for its users: a store loaded from the file, `blocker.Index`, `matching.LogicV2`. Listed entities are
assembled once and kept, which the library itself does not do. Must not import anything that needs Allonym.
"""

import json
import time
from importlib.metadata import version
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

THRESHOLD = 0.7
BLOCK = 500
WARM_UP = (["Person", "Warm Up", "Cold Start"], ["Company", "Acme Ltd", "Acme Limited"])
NUMBERS = count()


class Blocked:
    """A built index with its store."""

    def __init__(self, file: str, place: str) -> None:
        from nomenklatura.blocker import Index
        from nomenklatura.matching import LogicV2, ScoringConfig
        from nomenklatura.resolver import Linker
        from nomenklatura.store import load_entity_file_store

        started = time.perf_counter()
        store = load_entity_file_store(Path(file), Linker({}))
        self.view = store.default_view()
        self.loading = time.perf_counter() - started
        started = time.perf_counter()
        self.index = Index(self.view, Path(place))
        self.index.build()
        self.building = time.perf_counter() - started
        self.dataset, self.compare, self.config = store.dataset, LogicV2.compare, ScoringConfig.defaults()
        self.listed: dict[str, Any] = {}

    def search(self, queries: list[dict[str, Any]], limit: int) -> list[list[tuple[str, float, str]]]:
        """The best entities of each query: id, score, name."""
        asked = entities(self.dataset, queries)
        found: dict[str, list[tuple[str, float, str]]] = {entity.id: [] for entity in asked}
        by_id = {entity.id: entity for entity in asked}
        for identifier, candidates in self.index.match_entities(asked):
            query, scored = by_id[identifier.id], []
            for candidate, _ in candidates:
                listed = self._listed(candidate.id)
                score = self.compare(query, listed, self.config).score
                if score > 0:
                    scored.append((candidate.id, score, listed.caption))
            found[identifier.id] = sorted(scored, key=lambda row: -row[1])[:limit]
        return list(found.values())

    def _listed(self, identifier: str) -> Any:
        if identifier not in self.listed:
            self.listed[identifier] = self.view.get_entity(identifier)
        return self.listed[identifier]


def entities(dataset: Any, queries: list[dict[str, Any]]) -> list[Any]:
    """Queries as nomenklatura's entities. No id comes twice: what the library finds out of an entity it keeps by id."""
    from followthemoney import StatementEntity

    return [
        StatementEntity.from_data(
            dataset, {"id": f"query-{next(NUMBERS)}", "datasets": ["query"], **query}, cleaned=False
        )
        for query in queries
    ]


def search(file: str, asked: dict[str, str], limit: int, single: str = "") -> dict[str, Any]:
    """In the child: answers by set of queries, seconds of each, and of loading and building; of `single`, a file of
    queries, each one alone in the warm process."""
    with TemporaryDirectory(prefix="allonym-bench-") as place:
        blocked = Blocked(file, place)
        blocked.search([{"schema": "Person", "properties": {"name": ["Warm Up"]}}], limit)
        answers, seconds = {}, {}
        for name, path in asked.items():
            queries = lines(path)
            started = time.perf_counter()
            answers[name] = [row for at in range(0, len(queries), BLOCK)
                             for row in blocked.search(queries[at : at + BLOCK], limit)]  # fmt: skip
            seconds[name] = time.perf_counter() - started
        alone = []
        for query in lines(single) if single else []:
            started = time.perf_counter()
            blocked.search([query], limit)
            alone.append((time.perf_counter() - started) * 1000)
        blocked.index.close()
    return {"answers": answers, "seconds": seconds, "alone": alone, "loading": blocked.loading,
            "building": blocked.building, "threshold": THRESHOLD}  # fmt: skip


def lines(path: str) -> list[dict[str, Any]]:
    """The queries of a file."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def pairs(file: str) -> dict[str, Any]:
    """In the child: the score of each pair of a file of [schema, left, right] lines, and microseconds of one comparison
    for the first time, in a process that has its tables."""
    from followthemoney import Dataset
    from nomenklatura.matching import LogicV2, ScoringConfig

    dataset, config = Dataset.make({"name": "pairs"}), ScoringConfig.defaults()
    rows = [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines()]
    sides = [entities(dataset, [{"schema": schema, "properties": {"name": [name]}} for name in names])
             for schema, *names in [*WARM_UP, *rows]]  # fmt: skip
    for left, right in sides[: len(WARM_UP)]:
        LogicV2.compare(left, right, config)
    started = time.perf_counter()
    scores = [LogicV2.compare(left, right, config).score for left, right in sides[len(WARM_UP) :]]
    each = (time.perf_counter() - started) / max(1, len(rows))
    return {"scores": scores, "microseconds": each * 1e6, "threshold": THRESHOLD}


def versions() -> dict[str, Any]:
    """In the child: the versions that are measured."""
    return {name: version(name) for name in ("nomenklatura", "followthemoney", "rigour", "PyICU")}

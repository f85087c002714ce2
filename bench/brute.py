"""Brute force: RapidFuzz's token_sort_ratio of every name with every listed name: the child's end.

Takes an FtM file and files of queries; gives for each query the best entities with score (0 to 1). Names of persons are
compared with persons' names only, all others with all others. Listed names are prepared before the clock starts.
"""

import json
import time
from pathlib import Path
from typing import Any

THRESHOLD = 0.85
LEAST = 55  # scores below are none, and RapidFuzz may stop early
BLOCK = 50


class Names:
    """The names of one kind, prepared, with the entity of each; an entity's names stand together."""

    def __init__(self, rows: list[tuple[str, str]]) -> None:
        import numpy as np

        self.texts = [prepared(text) for _, text in rows]
        ids = [identifier for identifier, _ in rows]
        self.starts = np.array([at for at, one in enumerate(ids) if at == 0 or ids[at - 1] != one])
        self.ids = [ids[at] for at in self.starts]

    def search(self, names: list[str], limit: int) -> list[list[tuple[str, float, str]]]:
        """The best entities of each name."""
        import numpy as np
        from rapidfuzz import fuzz, process

        asked = [prepared(name) for name in names]
        table = process.cdist(asked, self.texts, scorer=fuzz.ratio, score_cutoff=LEAST, dtype=np.float32, workers=1)
        best = np.maximum.reduceat(table, self.starts, axis=1)
        answers = []
        for row in best:
            chosen = (
                np.argpartition(-row, min(limit, len(row) - 1))[:limit] if len(row) > limit else np.arange(len(row))
            )
            chosen = chosen[np.argsort(-row[chosen], kind="stable")]
            answers.append([(self.ids[at], float(row[at]) / 100, "") for at in chosen if row[at] > 0])
        return answers


def prepared(name: str) -> str:
    """Words in lower case, sorted: what token_sort_ratio does to both sides before it compares them."""
    from rapidfuzz import utils

    return " ".join(sorted(utils.default_process(name).split()))


def search(file: str, asked: dict[str, str], limit: int, single: str = "") -> dict[str, Any]:
    """In the child: the same as `logic_v2.search`."""
    started = time.perf_counter()
    kinds = _kinds(file)
    building = time.perf_counter() - started
    answers, seconds = {}, {}
    for name, path in asked.items():
        started = time.perf_counter()
        answers[name] = _answers(kinds, _lines(path), limit)
        seconds[name] = time.perf_counter() - started
    alone = []
    for query in _lines(single) if single else []:
        started = time.perf_counter()
        _answers(kinds, [query], limit)
        alone.append((time.perf_counter() - started) * 1000)
    return {"answers": answers, "seconds": seconds, "alone": alone, "building": building, "threshold": THRESHOLD}


def _kinds(file: str) -> dict[bool, Names]:
    from bench.entities import read

    rows: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
    for entity in read(Path(file)):
        rows[entity.schema == "Person"].extend((entity.id, text) for text, _ in entity.names)
    return {kind: Names(found) for kind, found in rows.items() if found}


def _answers(
    kinds: dict[bool, Names], queries: list[dict[str, Any]], limit: int
) -> list[list[tuple[str, float, str]]]:  # fmt: skip
    answers: list[list[tuple[str, float, str]]] = [[] for _ in queries]
    for kind, names in kinds.items():
        own = [at for at, query in enumerate(queries) if (query["schema"] == "Person") is kind]
        for start in range(0, len(own), BLOCK):
            block = own[start : start + BLOCK]
            found = names.search([queries[at]["properties"]["name"][0] for at in block], limit)
            for at, answer in zip(block, found, strict=True):
                answers[at] = answer
    return answers


def _lines(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def pairs(file: str) -> dict[str, Any]:
    """In the child: the score of each pair of a file of [schema, left, right] lines; microseconds of one comparison."""
    from rapidfuzz import fuzz, utils

    rows = [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines()]
    started = time.perf_counter()
    scores = [
        fuzz.token_sort_ratio(left, right, processor=utils.default_process) / 100 for _, left, right in rows
    ]  # fmt: skip
    each = (time.perf_counter() - started) / max(1, len(rows))
    return {"scores": scores, "microseconds": each * 1e6, "threshold": THRESHOLD}

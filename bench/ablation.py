"""Measure: what each way to a candidate is good for, by leaving it out.

Takes the lists and the queries of the contest; gives for each way the share of right entities that are found above the
threshold without it, on an index built without it.
"""

import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import cases, contest, entities, ours, process
from bench.data import Data
from bench.figure import Figure, Section, share

SETS = {"mistyped": ("full", "mistyped"), "aliases": ("aliases", "aliases"), "scripts": ("scripts", "scripts")}
NOT_HERE = "the lists are not in ../shared"
ALL, JOINED, CUT = "with all", "words joined", "words cut"


def measure(data: Data) -> Section:
    """Mistyped people, removed aliases and names in other scripts, without one way at a time."""
    title = "Ways to a candidate, each left out in turn (right entity above the threshold)"
    if not data.shared:
        return Section(title, skipped=NOT_HERE)
    found = contest.of(data)
    figures: list[Figure] = []
    for name, (ground, of) in SETS.items():
        listed = found.ground(ground)
        asked = listed.sets[of][: data.size.of(500, 60)]
        file = cases.dump(data.work / f"ablation-{name}.jsonl", asked)
        answer, _ = process.ask("ablation:found", file=str(found.file(listed)), asked=str(file),
                                right=[case.right for case in asked])  # fmt: skip
        for way, (hits, took) in answer.items():
            note = f"{took:.2f} s for all queries"
            figures.append(share(f"{name}, {way}", hits, len(asked), note=note))
    return Section(title, tuple(figures))


def found(file: str, asked: str, right: list[str]) -> dict[str, tuple[int, float]]:
    """In the child: by what is left out, how many right entities are above the threshold, and seconds of the search."""
    from allonym.index import keys
    from allonym.matching.probes import Prober
    from allonym.screening.query import Query

    table, answers = keys.table, {}
    queries = [Query.from_dict(one, row=row) for row, one in enumerate(ours.lines(asked))]
    ways = [ALL, *keys.WAYS, JOINED, CUT]
    for way in ways:
        keys.table = partial(table, leave_out=(way,))  # type: ignore[assignment]
        kept = Prober._joined, Prober._cut
        if way in (JOINED, CUT):
            setattr(Prober, "_joined" if way == JOINED else "_cut", lambda self, read: None)
        answers[way if way == ALL else f"without {way}"] = _hits(file, queries, right)
        Prober._joined, Prober._cut = kept  # type: ignore[method-assign]
    return answers


def _hits(file: str, asked: list[Any], right: list[str]) -> tuple[int, float]:
    from allonym.index.build import build
    from allonym.index.index import Index
    from allonym.matching.engine import Engine, Options

    with TemporaryDirectory() as folder:
        path = Path(folder) / "ablation.idx"
        build(path, (ours.listed(e) for e in entities.read(Path(file))))
        engine = Engine(Index(path), Options(limit=50, merged=False))
        started = time.perf_counter()
        answers = list(engine(asked))
        took = time.perf_counter() - started
    hits = sum(any(h.entity_id == one for h in found) for found, one in zip(answers, right, strict=True))
    return hits, took

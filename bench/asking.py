"""Measure: one name after the other in a warm process.

Takes a data folder and names; gives percentiles of the time from `lists.screen([name])` to its hits. The names are all
different, and none was asked before.
"""

import time
from pathlib import Path
from typing import Any

from bench import process
from bench.data import Data
from bench.figure import Figure, Section, Target, runs
from bench.spread import percentile

WARM_UP = ("Warm Up", "Cartel of the Suns", "Acme Trading Company Limited")
P95 = Target(10, at_most=True)


def measure(data: Data) -> Section:
    """Listed and unlisted people, by data folder."""
    if not data.shared:
        return _section(data, {"register": {"listed": list(_own_names(data.folder("register")))}})
    listed = [row["name_as_typed"] for row in data.listed()]
    unlisted = [row["full_name"] for row in data.unlisted(len(listed))]
    names = {"listed": listed, "unlisted": unlisted}
    return _section(data, dict.fromkeys(("un",) if data.size.small else ("official",), names))


def _section(data: Data, asked: dict[str, dict[str, list[str]]]) -> Section:
    figures: list[Figure] = []
    notes = []
    for folder, kinds in asked.items():
        for kind, names in kinds.items():
            answers = [
                process.ask("asking:one_by_one", data=str(data.folder(folder)), names=names)
                for _ in range(data.size.of(3, 1))
            ]
            each = [answer["milliseconds"] for answer, _ in answers]
            for percent in (50, 95, 99):
                target = P95 if percent == 95 and not data.size.small and data.shared else None
                values = [percentile(milliseconds, percent) for milliseconds in each]
                figures.append(runs(f"{folder}, {kind}, p{percent}", values, "ms", target=target,
                                    note=f"{len(names)} names"))  # fmt: skip
            figures.append(runs(f"{folder}, {kind}, slowest", [max(m) for m in each], "ms"))
            figures.append(runs(f"{folder}, {kind}, CPU a name", [answer["cpu"] for answer, _ in answers], "ms"))
            figures.append(runs(f"{folder}, {kind}, peak memory", [usage.peak for _, usage in answers], "MB"))
        notes.append(f"{folder}: {answers[0][0]['names']:,} names of {answers[0][0]['entities']:,} entities listed")
    return Section("One name in a warm process", tuple(figures), tuple(notes))


def _own_names(folder: Path) -> list[str]:
    return [str(name) for name in process.ask("asking:listed_names", data=str(folder), count=200)[0]["names"]]


def one_by_one(data: str, names: list[str]) -> dict[str, Any]:
    """In the child: milliseconds of each name, and the size of what was searched."""
    import allonym
    from allonym.matching.engine import Options

    with allonym.open(data) as lists:
        for name in WARM_UP:
            next(lists.screen([name]))
        milliseconds, busy = [], time.process_time()
        for name in names:
            started = time.perf_counter()
            next(lists.screen([name]))
            milliseconds.append((time.perf_counter() - started) * 1000)
        cpu = (time.process_time() - busy) * 1000 / len(names)
        index = lists.engine(lists.view(), Options()).index
        return {"milliseconds": milliseconds, "cpu": cpu, "names": index.meta["names"], "entities": len(index)}


def listed_names(data: str, count: int, seed: int = 0, people: bool = True) -> dict[str, Any]:
    """In the child: a random sample of the names that are listed, all different; 0 gives all. `people`: only names
    that are read as a person's."""
    import random

    import allonym
    from allonym.index.build import PERSON
    from allonym.matching.engine import Options

    with allonym.open(data) as lists:
        index = lists.engine(lists.view(), Options()).index
        flags = index.arrays["name_flags"].tolist()
        numbers = (n for n, flag in enumerate(flags) if flag & PERSON or not people)
        names = sorted({index.name_text(number) for number in numbers})
    return {"names": random.Random(seed).sample(names, min(count, len(names))) if count else names}

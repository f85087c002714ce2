"""Measure: a million names and five.

Takes the names of listed people; gives a list of people made of their parts, recombined with their real frequencies by
place in the name (first, last, between), and on it: names a second and core, p95, size and build. Nobody is made twice
on purpose, nor kept from it: as in life, common names recur.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import process
from bench.data import FTM, SEED, Data
from bench.entities import is_latin, read
from bench.figure import Figure, Section, Target, on_row, runs
from bench.machine import memory
from bench.mistyping import mistyped
from bench.spread import percentile

NOT_HERE = "the lists and labelled names are not in ../shared"
MILLION = 1_000_000
#: Millions of names: names a second, p95 in ms, MB, seconds to build.
TARGETS = {1: (1_500, 2, 180, 30), 5: (500, 5, 500, 150)}
ASKED = 1_000
ALONE = 300
BLOCK = 100_000
SPARE = 0.8  # share of the machine's memory that may be expected to be taken
Rows = list[tuple[str, float, str, float]]


def measure(data: Data) -> Section:
    """One million (small: a tenth), and five where there is time."""
    title = "Growth: people made of real parts recombined with their real frequencies"
    if not data.shared:
        return Section(title, skipped=NOT_HERE)
    unlisted = [row["full_name"] for row in data.unlisted(ASKED)]
    if data.size.small:
        return Section(title, tuple(_measured(data, 0.1, unlisted)))
    started = time.perf_counter()
    figures = _measured(data, 1, unlisted)
    seconds = 5 * (time.perf_counter() - started)
    peak = 5 * max(f.value for f in figures if f.unit == "MB") / 1000
    note = ""
    if seconds > data.left():
        note = f"{seconds:.0f} s expected, {data.left():.0f} s left of the time a run may take"
    elif peak > SPARE * memory():
        note = f"{peak:.0f} GB of memory expected, the machine has {memory():.0f}"
    else:
        figures += _measured(data, 5, unlisted)
    told = (f"seed {SEED}; index alone, without store", *([f"5 million names are left out: {note}"] if note else []))
    return Section(title, tuple(figures), told)


def _measured(data: Data, millions: float, unlisted: list[str]) -> list[Figure]:
    target = data.work / "grown.idx"
    count = int(millions * MILLION)
    answer, building = process.ask("growth:built", count=count, target=str(target), seed=SEED)
    asked, usage = process.ask("growth:asked", index=str(target), listed=answer["sample"], unlisted=unlisted, seed=SEED)
    target.unlink()
    at, aims = f"{millions:g} million", TARGETS.get(int(millions), (None,) * 4)
    rate, p95, size, build = (None if aim is None else Target(aim, at_most=n > 0) for n, aim in enumerate(aims))
    names = len(asked["milliseconds"])
    rows = f"grow_{millions:g}"
    return [
        *on_row(f"{rows}_rate", Figure(f"{at}: names a second and core", asked["rate"], "/s", target=rate,
                                       note=f"{asked['names']:,} names, half unlisted, half mistyped; "
                                       f"process start and opening included")),
        Figure(f"{at}: listed, mistyped, found among fifty", asked["found"], "share"),
        runs(f"{at}: one name, p50", [percentile(asked["milliseconds"], 50)], "ms", note=f"{names} names"),
        *on_row(f"{rows}_p95", Figure(f"{at}: one name, p95", percentile(asked["milliseconds"], 95), "ms", target=p95)),
        *on_row(f"{rows}_size", Figure(f"{at}: index", answer["bytes"] / 1e6, "MB", target=size)),
        *on_row(f"{rows}_build", Figure(f"{at}: build", answer["seconds"], "s", target=build,
                                        note="time to make the names up taken off")),
        Figure(f"{at}: build, peak memory", building.peak, "MB"),
        Figure(f"{at}: asking, peak memory", usage.peak, "MB"),
    ]  # fmt: skip


def made_up(count: int, seed: int) -> Iterator[str]:
    """Names of people: as many parts as a listed person's name has, each drawn from those in that place."""
    import numpy as np

    names = [text.split() for e in read(FTM) if e.schema == "Person" for text, _ in e.names if is_latin(text)]
    names = [parts for parts in names if 2 <= len(parts) <= 6]
    first, last = (np.array([parts[at] for parts in names], object) for at in (0, -1))
    between = np.array([part for parts in names for part in parts[1:-1]], object)
    lengths = np.array([len(parts) for parts in names])
    chance = np.random.default_rng(seed)
    for start in range(0, count, BLOCK):
        size = min(BLOCK, count - start)
        sizes = chance.choice(lengths, size)
        columns = [
            chance.choice(first, size),
            *(chance.choice(between, size) for _ in range(4)),
            chance.choice(last, size),
        ]
        for row, length in zip(zip(*columns, strict=True), sizes.tolist(), strict=True):
            yield " ".join((*row[: length - 1], row[5]))


def built(count: int, target: str, seed: int) -> dict[str, Any]:
    """In the child: seconds to build the index of so many people, the making of names taken off; bytes; a sample."""
    from allonym.index.build import build
    from allonym.index.listed import Listed

    started = time.perf_counter()
    step = max(1, count // ASKED)
    sample = [(f"p{n}", name) for n, name in enumerate(made_up(count, seed)) if n % step == 0]
    making = time.perf_counter() - started
    started = time.perf_counter()
    build(Path(target), (Listed(f"p{n}", f"p{n}", "mine", "Person", name, ((name, False),), {})
                         for n, name in enumerate(made_up(count, seed))))  # fmt: skip
    seconds = time.perf_counter() - started - making
    return {"seconds": seconds, "making": making, "bytes": Path(target).stat().st_size, "sample": sample[:ASKED]}


def asked(index: str, listed: list[tuple[str, str]], unlisted: list[str], seed: int) -> dict[str, Any]:
    """In the child: names a second with the opening of the index, milliseconds of each name alone, and the share of
    mistyped people found."""
    import random

    opened = time.perf_counter()
    from allonym.index.index import Index
    from allonym.matching.engine import Engine, Options
    from allonym.screening.query import Query

    chance = random.Random(seed)
    typed = [mistyped(name, chance) for _, name in listed]
    engine = Engine(Index(Path(index)), Options(limit=50))
    queries = [Query.from_name(name, schema="Person") for pair in zip(typed, unlisted, strict=False) for name in pair]
    many, alone = queries[: -2 * (ALONE // 2)], queries[-2 * (ALONE // 2) :]
    hits = list(engine(many))
    seconds = time.perf_counter() - opened
    found = [any(hit.entity_id == right for hit in answer)
             for (right, _), answer in zip(listed, hits[::2], strict=False)]  # fmt: skip
    milliseconds = []
    for query in alone:
        started = time.perf_counter()
        next(engine([query]))
        milliseconds.append((time.perf_counter() - started) * 1000)
    return {"rate": len(many) / seconds, "milliseconds": milliseconds, "found": sum(found) / max(1, len(found)),
            "names": len(many)}  # fmt: skip

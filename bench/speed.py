"""Measures: names a second from a cold start, one name in a warm process, one comparison, the index.

Takes the FtM lists; gives rates, times, sizes and memory, with the peers' beside them where they do the same.
"""

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import contest, pairs, process
from bench.contest import BRUTE, LOGIC
from bench.data import FTM, SEED, Data
from bench.figure import OURS, Figure, Section, Target, on_row, runs
from bench.screening import write
from bench.spread import percentile

NOT_HERE = "the lists and labelled names are not in ../shared"
LISTED, UNLISTED, P95 = Target(6_000), Target(12_000), Target(1, at_most=True)
APART, TOGETHER = Target(60, at_most=True), Target(5, at_most=True)
BUILD, SIZE, MEMORY = (Target(value, at_most=True) for value in (2, 25, 250))
SETS = {"rate_listed": "mistyped", "rate_unlisted": "unlisted"}


def rates(data: Data) -> Section:
    """Names a second and core with evidence, from a cold start; peers without their start and their index."""
    title = "Names a second and core, scored with evidence (FtM lists)"
    if not data.shared:
        return Section(title, skipped=NOT_HERE)
    found = contest.of(data)
    folder = found.folder(found.ground("full"))
    listed = process.ask("asking:listed_names", data=str(folder), count=data.size.of(4_000, 500), seed=SEED)[0]["names"]
    unlisted = [row["full_name"] for row in data.unlisted(data.size.of(100_000, 2_000))]
    figures: list[Figure] = []
    for row, what, names, target in (("rate_listed", "listed people", listed, LISTED),
                                     ("rate_unlisted", "unlisted people", unlisted, UNLISTED)):  # fmt: skip
        for by in (LOGIC, BRUTE):
            figures += on_row(row, *_peer_rate(found, by, SETS[row], what))
        file = data.work / "rate.csv"
        write(file, names)
        taken = [process.ask("speed:cold", data=str(folder), file=str(file)) for _ in range(data.size.of(3, 1))]
        values = [len(names) / usage.wall for _, usage in taken]
        warm = [len(names) / answer["seconds"] for answer, _ in taken]
        note = f"{len(names):,} names, start included; {max(warm):,.0f}/s without it"
        figures += on_row(row, runs(what, values, "/s", target=None if data.size.small else target, note=note))
        figures.append(runs(f"{what}, peak memory", [usage.peak for _, usage in taken], "MB"))
    note = "peers: their start and index are not counted; their listed people are mistyped ones"
    return Section(title, tuple(figures), (note,))


def _peer_rate(found: contest.Contest, by: str, name: str, what: str) -> tuple[Figure, ...]:
    answered = found.answered("full", by).get(name)
    if answered is None:
        return ()
    count = len(answered.cases)
    return (Figure(what, count / answered.seconds, "/s", by=by, note=f"{count:,} names, {answered.seconds:.1f} s"),)


def one(data: Data) -> Section:
    """One name after the other in a warm process."""
    title = "One name in a warm process (FtM lists)"
    if not data.shared:
        return Section(title, skipped=NOT_HERE)
    found = contest.of(data)
    sets = found.ground("full").sets
    names = [case.name for case in (*sets["unlisted"][:500], *sets["mistyped"][:500])]
    figures: list[Figure] = []
    for by in (LOGIC, BRUTE):
        alone = found.extra.get(("full", by), {}).get("alone") if found.answered("full", by) else None
        if alone:
            figures += _percentiles([alone], by, None, f"{len(alone)} names")
    folder = str(found.folder(found.ground("full")))
    answers = [process.ask("asking:one_by_one", data=folder, names=names)[0] for _ in range(data.size.of(3, 1))]
    target = None if data.size.small else P95
    figures += _percentiles([a["milliseconds"] for a in answers], OURS, target, f"{len(names)} names, half mistyped")
    return Section(title, tuple(sorted(figures, key=lambda f: f.what)), ("half unlisted, half mistyped people",))


def _percentiles(each: list[list[float]], by: str, target: Target | None, note: str) -> list[Figure]:
    p50, p95, p99 = (runs(f"p{percent}", [percentile(ms, percent) for ms in each], "ms", by=by, note=note,
                          target=target if percent == 95 else None) for percent in (50, 95, 99))  # fmt: skip
    return [p50, *on_row("one", p95), p99]


def comparisons(data: Data) -> Section:
    """One comparison of two names: pairs that are compared for the first time, and once more in one call."""
    title = "One comparison of two names"
    if not data.shared:
        return Section(title, skipped=NOT_HERE)
    several = [e for e in contest.of(data).all if len(e.names) > 1]
    chosen = random.Random(SEED).sample(several, data.size.of(3_000, 500))
    # Every other pair is of two names of one entity, the rest of two entities.
    lines = [(e.schema, e.names[0][0], chosen[at - at % 2].names[1][0]) for at, e in enumerate(chosen)]
    file = pairs.dump(data.work / "many.jsonl", lines)
    figures: list[Figure] = []
    for by in (LOGIC, BRUTE, OURS):
        answer = pairs.ask(data, by, file)
        if answer:
            target = APART if by == OURS and not data.size.small else None
            figures += on_row(
                "pair", Figure("apart, for the first time", answer["microseconds"], "µs", by=by, target=target)
            )
        if "again" in answer:
            target = None if data.size.small else TOGETHER
            note = "compare_many, without evidence"
            again = Figure("many in one call, all names met before", answer["again"], "µs", target=target, note=note)
            figures += on_row("pair_batch", again)
    return Section(title, tuple(figures), (f"{len(lines):,} pairs of listed names in one process, seed {SEED}",))


def index(data: Data) -> Section:
    """The index of the FtM lists: build, size, memory of a process that screens."""
    title = "Index of the FtM lists"
    if not data.shared:
        return Section(title, skipped=NOT_HERE)
    found = contest.of(data)
    figures: list[Figure] = []
    for by in (LOGIC, BRUTE):
        extra = found.extra.get(("full", by)) if found.answered("full", by) else None
        if extra:
            figures += on_row("build", Figure("build", extra["building"], "s", by=by))
            figures += on_row("memory", Figure("memory of the process", extra["peak"], "MB", by=by))
    target = str(data.work / "built.idx")
    built = [process.ask("speed:built", file=str(FTM), target=target) for _ in range(data.size.of(3, 1))]
    first = built[0][0]
    folder, file = str(found.folder(found.ground("full"))), data.work / "memory.csv"
    write(file, [case.name for case in found.ground("full").sets["unlisted"]])
    usage = process.ask("speed:cold", data=folder, file=str(file))[1]
    small = data.size.small
    figures += on_row("build", runs("build", [a["seconds"] for a, _ in built], "s", target=None if small else BUILD,
                                    note=f"{first['names']:,} names, entities read before"))  # fmt: skip
    figures += on_row("size", Figure("size on disk", first["bytes"] / 1e6, "MB", target=None if small else SIZE))
    figures += on_row("memory", Figure("memory of the process", usage.peak, "MB", target=None if small else MEMORY,
                                       note="screening unlisted people"))  # fmt: skip
    figures.append(runs("build, peak memory", [u.peak for _, u in built], "MB"))
    return Section(title, tuple(figures))


def cold(data: str, file: str) -> dict[str, Any]:
    """In the child: seconds for all names of a file, each with its evidence put into words."""
    import allonym
    from bench.screening import read

    queries = [{"schema": "Person", "properties": {"name": [name]}} for name in read(file)]
    with allonym.open(data) as lists:
        started = time.perf_counter()
        told = sum(len(hit.reason) for hits in lists.screen(queries) for hit in hits)
        return {"seconds": time.perf_counter() - started, "told": told}


def built(file: str, target: str) -> dict[str, Any]:
    """In the child: seconds to build the index of an FtM file, its entities read before; its names and bytes."""
    from allonym.index.build import build
    from allonym.index.index import Index
    from allonym.index.listed import Listed
    from bench.entities import read

    rows = [
        Listed(e.id, e.id, "mine", e.schema, e.names[0][0], tuple((n, p == "weakAlias") for n, p in e.names),
               {p: v for p, v in e.properties.items() if p in ("birthDate", "nationality")})
        for e in read(Path(file))
    ]  # fmt: skip
    started = time.perf_counter()
    build(Path(target), rows)
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "names": Index(Path(target)).meta["names"], "bytes": Path(target).stat().st_size}


MEASURES: dict[str, Callable[[Data], Section]] = {
    "rates": rates, "one": one, "comparisons": comparisons, "index": index,
}  # fmt: skip

"""Measure: what changed for many watched customers, after lists with few changed entries.

Takes the FtM lists and people made of the given names and surnames of unlisted people; gives the seconds of
`allonym changes` after 300 entries were added, removed or altered, and beside it the seconds of screening everybody
again with `allonym screen`.
"""

import csv
import json
import random
import time
from pathlib import Path
from typing import Any

from bench import process
from bench.data import FTM, SEED, Data
from bench.figure import Figure, Section, Target, runs
from bench.process import ONE_THREAD

ENTRIES = 300
CORES = 2
LONGEST, TIMES = Target(30, at_most=True), Target(50)


def measure(data: Data) -> Section:
    """100,000 customers (small: 5,000) and 300 entries, a third each new, gone and altered."""
    title = "Changes for watched customers (FtM lists)"
    if not data.shared:
        return Section(title, skipped="the lists and people are not in ../shared")
    count, folder = data.size.of(100_000, 5_000), data.work / "data-changes"
    customers, lists = data.work / "changes.csv", [data.work / f"changes-{n}.jsonl" for n in range(2)]
    write_customers(customers, data, count)
    write_lists(lists)
    load(data, lists[0], folder, "2026-03-01")
    watched = process.run([process.console(), "watch", str(customers), "--data", str(folder), "--workers", str(CORES)],
                          env=ONE_THREAD)  # fmt: skip
    load(data, lists[1], folder, "2026-03-02")
    answers = [process.ask("changes:told", data=str(folder)) for _ in range(data.size.of(5, 1))]
    first, _ = answers[0]
    full = {workers: _full(data, folder, customers, workers) for workers in (CORES, 1)}
    small = data.size.small
    note = f"one process; {first['asked']:,} of {count:,} customers asked, {first['events']:,} events"
    taken = runs("changes, start included", [u.wall for _, u in answers], "s", target=None if small else LONGEST,
                 note=note)  # fmt: skip
    work = runs("changes, without the start of the process", [a["seconds"] for a, _ in answers], "s")
    figures = [taken, work]
    spent = runs("changes, CPU", [u.cpu for _, u in answers], "s", note="start included")
    alone = runs("changes, CPU without the start of the process", [a["cpu"] for a, _ in answers], "s")
    figures += [spent, alone]
    for workers, usage in full.items():
        what = f"everybody screened again, {workers} process{'es' if workers > 1 else ''}"
        target = TIMES if workers == CORES and not small else None
        figures.append(Figure(what, usage.wall, "s", note=f"{count:,} rows, nothing scaled; {usage.cpu:.1f} s of CPU"))
        figures.append(Figure(f"{what}, against changes", usage.wall / taken.value, "times", target=target))
        figures.append(Figure(f"{what}, against changes without its start", usage.wall / work.value, "times"))
        figures.append(Figure(f"{what}, CPU against that of changes", usage.cpu / spent.value, "times"))
        figures.append(Figure(f"{what}, CPU against that without its start", usage.cpu / alone.value, "times"))
    figures.append(runs("changes, peak memory", [u.peak for _, u in answers], "MB"))
    figures.append(Figure("watch, once a file", watched.wall, "s", note="customers read, prepared and screened"))
    listed = process.ask("changes:entries", data=str(folder))[0]["mine"]
    return Section(title, tuple(figures), (f"{ENTRIES} entries of {listed:,}; seed {SEED}",))


def _full(data: Data, folder: Path, customers: Path, workers: int) -> process.Usage:
    output = data.work / "changes-hits.csv"
    command = [process.console(), "screen", "--input", str(customers), "--output", str(output), "--data", str(folder),
               "--workers", str(workers), "--restart"]  # fmt: skip
    return process.run(command, env=ONE_THREAD)


def load(data: Data, file: Path, folder: Path, day: str) -> None:
    """Load an FtM file as the list `mine` of a day."""
    data.update("ftm", "--from", str(file), "--name", "mine", "--as-of", day, "--data", str(folder))


def write_customers(path: Path, data: Data, count: int) -> None:
    """Listed people as somebody typed them, then unlisted people with each other's surnames, of the same part of the
    world; dates of birth and nationalities go with the given names."""
    rng = random.Random(SEED)
    people = data.unlisted()
    pools: dict[str, list[dict[str, str]]] = {}
    for row in people:
        pools.setdefault(row["pool"], []).append(row)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "date of birth", "nationality"])
        listed = data.listed()
        for number, row in enumerate(listed):
            writer.writerow([number, row["name_as_typed"], row["birth_date"], row["nationality"]])
        for number in range(len(listed), count):
            one = rng.choice(people)
            name = f"{one['first_name']} {rng.choice(pools[one['pool']])['last_name']}"
            writer.writerow([number, " ".join(name.split()), one["birth_date"], one["nationality"]])


def write_lists(paths: list[Path]) -> None:
    """The FtM lists before and after: a third of the entries is in the second only, a third in the first only, a third
    in both with another name."""
    lines = FTM.read_bytes().splitlines()
    named = [at for at, line in enumerate(lines) if json.loads(line)["properties"].get("name")]
    chosen = random.Random(SEED).sample(named, ENTRIES)
    third = ENTRIES // 3
    new, gone, altered = (set(chosen[n * third : (n + 1) * third]) for n in range(3))
    before = [_altered(line) if at in altered else line for at, line in enumerate(lines) if at not in new]
    paths[0].write_bytes(b"\n".join(before) + b"\n")
    paths[1].write_bytes(b"\n".join(line for at, line in enumerate(lines) if at not in gone) + b"\n")


def _altered(line: bytes) -> bytes:
    entity = json.loads(line)
    entity["properties"]["name"] = [f"{name} Altered" for name in entity["properties"]["name"]]
    return json.dumps(entity).encode()


def told(data: str) -> dict[str, Any]:
    """In the child: one report, worked out and written, and not kept, so that it can be worked out again."""
    started = time.perf_counter()
    import allonym
    from allonym.screening.report import WRITERS
    from allonym.watching import Watching

    imported, before = time.perf_counter(), time.process_time()
    with allonym.open(data) as lists:
        watching = Watching(lists)
        (name,) = watching.names()
        worked = watching.changes(name)
        WRITERS["jsonl"]([worked.report])
        seconds, cpu = time.perf_counter() - imported, time.process_time() - before
    return {"seconds": seconds, "cpu": cpu, "importing": imported - started, "asked": worked.report.asked,
            "events": len(worked.report.events)}  # fmt: skip


def entries(data: str) -> dict[str, int]:
    """In the child: how many entries the list has."""
    import allonym

    with allonym.open(data) as lists:
        return {s.source: sum(s.counts["entries"].values()) for s in lists.snapshots()}

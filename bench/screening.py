"""Measure: many customers, names only, on one core.

Takes a data folder and names; gives names a second through `Engine` in batches and through the command with a CSV file,
and beside them RapidFuzz comparing every name with every listed name, in as many processes and threads: one.
"""

import csv
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import process
from bench.data import SEED, Data
from bench.figure import Figure, Section, Target, runs
from bench.process import ONE_THREAD
from bench.spread import median

Answers = Sequence[tuple[dict[str, Any], process.Usage]]
LEAST = Target(3_000)
PEERS = {
    "token_sort_ratio": "rapidfuzz cdist token_sort_ratio ≥ 85",
    "ratio": "rapidfuzz cdist ratio ≥ 85, parts sorted before",
}


def measure(data: Data) -> Section:
    """Unlisted people, listed names, and both together as a file."""
    folder = data.main
    names = _names(data, folder)
    figures: list[Figure] = []
    notes = []
    target = None if data.size.small or not data.shared else LEAST
    for kind, asked in names.items():
        answers = [_batch(data, folder, asked) for _ in range(data.size.of(3, 1))]
        rates = [len(asked) / answer["seconds"] for answer, _ in answers]
        note = f"{len(asked):,} names, schema Person; {_of_cpu(len(asked), answers)}"
        own = runs(f"{kind} names, Engine", rates, "/s", target=target, note=note)
        peers = _peers(data, folder, kind, asked)
        figures += [own, *peers]
        figures += [Figure(f"{kind} names, Engine against {p.by}", own.value / p.value, "times") for p in peers]
        notes.append(f"{kind}: {answers[0][0]['matched']:,} with a match")
    figures += _command(data, folder, [name for asked in names.values() for name in asked], target)
    notes.append("RapidFuzz searches for one similarity above a limit and gives no reasons; Allonym gives evidence")
    return Section(f"Customers screened, names only, one core ({folder})", tuple(figures), tuple(notes))


def _names(data: Data, folder: str) -> dict[str, list[str]]:
    """People's names by kind; the listed ones are a random sample of the lists' own spellings."""
    count = data.size.of(4_000, 500)
    sample = process.ask("asking:listed_names", data=str(data.folder(folder)), count=count, seed=SEED)[0]["names"]
    if not data.shared:
        return {"listed": sample}
    unlisted = [row["full_name"] for row in data.unlisted(data.size.of(100_000, 2_000))]
    return {"unlisted": unlisted, "listed": sample}


def _batch(data: Data, folder: str, names: list[str]) -> tuple[dict[str, Any], process.Usage]:
    file = data.work / "names.csv"
    write(file, names)
    return process.ask("screening:in_batches", data=str(data.folder(folder)), file=str(file))


def _peers(data: Data, folder: str, kind: str, names: list[str]) -> list[Figure]:
    """RapidFuzz on a part of the names, since its speed does not hang on how many there are."""
    file = data.work / "names.csv"
    write(file, names[: data.size.of(300, 100)])
    figures = []
    for scorer, by in PEERS.items():
        answers = [
            process.ask("screening:brute_force", data=str(data.folder(folder)), file=str(file), scorer=scorer)
            for _ in range(data.size.of(3, 1))
        ]
        first, _ = answers[0]
        rates = [first["asked"] / answer["seconds"] for answer, _ in answers]
        note = f"{first['asked']:,} names against {first['listed']:,}; {_of_cpu(first['asked'], answers)}"
        figures.append(runs(f"{kind} names, Engine", rates, "/s", by=by, note=note))
    return figures


def _of_cpu(count: int, answers: Answers) -> str:
    """The rate by the process's own time, which other programs do not lengthen much."""
    return f"{median([count / answer['cpu'] for answer, _ in answers]):,.0f} a second of CPU"


def _command(data: Data, folder: str, names: list[str], target: Target | None) -> list[Figure]:
    """`allonym screen --input FILE --output FILE` as a whole, start included."""
    file, output = data.work / "customers.csv", data.work / "hits.csv"
    write(file, names)
    command = [process.console(), "screen", "--input", str(file), "--output", str(output), "--schema", "Person",
               "--data", str(data.folder(folder))]  # fmt: skip
    taken = [process.run(command, env=ONE_THREAD) for _ in range(data.size.of(3, 1))]
    what = "all names, allonym screen --input"
    return [
        runs(
            what, [len(names) / u.wall for u in taken], "/s", target=target, note=f"{len(names):,} rows, start included"
        ),
        runs(f"{what}, peak memory", [u.peak for u in taken], "MB"),
    ]


def write(path: Path, names: list[str]) -> None:
    """Write names as a CSV file with one column, `name`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name"])
        writer.writerows([name] for name in names)


def read(path: str) -> list[str]:
    """The names of such a file."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]


def in_batches(data: str, file: str) -> dict[str, Any]:
    """In the child: seconds for all names through a new engine, which keeps nothing from before."""
    import allonym
    from allonym.matching.engine import Options
    from allonym.screening.query import Query

    queries = [Query.from_name(name, row=row, schema="Person") for row, name in enumerate(read(file), 1)]
    with allonym.open(data) as lists:
        engine = lists.engine(lists.view(), Options())
        started, busy = time.perf_counter(), time.process_time()
        matched = sum(any(hit.match for hit in hits) for hits in engine(queries))
        cpu, seconds = time.process_time() - busy, time.perf_counter() - started
    return {"seconds": seconds, "cpu": cpu, "matched": matched}


def brute_force(data: str, file: str, scorer: str) -> dict[str, Any]:
    """In the child: seconds RapidFuzz takes for all names against all different names that are listed.

    Preparing the listed names is not counted, preparing the queries is.
    """
    import numpy as np
    from rapidfuzz import fuzz, process, utils

    from bench.asking import listed_names

    def prepared(name: str) -> str:
        plain = utils.default_process(name)
        return plain if scorer == "token_sort_ratio" else " ".join(sorted(plain.split()))

    listed = sorted({prepared(name) for name in listed_names(data, 0, people=False)["names"]})
    names = read(file)
    started, busy = time.perf_counter(), time.process_time()
    matched = 0
    for start in range(0, len(names), 100):
        asked = [prepared(name) for name in names[start : start + 100]]
        found = process.cdist(
            asked, listed, scorer=getattr(fuzz, scorer), score_cutoff=85, dtype=np.uint8, workers=1
        )  # fmt: skip
        matched += int((found > 0).any(axis=1).sum())
    cpu, seconds = time.process_time() - busy, time.perf_counter() - started
    return {"seconds": seconds, "cpu": cpu, "asked": len(names), "listed": len(listed), "matched": matched}

"""Measure: lists from files to screenable, by one `allonym update` into a new data folder.

Takes copies of the files in one folder; gives wall and CPU seconds, peak memory, and what the data folder takes.
"""

import shutil

from bench.data import Data
from bench.figure import Figure, Section, Target, runs


def measure(data: Data) -> Section:
    """SDN XML, UN 2026 and EU (small: UN alone; without the lists: the register)."""
    name, count = data.main, data.size.of(2, 1)
    what = {"official": "SDN XML + UN 2026 + EU", "un": "UN 2026", "register": "built-in register"}[name]
    taken, told = [], ""
    for number in range(count):
        folder = data.work / f"loaded-{number}"
        asked = ("register",) if name == "register" else ("--from", str(data.copies(name)))
        usage = data.update(*asked, "--data", str(folder))
        taken.append(usage)
        told = usage.output
        if number < count - 1:
            shutil.rmtree(folder)
        else:
            data.keep(name, folder)
    full = name == "official"
    kept = data.folder(name)
    sizes = {path: path.stat().st_size / 1e6 for path in kept.rglob("*") if path.is_file()}
    index = max((size for path, size in sizes.items() if path.suffix == ".idx"), default=0.0)
    return Section(
        "Lists from files to screenable",
        (
            runs(f"{what}, wall", [u.wall for u in taken], "s", target=Target(60, at_most=True) if full else None),
            runs(f"{what}, CPU", [u.cpu for u in taken], "s", note="one process, one core"),
            runs(f"{what}, peak memory", [u.peak for u in taken], "MB",
                 target=Target(600, at_most=True) if full else None),
            Figure(f"{what}, the data folder", sum(sizes.values()), "MB", note=f"of it the index {index:.1f} MB"),
        ),
        tuple(line.removeprefix("+ ") for line in told.splitlines()),
    )  # fmt: skip

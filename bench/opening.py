"""Measure: a cold process that opens the data folder and answers one name.

Takes a data folder; gives wall, CPU and peak memory of the command and of Python code, compiled and at the very first
time, and which modules the time goes to. The system's file cache is warm: see the note that the section prints.
"""

import re
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bench import process
from bench.data import Data
from bench.figure import Section, Target, on_row, runs
from bench.process import ROOT, Usage

#: In the register, so that it is found whatever else is loaded.
NAME = "Nicolas Maduro Moros"
CODE = "import allonym; print(next(iter(allonym.open({data!r}).screen([{name!r}])))[:1])"
WRITE_NOTHING = {"PYTHONDONTWRITEBYTECODE": "1"}
IMPORTED = re.compile(r"import time:\s*(\d+) \|\s*(\d+) \|\s*(\S+)")
TOP = 10


def measure(data: Data) -> Section:
    """The four ways to start, and the costliest imports."""
    folder = data.folder(data.main)
    command = [process.console(), "screen", NAME, "--data", str(folder)]
    code = [sys.executable, "-c", CODE.format(data=str(folder), name=NAME)]
    count = data.size.of(11, 3)
    warm = _several(command, count)
    python = _several(code, count)
    fresh, bare = _first_times(command, data.size.of(5, 1))
    target = None if data.size.small else Target(0.8, at_most=True)
    return Section(
        f"Open the data folder and answer one name, cold process ({data.main})",
        (
            *on_row("cold", runs("allonym screen NAME, wall", [u.wall for u in warm], "s", target=target)),
            runs("allonym screen NAME, CPU", [u.cpu for u in warm], "s"),
            runs("allonym screen NAME, peak memory", [u.peak for u in warm], "MB"),
            runs('python -c "import allonym; …", wall', [u.wall for u in python], "s", target=target),
            runs('python -c "import allonym; …", peak memory', [u.peak for u in python], "MB"),
            *on_row("cold_first", runs("first time, Allonym not compiled yet, wall", [u.wall for u in fresh], "s",
                                       target=target, note="dependencies compiled, as pip leaves them")),
            runs("first time, nothing compiled, wall", [u.wall for u in bare], "s",
                 note="not even Python's own library"),
        ),
        (*_imports(command), "files are in the system's cache; after a restart the disk's own time comes on top"),
    )  # fmt: skip


def _several(command: list[str], count: int) -> list[Usage]:
    """Runs of a command, after one that is not counted."""
    process.run(command)
    return [process.run(command) for _ in range(count)]


def _first_times(command: list[str], count: int) -> tuple[list[Usage], list[Usage]]:
    """The first run after an installation: with a copy of the package that has no bytecode, and with none anywhere."""
    with tempfile.TemporaryDirectory(prefix="allonym-bench-") as place:
        shutil.copytree(ROOT / "src/allonym", Path(place) / "allonym", ignore=shutil.ignore_patterns("__pycache__"))
        fresh = WRITE_NOTHING | {"PYTHONPATH": place}
        bare = WRITE_NOTHING | {"PYTHONPYCACHEPREFIX": str(Path(place) / "empty")}
        return (
            [process.run(command, env=fresh) for _ in range(count)],
            [process.run(command, env=bare) for _ in range(count)],
        )


def _imports(command: list[str]) -> tuple[str, str]:
    """The costliest imports of the command in milliseconds: by package, all of its modules together, and by module."""
    told = process.run([sys.executable, "-X", "importtime", *command]).errors
    modules = Counter({name: int(own) for own, _, name in IMPORTED.findall(told)})
    packages: Counter[str] = Counter()
    for name, microseconds in modules.items():
        packages[name.partition(".")[0]] += microseconds
    total = modules.total() / 1000
    return (
        f"imports: {len(modules)} modules, {total:.0f} ms (with the profiler's own cost); by package, in ms: "
        + ", ".join(f"{name} {us / 1000:.0f}" for name, us in packages.most_common(TOP)),
        "by module alone, in ms: " + ", ".join(f"{name} {us / 1000:.1f}" for name, us in modules.most_common(TOP)),
    )

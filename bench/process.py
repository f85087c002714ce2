"""One thing in one fresh process: what it took, and what it answered.

Takes a command, or a function of a module of `bench` with arguments in JSON; gives wall seconds, CPU seconds and peak
memory of the process, and its output. Linux counts the memory of the parent at the moment of the fork into the child's
peak; therefore a process that holds nothing starts each one and takes its times.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
#: One process, one thread: arithmetic libraries must not take the second core.
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMBA")}
#: The starter: writes wall and CPU seconds, peak memory as the system counts it, and exit status to a file.
STARTER = """
import os, sys, time
started = time.perf_counter()
process = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, taken = os.wait4(process, 0)
wall = time.perf_counter() - started
told = wall, taken.ru_utime + taken.ru_stime, taken.ru_maxrss, os.waitstatus_to_exitcode(status)
with open(sys.argv[1], "w") as file:
    file.write(" ".join(map(str, told)))
"""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process took: seconds of the clock, seconds of all its threads, 1e6 bytes at the peak."""

    wall: float
    cpu: float
    peak: float
    output: str
    errors: str


class ProcessError(Exception):
    """A measured process failed; the message has its last words."""


def run(command: Sequence[str], *, env: Mapping[str, str] | None = None) -> Usage:
    """Run a command from the repository's root and wait for it. Raises ProcessError for an exit status other than 0.

    So ask for names that are found: the status of nothing found, 1, is also that of a program that breaks.
    """
    with (
        tempfile.TemporaryFile() as output,
        tempfile.TemporaryFile() as errors,
        tempfile.NamedTemporaryFile("r") as told,
    ):
        started = subprocess.run(
            [sys.executable, "-I", "-S", "-c", STARTER, told.name, *command], cwd=ROOT,
            env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL, stdout=output, stderr=errors,
        )  # fmt: skip
        texts = []
        for file in (output, errors):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
        wall, cpu, peak, status = map(float, told.read().split() or ("0", "0", "0", "1"))
    if started.returncode or status:
        last = texts[1].strip().splitlines()[-3:]
        raise ProcessError(f"{' '.join(command[:6])} … ended with {status:.0f}: {' / '.join(last)}")
    scale = 1 if sys.platform == "darwin" else 1024  # ru_maxrss is in bytes there, in KiB elsewhere
    return Usage(wall, cpu, peak * scale / 1e6, *texts)


def ask(function: str, *, python: str = sys.executable, **arguments: Any) -> tuple[dict[str, Any], Usage]:
    """Call `module:function` of `bench` in a fresh `python` with one thread; gives its answer, and what it took.

    Raises ProcessError when it fails.
    """
    command = [python, "-m", "bench.child", function, json.dumps(arguments)]
    usage = run(command, env=ONE_THREAD)
    answer: dict[str, Any] = json.loads(usage.output)
    return answer, usage


def console() -> str:
    """The installed command."""
    return str(Path(sys.executable).with_name("allonym"))

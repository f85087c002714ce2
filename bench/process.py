"""One thing in one fresh process: what it took, and what it answered.

Takes a command, or a function of a module of `bench` with arguments in JSON; gives wall seconds, CPU seconds and peak
memory of the process, and its output. This module and what starts it must stay small in memory: Linux counts the
memory of the parent at the moment of the fork into the child's peak.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
#: One process, one thread: arithmetic libraries must not take the second core.
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMBA")}


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
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL, stdout=output, stderr=errors
        )
        _, status, taken = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)  # Popen would wait for it again
        texts = []
        for file in (output, errors):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
    if process.returncode != 0:
        last = texts[1].strip().splitlines()[-3:]
        raise ProcessError(f"{' '.join(command[:6])} … ended with {process.returncode}: {' / '.join(last)}")
    scale = 1 if sys.platform == "darwin" else 1024  # ru_maxrss is in bytes there, in KiB elsewhere
    peak = taken.ru_maxrss * scale / 1e6
    return Usage(wall, taken.ru_utime + taken.ru_stime, peak, *texts)


def ask(function: str, **arguments: Any) -> tuple[dict[str, Any], Usage]:
    """Call `module:function` of `bench` in a fresh Python with one thread; gives its answer (a dict) and what it took.

    Raises ProcessError when it fails.
    """
    command = [sys.executable, "-m", "bench.child", function, json.dumps(arguments)]
    usage = run(command, env=ONE_THREAD)
    answer: dict[str, Any] = json.loads(usage.output)
    return answer, usage


def console() -> str:
    """The installed command."""
    return str(Path(sys.executable).with_name("allonym"))

"""Run by the interruption tests in a process of its own: INPUT OUTPUT WORKERS DELAY, a progress line a chunk."""

import signal
import sys
from pathlib import Path

from exact_engine import ExactNames, screener

from allonym.errors import AllonymError
from allonym.screening.reader import Input
from allonym.screening.run import Progress, RunOptions, run


def told(progress: Progress) -> None:
    print("chunk", progress.counts.queries, flush=True)


def main() -> int:
    # A shell without job control starts background work with SIGINT ignored, and children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    source, output, workers, delay = sys.argv[1:]
    factory = ExactNames((("x-1", "Name 7"), ("x-2", "Name 450")), float(delay))
    options = RunOptions(output=Path(output), workers=int(workers), progress=told, chunk=50)
    try:
        with Input(source) as customers:
            result = run(customers, screener(factory), options)
    except AllonymError as error:
        print(error, file=sys.stderr)
        return error.status
    print("resumed", result.resumed)
    return 0


if __name__ == "__main__":
    sys.exit(main())

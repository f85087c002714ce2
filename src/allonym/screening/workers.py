"""Chunks of queries answered, here or in worker processes, in the order they were asked.

Takes chunks and a picklable factory of engines; gives the rendered rows of each chunk in turn. A few chunks a worker
are in flight, no more. Must not let a Ctrl-C reach the workers, nor leave them behind when this process dies.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from allonym.errors import AllonymError
from allonym.matching.evidence import Hit
from allonym.screening.outcome import Counts, rendered
from allonym.screening.query import Query

Engine = Callable[[Sequence[Query]], Iterable[list[Hit]]]
EngineFactory = Callable[[], Engine]
Rendered = tuple[bytes, Counts]
_IN_FLIGHT = 3

_engine: Engine | None = None


def answered(
    chunks: Iterable[list[Query]], factory: EngineFactory, *, workers: int = 1
) -> Generator[Rendered, None, None]:
    """The rows of each chunk, in order. With one worker everything happens in this process.

    More workers are processes started afresh (`spawn`), so that the factory must be importable. Raises AllonymError
    when a worker dies.
    """
    if workers == 1:
        engine = factory()
        for chunk in chunks:
            yield rendered(chunk, engine(chunk))
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(factory,))
    pending: deque[Future[Rendered]] = deque()
    try:
        for chunk in chunks:
            with _no_interrupt():
                pending.append(pool.submit(_answer, chunk))
            while len(pending) >= _IN_FLIGHT * workers:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    except BrokenProcessPool:
        raise AllonymError(
            "a worker process died, perhaps for want of memory; run the same command again with fewer --workers, "
            "it goes on where it stopped"
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextlib.contextmanager
def _no_interrupt() -> Iterator[None]:
    # Processes are started by `submit` and inherit the mask, so that a Ctrl-C stays with this process; here it waits.
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(factory: EngineFactory) -> None:
    global _engine
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    _engine = factory()


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _answer(chunk: list[Query]) -> Rendered:
    if _engine is None:
        raise RuntimeError("the worker has no engine")
    return rendered(chunk, _engine(chunk))

"""Tasks done here or in worker processes, their results in the order of the tasks; chunks of queries answered so.

Takes tasks and a picklable factory of what does them; gives the results in turn. A few tasks a worker are in flight, no
more. Must not let a Ctrl-C reach the workers, nor leave them behind when this process dies.
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
from functools import partial
from typing import Any, TypeVar

from allonym.errors import AllonymError
from allonym.matching.evidence import Hit
from allonym.screening.outcome import Counts, rendered
from allonym.screening.query import Query

Engine = Callable[[Sequence[Query]], Iterable[list[Hit]]]
EngineFactory = Callable[[], Engine]
Rendered = tuple[bytes, Counts]
Task = TypeVar("Task")
Result = TypeVar("Result")
_IN_FLIGHT = 3

_work: Callable[[Any], Any] | None = None


def answered(
    chunks: Iterable[list[Query]], factory: EngineFactory, *, workers: int = 1
) -> Generator[Rendered, None, None]:
    """The rows of each chunk, in order; see `in_order`."""
    return in_order(chunks, partial(_answering, factory), workers=workers)


def _answering(factory: EngineFactory) -> Callable[[list[Query]], Rendered]:
    engine = factory()
    return lambda chunk: rendered(chunk, engine(chunk))


def in_order(
    tasks: Iterable[Task], factory: Callable[[], Callable[[Task], Result]], *, workers: int = 1
) -> Generator[Result, None, None]:
    """The result of each task, in order. With one worker everything happens in this process.

    More workers are processes started afresh (`spawn`), so that the factory must be importable. Raises AllonymError
    when a worker dies.
    """
    if workers == 1:
        work = factory()
        for task in tasks:
            yield work(task)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(factory,))
    pending: deque[Future[Result]] = deque()
    try:
        for task in tasks:
            with _no_interrupt():
                pending.append(pool.submit(_do, task))
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


def _begin(factory: Callable[[], Callable[[Any], Any]]) -> None:
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    _work = factory()


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _do(task: Any) -> Any:
    if _work is None:
        raise RuntimeError("the worker has not begun")
    return _work(task)

"""The process in which pages, PDFs and e-mails are parsed: `python -m allonym.news.documents.child`.

Takes questions on standard input, a line of JSON (kind, size in bytes, seconds allowed) and then the bytes; gives one
line of JSON for each, the fields of `Extract` or `error`. Has bounds on memory and time, and must not reach the
network, start a program or write a file, whatever a document makes a library do: an audit hook forbids it.
"""

import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from allonym.errors import InputError
from allonym.news.documents.document import MAIL, PAGE, PDF, Extract

MOST_MEMORY = 2_000_000_000  # bytes of address space
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.remove",
              "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "shutil.")  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def extract(kind: str, content: bytes) -> Extract:
    """What a document of that media type holds. Raises InputError; a parser's defect may raise anything."""
    if kind == PAGE:
        from allonym.news.documents.page import page as read
    elif kind == PDF:
        from allonym.news.documents.pdf import pdf as read
    elif kind == MAIL:
        from allonym.news.documents.mail import mail as read
    else:
        raise ValueError(f"no such kind of document: {kind}")
    return read(content)


def forbid(event: str, details: tuple[Any, ...]) -> None:
    """The audit hook: raises PermissionError for what no document may do."""
    if event == "open":
        writes = isinstance(details[2], int) and details[2] & _WRITING
        if writes:
            raise PermissionError(f"a document's reader must not write {details[0]!r}")
    elif event.startswith(_FORBIDDEN):
        raise PermissionError(f"a document's reader must not call {event}")


def _bound_memory() -> None:
    """No more than MOST_MEMORY, and no copy of it on the disk after a crash."""
    with suppress(ImportError, ValueError, OSError):  # not on every system
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _bound_time(seconds: float) -> None:
    """`Apart` ends a process that is late; this is for the one whose `Apart` was killed first."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 2, most))


def _answer(kind: str, content: bytes) -> str:
    try:
        return json.dumps(asdict(extract(kind, content)))
    except InputError as error:
        why = str(error)
    except (MemoryError, RecursionError):
        why = "it takes more memory or nesting than a document may; save its text as plain text"
    except Exception as error:  # a library's defect, met by a hostile document: the next one must still be read
        why = f"it cannot be parsed ({type(error).__name__}); save its text as plain text"
    return json.dumps({"error": why})


def main() -> None:
    """Answer until standard input ends."""
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints must not come between answers
    _bound_memory()
    sys.addaudithook(forbid)
    while line := questions.readline():
        asked = json.loads(line)
        _bound_time(asked["seconds"])
        told = _answer(asked["kind"], questions.read(asked["size"]))
        answers.write(told.encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    main()

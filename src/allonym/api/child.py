"""A process of `children`: reads documents, adds watches, works out changes.

Takes tasks on standard input, each a JSON object and bytes with their lengths before them; gives `answer` with bytes,
or `problem`. It ends when its standard input does. Must not write anything else to standard output.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import orjson

import allonym
from allonym.api.children import HEAD
from allonym.api.problem import ProblemError, of_error, of_os_error
from allonym.errors import AllonymError
from allonym.lists import Lists


def read_text(lists: Lists, asked: dict[str, Any], content: bytes) -> bytes:
    """A reading of a text."""
    from allonym.news.read import read

    reading = read(content.decode("utf-8", "surrogatepass"), lists, asked["lang"], asked["date"])
    return orjson.dumps(reading.to_dict())


def read_document(lists: Lists, asked: dict[str, Any], content: bytes) -> bytes:
    """A reading of a file."""
    from allonym.news.documents.opening import open_document
    from allonym.news.read import read_document

    document = open_document(content, name=asked["name"])
    return orjson.dumps(read_document(document, lists, asked["lang"], asked["date"]).to_dict())


def watch_add(lists: Lists, asked: dict[str, Any], _: bytes) -> bytes:
    """Begin to watch a file that was stored."""
    from allonym.screening.watch import Watch
    from allonym.watching import Watching

    watching = Watching(lists)
    sources = None if asked["sources"] is None else tuple(asked["sources"])
    watch = Watch(asked["name"], asked["path"], tuple(asked["maps"]), asked["schema"], asked["threshold"], sources)
    with watching.held():
        answer, reading = watching.add(watch)
    rejects = [{"line": r.line, "reason": r.reason} for r in reading.rejects[:100]]
    return orjson.dumps({
        "name": watch.name, "customers": answer.customers, "hits": answer.count, "view": answer.view.key,
        "answered": answer.at, "rejects": len(reading.rejects), "rejected": rejects,
        "notes": [str(oddity) for oddity in reading.oddities],
    })  # fmt: skip


def changes(lists: Lists, asked: dict[str, Any], _: bytes) -> bytes:
    """What changed for a watch; with `told`, it counts as told from now on."""
    from allonym.screening.report import rows
    from allonym.watching import Watching

    watching = Watching(lists)
    with watching.held():
        worked = watching.changes(asked["name"], asked["since"])
        report = worked.report.told(everything=asked["everything"])
        events = list(rows(report))
        document = orjson.dumps({
            "watch": report.watch, "customers": report.customers, "asked": report.asked,
            "from": dict(report.old.snapshots), "to": dict(report.new.snapshots), "view": report.new.key,
            "material": report.material, "events": events,
        })  # fmt: skip
        if asked["told"]:
            watching.save(worked)
    return document


TASKS: dict[str, Callable[[Lists, dict[str, Any], bytes], bytes]] = {
    "read": read_text, "document": read_document, "watch": watch_add, "changes": changes,
}  # fmt: skip


def main() -> None:
    """Do one task after the other."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    with allonym.open(Path(sys.argv[1])) as lists:
        while (head := _part(source)) is not None and (content := _part(source)) is not None:
            try:
                asked = orjson.loads(head)
                told = b"answer", TASKS[asked["task"]](lists, asked, content)
            except AllonymError as error:
                told = _problem(of_error(error))
            except OSError as error:
                told = _problem(of_os_error(error))
            except Exception as error:  # the type, not the text, which may hold names
                told = _problem(ProblemError("defect", f"{type(error).__name__}; see the log"))
            for part in told:
                target.write(len(part).to_bytes(HEAD, "big"))
                target.write(part)
            target.flush()


def _problem(error: ProblemError) -> tuple[bytes, bytes]:
    members = {"kind": error.kind, "detail": error.detail, "members": error.members, "headers": error.headers}
    return b"problem", orjson.dumps(members)


def _part(source: BinaryIO) -> bytes | None:
    head = source.read(HEAD)
    return source.read(int.from_bytes(head, "big")) if len(head) == HEAD else None


if __name__ == "__main__":
    main()

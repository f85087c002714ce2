"""A text file as numbered lines, whatever is in it.

Takes a binary file and its survey; gives each line with its number, its text and what is wrong with it. A line with
bytes that are no text, with a NUL, or beyond the limit is given (shortened) with its problem, and the rest goes on.
Must not hold more than one line.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from allonym.screening.encoding import Survey

#: Characters (bytes, for narrow encodings) in one line at most.
MAX_LINE = 1 << 20


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its end, `problem` says why it cannot be used."""

    number: int
    text: str
    problem: str | None = None


def numbered(file: BinaryIO, survey: Survey, *, limit: int = MAX_LINE) -> Iterator[Line]:
    """Every line from the file's start, 1-based."""
    file.seek(0)
    if survey.wide or survey.carriage_returns:
        yield from _wide(file, survey.encoding, limit)
    else:
        yield from _narrow(file, survey.encoding, limit)


def _narrow(file: BinaryIO, encoding: str, limit: int) -> Iterator[Line]:
    # A newline byte is never part of another character in any encoding handled here, so that bytes can be cut first.
    if encoding == "utf-8-sig":
        file.seek(3)
        encoding = "utf-8"
    number = 0
    while raw := file.readline(limit):
        number += 1
        problem = None
        if len(raw) >= limit and not raw.endswith(b"\n"):
            while (more := file.readline(limit)) and not more.endswith(b"\n"):
                pass
            problem = f"longer than {limit:,} bytes"
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError as error:
            text = raw.decode(encoding, "backslashreplace")
            problem = problem or f"byte {raw[error.start]:#04x} is not {encoding}; save the file as UTF-8"
        if "\0" in text:
            problem = problem or "holds a NUL character"
        yield Line(number, text, problem)


def _wide(file: BinaryIO, encoding: str, limit: int) -> Iterator[Line]:
    reader = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    number = 0
    try:
        while text := reader.readline(limit):
            number += 1
            problem = None
            if len(text) >= limit and not text.endswith(("\n", "\r")):
                while (more := reader.readline(limit)) and not more.endswith(("\n", "\r")):
                    pass
                problem = f"longer than {limit:,} characters"
            if "\ufffd" in text:
                problem = problem or f"a character is not {encoding}; save the file as UTF-8"
            if "\0" in text:
                problem = problem or "holds a NUL character"
            yield Line(number, text.removeprefix("\ufeff") if number == 1 else text, problem)
    finally:
        reader.detach()

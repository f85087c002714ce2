"""Snapshots and views: which version of which list answers.

Takes the snapshots there are, a day and a choice of sources; gives the view. Must not read a statement, nor import
SQLAlchemy: a look-up needs views and has no time for it.
"""

import datetime
import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import orjson

from allonym.errors import NotFoundError, UsageError
from allonym.model import Snapshot

_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class View:
    """One snapshot of each of some sources, as (source, snapshot date), sorted."""

    snapshots: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """16 hexadecimal digits that name this view: the same snapshots, the same key."""
        return hashlib.sha256(orjson.dumps(self.snapshots)).hexdigest()[:16]

    def date(self, source: str) -> str | None:
        """The snapshot of that source, None when the view has none."""
        return dict(self.snapshots).get(source)


def chosen(
    snapshots: Iterable[Snapshot], as_of: str | None, sources: Collection[str] | None, known_at: str | None = None
) -> View:
    """Per source the newest snapshot that is not later than `as_of` (an ISO day, inclusive; None: the newest), of those
    that were loaded by the day `known_at` (inclusive; None: all).

    A date with a version ("2024-05-15.2") stands for exactly that version. Raises UsageError for an unknown source or
    a date that is none, NotFoundError when no source is that old, or nothing was loaded by then.
    """
    known = known_by(sorted(snapshots, key=lambda s: (s.source, s.date)), known_at)
    if sources is not None:
        check_sources(sources, {s.source for s in known})
        known = [s for s in known if s.source in sources]
    if as_of is None:
        return View(tuple(sorted({s.source: s.date for s in known}.items())))
    day = iso_day(as_of)
    newest = {s.source: s.date for s in known if (s.date if "." in day else s.date[:10]) <= day}
    if not newest:
        first = min((s.date for s in known), default=None)
        has = f"the first snapshot is of {first}" if first else "no list is loaded"
        raise NotFoundError(f"nothing is known as of {as_of}: {has}")
    return View(tuple(sorted(newest.items())))


def known_by(snapshots: list[Snapshot], day: str | None) -> list[Snapshot]:
    """Those that were loaded by a day (ISO, inclusive; None: all). Raises NotFoundError when none was."""
    if day is None:
        return snapshots
    found = [s for s in snapshots if s.loaded_at[:10] <= iso_day(day)[:10]]
    if not found:
        first = min((s.loaded_at[:10] for s in snapshots), default="never")
        raise NotFoundError(f"nothing was known here on {day}: the first list was loaded on {first}")
    return found


def check_sources(sources: Collection[str], known: Collection[str]) -> None:
    """Raises UsageError for a source that is not loaded, naming those that are."""
    if unknown := sorted(set(sources) - set(known)):
        names = ", ".join(sorted(known)) or "none"
        raise UsageError(f"unknown source {', '.join(unknown)}; loaded are: {names}")


def iso_day(text: str) -> str:
    """The text, when it is an ISO day, with or without a version. Raises UsageError."""
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        datetime.date.fromisoformat(text[:10])
    except ValueError:
        raise UsageError(f"{text!r} is no date; write it as 2024-05-15") from None
    return text


def free_date(day: str, taken: Collection[str]) -> str:
    """The day itself, or with the next free version when another snapshot has it: "2024-05-15.2".

    Text order must be time order, so that the version after .9 is .91, and after .99 it is .991.
    """
    last = max((date for date in taken if date[:10] == day), default=None)
    if last is None:
        return day
    version = int(last[11:] or 1)
    return f"{day}.{version * 10 + 1 if version % 10 == 9 else version + 1}"

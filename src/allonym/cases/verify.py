"""Whether the audit log, and the alerts it tells of, are as they were written.

Takes rows of the store, and heads that were written down elsewhere; gives a report. What it cannot find is said in
docs/cases.md: a log whose end was cut off together with its alerts, or that was written anew from the first changed
entry on, is whole in itself; a head kept elsewhere tells. Must not repair.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from allonym.cases.alert import Entry
from allonym.cases.ledger import AUDIT, ERASE, START, Head, entry_hash, read_entries, sha256
from allonym.cases.rows import row_hashes
from allonym.errors import UsageError
from allonym.store.plain import Rows

MOST_TOLD = 1_000
_HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was written: at an entry's number, 0 where it is of no entry; `kind` is one of
    altered, content, missing, order, erased, alert, head, attachment."""

    number: int
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was verified: entries, how many of them erased with an entry that says so, alerts, the head, the heads
    that were compared; and the problems, at most `MOST_TOLD` of `count`."""

    entries: int
    erased: int
    alerts: int
    head: Head
    compared: tuple[Head, ...]
    problems: tuple[Problem, ...]
    count: int

    @property
    def whole(self) -> bool:
        """Whether nothing was found."""
        return self.count == 0

    def text(self) -> Iterator[str]:
        """The report for people."""
        yield f"audit log: {self.entries:,} entries, {self.erased:,} of them erased; {self.alerts:,} alerts"
        yield f"head: {self.head}"
        for head in self.compared:
            yield f"compared with the head {head}"
        for problem in self.problems:
            where = f"entry {problem.number}: " if problem.number else ""
            yield f"! {where}{problem.message}"
        if self.count > len(self.problems):
            yield f"! and {self.count - len(self.problems):,} more"
        yield "as it was written" if self.whole else f"not as it was written: {self.count:,} findings"
        if self.whole and not self.compared:
            yield "note: an end that was cut off shows only against a head kept elsewhere (--head)"


@dataclass
class _Walk:
    """What is remembered on the way through the log."""

    previous: str = START
    expected: int = 1
    entries: int = 0
    last: Head = field(default_factory=Head)
    hashes: dict[int, str] = field(default_factory=dict)
    bare: list[int] = field(default_factory=list)
    erased: set[int] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    latest: dict[str, Entry] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    count: int = 0

    def found(self, number: int, kind: str, message: str) -> None:
        """A problem."""
        self.count += 1
        if len(self.problems) < MOST_TOLD:
            self.problems.append(Problem(number, kind, message))


def parse_head(text: str) -> Head:
    """A head as `verify` and `export` print it. Raises UsageError."""
    found = _HEAD.fullmatch(text.strip())
    if not found:
        raise UsageError(f"--head {text[:80]!r}: give NUMBER:HASH as `allonym audit verify` prints it")
    return Head(int(found[1]), found[2])


def verify(rows: Rows, heads: Sequence[Head] = (), attached: Callable[[str], str] | None = None) -> Report:
    """Verify everything. `attached` gives what is wrong with the bytes of an attachment, "" for nothing."""
    walk = _Walk()
    wanted = {head.number for head in heads}
    for entry, content in read_entries(rows):
        _entry(walk, entry, content)
        if entry.number in wanted:
            walk.hashes[entry.number] = entry.hash
    for number in walk.bare:
        if number not in walk.erased:
            walk.found(number, "erased", "its content is gone, and no entry says that it was erased")
    alerts = _alerts(walk, rows)
    for head in heads:
        _head(walk, head)
    for digest in sorted(walk.kept) if attached is not None else ():
        if attached is not None and (wrong := attached(digest)):
            walk.found(0, "attachment", wrong)
    return Report(walk.entries, len(walk.bare), alerts, walk.last, tuple(heads), tuple(walk.problems), walk.count)


def _entry(walk: _Walk, entry: Entry, content: str | None) -> None:
    number = entry.number
    if number != walk.expected:
        missing = f"entry {walk.expected} is" if number == walk.expected + 1 else (
            f"entries {walk.expected} to {number - 1} are")  # fmt: skip
        walk.found(number, "missing", f"{missing} missing before it")
    told = (entry.at, entry.by, entry.action, entry.subject)
    if entry_hash(number, told, entry.content_sha256, entry.previous) != entry.hash:
        walk.found(
            number, "altered", "it was altered: its hash is another one (time, person, action, subject, or order)"
        )
    elif number == walk.expected and entry.previous != walk.previous:
        walk.found(number, "order", "the entry before it is another one than when it was written")
    if content is None:
        walk.bare.append(number)
    elif sha256(content) != entry.content_sha256:
        walk.found(number, "content", "its content was altered")
    if entry.action == ERASE and entry.subject == AUDIT and entry.content is not None:
        walk.erased |= set(entry.content.get("entries", ()))
        walk.gone.add(str(entry.content.get("subject")))
    if entry.action == "attach" and entry.content is not None:
        walk.kept.add(str(entry.content.get("attachment", {}).get("sha256", "")))
    walk.latest[entry.subject] = entry
    walk.previous, walk.expected, walk.entries = entry.hash, number + 1, walk.entries + 1
    walk.last = Head(number, entry.hash)


def _alerts(walk: _Walk, rows: Rows) -> int:
    """Each alert's row is what the last entry about it says."""
    seen, count = set[str](), 0
    for number, version, entry_number, digest in row_hashes(rows):
        count += 1
        subject = f"alert/{number}"
        seen.add(subject)
        entry = walk.latest.get(subject)
        if entry is None:
            walk.found(0, "alert", f"alert {number} is in no entry of the log")
        elif entry.number < entry_number:
            walk.found(
                entry.number, "missing", f"alert {number} was changed by entry {entry_number}, which is not there"
            )
        elif entry.content is not None and (
            entry.number,
            entry.content.get("version"),
            entry.content.get("row_sha256"),
        ) != (entry_number, version, digest):
            walk.found(entry.number, "alert", f"alert {number} is not as this entry, the last about it, left it")
    for subject in sorted(walk.latest.keys() - seen - walk.gone):
        if subject.startswith("alert/"):
            walk.found(
                walk.latest[subject].number, "alert", f"{subject.replace('/', ' ')} is gone, and no entry says so"
            )
    return count


def _head(walk: _Walk, head: Head) -> None:
    if head.number == 0:
        if head.hash != START:
            walk.found(0, "head", f"the head {head} is none: the hash of an empty log is all zeros")
    elif head.number > walk.last.number:
        walk.found(0, "head", f"the log went to entry {head.number} once and ends at {walk.last.number} now: "
                              "its end was cut off, or an old copy was restored")  # fmt: skip
    elif walk.hashes.get(head.number) != head.hash:
        walk.found(
            head.number, "head", "it is another one than when the head was written down: the log was written anew"
        )

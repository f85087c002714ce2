"""Who came on the lists and who went, month by month, by program, authority or list.

Takes the store and its snapshots; gives counted movements. An addition is dated by the list where it says since when;
where it does not, or where an earlier snapshot shows that the entry was not there that day, by the first snapshot that
has it. A removal is dated by the end that the list states, else by the first snapshot without the entry. What stood in
the first snapshot without a date is counted apart: when it came is not known. Must not guess a day.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from allonym.dossier.days import beginning
from allonym.dossier.standings import LISTINGS
from allonym.dossier.terms import terms
from allonym.errors import UsageError
from allonym.model import REGISTER, Measure, Snapshot
from allonym.store import Store
from allonym.store.spans import SANCTION, Span
from allonym.store.view import View

NONE_STATED = "none stated"
MONTH = len("2025-09")
MOST_NAMED = 30


class By(StrEnum):
    """What movements are grouped by."""

    PROGRAM = "program"
    AUTHORITY = "authority"
    SOURCE = "source"


class Every(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Movement:
    """How many came and went in a period (2025-09, 2025-Q3, 2025) of one group of one source; `added_seen` and
    `removed_seen` are those of them that only a snapshot dates."""

    source: str
    group: str
    period: str
    added: int
    removed: int
    added_seen: int
    removed_seen: int


@dataclass(frozen=True, slots=True)
class Flow:
    """All movements, by period, source and group; the dates of the snapshots they rest on, by source; and how many
    entries of each group of a source came on a day that is not known."""

    by: By
    every: Every
    movements: tuple[Movement, ...]
    snapshots: tuple[tuple[str, tuple[str, ...]], ...]
    undated: tuple[tuple[str, str, int], ...]


@dataclass(slots=True)
class _Tally:
    """Counts of one source while its snapshots go by: by (group, month), what came and went, and what only a snapshot
    dates."""

    added: Counter[tuple[str, str]] = field(default_factory=Counter)
    removed: Counter[tuple[str, str]] = field(default_factory=Counter)
    added_seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    removed_seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    undated: Counter[str] = field(default_factory=Counter)

    def add(self, group: str, date: str | None, *, seen: bool = False) -> None:
        """One that came on a date; None, or one that is no month, is not known."""
        if date is None or len(date) < MONTH:
            self.undated[group] += 1
            return
        self.added[group, date[:MONTH]] += 1
        self.added_seen[group, date[:MONTH]] += seen

    def remove(self, group: str, date: str, *, seen: bool = False) -> None:
        """One that went."""
        if len(date) >= MONTH:
            self.removed[group, date[:MONTH]] += 1
            self.removed_seen[group, date[:MONTH]] += seen


Key = tuple[str, str]  # entity id, group
Stood = dict[Key, tuple[str | None, str | None]]  # since and until, as the list states them


def flow(store: Store, snapshots: Iterable[Snapshot], by: By, every: Every = Every.MONTH) -> Flow:
    """The movements of the sources that these snapshots are of."""
    dates: dict[str, list[str]] = defaultdict(list)
    for snapshot in snapshots:
        dates[snapshot.source].append(snapshot.date)
    counted: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    undated = []
    for source, own in sorted(dates.items()):
        own.sort()
        tally = _register(store, own, by) if source == REGISTER else _list(store, source, own, by)
        for place, counter in enumerate((tally.added, tally.removed, tally.added_seen, tally.removed_seen)):
            for (group, month), number in counter.items():
                counted[period(month, every), source, group][place] += number
        undated += [(source, group, number) for group, number in sorted(tally.undated.items())]
    movements = tuple(Movement(s, g, p, *numbers) for (p, s, g), numbers in sorted(counted.items()))
    return Flow(by, every, movements, tuple((s, tuple(own)) for s, own in sorted(dates.items())), tuple(undated))


def period(month: str, every: Every) -> str:
    """The period a month (2025-09) lies in: itself, 2025-Q3, or 2025."""
    if every is Every.YEAR:
        return month[:4]
    return f"{month[:4]}-Q{(int(month[5:7]) + 2) // 3}" if every is Every.QUARTER else month


def _list(store: Store, source: str, dates: Sequence[str], by: By) -> _Tally:
    tally = _Tally()
    before: Stood | None = None
    last = ""
    sanctions, others = _read(store.spans(source))
    for date in dates:
        stood = _stood(source, sanctions, others, (date, by))
        now = {key: days for key, days in stood.items() if days[1] is None or days[1][:10] > date[:10]}
        for key, (since, until) in sorted(stood.items()):
            if before is None:
                tally.add(key[1], since)
                if key not in now and until is not None:
                    tally.remove(key[1], until)
            elif key not in before and key in now:
                is_stated = since is not None and since[:10] > last[: len(since)]
                tally.add(key[1], since if is_stated else date, seen=not is_stated)
        for key in sorted((before or {}).keys() - now.keys()):
            end = stood[key][1] if key in stood else None
            tally.remove(key[1], end or date, seen=end is None)
        before, last = now, date
    return tally


def _read(spans: Iterable[Span]) -> tuple[dict[str, list[Span]], list[Span]]:
    """The spans of each sanction, and those of the entries."""
    from allonym.store.entries import is_entry

    sanctions: dict[str, list[Span]] = defaultdict(list)
    entries = []
    for span in spans:
        if span.schema == SANCTION:
            sanctions[span.entity_id].append(span)
        elif is_entry(span.entity_id, span.schema):
            entries.append(span)
    return sanctions, entries


def _stood(source: str, sanctions: dict[str, list[Span]], entries: list[Span], asked: tuple[str, By]) -> Stood:
    """Who stood on the list in the snapshot of a date, by group, with the days the list states."""
    date, by = asked
    found: Stood = {}
    there = {span.entity_id for span in entries if span.covers(date)}
    for spans in sanctions.values():
        values: dict[str, list[str]] = defaultdict(list)
        for span in spans:
            if span.covers(date):
                values[span.prop].append(span.text)
        since = min(values["listingDate"] or values["startDate"], default=None)
        until = max(values["endDate"], default=None)
        for target in values["entity"]:
            for group in _groups(source, values, by) if target in there else ():
                others = found.get((target, group), (since, until))
                found[target, group] = _joined((since, until), others)
    stated = {target for target, _ in found}
    for entity_id in there - stated:
        for group in _groups(source, {}, by):
            found[entity_id, group] = (None, None)
    return found


def _joined(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> tuple[str | None, str | None]:
    """From the first of two days to the last, an end that is not stated being the latest of all."""
    since = min(filter(None, (one[0], other[0])), default=None)
    return since, None if None in (one[1], other[1]) else max(one[1] or "", other[1] or "")


def _groups(source: str, values: dict[str, list[str]], by: By) -> list[str]:
    if by is By.SOURCE:
        return [source]
    if by is By.AUTHORITY:
        known = terms().list_of(source)
        named = next(iter(values.get("authority", ())), known.authority if known else "")
        return [terms().authority(named).english if named else NONE_STATED]
    return list(dict.fromkeys(values.get("program") or values.get("programId") or [NONE_STATED]))


def _register(store: Store, dates: Sequence[str], by: By) -> _Tally:
    """Listings and delistings as the newest register dates them, one for each of their targets."""
    tally = _Tally()
    for measure in store.measures(View(((REGISTER, dates[-1]),))):
        if measure.type not in (*LISTINGS, "delisting"):
            continue
        began = (beginning(measure) or ("", None))[1]
        for group in _measure_groups(measure, by):
            for _ in measure.targets:
                if measure.type != "delisting":
                    tally.add(group, began)
                elif began is not None:
                    tally.remove(group, began)
    return tally


def _measure_groups(measure: Measure, by: By) -> Iterator[str]:
    if by is By.SOURCE:
        yield REGISTER
    elif by is By.AUTHORITY:
        yield terms().authority(measure.authority).english
    else:
        yield from measure.program.split("; ") if measure.program else [NONE_STATED]


def only(found: Flow, groups: Collection[str]) -> Flow:
    """What concerns these groups, whatever the case of their letters. Raises UsageError for one that there is not."""
    known = {m.group.casefold(): m.group for m in found.movements} | {g.casefold(): g for _, g, _ in found.undated}
    wanted = {group.casefold() for group in groups}
    if missing := sorted(wanted - known.keys()):
        names = ", ".join(sorted(known.values())[:MOST_NAMED])
        raise UsageError(f"no {found.by.value} {missing[0]!r}; there are: {names}")
    movements = tuple(m for m in found.movements if m.group.casefold() in wanted)
    undated = tuple(row for row in found.undated if row[1].casefold() in wanted)
    return Flow(found.by, found.every, movements, found.snapshots, undated)


def between(found: Flow, since: str | None, until: str | None) -> Flow:
    """The movements of the periods that begin in the months since and until (ISO days, inclusive; None: all)."""
    first, last = period((since or "0000-01")[:MONTH], found.every), period((until or "9999-12")[:MONTH], found.every)
    kept = tuple(m for m in found.movements if first <= m.period <= last)
    return Flow(found.by, found.every, kept, found.snapshots, found.undated if since is None else ())

"""Customers that are watched: kept, and told what changed for them since they were told last.

Takes an open data folder; keeps watches, prepares their customers, and gives reports. A report is worked out from what
two views say differently: the entries that differ, the customers these may concern, and the customers that are new or
changed are screened; for everybody else the answer is the one kept. The result is that of screening everybody again.
Must not print; must not keep an answer before its report was written (`save`).
"""

import contextlib
import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from allonym import __version__
from allonym.collector import uncollected
from allonym.errors import LockedError, NotFoundError, UsageError
from allonym.index.build import VERSION
from allonym.index.delta import Delta, delta
from allonym.index.index import Index
from allonym.lists import Lists, checked
from allonym.matching.engine import Options
from allonym.matching.weights import weights
from allonym.screening.changes import Said, events
from allonym.screening.known_customers import KnownCustomers, discard, is_prepared, prepare
from allonym.screening.query import Query
from allonym.screening.report import Report
from allonym.screening.watch import LIMIT, Answer, Hits, Watch, checked_name, hits_of
from allonym.screening.workers import answered
from allonym.store.touched import Touch
from allonym.store.view import View

if TYPE_CHECKING:
    from allonym.screening.oddities import Oddity
    from allonym.screening.rejects import Reject

WATCH, ANSWER = "watch", "watch-answer"
CHUNK = 1_000
KEY = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was odd in a file of customers that was read."""

    rejects: "tuple[Reject, ...]" = ()
    oddities: "tuple[Oddity, ...]" = ()


@dataclass(frozen=True, slots=True)
class Worked:
    """A report, the answer to be kept once it was written, and what was odd in the file where it was read again."""

    report: Report
    answer: Answer
    reading: Reading


class Watching:
    """The watches of a data folder. `workers`: processes, where everybody is screened."""

    def __init__(self, lists: Lists, *, workers: int = 1) -> None:
        if workers < 1:
            raise UsageError(f"--workers {workers}: give 1 or more")
        self.lists, self.workers = lists, workers
        self.folder = lists.folder / "watches"
        self.versions = (__version__, weights().version)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock on the watches. Raises LockedError when another process has it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.folder / "lock", timeout=0):
                yield
        except Timeout:
            raise LockedError("another process works on the watches of this data folder; try again later") from None

    def names(self) -> list[str]:
        """The names of all watches, sorted."""
        return self.lists.documents.records(WATCH)

    def watch(self, name: str) -> Watch:
        """A watch by name. Raises UsageError for one that is not there."""
        if name not in self.names():
            known = ", ".join(self.names()) or "none; begin with allonym watch customers.csv"
            raise UsageError(f"no watch {name!r}; there are: {known}")
        return Watch.from_json(self.lists.documents.record(WATCH, name))

    def answer(self, name: str) -> Answer:
        """What was answered last."""
        return Answer.from_json(self.lists.documents.record(ANSWER, name))

    def add(self, watch: Watch) -> tuple[Answer, Reading]:
        """Watch a file from now on: its customers are screened against all lists, and the hits are kept as told.

        Raises UsageError for a name that is taken, InputError for a file that cannot be used or whose ids repeat.
        """
        if checked_name(watch.name) in self.names():
            raise UsageError(f"{watch.name!r} is watched already; choose another --name, or remove it first: "
                             f"allonym watch --remove {watch.name}")  # fmt: skip
        view = self.lists.view()
        checked(self._options(watch, view))
        self.lists.engine_factory(view, self._options(watch, view))  # refuses sources that are not loaded
        prepared, reading = self._prepared(watch)
        known = KnownCustomers(self.folder / prepared, watch.threshold)
        hits = self._ask(watch, view, known.queries().values())
        answer = Answer(view, self.versions, prepared, len(known), hits, _now(), actors=self.lists.actors()[0])
        self.lists.documents.put_record(ANSWER, watch.name, answer.to_json())
        self.lists.documents.put_record(WATCH, watch.name, watch.to_json())
        return answer, reading

    def remove(self, name: str) -> None:
        """Forget a watch and its customers. Raises UsageError for one that is not there."""
        self.watch(name)
        self.lists.documents.drop_record(WATCH, name)
        self.lists.documents.drop_record(ANSWER, name)
        self._tidy(name, keep="")

    def changes(self, name: str, since: str | None = None) -> Worked:
        """What changed since the last answer; with `since`, a day or the key of a view, since that view.

        Raises UsageError for a name or view that is not there, InputError for a file that cannot be used.
        """
        with uncollected():
            return self._changes(name, since)

    def _changes(self, name: str, since: str | None) -> Worked:
        watch = self.watch(name)
        last = self.answer(name)
        view = self.lists.view()
        prepared, reading = self._prepared(watch)
        known = KnownCustomers(self.folder / prepared, watch.threshold)
        old, before = last.view, last.hits
        changed = self._changed_customers(known, prepared, last)
        keys, hits, entries = self._advanced(watch, known, last, view, changed)
        if since is not None:
            old = self._view(since, last)
            keys, before, entries = self._back(watch, known, hits, old, view)
        numbers = known.numbers({*before, *hits})
        there = {key: known.query(numbers[key]) for key in sorted(numbers, key=numbers.__getitem__)}
        left = {key: found for key, found in before.items() if key not in there}
        said = self._said(old, view, (before, hits), entries)
        found = events(there, before, hits, said, left)
        report = Report(name, old, view, len(known), len(known) if keys is None else len(keys), tuple(found))
        answer = Answer(view, self.versions, prepared, len(known), hits, _now(), last.earlier(), self.lists.actors()[0])
        return Worked(report, answer, reading)

    def save(self, worked: Worked) -> None:
        """Keep the answer: its report was written."""
        name = worked.report.watch
        self.lists.documents.put_record(ANSWER, name, worked.answer.to_json())
        self._tidy(name, keep=worked.answer.prepared)

    def _advanced(
        self, watch: Watch, known: KnownCustomers, last: Answer, view: View, changed: set[str] | None
    ) -> tuple[set[str] | None, Hits, Delta]:  # fmt: skip
        """The customers screened again (None: all), everybody's hits today, and the entries that differ."""
        entries = self._entries(watch, last.view, view)
        keys = self._concerned(known, last.hits, entries, self._moved(last))
        if keys is None or changed is None or last.versions != self.versions:
            return None, self._ask(watch, view, known.queries().values()), entries
        keys |= changed
        numbers = known.numbers(keys | last.hits.keys())
        asked = [known.query(numbers[key]) for key in sorted(keys & numbers.keys())]
        kept = {key: hits for key, hits in last.hits.items() if key not in keys and key in numbers}
        return keys & numbers.keys(), kept | self._ask(watch, view, asked), entries

    def _back(
        self, watch: Watch, known: KnownCustomers, hits: Hits, old: View, view: View
    ) -> tuple[set[str] | None, Hits, Delta]:  # fmt: skip
        """The same for an old view: today's customers as they would have been answered then."""
        entries = self._entries(watch, old, view)
        keys = self._concerned(known, hits, entries, frozenset())
        if keys is None:
            return None, self._ask(watch, old, known.queries().values()), entries
        asked = [known.query(number) for number in known.numbers(keys).values()]
        return (
            keys,
            {key: found for key, found in hits.items() if key not in keys} | self._ask(watch, old, asked),
            entries,
        )

    def _entries(self, watch: Watch, old: View, new: View) -> Delta:
        if old == new:
            return Delta()
        indexes = (Index(self.lists.index_path(view)) for view in (old, new))
        return delta(*indexes).of(watch.sources)

    def _moved(self, last: Answer) -> frozenset[str]:
        """The ids of the entries that are another actor's than at the last answer."""
        if self.lists.actors()[0] == last.actors:
            return frozenset()
        return frozenset(entry.rpartition("/")[2] for entry in self.lists.actors_changed(last.actors))

    @staticmethod
    def _concerned(known: KnownCustomers, hits: Hits, entries: Delta, moved: frozenset[str]) -> set[str] | None:
        """The keys of the customers that these entries may concern, and those of whose hits an entry is another
        actor's now; None when that cannot be told."""
        if not entries and not moved:
            return set()
        ids = entries.ids | moved
        keys = {key for key, found in hits.items() if any(not ids.isdisjoint(hit.referents) for hit in found)}
        if not entries:
            return keys
        if not known.can_ask:
            return None
        return keys | {known.query(number).id or "" for number in known.concerned(entries.entries)}

    def _changed_customers(self, known: KnownCustomers, prepared: str, last: Answer) -> set[str] | None:
        """Customers who are new in the file or not what they were; None when it is not known what they were."""
        if prepared == last.prepared:
            return set()
        if not is_prepared(self.folder / last.prepared):
            return None
        before = KnownCustomers(self.folder / last.prepared).queries()
        return {key for key, query in known.queries().items() if not _same(query, before.get(key))}

    def _said(self, old: View, new: View, hits: Iterable[Hits], entries: Delta) -> Said:
        """What the lists say differently about everybody who is or was hit."""
        ids: dict[str, set[str]] = {}
        for hit in (hit for side in hits for found in side.values() for hit in found):
            for source in hit.sources:
                ids.setdefault(source, set()).update(hit.referents)
        touched: dict[tuple[str, str], tuple[Touch, ...]] = {}
        for source, wanted in ids.items():
            left, right = old.date(source), new.date(source)
            if left is not None and right is not None and left != right:
                found = self.lists.documents.touched(source, left, right, wanted)
                touched |= {(source, entity_id): touches for entity_id, touches in found.items()}
        return Said(touched, entries.delisted)

    def _ask(self, watch: Watch, view: View, queries: Collection[Query]) -> Hits:
        options = self._options(watch, view)
        if not queries or options.sources == ():
            return {}
        everybody = list(queries)
        chunks = (everybody[start : start + CHUNK] for start in range(0, len(everybody), CHUNK))
        workers = self.workers if len(everybody) > CHUNK else 1
        engine = (
            (lambda: self.lists.engine(view, options)) if workers == 1 else self.lists.engine_factory(view, options)
        )
        hits: Hits = {}
        with contextlib.closing(answered(chunks, engine, workers=workers)) as answers:
            for lines, _ in answers:
                hits |= hits_of(lines)
        return hits

    def _options(self, watch: Watch, view: View) -> Options:
        """How to screen; of the sources that are asked for, a view of the past may not have all."""
        sources = watch.sources
        if sources is not None and view != self.lists.view():
            sources = tuple(source for source in sources if view.date(source) is not None)
        return Options(watch.threshold, LIMIT, sources)

    def _prepared(self, watch: Watch) -> tuple[str, Reading]:
        """The name of the prepared customers of the file as it is now; read only when it is not what it was."""
        version = f"{__version__} {VERSION}"
        with contextlib.suppress(OSError), Path(watch.path).open("rb") as file:
            name = watch.prepared(hashlib.file_digest(file, "sha256").hexdigest(), version)
            if is_prepared(self.folder / name):
                return name, Reading()
        # What reads a file is imported only where one is read.
        from allonym.screening.customers import customers
        from allonym.screening.reader import Input, ReadOptions

        with Input(watch.path, ReadOptions(maps=watch.maps, schema=watch.schema)) as source:
            queries, rejects = customers(source, source.name)
            name = watch.prepared(source.survey.sha256, version)
            prepare(self.folder / name, queries)
            return name, Reading(tuple(rejects), tuple(source.oddities.all()))

    def _view(self, since: str, last: Answer) -> View:
        """The view of a day, or the one with that key that was answered."""
        if KEY.fullmatch(since):
            for view in last.earlier():
                if view.key == since:
                    return view
            raise UsageError(f"--since {since}: no such view was answered; give a day, or see allonym watch --list")
        try:
            return self.lists.view(as_of=since)
        except NotFoundError as error:
            raise UsageError(f"--since: {error}") from None

    def _tidy(self, name: str, *, keep: str) -> None:
        """Remove customers that were prepared before."""
        mine = re.compile(re.escape(name) + r"-[0-9a-f]{16}\.idx")
        for path in self.folder.glob("*.idx"):
            if mine.fullmatch(path.name) and path.name != keep:
                discard(path)


def _same(query: Query, before: Query | None) -> bool:
    return before is not None and (query.schema, query.properties) == (before.schema, before.properties)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

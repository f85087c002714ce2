"""Alerts and what people decide about them: the Python face of cases.

Takes an open data folder; gives pages of alerts, alerts with their history, and one function for each thing that may be
done. Every change is one transaction with its entry in the audit log. Must not print.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field

from allonym.cases import ledger, transitions
from allonym.cases.alert import Alert, Attachment, Entry, Filters, Origin, Page, State, subject
from allonym.cases.attachments import Files, noted
from allonym.cases.change import Act, Writing
from allonym.cases.guide import Step, guided
from allonym.cases.ledger import Head, Ledger
from allonym.cases.opening import Asked, Current, Opened, Opener, OpenLists, chunks
from allonym.cases.policy import Person, Policy, Role, need
from allonym.cases.reasons import checked_text
from allonym.cases.rows import delete_alert, every_number, read_alert, read_page
from allonym.cases.standing import begun, by_hand, look_again
from allonym.cases.transitions import Acting, Closing
from allonym.cases.verify import Report, verify
from allonym.errors import AllonymError, ConflictError, NotFoundError, RefusedError, UsageError
from allonym.screening.query import Query
from allonym.store.plain import Rows
from allonym.store.view import View

By = str | Person
MOST_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Bulk:
    """What came of closing many: numbers that are closed, that wait for a second person, and why others are neither."""

    closed: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    refused: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """An alert with all that happened to it, its files, and the guided path with what the alert shows."""

    alert: Alert
    history: tuple[Entry, ...]
    attachments: tuple[Attachment, ...]
    steps: tuple[Step, ...]


class Cases:
    """The alerts of one data folder.

    `by` is a name, whose role the policy file gives (everybody may everything where it names nobody), or a `Person`
    whose role somebody else checked. `seen` is the version of the alert that a person looked at: when it is another one
    now, ConflictError says who did what when. Acts raise NotFoundError, UsageError, RefusedError (the policy, a role)
    and ConflictError; whatever is raised, nothing was changed.
    """

    def __init__(self, lists: OpenLists) -> None:
        self.lists = lists
        self.files = Files(lists.folder)
        self._current: Current | None = None

    @property
    def policy(self) -> Policy:
        """The policy as the file has it now. Raises PolicyError for one that cannot be used."""
        return Policy.read(self.lists.folder)

    # -- reading -------------------------------------------------------------------------------------------------------

    def list(self, filters: Filters | None = None, *, order: str = "due", offset: int = 0, limit: int = 50) -> Page:
        """A page of alerts; `order` is due, score, number or newest. Raises UsageError."""
        with self.lists.store.reading() as rows:
            return read_page(rows, filters or Filters(), order, offset, limit)

    def alert(self, number: int) -> Alert:
        """An alert. Raises NotFoundError."""
        with self.lists.store.reading() as rows:
            return read_alert(rows, number)

    def show(self, number: int) -> Case:
        """An alert with its history. Raises NotFoundError."""
        with self.lists.store.reading() as rows:
            alert = read_alert(rows, number)
            history = tuple(entry for entry, _ in ledger.read_entries(rows, alert.subject))
        files = (e.content["attachment"] for e in history if e.action == "attach" and e.content)
        return Case(alert, history, tuple(Attachment(**file) for file in files), guided(alert))

    def attachment(self, number: int, sha256: str) -> tuple[Attachment, bytes]:
        """A file of an alert, by its SHA-256 or the beginning of it. Raises NotFoundError, StoreError."""
        for file in self.show(number).attachments:
            if sha256 and file.sha256.startswith(sha256):
                return file, self.files.read(file.sha256)
        raise NotFoundError(f"alert {number} has no attachment {sha256[:70]!r}; see allonym cases show {number}")

    # -- opening -------------------------------------------------------------------------------------------------------

    def screened(self, asked: Iterable[Asked], *, by: By, origin: Origin = Origin.SCREENING) -> Opened:
        """Open alerts for the hits of customers, whose keys are their queries' ids (see `screening.customers`), all
        screened against the lists as they stand. Alerts that are there are refreshed, or opened again."""
        person = self._may(by, "open alerts")
        begun(self.lists)
        found = Opened()
        for chunk in chunks(asked):
            with self._deciding() as writing:
                found += Opener(self._now(writing.view), writing, Act("open", person), origin).screened(chunk)
        return found

    def open(self, query: Query, entity_id: str, *, by: By, text: str = "") -> Alert:
        """Open an alert by hand. Raises NotFoundError for an entity that is not listed, ConflictError when there is an
        alert about both."""
        person = self._may(by, "open alerts")
        act = Act("open", person, checked_text(text))
        begun(self.lists)
        with self._deciding() as writing:
            return by_hand(Opener(self._now(writing.view), writing, act, Origin.HAND), query, entity_id)

    def refresh(self) -> Opened:
        """Look again at every alert when the lists, or who is one actor, are others than the last time: alerts whose
        entity changed materially open again. Quick when nothing changed."""
        return look_again(self.lists, self._now, self._deciding)

    # -- acting --------------------------------------------------------------------------------------------------------

    def note(self, number: int, text: str, *, by: By) -> Alert:
        """Add a note."""
        plain = checked_text(text, wanted="what the note says")

        def change(alert: Alert, acting: Acting) -> Alert:
            need(acting.person, Role.ANALYST, "write notes")
            return alert

        return self._act(number, by, "note", change, text=plain)

    def assign(self, number: int, assignee: str, *, by: By, seen: int | None = None) -> Alert:
        """Give it to somebody; "" takes it back."""
        return self._act(number, by, "assign", lambda a, acting: transitions.assigned(a, acting, assignee), seen=seen)

    def set_due(self, number: int, day: str, *, by: By, seen: int | None = None) -> Alert:
        """Set the day by which it must be decided; "" for none."""
        return self._act(number, by, "due", lambda a, acting: transitions.due(a, acting, day), seen=seen)

    def escalate(self, number: int, *, by: By, text: str = "", seen: int | None = None) -> Alert:
        """Hand it up."""
        return self._act(number, by, "escalate", transitions.escalated, text=checked_text(text), seen=seen)

    def close(self, number: int, closing: Closing, *, by: By, seen: int | None = None) -> Alert:
        """Decide; where the policy wants a second person, the decision is proposed and waits."""
        with self._deciding() as writing:
            return self._close(writing, number, closing, by, seen)

    def close_many(self, numbers: Sequence[int], closing: Closing, *, by: By) -> Bulk:
        """Decide many alike; the reason needs words. Those that cannot be are told, the others are closed."""
        checked_text(closing.text, wanted="in words why all of them are closed")
        chosen = tuple(dict.fromkeys(numbers))
        if not 1 <= len(chosen) <= MOST_AT_ONCE:
            raise UsageError(f"close 1 to {MOST_AT_ONCE:,} alerts at once, not {len(chosen):,}")
        closed, waiting, refused = list[int](), list[int](), dict[int, str]()
        with self._deciding() as writing:
            for number in chosen:
                try:
                    made = self._close(writing, number, closing, by, None)
                except (ConflictError, RefusedError, NotFoundError) as error:
                    refused[number] = str(error)
                else:
                    (waiting if made.proposal else closed).append(number)
        return Bulk(tuple(closed), tuple(waiting), refused)

    def approve(self, number: int, *, by: By, text: str = "", seen: int | None = None) -> Alert:
        """Approve what another person proposed."""
        return self._act(number, by, "approve", transitions.approved, text=checked_text(text), seen=seen)

    def reject(self, number: int, text: str, *, by: By, seen: int | None = None) -> Alert:
        """Do not approve; whoever proposed it takes it back this way."""
        plain = checked_text(text, wanted="why it is rejected")
        return self._act(number, by, "reject", transitions.rejected, text=plain, seen=seen)

    def reopen(self, number: int, text: str, *, by: By, seen: int | None = None) -> Alert:
        """Open a closed one again."""
        plain = checked_text(text, wanted="why it is opened again")
        return self._act(number, by, "reopen", transitions.reopened, text=plain, seen=seen)

    def attach(self, number: int, name: str, content: bytes, *, by: By, text: str = "") -> Attachment:
        """Keep a file with an alert. Raises InputError for a name or size that cannot be."""
        file = noted(name, content, self.policy.largest)
        self._may(by, "attach files")
        self.alert(number)
        plain, more = checked_text(text), {"attachment": asdict(file)}
        new = self.files.keep(file, content)
        try:
            self._act(number, by, "attach", lambda alert, _: alert, text=plain, more=more)
        except BaseException:
            if new and file.sha256 not in {digest for entry, _ in self.entries() if (digest := _digest(entry))}:
                self.files.drop(file.sha256)
            raise
        return file

    def numbers(self) -> Sequence[int]:
        """The numbers of all alerts."""
        with self.lists.store.reading() as rows:
            return every_number(rows)

    def customers(self) -> frozenset[str]:
        """The keys of all customers with an alert."""
        with self.lists.store.reading() as rows:
            return frozenset(str(key) for (key,) in rows.execute("SELECT DISTINCT customer_key FROM alert"))

    # -- the audit log -------------------------------------------------------------------------------------------------

    def verify(self, heads: Sequence[Head] = ()) -> Report:
        """Whether log, alerts and attachments are as they were written."""
        with self.lists.store.reading() as rows:
            return verify(rows, heads, self._attached)

    def entries(self, since: int = 0) -> Iterator[tuple[Entry, str | None]]:
        """The log after an entry, each with its content as it is kept (what is hashed)."""
        with self.lists.store.reading() as rows:
            yield from ledger.read_entries(rows, since=since)

    def expired(self) -> Sequence[int]:
        """Numbers of closed alerts that were kept as long as the policy wants."""
        today = _now()[:10]
        end = f"{int(today[:4]) - self.policy.years:04d}{today[4:]}"
        with self.lists.store.reading() as rows:
            found = rows.execute("SELECT number FROM alert WHERE changed_at < ? AND state IN (?, ?, ?) ORDER BY number",
                                 (end, State.TRUE_MATCH, State.FALSE_ALARM, State.UNDECIDED))  # fmt: skip
            return [int(number) for (number,) in found]

    def erase(self, number: int, text: str, *, by: By) -> int:
        """Take an alert away with its files and the content of its entries, which keep their hashes; gives how many
        entries. Raises RefusedError before its time, unless the policy allows that."""
        person = self.policy.person(by)
        need(person, Role.ADMIN, "erase alerts")
        plain = checked_text(text, wanted="by what duty it is erased")
        if number not in self.expired() and not self.policy.early:
            raise RefusedError(f"alert {number} is open, or has not been kept for {self.policy.years} years; "
                               "early = true under [retention] in cases.toml allows it")  # fmt: skip
        with self._deciding() as writing:
            rows = writing.ledger.rows
            read_alert(rows, number)
            files = {d for entry, _ in ledger.read_entries(rows, subject(number)) if (d := _digest(entry))}
            delete_alert(rows, number)
            erased = writing.ledger.erase(subject(number), person.name, plain)
            kept = {d for entry, _ in ledger.read_entries(rows) if (d := _digest(entry))} if files else set()
        for digest in files - kept:
            self.files.drop(digest)
        self.lists.store.sweep()
        return len(erased)

    # -- within --------------------------------------------------------------------------------------------------------

    def _close(self, writing: Writing, number: int, closing: Closing, by: By, seen: int | None) -> Alert:
        person = writing.policy.person(by)
        alert = _read(writing.ledger.rows, number, seen)
        made = transitions.closed(alert, Acting(person, writing.ledger.at, writing.policy), closing)
        why = writing.policy.second(closing.outcome, alert.listed)
        act = Act(
            "propose" if made.proposal else "close", person, closing.text.strip(), {"four_eyes": why} if why else {}
        )
        return writing.keep(act, alert, made)

    def _act(  # noqa: PLR0913 (what every act has)
        self, number: int, by: By, action: str, change: Callable[[Alert, Acting], Alert], *, text: str = "",
        seen: int | None = None, more: Mapping[str, object] | None = None,
    ) -> Alert:  # fmt: skip
        with self._deciding() as writing:
            person = writing.policy.person(by)
            alert = _read(writing.ledger.rows, number, seen)
            after = change(alert, Acting(person, writing.ledger.at, writing.policy))
            return writing.keep(Act(action, person, text, more or {}), alert, after)

    @contextmanager
    def _deciding(self) -> Iterator[Writing]:
        policy, view = self.policy, self.lists.view()
        with self.lists.store.deciding() as rows:
            yield Writing(Ledger(rows, _now()), policy, view)

    def _may(self, by: By, what: str) -> Person:
        person = self.policy.person(by)
        need(person, Role.ANALYST, what)
        return person

    def _now(self, view: View) -> Current:
        version = self.lists.actors()[0]
        if self._current is None or (self._current.view, self._current.version) != (view, version):
            self._current = Current(self.lists, view, version)
        return self._current

    def _attached(self, sha256: str) -> str:
        try:
            self.files.read(sha256)
        except AllonymError as error:
            return str(error)
        return ""


def _digest(entry: Entry) -> str:
    if entry.action != "attach" or entry.content is None:
        return ""
    return str(entry.content["attachment"]["sha256"])


def _read(rows: Rows, number: int, seen: int | None) -> Alert:
    """The alert, when it is what somebody saw. Raises ConflictError that says who changed it, how and when."""
    alert = read_alert(rows, number)
    if seen is not None and seen != alert.version:
        last = ledger.last_entries(rows, [alert.entry]).get(alert.entry)
        who, when, what = (last.by, last.at, last.action) if last else ("somebody", alert.changed_at, "change")
        raise ConflictError(f"alert {number} is not as you saw it: {who} did {what} at {when}; it is {alert.words} "
                            "now. Look again, then decide", by=who, at=when, what=what)  # fmt: skip
    return alert


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")

"""What people judge of two entries: the same actor, or not; and on what ground entries belong together.

Takes an open data folder; keeps judgements and gives the decisions behind an actor. Must not print.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from allonym.dossier.clocks import Chosen, choose
from allonym.dossier.entries import said_of
from allonym.dossier.find import Entry, SameActor, entries_of, find
from allonym.errors import UsageError
from allonym.lists import Lists
from allonym.matching.compare import compare
from allonym.matching.evidence import Evidence
from allonym.model import Properties, pooled
from allonym.resolution.groups import chain
from allonym.resolution.matched import possible
from allonym.resolution.resolve import Resolution, Resolver, judgement
from allonym.store.decisions import DIFFERENT, SAME, Decision
from allonym.whoami import user

LONGEST_REASON = 2_000  # characters


@dataclass(frozen=True, slots=True)
class Member:
    """An entry of an actor: what decisions call it, its list, its first name; `name` is None when its list has it no
    more."""

    entry: str
    source: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor with its entries, the decisions that stand about them, and those that were taken back."""

    actor_id: str
    members: tuple[Member, ...]
    decisions: tuple[Decision, ...]
    undone: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """An entry as the lists have it now: what decisions call it, the lists that have it, its first name (None when no
    list has it any more), kind and properties; whose entry it is."""

    entry: str
    sources: tuple[str, ...]
    name: str | None
    schema: str
    properties: Properties
    actor_id: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries: whether they are one actor, the decisions that say so or that are about this pair, those about it
    that were taken back, and the evidence: of the one that matching decided on, else (`weighed` None) of a comparison
    as they stand."""

    left: Side
    right: Side
    together: bool
    decisions: tuple[Decision, ...]
    undone: tuple[Decision, ...]
    weighed: Decision | None
    evidence: tuple[Evidence, ...]


class Judging:
    """Judgements in one data folder. `wait`: seconds to wait for another process that loads or judges."""

    def __init__(self, lists: Lists, *, wait: float = 10.0) -> None:
        self.lists, self.wait = lists, wait
        self.resolver = Resolver(lists.store, lists.folder)

    def same(self, asked: Sequence[str], *, by: str | None = None, reason: str = "") -> tuple[str, Resolution]:
        """Judge that these ids or names are one actor; gives its id. Raises UsageError, NotFoundError, SeveralError,
        ContradictionError when it was judged otherwise."""
        if len(asked) < 2:
            raise UsageError("name two entries or more that are one actor")
        entries = [self._entry(text) for text in asked]
        pairs = [(entries[0], other) for other in entries[1:] if other[1] != entries[0][1]]
        found = self._judge(pairs, SAME, by, reason)
        return self.lists.actors()[1].get(entries[0][1], entries[0][1]), found

    def different(self, asked: Sequence[str], *, by: str | None = None, reason: str = "") -> Resolution:
        """Judge that these are different actors, each from each; a single one from all that it is with now. Raises as
        `same` does."""
        entries = [self._entry(text) for text in asked]
        if len(entries) == 1:
            chosen = self._chosen()
            named = SameActor.read(self.lists, chosen.view)
            ids = named.ids(named.actor(entries[0][1]))
            others = [(entries_of(self.lists, chosen, i) or [("", i)])[0][0] for i in ids]
            pairs = [(entries[0], (source, i)) for source, i in zip(others, ids, strict=True) if i != entries[0][1]]
            if not pairs:
                raise UsageError(f"{asked[0]} is with nobody; nothing to split")
        else:
            pairs = list(combinations(entries, 2))
        return self._judge(pairs, DIFFERENT, by, reason)

    def undo(self, numbers: Sequence[int], *, by: str | None = None) -> Resolution:
        """Take decisions back, people's or matching's. Raises NotFoundError for one that does not stand."""
        with self.lists.store.loading(self.wait) as loading:
            return self.resolver.undo(loading, self.lists.view(), numbers, _who(by))

    def actor(self, asked: str) -> Actor:
        """The actor of an id or a name, with what was decided of its entries. Raises NotFoundError, SeveralError."""
        chosen = self._chosen()
        named = SameActor.read(self.lists, chosen.view)
        found = find(self.lists, chosen, named, asked)
        ids = named.ids(found.actor_id)
        every = self.lists.store.decisions(ids, undone=True)
        standing = tuple(d for d in every if d.undone_at is None)
        return Actor(found.actor_id, tuple(self._members(chosen, ids)), standing,
                     tuple(d for d in every if d.undone_at is not None))  # fmt: skip

    def between(self, left: str, right: str) -> tuple[str, str, bool, list[Decision]]:
        """Two entries, whether they are one actor, and the decisions that lead from one to the other: those that say
        the same, or what says that they differ."""
        one, other = self._entry(left)[1], self._entry(right)[1]
        named = SameActor.read(self.lists, self._chosen().view)
        together = named.actor(one) == named.actor(other)
        pair = (min(one, other), max(one, other))
        standing = self.lists.store.decisions()
        if together:
            return one, other, True, chain([d for d in standing if d.verdict == SAME], one, other)
        return one, other, False, [d for d in standing if d.pair == pair]

    def pair(self, left: str, right: str) -> Pair:
        """Two entries beside each other, of ids or names, to be judged. Raises UsageError, NotFoundError,
        SeveralError."""
        one, other, together, path = self.between(left, right)
        if one == other:
            raise UsageError(f"{left} and {right} are one entry; name two")
        every = self.lists.store.decisions([one, other], undone=True)
        own = [d for d in every if {d.left, d.right} == {one, other}]
        standing = tuple({d.number: d for d in (*path, *own) if d.undone_at is None}.values())
        weighed = next((d for d in standing if d.evidence and d in own), None)
        chosen = self._chosen()
        named = SameActor.read(self.lists, chosen.view)
        sides = self._side(one, chosen, named.actor(one)), self._side(other, chosen, named.actor(other))
        if weighed is None:
            a, b = ({"schema": side.schema, "properties": side.properties} for side in sides)
            evidence = compare(a, b).evidence if sides[0].name and sides[1].name else ()
        else:
            evidence = tuple(Evidence(*reason) for reason in weighed.evidence)
        undone = tuple(d for d in own if d.undone_at is not None)
        return Pair(*sides, together, standing, undone, weighed, evidence)

    def decisions(self, numbers: Collection[int]) -> list[Decision]:
        """The decisions of these numbers that stand."""
        return [d for d in self.lists.store.decisions() if d.number in numbers]

    def review(self, limit: int | None = None) -> list[Decision]:
        """Pairs that a person may judge, the likeliest first, at most `limit`: those that are apart and that nobody
        judged."""
        actors = self.lists.actors()[1]
        standing = self.lists.store.decisions()
        judged = {d.pair for d in standing if d.made_by}
        waiting = (
            d for d in possible(standing)
            if d.pair not in judged and actors.get(d.left, d.left) != actors.get(d.right, d.right)
        )  # fmt: skip
        return list(islice(waiting, limit))

    def names(self, entries: Iterable[str]) -> dict[str, str]:
        """The first name of each entry that is listed now."""
        ids = {entry.rpartition("/")[2] if "/" in entry else entry for entry in entries}
        return {e.entity_id: e.caption for e in self.lists.store.entities(self.lists.view(), ids=sorted(ids))}

    def _judge(self, pairs: Iterable[tuple[Entry, Entry]], verdict: str, by: str | None, reason: str) -> Resolution:
        if len(reason) > LONGEST_REASON:
            raise UsageError(f"the reason has {len(reason):,} characters; give {LONGEST_REASON:,} at most")
        judged = [judgement(left, right, verdict, _who(by), reason) for left, right in pairs]
        with self.lists.store.loading(self.wait) as loading:
            return self.resolver.judge(loading, self.lists.view(), judged, _who(by))

    def _entry(self, asked: str) -> Entry:
        """(source, what decisions call it) of an id, else of the actor of that name."""
        chosen = self._chosen()
        if own := entries_of(self.lists, chosen, asked):
            return own[0][0], asked
        found = find(self.lists, chosen, SameActor.read(self.lists, chosen.view), asked)
        return (entries_of(self.lists, chosen, found.actor_id) or found.entries)[0][0], found.actor_id

    def _side(self, entry: str, chosen: Chosen, actor: str) -> Side:
        own = entries_of(self.lists, chosen, entry)
        found = [e for source, i in own for e in self.lists.store.entity(chosen.view, i) if e.source == source]
        sources = tuple(source for source, _ in own)
        if not found:
            return Side(entry, sources, None, "", {}, actor)
        properties = pooled(map(said_of, found))
        properties.pop("addressEntity", None)  # ids of addresses, whose texts are under "address"
        return Side(entry, sources, found[0].caption, found[0].schema, properties, actor)

    def _chosen(self) -> Chosen:
        return choose(self.lists.snapshots(), None, None)

    def _members(self, chosen: Chosen, ids: Iterable[str]) -> Iterable[Member]:
        for entry in ids:
            for source, entity_id in entries_of(self.lists, chosen, entry):
                present = self.lists.store.entity(chosen.view, entity_id)
                name = next((e.caption for e in present if e.source == source), None)
                yield Member(entry, source, name)


def _who(by: str | None) -> str:
    who = by if by is not None else user()
    if not who.strip():
        raise UsageError("--by: give the name of whoever judges")
    return who.strip()

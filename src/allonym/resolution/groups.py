"""From decisions to actors: which entries belong together.

Takes decisions about pairs of entries and what the register says; gives groups of entries. What people say goes before
what the register says, and that before matching, strongest first. Matching puts two entries of one list together only
where it judged that very pair, and never anything that a person keeps apart. Must not read or keep anything.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from allonym.errors import ContradictionError
from allonym.store.decisions import DIFFERENT, SAME, Decision

Pair = tuple[str, str]
LAST = 1_000  # the rank of entries that are in no list any more
_NONE = frozenset[str]()


def ordered(one: str, other: str) -> Pair:
    """The pair, the same whichever comes first."""
    return (one, other) if one < other else (other, one)


@dataclass(slots=True)
class Groups:
    """Entries that belong together, as far as they were joined. `lists`: which list an entry is of, by the name that
    all lists of one publisher with the same numbers share; entries that are not in it may be joined freely."""

    lists: Mapping[str, str] = field(default_factory=dict)
    #: Pairs of entries of one list for whose sake two groups were not joined.
    in_the_way: set[Pair] = field(default_factory=set)
    _group: dict[str, list[str]] = field(default_factory=dict)
    _apart: dict[str, set[str]] = field(default_factory=dict)

    def members(self, entry: str) -> list[str]:
        """The entries that belong together with this one, itself among them."""
        return self._group.get(entry) or [entry]

    def all(self) -> list[list[str]]:
        """All groups of two entries or more."""
        return [group for entry, group in self._group.items() if group[0] == entry]

    def keep_apart(self, left: str, right: str) -> None:
        """Never join these two."""
        self._apart.setdefault(left, set()).add(right)
        self._apart.setdefault(right, set()).add(left)

    def are_apart(self, left: str, right: str) -> bool:
        """Whether two entries of the groups of these are to be kept apart."""
        others = self.members(right)
        return any(not self._apart.get(one, _NONE).isdisjoint(others) for one in self.members(left))

    def join(self, left: str, right: str, *, one_a_list: bool = False) -> bool:
        """Join the groups of both, if nothing keeps them apart; `one_a_list`: nor two entries of one list."""
        one, other = self.members(left), self.members(right)
        if one is other or left in other:
            return True
        if self._apart and self.are_apart(left, right):
            return False
        if one_a_list and (twice := self._twice(one, other)):
            self.in_the_way.update(twice)
            return False
        together = [*one, *other] if len(one) >= len(other) else [*other, *one]
        for entry in together:
            self._group[entry] = together
        return True

    def _twice(self, one: Iterable[str], other: Iterable[str]) -> list[Pair]:
        """Pairs of an entry of either group that are of one list."""
        own: dict[str, list[str]] = {}
        for entry in one:
            if entry in self.lists:
                own.setdefault(self.lists[entry], []).append(entry)
        return [ordered(a, b) for b in other for a in own.get(self.lists.get(b, ""), ())]


def grouped(decisions: Iterable[Decision], official: Iterable[Pair], lists: Mapping[str, str]) -> Groups:
    """The groups that stand. `official`: pairs that the register names as one."""
    standing = list(decisions)
    found = Groups(lists)
    for decision in standing:
        if decision.made_by and decision.verdict == DIFFERENT:
            found.keep_apart(decision.left, decision.right)
    for decision in standing:
        if decision.made_by and decision.verdict == SAME:
            found.join(decision.left, decision.right)
    for left, right in official:
        found.join(left, right)
    matched = (d for d in standing if not d.made_by and d.verdict == SAME)
    for decision in sorted(matched, key=lambda d: (-d.weight, d.pair)):
        within = lists.get(decision.left) == lists.get(decision.right)
        found.join(decision.left, decision.right, one_a_list=not within)
    return found


def check(decisions: Iterable[Decision], left: str, right: str, verdict: str) -> None:
    """Raise ContradictionError, with the chain, where people said the opposite of two entries before."""
    judged = [d for d in decisions if d.made_by]
    same = [d for d in judged if d.verdict == SAME]
    if verdict == DIFFERENT:
        if path := chain(same, left, right):
            raise _contradiction(f"{left} and {right} were judged the same", path, path[0])
        return
    people = Groups()
    for decision in same:
        people.join(decision.left, decision.right)
    mine, other = set(people.members(left)), set(people.members(right))
    for decision in judged:
        one, two = decision.left, decision.right
        if decision.verdict != DIFFERENT or not ((one in mine and two in other) or (one in other and two in mine)):
            continue
        near, far = (one, two) if one in mine else (two, one)
        path = [*chain(same, left, near), decision, *chain(same, far, right)]
        raise _contradiction(f"{left} and {right} cannot be the same", path, decision)


def chain(decisions: Iterable[Decision], left: str, right: str) -> list[Decision]:
    """The shortest way from one entry to the other over such decisions; empty where there is none, or none needed."""
    edges: dict[str, list[tuple[str, Decision]]] = {}
    for decision in decisions:
        edges.setdefault(decision.left, []).append((decision.right, decision))
        edges.setdefault(decision.right, []).append((decision.left, decision))
    came: dict[str, tuple[str, Decision] | None] = {left: None}
    waiting = deque([left])
    while waiting and right not in came:
        entry = waiting.popleft()
        for other, decision in edges.get(entry, ()):
            if other not in came:
                came[other] = entry, decision
                waiting.append(other)
    path: list[Decision] = []
    step = came.get(right)
    while step is not None:
        path.append(step[1])
        step = came[step[0]]
    return path[::-1]


def _contradiction(what: str, path: Sequence[Decision], first: Decision) -> ContradictionError:
    links = "; ".join(f"{d.left} {'=' if d.verdict == SAME else '≠'} {d.right} by {d.made_by}, no. {d.number}"
                      for d in path)  # fmt: skip
    told = f"{what}: {links}"
    return ContradictionError(f"{told}; take one of these back first: allonym same --undo {first.number}", chain=told,
                              numbers=tuple(d.number for d in path))  # fmt: skip


def actors(groups: Groups, before: Mapping[str, str], order: Mapping[str, int]) -> dict[str, str]:
    """Whose entry each is: the id of the actor by entry, for every entry of a group and all of `before`.

    A group keeps the actor id that most of its members had (an entry that was alone had its own; of equal ones, the
    first by `order`), as long as it is the id of a member; else it is called by its first member. `order`: the rank of
    an entry, lowest first; entries that are in no list any more come last.
    """
    found = {entry: entry for entry in before}
    for group in groups.all():
        members = set(group)
        had = [actor for entry in group if (actor := before.get(entry, entry)) in members]
        ranked = sorted(members, key=lambda entry: (order.get(entry, LAST), entry))
        place = {entry: number for number, entry in enumerate(ranked)}
        actor = max(set(had), key=lambda entry: (had.count(entry), -place[entry])) if had else ranked[0]
        found |= dict.fromkeys(group, actor)
    return found

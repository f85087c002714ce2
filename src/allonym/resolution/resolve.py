"""Actors across lists: what matching decides after lists were loaded, and what people judge.

Takes the open store and indexes; gives decisions and whose entries they make, kept in one step. After an update only
what changed is decided anew. Must not touch what a person judged.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import orjson

from allonym.errors import NotFoundError
from allonym.index.delta import Delta, delta
from allonym.index.index import Index, index_file
from allonym.resolution import matched
from allonym.resolution.entries import former_record, records, un_references
from allonym.resolution.groups import Pair, check, grouped
from allonym.resolution.standing import named_same, places, whose
from allonym.sources.catalogue import is_official
from allonym.store import Store
from allonym.store.decisions import DIFFERENT, SAME, Decision
from allonym.store.loading import Loading
from allonym.store.view import View

RESOLVED = "resolved"
#: A change of more of the entries than this is decided as a whole: that is quicker than one by one.
MOST_CHANGED = 0.3


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was decided: `made` and `undone` decisions, and the entries whose actor is another than before."""

    made: tuple[Decision, ...]
    undone: tuple[Decision, ...]
    moved: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Before:
    """What stands before anything is decided: decisions and the register's pairs; `at`: the time of this, ISO."""

    decisions: list[Decision]
    official: list[Pair]
    at: str

    def after(self, made: Iterable[Decision], undone: Iterable[Decision]) -> list[Decision]:
        """What stands then."""
        gone = {d.number for d in undone}
        return [*(d for d in self.decisions if d.number not in gone), *made]


class Resolver:
    """Decides for one store. `progress` hears how many entries were compared."""

    def __init__(self, store: Store, folder: Path, progress: Callable[[int], None] | None = None) -> None:
        self.store, self.folder, self.progress = store, folder, progress

    def after_update(self, loading: Loading, view: View) -> Resolution:
        """Decide what the newest lists say that those did not which were decided of last."""
        index = Index(index_file(self.folder, view))
        before = self._before(view)
        if sum(is_official(source) for source, _ in view.snapshots) < 2:
            return self._keep(loading, before, (), ())
        made, undone = self._decide(index, view, before)
        found = self._keep(loading, before, made, undone)
        self.store.put_record(RESOLVED, "view", orjson.dumps([matched.VERSION, view.snapshots]))
        return found

    def _decide(self, index: Index, view: View, before: _Before) -> tuple[list[Decision], list[Decision]]:
        """What matching decides now, and what it decided before and would not now."""
        changed = self._changed(index, self._decided(index))
        if changed is not None and not changed:
            return [], []
        known = records(index, un_references(self.store.entities(view, only=("Sanction",))))
        compared = matched.Matched(index, known, self.progress)
        if changed is None:
            proposed = compared.decisions(before.at)
        else:
            former = [former_record(listed) for listed in changed.gone]
            proposed = compared.decisions(before.at, {listed.entry for listed in changed.come}, former)
        listed = (d for d in before.decisions if d.left in known and d.right in known)
        made, undone = _differences(listed, proposed, compared.concerned)
        return [*made, *_twice(compared, before.after(made, undone), before)], undone

    def judge(self, loading: Loading, view: View, judged: Collection[Decision], by: str) -> Resolution:
        """Keep what a person says of pairs of entries. Raises ContradictionError, and keeps nothing then."""
        before = self._before(view)
        people = {(d.pair, d.verdict) for d in before.decisions if d.made_by}
        made = list[Decision]()
        for decision in judged:
            if (decision.pair, decision.verdict) not in people:
                check([*before.decisions, *made], decision.left, decision.right, decision.verdict)
                made.append(decision)
        return self._keep(loading, before, made, (), by)

    def undo(self, loading: Loading, view: View, numbers: Collection[int], by: str) -> Resolution:
        """Take decisions back. Raises NotFoundError for a number that does not stand."""
        before = self._before(view)
        standing = {d.number: d for d in before.decisions}
        if missing := [number for number in numbers if number not in standing]:
            raise NotFoundError(f"no decision {missing[0]} stands; `allonym same ENTITY` shows those about an entity")
        return self._keep(loading, before, (), [standing[n] for n in numbers], by)

    def _before(self, view: View) -> _Before:
        return _Before(self.store.decisions(), named_same(self.store, view), _now())

    def _keep(
        self, loading: Loading, before: _Before, made: Collection[Decision], undone: Collection[Decision],
        by: str = "",
    ) -> Resolution:  # fmt: skip
        _, had = self.store.actors()
        after = whose(before.after(made, undone), before.official, had)
        moved = {entry: actor for entry, actor in after.items() if had.get(entry, entry) != actor}
        if made or undone or moved:
            loading.decide(tuple(made), sorted({d.number for d in undone}), moved, at=before.at, by=by)
        return Resolution(tuple(made), tuple(undone), frozenset(moved))

    def _decided(self, index: Index) -> Index | None:
        """The index of the view that was decided of last, if it is there and was decided by the same rule."""
        try:
            version, snapshots = orjson.loads(self.store.record(RESOLVED, "view"))
        except NotFoundError:
            return None
        path = index_file(self.folder, View(tuple((s, d) for s, d in snapshots)))
        if version != matched.VERSION or not path.exists():
            return None
        return index if path == index.path else Index(path)

    @staticmethod
    def _changed(index: Index, before: Index | None) -> Delta | None:
        """The official entries that are new, say something else than before, or are gone; None: all."""
        if before is None:
            return None
        if before is index:
            return Delta()
        found = delta(before, index)
        gone, come = ([e for e in side if is_official(e.source)] for side in (found.gone, found.come))
        return None if len(come) > MOST_CHANGED * len(index) else Delta(tuple(gone), tuple(come))


def _twice(compared: matched.Matched, standing: list[Decision], before: _Before) -> list[Decision]:
    """Entries of one list that are one, because others link them."""
    decided = {d.pair for d in standing if d.verdict == SAME}
    lists, _ = places(standing, before.official)
    return compared.linked(grouped(standing, before.official, lists).in_the_way - decided, before.at)


def _differences(
    standing: Iterable[Decision], proposed: Iterable[Decision], concerned: Collection[str]
) -> tuple[list[Decision], list[Decision]]:
    """What is new among the proposed, and what matching decided of these entries before and would not now. `standing`
    is about entries that are all still listed: what was decided of others stays."""
    wanted = {d.pair: d for d in proposed}
    kept, undone = set(), []
    for decision in standing:
        if decision.made_by or not (decision.left in concerned or decision.right in concerned):
            continue
        now = wanted.get(decision.pair)
        if now is not None and (now.verdict, now.reason) == (decision.verdict, decision.reason):
            kept.add(decision.pair)
        else:
            undone.append(decision)
    return [d for pair, d in wanted.items() if pair not in kept], undone


def judgement(left: tuple[str, str], right: tuple[str, str], verdict: str, by: str, reason: str) -> Decision:
    """What a person says of two (source, entry); `verdict` SAME or DIFFERENT."""
    assert verdict in (SAME, DIFFERENT)
    return Decision(left[1], right[1], verdict, _now(), left[0], right[0], by, reason)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

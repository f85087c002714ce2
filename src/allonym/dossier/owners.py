"""The owners of one actor and theirs, as the lists state them, and what the 50 Percent Rule says.

Takes the actor's entries; gives a `Holdings` with the path as evidence, or None when no list names an owner. A user's
own file may name an owner by its id in an official list, or bring its own with its sanctions. Must not walk further
than `MOST` entities, and says when it stopped.
"""

from dataclasses import dataclass

from allonym.dossier import entries
from allonym.dossier.clocks import Chosen
from allonym.dossier.dossier import Holdings, Standing, State
from allonym.dossier.entries import Listed
from allonym.dossier.find import Entry, OpenLists, SameActor, is_official
from allonym.dossier.ownership import Ruling, Stake, Verdict, percent, rule
from allonym.dossier.standings import standings
from allonym.model import Entity

MOST = 200
BLOCKS = "us-blocked"
OFAC = "us-ofac"


@dataclass(slots=True)
class _Walk:
    """What has been read on the way up."""

    lists: OpenLists
    chosen: Chosen
    same: SameActor
    day: str
    stakes: list[Stake]
    captions: dict[str, str]
    listed: dict[str, tuple[Entry, ...]]
    blocked: set[str]


def holdings(
    lists: OpenLists, chosen: Chosen, same: SameActor, own: tuple[str, list[Listed], list[Standing]], day: str
) -> Holdings | None:
    """What the rule says of the actor (its id, entries and measures) on a day (ISO)."""
    actor, listed, measures = own
    if not is_official(listed[0].source):
        actor = f"{listed[0].source}/{listed[0].entity.entity_id}"
    walk = _Walk(lists, chosen, same, day, [], {actor: listed[0].entity.caption}, {}, set())
    if _is_blocked(listed, measures):
        walk.blocked.add(actor)
    waiting = _up(walk, actor, listed)
    if not waiting:
        return None
    seen = {actor}
    while waiting and len(seen) < MOST:
        owner = waiting.pop(0)
        if owner in seen:
            continue
        seen.add(owner)
        above = entries.read(lists, chosen, walk.listed[owner])
        if _is_blocked(above, standings(lists, above, day)):
            walk.blocked.add(owner)
        waiting += _up(walk, owner, above)
    left = len(set(waiting) - seen)
    found = rule(walk.stakes, walk.blocked)
    verdict = found.get(actor, Ruling(Verdict.FREE))
    direct = rule(walk.stakes, walk.blocked - {actor}).get(actor, verdict) if actor in walk.blocked else verdict
    open_end = left and verdict.verdict is Verdict.FREE
    return Holdings(
        (Verdict.OPEN if open_end else verdict.verdict).value, f"{direct.total:f}", f"{direct.possible:f}",
        tuple(_path(walk, found, actor, set())), left,
    )  # fmt: skip


def _is_blocked(listed: list[Listed], measures: list[Standing]) -> bool:
    """Whether it is blocked itself: by a measure in force, or as a user's own file says of OFAC."""
    in_force = [s for s in measures if s.state is State.IN_FORCE]
    if any(BLOCKS in s.effects for s in in_force):
        return True
    own = {e.source for e in listed if not is_official(e.source) and "sanction" in e.entity.values("topics")}
    return any(s.source in own and s.measure.authority == OFAC for s in in_force)


def _up(walk: _Walk, asset: str, listed: list[Listed]) -> list[str]:
    """Note the stakes in an asset that stand on the day; gives the owners."""
    found = []
    for entry in listed:
        for edge in entry.referring:
            if edge.schema != "Ownership" or entry.entity.entity_id not in edge.values("asset"):
                continue
            if not _stands(edge, walk.day):
                continue
            stated = [percent(text) for text in edge.values("percentage")]
            share = stated[0] if len(stated) == 1 else None
            for owner_id in edge.values("owner"):
                owner = _owner(walk, entry.source, owner_id)
                walk.stakes.append(Stake(owner, asset, share, f"{entry.source}, {edge.entity_id}"))
                found.append(owner)
    return found


def _stands(edge: Entity, day: str) -> bool:
    since, until = min(edge.values("startDate"), default=""), max(edge.values("endDate"), default="9999")
    return since[:10] <= day and not until[:10] <= day[: len(until)]


def _owner(walk: _Walk, source: str, owner_id: str) -> str:
    """The key of an owner, its name and entries noted: the actor of an official entry, else the file's own entity."""
    view = walk.chosen.view
    present = {e.source: e.caption for e in walk.lists.store.entity(view, owner_id)}
    if source in present and not is_official(source):
        key = f"{source}/{owner_id}"
        found: tuple[Entry, ...] = ((source, owner_id),)
    else:
        key = walk.same.actor(owner_id)
        official = [e for e in walk.lists.store.entities(view, ids=walk.same.ids(key)) if is_official(e.source)]
        found = tuple((e.source, e.entity_id) for e in official)
        if official:
            present[source] = official[0].caption
    walk.captions.setdefault(key, present.get(source) or next(iter(present.values()), owner_id))
    walk.listed.setdefault(key, found)
    return key


def _path(walk: _Walk, found: dict[str, Ruling], asset: str, told: set[str]) -> list[str]:
    """The stakes that lead from the asset up to those who are blocked, or that leave it open; each once."""
    lines: list[str] = []
    told.add(asset)
    for stake in sorted((s for s in walk.stakes if s.asset == asset), key=lambda s: s.owner):
        verdict = found.get(stake.owner, Ruling(Verdict.FREE)).verdict
        share = "a share that is not stated" if stake.percent is None else f"{stake.percent:f} %"
        line = (f"{walk.captions[stake.owner]} ({stake.owner}), {verdict.value}, owns {share} of "
                f"{walk.captions[asset]}  [{stake.evidence}]")  # fmt: skip
        if line not in lines:
            lines.append(line)
        if stake.owner not in told and verdict is not Verdict.LISTED:
            lines += _path(walk, found, stake.owner, told)
    return lines

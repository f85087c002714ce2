"""OFAC's 50 Percent Rule, by its own arithmetic.

Takes stakes (who owns how much of what) and those who are blocked themselves; gives a ruling for each asset. An entity
that blocked persons own 50 percent or more of, in the aggregate, is itself blocked, and counts in full as an owner at
the next level; a smaller share passes nothing on, and shares are not multiplied along a chain. Source: OFAC, Revised
guidance on entities owned by persons whose property is blocked (13 August 2014). Must not guess: a percentage that is
not stated leaves the ruling open wherever it could tip it. Control without ownership blocks nothing under the rule.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

HALF, WHOLE = Decimal(50), Decimal(100)
_PERCENT = re.compile(r"\s*(\d{1,3}(?:[.,]\d+)?)\s*(?:%|percent|per cent)?\s*", re.IGNORECASE)


class Verdict(StrEnum):
    """What the rule says of one entity."""

    LISTED = "blocked itself"
    BLOCKED = "blocked by the rule"
    OPEN = "not known"
    FREE = "not blocked by the rule"


@dataclass(frozen=True, slots=True)
class Stake:
    """One owner's share of one asset: `percent` 0 to 100, None when it is not stated; `evidence` the edge's id."""

    owner: str
    asset: str
    percent: Decimal | None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the rule says of one asset.

    `total` is what blocked owners are known to hold in the aggregate, in percent; `possible` the most they may hold
    with what is not stated; `because` the stakes of owners that are blocked, or may be; `level` how many steps it is
    from those who are blocked themselves (0: it is one; None: not blocked).
    """

    verdict: Verdict
    total: Decimal = Decimal(0)
    possible: Decimal = Decimal(0)
    because: tuple[Stake, ...] = ()
    level: int | None = None


def percent(text: str) -> Decimal | None:
    """The number of "50", "50%" or "33,3 %"; None for anything else ("25-50", "majority") and beyond 100."""
    match = _PERCENT.fullmatch(text)
    found = Decimal(match[1].replace(",", ".")) if match else None
    return found if found is not None and found <= WHOLE else None


def rule(stakes: Iterable[Stake], blocked: Collection[str]) -> dict[str, Ruling]:
    """The ruling on every asset and on every one of `blocked`, level by level.

    Several stakes of one owner in one asset are one statement made several times: the largest that is stated counts.
    """
    owners = _by_asset(stakes)
    level = dict.fromkeys(blocked, 0)
    _spread(owners, level, upper=False)
    possible = dict.fromkeys(level, 0)
    _spread(owners, possible, upper=True)
    found = {entity: Ruling(Verdict.LISTED, level=0) for entity in blocked}
    for asset, own in owners.items():
        if asset in found:
            continue
        verdict = Verdict.BLOCKED if asset in level else Verdict.OPEN if asset in possible else Verdict.FREE
        because = tuple(s for s in own if s.owner in possible)
        found[asset] = Ruling(verdict, _total(own, level), _most(own, possible), because, level.get(asset))
    return found


def _by_asset(stakes: Iterable[Stake]) -> dict[str, list[Stake]]:
    best: dict[tuple[str, str], Stake] = {}
    for stake in stakes:
        if stake.owner == stake.asset:
            continue
        before = best.get((stake.owner, stake.asset))
        if before is None or _size(stake) > _size(before):
            best[stake.owner, stake.asset] = stake
    found: dict[str, list[Stake]] = {}
    for stake in best.values():
        found.setdefault(stake.asset, []).append(stake)
    return found


def _size(stake: Stake) -> Decimal:
    return Decimal(-1) if stake.percent is None else stake.percent


def _spread(owners: dict[str, list[Stake]], level: dict[str, int], *, upper: bool) -> None:
    """Add to `level` all that is blocked (`upper`: may be), one level after the other until nothing is added."""
    step = max(level.values(), default=0)
    while True:
        step += 1
        added = [asset for asset, own in owners.items() if asset not in level
                 and (_most(own, level) if upper else _total(own, level)) >= HALF]  # fmt: skip
        if not added:
            return
        level.update(dict.fromkeys(added, step))


def _total(own: list[Stake], blocked: Collection[str]) -> Decimal:
    """What blocked owners are known to hold together."""
    return sum((s.percent for s in own if s.owner in blocked and s.percent is not None), Decimal(0))


def _most(own: list[Stake], blocked: Collection[str]) -> Decimal:
    """The most that blocked owners may hold: what is known, and all that nobody is known to hold."""
    total = _total(own, blocked)
    if any(s.percent is None for s in own if s.owner in blocked):
        total += max(Decimal(0), WHOLE - sum((s.percent for s in own if s.percent is not None), Decimal(0)))
    return total

"""The weight table: what each kind of evidence is worth, in nats (natural log-odds).

Takes nothing; gives the table that `weights.json` holds, with its version, which every result records.
"""

import json
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from allonym.names.similarity import Grade


@dataclass(frozen=True, slots=True)
class Weights:
    """An agreeing part weighs `agree_share[grade] * rarity + agree_constant[grade]`; a part that only the query (extra)
    or only the listing (missing) has weighs `share * rarity + constant`, below zero. The rest are constants; below
    `doubt` a sum goes on with `doubt_share` of its slope, since some pairs that look far apart are confirmed; `facts`
    are those of dates, countries, gender and identifiers, by name."""

    version: str
    threshold: float
    prior: float
    agree_share: tuple[float, ...]
    agree_constant: tuple[float, ...]
    extra_share: float
    extra_constant: float
    missing_share: float
    missing_constant: float
    conflict: float
    conflict_agreed: float
    whole: float
    sounding: float
    identical: float
    identical_floor: float
    identical_fill: float
    single: float
    lone: float
    unanchored: float
    slips: float
    order: float
    lineage_order: float
    syllable_order: float
    number_conflict: float
    form_conflict: float
    weak: float
    characters: float
    doubt: float
    doubt_share: float
    facts: dict[str, float]
    #: Whether no two words weigh more than those that agree to the letter.
    exact_leads: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        share, constant = self.agree_share, self.agree_constant
        words = [grade for grade in Grade if grade is not Grade.INITIAL]
        leads = share[Grade.EXACT] >= 0 and all(
            share[grade] <= share[Grade.EXACT] and constant[grade] <= constant[Grade.EXACT] for grade in words
        )
        object.__setattr__(self, "exact_leads", leads)

    def settled(self, total: float, *, agrees: bool) -> float:
        """A sum of evidence with what `doubt` leaves of it, nats; `agrees`: a part of the one is like one of the other,
        without which there is no doubt."""
        return self.doubt + self.doubt_share * (total - self.doubt) if agrees and total < self.doubt else total

    def unsettled(self, total: float) -> float:
        """The sum that `settled` gives this one for where something agrees, nats."""
        return total if total >= self.doubt else self.doubt + (total - self.doubt) / self.doubt_share


@cache
def weights() -> Weights:
    """The table in use."""
    return table(json.loads((files("allonym.matching") / "weights.json").read_text(encoding="utf-8")))


def table(data: dict[str, Any]) -> Weights:
    """A table from what `weights.json` holds; where it comes from and how it was scaled is for `bench.learn`."""
    data = {key: value for key, value in data.items() if key not in ("origin", "scale")}
    for key in ("agree_share", "agree_constant"):
        data[key] = tuple(float(data[key].get(grade.name, 0.0)) for grade in Grade)
    return Weights(**data)

"""Evidence: each reason that moved a score, and the score as their sum.

Takes weights in nats (natural log-odds); gives a probability. The score is the logistic function of the sum of the
weights, squashed once; nothing adjusts it afterwards.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason. `weight` in nats, positive for the match; `sentence` for people; the two values compared.

    `feature` is one of the rows of the weight table: `prior`, `name_part`, `name_extra`, `birth_date` …
    """

    feature: str
    weight: float
    sentence: str
    query: str | None = None
    listed: str | None = None


def probability(weight: float) -> float:
    """The logistic function, safe at both ends."""
    if weight >= 0:
        return 1.0 / (1.0 + math.exp(-weight))
    odds = math.exp(weight)
    return odds / (1.0 + odds)


class _ToldLater:
    """Room for evidence that is put into words when it is first asked for."""

    __slots__ = ("_tell",)
    _tell: Callable[[], tuple[Evidence, ...]]

    def __getattr__(self, name: str) -> Any:
        # Python comes here for what has no value yet.
        if name != "evidence":
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        evidence = self._tell()
        object.__setattr__(self, "evidence", evidence)
        return evidence


@dataclass(frozen=True, slots=True)
class Comparison(_ToldLater):
    """Two records compared. `score` is a probability (0 to 1); `match` is score >= threshold."""

    score: float
    match: bool
    evidence: tuple[Evidence, ...]
    weights_version: str

    @classmethod
    def told_later(
        cls, score: float, match: bool, tell: Callable[[], tuple[Evidence, ...]], version: str
    ) -> "Comparison":  # fmt: skip
        """One with the evidence that `tell` gives when it is first asked for: of many only the score is asked."""
        made = cls(score, match, (), version)
        object.__delattr__(made, "evidence")
        object.__setattr__(made, "_tell", tell)
        return made

    def explain(self) -> str:
        """The whole list, one reason a line, strongest first after the prior, with the sum."""
        return waterfall(self.evidence)


@dataclass(frozen=True, slots=True)
class Hit:
    """A candidate with its score and reasons.

    `entity_id` is the dossier's id when results are merged, else the id the source gave; `referents` are the ids in the
    sources; `listed_name` is the name of the entity that agreed best; `snapshots` name the lists it stands in.
    """

    entity_id: str
    schema: str
    caption: str
    score: float
    match: bool
    evidence: tuple[Evidence, ...]
    listed_name: str
    referents: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    snapshots: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """The reasons in one line, strongest first, without the prior."""
        return "; ".join(sentences(self.evidence))

    def explain(self) -> str:
        """The whole list, one reason a line, with the sum."""
        return waterfall(self.evidence)


def sentences(evidence: Iterable[Evidence]) -> list[str]:
    """The sentences of the reasons, strongest first, without the prior."""
    told = sorted((e for e in evidence if e.feature != "prior"), key=lambda e: -abs(e.weight))
    return [e.sentence for e in told]


def waterfall(evidence: tuple[Evidence, ...]) -> str:
    """One line a reason: weight, bar, sentence; the last line is the sum and the score it gives."""
    lines = []
    for item in evidence:
        bar = ("+" if item.weight >= 0 else "-") * min(20, round(abs(item.weight)))
        lines.append(f"{item.weight:+7.2f} {bar:<20} {item.sentence}")
    total = sum(item.weight for item in evidence)
    lines.append(f"{total:+7.2f} {'':<20} sum, a score of {probability(total):.3f}")
    return "\n".join(lines)

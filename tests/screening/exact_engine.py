"""A test double for the plumbing tests only: finds names that are equal without case. It screens nothing real."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from allonym.matching.evidence import Evidence, Hit, probability
from allonym.screening.query import Query
from allonym.screening.record import Parameters
from allonym.screening.run import Screener

VIEW = (("mine", "2024-05-07"), ("un_sc", "2026-02-27"))


@dataclass(frozen=True)
class ExactNames:
    """A picklable factory of engines over `listed`, a name by id; `delay` in seconds a call slows them down."""

    listed: tuple[tuple[str, str], ...]
    delay: float = 0.0

    def __call__(self) -> "ExactEngine":
        return ExactEngine({name.casefold(): (entity, name) for entity, name in self.listed}, self.delay)


class ExactEngine:
    def __init__(self, names: dict[str, tuple[str, str]], delay: float) -> None:
        self.names, self.delay = names, delay

    def __call__(self, queries: Sequence[Query]) -> Iterator[list[Hit]]:
        time.sleep(self.delay)
        for query in queries:
            found = [self.names[n.casefold()] for n in query.properties["name"] if n.casefold() in self.names]
            yield [hit(entity, name) for entity, name in found]


def hit(entity: str = "x-1", name: str = "Ana Pérez", *, weight: float = 4.0, sentence: str = "same name") -> Hit:
    """A hit as the real engine gives it."""
    evidence = (Evidence("prior", -2.0, "before any comparison"), Evidence("name_part", weight, sentence, name, name))
    score = probability(weight - 2.0)
    return Hit(entity, "Person", name, score, score > 0.5, evidence, name, (entity,), ("mine",), ("mine 2024-05-07",),
               ("US-TERR",))  # fmt: skip


def screener(factory: ExactNames, parameters: Parameters = Parameters()) -> Screener:  # noqa: B008
    """A screener with that engine."""
    return Screener(factory, VIEW, parameters, "0.1.0", "exact")

"""What several documents report alike, and how many outlets say so for themselves.

Takes readings; gives `Event`s: measures that are one, each with the documents and the independent outlets that report
it. Documents that are nearly one text (a wire story that several print) count once: those of which at least COPIED of
the shorter one's runs of RUN words stand in the other. Must not merge measures of another type, target, date or amount.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from urllib.parse import urlsplit

from allonym.news.dates import near
from allonym.news.known import english_names, fold
from allonym.news.reading import Amount, Measure, Reading

RUN = 5  # words
COPIED = 0.5  # share of runs in common from which two texts are copies; texts that quote the same speech stay below .3
APART = 3  # days
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Event:
    """A measure as several documents report it. `documents` are places in the readings given; `sources` are groups of
    them that are copies of one text, so that their number is that of the independent accounts."""

    type: str
    targets: tuple[str, ...]
    authorities: tuple[str, ...]
    statuses: tuple[str, ...]
    iso: str | None
    amount: Amount | None
    documents: tuple[int, ...]
    sources: tuple[tuple[int, ...], ...]
    outlets: tuple[str, ...]

    @property
    def independent(self) -> int:
        """How many accounts do not copy each other: copies of one text, and texts of one outlet, count once."""
        return len(self.outlets)

    def to_dict(self) -> dict[str, object]:
        """As `allonym read --format json` prints it."""
        amount = None if self.amount is None else {"value": self.amount.value, "unit": self.amount.unit}
        return {
            "type": self.type, "targets": list(self.targets), "authorities": list(self.authorities),
            "statuses": list(self.statuses), "date": self.iso, "amount": amount, "documents": list(self.documents),
            "copies": [list(group) for group in self.sources if len(group) > 1], "independent": self.independent,
            "outlets": list(self.outlets),
        }  # fmt: skip


def outlet(reading: Reading, number: int) -> str:
    """Who publishes a document: the outlet it names, else the host of its address, else the document itself."""
    named = reading.source.get("outlet")
    host = urlsplit(reading.source.get("url", "")).hostname
    return named or (host or "").removeprefix("www.") or reading.source.get("file") or f"document {number + 1}"


def copies(texts: Sequence[str]) -> list[int]:
    """For each text the place of the first one that it is nearly a copy of, its own where there is none."""
    runs = [_runs(text) for text in texts]
    first = list(range(len(texts)))
    for one, other in combinations(range(len(texts)), 2):
        shorter = min(len(runs[one]), len(runs[other]))
        if shorter and len(runs[one] & runs[other]) >= COPIED * shorter:
            root, late = sorted((first[one], first[other]))
            first = [root if place == late else place for place in first]
    return first


def events(readings: Sequence[Reading]) -> tuple[Event, ...]:
    """The measures that the readings report, those that are one put together, in the order in which they come up."""
    groups: list[list[tuple[int, Measure]]] = []
    for number, reading in enumerate(readings):
        for measure in reading.measures:
            same = next((group for group in groups if any(_same(measure, other) for _, other in group)), None)
            if same is None:
                groups.append([(number, measure)])
            else:
                same.append((number, measure))
    first = copies([reading.text for reading in readings])
    return tuple(_event(group, readings, first) for group in groups)


def _event(group: list[tuple[int, Measure]], readings: Sequence[Reading], first: list[int]) -> Event:
    numbers = tuple(dict.fromkeys(number for number, _ in group))
    roots = dict.fromkeys(first[number] for number in numbers)
    sources = tuple(tuple(n for n in numbers if first[n] == root) for root in roots)
    measures = [measure for _, measure in group]
    return Event(
        group[0][1].type,
        tuple(dict.fromkeys(name for m in measures for name in m.targets)),
        tuple(dict.fromkeys(m.authority for m in measures if m.authority)),
        tuple(dict.fromkeys(m.status for m in measures)),
        next((m.iso for m in measures if m.iso), None),
        next((m.amount for m in measures if m.amount), None),
        numbers,
        sources,
        tuple(dict.fromkeys(outlet(readings[numbers_of[0]], numbers_of[0]) for numbers_of in sources)),
    )


def _same(one: Measure, other: Measure) -> bool:
    """Whether two measures may be one: nothing told of both differs, and one target at least is the same."""
    if one.type != other.type or not {_own(t) for t in one.targets} & {_own(t) for t in other.targets}:
        return False
    if (one.status == "denied") != (other.status == "denied"):
        return False
    if one.amount and other.amount and one.amount != other.amount:
        return False
    if one.authority and other.authority and _own(one.authority) != _own(other.authority):
        return False
    return not (one.iso and other.iso) or near(one.iso, other.iso, APART)


def _own(name: str) -> str:
    """The own name of who an English text calls otherwise, folded."""
    return _own_names().get(fold(name), fold(name))


@cache
def _own_names() -> dict[str, str]:
    return {fold(english): fold(own) for own, english in english_names().items()}


def _runs(text: str) -> frozenset[int]:
    words = _WORD.findall(fold(text))
    return frozenset(hash(tuple(words[place : place + RUN])) for place in range(max(0, len(words) - RUN + 1)))

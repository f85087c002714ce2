"""Queries in, hits out: candidates from the index, a first sum in arrays, the exact comparison for those near enough.

Takes an open index and queries ({"schema", "properties"} as objects); gives one list of hits per query, best first. The
score of a hit is always that of the exact comparison, so that it equals `compare` on the same two names and facts.
"""

import math
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple, Protocol

import numpy as np

from allonym.collector import uncollected
from allonym.index.index import Index
from allonym.index.listed import Listed
from allonym.index.probe import Probe, Probes
from allonym.index.words import Words
from allonym.matching.compare import Best, best_pair, evidence, joint_kind
from allonym.matching.evidence import Evidence, Hit, probability
from allonym.matching.facts import fact_evidence, has_facts, identifiers
from allonym.matching.few import MOST_PROBES, Few
from allonym.matching.find import find
from allonym.matching.probes import Prober
from allonym.matching.schemata import fits
from allonym.matching.weights import Weights, weights
from allonym.model import Properties
from allonym.names.parts import Kind

MARGIN = 0.4  # nats by which the first sum may lie below the exact one
GAINS = ("birth_same_day", "country_agrees", "gender_agrees")  # the most that facts without an identifier can add
NAMES_PER_ENTITY = 3
AS_GOOD = 0.1  # nats: names of one entity that are compared exactly beside its best
MOST_NEAR = 60  # names compared exactly, at a threshold above 0
BATCH = 1_000

Pair = tuple[int, int, float]  # numbers of an entity and of one of its names, the sum in nats
Compared = dict[tuple[tuple[tuple[str, bool], ...], Kind], Best]


class Asked(Protocol):
    """What a query must offer."""

    @property
    def schema(self) -> str:
        """FtM schema."""

    @property
    def properties(self) -> Properties:
        """FtM properties; at least one name or identifier."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to search. `threshold` in 0 to 1, None for the weight table's; 0 gives every candidate that was scored.
    `limit` hits a query; `sources` by name, None for all; `merged` gives one hit per actor."""

    threshold: float | None = None
    limit: int = 10
    sources: tuple[str, ...] | None = None
    merged: bool = True


class _Scored(NamedTuple):
    """An entity with its sum in nats and its score, its evidence not yet in words; `id` is the one that is shown."""

    total: float
    score: float
    id: str
    listed: Listed
    name: str
    best: Best | None
    facts: list[Evidence]


class Engine:
    """Screens against one index. Not safe to share between threads: it keeps what it looked up."""

    def __init__(self, index: Index, options: Options | None = None) -> None:
        self.index = index
        self.options = options or Options()
        self.weights = weights()
        limit = self.options.threshold
        self.threshold = self.weights.threshold if limit is None else limit
        self.most_from_facts = most_from_facts(self.weights)
        self.words = Words(index)
        self.prober = Prober(self.words)
        self.few = Few(self.words, self.weights)
        self.allowed = self._allowed()
        self.dates = dict(index.snapshots)

    def asked_for(self, options: Options) -> "Engine":
        """An engine with other options that shares everything this one keeps; the two must not answer at once."""
        made = copy(self)
        made.options = options
        made.threshold = self.weights.threshold if options.threshold is None else options.threshold
        if options.sources != self.options.sources:
            made.allowed = made._allowed()
        return made

    def _allowed(self) -> Any:
        if self.options.sources is None:
            return None
        chosen = np.array([s in self.options.sources for s in self.index.sources], bool)
        arrays = self.index.arrays
        return chosen[arrays["entity_source"]][arrays["name_entity"]]

    def __call__(self, queries: Sequence[Asked]) -> Iterator[list[Hit]]:
        """One list of hits per query, in order."""
        for start in range(0, len(queries), BATCH):
            with uncollected():
                answers = self._batch(queries[start : start + BATCH])
            yield from answers

    def _batch(self, queries: Sequence[Asked]) -> list[list[Hit]]:
        self.words.begin()
        probes = self.prober.all((query.schema, query.properties) for query in queries)
        self.words.prepare()
        query, names, sums = self._found(probes, [self._least(query) for query in queries])
        starts = query.searchsorted(np.arange(len(queries) + 1)).tolist()
        entities = self.index.arrays["name_entity"][names].tolist()
        pairs = list(zip(entities, names.tolist(), sums.tolist(), strict=True))
        rows = zip(queries, starts, starts[1:], strict=False)
        return [self._hits(query, pairs[start:end]) for query, start, end in rows]

    def _found(self, probes: list[Probe], least: list[float]) -> tuple[Any, Any, Any]:
        """(query, name, sum) of the pairs found, sorted by query. `least` by query, nats."""
        query = np.array([probe.query for probe in probes], np.int64)
        wanted = [least[probe.query] for probe in probes]
        found = None
        if len(probes) <= MOST_PROBES and -math.inf not in wanted:
            found = self.few.find(probes, wanted, allowed=self.allowed)
        if found is None:
            limits = np.array(wanted, np.float32)
            found = find(self.words, Probes(probes), self.weights, limits, allowed=self.allowed)
        return query[found[0]], found[1], found[2]

    def _least(self, query: Asked) -> float:
        """The least sum of names that is compared exactly; minus infinity for any."""
        if self.threshold <= 0:
            return -math.inf
        # A bearer of the same identifier is found by that; what else agrees adds so much at most.
        facts = self.most_from_facts if has_facts(query.properties) else 0.0
        least = self.weights.unsettled(_logit(self.threshold)) - MARGIN - facts
        # Below the prior a name without any agreeing part would do: then all likenesses are followed.
        return least if least > self.weights.prior else -math.inf

    def _hits(self, query: Asked, pairs: list[Pair]) -> list[Hit]:
        facts = has_facts(query.properties)
        if not facts and not pairs:
            return []
        near = self._near(pairs, facts=facts)
        if facts:
            for number in self._with_identifiers(query):
                near.setdefault(number, [])
        if not near:
            return []
        asked = [text for text, _ in self.prober.names({"schema": query.schema, "properties": query.properties})]
        scored = []
        kept: Compared = {}
        for number, chosen in near.items():
            listed = self.index.entity(number)
            if fits(query.schema, listed.schema):
                found = self._scored(query, asked, listed, chosen, kept, facts=facts)
                if found.score >= self.threshold or self.threshold == 0:
                    scored.append(found)
        if len(scored) > 1:
            scored.sort(key=lambda found: (-found.total, found.id))
        return self._merged(scored)

    def _scored(
        self, query: Asked, asked: list[str], listed: Listed, chosen: list[str], kept: Compared, *, facts: bool
    ) -> _Scored:
        kind = joint_kind(query.schema, listed.schema)
        best, name = self._names(asked, listed, chosen, kind, kept)
        other = fact_evidence(query.properties, listed.facts, kind) if facts else []
        total = self.weights.prior + (best.total if best else 0.0)
        for fact in other:
            total += fact.weight
        total = self.weights.settled(total, agrees=bool(best and best.agrees))
        shown = listed.actor_id if self.options.merged else listed.entity_id
        return _Scored(total, probability(total), shown, listed, name, best, other)

    def _near(self, pairs: list[Pair], *, facts: bool) -> dict[int, list[str]]:
        """Entities worth the exact comparison, each with the texts of its most alike names."""
        ordered = sorted(pairs, key=_by_sum)
        if self.threshold > 0:
            least = self.weights.unsettled(_logit(self.threshold)) - MARGIN - (self.most_from_facts if facts else 0.0)
            ordered = [pair for pair in ordered if pair[2] >= least][: max(MOST_NEAR, 5 * self.options.limit)]
        found: dict[int, list[str]] = {}
        best: dict[int, float] = {}
        for entity, number, total in ordered:
            chosen = found.setdefault(entity, [])
            if total < best.setdefault(entity, total) - AS_GOOD or len(chosen) == NAMES_PER_ENTITY:
                continue
            text = self.index.name_text(number)
            if text not in chosen:
                chosen.append(text)
        return found

    def _with_identifiers(self, query: Asked) -> set[int]:
        asked = identifiers(query.properties)
        if not asked:
            return set()
        found = self.index.with_identifiers(asked)
        if self.options.sources is None:
            return found
        sources = self.index.arrays["entity_source"]
        return {n for n in found if self.index.sources[int(sources[n])] in self.options.sources}

    def _names(
        self, asked: list[str], listed: Listed, chosen: list[str], kind: Kind, kept: Compared
    ) -> tuple[Best | None, str]:
        """The best pair of names and the listed one. `kept`: many entities have the same name."""
        rights = [(text, weak) for text, weak in listed.names if text in chosen] or list(listed.names[:1])
        if not asked:
            return None, rights[0][0]
        key = (tuple(rights), kind)
        if key not in kept:
            kept[key] = best_pair(asked, rights, kind, self.weights)
        return kept[key], kept[key].name

    def _merged(self, scored: list[_Scored]) -> list[Hit]:
        """One hit per actor: that of its best entry, with the ids, sources and programs of all entries hit."""
        groups: dict[object, list[_Scored]] = {}
        for place, found in enumerate(scored):
            groups.setdefault(found.id if self.options.merged else place, []).append(found)
        return [self._hit(group) for group in islice(groups.values(), self.options.limit)]

    def _hit(self, group: list[_Scored]) -> Hit:
        """The hit of the best of a group, which alone has its evidence put into words; called as the entry that gives
        the actor its id is called."""
        first, entries = group[0], [found.listed for found in group]
        named = next((entry for entry in entries if entry.entity_id == first.id), first.listed)
        return Hit(
            entity_id=first.id,
            schema=first.listed.schema,
            caption=named.caption,
            score=first.score,
            match=first.score >= (self.threshold or self.weights.threshold),
            evidence=evidence(first.best, first.facts, self.weights),
            listed_name=first.name,
            referents=_different([entry.entity_id for entry in entries]),
            sources=_different([entry.source for entry in entries]),
            snapshots=_different([f"{entry.source}@{self.dates.get(entry.source, '')}" for entry in entries]),
            programs=_different([program for entry in entries for program in entry.programs]),
        )


def _by_sum(pair: Pair) -> float:
    return -pair[2]


def most_from_facts(table: Weights) -> float:
    """The most that facts without an identifier can add to the sum of the names, nats."""
    return sum(table.facts[name] for name in GAINS)


def _different(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values)) if len(values) > 1 else tuple(values)


def _logit(value: float) -> float:
    return math.log(value / (1.0 - value)) if value < 1.0 else math.inf

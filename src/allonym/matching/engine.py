"""Queries in, hits out: candidates from the index, a first sum in arrays, the exact comparison for those near enough.

Takes an open index and queries ({"schema", "properties"} as objects); gives one list of hits per query, best first. The
score of a hit is always that of the exact comparison, so that it equals `compare` on the same two names and facts.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from allonym.index.index import Index
from allonym.index.listed import Listed
from allonym.index.probe import Probes
from allonym.index.words import Words
from allonym.matching.compare import best_names, joint_kind, prior
from allonym.matching.evidence import Evidence, Hit, probability
from allonym.matching.facts import fact_evidence, has_facts, identifiers
from allonym.matching.find import find
from allonym.matching.probes import Prober
from allonym.matching.schemata import fits
from allonym.matching.weights import weights
from allonym.model import Properties
from allonym.names.parts import Kind

MARGIN = 0.4  # nats by which the first sum may lie below the exact one
GAINS = ("birth_same_day", "country_agrees", "gender_agrees")  # the most that facts without an identifier can add
NAMES_PER_ENTITY = 3
AS_GOOD = 0.1  # nats: names of one entity that are compared exactly beside its best
MOST_NEAR = 60  # names compared exactly, at a threshold above 0
BATCH = 1_000

Compared = dict[tuple[tuple[tuple[str, bool], ...], Kind], tuple[list[Evidence], str]]


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


class Engine:
    """Screens against one index. Not safe to share between threads: it keeps what it looked up."""

    def __init__(self, index: Index, options: Options | None = None) -> None:
        self.index = index
        self.options = options or Options()
        self.weights = weights()
        limit = self.options.threshold
        self.threshold = self.weights.threshold if limit is None else limit
        self.most_from_facts = sum(self.weights.facts[name] for name in GAINS)
        self.words = Words(index)
        self.prober = Prober(self.words)
        self.allowed = self._allowed()
        self.dates = dict(index.snapshots)

    def _allowed(self) -> Any:
        if self.options.sources is None:
            return None
        chosen = np.array([s in self.options.sources for s in self.index.sources], bool)
        arrays = self.index.arrays
        return chosen[arrays["entity_source"]][arrays["name_entity"]]

    def __call__(self, queries: Sequence[Asked]) -> Iterator[list[Hit]]:
        """One list of hits per query, in order."""
        for start in range(0, len(queries), BATCH):
            yield from self._batch(queries[start : start + BATCH])

    def _batch(self, queries: Sequence[Asked]) -> list[list[Hit]]:
        self.words.begin()
        probes = Probes(self.prober.all((query.schema, query.properties) for query in queries))
        self.words.prepare()
        least = np.array([self._least(query) for query in queries], np.float32)
        probe, names, sums = find(self.words, probes, self.weights, least[probes.query], allowed=self.allowed)
        starts = np.searchsorted(probes.query[probe], np.arange(len(queries) + 1)).tolist()
        rows = zip(queries, starts, starts[1:], strict=False)
        return [self._hits(query, names[start:end], sums[start:end]) for query, start, end in rows]

    def _least(self, query: Asked) -> float:
        """The least sum of names that is compared exactly; minus infinity for any."""
        if self.threshold <= 0 or has_facts(query.properties):
            return -math.inf
        least = _logit(self.threshold) - MARGIN
        # Below the prior a name without any agreeing part would do: then all likenesses are followed.
        return least if least > self.weights.prior else -math.inf

    def _hits(self, query: Asked, names: Any, sums: Any) -> list[Hit]:
        facts = has_facts(query.properties)
        if not facts and not len(names):
            return []
        near = self._near(names, sums, facts=facts)
        if facts:
            for number in self._with_identifiers(query):
                near.setdefault(number, [])
        if not near:
            return []
        asked = self.prober.names({"schema": query.schema, "properties": query.properties})
        scored = []
        kept: Compared = {}
        for number, chosen in near.items():
            listed = self.index.entity(number)
            if fits(query.schema, listed.schema):
                kind = joint_kind(query.schema, listed.schema)
                best, name = self._names(asked, listed, chosen, kind, kept)
                other = fact_evidence(query.properties, listed.facts, kind) if facts else ()
                evidence = (prior(self.weights), *best, *other)
                total = sum(e.weight for e in evidence)
                value = probability(total)
                if value >= self.threshold or self.threshold == 0:
                    scored.append((total, self._hit(listed, value, name, evidence)))
        scored.sort(key=lambda row: (-row[0], row[1].entity_id))
        return self._merged([hit for _, hit in scored])[: self.options.limit]

    def _near(self, names: Any, sums: Any, *, facts: bool) -> dict[int, list[str]]:
        """Entities worth the exact comparison, each with the texts of its most alike names."""
        entities = self.index.arrays["name_entity"][names].tolist()
        numbers, values = names.tolist(), sums.tolist()
        order = sorted(range(len(values)), key=lambda at: -values[at])
        if self.threshold > 0:
            least = _logit(self.threshold) - MARGIN - (self.most_from_facts if facts else 0.0)
            order = [at for at in order if values[at] >= least][: max(MOST_NEAR, 5 * self.options.limit)]
        found: dict[int, list[str]] = {}
        best: dict[int, float] = {}
        for at in order:
            chosen = found.setdefault(entities[at], [])
            if values[at] < best.setdefault(entities[at], values[at]) - AS_GOOD or len(chosen) == NAMES_PER_ENTITY:
                continue
            text = self.index.name_text(numbers[at])
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
        self, asked: list[tuple[str, bool]], listed: Listed, chosen: list[str], kind: Kind, kept: Compared
    ) -> tuple[list[Evidence], str]:  # fmt: skip
        """The evidence of the best pair of names and the listed one. `kept`: many entities have the same name."""
        rights = [(text, weak) for text, weak in listed.names if text in chosen] or list(listed.names[:1])
        if not asked:
            return [], rights[0][0]
        key = (tuple(rights), kind)
        if key not in kept:
            kept[key] = best_names(asked, rights, kind, self.weights)
        return kept[key]

    def _hit(self, listed: Listed, value: float, name: str, evidence: tuple[Evidence, ...]) -> Hit:
        return Hit(
            entity_id=listed.actor_id if self.options.merged else listed.entity_id,
            schema=listed.schema,
            caption=listed.caption,
            score=value,
            match=value >= (self.threshold or self.weights.threshold),
            evidence=evidence,
            listed_name=name,
            referents=(listed.entity_id,),
            sources=(listed.source,),
            snapshots=(f"{listed.source}@{self.dates.get(listed.source, '')}",),
            programs=listed.programs,
        )

    def _merged(self, hits: list[Hit]) -> list[Hit]:
        """One hit per actor: that of its best entry, with the ids, sources and programs of all entries hit."""
        if not self.options.merged:
            return hits
        found: dict[str, list[Hit]] = {}
        for hit in hits:
            found.setdefault(hit.entity_id, []).append(hit)
        return [_join(group) for group in found.values()]


def _join(group: list[Hit]) -> Hit:
    if len(group) == 1:
        return group[0]
    first = group[0]
    joined = {
        field: tuple(dict.fromkeys(value for hit in group for value in getattr(hit, field)))
        for field in ("referents", "sources", "snapshots", "programs")
    }
    return Hit(
        entity_id=first.entity_id, schema=first.schema, caption=first.caption, score=first.score, match=first.match,
        evidence=first.evidence, listed_name=first.listed_name, **joined,
    )  # fmt: skip


def _logit(value: float) -> float:
    return math.log(value / (1.0 - value)) if value < 1.0 else math.inf

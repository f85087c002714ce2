"""The customers of a file, prepared once, to be asked which of them a changed entry may concern.

Takes queries by key; writes them as an index of their names, and beside it the words that neighbouring words of a name
make when they are written together. Given entries of a list, it gives the customers whose answer may be another one
because of them: not too few, and few too many, since the engine then answers for each of those in full. Asking costs
what the entries cost, not what the customers do.

The sum of two names is the same from either side once what is extra and what is missing change places. Where it is not
(a weak alias, the order of syllables), the weights here are the higher ones.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import numpy as np

from allonym.index import container
from allonym.index.build import CLASSES, build, long_hash
from allonym.index.index import Index
from allonym.index.listed import Listed
from allonym.index.probe import Probes
from allonym.index.words import Words, spread
from allonym.matching.compare import joint_kind, names_of
from allonym.matching.engine import MARGIN, most_from_facts
from allonym.matching.facts import fact_evidence, identifiers
from allonym.matching.find import find
from allonym.matching.probes import JOINTS, KINDS, MOST_NAMES, SHORTEST_CUT, SHORTEST_PIECE, Prober
from allonym.matching.profile import MOST_PARTS, profile
from allonym.matching.variants import LONGEST_RUN, SHORTEST_WORD
from allonym.matching.weights import Weights, weights
from allonym.names.parts import kind_of
from allonym.names.script import Script
from allonym.names.sound import sound
from allonym.screening.query import Query

SOURCE = "customers"
SLACK = 0.3  # nats: what the two directions may differ in beside what the module's docstring says
BESIDE = ".runs"
WRITTEN = (int(Script.LETTERS), int(Script.VOWELLED), int(Script.SYLLABLES))


def prepare(path: Path, queries: Sequence[Query]) -> None:
    """Write the customers to `path`, and the words their names make to a second file beside it."""
    build(path, map(_listed, queries), identifiers=identifiers)
    hashes, owners = list[int](), list[int]()
    for number, query in enumerate(queries):
        for word in dict.fromkeys(word for run in _runs(query) for word in ("".join(run), sound("".join(run)))):
            hashes.append(long_hash(word))
            owners.append(number)
    order = np.argsort(np.array(hashes, np.uint64), kind="stable")
    keys = np.array([long_hash(query.id or "") for query in queries], np.uint64)
    by_key = np.argsort(keys, kind="stable")
    arrays = {
        "run_hash": np.array(hashes, np.uint64)[order],
        "run_owner": np.array(owners, np.uint32)[order],
        "key_hash": keys[by_key],
        "key_owner": by_key.astype(np.uint32),
    }
    container.write(_file_beside(path), {"customers": len(queries)}, arrays)


def discard(path: Path) -> None:
    """Remove both files."""
    path.unlink(missing_ok=True)
    _file_beside(path).unlink(missing_ok=True)


def is_prepared(path: Path) -> bool:
    """Whether both files are there."""
    return path.exists() and _file_beside(path).exists()


def _file_beside(path: Path) -> Path:
    return path.with_name(path.name + BESIDE)


def _listed(query: Query) -> Listed:
    names = tuple((text, False) for text, _ in names_of({"properties": query.properties}))
    key = query.id or ""
    return Listed(key, key, SOURCE, query.schema, query.caption, names, query.properties)


def _runs(query: Query) -> Iterator[list[str]]:
    """Neighbouring words of a name, as they are joined where a list writes them as one."""
    kind = kind_of(query.schema)
    for text, _ in names_of({"properties": query.properties})[:MOST_NAMES]:
        for one in KINDS.get(kind, (kind,)):
            yield from runs([part.text for part in profile(text, one).whole])


def runs(texts: Sequence[str]) -> Iterator[list[str]]:
    """Two and three neighbours that make a word long enough to be known."""
    for length in range(2, LONGEST_RUN + 1):
        for start in range(len(texts) - length + 1):
            run = list(texts[start : start + length])
            if sum(map(len, run)) >= SHORTEST_WORD:
                yield run


class KnownCustomers:
    """Prepared customers, open. `threshold` is that of the screening, None for the weight table's."""

    def __init__(self, path: Path, threshold: float | None = None) -> None:
        self.index = Index(path)
        self._beside = container.read(_file_beside(path)).arrays
        self.words = Words(self.index)
        self.prober = Prober(self.words)
        table = weights()
        self.weights = _turned(table)
        limit = table.threshold if threshold is None else threshold
        least = -math.inf if limit <= 0 else table.unsettled(_logit(limit)) - most_from_facts(table)
        self.least = least - MARGIN - SLACK

    def __len__(self) -> int:
        return len(self.index)

    @property
    def can_ask(self) -> bool:
        """Whether the threshold is high enough to tell who is concerned; below, everybody may be."""
        return self.least > self.weights.prior

    def query(self, number: int) -> Query:
        """A customer by number, as they were read; `row` is the number, from 1."""
        entry = self.index.entity(number)
        return Query(number + 1, entry.entity_id, entry.schema, entry.facts)

    def queries(self) -> dict[str, Query]:
        """All customers by key."""
        found = (self.query(number) for number in range(len(self)))
        return {query.id or "": query for query in found}

    def numbers(self, keys: Iterable[str]) -> dict[str, int]:
        """The numbers of those of these keys that are here."""
        hashes, owners = self._beside["key_hash"], self._beside["key_owner"]
        found: dict[str, int] = {}
        for key in keys:
            at = int(np.searchsorted(hashes, np.uint64(long_hash(key))))
            if at < len(hashes) and self.index.entity(int(owners[at])).entity_id == key:
                found[key] = int(owners[at])
        return found

    def concerned(self, entries: Sequence[Listed]) -> set[int]:
        """Numbers of the customers whose hits may differ because of these entries. Needs `can_ask`."""
        found = self._alike(entries) | self._joined(entries) | self._cut(entries)
        for entry in entries:
            found |= self.index.with_identifiers(identifiers(entry.facts))
        return found

    def _alike(self, entries: Sequence[Listed]) -> set[int]:
        """Those with a name that is enough like one of an entry, with what their facts add or take."""
        self.words.begin()
        asked = [(entry, names) for entry in entries for names in _portions(entry)]
        probes = Probes(self.prober.all((entry.schema, {"name": names}) for entry, names in asked))
        self.words.prepare()
        probes.syllabic[:] = False
        probe, names, sums = find(self.words, probes, self.weights, np.full(len(probes), self.least, np.float32))
        owners = self.index.arrays["name_entity"][names].tolist()
        best: dict[tuple[int, int], float] = {}
        for place, number, total in zip(probes.query[probe].tolist(), owners, sums.tolist(), strict=True):
            best[place, number] = max(total, best.get((place, number), total))
        least = self.least + most_from_facts(self.weights)
        return {number for (place, number), total in best.items()
                if total + self._from_facts(asked[place][0], number) >= least}  # fmt: skip

    def _from_facts(self, entry: Listed, number: int) -> float:
        """What is said beside the names, nats."""
        customer = self.index.entity(number)
        kind = joint_kind(customer.schema, entry.schema)
        return sum(fact.weight for fact in fact_evidence(customer.facts, entry.facts, kind))

    def _joined(self, entries: Sequence[Listed]) -> set[int]:
        """Those of whose words two or three make one of an entry's, or sound like it."""
        words = {text for texts in _names(entries) for text in texts if len(text) >= SHORTEST_WORD}
        wanted = np.array(sorted({long_hash(w) for w in words | {sound(w) for w in words}}), np.uint64)
        hashes = self._beside["run_hash"]
        low, high = np.searchsorted(hashes, wanted), np.searchsorted(hashes, wanted, "right")
        return set(self._beside["run_owner"][spread(low, high - low)].tolist())

    def _cut(self, entries: Sequence[Listed]) -> set[int]:
        """Those who write as one word what an entry has as two or three."""
        starts = self.index.arrays["post_start"]
        names = dict.fromkeys(map(tuple, _names(entries)))  # most are the same as a person's and as an organisation's
        texts = {text for own in names for text in _together(own) if len(text) >= SHORTEST_CUT}
        parts = [number for number, text in enumerate(self.index.part_texts) if text in texts]
        found = np.array(parts, np.int64)
        rows = found[np.isin(self.index.arrays["part_script"][found], WRITTEN)] * CLASSES
        low, high = starts[rows], starts[rows + CLASSES]
        bearers = self.index.arrays["post_name"][spread(low, high - low)]
        return set(self.index.arrays["name_entity"][bearers].tolist())


def _turned(table: Weights) -> Weights:
    """The table for an entry that asks customers: not lower than for a customer that asks entries."""
    order = max(table.order, table.syllable_order)
    return replace(
        table,
        extra_share=table.missing_share,
        extra_constant=table.missing_constant,
        missing_share=table.extra_share,
        missing_constant=table.extra_constant,
        weak=0.0,
        order=order,
        syllable_order=order,
    )


def _portions(entry: Listed) -> Iterator[list[str]]:
    """The names of an entry in as many questions as it takes: of one question only the first names are looked up."""
    names = [text for text, _ in entry.names]
    for start in range(0, len(names), MOST_NAMES):
        yield names[start : start + MOST_NAMES]


def _names(entries: Iterable[Listed]) -> Iterator[list[str]]:
    """The words of every name, particles included, in each way it is read."""
    for entry in entries:
        kind = kind_of(entry.schema)
        for text, _ in entry.names:
            for one in KINDS.get(kind, (kind,)):
                yield [part.text for part in profile(text, one).whole]


def _together(texts: Sequence[str]) -> Iterator[str]:
    """What a name's words may be when they are written as one: neighbours, and any two with a particle between them."""
    yield from map("".join, runs(texts))
    pieces = dict.fromkeys(text for text in texts[:MOST_PARTS] if len(text) >= SHORTEST_PIECE)
    for left, right in permutations(pieces, 2):
        for joint in JOINTS:
            yield f"{left}{joint}{right}"


def _logit(value: float) -> float:
    return math.log(value / (1.0 - value)) if value < 1.0 else math.inf

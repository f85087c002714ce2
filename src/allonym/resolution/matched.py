"""Pairs of entries of different lists that matching takes for one actor, or holds for possible.

Takes an index and the entries of its lists; gives decisions with their evidence. Candidates come from screening each
entry against the other lists; each pair is then compared once, in one order, so that it weighs the same whichever side
was asked. Must not compare entries of users' own files.

The rule: the sum of the evidence is at least what `_needed` asks, neither entry has another in the other's list that
comes within `MARGIN` of it, and the UN's reference numbers, where both lists state them, do not differ. Entries with
the same reference number are the same from `ALIKE_FROM` on: some lists state wrong ones. Two people of one list that
are as near to one of another list are the same themselves from `WITHIN_FROM` on, where their birth dates agree: lists
have people twice, under two programs. Where entries of other lists link two of one list, less is asked (see `linked`).
`docs/resolution.md` has the measures these numbers rest on.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from allonym.index.index import Index
from allonym.matching.compare import compare
from allonym.matching.engine import Engine, Options
from allonym.matching.evidence import Evidence, probability
from allonym.matching.facts import FACT_PROPS
from allonym.model import NAME_PROPS, Properties
from allonym.resolution.entries import Record
from allonym.resolution.groups import Pair, ordered
from allonym.resolution.standing import GATHERED
from allonym.store.decisions import POSSIBLE, SAME, Decision

VERSION = "1"  # of the rule: another one decides everything anew
SAME_FROM, POSSIBLE_FROM = 2.5, 1.0  # nats
#: Nats from which a pair is the same where less speaks for it than two whole names that are the same, or a fact: names
#: that differ in more than their sound; a single word; a slip; birth dates that differ.
PARTS_FROM, WORD_FROM, SLIP_FROM, OTHERWISE_BORN_FROM = 3.0, 4.5, 5.0, 5.5
FACT_FROM, APART_TO = 0.4, -0.5  # nats: what birth dates say where they agree, where they differ
MARGIN = 0.7  # nats
CANDIDATE_FROM = -0.5  # nats: the sum of names and facts from which a pair is looked at
ALIKE_FROM = 0.5  # nats: the same, of a pair on which anything is decided; the sum hangs a little on who is asked
LIMIT = 25  # candidates an entry in a list and what is like it
OTHER_NAME, MOST_OTHERS = 0.7, 3  # nats for each further name that is the same
OTHER_KIND = -0.4  # nats
MAIN_NAME = 0.7  # nats
REFERENCE_AGREES = 6.0  # nats
WITHIN_FROM, BORN_FROM = 6.0, 0.8  # nats: the sum, and what birth dates say
LINKED_FROM = 4.0  # nats
SLIPS = frozenset(f"name_part_{grade}" for grade in ("near", "short", "tiny", "close", "loose", "syllable"))
WHOLE_NAMES = frozenset({"name_identical", "name_sounding"})
CHUNK = 500
TWINS, LITTLE = "twice in one list", "little evidence"

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A pair compared: its evidence and the sum, nats. `alike`: the sum of names and facts, as screening has it;
    `plain`: all but reference numbers; `referred`: whether both have the same number, None where one has none."""

    left: Record
    right: Record
    evidence: tuple[Evidence, ...]
    alike: float
    plain: float
    total: float
    referred: bool | None


class Matched:
    """Compares the entries of one index. `progress` hears how many entries were asked."""

    def __init__(self, index: Index, records: Mapping[str, Record], progress: Progress | None = None) -> None:
        self.records, self.progress = records, progress
        self._sources: dict[str, set[str]] = {}  # by family
        for record in records.values():
            self._sources.setdefault(record.family, set()).add(record.source)
        self._engine = Engine(index, Options(probability(CANDIDATE_FROM), LIMIT, merged=False))
        self._weighed: dict[Pair, Weighed] = {}
        self._within: dict[Pair, Weighed] = {}
        self._asked = 0
        self.concerned: Collection[str] = ()

    def decisions(
        self, made_at: str, only: Collection[str] | None = None, former: Sequence[Record] = ()
    ) -> list[Decision]:  # fmt: skip
        """What is decided of all entries, or of these and those that are like them, in order of the pairs. `made_at`:
        ISO time; `former`: what entries that changed or are gone were before: those that were like them are decided as
        well. `concerned` then has all entries about which everything was decided."""
        if only is None:
            self._all()
            self.concerned = self.records.keys()
        else:
            self.concerned = self._these(only, former)
        best = self._best()
        found = list[Decision]()
        for pair in sorted(self._weighed):
            weighed = self._weighed[pair]
            if pair[0] in self.concerned or pair[1] in self.concerned:
                verdict, why = self._verdict(weighed, best)
                if verdict is not None:
                    found.append(_decision(weighed, verdict, why, made_at))
        twins = (self._within[pair] for pair in sorted(self._within) if _is_twin(self._within[pair]))
        found += [_decision(twin, SAME, TWINS, made_at) for twin in twins]
        return found

    def linked(self, pairs: Iterable[Pair], made_at: str) -> list[Decision]:
        """Of pairs of entries of one list that entries of others link, those that are one: the names are the same to
        the letter or in sound, and nothing speaks against it. In order of the pairs."""
        found = []
        for pair in sorted(pairs):
            if pair[0] in self.records and pair[1] in self.records:
                weighed = self._pair(pair)
                if _is_linked(weighed):
                    found.append(_decision(weighed, SAME, TWINS, made_at))
        return found

    def _all(self) -> None:
        """Each list against all that are larger: so every pair of lists is looked at once."""
        own = _by_family(self.records.values())
        families = sorted(own, key=lambda name: (len(own[name]), name))
        for place, name in enumerate(families[:-1]):
            self._ask(own[name], frozenset(families[place + 1 :]))

    def _these(self, only: Collection[str], former: Sequence[Record]) -> set[str]:
        """The entries against all other lists, and those they are like: of these everything is decided, for somebody
        who is as near may have come or gone. For that, those who are like these are asked as well. Gives the former."""
        asked = {entry for entry in only if entry in self.records}
        self._ask_by_family(self.records[entry] for entry in asked)
        concerned = asked | self._near(asked) | self._near_before(former)
        self._ask_by_family(self.records[entry] for entry in concerned - asked)
        self._ask_by_family(self.records[entry] for entry in self._near(concerned) - concerned)
        return concerned

    def _near(self, entries: Collection[str]) -> set[str]:
        """The other sides of pairs with one of these that may be the same."""
        found = set[str]()
        for (left, right), weighed in self._weighed.items():
            if _may_matter(weighed):
                if right in entries:
                    found.add(left)
                if left in entries:
                    found.add(right)
        return found

    def _near_before(self, former: Sequence[Record]) -> set[str]:
        """The entries of other lists that were like these."""
        near = set[str]()
        for name, own in _by_family(former).items():
            found = self._candidates(own, self._sources.keys() - {name})
            near |= {other.entry for record, other in found if _may_matter(weigh(record, other))}
        return near

    def _ask_by_family(self, asked: Iterable[Record]) -> None:
        for name, own in _by_family(sorted(asked, key=lambda r: r.entry)).items():
            self._ask(own, self._sources.keys() - {name})

    def _ask(self, asked: Sequence[Record], families: Collection[str]) -> None:
        """Compare these entries with their candidates in the lists of these families."""
        for record, other in self._candidates(asked, families):
            self._weigh(record, other)

    def _candidates(self, asked: Sequence[Record], families: Collection[str]) -> Iterator[tuple[Record, Record]]:
        """Entries of the lists of these families that are like each of these."""
        sources = tuple(sorted(source for name in families for source in self._sources[name]))
        if not sources:
            return
        engine = self._engine.asked_for(replace(self._engine.options, sources=sources))
        for start in range(0, len(asked), CHUNK):
            chunk = asked[start : start + CHUNK]
            queries = [_Query(record.schema, _asked(record)) for record in chunk]
            for record, hits in zip(chunk, engine(queries), strict=True):
                for hit in hits:
                    other = self.records.get(hit.entity_id)
                    if other is not None and other.source == hit.sources[0] and other.family in families:
                        yield record, other
            self._asked += len(chunk)
            if self.progress is not None:
                self.progress(self._asked)

    def _weigh(self, one: Record, other: Record) -> None:
        pair = ordered(one.entry, other.entry)
        if pair not in self._weighed:
            self._weighed[pair] = self._pair(pair)

    def _pair(self, pair: Pair) -> Weighed:
        return weigh(self.records[pair[0]], self.records[pair[1]])

    def _best(self) -> dict[tuple[str, str], list[tuple[float, str]]]:
        """By entry and family: the highest sums of pairs that may be the same, with the other entry."""
        found: dict[tuple[str, str], list[tuple[float, str]]] = {}
        for weighed in self._weighed.values():
            if weighed.referred is not False and weighed.alike >= ALIKE_FROM:
                for own, other in ((weighed.left, weighed.right), (weighed.right, weighed.left)):
                    key = own.entry, other.family
                    found[key] = sorted([*found.get(key, ()), (weighed.total, other.entry)], reverse=True)[:3]
        return found

    def _verdict(
        self, weighed: Weighed, best: Mapping[tuple[str, str], list[tuple[float, str]]]
    ) -> tuple[str | None, str]:
        """The verdict, None for neither, and why it is no more than possible."""
        if weighed.alike < ALIKE_FROM:
            return None, ""
        if weighed.referred:
            return SAME, ""
        if weighed.plain < POSSIBLE_FROM:
            return None, ""
        enough = weighed.total >= _needed(weighed)
        if weighed.referred is False:
            return (POSSIBLE, "other UN reference numbers") if enough else (None, "")
        for own, other in ((weighed.left, weighed.right), (weighed.right, weighed.left)):
            if other.family in GATHERED:
                continue
            for total, rival in best.get((own.entry, other.family), ()):
                if rival != other.entry and weighed.total - total < MARGIN and not self._are_twins(other, rival):
                    return (POSSIBLE, f"{rival} is as near") if enough else (None, "")
        return (SAME, "") if enough else (POSSIBLE, LITTLE)

    def _are_twins(self, one: Record, rival: str) -> bool:
        """Whether two entries of one list are the same person."""
        pair = ordered(one.entry, rival)
        if pair not in self._within:
            self._within[pair] = self._pair(pair)
        return _is_twin(self._within[pair])


def _by_family(records: Iterable[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(record.family, []).append(record)
    return found


def _needed(weighed: Weighed) -> float:
    """The sum from which a pair is the same."""
    said = {e.feature: e.weight for e in weighed.evidence}
    born = said.get("birth_date", 0.0)
    if born <= APART_TO and "identifier" not in said:
        return OTHERWISE_BORN_FROM
    if born >= FACT_FROM or "identifier" in said:
        return SAME_FROM
    if not SLIPS.isdisjoint(said):
        return SLIP_FROM
    if "name_single" in said:
        return WORD_FROM
    return SAME_FROM if not WHOLE_NAMES.isdisjoint(said) else PARTS_FROM


def _may_matter(weighed: Weighed) -> bool:
    """Whether something is decided of the pair, or it may stand in the way of another."""
    return weighed.plain >= POSSIBLE_FROM - MARGIN or bool(weighed.referred)


def _is_twin(weighed: Weighed) -> bool:
    """Brothers may be born on one day, by some list, and have names a letter apart: no slip is allowed here."""
    said = {e.feature: e.weight for e in weighed.evidence}
    one_name = not WHOLE_NAMES.isdisjoint(said)
    return one_name and weighed.plain >= WITHIN_FROM and said.get("birth_date", 0.0) >= BORN_FROM


def _is_linked(weighed: Weighed) -> bool:
    facts = [e.weight for e in weighed.evidence if e.feature in ("birth_date", "country", "gender", "kind")]
    said = {e.feature for e in weighed.evidence}
    one_name = not WHOLE_NAMES.isdisjoint(said) and (weighed.left.schema == "Person" or "main_name" in said)
    return one_name and weighed.plain >= LINKED_FROM and min(facts, default=0.0) >= 0


@dataclass(frozen=True, slots=True)
class _Query:
    schema: str
    properties: Properties


def _asked(record: Record) -> Properties:
    """The names and facts by which candidates are sought."""
    return {p: v for p, v in record.properties.items() if p in NAME_PROPS or p in FACT_PROPS}


def weigh(left: Record, right: Record) -> Weighed:
    """Compare two entries, as `compare` does, and what only lists have: further names, reference numbers, kind."""
    evidence = list(compare(left.query, right.query).evidence)
    alike = sum(e.weight for e in evidence)
    if left.main == right.main:
        evidence.append(Evidence("main_name", MAIN_NAME, "the first name is the same"))
    others = min(MOST_OTHERS, len(left.names & right.names) - 1)
    if others > 0:
        told = f"{others} more {'name is' if others == 1 else 'names are'} the same"
        evidence.append(Evidence("other_names", OTHER_NAME * others, told))
    if left.schema != right.schema:
        evidence.append(Evidence("kind", OTHER_KIND, f"{left.schema} against {right.schema}"))
    plain = sum(e.weight for e in evidence)
    referred = None
    if left.references and right.references:
        both = left.references & right.references
        referred = bool(both)
        if both:
            told = f"the same UN reference number ({', '.join(sorted(both))})"
            evidence.append(Evidence("un_reference", REFERENCE_AGREES, told))
    return Weighed(left, right, tuple(evidence), alike, plain, sum(e.weight for e in evidence), referred)


def _decision(weighed: Weighed, verdict: str, why: str, made_at: str) -> Decision:
    left, right = weighed.left, weighed.right
    reasons = tuple((e.feature, round(e.weight, 3), e.sentence) for e in weighed.evidence)
    return Decision(left.entry, right.entry, verdict, made_at, left.source, right.source, "", why,
                    round(weighed.total, 3), reasons)  # fmt: skip


def possible(decisions: Iterable[Decision]) -> Iterator[Decision]:
    """Those that a person may judge, the likeliest first."""
    yield from sorted((d for d in decisions if d.verdict == POSSIBLE), key=lambda d: (-d.weight, d.pair))

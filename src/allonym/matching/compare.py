"""Two records compared, without any list: the slow, exact form of what screening does in batches.

Takes two FtM-like dicts ({"schema", "properties"}); gives a `Comparison`. Every name of one is compared with every name
of the other, and the pair with the highest sum speaks.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from typing import Any

from allonym.errors import InputError, UsageError
from allonym.matching.evidence import Comparison, Evidence, probability
from allonym.matching.facts import FACT_PROPS, fact_evidence
from allonym.matching.names import Reason, reasons, told
from allonym.matching.profile import Profile, profile
from allonym.matching.variants import variants
from allonym.matching.weights import Weights, weights
from allonym.model import NAME_PROPS, Properties
from allonym.names.parts import Kind, kind_of
from allonym.names.sound import sound

AGREEING = "name_part_"  # begins the features of agreeing parts
Record = Mapping[str, Any]
MAPPINGS, LISTS = (dict, Mapping), (list, tuple)  # the common case first: a Mapping is slow to tell
MOST_PAIRS = 10_000  # pairs of names of two records that are compared
CHUNK = 8_192  # pairs that are scored together
FEWEST = 200  # pairs from which arrays pay


def compare(left: Record, right: Record, *, threshold: float | None = None) -> Comparison:
    """Compare two records; `match` is score >= `threshold` (default: the weight table's).

    Every name of one is compared with every name of the other; of more than MOST_PAIRS pairs only the likeliest are.

    Raises InputError for a record of another shape, UsageError for one without a name.
    """
    table = weights()
    left_names, right_names, kind = _sides(left, right)
    best = best_pair(left_names, right_names, kind, table)
    facts = _facts(left, right, kind)
    total = sum([table.prior, *[reason[1] for reason in best.reasons], *[fact.weight for fact in facts]])
    total += table.settled(total, agrees=best.agrees) - total  # as the evidence is summed
    score = probability(total)
    limit = table.threshold if threshold is None else threshold
    return Comparison.told_later(score, score >= limit, partial(evidence, best, facts, table), table.version)


def evidence(best: "Best | None", facts: Sequence[Evidence], table: Weights) -> tuple[Evidence, ...]:
    """All that is said of two records, the prior first: of their best pair of names, if any, and their facts."""
    return settled((prior(table), *(best.evidence() if best else ()), *facts), table)


def compare_many(pairs: Iterable[tuple[Record, Record]]) -> list[float]:
    """The scores of many pairs of records, each as `compare` gives it, in order; no evidence is put into words.

    Raises InputError and UsageError as `compare` does; the message begins with the number of the pair, from 1.
    """
    table, scores, rest = weights(), list[float](), iter(pairs)
    while chunk := list(islice(rest, CHUNK)):
        scores += _scores(chunk, len(scores), table)
    return scores


def _scores(pairs: Sequence[tuple[Record, Record]], before: int, table: Weights) -> list[float]:
    """The scores of some pairs, after so many others. Pairs of single names are scored in arrays where there are many;
    what has no score there is compared alone."""
    scores = [math.nan] * len(pairs)
    places, single = _single(pairs) if len(pairs) >= FEWEST else ([], [])
    if len(single) >= FEWEST:
        from allonym.matching.many import names

        for place, score in zip(places, names().scores(single, table), strict=True):
            scores[place] = score
    for place in [place for place, score in enumerate(scores) if math.isnan(score)]:
        scores[place] = _alone(pairs[place], before + place + 1, table)
    return scores


def _alone(pair: tuple[Record, Record], number: int, table: Weights) -> float:
    """The score of one pair, the one of this number."""
    left, right = pair
    try:
        left_names, right_names, kind = _sides(left, right)
    except (InputError, UsageError) as error:
        raise type(error)(f"pair {number}: {error}") from None
    best = best_pair(left_names, right_names, kind, table)
    total = table.prior + best.total
    for fact in _facts(left, right, kind):
        total += fact.weight
    return probability(table.settled(total, agrees=best.agrees))


def _single(pairs: Sequence[tuple[Record, Record]]) -> tuple[list[int], list[tuple[str, str, Kind]]]:
    """Places of the pairs of records that have nothing but one name each; the two names and how they are read."""
    places, found = list[int](), list[tuple[str, str, Kind]]()
    for place, (left, right) in enumerate(pairs):
        if (one := _only_name(left)) is not None and (other := _only_name(right)) is not None:
            schema, listed = left.get("schema", "Person"), right.get("schema", "Person")
            if type(schema) is str and type(listed) is str:
                places.append(place)
                found.append((one, other, joint_kind(schema, listed)))
    return places, found


def _only_name(record: Record) -> str | None:
    """The name of a record that says nothing else; None where it does, or has another shape."""
    if type(record) is not dict or type(properties := record.get("properties")) is not dict or len(properties) != 1:
        return None
    texts = properties.get("name")
    return texts[0] if type(texts) is list and len(texts) == 1 and type(texts[0]) is str else None


def _sides(left: Record, right: Record) -> tuple[list[str], list[tuple[str, bool]], Kind]:
    """The names of both and how they are read. Raises InputError, UsageError."""
    _check("left", left)
    _check("right", right)
    left_names, right_names = [text for text, _ in names_of(left)], names_of(right)
    if not left_names or not right_names:
        side = "left" if not left_names else "right"
        raise UsageError(f"the {side} record has no name to compare: give properties.name a value")
    return left_names, right_names, joint_kind(str(left.get("schema", "Person")), str(right.get("schema", "Person")))


def _facts(left: Record, right: Record, kind: Kind) -> Sequence[Evidence]:
    """What both records say beside their names; most say nothing."""
    one, other = left["properties"], right["properties"]
    if FACT_PROPS.isdisjoint(one) or FACT_PROPS.isdisjoint(other):
        return ()
    return fact_evidence(one, other, kind)


def _check(side: str, record: Record) -> None:
    properties = record.get("properties") if isinstance(record, MAPPINGS) else None
    if not isinstance(properties, MAPPINGS):
        raise InputError(f'the {side} record has no "properties"; give {{"schema": "Person", "properties": {{…}}}}')
    for prop, values in properties.items():
        if not isinstance(values, LISTS) or [value for value in values if not isinstance(value, str)]:
            raise InputError(f"the {side} record's {prop} is no list of texts; give it as a list")


def prior(table: Weights) -> Evidence:
    """What is believed before anything is compared."""
    return Evidence("prior", table.prior, "before comparing: hardly anybody is listed")


def settled(evidence: tuple[Evidence, ...], table: Weights) -> tuple[Evidence, ...]:
    """The evidence and, where something agrees and yet the two are far apart, what is held back: some are confirmed."""
    total = sum(e.weight for e in evidence)
    held = table.settled(total, agrees=any(e.feature.startswith(AGREEING) for e in evidence)) - total
    return (*evidence, Evidence("doubt", held, "some pairs as far apart as this are confirmed")) if held else evidence


def names_of(record: Record) -> list[tuple[str, bool]]:
    """The names of a record, each with whether the listing calls it weak."""
    properties: Properties = record["properties"]
    found: dict[str, bool] = {}
    for prop in NAME_PROPS:
        for text in properties.get(prop, ()):
            found.setdefault(text, prop == "weakAlias")
    return list(found.items())


@cache
def joint_kind(left: str, right: str) -> Kind:
    """How two names are read: as a person's where either is, else as an organisation's where either is."""
    kinds = {kind_of(left), kind_of(right)}
    for kind in (Kind.PERSON, Kind.ORGANISATION, Kind.THING):
        if kind in kinds:
            return kind
    return Kind.ANY


def best_names(
    lefts: Sequence[tuple[str, bool]], rights: Sequence[tuple[str, bool]], kind: Kind, table: Weights
) -> tuple[list[Evidence], str]:
    """The evidence of the pair of names with the highest sum, and the right one's text; of equal sums the earliest."""
    best = best_pair([left for left, _ in lefts], rights, kind, table)
    return best.evidence(), best.name


@dataclass(frozen=True, slots=True)
class Best:
    """The best pair of names: the sum of its reasons in nats, and the right name's text."""

    total: float
    reasons: list[Reason]
    query: Profile
    listed: Profile
    name: str

    @property
    def agrees(self) -> bool:
        """Whether a part of the one is like a part of the other; agreements come first."""
        return bool(self.reasons) and self.reasons[0][0].startswith(AGREEING)

    def evidence(self) -> list[Evidence]:
        """Its reasons in words."""
        return told(self.query, self.listed, self.reasons)


def best_pair(lefts: Sequence[str], rights: Sequence[tuple[str, bool]], kind: Kind, table: Weights) -> Best:
    """The pair of names with the highest sum; of equal sums the earliest. Of more than MOST_PAIRS pairs, those with the
    most parts that sound the same, as many for each left name."""
    best: Best | None = None
    best_sum = -math.inf
    listed_names = [(profile(text, kind), weak) for text, weak in rights]
    most = max(1, MOST_PAIRS // len(lefts))
    sounds = [_sounds(listed) for listed, _ in listed_names] if len(rights) > most else []
    for left in lefts:
        asked = profile(left, kind)
        near = _nearest(asked, sounds, most) if sounds else range(len(rights))
        for place in near:
            listed, weak = listed_names[place]
            for query in variants(asked, listed):
                given = reasons(query, listed, table, weak=weak)
                total = 0.0
                for reason in given:
                    total += reason[1]
                if total > best_sum:
                    best, best_sum = Best(total, given, query, listed, rights[place][0]), total
    assert best is not None
    return best


def _sounds(name: Profile) -> frozenset[str]:
    return frozenset([sound(text) for text in name.texts])


def _nearest(asked: Profile, sounds: Sequence[frozenset[str]], most: int) -> list[int]:
    """Places, in order, of the `most` names that share the most sounds with this one."""
    own = _sounds(asked)
    ranked = sorted(range(len(sounds)), key=lambda place: -len(own & sounds[place]))
    return sorted(ranked[:most])

"""Evidence from two names.

Takes two profiles; gives evidence, the prior not included. Every rule here has its array form in `batch`.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from allonym.matching.align import Alignment, align
from allonym.matching.evidence import Evidence
from allonym.matching.profile import Profile
from allonym.matching.weights import Weights
from allonym.names.parts import Role
from allonym.names.similarity import GRADE_WORDS, Grade

#: Grades at which one part may stand for a whole name of one part.
ANCHORS = frozenset({Grade.EXACT, Grade.VARIANT, Grade.CONSONANTS})
SOUNDING = frozenset({Grade.EXACT, Grade.VARIANT})
WHOLE_WORD = frozenset({Grade.EXACT, Grade.VARIANT, Grade.NEAR})
#: Grades of parts that hurried people type, one to a name as a rule.
TYPED = frozenset({Grade.NEAR, Grade.SHORT, Grade.TINY, Grade.LOOSE, Grade.SYLLABLE})
#: A feature, its weight in nats, and the places of the parts it is about.
Reason = tuple[str, float, int, int]
NO_PART = -1


class Bare(NamedTuple):
    """A name as far as it weighs beside what of it agrees, see `Profile`; `form` is a number, 0 for none."""

    rarity: Sequence[float]
    roles: Sequence[int]
    plain: bool
    person: bool
    form: int
    lineage: bool
    syllabic: bool
    characters: bool


Side = Profile | Bare
FEATURES = tuple(f"name_part_{grade.name.lower()}" for grade in Grade)
GRADES = dict(zip(FEATURES, Grade, strict=True))
SENTENCES = {
    "name_extra": "“{left}” is not in the listed name",
    "name_missing": "listed “{right}” is not in the query",
    "name_conflict": "both names have parts the other lacks",
    "name_number": "the numbers differ",
    "name_single": "the whole of both names",
    "name_identical": "all parts of both names agree",
    "name_sounding": "every part has one that sounds the same",
    "name_whole": "every part has its counterpart",
    "name_unanchored": "no part agrees to the letter",
    "name_slips": "more than one part is a letter off",
    "name_lone": "only one part agrees",
    "name_lineage": "father and son change places",
    "name_syllables": "the syllables stand in another order",
    "name_order": "the parts stand in another order",
    "name_form": "“{forms[0]}” against “{forms[1]}”",
    "name_characters": "other characters are read the same",
    "name_weak": "the listing calls this name weak",
}


def name_evidence(query: Profile, listed: Profile, weights: Weights, *, weak: bool = False) -> list[Evidence]:
    """All reasons the two names give, in the order a reader wants them: agreements, leftovers, the whole."""
    return told(query, listed, reasons(query, listed, weights, weak=weak))


def reasons(query: Profile, listed: Profile, weights: Weights, *, weak: bool = False) -> list[Reason]:
    """The same without words, which only the best of many pairs of names needs."""
    return weighed(align(query, listed, weights), query, listed, weights, weak=weak)


def weighed(found: Alignment, query: Side, listed: Side, weights: Weights, *, weak: bool) -> list[Reason]:
    """What an alignment gives."""
    given: list[Reason] = [(FEATURES[grade], weight, i, j) for i, j, grade, weight in found.pairs]
    if found.extra or found.missing:
        _leftovers(given, query, listed, found, weights)
    _whole(given, query, listed, found, weights)
    if query.characters != listed.characters:
        given.append(("name_characters", weights.characters, NO_PART, NO_PART))
    if weak:
        given.append(("name_weak", weights.weak, NO_PART, NO_PART))
    return given


def told(query: Profile, listed: Profile, given: list[Reason]) -> list[Evidence]:
    """Reasons put into words."""
    return [_told(query, listed, *reason) for reason in given]


def _told(query: Profile, listed: Profile, feature: str, weight: float, i: int, j: int) -> Evidence:
    left = None if i == NO_PART else query.texts[i]
    right = None if j == NO_PART else listed.texts[j]
    if left is not None and right is not None:
        sentence = _agreement(GRADES[feature], left, right, min(query.rarity[i], listed.rarity[j]))
    else:
        sentence = SENTENCES[feature].format(left=left, right=right, forms=(query.form, listed.form))
    return Evidence(feature, weight, sentence, left, right)


def _agreement(grade: Grade, left: str, right: str, rare: float) -> str:
    sentence = f"“{left}” {GRADE_WORDS[grade]}" + ("" if grade is Grade.EXACT else f" “{right}”")
    if grade is not Grade.INITIAL:
        sentence += " (common)" if rare < 4 else " (rare)" if rare >= 7.5 else ""
    return sentence


def _leftovers(given: list[Reason], query: Side, listed: Side, found: Alignment, weights: Weights) -> None:
    for i in found.extra:
        weight = weights.extra_share * query.rarity[i] + weights.extra_constant
        given.append(("name_extra", weight, i, NO_PART))
    for j in found.missing:
        weight = weights.missing_share * listed.rarity[j] + weights.missing_constant
        given.append(("name_missing", weight, NO_PART, j))
    both = min(len(found.extra), len(found.missing))
    if both:
        # Kin and neighbours share several parts, which are not as many independent agreements: a part that is another
        # one on each side takes back a share of what the rest gave.
        agreed = sum([pair.weight for pair in found.pairs])
        weight = both * weights.conflict + weights.conflict_agreed * agreed
        given.append(("name_conflict", weight, NO_PART, NO_PART))
        if not (query.plain or listed.plain):
            lefts, rights = query.roles, listed.roles
            if Role.NUMBER in [lefts[i] for i in found.extra] and Role.NUMBER in [rights[j] for j in found.missing]:
                given.append(("name_number", weights.number_conflict, NO_PART, NO_PART))


def _whole(given: list[Reason], query: Side, listed: Side, found: Alignment, weights: Weights) -> None:
    aligned, left_over = len(found.pairs), bool(found.extra or found.missing)
    turned = aligned > 1 and _reordered(query, listed, found)
    lineage = turned and query.lineage and listed.lineage
    grades = [pair.grade for pair in found.pairs]
    if aligned and not left_over and not lineage:
        _covered(given, grades, found, weights, order=turned and query.syllabic)
    if aligned > 1 and ANCHORS.isdisjoint(grades):
        given.append(("name_unanchored", weights.unanchored, NO_PART, NO_PART))
    slips = sum([grade in TYPED for grade in grades])
    if slips > 1:
        given.append(("name_slips", (slips - 1) * weights.slips, NO_PART, NO_PART))
    if aligned == 1 and left_over:
        given.append(("name_lone", weights.lone, NO_PART, NO_PART))
    if lineage:
        given.append(("name_lineage", weights.lineage_order, NO_PART, NO_PART))
    elif turned and query.syllabic:
        given.append(("name_syllables", weights.syllable_order, NO_PART, NO_PART))
    elif turned:
        given.append(("name_order", weights.order, NO_PART, NO_PART))
    if query.form and listed.form and query.form != listed.form and not query.person:
        given.append(("name_form", weights.form_conflict, NO_PART, NO_PART))


def _covered(
    given: list[Reason], grades: list[Grade], found: Alignment, weights: Weights, *, order: bool
) -> None:  # fmt: skip
    """What it says that nothing is left over; `order`: the parts agree in another order that matters."""
    if len(grades) == 1:
        if grades[0] in WHOLE_WORD:
            given.append(("name_single", weights.single, NO_PART, NO_PART))
    elif not order and grades.count(Grade.EXACT) == len(grades):
        weight = identical_weight(sum([pair.weight for pair in found.pairs]), weights)
        given.append(("name_identical", weight, NO_PART, NO_PART))
    elif SOUNDING.issuperset(grades):
        given.append(("name_sounding", weights.sounding, NO_PART, NO_PART))
    else:
        given.append(("name_whole", weights.whole, NO_PART, NO_PART))


def identical_weight(agreed: float, weights: Weights) -> float:
    """What it weighs that a name of two parts or more agrees in all, when its parts weigh `agreed` nats already.

    However common its parts, an identical full name must be looked at: the less they weigh, the more the whole does.
    """
    return weights.identical + weights.identical_fill * max(0.0, weights.identical_floor - agreed)


def _reordered(query: Side, listed: Side, found: Alignment) -> bool:
    """Whether the aligned parts stand in another order, a turn of the whole (surname first or last) apart."""
    rights = [pair.right for pair in sorted(found.pairs)]
    if query.lineage and listed.lineage:
        return rights != sorted(rights)
    falls = int(rights[-1] > rights[0])
    for a, b in pairwise(rights):
        falls += a > b
    return falls > 1

"""Evidence from two names.

Takes two profiles; gives evidence, the prior not included. Every rule here has its array form in `batch`.
"""

from allonym.matching.align import Alignment, align
from allonym.matching.evidence import Evidence
from allonym.matching.profile import Profile
from allonym.matching.weights import Weights
from allonym.names.parts import Kind, Role
from allonym.names.similarity import GRADE_WORDS, Grade

#: Grades at which one part may stand for a whole name of one part.
ANCHORS = (Grade.EXACT, Grade.VARIANT, Grade.CONSONANTS)
WHOLE_WORD = (Grade.EXACT, Grade.VARIANT, Grade.NEAR)


def name_evidence(query: Profile, listed: Profile, weights: Weights, *, weak: bool = False) -> list[Evidence]:
    """All reasons the two names give, in the order a reader wants them: agreements, leftovers, the whole."""
    found = align(query, listed, weights)
    return [
        *_agreements(query, listed, found),
        *_leftovers(query, listed, found, weights),
        *_whole(query, listed, found, weights),
        *([_constant("name_weak", weights.weak, "the listing calls this name weak")] if weak else ()),
    ]


def _constant(feature: str, weight: float, sentence: str) -> Evidence:
    return Evidence(feature, weight, sentence)


def _agreements(query: Profile, listed: Profile, found: Alignment) -> list[Evidence]:
    evidence = []
    for pair in found.pairs:
        left, right = query.parts[pair.left].text, listed.parts[pair.right].text
        how = GRADE_WORDS[pair.grade]
        sentence = f"“{left}” {how}" + ("" if pair.grade is Grade.EXACT else f" “{right}”")
        rare = min(query.rarity[pair.left], listed.rarity[pair.right])
        if pair.grade is not Grade.INITIAL:
            sentence += " (common)" if rare < 4 else " (rare)" if rare >= 7.5 else ""
        evidence.append(Evidence(f"name_part_{pair.grade.name.lower()}", pair.weight, sentence, left, right))
    return evidence


def _leftovers(query: Profile, listed: Profile, found: Alignment, weights: Weights) -> list[Evidence]:
    evidence = []
    for i in found.extra:
        weight = weights.extra_share * query.rarity[i] + weights.extra_constant
        text = query.parts[i].text
        evidence.append(Evidence("name_extra", weight, f"“{text}” is not in the listed name", text, None))
    for j in found.missing:
        weight = weights.missing_share * listed.rarity[j] + weights.missing_constant
        text = listed.parts[j].text
        evidence.append(Evidence("name_missing", weight, f"listed “{text}” is not in the query", None, text))
    both = min(len(found.extra), len(found.missing))
    if both:
        # Kin and neighbours share several parts, which are not as many independent agreements: a part that is another
        # one on each side takes back a share of what the rest gave.
        agreed = sum(pair.weight for pair in found.pairs)
        weight = both * weights.conflict + weights.conflict_agreed * agreed
        evidence.append(_constant("name_conflict", weight, "both names have parts the other lacks"))
    lefts = {query.parts[i].text for i in found.extra if query.parts[i].role is Role.NUMBER}
    rights = {listed.parts[j].text for j in found.missing if listed.parts[j].role is Role.NUMBER}
    if lefts and rights:
        evidence.append(_constant("name_number", weights.number_conflict, "the numbers differ"))
    return evidence


def _whole(query: Profile, listed: Profile, found: Alignment, weights: Weights) -> list[Evidence]:
    evidence = []
    aligned, left_over = len(found.pairs), len(found.extra) + len(found.missing)
    turned = _reordered(query, listed, found)
    lineage = turned and query.lineage and listed.lineage
    if aligned and not left_over and not lineage:
        exact = all(pair.grade is Grade.EXACT for pair in found.pairs) and not (turned and query.syllabic)
        if aligned == 1:
            if found.pairs[0].grade in WHOLE_WORD:
                evidence.append(_constant("name_single", weights.single, "the whole of both names"))
        elif exact:
            weight = identical_weight(sum(pair.weight for pair in found.pairs), weights)
            evidence.append(_constant("name_identical", weight, "all parts of both names agree"))
        else:
            evidence.append(_constant("name_whole", weights.whole, "every part has its counterpart"))
    if aligned > 1 and not any(pair.grade in ANCHORS for pair in found.pairs):
        evidence.append(_constant("name_unanchored", weights.unanchored, "no part agrees to the letter"))
    if aligned == 1 and left_over:
        evidence.append(_constant("name_lone", weights.lone, "only one part agrees"))
    if lineage:
        evidence.append(_constant("name_lineage", weights.lineage_order, "father and son change places"))
    elif turned and query.syllabic:
        evidence.append(_constant("name_syllables", weights.syllable_order, "the syllables stand in another order"))
    elif turned:
        evidence.append(_constant("name_order", weights.order, "the parts stand in another order"))
    if query.form and listed.form and query.form != listed.form and query.kind is not Kind.PERSON:
        evidence.append(_constant("name_form", weights.form_conflict, f"“{query.form}” against “{listed.form}”"))
    return evidence


def identical_weight(agreed: float, weights: Weights) -> float:
    """What it weighs that a name of two parts or more agrees in all, when its parts weigh `agreed` nats already.

    However common its parts, an identical full name must be looked at: the less they weigh, the more the whole does.
    """
    return weights.identical + weights.identical_fill * max(0.0, weights.identical_floor - agreed)


def _reordered(query: Profile, listed: Profile, found: Alignment) -> bool:
    """Whether the aligned parts stand in another order, a turn of the whole (surname first or last) apart."""
    if len(found.pairs) < 2:
        return False
    rights = [pair.right for pair in sorted(found.pairs, key=lambda p: p.left)]
    falls = sum(a > b for a, b in zip(rights, [*rights[1:], rights[0]], strict=True))
    if query.lineage and listed.lineage:
        return rights != sorted(rights)
    return falls > 1

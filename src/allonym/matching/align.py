"""Which part of one name is which part of the other.

Takes two profiles; gives the pairs, best first, and what is left on each side. Greedy: the pair with the most weight is
taken, its two parts are out, and so on; of equal weights the earliest in the query, then in the listing. The array form
in `batch` follows the same rule, and a test holds them together.
"""

from typing import NamedTuple

from allonym.matching.profile import Profile
from allonym.matching.weights import Weights
from allonym.names.parts import Part, Role
from allonym.names.similarity import PAIRING, Grade, grade, traced_grade
from allonym.names.sound import trace

EXACT = Grade.EXACT


class Pair(NamedTuple):
    """Part `left` of the query is part `right` of the listing; `weight` in nats, above zero."""

    left: int
    right: int
    grade: Grade
    weight: float


class Alignment(NamedTuple):
    """Pairs in the order they were taken; positions left over in the query and in the listing."""

    pairs: list[Pair]
    extra: list[int]
    missing: list[int]


#: Minus the weight in nats, left and right position, grade.
Option = tuple[float, int, int, Grade]


def part_grade(left: Part, right: Part) -> Grade:
    """The grade of two parts with regard to their roles: numbers agree or not, an initial may stand for a part."""
    if left.role is Role.NUMBER or right.role is Role.NUMBER:
        return Grade.EXACT if left.text == right.text else Grade.NONE
    if left.role is Role.INITIAL or right.role is Role.INITIAL:
        if left.text[0] != right.text[0]:
            return Grade.NONE
        return Grade.EXACT if left.role is right.role else Grade.INITIAL
    return grade(left.text, right.text, PAIRING[left.script][right.script])


def align(query: Profile, listed: Profile, weights: Weights) -> Alignment:
    """Align two names part by part."""
    return greedy(_options(query, listed, weights), len(query.texts), len(listed.texts))


def greedy(options: list[Option], left_count: int, right_count: int) -> Alignment:
    """The alignment of so many parts with so many, of what agrees among them; sorts `options`."""
    if len(options) > 1:
        options.sort()
    pairs: list[Pair] = []
    lefts, rights = list(range(left_count)), list(range(right_count))
    for lost, i, j, found in options:
        if i in lefts and j in rights:
            lefts.remove(i)
            rights.remove(j)
            pairs.append(Pair(i, j, found, -lost))
    return Alignment(pairs, lefts, rights)


def _options(query: Profile, listed: Profile, weights: Weights) -> list[Option]:
    """Of the parts that agree."""
    share, constant = weights.agree_share, weights.agree_constant
    plain = query.plain and listed.plain
    listed_texts, listed_rarity, listed_parts = listed.texts, listed.rarity, listed.parts
    options = []
    if plain and query.texts == listed_texts and query.rarity == listed_rarity and weights.exact_leads:
        # Each part goes with itself: before any other pair comes that of one of its two parts with itself.
        for i, rare in enumerate(listed_rarity):
            weight = share[EXACT] * rare + constant[EXACT]
            if weight > 0:
                options.append((-weight, i, i, EXACT))
        return options
    traces = [trace(text) for text in listed_texts] if plain else []
    for i, left in enumerate(query.texts):
        own_trace = trace(left) if plain else None
        for j, right in enumerate(listed_texts):
            if plain:
                found = traced_grade(left, right, own_trace, traces[j])
            else:
                found = part_grade(query.parts[i], listed_parts[j])
            if found:
                own, other = query.rarity[i], listed_rarity[j]
                weight = share[found] * (own if own < other else other) + constant[found]
                if weight > 0:
                    options.append((-weight, i, j, found))
    return options

"""Which part of one name is which part of the other.

Takes two profiles; gives the pairs, best first, and what is left on each side. Greedy: the pair with the most weight is
taken, its two parts are out, and so on; of equal weights the earliest in the query, then in the listing. The array form
in `batch` follows the same rule, and a test holds them together.
"""

from dataclasses import dataclass

from allonym.matching.profile import Profile
from allonym.matching.weights import Weights
from allonym.names.parts import Part, Role
from allonym.names.similarity import Grade, grade


@dataclass(frozen=True, slots=True)
class Pair:
    """Part `left` of the query is part `right` of the listing; `weight` in nats, above zero."""

    left: int
    right: int
    grade: Grade
    weight: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs in the order they were taken; positions left over in the query and in the listing."""

    pairs: tuple[Pair, ...]
    extra: tuple[int, ...]
    missing: tuple[int, ...]


def part_grade(left: Part, right: Part) -> Grade:
    """The grade of two parts with regard to their roles: numbers agree or not, an initial may stand for a part."""
    if left.role is Role.NUMBER or right.role is Role.NUMBER:
        return Grade.EXACT if left.text == right.text else Grade.NONE
    if left.role is Role.INITIAL or right.role is Role.INITIAL:
        if left.text[0] != right.text[0]:
            return Grade.NONE
        return Grade.EXACT if left.role is right.role else Grade.INITIAL
    return grade(left.text, right.text, left.abjad + right.abjad)


def pair_weight(found: Grade, left_rarity: float, right_rarity: float, weights: Weights) -> float:
    """Weight of an agreeing pair in nats: a typo looks rare, so the lower rarity of the two counts."""
    return weights.agree_share[found] * min(left_rarity, right_rarity) + weights.agree_constant[found]


def align(query: Profile, listed: Profile, weights: Weights) -> Alignment:
    """Align two names part by part."""
    options = []
    for i, left in enumerate(query.parts):
        for j, right in enumerate(listed.parts):
            found = part_grade(left, right)
            if found:
                weight = pair_weight(found, query.rarity[i], listed.rarity[j], weights)
                if weight > 0:
                    options.append(Pair(i, j, found, weight))
    options.sort(key=lambda p: (-p.weight, p.left, p.right))
    lefts, rights, taken = set(range(len(query.parts))), set(range(len(listed.parts))), []
    for pair in options:
        if pair.left in lefts and pair.right in rights:
            lefts.discard(pair.left)
            rights.discard(pair.right)
            taken.append(pair)
    return Alignment(tuple(taken), tuple(sorted(lefts)), tuple(sorted(rights)))

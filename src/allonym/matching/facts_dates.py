"""Evidence from dates of birth, with their precision and the mistakes people make in them.

Takes FtM dates (`1960`, `1960-05`, `1960-05-17`) of both sides, the listing's with qualifiers (`circa`,
`range:1955/1957`); gives one piece of evidence, that of the listed date that agrees best, or none.
"""

from collections.abc import Sequence

from allonym.matching.evidence import Evidence

SAME_DAY, SAME_MONTH, SAME_YEAR, IN_RANGE = 4.5, 3.0, 2.2, 1.6
SWAPPED, DIGIT_OFF, NEXT_YEAR, NEAR_CIRCA = 3.0, 1.5, -0.5, 0.8
OTHER_DAY, FEW_YEARS, OTHER, FAR = -1.5, -2.5, -5.5, -9.0
FEW, MANY = 3, 10  # years


def birth_evidence(asked: Sequence[str], given: Sequence[str], qualifiers: Sequence[str] = ()) -> list[Evidence]:
    """The best agreement between any asked and any listed date of birth; [] when a side has none."""
    best: Evidence | None = None
    marks = [*qualifiers, *[""] * (len(given) - len(qualifiers))]
    for left in asked:
        for right, mark in zip(given, marks, strict=False):
            weight, words = compare_dates(left, right, mark)
            if best is None or weight > best.weight:
                shown = f"circa {right}" if mark.startswith("circa") else right
                best = Evidence("birth_date", weight, f"{words} ({left}, listed {shown})", left, right)
    return [best] if best else []


def _precise(date: str) -> str:
    """The first of January stands for an unknown day in many files."""
    return date[:4] if date.endswith("-01-01") else date


def compare_dates(left: str, right: str, qualifier: str = "") -> tuple[float, str]:
    """Weight in nats and words for two dates; `qualifier` is the listed date's."""
    if left == right and len(left) == 10:
        return SAME_DAY, "same date of birth"
    left, right = _precise(left), _precise(right)
    if "range:" in qualifier:
        first, _, last = qualifier.partition("range:")[2].partition("/")
        if first[:4] <= left[:4] <= last[:4]:
            return IN_RANGE, "year of birth within the listed range"
    if left[:4] != right[:4]:
        return _other_year(left, right, vague="circa" in qualifier or "range:" in qualifier)
    if len(left) < 7 or len(right) < 7:
        return SAME_YEAR, "same year of birth"
    if left[:7] == right[:7]:
        if len(left) < 10 or len(right) < 10:
            return SAME_MONTH, "same month of birth"
        return DIGIT_OFF if _differences(left, right) == 1 else OTHER_DAY + 1.0, "same month, another day of birth"
    if len(left) == len(right) == 10:
        if left[5:7] == right[8:] and left[8:] == right[5:7]:
            return SWAPPED, "day and month of birth change places"
        if _differences(left, right) == 1:
            return DIGIT_OFF, "one digit of the date of birth differs"
    return OTHER_DAY, "same year, another day of birth"


def _other_year(left: str, right: str, *, vague: bool) -> tuple[float, str]:
    apart = abs(int(left[:4]) - int(right[:4]))
    if vague and apart <= 2:
        return NEAR_CIRCA, "near the approximate year of birth"
    if len(left) == len(right) == 10 and _differences(left, right) == 1:
        return DIGIT_OFF - 0.5, "one digit of the date of birth differs"
    if apart == 1:
        return NEXT_YEAR, "year of birth one off"
    if apart <= FEW:
        return FEW_YEARS, "year of birth a few off"
    if apart <= MANY or vague:
        return OTHER, "another year of birth"
    return FAR, "born in another decade"


def _differences(left: str, right: str) -> int:
    return sum(a != b for a, b in zip(left, right, strict=True))

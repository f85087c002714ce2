"""Evidence from dates of birth, with their precision and the mistakes people make in them.

Takes FtM dates (`1960`, `1960-05`, `1960-05-17`) of both sides, the listing's with qualifiers (`circa`,
`range:1955/1957`); gives one piece of evidence, that of the listed date that agrees best, or none.
"""

import re
from collections.abc import Mapping, Sequence

from allonym.matching.evidence import Evidence

FEW, MANY = 3, 10  # years
DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")


def birth_evidence(
    asked: Sequence[str], given: Sequence[str], qualifiers: Sequence[str], table: Mapping[str, float]
) -> list[Evidence]:
    """The best agreement between any asked and any listed date of birth by `table`; [] when a side has none."""
    best: Evidence | None = None
    marks = [*qualifiers, *[""] * (len(given) - len(qualifiers))]
    for left in asked:
        for right, mark in zip(given, marks, strict=False):
            # A caller's record may hold anything: what is no date says nothing.
            if not DATE.fullmatch(left) or not DATE.fullmatch(right):
                continue
            name, words = compare_dates(left, right, mark)
            weight = table[name]
            if best is None or weight > best.weight:
                shown = f"circa {right}" if mark.startswith("circa") else right
                best = Evidence("birth_date", weight, f"{words} ({left}, listed {shown})", left, right)
    return [best] if best else []


def _precise(date: str) -> str:
    """The first of January stands for an unknown day in many files."""
    return date[:4] if date.endswith("-01-01") else date


def compare_dates(left: str, right: str, qualifier: str = "") -> tuple[str, str]:
    """Name of the weight, and words, for two dates; `qualifier` is the listed date's."""
    if left == right and len(left) == 10:
        return "birth_same_day", "same date of birth"
    left, right = _precise(left), _precise(right)
    if "range:" in qualifier:
        first, _, last = qualifier.partition("range:")[2].partition("/")
        if first[:4] <= left[:4] <= last[:4]:
            return "birth_in_range", "year of birth within the listed range"
    if left[:4] != right[:4]:
        return _other_year(left, right, vague="circa" in qualifier or "range:" in qualifier)
    if len(left) < 7 or len(right) < 7:
        return "birth_same_year", "same year of birth"
    if left[:7] == right[:7]:
        if len(left) < 10 or len(right) < 10:
            return "birth_same_month", "same month of birth"
        near = _differences(left, right) == 1
        return "birth_digit_off" if near else "birth_same_month_other_day", "same month, another day of birth"
    if len(left) == len(right) == 10:
        if left[5:7] == right[8:] and left[8:] == right[5:7]:
            return "birth_swapped", "day and month of birth change places"
        if _differences(left, right) == 1:
            return "birth_digit_off", "one digit of the date of birth differs"
    return "birth_other_day", "same year, another day of birth"


def _other_year(left: str, right: str, *, vague: bool) -> tuple[str, str]:
    apart = abs(int(left[:4]) - int(right[:4]))
    if vague and apart <= 2:
        return "birth_near_circa", "near the approximate year of birth"
    if len(left) == len(right) == 10 and _differences(left, right) == 1:
        return "birth_digit_off_year", "one digit of the date of birth differs"
    if apart == 1:
        return "birth_next_year", "year of birth one off"
    if apart <= FEW:
        return "birth_few_years", "year of birth a few off"
    if apart <= MANY or vague:
        return "birth_other", "another year of birth"
    return "birth_far", "born in another decade"


def _differences(left: str, right: str) -> int:
    return sum(a != b for a, b in zip(left, right, strict=True))

"""Phrases with sums of money, written with their readings before the reader saw them.

Takes `tests/cases/amounts.tsv`; gives each phrase with its language and sums, and how far the reader agrees.
"""

from collections import Counter
from pathlib import Path

from allonym.news.amounts import amounts

CASES = Path(__file__).parents[1] / "cases/amounts.tsv"
Sums = Counter[tuple[float, str]]


def phrases() -> list[tuple[str, str, Sums]]:
    """Language, phrase and sums in units of ISO 4217."""
    rows = (line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines()[1:])
    return [(lang, text, Counter(map(_sum, filter(None, told.split("; "))))) for lang, text, told in rows]


def f1(lang: str = "") -> float:
    """Twice the sums that agree by all that are told and read, of one language or all."""
    agree = told = read = 0
    for of, text, wanted in phrases():
        if lang in ("", of):
            found = Counter((amount.value, amount.unit) for _, amount in amounts(text))
            agree, told, read = agree + (wanted & found).total(), told + wanted.total(), read + found.total()
    return 2 * agree / (told + read)


def _sum(told: str) -> tuple[float, str]:
    value, unit = told.split()
    return float(value), unit

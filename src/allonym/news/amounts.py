"""Sums of money in a text, in English, Spanish and Portuguese.

Takes the unaltered text; gives spans with value and ISO 4217 unit. Must not guess a currency that the text leaves out.
"""

import re
from typing import TypeVar

from allonym.news.numbers import NUMBERS
from allonym.news.reading import Amount, Span

T = TypeVar("T")

_SIGNS = {
    "us$": "USD", "$": "USD", "usd": "USD", "c$": "CAD", "a$": "AUD", "r$": "BRL", "£": "GBP", "€": "EUR", "₹": "INR",
    "rs": "INR", "rs.": "INR", "eur": "EUR", "gbp": "GBP", "cad": "CAD", "brl": "BRL", "mxn": "MXN", "chf": "CHF",
}  # fmt: skip
_NAMES = {
    r"(?:u\.?s\.? )?dollars?|d[oó]lar(?:es)?": "USD", r"euros?": "EUR", r"pounds?(?: sterling)?|libras?": "GBP",
    r"reais|real": "BRL", r"rupees?|rupias?": "INR", r"pesos?": "COP",
}  # fmt: skip
_SCALES = {
    r"mil millones|billions?|bn|bilh(?:ão|ões)": 1e9, r"millions?|mill[oó]n(?:es)?|milh(?:ão|ões)|m|mn": 1e6,
    r"thousand|mil|k": 1e3, r"lakh": 1e5, r"crore": 1e7,
}  # fmt: skip
#: Numbers that stand before a currency: round ones, and "a million".
_ROUND = (*range(2, 11), 12, 15, 20, 30, 40, 50, 100)
_NOT_OF_MONEY = ("both", "ambos", "ambas", "duas", "dozen", "docena", "dúzia")
_WORDS = {
    "half a": 0.5, "medio": 0.5, "meio": 0.5, "one": 1, "a": 1, "un": 1, "um": 1, "twenty-five": 25, "veinticinco": 25,
    **{word: number for word, number in NUMBERS.items() if number in _ROUND and word not in _NOT_OF_MONEY},
}  # fmt: skip
_SIGN = "|".join(sorted(map(re.escape, _SIGNS), key=len, reverse=True))
_SCALE = "|".join(_SCALES)
_FIGURE = r"\d+(?:[.,]\d+)*"
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_BY_SIGN = re.compile(rf"(?<![\w$])(?P<sign>{_SIGN})\s?(?P<number>{_FIGURE})(?:[\s-]?(?P<scale>{_SCALE})\b)?", re.I)
_BY_NAME = re.compile(
    rf"\b(?P<number>{_FIGURE}|{_WORD})(?:[\s-](?P<scale>{_SCALE})\b)?\s?(?:de )?(?:(?P<sign>[€£])"
    rf"|(?P<name>{'|'.join(_NAMES)})\b)",
    re.I,
)


def amounts(text: str) -> list[tuple[Span, Amount]]:
    """Sums of money in order of the text, with their spans."""
    found = [
        (Span(*match.span()), _amount(match)) for pattern in (_BY_SIGN, _BY_NAME) for match in pattern.finditer(text)
    ]
    return sorted(_apart(found), key=lambda pair: pair[0])


def _apart(found: list[tuple[Span, Amount]]) -> list[tuple[Span, Amount]]:
    kept: list[tuple[Span, Amount]] = []
    for span, amount in found:
        if not any(span.overlaps(other) for other, _ in kept):
            kept.append((span, amount))
    return kept


def _amount(match: re.Match[str]) -> Amount:
    told = match.groupdict()
    sign = told.get("sign")
    unit = _SIGNS[sign.lower()] if sign else _of(_NAMES, told["name"])
    scale = told.get("scale")
    return Amount(round(_number(told["number"], bool(scale)) * (_of(_SCALES, scale) if scale else 1), 2), unit)


def _of(table: dict[str, T], word: str) -> T:
    return next(value for pattern, value in table.items() if re.fullmatch(pattern, word, re.I))


def _number(told: str, scaled: bool) -> float:
    """A figure whose last mark stands for decimals unless three digits follow it and no scale does."""
    if told.lower() in _WORDS:
        return _WORDS[told.lower()]
    marks = [mark for mark in told if mark in ".,"]
    if not marks:
        return float(told)
    decimals = len(told) - told.rindex(marks[-1]) - 1
    if (len(marks) > 1 and len(set(marks)) == 1) or (decimals == 3 and not scaled):
        return float(told.replace(".", "").replace(",", ""))
    whole, _, part = told.rpartition(marks[-1])
    return float(whole.replace(".", "").replace(",", "") + "." + part)

"""Sums of money in a text, in English, Spanish and Portuguese.

Takes the unaltered text; gives spans with value and ISO 4217 unit. Must not guess a currency that the text leaves out:
"pesos" count where the text names one country of those that have them more than any other.
"""

import re
from functools import cache

from allonym.news.currencies import CODES, DOLLAR, NAMES, PESOS, SIGNS
from allonym.news.reading import Amount, Span
from allonym.news.sums import FIGURE, PHRASE, SCALED, value

_FLAGS = re.IGNORECASE
_SIGN = "|".join(sorted(map(re.escape, SIGNS), key=len, reverse=True))
_CODE = "|".join(sorted(CODES))
_NAME = "|".join(sorted(NAMES, key=len, reverse=True))
_BEFORE = re.compile(
    rf"(?<![\w$])(?:(?P<sign>{_SIGN})|(?P<code>(?-i:{_CODE}))\s)\s?(?P<number>{FIGURE}(?:[\s-]?(?:{SCALED}))?)(?![\w%])",
    _FLAGS,
)
_AFTER = re.compile(
    rf"(?<![\w$.,])(?P<number>(?:{FIGURE}(?:[\s-]?(?:{SCALED}))?|{PHRASE}))[\s-]?\s?(?:de |of )?"
    rf"(?:(?P<sign>[€£₹])|(?P<code>(?-i:{_CODE}))\b|(?P<name>{_NAME})\b)",
    _FLAGS,
)


def amounts(text: str) -> list[tuple[Span, Amount]]:
    """Sums of money in order of the text, with their spans."""
    found: list[tuple[Span, Amount]] = []
    for pattern in (_BEFORE, _AFTER):
        for match in pattern.finditer(text):
            amount, span = _amount(match, text), Span(*match.span())
            if amount is not None and not any(span.overlaps(other) for other, _ in found):
                found.append((span, amount))
    return sorted(found, key=lambda pair: pair[0])


def _amount(match: re.Match[str], text: str) -> Amount | None:
    told = match.groupdict()
    number = value(told["number"])
    unit = _unit(told.get("sign"), told.get("code"), told.get("name"), text)
    return None if number is None or unit is None else Amount(round(number, 2), unit)


def _unit(sign: str | None, code: str | None, name: str | None, text: str) -> str | None:
    if sign:
        return SIGNS[sign.lower()]
    if code:
        return code
    return _named(name or "", text)


def _named(name: str, text: str) -> str | None:
    """The unit of a currency's name; of a dollar or peso with its country, of pesos alone by the countries named."""
    lowered = name.lower()
    for pattern, unit in _compiled():
        if pattern.fullmatch(lowered):
            return _pesos(text) if unit == "peso" else unit
    return None


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, _FLAGS), unit) for pattern, unit in (*DOLLAR.items(), *NAMES.items()))


def _pesos(text: str) -> str | None:
    """The pesos of the country that the text names most; None where it names none, or two as often."""
    counts = sorted(((len(re.findall(pattern, text, _FLAGS)), unit) for pattern, unit in PESOS.items()), reverse=True)
    (most, unit), (next_most, _) = counts[:2]
    return unit if most > next_most else None

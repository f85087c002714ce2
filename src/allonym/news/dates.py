"""Dates as news tells them, in English, Spanish and Portuguese.

Takes the unaltered text; gives spans, and for one of them the ISO date it means. Must not resolve what is not told: a
weekday without the day of the article, "last spring".
"""

import re
from datetime import date, timedelta

from allonym.news.reading import Span

DAY = 10  # characters of an ISO date
MONTHS = {
    "en": "january february march april may june july august september october november december",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
_DAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "pt": "segunda(?:-feira)? terça(?:-feira)? quarta(?:-feira)? quinta(?:-feira)? sexta(?:-feira)? sábado domingo",
}
_M = {lang: "|".join(words.split()) for lang, words in MONTHS.items()}
_D = {lang: "|".join(words.split()) for lang, words in _DAYS.items()}
_YEAR = r"(?:19|20)\d\d"
_MAY = rf"(?-i:{'|'.join(word.title() for word in MONTHS['en'].split())})"
_PATTERNS = {
    "en": rf"{_MAY} \d{{1,2}}(?!\d)(?:, {_YEAR})?|\d{{1,2}} {_MAY}(?: {_YEAR})?|(?:(?<=in )|(?<=since )|(?<=by )"
    r"|(?<=this )|(?<=last )|(?<=until ))"
    rf"{_MAY}(?:,? {_YEAR})?|{_MAY} {_YEAR}|(?:last |next |early |late |before sunrise )?(?:{_D['en']})(?: (?:morning"
    r"|night|evening))?"
    r"|today|yesterday|tomorrow|tonight|(?:last|next|this|the same) (?:week|month|year|spring|summer|autumn|winter)"
    r"|weeks later"
    rf"|(?:just )?(?:\w+ )?(?:weeks|months|days) (?:after|before) [^,.;]{{3,40}}|(?<=[Ii]n ){_YEAR}|(?<=since ){_YEAR}",
    "es": rf"\d{{1,2}} de (?:{_M['es']})(?: de {_YEAR})?|(?:{_M['es']})(?: de {_YEAR})?|(?:la (?:madrugada|mañana"
    rf"|noche|tarde) del )?(?:{_D['es']})(?: pasado| próximo)?"
    r"|hoy|ayer|anoche|mañana mismo|(?:la )?(?:semana pasada|próxima semana)|el (?:mes|año) pasado"
    rf"|(?<=[Ee]n ){_YEAR}|(?<=desde ){_YEAR}",
    "pt": rf"\d{{1,2}}º? de (?:{_M['pt']})(?: de {_YEAR})?|(?:{_M['pt']})(?: de {_YEAR})?"
    rf"|(?<![\w-])(?:{_D['pt']})(?: passada| passado)?"
    rf"|hoje|ontem|amanhã|na véspera|(?:semana passada|próxima semana)|(?:mês|ano) passado|(?<=[Ee]m ){_YEAR}"
    rf"|(?<=desde ){_YEAR}",
}
_FIND = {lang: re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.I) for lang, pattern in _PATTERNS.items()}
_MONTH_OF = {word: n for words in MONTHS.values() for n, word in enumerate(words.split(), 1)}
_MONTH = re.compile(rf"\b({'|'.join(_MONTH_OF)})\b", re.I)
_WEEKDAYS = [
    re.compile(rf"\b(?:{'|'.join(names)})\b", re.I) for names in zip(*(_DAYS[x].split() for x in _DAYS), strict=True)
]
_NEAR = (
    (re.compile(r"\b(?:today|tonight|hoy|hoje)\b", re.I), 0),
    (re.compile(r"\b(?:yesterday|ayer|anoche|ontem)\b", re.I), -1),
    (re.compile(r"\b(?:tomorrow|mañana mismo|amanhã)\b", re.I), 1),
)
_NEXT = re.compile(r"\b(?:next|próxim[oa])\b", re.I)


def dates(text: str, lang: str) -> list[Span]:
    """Dates in order of the text; none for a language that is not read."""
    return [Span(*match.span()) for match in _FIND[lang].finditer(text)] if lang in _FIND else []


def iso(told: str, article_date: str | None) -> str | None:
    """The date, month (2025-05) or year that `told` means, seen from the day of the article, if it is told."""
    year = re.search(_YEAR, told)
    month = _MONTH.search(told)
    day = re.search(r"(?<!\d)\d{1,2}(?!\d)", told)
    today = date.fromisoformat(article_date) if article_date else None
    if month:
        return _calendar(year and int(year[0]), _MONTH_OF[month[1].lower()], day and int(day[0]), today)
    if year:
        return year[0]
    if today is None:
        return None
    for pattern, shift in _NEAR:
        if pattern.search(told):
            return (today + timedelta(days=shift)).isoformat()
    for number, pattern in enumerate(_WEEKDAYS):
        if pattern.search(told):
            ahead = (number - today.weekday()) % 7
            return (today + timedelta(days=(ahead or 7) if _NEXT.search(told) else -((-ahead) % 7))).isoformat()
    return None


def near(one: str, other: str, apart: int) -> bool:
    """Whether two ISO dates, months or years may be one: at most so many days apart, or one within the other."""
    if one.startswith(other) or other.startswith(one):
        return True
    if len(one) < DAY or len(other) < DAY:
        return False
    return abs((date.fromisoformat(one[:DAY]) - date.fromisoformat(other[:DAY])).days) <= apart


def _calendar(year: int | None, month: int, day: int | None, today: date | None) -> str | None:
    """A month or day of it; without a year, the last one that is not after the day of the article."""
    if year is None:
        if today is None:
            return None
        year = today.year - ((month, day or 1) > (today.month, today.day))
    if day is None:
        return f"{year}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None

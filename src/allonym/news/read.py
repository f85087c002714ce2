"""The way from a text to its reading.

Takes the unaltered text; gives a `Reading`. The steps in order: language, parse, mentions, claims, acts, measures, the
official record beside them. A text in a language that is not read gets its mentions of known names only, and a note
that says so. Must not fail on any text.
"""

import datetime
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from allonym.errors import InputError, UsageError
from allonym.news import shallow
from allonym.news.acts import Act
from allonym.news.claims import claims, linked
from allonym.news.common_names import settled
from allonym.news.documents.document import Document
from allonym.news.known import Lists, known
from allonym.news.language import LANGUAGES, language
from allonym.news.measures import measures
from allonym.news.mentions import mentions
from allonym.news.model import is_prose, parse, recognised
from allonym.news.namesakes import weighed
from allonym.news.official import compared
from allonym.news.reading import Mention, Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc

LONGEST = 200_000  # characters of a document
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
UNREAD = f"the language is none of {', '.join(LANGUAGES)}: only known names were read, no measures and claims"
NO_PROSE = "the text is not prose in lines: measures are not read, claims by rules alone"
NO_MODEL = "no English model is installed: measures are not read, claims by rules alone; see docs/news.md"


def read(text: str, lists: Lists | None = None, lang: str | None = None, date: str | None = None) -> Reading:
    """Read a text: who is named, what was done to whom, who says so, and what the official record has of it.

    `lists` links mentions to what is loaded and adds its measures to the record; without it there are the built-in
    names and register alone. `lang` is en, es or pt and is detected when it is None; `date` (ISO) is the day of the
    article, from which weekdays are told. Raises UsageError for another `lang`, for a `date` that is none and for a
    text of more than LONGEST characters.
    """
    if date is not None:
        day(date)
    if lang is not None and lang not in LANGUAGES:
        raise UsageError(f"{lang!r} is not read; give lang as one of {', '.join(LANGUAGES)}, or leave it out")
    if len(text) > LONGEST:
        raise UsageError(f"the text has {len(text):,} characters; cut it to {LONGEST:,} or fewer")
    of, names = lang or language(text), known(lists)
    doc = parse(text, of)
    found = weighed(text, settled(text, mentions(text, names, of, doc, recognised(text, of))), lists, names, date)
    if not of:
        return Reading(text, "", date, found, notes=(UNREAD,))
    said = claims(text, found, of, doc)
    told = measures(text, found, _acts(text, doc, found, of), said, names, of, date, doc)
    beside = tuple(c.to_dict() for c in compared(told, found, lists, date))
    notes = () if of != "en" or doc is not None else (NO_MODEL,) if is_prose(text) else (NO_PROSE,)
    return Reading(text, of, date, found, told, linked(text, said, told), notes, official=beside)


def _acts(text: str, doc: "Doc | None", found: tuple[Mention, ...], lang: str) -> list[Act]:
    """The acts of a text: from its parse where there is one, else by rules."""
    if doc is None:
        return shallow.acts(text, found, lang)
    from allonym.news import parsed

    return parsed.acts(doc)


def read_document(
    document: Document, lists: Lists | None = None, lang: str | None = None, date: str | None = None
) -> Reading:
    """Read what `open_document` gave: as `read`, with what the document says of itself in `source`, its own date where
    `date` is None, and its notes. Raises InputError, with the document's name, for one that is too long."""
    length = len(document.text)
    if length > LONGEST:
        raise InputError(f"{document.name}: the text has {length:,} characters; cut it to {LONGEST:,} or fewer")
    reading = read(document.text, lists, lang, date or document.date)
    return replace(reading, source=document.source(), notes=(*document.content.notes, *reading.notes))


def day(text: str) -> str:
    """The text when it is a day in ISO form. Raises UsageError."""
    try:
        if _DAY.fullmatch(text):
            return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise UsageError(f"{text!r} is no date; write it as 2025-08-08")

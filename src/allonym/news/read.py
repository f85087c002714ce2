"""The way from a text to its reading.

Takes the unaltered text; gives a `Reading`. The steps in order: language, mentions, claims; measures are not read yet.
A text in a language that is not read gets its mentions of known names only, and a note that says so. Must not fail on
any text.
"""

from allonym.errors import UsageError
from allonym.news.claims import claims
from allonym.news.known import Lists, known
from allonym.news.language import LANGUAGES, language
from allonym.news.mentions import mentions
from allonym.news.reading import Reading

LONGEST = 200_000  # characters of a document


def read(text: str, lists: Lists | None = None, lang: str | None = None, date: str | None = None) -> Reading:
    """Read a text: who is named, who says what; what was done to whom is not read yet.

    `lists` links mentions to what is loaded; without it there are the built-in names alone. `lang` is en, es or pt and
    is detected when it is None; `date` (ISO) is the day of the article, kept in the reading. Raises UsageError for
    another `lang` and for a text of more than LONGEST characters.
    """
    if lang is not None and lang not in LANGUAGES:
        raise UsageError(f"{lang!r} is not read; give lang as one of {', '.join(LANGUAGES)}, or leave it out")
    if len(text) > LONGEST:
        raise UsageError(f"the text has {len(text):,} characters; cut it to {LONGEST:,} or fewer")
    of = lang or language(text)
    found = mentions(text, known(lists), of)
    if not of:
        note = f"the language is none of {', '.join(LANGUAGES)}: only known names were read, no claims"
        return Reading(text, "", date, found, notes=(note,))
    return Reading(text, of, date, found, claims=claims(text, found, (), of), notes=("measures are not read yet",))

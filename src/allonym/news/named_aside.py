"""Who is named right behind a phrase: "an uncle of his, X, was", "the man, identified only as Ali S., was".

Takes the text with its mentions, and where a phrase ends; gives a name. Must not take who is said to have spoken.
"""

import re
from collections.abc import Sequence

from allonym.news.named_later import SPEAKS
from allonym.news.reading import Mention, Span

_AFTER = re.compile(
    r"[”\"’']?(?:,? (?:\d\d|alias|aka|known|nicknamed)\b|,|\.|;|:|\s?[)–—]|\s*$|\n"
    r"| (?:was|were|is|are|has|had|to|in|on|last|this|who|from|over|and|at|for|after|with)\b)"
)
_CALLED = re.compile(
    r",? \(?(?:who (?:was|is) )?(?:identified|named|known|described|referred to|charged|listed)(?: [a-z]+){0,4}?"
    r" (?:only |simply |just )?as"
    r" [“\"‘']?(?P<name>[A-Z][\w’'-]*\.?(?: (?:(?:de|la|del|el|al|bin) )?[A-Z][\w’'-]*\.?){0,3})"
)
_COMMA = ", "


def named_aside(text: str, mentions: Sequence[Mention], phrase: Span) -> str | None:
    """The name that a phrase is given behind a comma, or behind "identified as"."""
    if called := _CALLED.match(text, phrase.end):
        start = called.start("name")
        known = next((m.canonical for m in mentions if m.span.start <= start < m.span.end), None)
        return known or called["name"]
    if not text.startswith(_COMMA, phrase.end):
        return None
    for mention in mentions:
        if mention.span.start < phrase.end:
            continue
        right_behind = mention.span.start == phrase.end + len(_COMMA)
        if not right_behind or mention.type != "person":
            return None
        if SPEAKS.match(text, mention.span.end) or not _AFTER.match(text, mention.span.end):
            return None
        return mention.canonical
    return None

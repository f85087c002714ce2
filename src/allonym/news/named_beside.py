"""Who is named behind a phrase as some or all of those it tells of: "five leaders, including A and B".

Takes the text with its mentions, a phrase and where its sentence ends; gives names. Must not take whoever else the
sentence names.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from allonym.news.numbers import count
from allonym.news.reading import Mention, Span

_SOME = re.compile(
    r"[^.;:\n]{0,60}?(?:,| \(|\s)\s?(?:including|among them|among whom|such as|incluid[oa]s?|incluíd[oa]s?|incluyendo"
    r"|incluindo|entre (?:ellos|ellas|eles|elas|otros)|como)\b[^.;:\n]{0,60}?(?=[A-ZÁÉÍÓÚÑ“\"«])"
)
_NEXT = re.compile(
    r"(?![^.;:\n]*\b(?:who|whom|which|that|whose|said|que|quien|quem|cuyo|cuya|cujo|dijo|disse)\b)"
    r"[^.;:\n]{0,50}?(?:^|[\s,(“\"«])"
)
_AND = re.compile(r",?\s(?:(?:and|y|e)\s)?(?:\d+,?\s)?")


def named_beside(text: str, mentions: Sequence[Mention], phrase: Span, limit: int) -> Iterator[str]:
    """Those named after "including", "among them", or behind commas where they are as many as the phrase tells."""
    lead = _SOME.match(text, phrase.end, limit)
    if lead is None:
        yield from _as_many(text, mentions, phrase, limit)
        return
    at = lead.end()
    for mention in mentions:
        if mention.span.start < at or mention.type not in ("person", "designated_group"):
            continue
        if mention.span.end > limit or not _NEXT.fullmatch(text[at : mention.span.start]):
            return
        yield mention.canonical
        at = mention.span.end


def _as_many(text: str, mentions: Sequence[Mention], phrase: Span, limit: int) -> tuple[str, ...]:
    """Those named behind commas who are as many as the phrase tells: "two men who ran it, A and B, were"."""
    number = count(text[phrase.start : phrase.end]) or 0
    after = [m for m in mentions if phrase.end <= m.span.start and m.span.end <= limit]
    persons = [m for m in after if m.type == "person"][:number]
    if number < 2 or len(persons) < number or not text.endswith((", ", ": ", "– "), 0, persons[0].span.start):
        return ()
    gaps = (text[a.span.end : b.span.start] for a, b in pairwise(persons))
    return tuple(m.canonical for m in persons) if all(_AND.fullmatch(gap) for gap in gaps) else ()

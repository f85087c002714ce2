"""Who did the same behind a listing, with no verb of its own: "designated it in 2019 and Canada in 2024".

Takes the text, a measure and where states and offices are named; gives the measure again by another, else None. Must
not look behind the sentence.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from allonym.news.reading import Measure, Span

LISTED = ("sanctions", "terrorist_designation")
REACH = 160  # characters behind the verb of the listing
_LEAD = re.compile(r"(?:,? and |, |; )(?:the )?$", re.IGNORECASE)
_WHEN = re.compile(
    r"(?: did)?(?: so)?,? (?:in|since|from|on) (?:early |late |mid-)?(?:[A-Z][a-z]+ )?(?:\d{1,2}, )?(?:19|20)\d\d\b"
    r"| (?:a|one|two|three) (?:year|month|week)s? (?:later|earlier|after)\b"
)


def gapped(text: str, measure: Measure, named: Iterable[tuple[int, int, str]], trigger: Span) -> Measure | None:
    """The listing by whom a date without a verb follows."""
    if measure.type not in LISTED or measure.authority is None:
        return None
    end = next((m.start() for m in re.finditer(r"[.!?]\s+[A-Z“\"]|\n", text[trigger.end : trigger.end + REACH])), REACH)
    for start, stop, name in named:
        if not trigger.end < start < trigger.end + end or name in (measure.authority, *measure.targets):
            continue
        when = _WHEN.match(text, stop)
        if when and _LEAD.search(text, max(0, start - 10), start):
            span = Span(start, when.end())
            return replace(measure, authority=name, evidence=span, amount=None, count=None, date=None, iso=None)
    return None

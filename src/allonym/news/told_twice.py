"""Who did what a text tells more than once, where one place names who: a headline and its lead, an arrest told again.

Takes measures in order of the text; gives them with an authority where another tells it. Must not change what a measure
says itself.
"""

from collections.abc import Sequence
from dataclasses import replace

from allonym.news.reading import Measure

LEAD = 700  # characters from a headline to where its measure is told again


def with_authorities(text: str, measures: Sequence[Measure]) -> list[Measure]:
    """The measures, those without an authority with that of the nearest of their type that was done to the same."""
    headline = text.find("\n")
    return [m if m.authority else _told(m, number, measures, headline) for number, m in enumerate(measures)]


def _told(measure: Measure, number: int, measures: Sequence[Measure], headline: int) -> Measure:
    same = [(abs(n - number), m) for n, m in enumerate(measures) if m.type == measure.type and m.authority]
    shared = [
        (far, m) for far, m in same if set(m.targets) & set(measure.targets) and m.authority not in measure.targets
    ]
    if shared:
        return replace(measure, authority=min(shared, key=lambda pair: pair[0])[1].authority)
    in_headline = measure.evidence.end <= headline
    after = (m for _, m in same if m.evidence.start > headline and m.evidence.start - measure.evidence.end < LEAD)
    lead = next(after, None) if in_headline else None
    if lead is None or lead.authority in measure.targets:
        return measure
    return replace(measure, authority=lead.authority)

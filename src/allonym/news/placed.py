"""Mentions and quotations by their places.

Takes spans in the order of the text; gives those of a stretch by search, so that a long text takes time in proportion.
Must not resolve names.
"""

from bisect import bisect_left
from collections.abc import Sequence

from allonym.news.reading import Mention, Span


class Placed:
    """The mentions of one text, found by where they begin."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.all = tuple(sorted(mentions, key=lambda m: m.span))
        self._starts = [m.span.start for m in self.all]

    def beginning(self, start: int, end: int) -> tuple[Mention, ...]:
        """Those that begin at `start` or after it, and before `end`."""
        return self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def within(self, start: int, end: int) -> list[Mention]:
        """Those that lie between two places."""
        return [m for m in self.beginning(start, end) if m.span.end <= end]

    def on(self, span: Span) -> list[Mention]:
        """Those that share a character with a stretch; none begins more than LONGEST before it."""
        return [m for m in self.beginning(span.start - LONGEST, span.end) if m.span.overlaps(span)]


LONGEST = 200  # characters of a name


def between(spans: Sequence[Span], starts: Sequence[int], start: int, end: int) -> Sequence[Span]:
    """The spans, in order and with their starts beside them, that begin in a stretch."""
    return spans[bisect_left(starts, start) : bisect_left(starts, end)]

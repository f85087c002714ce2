"""The mentions of a text while it is being read.

Takes mentions in the order in which they are found; gives those that do not overlap an earlier one. Must not look at
what they mean.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from allonym.news.reading import Mention, Span

_INSIDE = re.compile(r"[\w-]")


def places(text: str, name: str) -> Iterator[Span]:
    """Where a name stands as whole words; found by plain search, which is many times faster than a pattern."""
    start = text.find(name)
    while name and start >= 0:
        end = start + len(name)
        if not _INSIDE.match(text[start - 1 : start]) and not text[end : end + 1].isalnum():
            yield Span(start, end)
        start = text.find(name, end)


class Taken:
    """Mentions in the order in which they were found; a stretch of the text belongs to the first that takes it."""

    def __init__(self) -> None:
        self.mentions: list[Mention] = []
        self._spans: list[Span] = []  # theirs, in the order of the text
        self._places: list[Span] = []

    def place(self, span: Span) -> None:
        """A place that is called as persons are, "San Pedro": no person is named there. Told in order."""
        self._places.append(span)

    def person_within(self, start: int, end: int) -> bool:
        """Whether a person is named between two places."""
        return any(m.type == "person" and start <= m.span.start < end for m in self.mentions)

    def has(self, start: int, end: int) -> bool:
        """Whether a mention ends where this does, and begins no later."""
        at = bisect_right(self._spans, Span(start, end))
        return at > 0 and self._spans[at - 1].end == end and self._spans[at - 1].start <= start

    def masked(self, text: str) -> str:
        """The text, of the same length, with small letters for the words of what is no person."""
        parts, at = list[str](), 0
        for span in sorted([m.span for m in self.mentions if m.type != "person"] + self._places):
            if span.start >= at:
                parts += text[at : span.start], re.sub(r"\w", "x", text[span.start : span.end])
                at = span.end
        return "".join([*parts, text[at:]])

    def forget(self, text: str, name: str) -> None:
        """Take out what stands under this name."""
        gone = {m.span for m in self.mentions if text[m.span.start : m.span.end] == name}
        self.mentions = [m for m in self.mentions if m.span not in gone]
        self._spans = [span for span in self._spans if span not in gone]

    def rename(self, mention: Mention, other: Mention) -> None:
        """Put another mention of the same place where one is."""
        self.mentions[self.mentions.index(mention)] = other

    def instead(self, mention: Mention) -> None:
        """Add a mention in place of those within it; what has its very place stays."""
        if any(m.span == mention.span for m in self.mentions):
            return
        within = {
            m.span for m in self.mentions if mention.span.start <= m.span.start and m.span.end <= mention.span.end
        }
        self.mentions = [m for m in self.mentions if m.span not in within]
        self._spans = [span for span in self._spans if span not in within]
        self.take(mention)

    def take(self, mention: Mention) -> None:
        """Add a mention unless it overlaps one that is there."""
        at = bisect_right(self._places, mention.span)
        if mention.type == "person" and at and self._places[at - 1].end > mention.span.start:
            return
        at = bisect_left(self._spans, mention.span)
        if not any(span.overlaps(mention.span) for span in self._spans[max(0, at - 1) : at + 1]):
            self._spans.insert(at, mention.span)
            self.mentions.append(mention)

"""How likely a mention is what the text goes on about: a subject more than an owner, a name of this sentence more than
one of the last.

Takes the text with its mentions and, where there is one, its parse; gives the mention that a pronoun or "the group"
most likely stands for. Must not look behind the place that is asked about.
"""

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from allonym.news.reading import Mention, Span
from allonym.news.sentences import quotations, sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECT, OBJECT, OTHER, OWNER = 2.0, 1.0, 0.6, 0.0
FAR = 1.2  # what a sentence between costs
REACH = 6  # sentences looked back
FARTHEST = 40  # sentences looked back, whatever they go on about
QUOTED, AGAINST, AGAIN, FAVOUR = 1.5, 3.0, 0.3, 1.8
_GOES_ON = re.compile(r"(?:\W*\w+\W+){0,4}?\b(?:he|she|his|her|él|ella|ele|ela|su|sua|seu)\b", re.IGNORECASE)
_AFTER_SMALL_WORD = re.compile(
    r"\b(?:of|in|for|to|by|with|from|against|on|at|de|del|da|do|dos|das|en|em|por|para|con|com|a|al|ao|contra)\s"
    r"(?:the |la |el |los |las |o |os |as )?$",
    re.IGNORECASE,
)


class Prominence:
    """Of the mentions of one text."""

    def __init__(self, text: str, mentions: tuple[Mention, ...], doc: "Doc | None" = None) -> None:
        self.text, self.mentions, self.doc = text, mentions, doc
        self.sentences = sentences(text)
        self._starts = [s.start for s in self.sentences]
        self._quotes = quotations(text)
        self._weights: dict[int, float] = {}
        self._places = [self._sentence(m.span.start) for m in mentions]
        self._at = [m.span.start for m in mentions]

    def best(
        self,
        types: tuple[str, ...],
        at: int,
        gender: str = "",
        favoured: frozenset[str] = frozenset(),
        doers: frozenset[str] = frozenset(),
    ) -> Mention | None:
        """The mention of one of the types, before a place, that stands out most there; None where there is none.
        Those `favoured` have been spoken of in the same way; `doers` are who did it, and so not to whom."""
        here, quoted = self._sentence(at), self._quoted(at)
        seen: dict[str, int] = {}
        best: tuple[float, Mention] | None = None
        last = bisect_right(self._at, at)
        for number in range(bisect_left(self._places, here - FARTHEST, hi=last), last):
            mention = self.mentions[number]
            if mention.type not in types or mention.span.end > at or mention.canonical in doers:
                continue
            seen[mention.canonical] = seen.get(mention.canonical, 0) + 1
            back = self._back(self._places[number], here)
            if back > REACH:
                continue
            value = self.weight(number) - FAR * back + AGAIN * min(3, seen[mention.canonical] - 1)
            value -= AGAINST * clashes(mention.canonical, gender)
            value += FAVOUR * (mention.canonical in favoured)
            value -= QUOTED * (not quoted and self._quoted(mention.span.start))
            if best is None or value > best[0]:
                best = (value, mention)
        return best[1] if best else None

    def sentence(self, at: int) -> Span | None:
        """The sentence that a place stands in."""
        return self.sentences[self._sentence(at)] if self.sentences else None

    def _sentence(self, at: int) -> int:
        return max(0, bisect_right(self._starts, at) - 1)

    def _back(self, one: int, here: int) -> int:
        """How many sentences are between; those that go on about "him" or "her" do not count."""
        between = self.sentences[one + 1 : here]
        goes_on = sum(bool(_GOES_ON.match(self.text, s.start, s.end)) for s in between)
        return max(0, here - one - goes_on)

    def _quoted(self, at: int) -> bool:
        place = bisect_right(self._quotes, Span(at, len(self.text))) - 1
        return place >= 0 and at < self._quotes[place].end

    def weight(self, number: int) -> float:
        """How far the mention of that number stands out in its own sentence."""
        if number not in self._weights:
            span = self.mentions[number].span
            self._weights[number] = _told(self.doc, span) if self.doc is not None else self._guessed(number)
        return self._weights[number]

    def _guessed(self, number: int) -> float:
        """Without a parse: the first name of a sentence that no preposition goes before is its subject."""
        span = self.mentions[number].span
        start = self.sentences[self._places[number]].start
        if _AFTER_SMALL_WORD.search(self.text, max(start, span.start - 14), span.start):
            return OTHER
        place, type_ = self._places[number], self.mentions[number].type
        before = (n for n in range(number - 1, -1, -1) if self._places[n] == place)
        first = not any(self.mentions[n].type == type_ and self.weight(n) >= SUBJECT for n in before)
        return SUBJECT if first else OBJECT


def _told(doc: "Doc | None", span: Span) -> float:
    from allonym.news.tokens import at

    token = at(doc, span.start, span.end) if doc is not None else None
    return OTHER if token is None else _weight(token)


def _weight(token: "Token") -> float:
    while token.dep_ in ("appos", "conj") and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
        token = token.head
    if token.dep_ in ("nsubj", "nsubjpass", "ROOT", "attr"):
        return SUBJECT
    if token.dep_ in ("dobj", "dative"):
        return OBJECT
    return OWNER if token.dep_ in ("poss", "compound", "amod", "nmod") else OTHER


_ENDINGS = {"a": "f", "o": "m"}
_NAMES = {
    "f": "claudia maría maria pam yvette kaja margaret rachel anna sarah karoline tammy linda janet hillary nancy "
    "susan "
    "elizabeth ursula giorgia mette liz theresa suella priti karen fiona ellen ingrid carmen isabel raquel beatriz "
    "dolores luz pilar mercedes rocío consuelo inés leonor kristi ruth alice jane joan helen judith".split(),
    "m": "joshua ezra elijah luca nikita ilya joseph mostafa mustafa zia abdulla andrea garcía borja".split(),
}
_GENDER = {name: gender for gender, names in _NAMES.items() for name in names}


def clashes(name: str | None, gender: str) -> bool:
    """Whether a first name that is mostly women's or men's goes against a pronoun ("m" or "f")."""
    words = (name or "").lower().split(" ")
    told = _GENDER.get(words[0]) or (_ENDINGS.get(words[0][-1:]) if len(words) > 1 else None)
    return gender in ("m", "f") and told is not None and told != gender

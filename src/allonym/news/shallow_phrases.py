"""Noun phrases of Spanish and Portuguese at a place in the text, by rules alone.

Takes the text with its mentions; gives `Phrase`s before and after a verb, without their articles; a name is a phrase.
Must not ask what the verb means.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from allonym.news.acts import Phrase
from allonym.news.amounts import amounts
from allonym.news.dates import dates
from allonym.news.numbers import count
from allonym.news.reading import Mention, Span
from allonym.news.sentences import without_heads
from allonym.news.shallow_patterns import (
    ALSO_DID,
    ASIDE,
    AT,
    BEFORE_DATE,
    ENTRY,
    FIRST,
    FOR,
    FORCES,
    IN_PLACE,
    LIST_ASIDE,
    NO_MORE,
    OF_CRIME,
    OF_DOING,
    ORDERS,
    PAST,
    PRONOUN,
    SKIPPED,
    TO_LIST,
    TO_STATE,
    UPON,
    VERB_FIRST,
    VERB_TOO,
)
from allonym.news.speech import speech
from allonym.news.vocabulary import rule_words

_WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\d.,]*")
_OWNER = re.compile(
    r"\b(?:a|al|ao|à|contra|against|to|de|del|da|do|dos|das|en|em|no|na|nos|nas|por|para|con|com|desde|sobre|of|in"
    r"|for|with"
    r"|from|según|segundo)\s(?:la |el |los |las |o |a |os |as |the )?$",
    re.IGNORECASE,
)
_ALSO = re.compile(r"(?:,| y| e| and|, y|, e) (?:de |a |al |el |la |los |o |os )?")
_AND = re.compile(
    r"(?:, (?:y |e )?| y | e )(?:a |al |el |la |los |las |de |o |os |as |contra )*"
    r"(?!\d{1,2},|\d+ (?:años|anos|meses|kilos|millones|milhões)\b)(?=[A-ZÁÉÍÓÚ\d]|un|dos|tres|duas|dois)"
)
_COUNTING = re.compile(
    r"\d[\d.,]*|(?:otr|outr|nuev|nov|presunt|supost|vari|vári|ci|cuatr|quatr|siet|och|oit|cient|últim)[oa]s?|dos"
    r"|tres|três|dois|duas|"
    r"cinco|seis|sete|nueve|nove|diez|dez|once|onze|doce|doze|trece|quince|veinte|vinte|treinta|trinta|más|mais"
    r"|unos|uns",
    re.IGNORECASE,
)


class Phrasing:
    """Finds the noun phrases of one text."""

    def __init__(self, text: str, mentions: Sequence[Mention], lang: str) -> None:
        self.lang = lang
        self.text, self.words = _plain(text), rule_words(lang)
        mentions = [m for m in mentions if not self.text[m.span.start].isspace()]  # not those of datelines
        self.mentions = mentions
        self.starts = [m.span.start for m in mentions]
        self.dates = dates(text, lang)
        self.said = speech(lang).verb
        self.sums = [span for span, _ in amounts(text)]

    def _named(self, start: int, end: int) -> list[Mention]:
        """The mentions between two places."""
        at = bisect_left(self.starts, start)
        return [m for m in self.mentions[at : bisect_left(self.starts, end)] if m.span.end <= end]

    def _before(self, clause: Span, end: int) -> list[Phrase]:
        """The subject: the first name of the clause that no preposition goes before, else its first noun phrase."""
        first = FIRST.match(self.text, clause.start, end)
        force = FORCES.match(self.text, first.end() if first else clause.start, end)
        if force and (of := [m for m in self._named(force.end(), end) if m.span.start == force.end()]):
            return [phrase_at(of[0].span)]
        aside = FIRST.match(self.text, clause.start, end)
        start = aside.end() if aside else clause.start
        if pronoun := PRONOUN.search(self.text, max(start, end - 24), end):
            return [phrase_at(Span(*pronoun.span("who")))]
        for mention in self._named(start, end):
            lead = self.text[start : mention.span.start]
            if not _OWNER.search(lead) or lead.lstrip() in ("A ", "O "):
                return self._with_next(mention, end)
        phrase = self._phrase(self._past_dates(start, end), end)
        if phrase is not None and (verb := PAST.search(self.text, phrase.head, phrase.span.end)):
            phrase = Phrase(Span(phrase.span.start, verb.start()), phrase.head)
        if phrase is not None and ASIDE.fullmatch(self.text, phrase.span.end, end):
            return [phrase]
        return [phrase] if phrase is not None and self._is_noun(phrase, end) else []

    def _with_next(self, mention: Mention, end: int) -> list[Phrase]:
        found = [phrase_at(mention.span)]
        for other in self._named(mention.span.end, end):
            if _ALSO.fullmatch(self.text[found[-1].span.end : other.span.start]):
                found.append(phrase_at(other.span))
        return found

    def _is_noun(self, phrase: Phrase, end: int) -> bool:
        told = self.text[phrase.span.start : phrase.span.end]
        before = self.text[max(0, phrase.span.start - 4) : phrase.span.start].lower().split()
        first = before[-1] if before else ""
        if told.lower() in self.words.links or VERB_FIRST.match(told):
            return False
        far = self._may_act(phrase) or ALSO_DID.search(self.text, phrase.span.end, end)
        return end - phrase.span.end < (120 if far else 30) and (
            first in self.words.articles
            or told[0].isupper()
            or self._may_act(phrase)
            or count(told) is not None
            or first in ("un", "una", "um", "uma")
        )

    def _after(self, start: int, end: int, type_: str) -> list[Phrase]:
        """The object: what stands after the verb, past dates and the preposition of persons."""
        if type_ == "charges" and (crime := OF_CRIME.match(self.text, start, end)):
            start = crime.end()
        if too := VERB_TOO.match(self.text, start, end):
            start = too.end()
        if type_ == "sanctions" and (entry := ENTRY.match(self.text, start, end)):
            return self._phrases(entry.end(), end) if entry["of"] else []
        if type_ == "extradition" and (taken := TO_STATE.match(self.text, start, end)):
            start = taken.end()
        if listed := LIST_ASIDE.match(self.text, start, end):
            return self._phrases(listed.end(), end)
        start = self._past_asides(start, end)
        money = next((m for m in self.sums if m.start - start < 3 and m.start >= start), None)
        if money is not None:
            following = FOR.match(self.text, money.end)
            return self._phrases(following.end(), end) if following else []
        if type_ in ("extradition", "other") and (taker := self.words.taker.match(self.text, start, end)):
            start = taker.end()
        who = next(
            (m for m in self._named(start, min(end, start + 80)) if m.type in ("person", "designated_group")), None
        )
        if who and AT.fullmatch(self.text, start, who.span.start):
            return self._phrases(who.span.start, end)
        return self._past_place(start, end)

    def _past_place(self, start: int, end: int) -> list[Phrase]:
        """The object past a place and the preposition of persons."""
        placed = IN_PLACE.match(self.text, start, end)
        start = placed.end() if placed else start
        if upon := UPON.match(self.text, start, end):
            return self._phrases(upon.end(), end)
        first = _WORD.search(self.text, start, end)
        if first and first[0].lower() in self.words.ends and not self._named(start, min(end, start + 3)):
            marked = self.words.personal.search(self.text, start, min(end, start + 60))
            return self._phrases(marked.end(), end) if marked else []
        marked = self.words.to.match(self.text, start) or self.words.personal.search(
            self.text, start, min(end, start + 45)
        )
        if marked and TO_LIST.match(self.text, marked.end(), end):
            marked = None
        if marked and not (self._named(start, marked.start()) or re.match(r"\s?\d", self.text[start : start + 2])):
            start = marked.end()
        found = self._phrases(start, end)
        if (
            found
            and ORDERS.match(self.text, found[0].span.start)
            and (on := UPON.match(self.text, found[0].span.end, end))
        ):
            return self._phrases(on.end(), end)
        return found

    def _past_asides(self, start: int, end: int) -> int:
        """Past adverbs, terms and times, dates, and what stands behind those."""
        if skipped := SKIPPED.match(self.text, start, end):
            start = skipped.end()
        start = self._past_dates(start, end)
        skipped = SKIPPED.match(self.text, start, end)
        return skipped.end() if skipped else start

    def _past_dates(self, start: int, end: int) -> int:
        """Past the dates and adverbs that stand there."""
        while True:
            rest = BEFORE_DATE.match(self.text[start:end])
            at = start + (rest.end() if rest else 0)
            near = (d for d in self.dates if d.start <= at + 12 and d.end > at)
            here = next((d for d in near if not self.text[at : d.start].strip(" ,elanoms")), None)
            if here is None or here.end >= end:
                return start
            start = here.end

    def _phrases(self, start: int, end: int) -> list[Phrase]:
        """The noun phrase that begins there, with those that "and" joins to it."""
        first = self._phrase(start, end)
        if first is None:
            return []
        found, at = [first], first.span.end
        while joined := _AND.match(self.text[at:end]):
            following = self._phrase(at + joined.end(), end)
            if following is None:
                break
            found.append(following)
            at = following.span.end
        return found

    def _phrase(self, start: int, end: int) -> Phrase | None:
        """The noun phrase that begins there, without its article; a name is a phrase with what belongs to it."""
        named = next((m for m in self._named(start, end) if not self._between(start, m.span.start)), None)
        if named is not None:
            return phrase_at(named.span)
        head, last, linked = None, start, False
        for word in _WORD.finditer(self.text, start, end):
            gap, low = self.text[last : word.start()], word[0].lower()
            is_name = head is not None and self.text[max(head, self.text.rfind(" ", 0, last) + 1)].isupper()
            if is_name and OF_DOING.match(self.text, word.start()):
                break
            if head is not None and (gap.strip() or low in self.words.ends or NO_MORE.match(self.text, word.start())):
                break
            if (
                head is not None
                and not linked
                and (there := self._named(word.start(), end))
                and there[0].span.start == word.start()
                and there[0].type in ("person", "designated_group")
            ):
                return phrase_at(there[0].span)
            linked = linked or low in self.words.links
            if head is None and (low in self.words.articles or low in self.words.links):
                last, linked = word.end(), False
                continue
            if head is None and (low in self.words.ends or gap.strip() or NO_MORE.match(self.text, word.start())):
                return None
            head, last = (word.start() if head is None else head), word.end()
        noun = next(
            (w.start() for w in _WORD.finditer(self.text, head or 0, last) if not _COUNTING.fullmatch(w[0])), head
        )
        if head is None or last - head < 3:
            return None
        told = self.text[head:last].split()
        while told and told[-1].lower() in (*self.words.links, *self.words.articles):
            last = head + self.text[head:last].rindex(told.pop())
        span = Span(head, len(self.text[:last].rstrip()))
        return Phrase(span, noun or head) if span.end > span.start else None

    def _may_act(self, phrase: Phrase) -> bool:
        first = " ".join(self.text[phrase.span.start : phrase.span.end].split()[:3])
        return bool(self.words.context["doer"].search(first))

    def _is_office(self, phrase: Phrase) -> bool:
        return any(m.type in ("agency", "government") for m in self._named(phrase.span.start, phrase.span.end))

    def _acts(self, phrase: Phrase) -> bool:
        """Whether a phrase after a verb may be its subject: a name, or a noun for an office."""
        return bool(self._named(phrase.span.start, phrase.span.end)) or self._may_act(phrase)

    def _between(self, start: int, end: int) -> list[str]:
        """Words between two places that are more than articles and the like."""
        skipped = self.words.articles | self.words.links
        return [w[0] for w in _WORD.finditer(self.text, start, end) if w[0].lower() not in skipped]


def phrase_at(span: Span) -> Phrase:
    """A phrase that begins with its head."""
    return Phrase(span, span.start)


def _plain(text: str) -> str:
    """The text, of the same length, without what only adds a name: brackets around acronyms, marks around nicknames."""
    text = without_heads(text)
    text = re.sub(r"\([^()\n]{1,15}\)", lambda m: " " * len(m[0]), text)
    return re.sub(r"([“«\"])([^“”«»\"\n.,]{1,25})([”»\"])", lambda m: f" {m[2]} ", text)

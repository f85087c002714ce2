"""What a text names at a phrase: a mention, a state, an office, who was given a role.

Takes the text with its mentions; gives names. Whom pronouns and nouns stand for is `meant`'s work. Must not name
anybody whom the text does not.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from allonym.news.acts import Phrase
from allonym.news.known import Known, fold
from allonym.news.prominence import Prominence
from allonym.news.reading import Mention, Span
from allonym.news.speakers import Speakers
from allonym.news.speech import speech
from allonym.news.standing import BODY, DEFINITE, GROUP, OF_THIS_STATE, OWN, PERSON

if TYPE_CHECKING:
    from spacy.tokens import Doc

OWNED = 4  # characters of "'s " between an owner and what it owns


class Named:
    """Finds what is named at phrases of one text."""

    def __init__(
        self, text: str, mentions: tuple[Mention, ...], known: Known, lang: str, sums: list[Span], doc: "Doc | None"
    ) -> None:
        self.text, self.mentions, self.lang, self.sums = text, mentions, lang, sums
        self.adjectives = known.adjectives
        self.states = [hit for hit in known.find(text) if hit.name.type == "government"]
        self.aside: frozenset[str] = frozenset()  # who speaks in the text: seldom whom something was done to
        self.types = {m.canonical: m.type for m in mentions}
        self.prominence = Prominence(text, mentions, doc)
        self.speakers = Speakers(text, text, mentions, speech(lang))
        self.speakers.learn()
        self.doers: frozenset[str] = frozenset()  # who did what the phrases now asked for are the targets of
        self.rewarded: tuple[str, ...] = ()  # for whom the last reward was
        self.done_to: list[tuple[str, ...]] = []  # by the measures before

    def _by_role(self, phrase: Phrase, head: str) -> str | None:
        """The person who was given the role that a noun with its article tells: "the minister"."""
        own = OWN.search(self.text, max(0, phrase.span.start - 6), phrase.span.start)
        if not (own or self._definite(phrase)) or head not in self.speakers.speech.words["roles"]:
            return None
        told = {self._told(phrase).lower(), head}
        before = [m.canonical for m in self.mentions if m.type == "person" and m.span.end <= phrase.head]
        held = [n for n in before if told & set((self.speakers.role(n) or "").lower().split())]
        return held[-1] if held else None

    def _of_adjective(self, phrase: Phrase) -> str | None:
        """The state whose adjective a phrase has: "Gobierno argentino"."""
        words = re.findall(r"[\w.]+", self._told(phrase))
        return next((state for w in words if (state := self.adjectives.get(fold(w)))), None)

    def _body(self, phrase: Phrase, head: str) -> str | None:
        """The office that "the council" or "the department" stands for: of those before, the last with that word."""
        before = [m for m in self.mentions if m.type in BODY and m.span.end <= phrase.span.start]
        named = [m for m in before if head in m.canonical.lower()]
        if OF_THIS_STATE.match(self._told(phrase).lower()):
            before = [m for m in before if m.type == "government"]
        elif len(self._told(phrase).split()) > 1 and not named:
            return None
        if not before and OF_THIS_STATE.match(self._told(phrase).lower()) and self.lang != "en":
            before = [m for m in self.mentions if m.type == "government"][:1]
        chosen = named or ([] if head == "administration" else before)
        return chosen[-1].canonical if chosen else None

    def _told(self, phrase: Phrase) -> str:
        return self.text[phrase.span.start : phrase.span.end]

    def mention(self, phrase: Phrase) -> Mention | None:
        """The mention that a phrase's head is part of."""
        return next((m for m in self.mentions if m.span.start <= phrase.head < m.span.end), None)

    def _inside(self, phrase: Phrase) -> Iterator[Mention]:
        return (m for m in self.mentions if phrase.span.start <= m.span.start and m.span.end <= phrase.span.end)

    def _part(self, mention: Mention) -> str:
        """The office of an office: the Department's Bureau."""
        if self.text[mention.span.end : mention.span.end + 2] in ("'s", "’s"):
            after = [m for m in self.mentions if m.span.start == mention.span.end + 3 and m.type == "agency"]
            return after[0].canonical if after else mention.canonical
        return mention.canonical

    def _state(self, phrase: Phrase, word: str) -> str | None:
        """The state that a name or adjective stands for."""
        for hit in self.states:
            if hit.start <= phrase.head < hit.end:
                return hit.name.canonical
        return self.adjectives.get(fold(word)) if phrase.span.end - phrase.span.start == len(word) else None

    def _state_in(self, phrase: Phrase) -> str | None:
        """The state named in a phrase: "un misil de Estados Unidos"."""
        return next((h.name.canonical for h in self.states if phrase.span.start <= h.start < phrase.span.end), None)

    def _head(self, phrase: Phrase) -> str:
        word = re.match(r"[\w-]+", self.text[phrase.head :])
        return word[0].lower() if word else ""

    def _ministry(self, phrase: Phrase, head: str) -> str | None:
        """Whose ministry or government a phrase is where it is none that is named."""
        return self._owner(phrase) if head in ("ministry", "government", "cabinet", "committee") else None

    def of_state(self, phrase: Phrase) -> str | None:
        """The state whose court or agents a phrase tells of: "Guatemala's top court", "Paraguayan agents"."""
        if self.mention(phrase) is not None:
            return None
        owns = (h for h in self.states if 0 < phrase.span.start - h.end < OWNED)
        owner = next((h for h in owns if self.text[h.end : phrase.span.start] in ("'s ", "’s ")), None)
        return owner.name.canonical if owner else self._of_adjective(phrase)

    def _owner(self, phrase: Phrase) -> str | None:
        """Whose a phrase is: "Donald Trump's administration"."""
        before = (m for m in self.mentions if 0 < phrase.span.start - m.span.end < OWNED)
        return next((m.canonical for m in before if self.text.startswith(("'s ", "’s "), m.span.end)), None)

    def _definite(self, phrase: Phrase) -> bool:
        return bool(DEFINITE[self.lang].search(self.text, max(0, phrase.span.start - 6), phrase.span.start))

    def _last_named(
        self, wanted: tuple[str, ...], at: int, gender: str = "", favoured: frozenset[str] = frozenset()
    ) -> str | None:
        heard = self.aside.difference(*self.done_to) if "person" in wanted and self.lang != "en" else frozenset()
        best = self.prominence.best(wanted, at, gender, favoured, self.doers | heard)
        best = best or self.prominence.best(wanted, at, gender, favoured, self.doers)
        return best.canonical if best else None

    def _last_two(self, at: int, of: tuple[tuple[str, ...], ...] = (GROUP, PERSON)) -> tuple[str, ...]:
        """The two groups, else persons, named last; in the order of the text."""
        before = [m for m in self.mentions if m.span.end <= at]
        for kinds in of:
            last = list(dict.fromkeys(m.canonical for m in reversed(before) if m.type in kinds))[:2]
            if len(last) == 2:
                return tuple(reversed(last))
        return ()

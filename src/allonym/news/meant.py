"""Whom a phrase means: names for those who bear them, pronouns, "both" and "the group" for those named before.

Takes the phrases of acts, in order of the text; gives names. Must not name anybody whom the text does not.
"""

import re
from collections.abc import Iterator

from allonym.news.acts import Phrase
from allonym.news.known import fold
from allonym.news.meant_named import Named
from allonym.news.named_aside import named_aside
from allonym.news.named_beside import named_beside
from allonym.news.named_later import is_human, later_named, named_ahead
from allonym.news.numbers import count
from allonym.news.reading import Span
from allonym.news.standing import (
    ALONE,
    BODIES,
    BODIES_OF_STATE,
    BODY,
    BOTH,
    FORCES,
    GENDERS,
    GROUP,
    HUMAN,
    INSTRUMENT,
    KINDS,
    MEANT,
    MINISTERS,
    NOBODY,
    NOT_TARGETS,
    OF_WHICH,
    OWN,
    PERSON,
    PLURAL,
    SEVERAL,
    THESE,
    WITHIN,
)

DESCRIBED = re.compile(r"(?:An?|Una?|Uma?) (?P<who>[^,.;]{3,70})")
PERSONAL = frozenset({"arrest", "charges", "extradition", "reward_offer"})  # what is done to people only
TIPS = frozenset({"tips", "information", "leads", "clues"})
LISTING = frozenset({"sanctions", "terrorist_designation", "delisting"})


class Meant(Named):
    """Finds whom phrases mean, in one text; remembers whom acts were done to."""

    def targets(self, phrase: Phrase, type_: str) -> tuple[str, ...]:
        """Whom an act was done to: names, with the phrase itself where it tells more; none where nobody is meant."""
        if phrase.span.start == phrase.span.end:
            return self._gone_on_about(phrase.head, type_)
        if (mention := self.mention(phrase)) is not None:
            return (mention.canonical,)
        head, told = self._head(phrase), self._told(phrase)
        if type_ == "reward_offer" and head in TIPS and not phrase.told:
            return tuple(filter(None, [self._last_named(PERSON, phrase.head)]))
        if type_ == "reward_offer" and (told.lower() == "it" or head in ("reward", "bounty")):
            return self.rewarded or self._gone_on_about(phrase.head, type_)
        if several := self._several(phrase, head, type_):
            return several
        if NOT_TARGETS.search(told) or any(span.start <= phrase.head < span.end for span in self.sums):
            return ()
        of_person = type_ in PERSONAL or (type_ == "sanctions" and is_human(head))
        if self.lang == "en" and of_person and (aside := named_aside(self.text, self.mentions, phrase.span)):
            return (aside,)
        meant = self._meant(phrase, head, type_)
        if not meant and type_ in LISTING and told.lower() in ("it", "its", "them") and (last := self._last_thing()):
            return last
        if told.lower() in NOBODY or (meant is None and (head in ALONE and len(told) == len(head))):
            return ()
        if meant:
            return (meant,)
        named = [m.canonical for m in self._inside(phrase) if m.type in GROUP]
        if (later := later_named(self.text, self.prominence, phrase)) is not None:
            named.insert(0, later.canonical)
        return tuple(dict.fromkeys((told, *named, *self._beside(phrase), *self._state_of_goods(phrase, type_))))

    def doer(self, phrase: Phrase) -> str | None:
        """Who acted: a name, a state, the body or person that a noun stands for; None for what does not act."""
        mention = self.mention(phrase) or next(self._inside(phrase), None)
        if mention is not None:
            return self._part(mention)
        head = self._head(phrase)
        if (state := self._state(phrase, head)) or (head == "administration" and (state := self._owner(phrase))):
            return state
        if head in INSTRUMENT:
            return None
        if head in BODIES_OF_STATE and (of := self._of_adjective(phrase)):
            return of
        if head in BODIES and (body := self._body(phrase, head) or self._ministry(phrase, head)):
            return body
        if head in ALONE:
            return self._meant(phrase, head, "", doing=True)
        if held := self._by_role(phrase, head):
            return held
        told = self._told(phrase)
        inside = self._state_in(phrase)
        if FORCES.search(told) and (of := self._of_adjective(phrase) or (inside if self.lang != "en" else None)):
            return of
        if MINISTERS.match(told) and inside:
            return inside
        return told if HUMAN.search(told) or (" " in told and told.istitle()) else None

    def is_we(self, phrase: Phrase) -> bool:
        """Whether a phrase is the "we" of who speaks."""
        return self._told(phrase).lower() == "we"

    def is_instrument(self, phrase: Phrase) -> bool:
        """Whether a phrase is a measure, a decree or the like, which does not act itself."""
        return self._head(phrase) in INSTRUMENT

    def _several(self, phrase: Phrase, head: str, type_: str) -> tuple[str, ...]:
        """Those whom "both", "they", "the same three", "the two men", "each of them" stand for."""
        told = self._told(phrase).lower()
        alone, number = len(told) == len(head), count(told)
        if OF_WHICH.search(told):
            return self._last_two(phrase.span.start)
        if told.startswith(("same ", "mism", "mesm")) and self.done_to:
            return (number and self._last_counted(number, None)) or self.done_to[-1]
        if head in BOTH and not alone and KINDS.search(told):
            return self._last_two(phrase.head)
        if THESE.search(self.text, max(0, phrase.span.start - 6), phrase.span.start) and not self._is_one(phrase):
            return (self._told(phrase), *self.done_to[-1]) if self.done_to and head.endswith("s") else ()
        if WITHIN.fullmatch(told) and self.done_to and (len(self.done_to[-1]) > 1 or not alone):
            return self.done_to[-1]
        if head in PLURAL and alone and self.done_to and self._are_several(self.done_to[-1]):
            return self.done_to[-1]
        if head in (*BOTH, "las", "los", "os", "as") and alone:
            two = self._last_two(phrase.head)
            if type_ in LISTING and not (two and self.types.get(two[0]) in GROUP):
                group = self._last_named(GROUP, phrase.head)
                return (group,) if group else two
            return two
        if head not in SEVERAL or phrase.told or len(told.split()) > 3:
            return ()
        if self.lang != "en" and not told.endswith(head):  # "los buques iraníes": an adjective tells which
            return ()
        both = told.startswith(("both ", "ambos ", "ambas "))
        if not (both or told.startswith("all ") or self._definite(phrase)):
            return ()
        return self._counted(phrase.head, SEVERAL[head], 2 if both else number or 0)

    def _are_several(self, names: tuple[str, ...]) -> bool:
        return len(names) > 1 or (self.lang != "en" and any((count(name) or 0) > 1 for name in names))

    def _is_one(self, phrase: Phrase) -> bool:
        """Whether a phrase says itself who is meant: by a name in it, or a clause."""
        return phrase.told or any(True for _ in self._inside(phrase))

    def _counted(self, at: int, kinds: tuple[str, ...] | None, number: int) -> tuple[str, ...]:
        """Those of a kind, so many where a number is told, whom an act was done to, or two named before."""
        for names in reversed(self.done_to if number else self.done_to[-3:]):
            fits = tuple(n for n in names if kinds is None or self.types.get(n) in kinds)
            if len(fits) > 1 and number in (0, len(fits)):
                return fits
        if number and (told := self._last_counted(number, kinds)):
            return told
        return self._last_two(at, (kinds,)) if number == 2 and kinds else ()

    def _last_counted(self, number: int, kinds: tuple[str, ...] | None) -> tuple[str, ...]:
        """The phrase for as many of a kind whom an act was done to."""
        for name in (name for names in reversed(self.done_to) for name in names):
            of = SEVERAL.get(name.lower().split()[-1])
            if count(name) == number and (kinds is None or of is None or of == kinds):
                return (name,)
        return ()

    def _last_thing(self) -> tuple[str, ...]:
        """The firm or vessel without a mention of its own that the last act but those on people was done to."""
        for names in reversed(self.done_to[-2:]):
            if all(name not in self.types and any(c.isupper() for c in name) for name in names):
                return names
        return ()

    def _gone_on_about(self, at: int, type_: str) -> tuple[str, ...]:
        """Whom a sentence without a subject goes on about: the last one an act was done to, else the last one named."""
        for names in reversed(self.done_to[-2:]):
            kinds = PERSON if type_ == "reward_offer" else (*PERSON, *GROUP)
            if fits := [name for name in names if self.types.get(name) in kinds]:
                return (fits[-1],)
        last = self._last_named(GROUP if type_ in LISTING else PERSON, at)
        return (last,) if last else ()

    def _meant(self, phrase: Phrase, head: str, type_: str, *, doing: bool = False) -> str | None:
        """Whom a pronoun or a noun with its article stands for: of those named before, the one that stands out."""
        kinds = MEANT.get(head) or MEANT.get(head.rpartition("-")[2])
        pronoun = head in ALONE and phrase.span.end - phrase.span.start == len(head)
        if not pronoun and OWN.search(self.text, max(0, phrase.span.start - 6), phrase.span.start):
            return self._by_role(phrase, head)
        if not pronoun and (not self._definite(phrase) or phrase.told or phrase.span.end > phrase.head + len(head)):
            return None
        if not pronoun and (held := self._by_role(phrase, head)):
            return held
        if not pronoun and (bearing := self._bearing(phrase, head)):
            return bearing
        if kinds is None and type_ in (*PERSONAL, "sanctions") and is_human(head):
            kinds = PERSON
        if kinds is None and self.lang != "en" and type_ in PERSONAL and fold(head) in self.adjectives:
            kinds = PERSON  # "el colombiano"
        if kinds is None:
            return None
        if type_ in PERSONAL and PERSON[0] in kinds:
            kinds = PERSON
        wanted = (*kinds, *BODY) if doing and kinds == GROUP else kinds
        gender = GENDERS.get(head, "")
        if self.lang == "en" and pronoun and (coming := named_ahead(self.text, self.prominence, phrase, kinds)):
            return coming.canonical
        if gender and (later := self._described_here(phrase.head)):
            return later
        favoured = frozenset() if doing else frozenset(name for names in self.done_to[-3:] for name in names)
        named = self._last_named(wanted, phrase.head, gender, favoured)
        if named is None and self.lang != "en" and not doing and self.done_to:
            return self.done_to[-1][0]  # nobody is named: who was described last
        return named

    def _bearing(self, phrase: Phrase, head: str) -> str | None:
        """The group that has the word in its name: "the corps", the Islamic Revolutionary Guard Corps."""
        before = (m for m in reversed(self.mentions) if m.type in GROUP and m.span.end <= phrase.head)
        forms = {head, head.removesuffix("s")} - {"group", "groups", "cartel", "cartels", "gang", "gangs"}
        return next((m.canonical for m in before if forms & set(m.canonical.lower().split())), None)

    def _described_here(self, at: int) -> str | None:
        """Who is named only later, where a sentence begins with a description: "A man … three weeks after he"."""
        sentence = self.prominence.sentence(at)
        begun = sentence and DESCRIBED.match(self.text, sentence.start, at)
        if not begun or any(m.type == "person" and begun.end() <= m.span.start < at for m in self.mentions):
            return None
        later = later_named(self.text, self.prominence, Phrase(Span(*begun.span("who")), begun.start("who")))
        return later.canonical if later else None

    def _state_of_goods(self, phrase: Phrase, type_: str) -> tuple[str, ...]:
        """The state whose goods a tariff is on."""
        if type_ != "tariff":
            return ()
        words = re.findall(r"[\w.]+", self._told(phrase))
        inside = [h for h in self.states if phrase.span.start <= h.start and h.end <= phrase.span.end]
        if OWN.search(self.text, max(0, phrase.span.start - 6), phrase.span.start):
            inside += [h for h in self.states if 0 < phrase.span.start - h.end < 90][-1:]
        states = [h.name.canonical for h in inside] + [s for w in words if (s := self.adjectives.get(fold(w)))]
        return tuple(dict.fromkeys(states))

    def _beside(self, phrase: Phrase) -> Iterator[str]:
        sentence = self.prominence.sentence(phrase.head)
        return named_beside(self.text, self.mentions, phrase.span, sentence.end if sentence else phrase.span.end)

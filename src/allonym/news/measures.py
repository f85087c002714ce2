"""What was done to whom, as a text tells it: sanctions, designations, rewards, charges, arrests, and the like.

Takes the text with its mentions and the acts found in it; gives measures in order of the text. Names stand for those
who bear them, pronouns and "the group" for whom they mean; an authority that a clause does not name is the one told
before for that type of act. Must not name anybody whom the text does not.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from allonym.news.acts import Act, Phrase
from allonym.news.amounts import amounts
from allonym.news.dates import dates, iso
from allonym.news.known import Known, fold
from allonym.news.numbers import count
from allonym.news.reading import Amount, Claim, Measure, Mention
from allonym.news.sentences import sentences

PERSONAL = frozenset({"arrest", "charges", "extradition"})  # what is done to people only
LISTING = frozenset({"sanctions", "terrorist_designation", "delisting"})
WITH_AMOUNT = frozenset({"reward_offer", "tariff", "sanctions", "other"})
TARGETS, DOERS = ("target",), ("doer",)
KINDS = re.compile(
    r"(?:organi[sz]ation|group|cartel|gang|entit|movement|network|outfit|militia|faction|banda|grupo|cártel"
    r"|organizaci|organizaç|facç|pandilla|maras?)\w*$",
    re.IGNORECASE,
)
PLURAL = frozenset("both those them they their las los les os as sus ambas ambos".split())
OF_LIST = re.compile(
    r"\b(?:list\w*|regist\w+|sanc\w+|sanç\w+)\b[^.;,]{0,60}\b(?:de|del|da|do|dos|of|by)\s(?:la |las |los |the )?$",
    re.IGNORECASE,
)
DEFINITE = {
    "en": re.compile(r"\b(?:the|this|that)\s$", re.IGNORECASE),
    "es": re.compile(r"\b(?:el|la|los|las|este|esta|ese|esa)\s$", re.IGNORECASE),
    "pt": re.compile(r"\b(?:o|a|os|as|este|esta|esse|essa)\s$", re.IGNORECASE),
}
#: What an act is never done to: what somebody is called, sums, property without its owner.
NOT_TARGETS = re.compile(
    r"\bterroris\w+ (?:group|organi[sz]ation|entit|movement)\w*$"
    r"|^(?:organización|organização|grupo|entidad) terrorista$"
    r"|^(?:property|assets|accounts|bienes|activos|fondos|bens|ativos|contas|bod(?:y|ies)|things?|birds?|information)$",
    re.IGNORECASE,
)
NOBODY = frozenset({"me", "us", "you", "i", "we", "anyone", "anybody", "everyone", "nobody"})
PERSON, GROUP, BODY = ("person",), ("designated_group",), ("agency", "government")
#: What a word that stands for somebody named before means, by language.
MEANT = {
    word: kinds for kinds, words in (
        (PERSON, "he she him her his hers himself man woman suspect businessman fugitive founder leader oligarch "
                 "tycoon financier banker general commander trafficker kingpin boss Brazilian Russian Mexican "
                 "year-old old él ella ele ela hombre empresario empresário acusado sospechoso detenido arguido capo"),
        (GROUP, "it they them its their itself group gang cartel movement organisation organization militia network "
                "coalition faction outfit grupo banda cártel organización organização facção"),
        ((*PERSON, *GROUP), "la las lo los le les o a os as su sus sua seu quien quem ele ela him"),
    ) for word in words.split()
}  # fmt: skip
OFFICIAL = re.compile(
    r"\b(?:president|secretary|minister|attorney general|commissioner|ambassador|spokes\w+|director|prosecutor"
    r"|governor|admiral|"
    r"general|chief|presidente|presidenta|ministr[oa]|secretari[oa]|secretári[oa]|fiscal|portavoz|porta-voz"
    r"|canciller)\b",
    re.IGNORECASE,
)
BODIES = frozenset(
    "department ministry agency force council office bureau committee commission administration government authorities "
    "bloc cabinet departamento ministerio ministério consejo conselho gobierno governo fiscalía polícia policía".split()
)


def measures(  # noqa: PLR0913 (all that was read before, and the day)
    text: str,
    mentions: tuple[Mention, ...],
    found: list[Act],
    claims: tuple[Claim, ...],
    known: Known,
    lang: str,
    date: str | None = None,
) -> tuple[Measure, ...]:
    """The measures of a text; `date` (ISO) is the day of the article, from which weekdays are resolved."""
    reader = _Reader(text, mentions, claims, known, lang)
    return tuple(measure for act in found if (measure := reader.measure(act, date)))


class _Reader:
    """Finds whom a phrase means, in one text."""

    def __init__(
        self, text: str, mentions: tuple[Mention, ...], claims: tuple[Claim, ...], known: Known, lang: str
    ) -> None:
        self.claims = claims
        self.adjectives = known.adjectives
        self.states = [hit for hit in known.find(text) if hit.name.type == "government"]
        self.text, self.mentions = text, mentions
        self.lang = lang
        self.dates, self.amounts = dates(text, lang), amounts(text)
        self.sentences = sentences(text)
        self.last: dict[str, str] = {}  # the authority of the last measure of a type
        self.targets: list[tuple[str, ...]] = []  # of the measures before
        self.types = {m.canonical: m.type for m in mentions}

    def measure(self, act: Act, date: str | None) -> Measure | None:
        """The measure that an act is; None where nobody can be told to whom it was done."""
        act = self._relisted(act)
        targets = tuple(dict.fromkeys(name for phrase in act.patients for name in self._targets(phrase, act.type)))
        if (
            not targets
            or (act.threatened and act.type == "other")
            or (act.of_group and not self._is_group(act, targets))
        ):
            return None
        agents = [name for phrase in act.agents if (name := self._named(phrase))]
        authority = next((name for name in agents if name not in targets), None) or self._beside(act, targets)
        if authority:
            self.last[act.type] = authority
            if act.type in LISTING:
                self.last["any"] = authority
        else:
            authority = self.last.get(act.type) or (self.last.get("any") if act.type in LISTING else None)
        self.targets.append(targets)
        when = next((span for span in self.dates if span.overlaps(act.evidence)), None)
        amount = self._amount(act) if act.type in WITH_AMOUNT else None
        told = iso(self.text[when.start : when.end], date) if when else None
        number = sum(count(self.text[p.span.start : p.span.end]) or 0 for p in act.patients) or None
        return Measure(
            act.type, act.evidence, authority, targets, amount, number, when, told, self._status(act, authority)
        )

    def _relisted(self, act: Act) -> Act:
        """A listing by an office, of no group or by the United Nations, is one of sanctions."""
        if not act.of_group or not self.text[act.trigger.start :].lower().startswith(("list", "relist")):
            return act
        by = {m.canonical for phrase in act.agents if (m := self._mention(phrase)) and m.type in BODY}
        kinds = [m.type for p in act.patients if (m := self._mention(p))]
        group = GROUP[0] in kinds or any(KINDS.search(self.text[p.span.start : p.span.end]) for p in act.patients)
        listed = by and (not group or any("Nations" in name for name in by))
        return replace(act, type="sanctions", of_group=False) if listed else act

    def _is_group(self, act: Act, targets: tuple[str, ...]) -> bool:
        groups = {m.canonical for m in self.mentions if m.type == "designated_group"}
        return any(name in groups or KINDS.search(name) for name in targets)

    def _beside(self, act: Act, targets: tuple[str, ...]) -> str | None:
        """An office or state named in the clause, where nobody is said to have acted."""
        if act.agents:
            return None
        inside = [m for m in self.mentions if act.evidence.start <= m.span.start and m.span.end <= act.evidence.end]
        named = next((m.canonical for m in inside if m.type in BODY and m.canonical not in targets), None)
        if named:
            return named
        owners = [
            hit
            for hit in self.states
            if act.evidence.start <= hit.start
            and hit.end <= act.evidence.end
            and (
                self.text[hit.end : hit.end + 2] in ("'s", "’s")
                or OF_LIST.search(self.text, act.evidence.start, hit.start)
            )
        ]
        return owners[0].name.canonical if owners else None

    def _amount(self, act: Act) -> Amount | None:
        return next((amount for span, amount in self.amounts if span.overlaps(act.evidence)), None)

    def _mention(self, phrase: Phrase) -> Mention | None:
        return next((m for m in self.mentions if m.span.start <= phrase.head < m.span.end), None)

    def _inside(self, phrase: Phrase) -> Iterator[Mention]:
        return (m for m in self.mentions if phrase.span.start <= m.span.start and m.span.end <= phrase.span.end)

    def _targets(self, phrase: Phrase, type_: str) -> tuple[str, ...]:
        if phrase.span.start == phrase.span.end:
            return self._spoken_of(phrase.head, type_)
        mention = self._mention(phrase)
        if mention is not None:
            return (mention.canonical,)
        head = self._head(phrase)
        alone = phrase.span.end - phrase.span.start == len(head)
        if (
            head in ("both", "ambas", "ambos")
            and not alone
            and KINDS.search(self.text[phrase.span.start : phrase.span.end])
        ):
            return self._last_two(phrase.head)
        if head in PLURAL and self.targets and alone and len(self.targets[-1]) > 1:
            return self.targets[-1]
        if self.targets and self.text[phrase.span.start : phrase.span.end].lower().startswith("same "):
            return self.targets[-1]
        if head in ("both", "ambas", "ambos", "las", "los", "os", "as"):
            last = self._last_two(phrase.head)
            if len(last) == 2 and self.types.get(last[0]) in GROUP:
                return last
            if type_ in LISTING and (group := self._last_named(GROUP, phrase.head)):
                return (group,)
            if len(last) == 2:
                return last
        meant = self._meant(phrase, TARGETS, type_)
        told = self.text[phrase.span.start : phrase.span.end]
        if NOT_TARGETS.search(told) or any(span.overlaps(phrase.span) for span, _ in self.amounts):
            return ()
        if told.lower() in NOBODY or (meant is None and head in MEANT and len(told) == len(head) <= 6):
            return ()
        if meant:
            return (meant,)
        return (told, *(m.canonical for m in self._inside(phrase) if m.type in GROUP))

    def _spoken_of(self, at: int, type_: str) -> tuple[str, ...]:
        """Whom a sentence without a subject goes on about: the last one an act was done to, else the last one named."""
        kinds = GROUP if type_ in LISTING else PERSON
        for names in reversed(self.targets[-2:]):
            if fits := [name for name in names if self.types.get(name) in (*PERSON, *GROUP)]:
                return (fits[-1],)
        last = self._last_named(kinds, at)
        return (last,) if last else ()

    def _named(self, phrase: Phrase) -> str | None:
        mention = self._mention(phrase) or next(self._inside(phrase), None)
        if mention is not None:
            return self._part(mention)
        word = self._head(phrase)
        if state := self._state(phrase, word):
            return state
        if word in BODIES:
            before = [m for m in self.mentions if m.type in BODY and m.span.end <= phrase.span.start]
            if before:
                return before[-1].canonical
        return self._meant(phrase, DOERS) or self.text[phrase.span.start : phrase.span.end]

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

    def _head(self, phrase: Phrase) -> str:
        word = re.match(r"[\w-]+", self.text[phrase.head :])
        return word[0].lower() if word else ""

    def _meant(self, phrase: Phrase, role: tuple[str, ...], type_: str = "") -> str | None:
        """Whom a pronoun or a noun with its article stands for: the last one named who may be meant."""
        head = self._head(phrase)
        kinds = MEANT.get(head) or MEANT.get(head.rpartition("-")[2])
        if kinds is None:
            return None
        if type_ in PERSONAL and PERSON[0] in kinds:
            kinds = PERSON
        pronoun = len(head) <= 6 and phrase.span.end - phrase.span.start == len(head)
        definite = DEFINITE[self.lang].search(self.text, max(0, phrase.span.start - 6), phrase.span.start)
        if definite and (phrase.told or phrase.span.end > phrase.head + len(head)):
            return None
        if not pronoun and not definite:
            return None
        wanted = (*kinds, *BODY) if role == DOERS and kinds == GROUP else kinds
        if role == TARGETS:
            for names in reversed(self.targets[-3:]):
                if fits := [name for name in names if self.types.get(name) in wanted]:
                    return fits[-1]
        return self._last_named(wanted, phrase.head)

    def _last_named(self, wanted: tuple[str, ...], at: int) -> str | None:
        """The one named first in the last sentence that names such: mostly its subject."""
        before = [m for m in self.mentions if m.type in wanted and m.span.end <= at]
        if not before:
            return None
        here = next((s for s in reversed(self.sentences) if s.start <= before[-1].span.start), None)
        return next(m.canonical for m in before if here is None or m.span.start >= here.start)

    def _last_two(self, at: int) -> tuple[str, ...]:
        """The two groups, else persons, named last; in the order of the text."""
        before = [m for m in self.mentions if m.span.end <= at]
        for kinds in (GROUP, PERSON):
            last = list(dict.fromkeys(m.canonical for m in reversed(before) if m.type in kinds))[:2]
            if len(last) == 2:
                return tuple(reversed(last))
        return ()

    def _status(self, act: Act, authority: str | None) -> str:
        """How sure the act is: by the words beside it, and by who says it where it stands in what somebody says."""
        said = [c for c in self.claims if any(span.start <= act.trigger.start < span.end for span in c.contents)]
        if act.denied or any(c.denial for c in said):
            return "denied"
        if act.threatened:
            return "threatened"
        for claim in said:
            kind = self.types.get(claim.speaker or "")
            if claim.anonymous or kind == "media":
                return "reported"
            if kind in BODY or claim.speaker == authority or OFFICIAL.search(claim.role or ""):
                return "announced"
        return "announced" if act.announced else "in_effect"

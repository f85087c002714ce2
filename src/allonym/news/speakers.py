"""Who speaks: from the words beside a verb of saying to a name, a role, an unnamed source.

Takes stretches of a text and its mentions; gives a `Who`. Must not decide whether something was said.
"""

import re

from allonym.news.reading import Mention, Span
from allonym.news.recalled import Recalled
from allonym.news.roles import RELATIVE, WORD, Who

_CAP = r"[A-ZÁÉÍÓÚÑÇÂÊÔÃÕÀ]"
NAME = re.compile(
    rf"(?:{_CAP}[\w’'-]+|[A-Z]\.)(?:\s(?:(?:de|del|la|da|do|dos|van|von|al|bin|y|e)\s){{0,2}}{_CAP}[\w’'.-]+)+"
)
LEAD = re.compile(
    r"^(?:(?:but|and|yet|so|then|pero|y|mas|e|según|segundo|last \w+|on \w+day|\w+day|yesterday|today|ayer|ontem|hoy"
    r"|hoje)\s)+",
    re.IGNORECASE,
)
#: What may stand between a speaker and the verb: "X, asked about it, said", "un ministro, bajo reserva, dijo".
ASIDE = re.compile(
    r"^(?:asked|citing|referring|responding|answering|addressing|appearing|visiting|standing|quoted|reached|contacted"
    r"|under|of|with|from|against|despite|amid|speaking|having|pressed|interviewed|pointing|flanked|alongside"
    r"|in|at|on|(?:preguntad|consultad|entrevistad|interrogad|contactad|requerid|interpelad|abordad|localizad|perguntad"
    r"|questionad|ouvid|procurad|contatad|inquirid)[oa]s?|citando|hablando|falando|bajo|durante|tras|quien|a pregunta"
    r"|al ser|ao ser|sob|após|em|en|na|ante|perante)\b",
    re.IGNORECASE,
)
#: What tells more of a speaker: a participle, an office held before, a rank.
APPOSED = re.compile(
    r"(?:[a-zçé]{3,}[ai]d[oa]s?|[a-z]{3,}ed|known|born|held|seen|led|put|once|now|then|long|number two|formerly|hoy"
    r"|hoje|ayer|entonces|então|número|antes|ex-?\w+|antig[uo][ao]?|pres[oa]s?|puest[oa]s?|post[oa]s?|mort[oa]s?|muert[oa]s?"
    r"|vist[oa]s?|descrit[oa]s?|inscrit[oa]s?|eleit[oa]|elect[oa]|natural de|oriund[oa])\b"
)
#: What follows a speaker who stands behind the verb: "dijo el mandatario durante un acto", "said the judge on Monday".
BESIDE = re.compile(
    r"\s(?:durante|tras|al|ante|por|hoy|ayer|antes|después|desde|mientras|cuando|hablando|en|após|ao|à|perante|ontem|hoje"
    r"|depois|enquanto|quando|em|num|numa|neste|nesta"
    r"|nessa|on \w+day|in an?|at a|during|after|before|when|while|following|outside)(?:\s|$)"
)
#: Who is told, before the one who tells it: "dijo a Efe un portavoz".
TOLD_TO = re.compile(
    rf"\s?(?:al?|ao|à)\s(?:(?:el|la|los|las|o|os|as|diario|jornal|periódico|agencia|agência)\s)*(?:{_CAP}[\w.]*\s)+(?=(?:un|una|el|la|um|uma|o|os|los|las|fuentes|fontes|fonte|dois|dos)\s)"
)
#: Words that are never a speaker of their own.
NOBODY = frozenset(
    "and but or y e o pero mas según segundo conforme me te se nos lo le que how what when where why there here"
    " this that está esta así allí aquí ahí assim ali aqui como cuando quando si porque por ante en em sob bajo a"
    " para con com sin sem ainda también também además além ya já todo tudo no not não so yet then".split()
)

#: What only joins a sentence to the one before: "Asimismo, indicó que …".
CONNECTS = frozenset(
    "asimismo además igualmente incluso entonces luego después antes encima ademais outrossim depois então inclusive"
    " moreover furthermore also additionally later earlier meanwhile nevertheless nonetheless still thus therefore"
    " instead finally separately however besides likewise similarly elsewhere overall".split()
)
#: Bodies that are not meant where only others were named.
OWN_NAME = frozenset("army navy police court ejército marina policía tribunal exército polícia".split())
ANY_BODY = frozenset("ente organismo entidad entidade cartera dependencia institución órgano órgão pasta".split())
#: What a word for a body may stand for, by the type of the mention; any other word for an agency.
OF_TYPE = {
    ("designated_group",): frozenset(
        "company bank group union gang cartel organization organisation banda cártel grupo empresa banco organización "
        "organização facção".split()
    ),
    ("media",): frozenset("paper newspaper diario periódico jornal diário".split()),
    ("government",): frozenset("government administration gobierno governo bloc".split()),
    ("agency", "government"): frozenset("statement comunicado nota".split()),
}
#: Who is unnamed also with a word before: "U.S. officials", "altos funcionarios".
SOURCES = frozenset(
    "officials sources diplomats aides insiders fuentes funcionarios diplomáticos fontes diplomatas".split()
)
OF_THEM = ("of them", "de ellos", "de ellas", "deles", "delas")


class Speakers(Recalled):
    """The speakers of one text; it remembers roles and who was last named, so it is asked in the order of the text."""

    def before(self, start: int, end: int) -> Who | None:
        """The speaker named in the stretch that ends where the verb begins."""
        parts = self._parts(start, end)
        while len(parts) > 1 and (
            RELATIVE.match(self.plain[parts[-1].start : parts[-1].end])
            or (
                ASIDE.match(self.plain[parts[-1].start : parts[-1].end])
                and len(self.plain[parts[-2].start : parts[-2].end].split()) < 8  # no whole statement
            )
            or parts[-1].start == parts[-1].end
            or self._is_apposed(parts[-1], parts[-2])
        ):
            parts.pop()
        if not parts:
            return None
        last = parts[-1]
        ahead = parts[-2] if len(parts) > 1 else None
        person = self._head(last)
        beside = self._ending(ahead) if ahead else None
        inner = self.plain[last.start : person.span.start] if person else self.plain[last.start : last.end]
        words = WORD.findall(inner)
        apposed = bool(words) and (words[0].lower() in self.speech.words["articles"] or self._is_role(inner))
        if beside and apposed and (not person or self.speech.preposition.search(inner) or words[0].lower() == "a"):
            return self.person(beside)
        if person:
            return self.person(person)
        return self.other(last)

    def _is_apposed(self, part: Span, ahead: Span) -> bool:
        """Whether a part only tells more of the one before: "X, placed on the list in May, said"."""
        told = APPOSED.match(self.plain, part.start, part.end)
        first = self.plain[ahead.start : ahead.start + 1]
        begun = first.isupper() or WORD.match(self.plain[ahead.start : ahead.end] + " ") is not None
        return bool(told) and begun and len(self.plain[ahead.start : ahead.end].split()) < 8

    def after(self, start: int, end: int) -> Who | None:
        """The speaker named in the stretch that begins where the verb ends; the medium that is told is passed over."""
        for medium in (m.span for m in self.placed.beginning(start, end) if m.type == "media"):
            if told := self.speech.to.search(self.plain, start, medium.start):
                ahead = self.plain[start : told.start()].strip()
                alone = not ahead or bool(self.speech.timing.match(ahead + " "))
                start, end = (medium.end, end) if alone else (start, told.start())
                break
        if told := TOLD_TO.match(self.plain, start, end):
            start = told.end()
        parts = self._parts(start, end)
        for part in parts[:2]:
            found = [m for m in self.persons(part.start, part.end) if not self._possessive(m.span)]
            if found and (found[0].span.start - part.start < 70):
                return self.person(found[0])
            if len(parts) > 1 and self._is_role(self.plain[part.start : part.end]) and part == parts[0]:
                beside = self.persons(parts[1].start, parts[1].end)
                if beside and beside[0].span.start - parts[1].start < 3:
                    return self.person(beside[0])
            name = NAME.search(self.plain, part.start, part.end)
            if name and not self.placed.on(Span(*name.span())):
                return Who(name[0], Span(*name.span()), self._role_before(Span(*name.span())))
        return self.other(parts[0], inverted=True) if parts else None

    def _parts(self, start: int, end: int) -> list[Span]:
        """The stretch cut at commas, each part without the space around it; expressions of time in front left out."""
        found = []
        for part in re.finditer(r"[^,]+", self.plain[start:end]):
            said = LEAD.sub("", part[0].strip(" \t\n–—-:.…!?"))
            if said:
                at = start + part.start() + part[0].index(said)
                found.append(Span(at, at + len(said)))
        while len(found) > 1 and self.speech.timing.match(self.plain, found[0].start, found[0].end):
            found.pop(0)
        return found

    def _head(self, part: Span) -> Mention | None:
        """The person that a part is about: the last one, not an owner, nor one that a preposition goes before."""
        for person in reversed(self.persons(part.start, part.end)):
            ahead = self.plain[part.start : person.span.start]
            last = ahead.split()[-1] + " " if ahead.split() else ""
            if not self._possessive(person.span) and not self.speech.preposition.fullmatch(last):
                return person
        return None

    def _ending(self, part: Span) -> Mention | None:
        named = [m for m in self.persons(part.start, part.end) if part.end - m.span.end < 3]
        return named[-1] if named else None

    def person(self, mention: Mention) -> Who:
        """The speaker that a mention names, with the role that was given."""
        return Who(mention.canonical, mention.span, self.role(mention.canonical))

    def other(self, part: Span, inverted: bool = False) -> Who | None:
        """A speaker who is not named as a person: a pronoun, an unnamed source, a body, a role, any other noun."""
        if inverted and (beside := BESIDE.search(self.plain, part.start, part.end)):
            part = Span(part.start, beside.start())
        if inverted and BESIDE.match(" " + self.plain[part.start : part.end]):
            return None
        words = WORD.findall(self.plain[part.start : part.end])
        if not words:
            return None
        first = words[0].lower()
        article = first == "a" and self.speech.lang == "pt" and self._is_named(words[1:2])
        if inverted and not article and self.speech.preposition.match(self.plain, part.start, part.end):
            return None
        if first in self.speech.pronouns and (len(words) == 1 or inverted):
            return self.resolve(self.speech.pronouns[first], Span(part.start, part.start + len(words[0])))
        lists = self.speech.words
        definite = first in lists["articles"] - lists["indefinite"] - lists["owners"]
        return self._unnamed(part, words, definite) or self._known(part, words, definite) or self._noun(part, words)

    def _is_named(self, words: list[str]) -> bool:
        """Whether a name, office or body comes first, so that a Portuguese "a" before it is the article."""
        lists = self.speech.words
        nouns = lists["roles"] | lists["bodies"] | lists["unnamed"]
        return any(word[0].isupper() or word in nouns for word in words)

    def _unnamed(self, part: Span, words: list[str], definite: bool) -> Who | None:
        """A source that is not named, and the one before that it takes up again: "one of them", "the source"."""
        said, lists = self.plain[part.start : part.end], self.speech.words
        lowered = [word.lower() for word in words]
        before = [who for who in reversed(self.named) if who.anonymous]
        if lowered[0] in ("one", "uno", "una", "um", "uma") and " ".join(lowered[1:3]) in OF_THEM and before:
            return Who(before[0].name, part, None, True, "unnamed")
        source = next((w for w in lowered[:6] if w in lists["unnamed"]), None)
        indefinite = lowered[0] in lists["indefinite"]
        unnamed = bool(self.speech.unnamed.search(said)) or (source is not None and indefinite)
        several = source in SOURCES and lowered[0] not in lists["articles"] - lists["indefinite"]
        if (source and (unnamed or several or lowered[0] == source)) or (unnamed and indefinite):
            known = next((w for w in before if source and source in (w.name or "").lower()), None)
            name = known.name if definite and known else re.split(r"[,¤(]|\s(?:who|que)\s", said)[0].strip()
            return Who(name, part, None, True, "unnamed")
        if definite and len(lowered) <= 3 and (known := self._told_before(lowered)):
            return Who(known.name, part, None, True, "unnamed")
        return None

    def _known(self, part: Span, words: list[str], definite: bool) -> Who | None:
        """Who was named before by another name, or a body that is named here: "the minister", "the court"."""
        lists, lowered = self.speech.words, [word.lower() for word in words]
        if definite and (found := self._by_role(lowered)):
            return Who(found, part, self.role(found))
        inside = self.placed.within(part.start, part.end)
        body = next((m for m in inside if m.type != "person" and not self._possessive(m.span)), None)
        if body:
            more = len(words) - len(WORD.findall(self.text[body.span.start : body.span.end]))
            ahead = WORD.findall(self.plain[part.start : body.span.start])
            if (more <= 1 or not self._is_role(self.plain[part.start : part.end])) and len(ahead) <= 1:
                return Who(body.canonical, body.span, None, False, "body")
        if definite and (of := next((w for w in lowered[:3] if w in lists["bodies"]), None)):
            last = self._named_here(of, part) if len(words) < 3 else None
            last = last or self._last_body(of, alone=len(words) < 3 or (of in ANY_BODY and len(words) == 3))
            return Who(last.name, part, None, False, "body") if last else None
        office = definite and 3 < len(words) < 6 and lowered[1] in lists["roles"] and not inside
        last = self._last(("person",)) if office else None
        if last and (not last.role or lowered[1] in last.role.lower().split()):
            return Who(last.name, part, last.role)
        role = definite and len(words) <= 3 and any(w in lists["roles"] or w in lists["kinds"] for w in lowered)
        if role and (last := self._last(("person",))):
            return Who(last.name, part, last.role)
        return None

    def _named_here(self, word: str, part: Span) -> Who | None:
        """The last one named before in the sentence that a word for a body may stand for: "X is back; the group …"."""
        types = _types(word)
        before = self.placed.within(part.start - 119, part.start)
        near = [m for m in before if m.type in types and ". " not in self.plain[m.span.end : part.start]]
        near = [m for m in near if "\n" not in self.plain[m.span.end : part.start]]
        return Who(near[-1].canonical, part, None, False, "body") if near and word not in OWN_NAME else None

    def _last_body(self, word: str, *, alone: bool) -> Who | None:
        """The last one named that a word for a body may stand for: one that bears it in its name, else for a force or
        a court none, and for others, where no more is said of them ("the ministry"), the last of a type that fits."""
        bodies = [who for who in reversed(self.named) if who.kind in ("body", "group")]
        bearing = [who for who in bodies if word in (who.name or "").lower()]
        types = _types(word)
        fitting = [who for who in bodies if self.types.get(who.name or "") in types]
        return next(iter(bearing or (fitting if alone and word not in OWN_NAME else [])), None)

    def _noun(self, part: Span, words: list[str]) -> Who | None:
        """A name that is no mention, or any noun with its article; None for what is too long to be one."""
        name = NAME.search(self.plain, part.start, part.end)
        lead = name is not None and name[0].split()[0].lower() in self.speech.words["articles"]
        whole = name is None or not lead or name.end() == part.end  # not "The Russian" of "The Russian embassy"
        if name and whole and not self.speech.preposition.search(self.plain[part.start : name.start()]):
            return Who(name[0], Span(*name.span()), self._role_before(Span(*name.span())))
        first = words[0].lower()
        if first in NOBODY and first not in self.speech.words["articles"]:
            return None
        if len(words) == 1 and (first in CONNECTS or first.endswith("mente")):
            return None
        bare = words[0][0].islower() and first not in self.speech.words["articles"]
        known = self.speech.words["roles"] | self.speech.words["unnamed"] | self.speech.words["bodies"]
        odd = bare and len(words) == 1 and not first.endswith("s") and first not in known
        if len(words) > 14 or (bare and len(words) > 3) or (odd and self.speech.lang != "en"):
            return None
        return Who(self.plain[part.start : part.end], part, None, False, "noun")


def _types(word: str) -> tuple[str, ...]:
    """The types of mentions that a word for a body may stand for."""
    return next((types for types, words in OF_TYPE.items() if word in words), ("agency",))

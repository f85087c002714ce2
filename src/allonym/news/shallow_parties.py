"""Who did what a word tells of, and to whom, by rules alone.

Takes a word of a Spanish or Portuguese text, its kind ("active", "passive", "noun"), type and clause; gives the phrases
of both sides. The subject stands before the verb, the object after, the doer of a passive after "by".
Must not look beyond the clause, but for what a relative clause is about.
"""

import re
from bisect import bisect_left

from allonym.news.acts import Phrase
from allonym.news.reading import Span
from allonym.news.shallow_phrases import Phrasing, phrase_at

PERSONAL = ("arrest", "charges", "extradition")
_AMONG = re.compile(r"\b(?:entre|among) (?:los|las|os|as|the)\s$", re.IGNORECASE)
_THERE = re.compile(r"\s(?:está|están|estão|figura|figuran|aparece)\s")
_SUM = re.compile(r"\d|(?:mil|medio|meio|hasta|até)\b")
_OF = re.compile(r"\b(?:de|del|da|do|dos|das|por|pelo|pela)\s", re.IGNORECASE)
_SHARE = re.compile(r"\d+(?:[.,]\d+)? ?%")
_COUNTED = re.compile(r"\b(?:los|las|os|as)\s(?P<number>\d+)\s$", re.IGNORECASE)
_AIDED = re.compile(r"\b(?:sido|fue|fueron|foi|foram)\s$", re.IGNORECASE)
#: The subject of a passive after it: "fueron extraditados 29 capos".
_FOLLOWS = re.compile(
    r"\s(?=\d|(?:otros|otras|outros|outras|los|las|os|as|dos|tres|dois|três|un|una|um|uma|el|la|o|a)\s[^\W\d]|[A-ZÁÉÍÓÚ])"
)
_PROPERTY = re.compile(
    r"(?:\b(?P<his>sus?|seus?|suas?)\s)?\b(?:bienes|activos|fondos|cuentas|propiedades|bens|ativos|fundos|contas)\b"
    r"(?P<of>[^.;,\n]{0,30}?\s(?:de|del|da|do|dos|das|que|a|vinculad[oa]s a|ligad[oa]s a[os]?)\s(?:la |los |las "
    r"|os |as )?"
    r"(?=[^\W\d]))?",
    re.IGNORECASE,
)
_BEING = re.compile(
    r"\b(?:fue|fueron|ha|han|había|sido|será|serán|está|están|es|son|foi|foram|é|são|era|eram|sendo|estão|siendo)\s[^,.;]{0,24}$"
    r"|,\s?$",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?:^|\s)(?:un|una|um|uma|el|la|los|las|o|a|os|as|al|del|ao)\s(?P<np>(?:[a-záéíóúñãõâêôç]+\s){0,2}[a-záéíóúñãõâêôç]+)\s$"
)
#: To whom charges are put: "le formuló cargos".
_TO_HIM = re.compile(r"(?:^|\s)(?P<him>les?|lhes?)\s\w+\s(?:\w+\s)?$", re.IGNORECASE)
_SOUGHT = re.compile(
    r"\b(?:recompensas?|ofrece\w*|oferece\w*|informaci[oó]n(?:es)? que|informações que)\b", re.IGNORECASE
)
#: What is lifted, up to whom it was on: "levantó las sanciones contra X".
_LIFTED = re.compile(
    r"\s(?:\w+\s){0,2}?(?:sanciones|sanções|medidas|restricciones|restrições|designación|designação)\b[^.;,\n]{0,30}?"
    r"\s(?:contra|a|al|ao|à|sobre|de|del|da|do|impuestas a|impostas a)\s(?:la |el |los |las |o |os |as )?(?=[^\W\d])",
    re.IGNORECASE,
)
_GAVE_UP = re.compile(r"se entreg|entregou-se", re.IGNORECASE)
_DENUNCIA = re.compile(r"denúncia$", re.IGNORECASE)
_AGAINST = re.compile(r"\scontra\s(?:o |a |os |as |el |la )?", re.IGNORECASE)
_TO_WHOM = re.compile(r"\s(?:a|al|ao|à|o|os|as|el)?\s?(?:los |las )?", re.IGNORECASE)
_ENCLITIC = re.compile(r"-(l?[oa]s?)$")


class Parties(Phrasing):
    """Finds who is on either side of an act, in one text."""

    def _parties(self, kind: str, type_: str, match: re.Match[str], clause: Span) -> tuple[list[Phrase], list[Phrase]]:
        if kind == "noun":
            return self._of_noun(type_, match, clause)
        relative = next(iter([*self.words.relative.finditer(self.text, clause.start, match.start())][::-1]), None)
        start = clause.start if relative is None else relative.end()
        for begun in self.words.begun.finditer(self.text, start, match.start()):
            start = begun.end()
        before = self._before(Span(start, clause.end), match.start())
        antecedent = self._antecedent(clause.start if relative is None else relative.start())
        if relative is not None and self._is_told(relative.start(), clause.start):
            antecedent = []
        if kind == "passive":
            apposed = self._people(match.start() - 2) if self.text.endswith(", ", 0, match.start()) else []
            subject = apposed if apposed and type_ in PERSONAL else before or antecedent
            return self._by(match.start(), clause.end), self._of_passive(match, clause, subject)
        if type_ == "reward_offer" and relative is not None:
            antecedent = self._people(relative.start()) or antecedent
        if type_ == "reward_offer":
            offering = [m.span for m in self._named(match.end(), clause.end) if m.type in ("agency", "government")]
            sought = self._rewarded(match.end(), clause) or self._rewarded(clause.start, clause)
            if antecedent and sought and self.text[sought[0].head : sought[0].head + 4].lower() in ("quie", "quem"):
                sought = antecedent
            return before or [phrase_at(s) for s in offering[:1]], sought or (antecedent if relative else [])
        if suffix := _ENCLITIC.search(match[0]):
            return before, [phrase_at(Span(match.start() + suffix.start(1), match.end()))]
        if type_ in ("sanctions", "other") and (owners := self._owners(match.end(), clause.end)):
            return before or antecedent, owners
        if type_ == "arrest" and _GAVE_UP.match(match[0]):
            return [], before or antecedent
        if type_ == "charges" and _DENUNCIA.search(match[0]):
            found = _AGAINST.search(self.text, match.end(), clause.end)
            return before, self._phrases(found.end(), clause.end) if found else []
        if type_ == "tariff" and match[0].lower().startswith("amea"):
            marked = _TO_WHOM.match(self.text, match.end(), clause.end)
            return before, self._phrases(marked.end(), clause.end) if marked else []
        after = self._after(match.end(), clause.end, type_)
        if type_ == "delisting" and (lifted := _LIFTED.match(self.text, match.end(), clause.end)):
            after = self._phrases(lifted.end(), clause.end) or after
        clitic = self.words.clitic.search(self.text, max(clause.start - 1, 0, match.start() - 22), match.start())
        if clitic:
            return before or [p for p in after[:1] if self._acts(p)], [phrase_at(Span(*clitic.span("pronoun")))]
        if relative is None:
            return before, after
        return (before, after or antecedent) if before else (antecedent, after)

    def _owners(self, start: int, end: int) -> list[Phrase]:
        """Whose property is frozen: "los bienes de X", "sus cuentas", "bens dos investigados"."""
        held = _PROPERTY.search(self.text, start, end)
        if held is None:
            return []
        if held["his"]:
            return [phrase_at(Span(*held.span("his")))]
        return self._phrases(held.end(), end) if held["of"] else []

    def _of_passive(self, match: re.Match[str], clause: Span, subject: list[Phrase]) -> list[Phrase]:
        """To whom a passive is done: its subject, or who stands after "among those arrested is"; of a participle alone
        what stands right before it: "detuvo a un ruso buscado por"."""
        if not _BEING.search(self.text, max(0, match.start() - 40), match.start()):
            beside = _BESIDE.search(self.text, max(clause.start, match.start() - 60), match.start())
            if beside and not any(m.span.overlaps(Span(*beside.span("np"))) for m in self.mentions):
                return [phrase_at(Span(*beside.span("np")))]
        lead = self.text[max(0, match.start() - 14) : match.start()]
        if not _AMONG.search(lead):
            counted = _COUNTED.search(lead)
            if counted and (not subject or subject[0].span.end < match.start() - 20):
                return [phrase_at(Span(match.start() - len(lead) + counted.start("number"), match.end()))]
            after = _FOLLOWS.match(self.text, match.end(), clause.end)
            if not subject and after and (later := self._phrases(after.end(), clause.end)):
                return later
            # Nobody is named: whom the text spoke of last.
            return subject or ([phrase_at(Span(match.start(), match.start()))] if _AIDED.search(lead) else [])
        there = _THERE.search(self.text, match.end(), min(clause.end, match.end() + 60))
        return self._phrases(there.end(), clause.end) if there else []

    def _is_told(self, place: int, start: int) -> bool:
        """Whether a "that" follows a verb of saying, and so is about nothing before it."""
        return bool(self.said.search(self.text, max(start, place - 45), place))

    def _acts(self, phrase: Phrase) -> bool:
        """Whether a phrase after a verb may be its subject: a name, or a noun for an office."""
        return bool(self._named(phrase.span.start, phrase.span.end)) or self._may_act(phrase)

    def _rewarded(self, start: int, clause: Span) -> list[Phrase]:
        """For whom a reward is: what stands after "for", "on", also a pronoun."""
        for goal in self.words.goal.finditer(self.text, start, clause.end):
            his = self.words.his.match(self.text, goal.end())
            if his:
                return [phrase_at(Span(*his.span()))]
            found = self._phrases(goal.end(), clause.end)
            at = found[0].span.start if found else 0
            if not found or _SUM.match(self.text, at) or self.text.startswith("recompensa", at):
                continue
            if not any(span.overlaps(found[0].span) for span in self.sums):
                return found
        return []

    def _of_noun(self, type_: str, match: re.Match[str], clause: Span) -> tuple[list[Phrase], list[Phrase]]:
        by = self._by(match.end(), clause.end)
        before = self._before(clause, match.start())
        if type_ == "charges" and (
            him := _TO_HIM.search(self.text, max(clause.start, match.start() - 30), match.start())
        ):
            return before, [phrase_at(Span(*him.span("him")))]
        if type_ == "arrest" and _SOUGHT.search(self.text, clause.start, clause.end):
            return [], []
        if type_ == "charges" and (against := _AGAINST.match(self.text, match.end(), clause.end)):
            return by or before, self._phrases(against.end(), clause.end)
        if type_ == "charges":
            return by, before or self._antecedent(clause.start)
        if type_ == "reward_offer":
            return by or before, self._rewarded(match.end(), clause)
        if type_ == "sanctions" and (owners := self._owners(match.start(), clause.end)):
            return by or before, owners
        owner = self.words.his.search(self.text, max(0, match.start() - 4), match.start())
        if type_ in ("extradition", "arrest") and owner:
            return by or before, [phrase_at(Span(*owner.span()))]
        for goal in self.words.goal.finditer(self.text, match.end(), clause.end):
            if type_ in ("sanctions", "tariff") and _OF.match(goal[0]):
                continue
            if _SHARE.match(self.text[goal.end() : goal.end() + 10]):
                continue
            if after := self._phrases(goal.end(), clause.end):
                return by or before, after
        return by or before, []

    def _by(self, start: int, end: int) -> list[Phrase]:
        found = self.words.by.search(self.text, start, min(end, start + 90))
        if found is None:
            return []
        there = [m for m in self._named(found.end(), end) if m.span.start - found.end() < 4]
        if there and there[0].type in ("agency", "government", "person"):
            return [phrase_at(there[0].span)]
        phrase = self._phrase(found.end(), end)
        return [phrase] if phrase is not None and not there and self._may_act(phrase) else []

    def _may_act(self, phrase: Phrase) -> bool:
        first = " ".join(self.text[phrase.span.start : phrase.span.end].split()[:3])
        return bool(self.words.context["doer"].search(first))

    def _people(self, at: int) -> list[Phrase]:
        """The person or group named last before a place, in its sentence."""
        before = self.mentions[: bisect_left(self.starts, at)]
        for number in range(len(before) - 1, -1, -1):
            mention = before[number]
            if at - mention.span.end > 160 or re.search(r"[.!?]\s", self.text[mention.span.end : at]):
                return []
            if mention.type in ("person", "designated_group"):
                first = before[number - 1] if number else mention  # "Hugo Sanjuán, El Mocho, detenido"
                is_one = first.type == mention.type and self.text[first.span.end : mention.span.start] == ", "
                return [phrase_at(first.span if is_one else mention.span)]
        return []

    def _antecedent(self, at: int) -> list[Phrase]:
        """What a relative clause or an apposition is about: the name right before it."""
        before = self.mentions[: bisect_left(self.starts, at)]
        if before and at - before[-1].span.end < 60 and "." not in self.text[before[-1].span.end : at]:
            return [phrase_at(before[-1].span)]
        return []

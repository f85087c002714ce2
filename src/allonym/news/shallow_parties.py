"""Who did what a word tells of, and to whom, by rules alone.

Takes a word of a Spanish or Portuguese text, its kind ("active", "passive", "noun"), type and clause; gives the phrases
of both sides. The subject stands before the verb, the object after, the doer of a passive after "by".
Must not look beyond the clause, but for what a relative clause is about.
"""

import re

from allonym.news.acts import Phrase
from allonym.news.reading import Span
from allonym.news.shallow_doers import Doers
from allonym.news.shallow_nouns import AGAINST, HAD, OF_REWARD, Sides
from allonym.news.shallow_phrases import phrase_at
from allonym.news.shallow_rewards import PERSONAL

_AMONG = re.compile(r"\b(?:entre|among) (?:los|las|os|as|the)\s$", re.IGNORECASE)
_THERE = re.compile(r"\s(?:está|están|estão|figura|figuran|aparece)\s")
_COUNTED = re.compile(r"\b(?:los|las|os|as)\s(?P<number>\d+)\s$", re.IGNORECASE)
_AIDED = re.compile(r"\b(?:sido|fue|fueron|foi|foram|está|están|estão|será|serán|serão)\s$", re.IGNORECASE)
_ALL_OF = re.compile(r"(?:^|\s)(?P<all>ambos|ambas)\s$", re.IGNORECASE)
#: … in a headline: "Preso em Lisboa suspeito de".
_BARE = re.compile(
    r"(?:\s(?:en|em|no|na|para|a)\s(?:o |el |la |los "
    r"|os )?[A-ZÁÉÍÓÚ]\w+(?: [A-ZÁÉÍÓÚ]\w+)*)?\s(?=[a-zéíóú])(?!por\b|pel|en\b|em\b|no\b|na\b)"
)
_AUXILIARY = re.compile(
    r"\b(?:sido|fue|fueron|será|serán|serão|foi|foram|quedó|quedaron|es|son|é|são)\s$", re.IGNORECASE
)
#: The subject of a passive after it: "fueron extraditados 29 capos", "detenido en Marbella el".
_FOLLOWS = re.compile(
    r"(?:\s(?:también|además|também|ya|já|otros|ayer|hoy|ontem|hoje))?(?:\s(?:en|em|no|na|este|esta|nesta|neste|el"
    r"|la)\s"
    r"(?!\d)(?:(?! por "
    r"| pel[oa]s? )[^,.;:]){1,45}?)??"
    r"(?<!\ben)(?<!\bem)(?<!\bno)(?<!\bna)(?<!\bde)(?<!\bdel)(?<!\ba)(?<!\bal)(?<!\by)(?<!\be)\s"
    r"(?=(?!(?:19|20)\d\d\b)\d|(?:otros|otras|outros|outras|los"
    r"|las|os|as|dos|tres"
    r"|dois|três|un|una|um|uma|el|la|o|a)\s[^\W\d]|alias\s|[A-ZÁÉÍÓÚ])"
)
_BEING = re.compile(
    r"\b(?:fue|fueron|ha|han|había|sido|será|serán|está|están|es|son|foi|foram|é|são|era|eram|sendo|estão|siendo"
    r"|seria|sería|serían|seriam|fora|foram|quedó|quedaron|ficou|ficaram|resultó|ter|tem|têm|se)\s[^,.;]{0,24}$"
    r"|,\s?$",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?:^|\s)(?:un|una|um|uma|el|la|los|las|o|a|os|as|al|del"
    r"|ao)\s(?P<np>(?:[a-záéíóúñãõâêôç]+\s){0,2}[a-záéíóúñãõâêôç]+)\s$"
)
#: What is lifted, up to whom it was on: "levantó las sanciones contra X".
_LIFTED = re.compile(
    r"\s(?:\w+\s){0,2}?(?:sanciones|sanções|medidas|restricciones|restrições|designación|designação)\b[^.;,\n]{0,30}?"
    r"\s(?:contra|a|al|ao|à|sobre|de|del|da|do|impuestas a|impostas a)\s(?:la |el |los |las |o |os |as )?(?=[^\W\d])",
    re.IGNORECASE,
)
_BY_WHICH = re.compile(
    r"\b(?:ley|decreto|orden(?: ejecutiva)?|resolución|norma|lei|ordem(?: executiva)?|resolução|medida)(?: por el"
    r"| por la)?,?\s*$",
    re.IGNORECASE,
)
_PROPERTY_OF = re.compile(r"(?:bienes|activos|fondos|cuentas|bens|ativos|fundos|contas)\b", re.IGNORECASE)
#: A participle that stands for somebody: "uno de los detenidos".
_AS_NOUN = re.compile(r"\b(?:los|las|os|as|dos|das|el|la|o|un|una|um|uma|al|del|do|da)\s$", re.IGNORECASE)
#: To whom, at the head of a clause: "A Orduña le congelaron las cuentas".
_FRONTED = re.compile(r"\W*(?:A|Al|A la|A los)\s(?=[^\W\d])")
_TO_ONE = re.compile(r"\b(?:les?|se les?)\s(?:(?:ha|han|había|ya)\s)*$")
_ON = re.compile(r"\s(?=\d|(?:el|la|los|las|o|a|os|as|un|una|um|uma|dos|tres|dois|três)\s)")
#: The subject behind what is said of it first: "Condenado en Nueva York, Ottone".
_THEN = re.compile(r"[^.;:,]{0,90},\s(?=[^\W\d])")
#: What somebody is declared, which stands before whom: "Declarado terrorista por EE.UU., el grupo".
_AS_WHAT = re.compile(r"\s(?:como )?(?:una? |uma? )?(?:organiza\w+ |grupo )?terroristas?\b", re.IGNORECASE)
_FROZEN = re.compile(r"bloque|congel|inmoviliz", re.IGNORECASE)
_MEASURE = re.compile(r"sanci|sanç|medida|restric|designa", re.IGNORECASE)
_GAVE_UP = re.compile(r"se entreg|entregou-se", re.IGNORECASE)
_DENUNCIA = re.compile(r"denúncia$", re.IGNORECASE)
_TO_WHOM = re.compile(r"\s(?:a|al|ao|à|o|os|as|el)?\s?(?:los |las )?", re.IGNORECASE)
_ENCLITIC = re.compile(r"(?:-[ln]?|(?<=[aei]r)l|(?<=ndo)l)([oa]s?)$")
#: Relative pronouns of whom something is done to, and of whom a reward is for.
_OF_WHOM = re.compile(r"[\s,]*(?:al|a (?:el|la|los|las|quien|quienes|quem)|contra)\b", re.IGNORECASE)
_SE = re.compile(r"(?:^|\s)se\s(?:(?:les?|han?|había|habían|también|ya)\s)*$", re.IGNORECASE)
_ARTICLE = re.compile(r"\s(?:el |la |los |las |o |a |os |as )?(?=[^\W\d])")


class Parties(Doers):
    """Finds who is on either side of an act, in one text."""

    def _parties(self, kind: str, type_: str, match: re.Match[str], clause: Span) -> Sides:
        if kind == "noun":
            return self._of_noun(type_, match, clause)
        if marked := self._marked(kind, match, clause):
            return marked
        relative: re.Match[str] | None = next(
            iter([*self.words.relative.finditer(self.text, clause.start, match.start())][::-1]), None
        )
        start = clause.start if relative is None else relative.end()
        for begun in self.words.begun.finditer(self.text, start, match.start()):
            start = begun.end()
        before = self._before(Span(start, clause.end), match.start())
        if relative is not None and (done := self._to_whom(type_, match, relative, before)):
            return done
        if relative and _OF_WHOM.match(relative[0]) and "," in self.text[relative.end() : match.start()]:
            before, relative = self._before(clause, relative.start()), None
        antecedent = self._antecedent(clause.start if relative is None else relative.start())
        if relative is not None and self._is_told(relative.start(), clause.start):
            antecedent = []
        if kind == "passive" and (owners := self._owners_of(type_, match, clause, before)):
            return self._by(match.start(), clause.end), owners
        if relative is not None and _BY_WHICH.search(self.text, clause.start, relative.start()):
            antecedent = self._before(clause, relative.start())  # "firmó un decreto que designa"
        if kind == "passive":
            is_apposed = type_ in PERSONAL and self.text.endswith(", ", 0, match.start())
            apposed = (self._people(match.start() - 2) or self._antecedent(match.start())) if is_apposed else []
            subject = apposed or before or antecedent
            return self._by(match.start(), clause.end), self._of_passive(match, clause, subject)
        if (
            type_ == "reward_offer"
            and relative
            and not before
            and self.text.endswith("recompensa", 0, relative.start())
        ):
            before = self._before(clause, relative.start())  # "elevó la recompensa que ofrece"
        if type_ == "reward_offer":
            return self._of_offer(match, clause, before, antecedent if relative else [])
        if _SE.search(self.text, max(clause.start, match.start() - 22), match.start()):
            return self._by(match.start(), clause.end), self._of_se(type_, match, clause, before)
        if suffix := _ENCLITIC.search(match[0]):
            return before, [phrase_at(Span(match.start() + suffix.start(1), match.end()))]
        return self._of_active(type_, match, clause, before, antecedent if relative or not before else [])

    def _owners_of(self, type_: str, match: re.Match[str], clause: Span, before: list[Phrase]) -> list[Phrase]:
        """Whose property a passive is done to, before it or behind: "foram bloqueados R$ 34 milhões em contas de"."""
        owners = self._owners(clause.start, match.start()) if type_ in ("sanctions", "other") else []
        if not owners and _FROZEN.match(match[0]) and not before:
            owners = self._owners(match.end(), clause.end)
        return owners

    def _marked(self, kind: str, match: re.Match[str], clause: Span) -> Sides | None:
        """The parties where "to whom" stands at the head of the clause, or "both" before a participle."""
        had = HAD.search(self.text, clause.start, match.start()) if kind == "passive" else None
        if had and (owner := self._before(clause, had.start()) or self._antecedent(clause.start)):
            return self._by(match.end(), clause.end), owner
        fronted = _FRONTED.match(self.text, clause.start, match.start())
        to_one = _TO_ONE.search(self.text, max(clause.start, match.start() - 14), match.start())
        if fronted and to_one and kind == "active":
            doer = self._subject_after(match.end(), clause.end)
            targets = self._phrases(fronted.end(), to_one.start())
            comma = self.text.rfind(", ", fronted.end(), to_one.start())
            subject = self._phrase(comma + 2, to_one.start()) if doer is None and comma > 0 else None
            if subject and (self._acts(subject) or self.text[subject.head].isupper()):
                doer = subject  # "Al jitomate, Washington le cobra"
                targets = self._phrases(fronted.end(), comma)
            return [doer] if doer else [], targets
        several = _ALL_OF.search(self.text, max(clause.start, match.start() - 12), match.start())
        if several and kind == "passive":
            return self._by(match.start(), clause.end), [phrase_at(Span(*several.span("all")))]
        return None

    def _of_active(
        self, type_: str, match: re.Match[str], clause: Span, before: list[Phrase], antecedent: list[Phrase]
    ) -> Sides:
        """Who did, and to whom: the object stands after the verb, or before it as a pronoun."""
        if type_ in ("sanctions", "other") and (owners := self._owners(match.end(), clause.end)):
            return before or antecedent, owners
        if type_ == "arrest" and _GAVE_UP.match(match[0]):
            return [], before or antecedent
        if type_ == "charges" and _DENUNCIA.search(match[0]):
            found = AGAINST.search(self.text, match.end(), clause.end)
            return before, self._phrases(found.end(), clause.end) if found else []
        if type_ == "tariff" and match[0].lower().startswith("amea"):
            marked = _TO_WHOM.match(self.text, match.end(), clause.end)
            return before, self._phrases(marked.end(), clause.end) if marked else []
        clitic = self.words.clitic.search(self.text, max(clause.start - 1, 0, match.start() - 22), match.start())
        at = match.end()
        if not before and not antecedent and (after_verb := self._subject_after(at, clause.end)):
            before, at = [after_verb], after_verb.span.end
        after = self._after(at, clause.end, type_)
        if type_ == "delisting" and after and _MEASURE.match(self.text, after[0].head):
            after = [phrase_at(Span(match.start(), match.start()))]
        if type_ == "delisting" and (lifted := _LIFTED.match(self.text, match.end(), clause.end)):
            after = self._phrases(lifted.end(), clause.end) or after
        if clitic and clitic["pronoun"] == "a" and match[0].endswith("r"):  # "passou a tratar"
            clitic = None
        if (
            clitic
            and clitic["pronoun"].lower() in ("le", "les")
            and after
            and self._named(after[0].head, after[0].span.end)
        ):
            return before, after[:1]
        if clitic:
            whoever = [p for p in after[:1] if self._acts(p)] or [p for p in antecedent if self._acts(p)]
            return before or whoever, [phrase_at(Span(*clitic.span("pronoun")))]
        if type_ == "extradition" and antecedent and before and not any(map(self._is_somebody, after)):
            return before, antecedent  # "los presos que México mandó a Estados Unidos"
        if not antecedent:
            return before, after
        return (before, after or antecedent) if before else (antecedent, after)

    def _is_somebody(self, phrase: Phrase) -> bool:
        told = self.text[phrase.span.start : phrase.span.end]
        named = self._named(phrase.span.start, phrase.span.end)
        return any(m.type in ("person", "designated_group") for m in named) or not told[0].isupper()

    def _to_whom(self, type_: str, match: re.Match[str], relative: re.Match[str], before: list[Phrase]) -> Sides | None:
        """The parties where a relative clause is about whom it was done to: "al que la Policía detuvo", "por quien se
        ofrecen"; None where it is about somebody else."""
        if not (_OF_WHOM.match(relative[0]) or OF_REWARD.match(relative[0])):
            return None
        if "," in self.text[relative.end() : match.start()] or (type_ == "reward_offer") != bool(
            OF_REWARD.match(relative[0])
        ):
            return None
        antecedent = self._antecedent(relative.start())
        people = (self._people(relative.start()) or antecedent) if type_ in PERSONAL else antecedent
        doer = before or [p for p in self._phrases(match.end(), match.end() + 60)[:1] if self._acts(p)]
        return (doer, people) if people else None

    def _subject_after(self, start: int, end: int) -> Phrase | None:
        """The subject between a verb and its object: "detuvo la Policía a"."""
        there = _ARTICLE.match(self.text, start, end)
        if there is None:
            return None
        found = self._phrase(there.end(), end)
        if found is None or not (self._is_office(found) or self._may_act(found)):
            return None
        return found if self.words.personal.match(self.text, found.span.end, end) else None

    def _of_se(self, type_: str, match: re.Match[str], clause: Span, before: list[Phrase]) -> list[Phrase]:
        """To whom a passive with "se" is done: "se incautaron bienes de X", "X se detuvo"."""
        if type_ in ("sanctions", "other") and (owners := self._owners(match.end(), clause.end)):
            return owners
        return self._after(match.end(), clause.end, type_) or before

    def _of_passive(self, match: re.Match[str], clause: Span, subject: list[Phrase]) -> list[Phrase]:
        """To whom a passive is done: its subject, or who stands after "among those arrested is"; of a participle alone
        what stands right before it: "detuvo a un ruso buscado por"."""
        if not _BEING.search(self.text, max(0, match.start() - 40), match.start()):
            beside = _BESIDE.search(self.text, max(clause.start, match.start() - 60), match.start())
            if (
                beside
                and beside["np"] not in self.words.links
                and not _PROPERTY_OF.match(beside["np"])
                and not any(m.span.overlaps(Span(*beside.span("np"))) for m in self.mentions)
            ):
                return [phrase_at(Span(*beside.span("np")))]
        lead = self.text[max(0, match.start() - 14) : match.start()]
        if _AMONG.search(lead):
            there = _THERE.search(self.text, match.end(), min(clause.end, match.end() + 60))
            return self._phrases(there.end(), clause.end) if there else []
        if _AS_NOUN.search(lead) and not self._by(match.end(), min(clause.end, match.end() + 30)):
            return []
        counted = _COUNTED.search(lead)
        if counted and (not subject or subject[0].span.end < match.start() - 20):
            return [phrase_at(Span(match.start() - len(lead) + counted.start("number"), match.end()))]
        if subject or (later := self._later(match, clause)):
            return subject or later
        # Nobody is named: whom the text spoke of last.
        return [phrase_at(Span(match.start(), match.start()))] if _AIDED.search(lead) else []

    def _later(self, match: re.Match[str], clause: Span) -> list[Phrase]:
        """The subject of a passive behind it: "fueron detenidos dos", "Preso em Lisboa suspeito", "Condenado en, X"."""
        end, bare = clause.end, not self.text[clause.start : match.start()].strip()
        by = self._by(match.end(), end)
        if by and self._past_dates(match.end(), end) + 12 > by[0].span.start:
            on = _ON.match(self.text, by[0].span.end, end)
            if on and (found := self._phrases(on.end(), end)):
                return found
        after = _FOLLOWS.match(self.text, match.end(), end) if self._begins(match, clause) else None
        if not after and bare and _AS_WHAT.match(self.text, match.end(), end):
            after = _THEN.match(self.text, match.end(), end)
        if not after and bare:
            after = _BARE.match(self.text, match.end(), end)
        if not after and len(self.text[clause.start : match.start()].split()) < 2:
            by = self._by(match.end(), end)
            after = _ON.match(self.text, by[0].span.end, end) if by else None
            after = after or (_THEN.match(self.text, match.end(), end) if bare else None)
        if after and self.lang == "es" and self.text.startswith("a ", after.end()):
            return []
        return self._phrases(after.end(), end) if after else []

    def _begins(self, match: re.Match[str], clause: Span) -> bool:
        """Whether a passive begins its clause, or its auxiliary stands before it."""
        ahead = self.text[clause.start : match.start()]
        return len(ahead.split()) < 3 or bool(_AUXILIARY.search(ahead))

    def _is_told(self, place: int, start: int) -> bool:
        """Whether a "that" follows a verb of saying, and so is about nothing before it."""
        return self.text[place - 1] != "," and bool(self.said.search(self.text, max(start, place - 45), place))

"""Who is on either side of an act that a noun tells of, by rules alone: "la captura de X", "sanciones de Y contra X".

Takes a noun of a Spanish or Portuguese text, its type and clause; gives the phrases of both sides. Must not look beyond
the clause.
"""

import re

from allonym.news.acts import Phrase
from allonym.news.reading import Span
from allonym.news.shallow_phrases import phrase_at
from allonym.news.shallow_rewards import Rewards

_OF = re.compile(r"\b(?:de|del|da|do|dos|das|por|pelo|pela)\s", re.IGNORECASE)
_POSSESSED = re.compile(
    r"(?:\s(?:aére[oa]s?|militar(?:es)?|comercial(?:es)?|econ[óô]mic[oa]s|con drones?|com drones?|naval(?:es)?))?"
    r"(?: (?:de|del|do) \d[\d.,]* ?%)?\s(?:de|del|da|do|dos|das)\s(?:la |los |las )?",
    re.IGNORECASE,
)
_TARGETED = re.compile(r"[^.;,]{0,30}\s(?:a|al|contra|sobre|ao|à|aos|às|en|em|no|na)\s", re.IGNORECASE)
#: Who imposed it, in a clause about the measure: "los aranceles que Trump impuso a".
_IMPOSED = re.compile(
    r"\sque\s(?P<who>[^.;,]{2,60}?)\s(?:(?:les?|lhes?|ha|han|había|já|tinha|havia|ya)\s)*"
    r"(?P<verb>impuso|impusieron|impuesto|aplicó|aplica|aplicaron|anunció|decretó|fijó|lanzó|impôs|impuseram|imposto"
    r"|aplicou|anunciou|decretou|lançou)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\d+(?:[.,]\d+)? ?%")
_SUCH = re.compile(r"\b(?:es[at]|ess[ae]|est[ae]|dich[oa])\s$", re.IGNORECASE)
_PROPERTY = re.compile(
    r"(?:\b(?P<his>sus?|seus?|suas?)\s)?\b(?:bienes|activos|fondos|cuentas|propiedades|bens|ativos|fundos"
    r"|(?<!por )(?<!por la )(?:contas|(?<!em )conta)|(?<!por )(?<!en )cuentas?|patrim[oôó]nio|visas?|visados?"
    r"|vistos?)\b"
    r"(?P<of>[^.;,\n]{0,30}?\s(?:de|del|da|do|dos|das|que|a|al|ao|à|aos|vinculad[oa]s a|ligad[oa]s a[os]?)\s(?:la "
    r"|los |las "
    r"|os |as )?"
    r"(?=\w))?",
    re.IGNORECASE,
)
#: To whom charges are put: "le formuló cargos".
_TO_HIM = re.compile(r"(?:^|\s)(?P<him>les?|lhes?)\s\w+\s(?:\w+\s)?$", re.IGNORECASE)
_SOUGHT = re.compile(
    r"\b(?:recompensas?|ofrec\w*|ofere[cç]\w*|informaci[oó]n(?:es)? que|informações que)\b", re.IGNORECASE
)
#: Who had something done: "teve os bens bloqueados", "vio congeladas sus cuentas".
HAD = re.compile(
    r"\s(?:teve|tiveram|tem|têm|tivera|tinha|tuvo|tuvieron|tiene|tienen|vio|vieron|viu|viram|ve|ven)\s(?:[oa]s? |el "
    r"|la |los |las "
    r"|sus? |seus? |suas? )?(?:bens|ativos|contas?|extradição|prisão|vistos?|visas?|visados?|bienes|activos|cuentas?"
    r"|fondos"
    r"|fundos|extradición|nome|nombre|entrega|detenção|captura)\b[^.;,]{0,16}\s$",
    re.IGNORECASE,
)
_HAD_ONE = re.compile(r"\s(?:teve|tiveram|tem|tivera|tuvo|vio|viu)\s(?:a|sua|su|la)\s$", re.IGNORECASE)
#: Who suffers a measure as a subject: "sofreu sanções", "paga un arancel".
_SUFFERS = re.compile(
    r"\s(?:sofr(?:e|em|eu|eram)|sufr(?:e|en|ió|ieron)|receb(?:e|eu|eram)|recib(?:e|ió|ieron)|enfrent(?:a|an|am|ó|ou)"
    r"|afront(?:a|an|ó)"
    r"|acumul(?:a|an|ó|ou)|arrastr(?:a|an|ó)|pag(?:a|an|am|ó|ou)|soport(?:a|an|ó)|encar(?:a|an"
    r"|am))\s(?:[^\s.;,]+\s){0,4}$",
    re.IGNORECASE,
)
#: Upon whom it weighs, at the head of the clause: "Sobre X pesan".
_WEIGHS = re.compile(
    r"\W*(?:Sobre|Contra|Por|Pelo|Pela|Pel[oa]s|A|Al)\s(?:(?:el|la|los|las|o|a|os|as)\s)?(?=[^\W\d])"
    r"(?=[^.;]{2,110}?\s(?:pes(?:a|an|am|aba|aban|ó|ava|avam)|pend(?:e|en|ía)|rig(?:e|en)|hay|existe|existen|recae"
    r"|recaen|há)\s)",
)
_SIGNED = re.compile(
    r"\s(?:fue|foi|ha sido|será|quedó) \w+[ai]d[oa] [^.;]{0,25}?(?:por|pel[oa])\s|\s(?:la|a) \w+(?:ó|ou)\s"
)
AGAINST = re.compile(r"\scontra\s(?:o |a |os |as |el |la )?", re.IGNORECASE)


#: Relative pronouns of whom a reward is for.
OF_REWARD = re.compile(r"[\s,]*(?:por|pel[oa]s?|sobre)\b", re.IGNORECASE)
#: What is said of whom right behind it: "la captura, el lunes, de X".
_OF_THOSE = ("arrest", "extradition", "terrorist_designation", "other")
_NEAR = re.compile(r"(?:,? [^.;,]{0,24}?,?)??(?P<of>\s(?:de|del|do|da|dos|das|contra|a|al|ao)\s)", re.IGNORECASE)
_TO_STATE = re.compile(r"\s(?:a|al|para)\s(?:o |os |a |la |los )?[A-ZÁÉÍÓÚ][\w.]*(?: [A-ZÁÉÍÓÚ]\w+)*(?= d)")


#: Of whom sanctions are told in an apposition: "X, alvo de sanções".
_AIM_OF = re.compile(
    r"\b(?:alvo|alvos|objeto|objetivo|blanco|víctima) (?:de|das|de las)\s$|\b(?:bajo|sob)\s$", re.IGNORECASE
)
_GRANTED = re.compile(
    r"\b(?:autoriz|aprob|aprov|conced|firm|pidi|pedi|solicit|orden|reclam|confirm)\w+ (?:(?:en|em) \w+ )?(?:la|a)\s$",
    re.IGNORECASE,
)
_OTHER_DOER = re.compile(r"\b(?:reclam|busc|procur|acus|requer|señal|apont)\w*[ai]d[oa]s?\s$")
#: The main clause goes on behind a relative one: "la Fiscalía, que llevó el caso, presentó cargos".
_RESUMED = re.compile(r"\s?que\s[^,.;]{2,90},\s")
_NEXT_VERB = re.compile(r",\s(?:fue|foi|fueron|foram|ha|han|será|está|es|é|quedó|ficou|cumple|cumpre)\s")
_PUT = re.compile(r"\b(?:p[ôo]s|puso|pone|põe|coloc\w+|pusieron|puseram|somet\w+)\s(?=bajo|sob)", re.IGNORECASE)
_THEN = re.compile(r"[^.;:,]{0,80},\s(?=[^\W\d])")
_WHOSE = re.compile(r"\bcu[yj][ao]\s$", re.IGNORECASE)
_HIM = re.compile(r"\sd(?P<him>el[ea]s?)\b")
_BETWEEN = re.compile(
    r"\b(?:preocup|afect|golpe|llev|oblig|permit|hund|provoc|gener|causa|entra|tumb)\w+\s", re.IGNORECASE
)
_TO_DO = re.compile(r"[a-zéíóúçãõê]+[aei]r\b")
_THREAT_OF = re.compile(
    r"\b(?:amenaza|ameaça|promesa|promessa|plan|plano|decisión|decisão|anuncio"
    r"|anúncio)s? de(?:l)? (?P<who>[^.;,]{2,40}?) de [a-z]+[aei]r\b"
)
#: Those of an office, who did it for it: "por elementos de la Guardia Nacional".
_PEOPLE_OF = re.compile(
    r"(?:la |el |los |las |uns? |unos )?(?:elementos|agentes|efectivos|personal|miembros|integrantes|unidades|tropas"
    r"|soldados|detectives|comandos|funcionarios|policías|policiais|militares|homens|equipes|inspetores|infantes"
    r"|fuerzas|forças|drones|dron|fiscales|promotores|aviones|uniformados)(?: \w+)? (?:de la|de los|del|de|da|do|dos) ",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:(?:el|la|o|a|entonces|então|ex|su|seu|propi[oa]) )*(?:president[ea]|ministr[oa]|secretári[oa]|secretari[oa]"
    r"|fiscal|juez"
    r"|jueza|juiz|juíza|gobernador[a]?|governador[a]?|general|director[a]?|diretor[a]?|canciller|chanceler|promotor[a]?"
    r"|procurador[a]?|delegad[oa]|magistrad[oa]|desembargador[a]?|comisario|comissário|alcalde)\b[^.;()\n]{0,55}?",
    re.IGNORECASE,
)


#: Who did it, and to whom.
Sides = tuple[list[Phrase], list[Phrase]]


class Nouns(Rewards):
    """Finds whom nouns tell of, in one text."""

    def _of_noun(self, type_: str, match: re.Match[str], clause: Span) -> Sides:
        by, before = self._by(match.end(), clause.end), self._before(clause, match.start())
        if not before and _RESUMED.match(self.text, clause.start, match.start()):
            before = self._antecedent(clause.start)
        for begun in self.words.begun.finditer(self.text, clause.start, match.start()):
            if not before or before[0].span.start < begun.end():
                before = self._before(Span(begun.end(), clause.end), match.start())
        if upon := self._upon(type_, match, clause):
            return by or [p for p in [self._doer_of_noun(match.end(), clause.end)] if p], upon
        if type_ == "arrest" and _SOUGHT.search(self.text, clause.start, clause.end):
            return [], []
        if type_ == "charges":
            return self._of_charge(match, clause, by, before)
        if type_ == "reward_offer":
            return self._of_reward(match, clause, by or before)
        if type_ == "sanctions" and _AIM_OF.search(self.text, max(clause.start, match.start() - 20), match.start()):
            return self._of_aim(match, clause, by, before)
        if type_ == "sanctions" and (owners := self._owners(match.start(), clause.end)):
            return by or before, owners
        if whose := self._whose(type_, match, clause):
            return by or before, whose
        return self._of_goal(type_, match, clause, by, before)

    def _upon(self, type_: str, match: re.Match[str], clause: Span) -> list[Phrase]:
        """Whom a measure weighs upon: at the head of the clause, or as a subject that suffers it."""
        if type_ in ("sanctions", "reward_offer") and (weighs := _WEIGHS.match(self.text, clause.start, match.start())):
            return self._phrases(weighs.end(), match.start())
        if type_ in ("sanctions", "tariff") and (suffers := _SUFFERS.search(self.text, clause.start, match.start())):
            return self._before(clause, suffers.start()) or self._antecedent(clause.start)
        return []

    def _doer_of_noun(self, start: int, end: int) -> Phrase | None:
        """Whose measure it is: "sanciones del Tesoro"."""
        of = _POSSESSED.match(self.text, start, end)
        found = self._phrase(of.end(), end) if of else None
        return found if found and (self._is_office(found) or self._may_act(found)) else None

    def _of_charge(self, match: re.Match[str], clause: Span, by: list[Phrase], before: list[Phrase]) -> Sides:
        """Of "cargos": "le formuló cargos", "cargos que presentó la Fiscalía contra"."""
        if him := _TO_HIM.search(self.text, max(clause.start, match.start() - 30), match.start()):
            return before, [phrase_at(Span(*him.span("him")))]
        if against := AGAINST.search(self.text, match.end(), min(clause.end, match.end() + 90)):
            between = self._named(match.end(), against.start())
            within = [phrase_at(m.span) for m in between if m.type != "designated_group"]
            return by or within or before, self._phrases(against.end(), clause.end)
        return by, before or self._antecedent(clause.start)

    def _of_aim(self, match: re.Match[str], clause: Span, by: list[Phrase], before: list[Phrase]) -> Sides:
        """Of those under sanctions: "alvo de sanções dos EUA", "puso bajo sanciones a"."""
        if put := _PUT.search(self.text, clause.start, match.start()):
            return self._before(clause, put.start()), self._phrases(match.end(), clause.end)
        owner = _POSSESSED.match(self.text, match.end(), clause.end)
        doers = self._phrases(owner.end(), clause.end)[:1] if owner else []
        later = _THEN.match(self.text, match.end(), clause.end)
        subject = self._phrases(later.end(), clause.end) if later else []
        return by or doers, before or subject or self._antecedent(clause.start)

    def _whose(self, type_: str, match: re.Match[str], clause: Span) -> list[Phrase]:
        """Of whom a noun is where a pronoun tells: "cuya captura", "la extradición de él", "su entrega"."""
        if type_ == "arrest" and match[0][:3].lower() == "su " and self._by(match.end(), clause.end):
            return [phrase_at(Span(match.start(), match.start() + 2))]  # "tras su detención por la Guardia Civil"
        if _WHOSE.search(self.text, max(0, match.start() - 6), match.start()):
            return self._people(match.start() - 5) or self._antecedent(match.start() - 5)
        if type_ in ("extradition", "arrest") and (had := _HAD_ONE.search(self.text, clause.start, match.start())):
            return self._before(clause, had.start()) or self._antecedent(clause.start)
        if him := _HIM.match(self.text, match.end()):
            return [phrase_at(Span(*him.span("him")))]
        owner = self.words.his.search(self.text, max(0, match.start() - 4), match.start())
        if owner and type_ in ("extradition", "arrest"):
            return [phrase_at(Span(*owner.span()))]
        again = _SUCH.search(self.text, max(0, match.start() - 6), match.start())
        again = again or _GRANTED.search(self.text, clause.start, match.start())
        if type_ == "extradition" and again and not _NEAR.match(self.text, match.end(), clause.end):
            return [phrase_at(Span(match.start(), match.start()))]
        return []

    def _of_goal(self, type_: str, match: re.Match[str], clause: Span, by: list[Phrase], before: list[Phrase]) -> Sides:
        """To whom a noun is done by a preposition behind it, past whose measure it is."""
        at = match.end()
        if type_ in ("sanctions", "tariff", "use_of_force") and (of := self._doer_of(at, clause.end)):
            by, at = by or [of], of.span.end
        if imposed := _IMPOSED.search(self.text, at, min(clause.end, at + 90)):
            by = by or [p for p in self._phrases(imposed.start("who"), imposed.end("who")) if self._acts(p)]
            at = imposed.end("verb")
        if type_ == "extradition" and (state := _TO_STATE.match(self.text, at, clause.end)):
            at = state.end()
        near = _NEAR.match(self.text, at, clause.end) if type_ in _OF_THOSE else None
        if (
            type_ == "terrorist_designation"
            and by
            and _SIGNED.match(self.text, at)
            and match[0].lower().startswith("desig")
        ):
            return by, [phrase_at(Span(match.start(), match.start()))]
        if type_ in _OF_THOSE and near is None:
            return by or before, []
        if threat := _THREAT_OF.search(self.text, clause.start, match.start()):
            before = self._phrases(threat.start("who"), threat.end("who")) or before
        of_goal = type_ == "use_of_force" and match[0].lower().startswith("bombard")
        for goal in self.words.goal.finditer(self.text, near.start("of") if near else at, clause.end):
            if type_ in ("sanctions", "tariff", "use_of_force") and _OF.match(goal[0]) and not of_goal:
                continue
            if _SHARE.match(self.text[goal.end() : goal.end() + 10]) or _TO_DO.match(self.text, goal.end()):
                continue
            if _BETWEEN.search(self.text, at, goal.start()):
                break
            if (after := self._phrases(goal.end(), clause.end)) and not (by and after[0].span == by[0].span):
                return by or before, after
        return by or before, []

    def _of_reward(self, match: re.Match[str], clause: Span, before: list[Phrase]) -> Sides:
        """Who offers and for whom, of a noun: also "X, sobre quien pesa una recompensa"."""
        for relative in self.words.relative.finditer(self.text, clause.start, match.start()):
            if OF_REWARD.match(relative[0]) and (people := self._people(relative.start())):
                within = self._before(Span(relative.end(), clause.end), match.start())
                return [p for p in within if self._acts(p)], people
        return before, self._rewarded(match.end(), clause)

    def _doer_of(self, start: int, end: int) -> Phrase | None:
        """Whose measure it is: "sanciones de Estados Unidos contra", "un ataque del Ejército contra"."""
        of = _POSSESSED.match(self.text, start, end)
        found = self._phrase(of.end(), end) if of else None
        if found is None or not (self.text[found.span.start].isupper() or self._may_act(found)):
            return None
        return found if _TARGETED.match(self.text, found.span.end, end) else None

    def _owners(self, start: int, end: int) -> list[Phrase]:
        """Whose property is frozen: "los bienes de X", "sus cuentas", "bens dos investigados"."""
        held = _PROPERTY.search(self.text, start, min(end, start + 90))
        if held is None or any(m.type in ("person", "designated_group") for m in self._named(start, held.start())):
            return []
        if held["of"] and _TO_DO.match(self.text, held.end()):
            return []
        if held["his"]:
            return [phrase_at(Span(*held.span("his")))]
        return self._phrases(held.end(), end) if held["of"] else []

    def _by(self, start: int, end: int) -> list[Phrase]:
        for found in self.words.by.finditer(self.text, start, min(end, start + 110)):
            other = _OTHER_DOER.search(self.text, max(start, found.start() - 20), found.start())
            if other and other.start() > start:
                continue
            if _NEXT_VERB.search(self.text, start, found.start()):
                break
            there = [m for m in self._named(found.end(), end) if m.span.start - found.end() < 4]
            if there:
                return [phrase_at(there[0].span)]
            titled = next((m for m in self._named(found.end(), min(end, found.end() + 90)) if m.type == "person"), None)
            if titled and _TITLE.fullmatch(self.text, found.end(), titled.span.start):
                return [phrase_at(titled.span)]
            if (own := _PEOPLE_OF.match(self.text, found.end(), end)) and (
                of := [m for m in self._named(own.end(), end)[:1] if m.span.start - own.end() < 4]
            ):
                return [phrase_at(of[0].span)]
            phrase = self._phrase(found.end(), end)
            if (
                phrase is not None
                and not there
                and (self._may_act(phrase) or self._may_act(phrase_at(Span(found.end(), phrase.span.end))))
            ):
                return [phrase]
        return []

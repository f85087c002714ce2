"""Whether a word that tells of other things too tells of an act: of people held, not of fish; of a reward, not a fee.

Takes a word of a Spanish or Portuguese text with who stands on either side; says yes or no. Must not look beyond the
sentence, but for whether the text speaks of crime at all.
"""

import re

from allonym.news.acts import Phrase
from allonym.news.numbers import count
from allonym.news.reading import Span
from allonym.news.shallow_nouns import OF_REWARD
from allonym.news.shallow_parties import Parties
from allonym.news.shallow_rewards import SOUGHT_BY

_BOMBS = re.compile(r"bombarde|hund|afund", re.IGNORECASE)
#: What is said of somebody else's attack.
_REACTS = re.compile(r"\b(?:conden|denunci|rechaz|rejeit|lament|repudi|critic|investig)\w+\s", re.IGNORECASE)
_TERM = re.compile(r"\b(?:años|anos|meses|perpetua|perpétua|prisi[óo]n|prisão|cárcel|muerte|culpable)\b", re.IGNORECASE)
_REWARD = re.compile(r"recompensa|precio a|prêmio|prémio|cabeza|cabeça", re.IGNORECASE)
_HIM = re.compile(r"\w{0,5}$|alias ")
_LENGTH = re.compile(r"kil[óo]metros|metros|minutos|horas", re.IGNORECASE)
_PERSONAL_A = re.compile(r"\b(?:a|al)\s(?:la |los |las |un |una |unos |unas |su |sus |otr[oa]s? )*$", re.IGNORECASE)
GUILTY = ("person", "designated_group")
_LEGAL = re.compile(
    r"\bMP\b|\bMPF\b|\bPGR\b|\bSTF\b|fiscal|procurad|promotor|ministério público|ministerio público|corte|tribunal"
    r"|juez|jueza|juiz|juíza|juzgado"
    r"|justicia|justiça|justice|jurado|polic|políc|audiencia|prosecut|court|grand jury",
    re.IGNORECASE,
)
_DENYING = re.compile(r"\b(?:neg|niega|rechaz|rejeit|desm|refut)\w*\s(?:\w+\s)?$", re.IGNORECASE)
_AIDED = re.compile(
    r"\b(?:fue|fueron|sido|foi|foram|será|serão|está|están|é|são|era|eram|eran|quedó|resultó|siendo|sendo)\s"
    r"(?:\w+mente |ontem |ayer |hoy |hoje |también |também |ya |já )?$",
    re.IGNORECASE,
)

#: What is caught or falls, and is nobody.
_NO_PEOPLE = re.compile(
    r"\b(?:at[uú]n|atum|pesca\w*|peces|peixes|carbono|co2|datos|dados|pantalla|tela|imágen\w*|mercado|renta|puma"
    r"|osos?|perros?"
    r"|gatos?|cachorr\w*|onça|jabal\w+|javali|cocodrilo|jacaré|serpiente|cobra|animal\w*|veces|vezes|minutos|horas"
    r"|autocarro"
    r"|ônibus|trem|tren|avión|voo|vuelo|precios?|preços?|bitcoin|bolsa)\b",
    re.IGNORECASE,
)
#: Who is handed over to another state: not pupils or players.
_HANDED_OVER = re.compile(
    r"\b(?:capos?|reos?|pres[oa]s?|narco\w*|detenid\w+|detid\w+|fugitiv\w+|prófug\w+|foragid\w+|traficant\w+"
    r"|mafios\w+|criminal\w*"
    r"|crimin\w+|delincuent\w+|líder\w*|jef[ea]s?|chef\w+|cabecill\w+|integrant\w+|miembr\w+|membr\w+|mandos?"
    r"|extradit\w+"
    r"|sospechos\w+|suspeit\w+|acusad\w+|imputad\w+|procesad\w+|condenad\w+|reclus\w+|prision\w+|ciudadan\w+"
    r"|cidad[ãa]\w+"
    r"|hombres?|homens?|homem|mujer(?:es)?|personas|pessoas|implicad\w+|requerid\w+|buscad\w+|procurad\w+|reclamad\w+"
    r"|presunt\w+"
    r"|supost\w+|pandiller\w+|terrorist\w+|insurgent\w+|guerriller\w+|sicari\w+|testaferr\w+|l[oa]s?|[oa]s?|el[ea]s?"
    r"|sus?|seus?|suas?|quien|quem"
    r"|\w+(?:anos?|anas?|enses?|eñ[oa]s?|eir[oa]s?|eses|ês|és))\b",
    re.IGNORECASE,
)
_TAKING = re.compile(r"envi|mand|traslad|remit|llev|lev|devolv|devuel|despach|transfer", re.IGNORECASE)
_CATCHING = re.compile(r"agarr|apanh|peg|trinc", re.IGNORECASE)
_PUNISHING = re.compile(r"castig|pun[ie]", re.IGNORECASE)
_SPORT = re.compile(
    r"\b(?:liga|árbitro|arbitro|federación|federação|fifa|uefa|conmebol|clube?|club|juiz|juez)\b", re.IGNORECASE
)
_OF_MONEY = re.compile(r"pag|promet|d[áaã]|ofert", re.IGNORECASE)
_LEAVING = re.compile(r"s[aá][il]|dej|deix|no |não ", re.IGNORECASE)
_CLUES = re.compile(r"captura|prisão|paradero|paradeiro|pistas|informaç|informaci", re.IGNORECASE)
_AID = re.compile(r"retir|suspend|recort|cort|congel", re.IGNORECASE)
#: What a text about crime or sanctions says somewhere.
_CRIME = re.compile(
    r"recompensa|captur|prófug|foragid|narco|drog|c[áa]rtel|terror|crim|pris[ãi]|detenid|detid|fiscal|polic|políc"
    r"|\b(?:DEA|FBI|OFAC)\b"
    r"|sanci|sanç|extradi|lavado|lavagem|justicia|justiça|tribunal|banda|facç|pandill|militar|mafia|máfia|\bcapos?\b"
    r"|\bpres[oa]s?\b|\breos?\b|pistas|delat|cabe[zç]a|homicid|\bentreg|buscad|procurad"
    r"|(?:información|informaciones|informações) (?:sobre|que)",
    re.IGNORECASE,
)


class Likely(Parties):
    """Judges the acts of one text."""

    crime: bool | None = None

    def _of_crime(self) -> bool:
        if self.crime is None:
            self.crime = bool(_CRIME.search(self.text))
        return self.crime

    def _likely(
        self,
        kind: str,
        type_: str,
        match: re.Match[str],
        clause: Span,
        agents: list[Phrase],
        patients: list[Phrase],
    ) -> bool:
        """Whether a word that tells of other things too tells of an act here."""
        if not self._fits(kind, type_, match, agents, patients):
            return False
        if type_ == "use_of_force" and kind == "noun":
            return not _REACTS.search(self.text, clause.start, match.start())
        if type_ == "reward_offer" and kind == "active":
            return self._is_reward(match, clause, patients)
        if type_ in ("arrest", "extradition") and kind == "active":
            return self._is_of_people(match, patients)
        if type_ == "use_of_force" and kind == "active":
            return (bool(_BOMBS.match(match[0])) and not agents) or any(self._is_armed(p, match) for p in agents)
        if type_ == "charges" and kind == "active" and match[0].lower().startswith("conden"):
            return self._is_court(agents) or bool(_TERM.search(self.text, match.end(), clause.end))
        return self._charged(kind, type_, match, agents)

    def _is_armed(self, phrase: Phrase, match: re.Match[str]) -> bool:
        named = bool(self._named(phrase.span.start, phrase.span.end)) or self.text[phrase.head].isupper()
        return self._is_body(phrase) or self._may_act(phrase) or (named and bool(_BOMBS.match(match[0])))

    def _fits(self, kind: str, type_: str, match: re.Match[str], agents: list[Phrase], patients: list[Phrase]) -> bool:
        """Whether those on either side are such as the act may be done by and to."""
        told = self.text[patients[0].span.start : patients[0].span.end]
        named = any(m.type in GUILTY for p in patients for m in self._named(p.span.start, p.span.end))
        office = any(self._is_office(p) or self._may_act(p) for p in agents)
        if type_ == "arrest":
            if kind == "noun" and match[0].lower().startswith("caída"):
                return named
            return (named or not _NO_PEOPLE.search(told)) and (
                named or not _CATCHING.match(match[0]) or bool(_HANDED_OVER.search(told)) or count(told) is not None
            )
        if (
            type_ == "extradition"
            and (kind != "noun" or match[0].lower().startswith("entreg"))
            and "xtrad" not in match[0]
        ):
            somebody = named or bool(_HANDED_OVER.search(told)) or not told
            return somebody and (not _TAKING.match(match[0]) or self._of_crime())
        if type_ == "reward_offer" and _OF_MONEY.match(match[0]):
            sought = (
                named
                or not match[0].lower().startswith("ofert")
                or office
                or _CLUES.search(self.text, match.end(), match.end() + 140)
            )
            return bool(sought) and (office or self._of_crime())
        if type_ == "sanctions" and kind == "active":
            if any(_SPORT.search(self.text[p.span.start : p.span.end]) for p in agents):
                return False
            return not _PUNISHING.match(match[0]) or office or self._of_crime()
        if type_ == "delisting" and kind == "passive" and _LEAVING.match(match[0]):
            return bool(self.words.context["list"].search(self.text, match.start(), match.end() + 90))
        if (
            type_ == "other"
            and kind == "active"
            and _AID.match(match[0])
            and re.match(r".{0,12}(?:ayuda|ajuda|asist)", self.text[match.end() : match.end() + 24])
        ):
            return any(self._named(p.span.start, p.span.end) for p in agents)
        return True

    def _is_reward(self, match: re.Match[str], clause: Span, patients: list[Phrase]) -> bool:
        """Whether what is offered or paid is for finding somebody."""
        if _REWARD.search(self.text, clause.start, clause.end) or SOUGHT_BY.search(self.text, match.end(), clause.end):
            return True
        named = (m.type for p in patients for m in self._named(p.span.start, p.span.end))
        about = self.words.relative.findall(self.text, clause.start, match.start())
        is_pronoun = any(_HIM.match(self.text[p.span.start : p.span.end]) for p in patients)
        return is_pronoun or any(t in GUILTY for t in named) or any(OF_REWARD.match(word) for word in about)

    def _is_of_people(self, match: re.Match[str], patients: list[Phrase]) -> bool:
        """Whether it is people that are held or handed over: in Spanish, "a" stands before them."""
        if any(span.start >= match.end() and span.start < match.end() + 25 for span in self.sums):
            return False
        first = patients[0].span
        if self.lang != "es" or first.start < match.end() or self._named(first.start, first.end):
            return True
        between, told = self.text[match.end() : first.start], self.text[first.start : first.end]
        return not _LENGTH.search(told) and (count(told) is not None or bool(_PERSONAL_A.search(between)))

    def _is_body(self, phrase: Phrase) -> bool:
        return any(m.type in ("agency", "government") for m in self._named(phrase.span.start, phrase.span.end))

    def _charged(self, kind: str, type_: str, match: re.Match[str], agents: list[Phrase]) -> bool:
        """Whether "accused" tells of a charge: by those who bring charges, or of somebody who "was accused"."""
        if type_ != "charges":
            return True
        before = self.text[max(0, match.start() - 24) : match.start()]
        if kind == "noun":
            return not _DENYING.search(before)
        if not match[0].lower().startswith("acus") or "formal" in match[0].lower():
            return True
        if kind == "passive":
            return before.endswith(", ") or bool(_AIDED.search(before)) or self._is_court(agents)
        return self._is_court(agents)

    def _is_court(self, agents: list[Phrase]) -> bool:
        return any(_LEGAL.search(self.text[p.span.start : p.span.end]) for p in agents)

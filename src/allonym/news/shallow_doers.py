"""Who did what a clause tells without a "by" or a subject: "por orden de", "en un operativo de", "según la Fiscalía".

Takes a Spanish or Portuguese sentence and the act in it; gives a phrase. Must not look beyond the sentence.
"""

import re

from allonym.news.acts import Phrase
from allonym.news.reading import Span
from allonym.news.shallow_nouns import Nouns
from allonym.news.shallow_phrases import phrase_at

_OF = r"(?:de la|de los|de las|del|de|da|do|das|dos|d)\b"
#: What stands before who did it, wherever it stands in the clause.
_MARKS = re.compile(
    r"\b(?:por (?:orden|órdenes|disposición|decisión|mandato|instrucci[oó]n(?:es)?|resolución|decreto|determinação"
    r"|decisão|ordem|ordens|mandado|resolução|iniciativa|obra)"
    r"|bajo (?:custodia|órdenes)|sob custódia"
    r"|(?:en|em|durante|mediante|tras|após|num|numa|en el marco de|no âmbito de) (?:(?:una?|uma?|la|el|o|a) )?"
    r"(?:\w+ )?(?:operativos?|operaci[oó]n(?:es)?|operaç(?:ão|ões)|acci[oó]n|ação|redadas?|allanamientos?"
    r"|procedimientos?"
    r"|ofensivas?|batidas?|incursi[oó]n|incursão)(?: (?:conjunt[oa]|policial|militar|aére[oa]|naval))?"
    r"|(?:a|en|bajo) (?:cargo|manos|poder)|(?:nas|pelas|às) mãos|em poder)"
    rf" (?:{_OF} (?:\w+ )?(?:elementos|agentes|efectivos|policías|policiais|militares|tropas|fuerzas) )?{_OF} ",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"\ba (?:pedido|petición|instancias?|solicitud|requerimiento|mando) (?:expres[oa] |formal )?{_OF} ", re.IGNORECASE
)
#: Who tells what their own people did.
_TELLS = re.compile(
    r"\b(?:según|segundo|conforme|de acordo com|de acuerdo con)(?: (?:lo )?(?:inform|confirm|anunci|comunic|detall"
    r"|precis|indic|señal"
    r"|report|divulg|explic|dijo|disse|relat)\w*)?(?: \w+)? (?:la |el |a |o |las |os )",
    re.IGNORECASE,
)
#: Courts before which somebody is charged or sentenced.
_BEFORE_COURT = re.compile(
    r"\b(?:ante|perante|en|em|num|numa|no|na|por)\s(?:(?:una?|uma?|la|el|o|a)\s)?(?=(?:corte|tribunal|juez|jueza|juiz"
    r"|juíza|jurado|juzgado|justicia|justiça|audiencia|vara|júri)\b)",
    re.IGNORECASE,
)
#: What the next sentence says that somebody did to the same, by type: "Lo sorprendió la Guardia Civil".
_HAS = r"(?:\b(?:l[oae]s?|[oa]s?)\s(?:(?:ha|han|había|tinha|havia) )?|\b(?:quien|quienes|quem) (?:l[oae]s? |[oa]s? )?)"
_DID = {
    "arrest": re.compile(
        _HAS + r"(?:practic|realiz|llev|ejecut|sorprend|intercept|ubic|localiz|rode|captur|detuv|arrest|prend"
        r"|peg|bat|cumpr|efetu|surpreend|alcanz|atrap|sac|esper|fez|hiz)\w+|\bbateu à porta", re.IGNORECASE),
    "charges": re.compile(_HAS + r"(?:present|formul|firm|dict|impus|apresent|ofere|assin|redact)\w+", re.IGNORECASE),
    "reward_offer": re.compile(_HAS + r"(?:ofre|ofere|pag|anunci|promet|sub|elev|mant)\w+", re.IGNORECASE),
    "": re.compile(_HAS + r"(?:firm|anunci|orden|decid|assin|autoriz|tom|dict|impus|decret|aprob"
    r"|aprov)\w+", re.IGNORECASE),
}  # fmt: skip
_RAID = re.compile(
    r"\b(?:irrump|allan|asalt|redada|operativo|operación|operação|deflagr|cumpr|rode[óo]|registr|incursi|desplieg"
    r"|despleg"
    r"|bateu|invadi|persig|perseg|intercept|cerc[óo])\w*",
    re.IGNORECASE,
)
_BY_POLICE = frozenset({"arrest", "charges", "use_of_force"})


class Doers(Nouns):
    """Finds who did an act that its clause tells without an agent."""

    def _elsewhere(self, type_: str, sentence: Span, clause: Span, targets: list[Phrase]) -> list[Phrase]:
        """Who did it by what stands in the clause, else in the sentence."""
        marks = [_MARKS] + ([_ASKED] if type_ != "extradition" else [])
        marks += [_BEFORE_COURT] if type_ == "charges" else []
        for within in (clause, sentence):
            for mark in marks:
                for found in mark.finditer(self.text, within.start, within.end):
                    if doer := self._office_at(found.end(), within.end):
                        return [] if any(p.span.overlaps(doer.span) for p in targets) else [doer]
        if type_ in _BY_POLICE:
            for found in _TELLS.finditer(self.text, sentence.start, sentence.end):
                told = [m for m in self._named(found.end(), sentence.end)[:1] if m.span.start - found.end() < 3]
                if told and told[0].type == "agency":
                    return [phrase_at(told[0].span)]
        return self._around(type_, sentence)

    def _around(self, type_: str, sentence: Span) -> list[Phrase]:
        """Who did it by the sentence behind, which says who "did it", or the one before, which tells of a raid."""
        end = self.text.find("\n", sentence.end)
        after = Span(sentence.end, min(sentence.end + 130, end if end >= 0 else len(self.text)))
        did = _DID.get(type_, _DID[""]).search(self.text, after.start, after.end)
        if did and "." not in self.text[after.start : did.start()].strip(" .”»\"'"):
            by = [m for m in self._named(after.start, after.end) if m.type in ("agency", "government")]
            near = [m for m in by if "." not in self.text[min(m.span.end, did.end()) : max(m.span.start, did.start())]]
            if near:
                return [phrase_at(near[0].span)]
        if type_ != "arrest":
            return []
        start = max(self.text.rfind("\n", 0, sentence.start) + 1, sentence.start - 220)
        before = [m for m in self._named(start, sentence.start) if m.type == "agency"]
        last = before[-1].span.start if before else sentence.start
        raid = _RAID.search(self.text, max(start, last - 60), sentence.start)
        return [phrase_at(before[-1].span)] if before and raid else []

    def _office_at(self, start: int, end: int) -> Phrase | None:
        """The office, state or person whose name or description begins there."""
        for mention in self._named(start, min(end, start + 90))[:1]:
            ahead = self.text[start : mention.span.start]
            near = len(ahead) < 4 or (len(ahead) < 45 and ahead == ahead.lower() and not re.search(r"[.;:]", ahead))
            if near and mention.type in ("agency", "government", "person"):
                return phrase_at(mention.span)
        found = self._phrase(start, end)
        return found if found is not None and self._may_act(found) else None

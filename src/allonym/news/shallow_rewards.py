"""For whom a reward is offered, and who is named before a place, by rules alone.

Takes a word of a Spanish or Portuguese text that tells of a reward, and its clause; gives phrases. Must not look beyond
the sentence.
"""

import re
from bisect import bisect_left

from allonym.news.acts import Phrase
from allonym.news.reading import Mention, Span
from allonym.news.shallow_phrases import Phrasing, phrase_at

PERSONAL = ("arrest", "charges", "extradition", "reward_offer")
_SUM = re.compile(
    r"\d|(?:mil|medio|meio|hasta|até|pesos|dólares|euros|reais|soles|quetzales|bolívares|lempiras|millones|milhões"
    r"|información|informações|datos|dados|pistas|recompensas?|quien|quem|quienes)\b",
    re.IGNORECASE,
)
#: What a reward is for, up to who is sought: "que conduzca a la captura de".
SOUGHT_BY = re.compile(
    r"\b(?:(?:captura|detención|arresto|paradero|ubicación|localización|cabeza|condena|identidad"
    r"|identificación|prisão|detenção|localização|paradeiro|cabeça|condenação|identificação)(?:(?:,| y| e| o| ou"
    r"| y/o| e/ou)? (?:la |el |o |a |su |à |ao )?"
    r"(?:captura|detención|arresto|condena|localización|paradero|prisão|condenação|localização|paradeiro))*"
    r" (?:de|del|do|da|dos|das)"
    r"|(?:captur|deten|arrest|ubic|localiz|encontr|prend|captur|ach|entreg|delat|denunci)\w*[aei]r (?:a|al)?"
    r"|(?:entregue|capture|delate|ubique|localice)n? (?:al?)?|dar con"
    r"|(?:información|informaciones|datos|pistas|informações|dados)(?: que \w+ a)? (?:sobre|de|del|acerca de|do|da))"
    r"\s?(?-i:la |el |los |las |o |a |os |as )?(?=[^\W\d])",
    re.IGNORECASE,
)
_HIS = re.compile(
    r"\b(?P<his>su|sus|sua|seu)\s(?:captura|detención|arresto|cabeza|paradero|localización|ubicación|prisão|cabeça"
    r"|paradeiro)\b"
    r"|\b(?:capturar|detener|localizar|encontrar|ubicar|prendê-|localizá-|capturá-|encontrá-)(?P<him>l[oa]s?)\b"
    r"|\bpor (?P<only>él|ella|ele|ela)\b",
    re.IGNORECASE,
)
#: A noun with its article, or a name, right before a relative clause.
_NOUN_BEFORE = re.compile(
    r"(?:(?:^|\s)(?:[Ee]l|[Ll][ao]s?|[Oo]s?|[Aa]s?|[Uu]na?|[Uu]ma?|al|del|ao|do|da|otr[oa]s|dos|tres|cuatro|cinco"
    r"|dois|duas|três|\d+)\s(?P<noun>[^\W\d][\w-]+"
    r"(?: (?:d[eao]s? )?[\w-]+){0,3}),?\s?)$"
)
_NAME_BEFORE = re.compile(r"\b(?P<noun>[A-ZÁÉÍÓÚ][\w’-]+(?: (?:d[eao]s? |del )?[A-ZÁÉÍÓÚ][\w’-]+){1,3}),?\s?$")
#: … by whom it is offered, not for whom.
_OFFERED = re.compile(r"(?:ofrec|oferec|anunci|promet|fij|fix|pag|estipul)[ai]d[oa]s?\s$", re.IGNORECASE)
#: For whom, at the head of the clause: "Pelo ministro do Interior, Washington paga".
_FRONTED = re.compile(
    r"\W*(?:Por|Pel[oa]s?)\s(?:(?:información|informações|datos|dados|pistas)\s(?:sobre|de|del|do|da)\s)?(?:el |la "
    r"|los |las |[oa]s? )?"
    r"(?=[^\W\d])",
    re.IGNORECASE,
)
_STOPS = re.compile(r"[.!?]\s")
_SAYS = re.compile(r",?\s(?:dijo|disse|afirmó|afirmou|según|segundo|explicó)\b")


class Rewards(Phrasing):
    """Finds for whom a reward is, in one text."""

    def _of_offer(
        self, match: re.Match[str], clause: Span, before: list[Phrase], antecedent: list[Phrase]
    ) -> tuple[list[Phrase], list[Phrase]]:
        """Who offers and for whom, of a verb: "ofrece", "paga"."""
        if (
            not before
            and antecedent
            and self._is_office(antecedent[0])
            and _HIS.search(self.text, match.end(), clause.end)
        ):
            before, antecedent = antecedent, []  # "objetivo del FBI, que daba por él"
        fronted = _FRONTED.match(self.text, clause.start, match.start())
        comma = self.text.rfind(", ", fronted.end(), match.start()) if fronted else -1
        subject = self._phrase(comma + 2, match.start()) if comma > 0 else None
        if fronted and subject and (self._acts(subject) or self.text[subject.head].isupper()):
            return [subject], [p for p in self._phrases(fronted.end(), comma) if p.span != subject.span]
        antecedent = antecedent and (self._people(antecedent[0].span.end + 1) or antecedent)
        offering = [m.span for m in self._named(match.end(), clause.end) if m.type in ("agency", "government")]
        sought = self._rewarded(match.end(), clause) or self._rewarded(clause.start, Span(clause.start, match.start()))
        if antecedent and sought and self.text[sought[0].head : sought[0].head + 4].lower() in ("quie", "quem"):
            sought = antecedent
        if antecedent and sought and not before and (self._is_office(antecedent[0]) or self._may_act(antecedent[0])):
            before = antecedent
        if not sought and not antecedent and "recompensa" in self.text[clause.start : clause.end]:
            antecedent = [phrase_at(Span(match.start(), match.start()))]  # whom the text spoke of last
        return before or [phrase_at(s) for s in offering[:1]], sought or antecedent

    def _rewarded(self, start: int, clause: Span) -> list[Phrase]:
        """For whom a reward is: what stands after "the capture of", "for", "on", also a pronoun."""
        for sought in SOUGHT_BY.finditer(self.text, start, clause.end):
            found = self._phrases(sought.end(), clause.end)
            if (
                found
                and not _SUM.match(self.text, found[0].span.start)
                and not SOUGHT_BY.match(self.text, found[0].head)
            ):
                return found
        if his := _HIS.search(self.text, start, clause.end):
            return [phrase_at(Span(*his.span(his.lastgroup or 0)))]
        for goal in self.words.goal.finditer(self.text, start, clause.end):
            if any(m.span.start < goal.start() for m in self._named_around(goal.start())):
                continue
            if _OFFERED.search(self.text, max(start, goal.start() - 14), goal.start()):
                continue
            his = self.words.his.match(self.text, goal.end())
            if his:
                return [phrase_at(Span(*his.span()))]
            found = self._phrases(goal.end(), clause.end)
            at = found[0].span.start if found else 0
            if not found or _SUM.match(self.text, at):
                continue
            found = [p for p in found if not self._is_office(p)]
            if found and not any(span.overlaps(found[0].span) for span in self.sums):
                return found
        return []

    def _named_around(self, at: int) -> list[Mention]:
        """The mention that a place is within."""
        last = self.mentions[max(0, bisect_left(self.starts, at) - 1) :][:1]
        return [m for m in last if m.span.start < at < m.span.end]

    def _people(self, at: int) -> list[Phrase]:
        """The person named last before a place, in its sentence, else the group."""
        before, group = self.mentions[: bisect_left(self.starts, at)], list[Phrase]()
        for number in range(len(before) - 1, -1, -1):
            mention = before[number]
            if at - mention.span.end > 160 or _STOPS.search(self.text, mention.span.end, at):
                break
            if mention.type == "person" and not _SAYS.match(self.text, mention.span.end):
                first = before[number - 1] if number else mention  # "Hugo Sanjuán, El Mocho, detenido"
                is_one = first.type == mention.type and self.text[first.span.end : mention.span.start] == ", "
                return [phrase_at(first.span if is_one else mention.span)]
            if mention.type == "designated_group" and not group:
                group = [phrase_at(mention.span)]
        return group

    def _antecedent(self, at: int) -> list[Phrase]:
        """What a relative clause or an apposition is about: the name right before it."""
        before = self.mentions[: bisect_left(self.starts, at)]
        noun = _NOUN_BEFORE.search(self.text, max(0, at - 70), at)
        acts = self.words.context["doer"].search(self.text, noun.start("noun"), noun.end("noun")) if noun else None
        if noun and acts and before and before[-1].span.end < acts.start():
            return [phrase_at(Span(acts.start(), noun.end("noun")))]  # "A Rubén lo busca un juez de Brooklyn, que"
        if before and at - before[-1].span.end < 60 and "." not in self.text[before[-1].span.end : at]:
            return [phrase_at(before[-1].span)]
        told = _NAME_BEFORE.search(self.text, max(0, at - 70), at) or _NOUN_BEFORE.search(
            self.text, max(0, at - 70), at
        )
        return [phrase_at(Span(*told.span("noun")))] if told else []

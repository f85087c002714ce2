"""Who is cited without a verb of saying: "according to X", "X's claim that …".

Takes a sentence; adds claims. Must not take what a verb of saying reports.
"""

import re

from allonym.news.claimed import BLANK, Finding, Said
from allonym.news.reading import Span
from allonym.news.roles import Who

#: What tells more of the one who is cited, or begins a clause of its own: "…, according to X, who …".
OF_THEM = re.compile(
    r"(?:(?:all|some|both|each|most|none|many|one) of"
    r"|and|but|who|which|whose|a|an|the|y|e|pero|mas|que|quien|cuy[oa]|cuj[oa]"
    r"|un|una|um|uma|el|la|o|a(?=\s[a-z])"
    r"|después|depois|tras|após|citing|cited|citad[oa])\s"
)
TO_WHICH = re.compile(
    r",\s(?:(?:a|de|en|ao?|à|in) )?(?:(?:l[ao]s?|el) )?(?:que|cual(?:es)?|qual|which|who|seen|obtained)\s"
)
RELATIVE_END = re.compile(r"(?:^|\s|,)(?:that|which|who|whom|que|quien|quem|and|but|y|e|mas|pero)$", re.IGNORECASE)
#: What is not over yet: "the two are, according to X, the heads of …".
COPULA = re.compile(
    r"\s(?:is|are|was|were|has|have|had|will|would|es|son|era|eran|fue|fueron|será|serán|sería|está|están|estaba|estaban"
    r"|ha|han|había|habían|habría|habrían|é|são|foi|foram|seria|seriam|teria|teriam|tem|têm|tinha)$"
)
#: Where another is told to be behind what is said.
CITING = re.compile(
    r",\s(?:citing|quoting|(?:which|que|quien|quem) (?:cited|cites|quoted|quotes|cit(?:ó|a|ou|aba|ava))|citando)"
    r"\s(?:al?\s)?"
)
NAMED_BY = re.compile(r"[,;:]|\s(?:that|que|who)\s")
OWN_VIEW = re.compile(
    r"(?:in (?:his|her|their) (?:view|opinion|words|telling|estimation|account)|by (?:his|her|their) (?:own )?account"
    r"|as (?:he|she) (?:sees|tells|puts) it|(?:según|en|a|de acuerdo con|segundo|de acordo com) (?:su|sus|seu|sua|suas)"
    r" (?:propi[oa]s? )?(?:juicio|opinión|entender|parecer|versión|palabras?|relato|criterio|opinião"
    r"|visão|avaliação|versão|palavras|juízo|ver)|n[ao] (?:seu|sua) (?:opinião|visão|avaliação|entender|juízo)),\s",
    re.IGNORECASE,
)
#: "X, according to whom …".
BY_WHOM = re.compile(
    r",\s(?:according to (?:which|whom)|in whose (?:view|words|opinion|telling)"
    r"|(?:según|segundo|de acuerdo con|de acordo com|conforme|para)"
    r" (?:l[ao]s? cual(?:es)?|el cual|[ao]s? qua(?:l|is)|quien(?:es)?|quem))\s"
)
#: Where the main clause goes on behind: "…, according to which X, this ministry denies …".
FURTHER_ON = re.compile(
    r"[;:]\s|,\s(?:est[ea]|esse|essa|o|el|la|the|this|y|e|and)\s"
    r"(?=\w+\s(?:\w+\s)?\w*(?:niega|nega|denies|denied|rechaza|rejeita|negó|negou))"
)
LONG = 80  # characters: what goes on after the one who is cited is cut at a comma when it is longer
LEADS = (":", ";", "–", "—", "¤")


class Cited(Finding):
    """Finds what is told as the word of somebody, by "according to" or a noun."""

    def _according(self, sentence: Span) -> None:
        """ "According to X, …", "…, according to X" and "…, according to X, …"."""
        stop = self._stop(sentence)
        self._for(sentence)
        self._by_whom(sentence)
        self._own_view(sentence)
        for told in self.words.according.finditer(self.plain, sentence.start, sentence.end):
            if OWN_VIEW.match(self.plain, told.start()):
                continue
            if BY_WHOM.match(self.plain, told.start() - 2):
                continue
            ahead = self.plain[sentence.start : told.start()].rstrip()
            lead = not ahead or ahead.endswith(LEADS)
            comma = self.plain.find(",", told.end(), stop)
            end = comma if comma > 0 else stop
            if comma > 0 and TO_WHICH.match(self.plain, comma):
                comma = max(comma, self.plain.find(",", comma + 1, stop))
            apposed = self.placed.beginning(comma + 2, comma + 3) if comma > 0 else ()
            if apposed and apposed[0].type == "person" and self.speakers.is_office(told.end(), comma):
                further = self.plain.find(",", apposed[0].span.end, stop)
                comma = end = further if further > 0 else stop
            verb = self.words.verb.search(self.plain, told.end(), min(end, told.end() + 20))
            who = self.speakers.after(verb.end(), end if comma > verb.end() else stop) if verb else None
            if verb and comma == verb.end():  # "según dijo, …"
                who = self._last_subject(None)
            who = who if verb and (who or not lead) else self._cited(told.end(), end)
            contents = self._told_by(sentence, told.start(), comma, lead=lead)
            beside = next((m for m in self.placed.within(told.end(), end - 4) if m.span.start == told.end()), None)
            if beside and RELATIVE_END.search(ahead) and not ahead.endswith(","):  # "a ship that according to X was …"
                who, contents = self.speakers.person(beside), [self._trim(beside.span.end, end)]
            if who and contents and sum(c.end - c.start for c in contents) > 12:
                self._take(contents, who, sentence, verb)

    def _own_view(self, sentence: Span) -> None:
        """ "In her view, …": what the one last spoken of holds."""
        told, who = OWN_VIEW.match(self.plain, sentence.start, sentence.end), self._last_subject(None)
        if told and who:
            self._take([self._trim(told.end(), self._stop(sentence))], who, sentence, None)

    def _by_whom(self, sentence: Span) -> None:
        """ "The agency, according to which …", where the one who is cited stands before."""
        for told in BY_WHOM.finditer(self.plain, sentence.start, sentence.end):
            who = self.speakers.before(self._clause(sentence.start, told.start()), told.start())
            stop = self._stop(sentence)
            turn = FURTHER_ON.search(self.plain, told.end() + 20, stop)
            content = self._trim(told.end(), turn.start() if turn else stop)
            if who and content.end - content.start > 12:
                self._take([content], who, sentence, None)

    def _for(self, sentence: Span) -> None:
        """ "Para X, …" in Spanish and Portuguese, where X is a person who is named with a role."""
        comma = self.plain.find(",", sentence.start, sentence.start + 90)
        if self.words.lang == "en" or comma < 0 or not self.plain.startswith("Para ", sentence.start):
            return
        who = self.speakers.before(sentence.start + 5, comma)
        named = who is not None and who.span is not None and who.kind == "person" and comma - who.span.end < 3
        if who and named and who.role:
            self._take([self._trim(comma, self._stop(sentence))], who, sentence, None)

    def _take(self, contents: list[Span], who: Who, sentence: Span, verb: re.Match[str] | None) -> None:
        if any(c == contents[0] for s in self.recent for c in s.contents):
            return
        inside = any(BLANK in self.plain[c.start : c.end] for c in contents)
        outlet = self._outlet(verb, sentence) if verb else None
        self.found.append(Said(contents, who, "mixed" if inside else "paraphrase", sentence, outlet))
        self.speakers.named.append(Who(who.name, who.span, who.role, who.anonymous, who.kind))

    def _cited(self, start: int, end: int) -> Who | None:
        """Who stands behind "according to": an unnamed source, a medium, a person, a body."""
        people = self.placed.within(start, end)
        own = [m for m in people if m.type == "media"] or people
        unnamed = self.speakers.other(self._trim(start, end))
        if unnamed and (unnamed.anonymous or not own):
            return unnamed
        if not own and self.plain[start - 4 : start] in (
            " do ",
            " da ",
            " de ",
            "dos ",
            "das ",
        ):  # "na avaliação da ": the article is behind
            part = self._trim(start, end)
            return Who(self.plain[part.start : part.end], part, None, False, "noun")
        return self.speakers.person(own[0]) if own else None

    def _told_by(self, sentence: Span, at: int, comma: int, *, lead: bool) -> list[Span]:
        """What is told by the one who is cited at a place, and whose name ends at the comma, if there is one."""
        stop = self._stop(sentence)
        if lead and (mark := self.plain.find("; ", max(at, comma), stop)) > 0:
            stop = mark
        if lead:
            return [self._trim(comma, stop)] if comma > 0 else [self._last_clause(sentence.start, at)]
        before = self._last_clause(sentence.start, at)
        if comma < 0 or self.plain[at - 2 : at] != ", ":
            return [before]
        after = self._trim(comma, stop)
        relative = RELATIVE_END.search(self.plain[before.start : before.end])
        goes_on = relative or COPULA.search(self.plain, before.start, before.end)
        if not goes_on and OF_THEM.match(self.plain, after.start):
            return [before]
        if after.end - after.start > LONG and (cut := self.plain.find(",", after.start + 12, after.end)) > 0:
            after = Span(after.start, cut)
        return [after] if relative else [before, after]

    def _chained(self, sentence: Span) -> None:
        """Take what one tells as the word of another for the claim of both: "the paper reported, citing officials"."""
        here = [s for s in self.recent if s.sentence == sentence and s.kind != "direct"]
        citing = CITING.search(self.plain, sentence.start, sentence.end) if here else None
        if citing is None:
            return
        stop = NAMED_BY.search(self.plain, citing.end() + 3, sentence.end)
        end = stop.start() if stop else self._stop(sentence)
        who = self._cited(citing.end(), end)
        said = min(here, key=lambda s: min(abs(s.contents[0].start - end), abs(citing.start() - s.contents[-1].end)))
        inside = any(c.start <= citing.start() < c.end for c in said.contents)
        if who and said.who and who.name != said.who.name and not inside:
            self.found.append(Said(list(said.contents), who, said.kind, sentence, source=said.contents[0].start))

"""Reported speech: "said that …", "…, X said".

Takes a verb and its sentence; adds claims. Must not take what is only quoted.
"""

import re

from allonym.news.claimed import BLANK
from allonym.news.contents import AND_SAYS, JOINT, Contents
from allonym.news.reading import Span
from allonym.news.roles import WORD, Who

#: After these English verbs "that" may be left out.
BARE = frozenset(
    "say says said tell tells told add adds added insist insists insisted claimed warned warns argues argued believe "
    "believes joked vowed thinks hopes saying adding arguing claiming insisting acknowledging acknowledged admitted "
    "denying".split()
)
#: A day between "said" and what is said.
ON_DAY = re.compile(
    r"\s(?:on |late |early |last )?\w+day(?: \w+ing| night)?(?=\s(?:it|he|she|they|the|its|his|her|their|there)\s)"
)
LONGEST_SAID = 1_500  # characters: what is said goes no further where a sentence does not end
TOLD = ("told", "tell", "tells")
CITING = re.compile(r"(?:citing|quoting|adding|calling|noting|describing|without|referring)\b")
#: What may follow a statement that stands before its verb: "…, X said Thursday, a move meant to …".
APPENDED = re.compile(
    r"(?:\s(?:on |late |early )?\w+day)?(?:\s(?:in|on|at|during) [^,]{3,50})?"
    r",\s(?:an?|the|as|in|amid|while|after|before|hours|days|weeks|citing|without|adding|calling|describing)\s"
)
#: What in Spanish and Portuguese tells no more of what is announced.
AFTERWARDS = re.compile(r",\s(?:no|na|en|em|que|tras|após|depois|después|cuando|quando|mientras|enquanto)\s|\sque,")
WHEN = re.compile(
    r"(?:\s(?:hoy|ayer|hoje|ontem|(?:este|esta|neste|nesta|na|no) \w+(?:-feira)?(?: \(\d+\))?|(?:en|em|no"
    r"|na)\s[A-Z]\w+))+(?=\s)"
)

DENIED = re.compile(
    r"\s(?P<thing>it|this|that|everything|both|all of it|eso|esto|todo|isso|isto|tudo)(?=\s(?:in|on|by|when|through"
    r"|via|at|to|en|em|no|na|ante|de|do|da|por)\b|[.,;]|$)",
    re.IGNORECASE,
)


#: What was done, or not: "afirmó haber matado a dos", "disse não ter visto nada".
INFINITIVE = re.compile(
    r"\s(?:n[oã]o?\s|nunca\s|jamás\s|jamais\s)?(?!ayer|cualquier|primer|tercer|mujer|qualquer|mulher)"
    r"[a-zç]{1,12}[aei]r(?:se|l[oae]s?|-\w{1,4})?(?=[\s.,])"
)
#: What begins a statement though it looks like an adverb: "said there was none".
THERE = re.compile(r"\s(?:there|here)\s(?:is|are|was|were|would|will|had|has|have|could|can|may|might)\b")
#: What begins a statement though it begins as an adverb does: "said Thursday’s target was …".
STATED = re.compile(r"\s*(?:this|as|there|it|at least|in fact|over \d|(?:last |this )?\w+[’']s)(?=\W|\d)")
#: What tells more of a speaker, or begins something else, behind a comma.
BEYOND = re.compile(
    r"(?:que|quien|quem|who|which|whose|cuy[oa]|em|en|no|na|in|on|at|durante|tras|após|un|una|um|uma|a|an|the|o|el|la|y|e"
    r"|and|but|pero|mas|con|com|with|ao|à|al|para|sob|bajo|ante|por|cit\w+|\w+ndo|\w+ing|\d+|de|do|da|del)\s"
)
#: What is done beside a denial: "rejected the claim that …, calling it slander".
ALSO = re.compile(r",\s(?:calling|saying|adding|describing|insisting|arguing|claiming|telling|al|ao|y |e |tras|após)\b")
#: Verbs after which "that" is what is wanted, not what is said.
ASKING = re.compile(r"ask|urge|plead|call|beg|continue|react|pregunt|celebr|pergunt|reag", re.IGNORECASE)
HELPING = ("", "ha", "han", "había", "habían", "lo", "así lo", "según", "tem", "tinha", "tinham", "têm")
WHO_TOO = re.compile(r",\s(?:who|que|quien|quem)\s(?:\w+\s){0,2}$")
#: After these verbs "to" tells what is promised.
PROMISING = frozenset(
    "vow vows vowed vowing promise promises promised promising pledge pledges pledged pledging swear swears "
    "swore".split()
)
#: Where the sentence goes on after "…, X said": "…, X said; the ministry did not".
FURTHER = re.compile(r"(?:\s(?:on|in|at|to|en|el|la|em|na|no)?\s?[^;,\s]+){0,4}(?P<mark>;)\s")


class Reported(Contents):
    """Finds what is said without quotation marks, or with some of the words in them."""

    def _reported(self, verb: re.Match[str], sentence: Span, bound: int) -> int:
        """Take what a verb reports: after it ("said that …") or before it ("…, X said"); gives where it ends."""
        implied = self._implies(verb)
        stop = min(self._stop(sentence), verb.end() + LONGEST_SAID)
        if further := FURTHER.match(self.plain, verb.end(), stop):
            stop = further.start("mark")
        rest = self.plain[verb.end() : stop]
        that = self.words.that.search(self.plain, verb.end(), min(stop, verb.end() + 130))
        if implied in ("manner", "finding") and (ASKING.match(verb[0]) or not that or that.start() > verb.end()):
            return bound
        who = self._goes_on_saying(verb, sentence) or self._told_more(verb) or self._subject(bound, verb)
        if that and self._links(self.plain[verb.end() : that.start()], verb[0].lower()):
            who = who or self.speakers.after(verb.end(), that.start()) or self._last_subject(None)
            return self._content(that.end(), stop, who, verb, sentence)
        end = self._past_outlet(verb.end(), stop) if verb[0].lower() in TOLD else verb.end()
        if re.match(r"\s*,", self.plain[end:stop]) and who and who.span and implied == "statement":
            return self._broken(Span(bound, end), verb, stop, who, sentence)
        trailing = (
            not self.plain[end:stop].strip(" ,.")
            or bool(APPENDED.match(rest))
            or (self.words.adverbial.match(rest.strip()) and len(rest.split()) < 9 and not THERE.match(rest))
        )
        comma = self.plain.rfind(",", bound, verb.start())
        if comma > 0 and self._around(comma, bound, verb, stop, sentence):
            return stop
        behind = self._behind_verb(comma, verb, stop) if who is None or who.kind == "noun" else None
        if behind and implied == "statement" and BLANK not in self.plain[bound:comma]:
            self._ahead(Span(bound, comma), 4, behind, verb, sentence)
            return stop
        far = comma > bound + 15 and BLANK not in self.plain[bound:comma]
        if trailing and implied in ("statement", "announcement") and far and who:
            ahead = self.plain.rfind(",", bound, who.span.start if who.span else verb.start())
            role = who.role and self.plain[bound:ahead].strip().lower().endswith(who.role.lower())
            if role and implied == "announcement":
                return self._behind(verb, stop, who, sentence, bound)
            self._ahead(Span(bound, ahead if ahead > bound else comma), 4, who, verb, sentence)
            return verb.end() if self.words.verb.search(self.plain, verb.end(), stop) else stop
        bare = (
            self.words.lang == "en"
            and comma > bound
            and not self.plain[comma + 1 : verb.start()].strip()
            and BLANK not in rest
        )
        bare = bare and not re.match(r"\s(?:he|she|it|they|we|I|there|this|that|his|her|its|their)\s", rest)
        if who and who.kind == "noun" and who.span and who.span.end < comma:
            bare = False  # "The unions, which have many members, say"
        inverted = who is not None and who.span is not None and who.span.start > verb.start()
        if bare and implied == "statement" and (not who or who.kind == "noun" or inverted):
            if BLANK not in self.plain[bound:comma] and (who := self.speakers.after(verb.end(), stop)):
                self._ahead(Span(bound, comma), 4, who, verb, sentence)
            return stop
        it = implied == "denial" and self.plain[verb.start() - 4 : verb.start()] == " lo "
        if not who or not (it or rest.strip(" ,.")):
            return bound
        return self._behind(verb, stop, who, sentence, bound)

    def _goes_on_saying(self, verb: re.Match[str], sentence: Span) -> Who | None:
        """The speaker of the claim before, where "and" or "but" joins the verb to its verb."""
        last = next((s for s in reversed(self.recent) if s.sentence == sentence), None)
        joined = AND_SAYS.search(self.plain, max(sentence.start, verb.start() - JOINT), verb.start())
        if last and verb[0].endswith("ing") and last.contents[-1].end == verb.start() - 2:
            return last.who
        return last.who if last and joined and last.contents[-1].end <= verb.start() else None

    def _told_more(self, verb: re.Match[str]) -> Who | None:
        """The speaker of the claim before, where "who" begins what more is told: "…, X said, who added that"."""
        relative = WHO_TOO.search(self.plain, max(0, verb.start() - 30), verb.start())
        last = next((s.who for s in reversed(self.recent[-3:]) if s.who and s.who.span), None) if relative else None
        beside = last and last.span and relative and relative.start() - 2 <= last.span.end <= relative.start()
        return last if beside else None

    def _behind_verb(self, comma: int, verb: re.Match[str], stop: int) -> Who | None:
        """Who stands behind a verb that follows a comma in Spanish and Portuguese: "…, informó la policía"."""
        alone = comma > 0 and self.plain[comma + 1 : verb.start()].strip() in HELPING
        if self.words.lang == "en" or not alone or BLANK in self.plain[verb.end() : stop]:
            return None
        first = WORD.search(self.plain, verb.end(), stop)
        lists = self.words.words
        known = lists["articles"] | lists["unnamed"] | lists["roles"] | {"a", "à", "ao", "al"}
        if not first or not (first[0][0].isupper() or first[0].lower() in known):
            return None
        return self.speakers.after(verb.end(), stop)

    def _around(self, comma: int, bound: int, verb: re.Match[str], stop: int, sentence: Span) -> bool:
        """Take what stands around a verb and the speaker behind it: "Los tres, dicen sus familias, eran pescadores"."""
        alone = not self.plain[comma + 1 : verb.start()].strip()
        after = self.plain.find(",", verb.end(), min(stop, verb.end() + 70))
        if not alone or after < 0 or BLANK in self.plain[bound:stop] or self._implies(verb) != "statement":
            return False
        fragment = self._last_clause(bound, comma)
        beyond = self._trim(after, stop)
        if len(self.plain[fragment.start : comma].split()) > 6 or BEYOND.match(self.plain, beyond.start, stop):
            return False
        who = self.speakers.after(verb.end(), after) if self.plain[verb.end() : after].strip() else None
        who = who or (None if self.plain[verb.end() : after].strip() else self._last_subject(None))
        if who is None or (who.kind == "noun" and who.span is not None and who.span.start < verb.start()):
            return False
        cut = self.plain.find(",", beyond.start, beyond.end)
        relative = re.search(r"\s(?:that|which|who|que)$", self.plain[fragment.start : fragment.end])
        beyond = Span(beyond.start, cut) if relative and cut > 0 else beyond
        self._add([beyond] if relative else [fragment, beyond], who, "paraphrase", sentence, verb)
        return True

    def _ahead(self, said: Span, least: int, who: Who, verb: re.Match[str], sentence: Span) -> None:
        """Take what stands before a verb up to a comma, of some words: "The tomatoes are ripe, X said"."""
        said = self._last_clause(said.start, said.end)
        if len(self.plain[said.start : said.end].split()) >= least:
            self._add([said], who, "paraphrase", sentence, verb)

    def _behind(self, verb: re.Match[str], stop: int, who: Who, sentence: Span, bound: int) -> int:
        """Take what a verb reports without "that": "denied it", "announced …", "said he …"; gives where it ends."""
        implied, rest = self._implies(verb), self.plain[verb.end() : stop]
        if implied == "denial" and (thing := DENIED.match(self.plain, verb.end(), stop)):
            self._add([Span(*thing.span("thing"))], who, "paraphrase", sentence, verb)
            return thing.end()
        if implied == "denial" and self.words.lang != "en" and self.plain[verb.start() - 4 : verb.start()] == " lo ":
            self._add([Span(verb.start() - 3, verb.start() - 1)], who, "paraphrase", sentence, verb)
            return verb.end()
        if implied in ("denial", "announcement"):
            skip = WHEN.match(rest) if self.words.lang != "en" else None
            begin = verb.end() + (skip.end() if skip else 0)
            after = AFTERWARDS.search(self.plain, begin + 20, stop) if self.words.lang != "en" else None
            stop = after.start() if after else stop
            if verb[0].lower().endswith("ing") and (comma := self.plain.find(",", begin, stop)) > 0:
                stop = comma
            if also := ALSO.search(self.plain, begin + 4, stop):
                stop = also.start()
            return self._content(begin, self._cut_place(begin, stop), who, verb, sentence)
        if self.words.lang != "en":
            done = INFINITIVE.match(rest) if implied == "statement" else None
            return self._content(verb.end(), stop, who, verb, sentence) if done else bound
        bare = verb[0].lower() in BARE or self._has_clause(verb)
        if verb[0].lower() in PROMISING and (to := re.match(r"\s(?=(?:not |never )?to\s[a-z])", rest)):
            return self._content(verb.end() + to.end(), stop, who, verb, sentence)
        if not bare or rest.startswith((",", ".", ";", ":")):
            return bound
        if re.match(r"\s(?:\d|to\s|(?:his|her|its|the|their)\s[a-z]+$)", rest):
            return bound
        begin = self._past_outlet(verb.end(), stop) if verb[0].lower() in TOLD else verb.end()
        if dated := ON_DAY.match(self.plain, begin, stop):
            begin = dated.end()
        told = self.plain[begin:stop]
        if begin == verb.end() and verb[0].lower() in ("told", "tell", "tells"):
            return bound
        aside = self.words.adverbial.match(told.strip()) and not STATED.match(told)
        if len(self.text[begin:stop].split()) < 3 or aside:
            return bound
        return self._content(begin, stop, who, verb, sentence)

    def _broken(self, clause: Span, verb: re.Match[str], stop: int, who: Who, sentence: Span) -> int:
        """Take a statement that its speaker breaks off: "The tomatoes, he says, are ripe"."""
        ahead = self.plain.rfind(",", clause.start, who.span.start if who.span else verb.start())
        after = self._trim(clause.end, stop)
        bound = clause.start
        if ahead < bound or BLANK in self.plain[bound:stop] or len(self.plain[ahead : verb.start()].split()) > 9:
            return bound
        relative = re.search(r"\s(?:that|which|who|que)$", self.plain[bound:ahead])
        contents = [after] if relative else [self._last_clause(bound, ahead), after]
        if citing := CITING.match(self.plain, after.start):
            contents, stop = contents[:1], citing.start()
        self._add(contents, who, "paraphrase", sentence, verb)
        return stop

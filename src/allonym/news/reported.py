"""Reported speech: "said that …", "…, X said".

Takes a verb and its sentence; adds claims. Must not take what is only quoted.
"""

import re

from allonym.news.claimed import BLANK, Finding
from allonym.news.reading import Span
from allonym.news.sentences import quotations
from allonym.news.speakers import WORD, Who

#: After these English verbs "that" may be left out.
BARE = frozenset(
    "say says said tell tells told add adds added insist insists insisted claimed warned warns argues argued believe "
    "believes joked vowed thinks hopes saying adding arguing claiming insisting acknowledging acknowledged admitted "
    "denying".split()
)
BARE_NOUNS = frozenset("report reports claims notes states promise promises call estimates fears".split())
TURN = re.compile(
    r";\s|,\s(?:and|y|e) (?:he|she|it|they|ella|él|la president\w)\s(?:says|said|repitió|dijo|disse)"
    r"|\s[–—]\s(?:said|dijo|disse)"
)
#: A day between "said" and what is said.
ON_DAY = re.compile(
    r"\s(?:on |late |early |last )?\w+day(?: \w+ing| night)?(?=\s(?:it|he|she|they|the|its|his|her|their|there)\s)"
)
TOLD = ("told", "tell", "tells")
CITING = re.compile(r"(?:citing|quoting|adding|calling|noting|describing|without|referring)\b")
AND_SAYS = re.compile(
    r"\s(?:and|but|y|e|mas|pero)\s(?:(?:also|later|then|has|had|have|además|también|também|que|se|lo|ha|that)\s)*$"
)
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

#: What is denied in a word or two.
NOT_DONE = re.compile(
    r"(?:any |all |the |las? |los |as? |os |these |those )?(?:\w*wrongdoing|charges?|allegations?|accusations?|claims?"
    r"|involvement|guilt|responsibility|ties|links|report|acusaci[oó]n(?:es)?|acusaç(?:ão|ões)|cargos|\w+ing \w+"
    r"|señalamientos|imputaciones|denúncias?|hechos|irregularidad(?:es)?|crimes?|delitos?|vínculos?|responsabilidad|responsabilidade|envolvimento|participación|participação|culpa)"
)
#: After these verbs one thing is enough, but for what a court or an office turns down: "rejected the report".
REFUSED = re.compile(r"reject|dismiss|disput|ref[uú]t|rebut|rechaz|rejeit|descart|desm[ei]|desmient", re.IGNORECASE)
THAT_THING = re.compile(
    r"(?:the|this|that|those|these|such|las?|el|los|es[ae]s?|est[ae]s?|dich[oa]s?|os?|as?|ess[ae]s?|tais)\s(?!\w*(?:appeals?|"
    r"motions?|bids?|requests?|applications?|petitions?|lawsuits?|cases?|complaints?|bills?|offers?|amendments?|recursos?"
    r"|apelaci|apelaç|pedidos?|solicitud|petici|demandas?|libertad|liminar|habeas|amparo|fianza|ofertas?|moci)\w*)[\w’'-]+"
)
#: What a denial may be all about: something said before.
PRONOUN = re.compile(r"(?:it|this|that|everything|all of it|eso|esto|todo|isso|isto|tudo)", re.IGNORECASE)
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
#: What tells more of a speaker, or begins something else, behind a comma.
BEYOND = re.compile(
    r"(?:que|quien|quem|who|which|whose|cuy[oa]|em|en|no|na|in|on|at|durante|tras|após|un|una|um|uma|a|an|the|o|el|la|y|e"
    r"|and|but|pero|mas|con|com|with|ao|à|al|para|sob|bajo|ante|por|cit\w+|\w+ndo|\w+ing|\d+|de|do|da|del)\s"
)
#: What is done beside a denial: "rejected the claim that …, calling it slander".
ALSO = re.compile(r",\s(?:calling|saying|adding|describing|insisting|arguing|claiming|telling|al|ao|y |e |tras|após)\b")
#: What begins a relative clause that another is cited for: "…, a body that, according to X, …".
WHICH = re.compile(r",\s(?:(?:an?|the|un|una|um|uma)\s)?(?:\w+\s)?(?:that|which|who|que|quien|quem),?\s$")
#: A statement that another is said to tell of at its end: "vowed to answer, the agency reported".
TOLD_OF = re.compile(r"(?:,|(?<=¤))\s(?P<who>(?:(?!\s(?:that|que)\s)[^,¤;]){2,60})\s(?P<verb>\w+)$")
#: Verbs after which "that" is what is wanted, not what is said.
ASKING = re.compile(r"ask|urge|plead|call|beg|continue|react|pid|pregunt|celebr|pede|pediu|pergunt|reag", re.IGNORECASE)
#: After these verbs "to" tells what is promised.
PROMISING = frozenset(
    "vow vows vowed promise promises promised pledge pledges pledged swear swears swore vowing".split()
)
#: Where the sentence goes on after "…, X said": "…, X said; the ministry did not".
FURTHER = re.compile(r"(?:\s(?:on|in|at|to|en|el|la|em|na|no)?\s?[^;,\s]+){0,4}(?P<mark>;)\s")
#: A statement whose subject stands before "that", "which" or "it says": "a group it says is led by X".
SUBJECTLESS = re.compile(r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|should|must)\s")


class Reported(Finding):
    """Finds what is said without quotation marks, or with some of the words in them."""

    def _reported(self, verb: re.Match[str], sentence: Span, bound: int) -> int:
        """Take what a verb reports: after it ("said that …") or before it ("…, X said"); gives where it ends."""
        implied = self._implies(verb)
        stop = self._stop(sentence)
        if further := FURTHER.match(self.plain, verb.end(), stop):
            stop = further.start("mark")
        rest = self.plain[verb.end() : stop]
        that = self.words.that.search(self.plain, verb.end(), min(stop, verb.end() + 130))
        if implied in ("manner", "finding") and (ASKING.match(verb[0]) or not that or that.start() > verb.end()):
            return bound
        who = self._goes_on_saying(verb, sentence) or self._subject(bound, verb)
        if that and self._links(self.plain[verb.end() : that.start()], verb[0].lower()):
            who = who or self.speakers.after(verb.end(), that.start()) or self._last_subject(None)
            return self._content(that.end(), stop, who, verb, sentence)
        end = self._past_outlet(verb.end(), stop) if verb[0].lower() in TOLD else verb.end()
        if re.match(r"\s*,", self.plain[end:stop]) and who and who.span and implied == "statement":
            return self._broken(Span(bound, end), verb, stop, who, sentence)
        trailing = (
            not self.plain[end:stop].strip(" ,.")
            or bool(APPENDED.match(rest))
            or (self.words.adverbial.match(rest.strip()) and len(rest.split()) < 9)
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
        last = next((s for s in reversed(self.found) if s.sentence == sentence), None)
        joined = AND_SAYS.search(self.plain, sentence.start, verb.start())
        return last.who if last and joined and last.contents[-1].end <= verb.start() else None

    def _behind_verb(self, comma: int, verb: re.Match[str], stop: int) -> Who | None:
        """Who stands behind a verb that follows a comma in Spanish and Portuguese: "…, informó la policía"."""
        alone = comma > 0 and not self.plain[comma + 1 : verb.start()].strip()
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
        self._add([fragment, beyond], who, "paraphrase", sentence, verb)
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
        if verb[0].lower() in PROMISING and (to := re.match(r"\s(?=to\s[a-z])", rest)):
            return self._content(verb.end() + to.end(), stop, who, verb, sentence)
        if not bare or rest.startswith((",", ".", ";", ":")):
            return bound
        if re.match(r"\s(?:\d|to\s|(?:his|her|its|the|their)\s[a-z]+$)", rest):
            return bound
        begin = self._past_outlet(verb.end(), stop)
        if dated := ON_DAY.match(self.plain, begin, stop):
            begin = dated.end()
        told = self.plain[begin:stop]
        if begin == verb.end() and verb[0].lower() in ("told", "tell", "tells"):
            return bound
        aside = self.words.adverbial.match(told.strip()) and not re.match(
            r"\s*(?:this|as|there|it|at least|in fact|over \d)\b", told
        )
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

    def _links(self, between: str, form: str) -> bool:
        """Whether a "that" belongs to the verb: nothing between, or the one told, a date or place, or the speaker."""
        words = between.split()
        if not words:
            return True
        if (
            len(words) > 8
            or re.search(rf"[;:{BLANK}]", between)
            or words[-1].lower() in ("más", "mais", "menos", "mayor", "lo", "o")
        ):
            return False
        if re.search(r",\s(?:an?|the)\b", between) or re.search(
            rf"\s(?:y|e|and)\s(?:{self.words.verb.pattern})", between
        ):
            return False
        if self.words.lang == "en":
            if len(words) == 1 and words[0].endswith("ly"):
                return True
            return form in ("told", "tell", "tells", "telling") or bool(self.words.adverbial.match(between.strip()))
        return "," not in between.strip(", ") or between.count(",") > 1

    def _past_outlet(self, start: int, stop: int) -> int:
        """Past the one who is told: "told X ", "tells us "."""
        them = re.match(
            r"\s(?:us|me|him|her|them|reporters|listeners|lawmakers|journalists)\b(?: (?:on|last) \w+)?",
            self.plain[start:stop],
        )
        if them:
            return start + them.end()
        if (told := self._told(start, stop)) is not None:
            return told
        media = [m for m in self.mentions if m.type == "media" and 0 <= m.span.start - start < 6]
        return media[0].span.end if media and self.plain[start - 4 : start] in ("told", "ells") else start

    def _told(self, start: int, stop: int) -> int | None:
        """Where the one ends by the parse who is told something, when a clause follows: "told agents he had …"."""
        if self.doc is None or not self.plain[start - 4 : start].endswith(("told", "tell", "ells")):
            return None
        from allonym.news.tokens import at, children

        verb = at(self.doc, start - 4, start)
        if verb is None or not children(verb, "ccomp"):
            return None
        thing = next((c for c in children(verb, "dobj", "dative") if c.i > verb.i), None)
        last = thing.doc[thing.right_edge.i] if thing is not None else None
        end = last.idx + len(last) if last is not None else -1
        return end if start < end < min(stop, start + 60) and "," not in self.plain[start:end] else None

    def _cut_place(self, start: int, stop: int) -> int:
        place = re.search(
            r"\s(?:on|at)\s(?:the\s)?[A-Z]\w+|\s(?:on|in|via|through|during)\s(?:X|Telegram|social media|Twitter)\b"
            r"|\s(?:through|via)\s(?:his|her|its|their|an?)\s(?:\w+\s)?(?:lawyers?|attorneys?|spokes\w+)\b"
            r"|\s(?:on|in|via|through|during|at)\s(?:an?|the|his|her|its)\s(?:\w+\s){0,2}(?:statement|interview|video"
            r"|posts?|speech|tweet|message|letter|email|conference|briefing|release|website|address)\b",
            self.plain[start:stop],
        )
        return start + place.start() if place and place.start() > 5 else stop

    def _content(self, start: int, stop: int, who: Who | None, verb: re.Match[str], sentence: Span) -> int:
        """Add what is said between two places, cut where the sentence turns to something else; gives where it ends."""
        end = self._before_next(start, self._turned(start, stop))
        content = self._trim(start, end)
        short = len(self.text[content.start : content.end].split())
        thing = PRONOUN.fullmatch(self.text[content.start : content.end])
        if who is None or (
            not (thing and self._implies(verb) == "denial")
            and (content.end - content.start < 6 or (short < 3 and self._too_short(content, verb)))
        ):
            return end
        if short < 6 and re.match(r"(?:who|what|why|how|where)\s", self.text[content.start : content.end]):
            return end
        quoted = quotations(self.text[content.start : content.end])
        blank = not self.plain[content.start : content.end].strip(BLANK + " .,")
        if self.plain[end : end + 1] == BLANK:
            end += 1
        kind = "direct" if blank else "mixed" if quoted else "paraphrase"
        self._add([content], who, kind, sentence, verb)
        return end

    def _turned(self, start: int, stop: int) -> int:
        """Where the sentence turns from what is said to something else, or to what another says."""
        turn = TURN.search(self.plain[start:stop])
        stop = start + turn.start() if turn else stop
        bare = SUBJECTLESS.match(self.plain[start:stop].lstrip()) or self._begins_with_verb(start, stop)
        if bare and (comma := self.plain.find(",", start, stop)) > 0:
            return comma
        told = self.words.according.search(self.plain, start, stop)
        if told and (relative := WHICH.search(self.plain, start, told.start())):
            return relative.start()
        if told and self.plain[told.start() - 2 : told.start()] == ", ":
            return told.start() - 2
        last = TOLD_OF.search(self.plain, start + 8, stop)
        said = self.words.verb.fullmatch(self.plain, last.start("verb"), stop) if last else None
        if last and said and self._asserts(said) and self._subject(last.start("who"), said):
            return last.start()
        for aside in self.words.other.finditer(self.plain, start, stop):
            verb = self.words.verb.search(self.plain, aside.end(), min(stop, aside.end() + 70))
            if verb and self._asserts(verb) and verb[0].lower() not in BARE_NOUNS and self._subject(aside.end(), verb):
                return aside.start()
        return stop

    def _begins_with_verb(self, start: int, stop: int) -> bool:
        """Whether what is said begins with a finite verb by the parse: "a group it says works with the cartel"."""
        if self.doc is None or not (word := WORD.search(self.plain, start, stop)):
            return False
        from allonym.news.tokens import at

        token = at(self.doc, word.start(), word.end())
        return token is not None and token.tag_ in ("VBZ", "VBP", "VBD", "MD") and token.dep_ != "aux"

    def _too_short(self, content: Span, verb: re.Match[str]) -> bool:
        """Whether one or two words are nothing that is denied: "denied bail", but "denied wrongdoing"."""
        told = self.text[content.start : content.end].lower()
        refused = self._implies(verb) == "denial" and not NOT_DONE.fullmatch(told)
        return refused and not (REFUSED.match(verb[0]) and THAT_THING.fullmatch(told))

    def _has_clause(self, verb: re.Match[str]) -> bool:
        """Whether a clause with a subject of its own hangs on a verb by the parse: "alleged the ship was his"."""
        if self.doc is None:
            return False
        from allonym.news.tokens import at, children

        token = at(self.doc, verb.start(), verb.end())
        clauses = [c for c in children(token, "ccomp") if c.i > token.i] if token is not None else []
        return any(children(c, "nsubj", "nsubjpass") for c in clauses)

    def _before_next(self, start: int, stop: int) -> int:
        """Where "and" or "but" joins a next verb of saying to the one before."""
        for verb in self.words.verb.finditer(self.plain, start, stop):
            joined = AND_SAYS.search(self.plain, start, verb.start())
            if joined and joined.start() - start > 8 and self._asserts(verb) and verb[0].lower() not in BARE_NOUNS:
                return joined.start()
        return stop

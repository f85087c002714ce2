"""What is said: from a verb of saying to where its content ends.

Takes a place behind a verb; adds the claim. Must not decide who speaks.
"""

import re

from allonym.news.claimed import BLANK, Finding
from allonym.news.reading import Span
from allonym.news.roles import WORD, Who
from allonym.news.sentences import quotations

BARE_NOUNS = frozenset("report reports claims notes states promise promises call estimates fears".split())
TURN = re.compile(
    r";\s|,\s(?:and|y|e) (?:he|she|it|they|ella|él|la president\w)\s(?:says|said|repitió|dijo|disse)"
    r"|\s[–—]\s(?:said|dijo|disse)"
    r"|,\s(?:whom|which)\s(?:it|he|she|they)\s(?:\w+\s){0,2}(?:describ|accus|call|blam|label|brand|say|said|allege|deni)"
)
AND_SAYS = re.compile(
    r"\s(?:and|but|y|e|mas|pero)\s(?:(?:also|later|then|has|had|have|además|también|também|que|se|lo|ha|that)\s)*$"
)
JOINT = 60  # characters before a verb in which "and" may join it to the one before
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
#: What is denied in an infinitive: "negó conocerlo".
DONE = re.compile(r"[a-zç]{1,12}[aeiê]r(?:se|l[oae]s?|-\w{1,4})?(?=\s|$)|[a-zç]{2,12}[áêí]-l[oa]s?(?=\s|$)")
#: What begins a relative clause that another is cited for: "…, a body that, according to X, …".
WHICH = re.compile(r",\s(?:(?:an?|the|un|una|um|uma)\s)?(?:\w+\s)?(?:that|which|who|que|quien|quem),?\s$")
#: A statement that another is said to tell of at its end: "vowed to answer, the agency reported".
TOLD_OF = re.compile(r"(?:,|(?<=¤))\s(?P<who>(?:(?!\s(?:that|que)\s)[^,¤;]){2,60})\s(?P<verb>\w+)$")
#: A statement whose subject stands before "that", "which" or "it says": "a group it says is led by X".
SUBJECTLESS = re.compile(r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|should|must)\s")


class Contents(Finding):
    """Finds where what is said begins and ends."""

    def _links(self, between: str, form: str) -> bool:
        """Whether a "that" belongs to the verb: nothing between, or the one told, a date or place, or the speaker."""
        words = between.split()
        if not words:
            return True
        if (
            len(words) > (12 if form in ("told", "tell", "tells", "telling") else 8)
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
            if between.startswith(", ") and "," not in between[1:].rstrip(", "):
                return not re.match(r", (?:who|which|whose|and|but|or)\b", between) and not self.words.verb.search(
                    between
                )
            return form in ("told", "tell", "tells", "telling") or bool(self.words.adverbial.match(between.strip()))
        parts = [part.strip() for part in between.split(",") if part.strip()]
        return len(parts) < 2 or between.count(",") > 1 or all(self.words.adverbial.match(part) for part in parts)

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
        media = [m for m in self.placed.beginning(start, start + 6) if m.type == "media"]
        return media[0].span.end if media and self.plain[start - 4 : start] in ("told", "tell", "ells") else start

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
            not ((thing or DONE.match(self.text, content.start, content.end)) and self._implies(verb) == "denial")
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

    def _adds(self, verb: re.Match[str]) -> bool:
        """Whether a participle tells something more that is said: "…, insisting that it must"."""
        return self._implies(verb) == "statement" and bool(
            self.words.that.match(self.plain, verb.end()) or self._has_clause(verb)
        )

    def _before_next(self, start: int, stop: int) -> int:
        """Where "and" or "but" joins a next verb of saying to the one before."""
        for verb in self.words.verb.finditer(self.plain, start, stop):
            joined = AND_SAYS.search(self.plain, max(start, verb.start() - JOINT), verb.start())
            if verb[0].endswith("ing") and self.plain[verb.start() - 2 : verb.start()] == ", " and self._adds(verb):
                return verb.start() - 2
            if joined and joined.start() - start > 8 and self._asserts(verb) and verb[0].lower() not in BARE_NOUNS:
                return joined.start()
        return stop

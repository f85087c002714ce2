"""Claims: who says what, to whom, with what is denied.

Takes a text with its mentions and measures; gives `Claim`s in the order of the text. Must not judge whether they hold.
Quotations of one or two words that nobody is said to have spoken (nicknames, titles of works) are no claims.
"""

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from allonym.news.cited import Cited
from allonym.news.claimed import AIDED, BLANK, CLOSERS, PARTICIPLE, RECENT, Said
from allonym.news.contents import NOT_DONE
from allonym.news.placed import between
from allonym.news.quoted import Quoted
from allonym.news.reading import Claim, Measure, Mention, Span
from allonym.news.reported import Reported
from allonym.news.roles import Who
from allonym.news.sentences import LONGEST_QUOTATION
from allonym.news.speech import Speech, speech

if TYPE_CHECKING:
    from spacy.tokens import Doc

_VERB = re.compile(r"[\w’'-]+")
NEAR = 600  # characters before a denial where what it denies is looked for


def claims(text: str, mentions: tuple[Mention, ...], lang: str, doc: "Doc | None" = None) -> tuple[Claim, ...]:
    """The claims of a text in the order of the text; what denials deny is not told yet, see `linked`."""
    found = sorted(Finder(text, mentions, speech(lang), doc).find(), key=lambda said: said.contents[0])
    _denials(text, found, speech(lang))
    starts = {said.contents[0].start: n for n, said in reversed(list(enumerate(found)))}
    made = []
    for said in found:
        who = said.who or Who(None, None)
        made.append(
            Claim(
                who.name, tuple(said.contents), said.kind, who.span, who.role, said.outlet, who.anonymous, said.denial,
                source_of=None if said.source not in starts else f"claim:{starts[said.source]}",
            )
        )  # fmt: skip
    return tuple(made)


def linked(text: str, made: tuple[Claim, ...], measures: tuple[Measure, ...]) -> tuple[Claim, ...]:
    """The claims with what each denial denies: a measure, a claim, or something that the text does not have."""
    return tuple(replace(c, denial_of=_denied(text, made, n, measures)) if c.denial else c for n, c in enumerate(made))


def _denials(text: str, found: list[Said], words: Speech) -> None:
    """Mark as denials what says so, what kin and counsel say for their own, and what goes on from a denial."""
    for before, said in zip([None, *found], found, strict=False):
        content = " ".join(text[s.start : s.end] for s in said.contents).strip(CLOSERS + "“«‘")
        role = {word.lower() for word in re.findall(r"\w+", (said.who.role if said.who else None) or "")}
        said.denial |= bool(words.denied.search(content)) or bool(
            role & words.words["kinship"] and words.kin.search(content)
        )
        if before and before.denial and before.who and said.who and before.who.name == said.who.name:
            said.denial |= said.kind == "direct" and 0 <= said.contents[0].start - before.contents[-1].end < 60


def _denied(text: str, made: tuple[Claim, ...], n: int, measures: tuple[Measure, ...]) -> str:
    """What the nth claim denies: the last claim of another or measure before it in the text, or its own words."""
    start, end = made[n].contents[0].start, made[n].contents[0].end
    inside = next((i for i, m in enumerate(measures) if m.evidence.overlaps(Span(start, end))), None)
    if inside is not None:
        return f"measure:{inside}"
    near = [
        (m.evidence.start, f"measure:{i}") for i, m in enumerate(measures) if start - NEAR < m.evidence.end <= start
    ]
    near = [(at, what) for at, what in near if start - at < NEAR]
    claims_before = takewhile(lambda i: start - made[i].contents[0].start < NEAR, reversed(range(n)))
    near += [(made[i].contents[0].start, f"claim:{i}") for i in claims_before if made[i].speaker != made[n].speaker]
    return max(near)[1] if near else "ext:" + text[start:end].strip(CLOSERS + "“«‘")


DENIED_THING = re.compile(rf"\s(?P<thing>{NOT_DONE.pattern})(?=[\s:,.])")
PLEADED = re.compile(
    r"(?P<content>(?:se (?:ha |había )?declar[aoóe]\w*|declar(?:ou|a)-se)"
    r"\s(?:(?:ayer|hoy|este \w+|el \w+|nesta \w+)\s)?(?:no culpable|inocentes?|não culpado)"
    r"(?: de (?:todos )?(?:los|las|todas as) (?:\w+ )?(?:cargos|acusaci\w+)|"
    r" d[eao]s? (?:tod[oa]s as )?(?:\w+ )?(?:acusaç\w+|crimes))?)"
)
#: Where another act of the speaker follows: "acusó al grupo de financiarlo y anunció sanciones".
AND_DID = re.compile(r"\s(?:y|e)\s(?:(?:lo|la|los|las|le|se|no|não)\s)?\w+(?:ó|aron|ieron|ou|eu|iu|aram|eram|iram)\b")
ANSWERS = frozenset({"a", "r", "answer", "respuesta", "resposta"})


class Finder(Quoted, Reported, Cited):
    """Finds the claims of one text, in the order of the text."""

    def find(self) -> list[Said]:
        """All claims, those within others last."""
        turns = list(self.words.turn.finditer(self.text))
        interview = len([t for t in turns if t["answer"]]) >= 2
        called, asserted = self._called()
        for sentence in self.sentences:
            if interview and self._answered(sentence, turns):
                continue
            self._sentence(sentence)
            while called and called[0][0].start < sentence.end:
                self._characterised(*called.pop(0), sentence)
            while asserted and asserted[0][1].start < sentence.end:
                self._asserted(*asserted.pop(0), sentence)
            self.speakers.pass_over(sentence.start, sentence.end)
            self._spoke(sentence)
        self._join()
        for said in list(self.found):
            self._nested(said)
        return self.found

    def _spoke(self, sentence: Span) -> None:
        """Remember who spoke in a sentence last of all: whom the next one means by "he", or by nobody."""
        said = next((s for s in self.recent if s.sentence == sentence and s.who and s.who.kind != "noun"), None)
        if said and said.who:
            self.speakers.named.append(said.who)

    def _guest(self, label: str, first: int) -> Mention | None:
        """Who answers: the person whose name the label ends, or the first named before the interview begins."""
        persons = (m for m in self.placed.all if m.type == "person")
        if label:
            return next((m for m in persons if m.canonical.lower().endswith(label)), None)
        return next((m for m in persons if m.span.end <= first), None)

    def _called(self) -> tuple[list[tuple[Span, Span]], list[tuple[Span, Span]]]:
        """Where somebody calls something a thing, accuses somebody of it, or pleads, and what is said so, in order;
        and whose claims are told by a noun, with what is claimed."""
        if self.doc is None:
            return [], []
        from allonym.news.characterised import asserted, characterised

        return list(characterised(self.doc, self.text)), list(asserted(self.doc, self.text))

    def _asserted(self, owner: Span, content: Span, sentence: Span) -> None:
        """Take what is told to be the claim of somebody by a noun."""
        if any(c.overlaps(content) for s in self.recent for c in s.contents) or self.plain[owner.start] == BLANK:
            return
        named = next(iter(self.placed.on(owner)), None)
        who = self.speakers.person(named) if named else self.speakers.other(owner)
        if who is not None:
            kind = "mixed" if BLANK in self.plain[content.start : content.end] else "paraphrase"
            self.found.append(Said([content], who, kind, sentence))
            self._use(content)

    def _characterised(self, place: Span, content: Span, sentence: Span) -> None:
        """Take what somebody calls something, accuses somebody of, or pleads."""
        verb = _VERB.match(self.text, place.start)
        if verb is None or self.plain[place.start] == BLANK or not self._asserts(verb):
            return
        inside = [s for s in self.recent if any(c.overlaps(content) for c in s.contents)]
        if any(c.start <= content.start for s in inside for c in s.contents) or not (who := self._parsed(verb)):
            return
        self.found[-RECENT:] = [s for s in self.recent if s not in inside or s.kind == "paraphrase"]
        told = self.text[content.start : content.end]
        denial = bool(self.words.denied.search(told)) or (verb[0].startswith("plead") and told.startswith("not "))
        kind = "mixed" if BLANK in self.plain[content.start : content.end] else "paraphrase"
        self.found.append(Said([content], who, kind, sentence, None, denial))

    def _answered(self, sentence: Span, turns: list[re.Match[str]]) -> bool:
        """Take an answer of an interview as said by the one who is interviewed; True where the sentence is one."""
        before = bisect_right(turns, sentence.start, key=lambda t: t.start())
        turn = turns[before - 1] if before else None
        if not turn or not turn["answer"]:
            return False
        end = self.text.find("\n", turn.end())
        end = len(self.text) if end < 0 else end
        if sentence.start >= end:
            return False
        label = self.text[turn.start("answer") : turn.end("answer")].strip(":. ").lower()
        label = "" if label in ANSWERS else label
        guest = self._guest(label, turns[0].start())
        if label and guest is None:
            return False  # the one who asks
        if sentence.start <= turn.start():
            name = guest.canonical if guest else None
            content = Span(turn.end(), len(self.text[:end].rstrip()))
            self._use(content)
            self.found.append(
                Said([content], Who(name, None, self.speakers.role(name)), "direct", Span(turn.start(), end))
            )
        return True

    def _sentence(self, sentence: Span) -> None:
        begun = between(self.quotes, self.opened, sentence.start - LONGEST_QUOTATION, sentence.end)
        quotes = [q for q in begun if sentence.start < q.end and q not in self.used]
        verbs = [v for v in self.words.verb.finditer(self.plain, sentence.start, sentence.end) if self._asserts(v)]
        spoken = [v for v in verbs if self._implies(v) != "finding"]
        taken: set[int] = set()
        for quote in quotes:
            if quote not in self.used:
                self._quoted(quote, sentence, spoken, taken)
        bound = sentence.start
        for verb in verbs:
            if verb.start() >= bound and verb.start() not in taken:
                bound = max(bound, self._reported(verb, sentence, bound))
        self._according(sentence)
        self._chained(sentence)
        self._denied_beside(sentence, verbs, taken)
        self._judged(sentence)
        self._pleaded(sentence)
        called = self.words.calls.search(self.plain, sentence.start, sentence.end)
        if called and (who := self.speakers.before(self._clause(sentence.start, called.start()), called.start())):
            self.found.append(Said([Span(*called.span("content"))], who, "paraphrase", sentence, denial=True))

    def _denied_beside(self, sentence: Span, verbs: list[re.Match[str]], taken: set[int]) -> None:
        """Take what is denied in a word or two by the verb of a quotation: "denied the charges: “He sells pizza”"."""
        for verb in verbs:
            if verb.start() not in taken or self._implies(verb) != "denial":
                continue
            thing = DENIED_THING.match(self.plain, verb.end(), sentence.end)
            who = next(
                (s.who for s in reversed(self.recent) if s.sentence == sentence and s.who and s.who.kind != "noun"),
                None,
            )
            if thing and who:
                self.found.append(Said([Span(*thing.span("thing"))], who, "paraphrase", sentence, denial=True))

    def _judged(self, sentence: Span) -> None:
        """Take what somebody calls a thing, or accuses somebody of, where there is no parse to tell."""
        found = self.words.judges.search(self.text, sentence.start, sentence.end)
        if self.doc is not None or found is None or self.plain[found.start()] == BLANK:
            return
        ahead = self.plain[max(0, found.start() - 12) : found.start()].split()
        if PARTICIPLE.search(found[0].split()[0]) and not (ahead and AIDED.fullmatch(ahead[-1])):
            return  # "the accused"
        of = self.words.accuses.match(self.text, found.start(), sentence.end)
        content = Span(*(of.span("content") if of else found.span("content")))
        further = AND_DID.search(self.text, content.start, content.end)
        end = further.start() if further else content.end
        end = content.start + len(self.text[content.start : end].rstrip(" .,"))
        content = Span(content.start, end)
        if any(content.overlaps(c) and s.kind != "direct" for s in self.recent for c in s.contents):
            return
        who = self._subject(sentence.start, found)
        if who is None or (who.kind == "noun" and who.span is None):
            return
        self.found[-RECENT:] = [
            s for s in self.recent if not any(content.start <= c.start and c.end <= content.end for c in s.contents)
        ]
        kind = "mixed" if BLANK in self.plain[content.start : content.end] else "paraphrase"
        self.found.append(Said([content], who, kind, sentence))
        self._use(content)

    def _pleaded(self, sentence: Span) -> None:
        """Take what is pleaded in Spanish and Portuguese, where guilt is denied."""
        found = PLEADED.search(self.plain, sentence.start, sentence.end) if self.words.lang != "en" else None
        who = self.speakers.before(self._clause(sentence.start, found.start()), found.start()) if found else None
        if found and who:
            self.found.append(Said([Span(*found.span("content"))], who, "paraphrase", sentence, None, True))

    def _join(self) -> None:
        """Make one claim of a quotation that is split by its speaker, or goes on after."""
        joined: list[Said] = []
        for said in sorted(self.found, key=lambda s: s.contents[0]):
            last = joined[-1] if joined else None
            if last and last.kind == said.kind == "direct" and last.who and said.who and last.who.name == said.who.name:
                between = self.plain[last.contents[-1].end : said.contents[0].start]
                verbs = list(self.words.verb.finditer(between))
                same = last.who.span == said.who.span and "\n" not in between
                if (same and len(verbs) <= 1) or (
                    not between.strip() and self.text[last.contents[-1].end - 1] not in CLOSERS
                ):
                    last.contents += said.contents
                    continue
            joined.append(said)
        self.found = joined

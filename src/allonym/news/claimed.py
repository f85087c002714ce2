"""What the search for claims rests on: the text with quotations blanked out, its clauses and their subjects.

Takes a text, its mentions and words; gives speakers and outlets beside a verb. Must not decide what was said.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from allonym.news.placed import between
from allonym.news.reading import Mention, Span
from allonym.news.roles import Who
from allonym.news.sentences import quotations, sentences, without_heads
from allonym.news.speakers import Speakers
from allonym.news.speech import Speech

if TYPE_CHECKING:
    from spacy.tokens import Doc

BLANK = "¤"
RECENT = 60  # claims that are looked at again when one more is found beside them
CLOSERS = "”»’\"'"
PARTICIPLE = re.compile(r"(?:[ai]do|dicho|dito|escrito)$")
AIDED = re.compile(r"(?:ha|han|había|habían|habría|habrían|tinha|tinham|teria|teriam|haviam?|tem|têm)", re.IGNORECASE)
NICKNAME = re.compile(r"\W*(?:(?:[A-ZÁÉÍÓÚÑ][\w’'-]*|de|del|la|el|los|the|of|do|da)\s?){1,4}\W*")
#: Before these a form that ends in a vowel without an accent is a noun: "una denuncia", "su cuenta", "em nota".
BEFORE_NOUN = frozenset(
    "la una su el un de del en por con sin uma sua seu da na em cada otra nueva esta essa dicha".split()
)
#: Of which type one is whom a pronoun means.
MAY_BE = {
    "m": ("person",), "f": ("person",), "p": ("designated_group",),
    "o": ("agency", "government", "media", "designated_group"),
}  # fmt: skip
MODAL = frozenset("will would can could may might must should".split())
RELATIVE = re.compile(r"\s(?:which|that|whom|who)\s(?:the\s)?$")
#: A verb in Spanish or Portuguese that another is joined to: "criticó la medida y dijo".
DID = re.compile(
    r"(?<=\s)(?:(?:se|lo|la|le|les|los|las|no|não|também|también|ya|já|ha|han)\s)*"
    r"[a-zíéáúç]+(?:ó|[aei]ron|ou|eu|iu|aram|eram|iram|[ai]do|ijo|uso|oz)(?=\s)"
)
JOINS = re.compile(r"(?:^|\s|,)(?:y|e|mas|pero|además|também|también|ainda)\s*$")
#: "The paper quoted X as saying", "X was quoted by the paper as saying".
QUOTED_AS = re.compile(
    r"\s(?:(?:was|were|is|are|has been|have been)\s(?:quoted|cited|reported)(?:\sby\s[^,;]{2,50})?"
    r"|(?:quot|cit)(?:ed|es|ing|e)\s(?P<who>[^,;]{2,80}(?:,\s[^,;]{2,80}(?=,))?),?)\sas\s$"
)
APPOSED = re.compile(r", (?:(?:an?|the) (?:[\w-]+ ){1,4}(?:named|called) )?")
#: Before a name that stands for itself: "The other side: X said".
ALONE = re.compile(r"(?:[:;¤\n]\s?|\.\s)$")
#: Where somebody gives a name: "a man who identified himself as X".
CALLS_ITSELF = re.compile(r"\swho\s(?:identified|described|introduced|named)\s(?:him|her|them)sel(?:f|ves)\sas\s")
#: Short forms, ages and the like in brackets, which end no clause.
PAREN = re.compile(r"(?<=\w\s)\([^()\n]{1,30}\)(?=[\s,])")
CLAUSE = re.compile(
    r"[;:¤()\n]\s?|\s[–—-]\s|,\s(?:and|but|y|e|mas|pero|while|mientras)\s|\s(?:and|y|e)\s(?=(?:he|she|la|el)\s)"
    r"|(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|Sr))(?<!\b(?:Mrs|Sen|Gen|Gov|Rep|Col|Sra))\.\s(?=[A-Z])"
)

JOINED = re.compile(
    r";\s|,\s(?:and|but|y|e|mas|pero)\s(?=(?:the |The |el |la |o |a |[A-Z])\S+ (?:\w+ ){0,3}?(?:is|are|was|were|has"
    r"|have|had|will|would"
    r"|may|ha|han|fue|será|es|são|é|foi|\w+ed)\b)"
)


@dataclass(slots=True)
class Said:
    """A claim in the making: its contents, who says it, the sentence it stands in."""

    contents: list[Span]
    who: Who | None
    kind: str
    sentence: Span
    outlet: str | None = None
    denial: bool = False
    source: int | None = None  # where the claim that carries this one begins


class Finding:
    """A text with what is quoted in it, its sentences and speakers, and the claims found so far."""

    def __init__(self, text: str, mentions: tuple[Mention, ...], words: Speech, doc: "Doc | None" = None) -> None:
        self.doc = doc
        self.text, self.words = text, words
        self.quotes = [q for q in quotations(text) if self._spoken(q)]
        self.opened = [q.start for q in self.quotes]
        self.plain = blank(without_heads(text), self.quotes)
        self.sentences = sentences(text)
        self.starts = [sentence.start for sentence in self.sentences]
        self.speakers = Speakers(text, self.plain, mentions, words)
        self.speakers.learn()
        self.placed = self.speakers.placed
        self.here = next(
            (m.canonical for m in mentions if words.we.search(text, max(0, m.span.start - 40), m.span.start)), None
        )
        self.ending = {m.span.end: m for m in mentions}
        self.found: list[Said] = []
        self.used: set[Span] = set()

    def _spoken(self, quote: Span) -> bool:
        """Whether a quotation may be speech: more than two words, or set off as speech by punctuation."""
        inner = self.text[quote.start : quote.end]
        if len(re.findall(r"\w+", inner)) > 2 and not (NICKNAME.fullmatch(inner) and not re.search(r"[.,!?…]", inner)):
            return True
        return bool(re.search(r"[.,!?…][”»’\"']*$", inner)) or self.text[quote.end : quote.end + 1] == ","

    def _asserts(self, verb: re.Match[str]) -> bool:
        """Whether the verb says that something was said: not "declined to say", nor "a said person"."""
        ahead = self.plain[max(0, verb.start() - 24) : verb.start()].split()
        if (
            verb[0][0].isupper()
            and self.plain[verb.start() - 1 : verb.start()] == " "
            and ahead
            and ahead[-1][-1] not in ".:!?"
        ):
            return False
        if (
            PARTICIPLE.search(verb[0])
            and " " not in verb[0]
            and not (ahead and AIDED.fullmatch(ahead[-1]))
            and self.words.lang != "en"
        ):
            return False
        if ahead and ahead[-1] in ("been", "be", "was", "were", "is", "are"):
            return False
        if self.doc is not None and not self._is_finite(verb):
            return False
        if self.words.lang != "en" and verb[0][-1] in "aeo" and ahead and ahead[-1].lower() in BEFORE_NOUN:
            return False
        if ahead and ahead[-1].lower() in MODAL and self._implies(verb) == "manner":
            return False
        if ahead and (ahead[-1].endswith(",") or ahead[-1].lower() in ("only", "solo", "sólo", "só", "apenas")):
            return True  # "sin embargo, dijo", "no solo dijo"
        return not any(word.lower() in self.words.words["negated"] for word in ahead[-2:])

    def _is_finite(self, verb: re.Match[str]) -> bool:
        """Whether the parse takes the word for a verb, and not for one that is done to what it hangs on."""
        from allonym.news.tokens import at

        token = at(self.doc, verb.start(), verb.end()) if self.doc is not None else None
        if token is None or " " in verb[0]:
            return True
        if token.pos_ in ("NOUN", "PROPN", "ADP") and token.tag_ != "VBD":
            return verb[0].endswith("ed") or token.head.i == token.i
        return not (token.tag_ == "VBN" and token.dep_ in ("acl", "amod"))

    def _implies(self, verb: re.Match[str]) -> str:
        return self.words.implies.get(verb[0].lower(), "denial")

    def _clause(self, start: int, end: int) -> int:
        """Where the clause that ends at `end` begins."""
        cuts = [start, *(start + cut.end() for cut in CLAUSE.finditer(PAREN.sub(_filled, self.plain[start:end])))]
        return max(cut for cut in cuts if cut < end or cut == start)

    def _parsed(self, verb: re.Match[str]) -> Who | None:
        """Who the parse says is the subject of a verb; None without a parse, or where it stands in a quotation."""
        if self.doc is None:
            return None
        from allonym.news.subjects import subject

        found = subject(self.doc, verb.start(), verb.end())
        if found is None or self.plain[found[0].start] == BLANK:
            return None
        head, phrase = found
        comma = self.plain.rfind(",", phrase.start, head.start)
        start = comma + 2 if comma > 0 else phrase.start
        start += len(self.plain[start : head.start]) - len(self.plain[start : head.start].lstrip())
        after = self.plain.find(",", head.end, phrase.end)
        phrase = Span(start, after if after > 0 else phrase.end)
        person = next((m for m in self.placed.on(head) if m.type == "person"), None)
        if person is not None:
            return self.speakers.person(person)
        beside = [
            m
            for m in self.placed.beginning(phrase.end + 1, verb.start())
            if m.type in ("person", "agency", "media", "designated_group")
            and APPOSED.fullmatch(self.plain, phrase.end, m.span.start)
        ]
        if beside:
            return self.speakers.person(beside[0])
        gender = self.words.pronouns.get(self.plain[head.start : head.end].lower())
        if gender and (main := self._main(verb, gender)):
            return Who(
                main.canonical, head, self.speakers.role(main.canonical), False, "person" if gender in "mf" else "body"
            )
        if named := CALLS_ITSELF.match(self.plain, phrase.end):
            told = self.placed.beginning(named.end(), named.end() + 1)
            return self.speakers.person(told[0]) if told else self.speakers.other(phrase)
        return self.speakers.other(phrase)

    def _main(self, verb: re.Match[str], gender: str) -> Mention | None:
        """Whom a pronoun means that is the subject of a clause within a sentence: the subject of the sentence."""
        from allonym.news.subjects import main_subjects

        places = main_subjects(self.doc, verb.start(), verb.end()) if self.doc is not None else []
        fits = MAY_BE.get(gender, ())
        return next((m for place in places for m in self.placed.on(place) if m.type in fits), None)

    def _subject(self, start: int, verb: re.Match[str]) -> Who | None:
        """Who stands before a verb; auxiliaries and adverbs between are passed over."""
        if quoted := QUOTED_AS.search(self.plain, max(0, verb.start() - 160), verb.start()):
            if quoted["who"]:
                return self.speakers.after(*quoted.span("who"))
            return self.speakers.before(self._clause(start, quoted.start()), quoted.start())
        beside = self.ending.get(verb.start() - 1)
        if (
            beside
            and beside.span.start >= start
            and beside.type != "person"
            and RELATIVE.search(self.plain, start, beside.span.start)
        ):
            return self.speakers.other(beside.span)
        if (
            beside
            and beside.type == "person"
            and ALONE.search(self.plain, max(0, beside.span.start - 2), beside.span.start)
        ):
            return self.speakers.person(beside)
        if who := self._parsed(verb):
            return who
        end = verb.start()
        while words := re.search(r"(?:^|\s)([^\W\d_][\w’'-]*)\s*$", self.plain[start:end]):
            if words[1].lower() not in self.words.words["auxiliary"] and not (
                words[1].islower() and words[1].endswith("ly")
            ):
                break
            end = start + words.start()
        start = self._clause(start, end)
        for earlier in self.words.verb.finditer(self.plain, start, end):
            that = self.words.that.search(self.plain, earlier.end(), min(end, earlier.end() + 45))
            start = that.end() if that and that.end() < end else start
        if not self.plain[start:end].strip(" ,–—-"):
            return None
        if self.doc is None and JOINS.search(self.plain, start, end) and (did := DID.search(self.plain, start, end)):
            return self.speakers.before(start, did.start())
        return self.speakers.before(start, end)

    def _named_in(self, start: int, end: int) -> Who | None:
        people = [m for m in self.placed.within(start, end) if self.plain[m.span.start] != BLANK]
        people = [m for m in people if m.type == "person"] or [m for m in people if m.type in ("agency", "media")]
        return self.speakers.person(people[0]) if people else None

    def _last_subject(self, span: Span | None) -> Who | None:
        return self.speakers.resolve("w", span)

    def _add(self, contents: list[Span], who: Who, kind: str, sentence: Span, verb: re.Match[str] | None) -> None:
        outlet = self._outlet(verb, sentence) if verb else None
        denial = verb is not None and self._implies(verb) == "denial"
        self.found.append(Said(contents, who, kind, sentence, outlet, denial))
        self._use(*contents)
        self.speakers.named.append(Who(who.name, who.span, who.role, who.anonymous, who.kind))

    def _use(self, *contents: Span) -> None:
        """Remember the quotations that lie in what is taken."""
        self.used.update(
            q for c in contents for q in between(self.quotes, self.opened, c.start, c.end) if q.end <= c.end
        )

    @property
    def recent(self) -> list[Said]:
        """The last claims found: what may overlap what the sentence says."""
        return self.found[-RECENT:]

    def _outlet(self, verb: re.Match[str], sentence: Span) -> str | None:
        """The medium to which it was said: "told X", "told this station"."""
        end = min(sentence.end, verb.end() + 80)
        for mention in self.placed.beginning(verb.end(), end):
            if mention.type == "media" and self.words.to.search(self.plain, verb.start(), mention.span.start):
                return mention.canonical
        return self.here if self.words.us.search(self.plain, max(0, verb.start() - 8), end) else None

    def _stop(self, sentence: Span) -> int:
        return sentence.start + len(self.plain[sentence.start : sentence.end].rstrip(" .!?…"))

    def _last_clause(self, start: int, stop: int) -> Span:
        """What stands behind the last semicolon, or "and" between clauses, before a place."""
        cuts = [start, *(start + cut.end() for cut in JOINED.finditer(self.plain[start:stop]))]
        return self._trim(max(cuts), stop)

    def _trim(self, start: int, end: int) -> Span:
        """What is said between two places, without the marks around it nor the head of a paragraph."""
        told = self.plain[start:end]
        at = start + len(told) - len(told.lstrip(" ,;:\n"))
        said = told.strip(" ,;:\n")
        return Span(at, at + len(said)) if said else Span(start, start)


def _filled(aside: re.Match[str]) -> str:
    return "_" * len(aside[0])


def blank(text: str, quotes: list[Span]) -> str:
    """The text with quotations blanked out, of the same length."""
    edges = [0, *(edge for q in quotes for edge in (q.start, q.end)), len(text)]
    parts = [text[a:b] if n % 2 == 0 else BLANK * (b - a) for n, (a, b) in enumerate(pairwise(edges))]
    return "".join(parts)

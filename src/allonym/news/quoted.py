"""Quotations and who speaks them.

Takes a quotation and its sentence; adds claims. Must not take names and titles in quotation marks for speech.
"""

import re
from bisect import bisect_left, bisect_right

from allonym.news.claimed import BLANK, CLOSERS, Finding, Said, blank
from allonym.news.placed import between
from allonym.news.reading import Span
from allonym.news.roles import Who
from allonym.news.sentences import within

SIGNED = re.compile(r"\s*\n[—–-]\s?(?:The Honourable )?")
#: Where what is said goes on behind a quotation: "said that “…” and that it would".
AND_THAT = re.compile(r"\s(?:y|e|and|but|pero|mas)\s(?:que|that)\s")
#: A verb behind a quotation, whatever it means: "…”, se burló X", "…,” crowed X".
OTHERWISE = re.compile(
    r",?\s(?:(?:se|le|les|lhe|nos|me)\s)?(?!and|but|who|which|que)"
    r"(?:[a-z]{3,}ed|[a-zç]{2,}(?:ó|ou|eu|iu)|[a-zç]{3,}-se|[a-zç]{3,}[ae])\s"
    r"(?:(?:a|en|con)\s[a-z]+r\s|a\s[a-z]+r\s)?"
)
TO_WHOM = re.compile(r"(?:al|ao|à|a(?=\s[A-ZÁÉÍÓÚ])|to|for|of|del?|com|con|por|by|em|en|in|on|at|from|with)\s")
VERBAL = re.compile(r"\s(?:is|was|had|has|are|were|es|era|fue|foi|é|ha|que|that|of|for)\s")
AS_SAYING = re.compile(r"(?:quoted|cited|reported)\s(?:by\s[^,;.]{2,50}\s)?as\s(?=saying|telling|adding)")
#: A mark before the closing one, or a comma behind it.
COMMA = re.compile(r"[,?!…]|..,", re.DOTALL)
STAGE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
#: Before these a quotation is a name: "known as “the Doctor”".
NAMING = re.compile(
    r"(?:known as|alias|(?:nick)?named|dubbed|called|(?:apodad|llamad|chamad|apelidad)[oa]s?|chama[mv]?a?m?"
    r"|conhecid[oa]s? por|como)\s*$"
)
INNER = re.compile(
    r"(?:^|[.,;“«\"¤]\s?)(?P<who>[^.,;“«\"¤]+?)\s(?P<verb>[\w’]+)(?:\s(?:me|us|to me|to us|a mí))?\s?,?:?\s?$"
)


class Quoted(Finding):
    """Finds who speaks what stands in quotation marks."""

    def _quoted(self, quote: Span, sentence: Span, verbs: list[re.Match[str]], taken: set[int]) -> None:
        """Find who speaks a quotation: beside it, after it, before it, or in the sentence before."""
        before = [q.end for q in between(self.quotes, self.opened, sentence.start, quote.start)]
        head_start = max([sentence.start, *before])
        heads = [v for v in verbs if head_start <= v.start() < quote.start]
        head = self.plain[head_start : quote.start]
        alone = not STAGE.sub("", head).strip(" ,;—–-(")
        comma = COMMA.match(self.text, quote.end - 2) is not None
        who, verb = None, None
        small = self.text[quote.start + 1 : quote.start + 2].islower() and heads and not alone
        if small and not head.rstrip().endswith((",", ":", "—", "–")) and self._says_more(heads[-1].end(), quote.start):
            return
        if comma or alone or not heads:
            who, verb = self._tail(quote.end, self._tail_end(quote, sentence))
        if who and not alone and not heads and (not comma or self._ends(quote, head)):
            taken.add(verb.start() if verb else -1)
            content = Span(head_start + len(head) - len(head.lstrip()), quote.end)
            self._add([content], who, "mixed", sentence, verb)
            return
        if not who and heads:
            if not alone and (self._says_more(heads[-1].end(), quote.start) or AND_THAT.match(self.plain, quote.end)):
                return
            verb = heads[-1]
            who = self._subject(head_start, verb)
            who = who or self.speakers.after(verb.end(), quote.start) or self._last_subject(None)
        if not who and head.rstrip().endswith(":"):
            who = self._named_in(head_start, quote.start) or self._last_subject(None)
        who = who or self._signed(quote) or self._headed(quote)
        if not who and alone:
            if self.found and self._goes_on(self.found[-1], quote):
                self.found[-1].contents.append(quote)
                self.used.add(quote)
                return
            who = self._named_in(head_start, quote.start) or self._last_subject(None)
        if not who or (len(re.findall(r"\w+", self.text[quote.start : quote.end])) < 3 and not verb):
            return
        if verb:
            taken.add(verb.start())
        self._add([quote], who, "direct", sentence, verb)

    def _ends(self, quote: Span, head: str) -> bool:
        """Whether a quotation is the end of a statement: "The deal would be “a trap”, X said"."""
        return self.text[quote.start + 1 : quote.start + 2].islower() and not NAMING.search(head)

    def _says_more(self, start: int, end: int) -> bool:
        """Whether more than the quotation is said between a verb and it, which is left to what is reported."""
        between = self.plain[start:end]
        if between.rstrip().endswith(":"):
            return bool((that := self.words.that.match(between)) and between[that.end() :].strip(" :"))
        if self.words.according.search(between):
            return True
        if (that := self.words.that.match(between + " ")) and between[that.end() :].strip():
            return True
        if self.words.that.search(between + " ") and len(between.split()) > 3:
            return True
        said = between.strip(" —–-")
        return not between.rstrip().endswith((":", ",")) and bool(said) and not self._outlet_only(start, end)

    def _tail_end(self, quote: Span, sentence: Span) -> int:
        """How far what follows a quotation may name its speaker."""
        paragraph_end = self.text.find("\n", quote.end)
        paragraph_end = len(self.text) if paragraph_end < 0 else paragraph_end
        following_quote = self.opened[bisect_left(self.opened, quote.end) :][:1]
        tail_end = min([*following_quote, paragraph_end, max(sentence.end, quote.end)])
        place = bisect_left(self.starts, quote.end)
        following = [s for s in self.sentences[place : place + 1] if s.start - quote.end < 3]
        tail = self.plain[quote.end : tail_end]
        if not tail.strip(" .,") and following and following[0].start < paragraph_end:
            tail_end = min(following[0].end, tail_end if tail_end > following[0].start else following[0].end)
            only = self.words.verb.search(self.plain, quote.end, following[0].end)
            if (
                not only
                or following[0].end - following[0].start > 80
                or BLANK in self.plain[quote.end : following[0].end]
            ):
                tail_end = quote.end
        return tail_end

    def _signed(self, quote: Span) -> Who | None:
        """The speaker whose name stands below a quotation, after a dash."""
        signed = SIGNED.match(self.text, quote.end)
        if not signed:
            return None
        below = self.placed.beginning(signed.end(), signed.end() + 61)
        return self.speakers.person(below[0]) if below else None

    def _headed(self, quote: Span) -> Who | None:
        """The speaker of a quotation that stands alone above a text: the person whom the next lines name first."""
        if self.found:
            return None
        above = self.text.rfind("\n", 0, quote.start)
        below = self.text.find("\n", quote.end)
        beside = self.plain[above + 1 : quote.start] + self.plain[quote.end : max(below, 0)]
        alone = not beside.strip(" .")
        if below < 0 or not alone or self.plain.count("\n", 0, quote.start) > 2:
            return None
        end = self.text.find("\n", below + 1)
        people = self.speakers.persons(below, end if end > 0 else len(self.text))
        head = [m for m in people if m.span.start - below < 60]
        return self.speakers.person(head[0]) if head else None

    def _goes_on(self, said: Said, quote: Span) -> bool:
        """Whether a quotation without a speaker goes on from the claim before, with only its speaker between."""
        last = said.contents[-1]
        between = self.plain[last.end : quote.start]
        if "\n" in between:
            return not between.strip() and self.text[last.end - 1] not in CLOSERS
        return said.kind == "direct" and bisect_left(self.starts, quote.start) - bisect_left(self.starts, last.end) <= 2

    def _outlet_only(self, start: int, end: int) -> bool:
        said = self.plain[start:end].strip(" ,:")
        return (
            bool(self.words.that.fullmatch(" " + said + " "))
            or not said
            or (len(said.split()) < 7 and bool(self.words.adverbial.match(said)))
        )

    def _tail(self, start: int, end: int) -> tuple[Who | None, re.Match[str] | None]:
        """The speaker after a quotation: "…, X said", "…, said X", or a name close behind a verb that is not known."""
        verb = self.words.verb.search(self.plain, start, end)
        if verb and (saying := AS_SAYING.match(self.plain, verb.start(), end)):
            verb = self.words.verb.search(self.plain, saying.end(), end)
        if not verb or not self._asserts(verb):
            return self._spoken_otherwise(start, end), None
        if self.plain[start : verb.start()].count(",") > 4 or self.plain[verb.end() : verb.end() + 1] == ":":
            return None, None
        who = self._subject(start, verb)
        if not who:
            stop = re.compile(r"[;:.](?=\s|$)|¤|\s[—–]").search(self.plain, verb.end() + 3, end)
            who = self.speakers.after(
                verb.end(),
                self._sentence_end(verb.end(), stop.start() if stop and self.plain[stop.start()] != "." else end),
            )
        return who or self._last_subject(None), verb

    def _spoken_otherwise(self, start: int, end: int) -> Who | None:
        """The speaker behind a verb that is none of saying, after a comma: "…, crowed X"."""
        told = OTHERWISE.match(self.plain, start, end)
        if told is None:
            return None
        near = self.speakers.persons(told.end(), min(end, told.end() + 90))
        between = self.plain[told.end() : near[0].span.start] if near else ""
        if not near or VERBAL.search(between) or TO_WHOM.match(between):
            return None
        return self.speakers.person(near[0])

    def _sentence_end(self, start: int, end: int) -> int:
        return min(end, self.sentences[max(0, bisect_right(self.starts, start) - 1)].end)

    def _nested(self, said: Said) -> None:
        """What is quoted inside a claim with a speaker of its own."""
        for content in said.contents:
            if said.kind != "direct":
                continue
            inner = [q for q in within(self.text, content) if len(re.findall(r"\w+", self.text[q.start : q.end])) > 2]
            plain = blank(
                self.text[content.start : content.end],
                [Span(q.start - content.start, q.end - content.start) for q in inner],
            )
            for quote in inner:
                who = self._inner(plain, content.start, quote)
                if who:
                    self.found.append(Said([quote], who, "direct", said.sentence, source=said.contents[0].start))

    def _inner(self, plain: str, start: int, quote: Span) -> Who | None:
        ahead = INNER.search(plain[: quote.start - start])
        if ahead and ahead["verb"].lower() in self.words.implies:
            who = re.sub(r"\s(?:me|nos|le|once)$", "", ahead["who"])
            at = start + ahead.start("who")
            named = self.placed.beginning(at, at + len(who) + 1)
            return Who(named[0].canonical if named else who, Span(at, at + len(who)))
        gap = re.compile(r"[,\s]*(?:me |nos |le )?").match(plain, quote.end - start)
        behind = self.words.verb.match(plain, gap.end()) if gap else None
        if behind:
            named = self.placed.beginning(start + behind.end() + 1, start + behind.end() + 25)
            return Who(named[0].canonical, named[0].span) if named else None
        return None

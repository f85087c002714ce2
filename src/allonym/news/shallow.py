"""Acts found by rules alone: for Spanish and Portuguese.

Takes the text with its mentions; gives `Act`s in order. A clause is what stands between stops, relative pronouns and
verbs. Must not look beyond the sentence. The words are in acts.json.
"""

import re
from collections.abc import Iterator, Sequence

from allonym.news.acts import Act
from allonym.news.reading import Mention, Span
from allonym.news.sentences import sentences
from allonym.news.shallow_parties import Parties

_PARTICIPLE = re.compile(r"[ai]d[oa]s?$")
_STOP = re.compile(
    r"[;:¿¡?!()—–«»“”\"\n]|, (?:y|e|pero|mas|mientras|enquanto|while|but|and) "
    r"|,(?= (?:que|quien|who|which|donde|onde|where)\b)|\.(?=\s|$)"
)


def acts(text: str, mentions: Sequence[Mention], lang: str) -> list[Act]:
    """The acts of a text in one of the languages that acts.json has rules for; none in another."""
    if lang not in ("es", "pt"):
        return []
    reader = _Reader(text, mentions, lang)
    return [act for sentence in sentences(text) for act in reader.acts(sentence)]


class _Reader(Parties):
    """Reads the clauses of one text."""

    def acts(self, sentence: Span) -> Iterator[Act]:
        """The acts of a sentence; of two words of one type in a clause, the first."""
        last: dict[str, int] = {}
        for match in self.words.trigger.finditer(self.text, sentence.start, sentence.end):
            kind, _, type_ = (match.lastgroup or "").partition("_")
            aided = self.words.aided.search(self.text, max(0, match.start() - 14), match.start())
            if kind == "active" and _PARTICIPLE.search(match[0]) and not aided:
                kind = "passive"
            clause = self._clause(sentence, match)
            told = self.text[clause.start : clause.end]
            type_ = self._type(kind, type_, sentence, Span(match.start(), clause.end), told)
            if not type_ or last.get(type_, -1) >= clause.start:
                continue
            agents, patients = self._parties(kind, type_, match, clause)
            if not patients:
                continue
            last[type_] = match.start()
            near = [p.span.start for p in patients if sentence.start <= p.span.start < clause.start]
            yield Act(
                type_,
                Span(*match.span()),
                self._trim(Span(min([clause.start, *near]), clause.end)),
                tuple(agents),
                tuple(patients),
                threatened=bool(self.words.threat.search(told)),
                denied=bool(self.words.denial.search(told)),
                announced=bool(self.words.announcing.search(told)),
            )

    def _type(self, kind: str, type_: str, sentence: Span, after: Span, clause: str) -> str:
        """The type of the measure; a word that may list or place somebody asks what list."""
        if type_ != "listing":
            needed = self.words.context.get(f"{kind}_{type_}")
            return type_ if needed is None or needed.search(clause) else ""
        whole, rest = self.text[sentence.start : sentence.end], self.text[after.start : after.end]
        if self.words.context["listing_delisting"].match(rest):
            return "delisting" if self.words.context["list"].search(whole) else ""
        return next(
            (t for t in ("terrorist_designation", "sanctions") if self.words.context[f"listing_{t}"].search(rest)), ""
        )

    def _clause(self, sentence: Span, match: re.Match[str]) -> Span:
        start, end = sentence.start, sentence.end
        for stop in _STOP.finditer(self.text, sentence.start, sentence.end):
            if stop.end() <= match.start():
                start = stop.end()
            elif stop.start() >= match.end():
                end = stop.start()
                break
        return Span(start, end)

    def _trim(self, span: Span) -> Span:
        told = self.text[span.start : span.end]
        start = span.start + len(told) - len(told.lstrip())
        return Span(start, start + len(told.strip().rstrip(".,")))

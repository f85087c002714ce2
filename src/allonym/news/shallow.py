"""Acts found by rules alone: for Spanish and Portuguese.

Takes the text with its mentions; gives `Act`s in order. A clause is what stands between stops, relative pronouns and
verbs. Must not look beyond the sentence. The words are in acts.json.
"""

import re
from collections.abc import Iterator, Sequence

from allonym.news.acts import Act, Phrase
from allonym.news.reading import Mention, Span
from allonym.news.sentences import sentences
from allonym.news.shallow_likely import Likely
from allonym.news.shallow_likewise import TYPES, likewise

_PARTICIPLE = re.compile(r"(?:[aií]d[oa]s?|(?:inscri[pt]?t|proscri[pt]?t|pres)[oa]s?|expuls(?:o|os|as)|entregues?)$")
#: In Spanish, a fact only behind "después de que" and the like.
_SUBJUNCTIVE = re.compile(r"(?:(?<!decl)ara|iera)n?$")
_SINCE = re.compile(
    r"\b(?:después|luego|desde|tras|semanas?|días|meses|horas|años?|raíz|vez)(?: de)? que\s[^.;:]{2,90}$", re.IGNORECASE
)
_INFINITIVE = re.compile(r"(?:[aei]r(?:l[oae]s?)?|[áêí]-l[oa]s?)$")
_NOT = re.compile(
    r"\b(?:no|nunca|jamás|tampoco|não|nem|jamais|ni|sin|sem)\s(?:(?:se|l[oae]s?|[oa]s?|ha|han|había|habían|fue"
    r"|fueron|sido"
    r"|será|serán|foi|foram|ser|está|tem|têm|tinha|va|van|vai|irá|hay|haver|haverá)\s){0,3}$",
    re.IGNORECASE,
)
#: A list that the text has named before.
_THE_LIST = re.compile(
    r"\b(?:a|en|à|na|da|de)\s(?:la |esa |esta |su |sua |essa |esta |dicha |la misma |mesma )?(?:propia )?(?:lista"
    r"|nómina)\b"
    r"(?! de | negra| internacional)",
    re.IGNORECASE,
)
_LINKING = re.compile(r"\b(?:para|por|que|a)\b", re.IGNORECASE)
_STOP = re.compile(
    r"[;:¿¡?!()—–«»“”\"\n]|, (?:y|e|pero|mas|mientras|enquanto|while|but|and) "
    r"|,(?= (?:que|quien|who|which|donde|onde|where)\b)|(?<!EE)(?<!UU)(?<!\b[A-Z])\.(?=\s|$)"
)


_LIFTING = re.compile(
    r"\b(?:levant|suspend|alivi|elimin|retir|revog|revoc)\w*\s(?:\w+\s){0,2}$|\b(?:lista|listas|lista negra) de $",
    re.IGNORECASE,
)
_BLOCKS = re.compile(r"bloque|congel|inmoviliz|orden|decret|mand|determin", re.IGNORECASE)
_AS_TERRORIST = re.compile(r"\bcomo [^.;,]{0,30}terroris", re.IGNORECASE)
_TREASURY = re.compile(r"\b(?:ofac|tesoro|tesouro|foreign assets)\b", re.IGNORECASE)
_EXPELS = re.compile(r"expuls|deport", re.IGNORECASE)
_HANDED = re.compile(
    r"[^.;:]{0,110}?(?:,| y| e)(?: \w+)?(?: l[oa]s?| [oa]s?)? (?:entreg(?:ad[oa]s?|ue|ues|ó|ou)"
    r"|puest[oa]s? a disposición)\b",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"terroristas? (?:extranjer|estrangeir)|organizaci\w+ terrorista|organizaç\w+ terrorista", re.IGNORECASE
)


def acts(text: str, mentions: Sequence[Mention], lang: str) -> list[Act]:
    """The acts of a text in one of the languages that acts.json has rules for; none in another."""
    if lang not in ("es", "pt"):
        return []
    reader = _Reader(text, mentions, lang)
    found: list[Act] = []
    for sentence in sentences(text):
        found += reader.acts(sentence)
        found += likewise(text, mentions, sentence, next((a for a in reversed(found) if a.type in TYPES), None))
    return found


class _Reader(Likely):
    """Reads the clauses of one text."""

    listed = ""  # what the list was of that somebody was put on last

    def acts(self, sentence: Span) -> Iterator[Act]:
        """The acts of a sentence; of two words of one type in a clause, the first."""
        last: dict[str, int] = {}
        for match in self.words.trigger.finditer(self.text, sentence.start, sentence.end):
            kind, type_ = self._kind(match)
            clause = self._clause(sentence, match)
            told = self.text[clause.start : clause.end]
            type_ = self._type(kind, type_, sentence, Span(match.start(), clause.end), told)
            both = self.text.endswith((" ambos ", " ambas "), 0, match.start())
            if not type_ or (last.get(type_, -1) >= clause.start and not both):
                continue
            governed = self._governed(type_, match, clause)
            if governed is None or _NOT.search(self.text, max(clause.start, match.start() - 30), match.start()):
                continue
            agents, patients = self._parties(kind, type_, match, clause)
            if (
                _LIFTING.search(self.text, max(clause.start, match.start() - 40), match.start())
                and type_ == "sanctions"
            ):
                continue
            if type_ in ("sanctions", "other"):
                agents = agents or self._elsewhere(type_, sentence, clause, patients)
            type_ = self._frozen(type_, match, agents)
            if not patients or not self._likely(kind, type_, match, clause, agents, patients):
                continue
            if {p.span for p in agents} <= {p.span for p in patients}:
                agents = self._elsewhere(type_, sentence, clause, patients)
            last[type_] = match.start()
            near = [p.span.start for p in patients if sentence.start <= p.span.start < clause.start]
            yield Act(
                type_,
                Span(*match.span()),
                self._trim(Span(min([clause.start, *near]), clause.end)),
                tuple(agents),
                tuple(patients),
                threatened=governed or bool(self.words.threat.search(told)),
                denied=bool(self.words.denial.search(told)),
                announced=bool(self.words.announcing.search(told)),
            )

    def _frozen(self, type_: str, match: re.Match[str], agents: list[Phrase]) -> str:
        """The type of a freeze: a court's order is no sanction, the Treasury's is one."""
        if type_ == "sanctions" and _BLOCKS.match(match[0]) and self._is_court(agents):
            return "other"
        by_treasury = any(_TREASURY.search(self.text[p.span.start : p.span.end]) for p in agents)
        return "sanctions" if type_ == "other" and by_treasury and _BLOCKS.match(match[0]) else type_

    def _kind(self, match: re.Match[str]) -> tuple[str, str]:
        """The kind and type of a word: a participle is active behind "has", else passive."""
        kind, _, type_ = (match.lastgroup or "").partition("_")
        aided = self.words.aided.search(self.text, max(0, match.start() - 14), match.start())
        if kind == "active" and _PARTICIPLE.search(match[0]) and not aided:
            return "passive", type_
        if kind == "passive" and aided and match[0].endswith("o"):
            return "active", type_
        return kind, type_

    def _governed(self, type_: str, match: re.Match[str], clause: Span) -> bool | None:
        """Whether an infinitive tells of no more than an idea; None where nothing says that it was or will be done."""
        if self.lang == "es" and _SUBJUNCTIVE.search(match[0]):
            return False if _SINCE.search(self.text, max(0, match.start() - 120), match.start()) else None
        if not _INFINITIVE.search(match[0]):
            return False
        start = max(clause.start, match.start() - 70)
        if (done := self.words.done.search(self.text, start, match.start())) and not _LINKING.search(done["gap"]):
            return False
        planned = self.words.planned.search(self.text, start, match.start())
        if planned is None or type_ == "arrest" or _LINKING.search(planned["gap"]):
            return None
        return bool(self.words.hoped.match(planned[0]))

    def _type(self, kind: str, type_: str, sentence: Span, after: Span, clause: str) -> str:
        """The type of the measure; a word that may list or place somebody asks what list."""
        if (
            type_ == "sanctions"
            and self.text.startswith("sancion", after.start)
            and _AS_TERRORIST.search(self.text, after.start, after.end)
        ):
            return "terrorist_designation"
        if (
            type_ == "other"
            and _EXPELS.match(self.text, after.start)
            and _HANDED.search(self.text, after.start, sentence.end)
        ):
            return "extradition"  # whoever expels and hands over has handed over
        if type_ != "listing":
            needed = self.words.context.get(f"{kind}_{type_}")
            return type_ if needed is None or needed.search(clause) else ""
        whole, rest = self.text[sentence.start : sentence.end], self.text[after.start : after.end]
        if self.words.context["listing_delisting"].match(rest):
            return "delisting" if self.words.context["list"].search(whole) else ""
        if (
            _TREASURY.search(whole)
            and not _FOREIGN.search(whole)
            and (self.words.context["list"].search(rest) or self.text.startswith("design", after.start))
        ):
            return "sanctions"
        told = next(
            (t for t in ("terrorist_designation", "sanctions") if self.words.context[f"listing_{t}"].search(rest)), ""
        )
        self.listed = told or self.listed
        return told or (self.listed if _THE_LIST.search(rest) else "")

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

"""Who was named before: whom a pronoun, an office or nobody at all means.

Takes what was named in the text so far, the last last; gives a `Who`. Must not look for names itself.
"""

import re

from allonym.news.reading import Span
from allonym.news.roles import WORD, Roles, Who

#: Words for those who hold an office, with the office.
SAME = {"mandatario": "presidente", "mandataria": "presidenta", "premier": "minister", "petista": "presidente"}
#: What is more than one by its words: "two officials", "residents", "tres funcionarios".
SEVERAL = re.compile(
    r"(?:(?:the|los|las|os|as|unos|unas|uns|umas|varios|varias|vários|várias|several|some|two|three|four|five|six|dos|tres|cuatro"
    r"|cinco|dois|duas|três|quatro|many|other|\d+)\s.*\w+s|\w+s)\b",
    re.IGNORECASE,
)

#: Offices and kin that tell of a man or a woman.
OF_GENDER = re.compile(
    r"\b(?:(?P<f>wife|mother|sister|daughter|widow|niece|aunt|queen|\w+woman|heiress|actress|presidenta|ministra|\w+ora"
    r"|abogada|advogada|jueza|juíza|alcaldesa|fiscala|diputada|deputada|secretaria|secretária|vocera|jefa|esposa|hermana"
    r"|irmã|madre|mãe|hija|filha|viuda|viúva|tía|tia|delegada|prefeita|magistrada|vecina|vizinha|dueña|dona)"
    r"|(?P<m>husband|father|brother|son|widower|nephew|uncle|king|heir|ministro|abogado"
    r"|(?:spokes|chair|congress|business|police|states|news|fisher)man"
    r"|advogado|alcalde|diputado|deputado|secretario|secretário|vocero|jefe|esposo|marido|hermano|irmão|padre|pai|hijo"
    r"|filho|viudo|tío|tio|delegado|prefeito|magistrado|vecino|vizinho|dueño|dono))\b",
    re.IGNORECASE,
)
#: First names that end as those of the others do.
EITHER = frozenset(
    "rosario consuelo amparo rocío rocio socorro rosário margo jo luca andrea nikita mustafa issa musa moussa joshua"
    " ezra noa sasha misha ilya mikhaila garcia costa ikea aaliyah nicola elia isa abba borja".split()
)


class Recalled(Roles):
    """The persons of one text and who was last named, so it is asked in the order of the text."""

    def _told_before(self, lowered: list[str]) -> Who | None:
        """The unnamed source that is taken up again: "the source", "the same person"."""
        same = lowered[1:2] in (["same"], ["misma"], ["mismo"], ["mesma"], ["mesmo"])
        unnamed = [who for who in reversed(self.named) if who.anonymous]
        if not same and lowered[-1] not in self.speech.words["unnamed"]:
            return None
        return next((who for who in unnamed if same or lowered[-1] in (who.name or "").lower().split()), None)

    def _by_role(self, lowered: list[str]) -> str | None:
        """The person last given a role that has the same head word."""
        heads = [SAME.get(w, w) for w in lowered[:4] if w in self.speech.words["roles"] or w in SAME]
        if not heads or len(lowered) > 4:
            return None
        near = (who.name for who in reversed(self.named) if who.kind == "person" and who.name)
        return next((n for n in near if heads[-1] in (self.role(n) or "").lower().split()), self.held.get(heads[-1]))

    def _last(self, kinds: tuple[str, ...]) -> Who | None:
        return next((who for who in reversed(self.named) if who.kind in kinds), None)

    def resolve(self, gender: str, span: Span | None) -> Who | None:
        """Whom a pronoun means: the one last spoken of who fits it."""
        kinds = {"o": ("body",), "p": ("body", "unnamed", "noun")}.get(gender, ("person", "unnamed", "noun"))
        before = [w for w in reversed(self.named) if not (span and w.span) or w.span.start < span.start]
        of_kind = [who for who in before if who.kind in kinds]
        several = (who for who in of_kind if gender == "p" and SEVERAL.match(who.name or ""))
        fits = next(several, None) or next((who for who in of_kind if not _clash(who, gender)), None)
        if not fits and gender in "mf":
            fits = next(iter(of_kind), None)
        if not fits and (gender in "mf" or not before):
            return Who(self.plain[span.start : span.end], span) if span else None
        fits = fits or before[0]
        return Who(fits.name, span, fits.role, fits.anonymous, fits.kind)

    def pass_over(self, start: int, end: int) -> None:
        """Remember who is named in a stretch, the first last, since it is mostly the subject."""
        here = [m for m in self.placed.within(start, end) if self.plain[m.span.start] not in "¤ "]
        for mention in reversed(here):
            kind = {"person": "person", "agency": "body", "government": "body", "media": "body"}.get(
                mention.type, "group"
            )
            owner = self._possessive(mention.span)
            if not owner:
                self.named.append(Who(mention.canonical, mention.span, self.role(mention.canonical), False, kind))
        first = WORD.findall(self.plain[start : min(end, start + 60)])[:4]
        if first and first[0].lower() in self.speech.words["articles"] - self.speech.words["indefinite"]:
            found = self._by_role([word.lower() for word in first[:3]])
            if found and not any(m.type == "person" for m in here):
                self.named.append(Who(found, None, self.role(found)))


def _clash(who: Who, gender: str) -> bool:
    """Whether an office, or a first name that ends as most men's or women's do, goes against the pronoun."""
    name = who.name
    words = (name or "").lower().split(" ")
    if gender in ("m", "f") and (told := OF_GENDER.search(who.role or "") or OF_GENDER.match(name or "")):
        return told.lastgroup != gender
    first = words[0]
    if gender in ("m", "f", "w") and len(words) < 3 and not (name or "x")[0].isupper() and words[-1].endswith("s"):
        return True  # several
    ending = None if first in EITHER else {"a": "f", "o": "m"}.get(first[-1:])
    return gender in ("m", "f") and ending is not None and ending != gender

"""The roles that a text gives to the persons it names.

Takes a text and its mentions; gives roles, and the persons of a stretch. Must not decide who speaks.
"""

import re
from collections import deque
from dataclasses import dataclass, field

from allonym.news.placed import Placed
from allonym.news.reading import Mention, Span
from allonym.news.speech import Speech

WORD = re.compile(r"[^\W\d_][\w’'-]*")
RELATIVE = re.compile(
    r"^\s*(?:(?:who|whom|whose|which|que|quien|quem|por quien|a quien|de quien|al que|por el que|a quem|cuy[oa]s?"
    r"|cuj[oa]s?|(?:a|de|en|por|con|ao?|à|n[oa]) ?(?:l[ao]s?|el)? ?(?:que|cual(?:es)?|qual|quais)"
    r"|\d+|de \d+|speaking|requesting|aged|alias)\b"
    r"|(?:en cambio|por su parte|in turn|however|sin embargo|porém|por sua vez|más|mais|meanwhile)(?:\s\w+)?$)",
    re.IGNORECASE,
)
CLAUSED = re.compile(r"\s(?:and|but|y|e|that|que|by|por|when|says|said)\s")
TITLE = re.compile(r"(?:Dr|Mr|Mrs|Ms|Prof|Sr|Sra|the honourable|don|doña|dom|dona)\.?\s*$", re.IGNORECASE)

#: How many of those last named a pronoun may mean.
REMEMBERED = 300


@dataclass(slots=True)
class Who:
    """A speaker: the resolved name, where the text has it, the role as given, whether unnamed."""

    name: str | None
    span: Span | None
    role: str | None = None
    anonymous: bool = False
    kind: str = "person"


@dataclass
class Roles:
    """The persons of one text with the roles they are given."""

    text: str
    plain: str  # the text with what is quoted blanked out
    mentions: tuple[Mention, ...]
    speech: Speech
    roles: dict[str, str] = field(default_factory=dict)
    named: deque[Who] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    types: dict[str, str] = field(default_factory=dict)
    placed: Placed = field(init=False)
    held: dict[str, str] = field(default_factory=dict)  # by each word of a role, who was last given it

    def __post_init__(self) -> None:
        self.placed = Placed(self.mentions)

    def persons(self, start: int, end: int) -> list[Mention]:
        """The persons named between two places, also those who are no mention but look like a name."""
        return [m for m in self.placed.within(start, end) if m.type == "person" and not self._is_source(m)]

    def _is_source(self, mention: Mention) -> bool:
        """Whether what passes for a person is an unnamed source at the head of a sentence: "Fuentes del Gobierno"."""
        first, _, rest = mention.canonical.lower().partition(" ")
        return bool(rest) and first in self.speech.words["unnamed"] and self.speech.lang != "en"

    def learn(self) -> None:
        """Read the role of every person from the words around the name."""
        for mention in self.mentions:
            self.types.setdefault(mention.canonical, mention.type)
            if mention.type == "person":
                role = self._role_before(mention.span) or self._role_after(mention.span)
                if role and (mention.canonical not in self.roles):
                    self.roles[mention.canonical] = role
                    self.held.update(dict.fromkeys(role.lower().split(), mention.canonical))

    def role(self, name: str | None) -> str | None:
        """The role a person was given."""
        return self.roles.get(name or "")

    def _is_role(self, words: str) -> bool:
        known = self.speech.words["roles"]
        return any(word.lower() in known for word in WORD.findall(words))

    def is_office(self, start: int, end: int) -> bool:
        """Whether what stands between two places is the role of somebody who is not named there."""
        return self._is_role(self.plain[start:end]) and not self.placed.within(start, end)

    def _bare(self, words: str) -> str:
        """Without the article or owner before, nor title after."""
        words = TITLE.sub("", words).strip(" ,")
        words = re.sub(r"^(?:with|by|to|for|com|con)\s", "", words)
        first, _, rest = words.partition(" ")
        return rest if first.lower() in self.speech.words["articles"] - {"its"} and rest else words

    def _role_before(self, name: Span) -> str | None:
        head = re.split(r"[.;:,()¤\n–—“”«»]\s?", self.plain[max(0, name.start - 90) : name.start])
        last = (
            head[-1]
            if head[-1].strip()
            else (head[-2] if len(head) > 1 and self.plain[name.start - 2 : name.start] == ", " else "")
        )
        last = CLAUSED.split(" " + last)[-1]
        verbs = list(self.speech.verb.finditer(last))
        last = last[verbs[-1].end() :] if verbs else last
        known = self.speech.words["roles"]
        words = WORD.findall(last)[-9:]
        places = [i for i, word in enumerate(words) if word.lower() in known]
        if not places or len(words) - places[-1] > 5:
            return None
        first = places[0]
        while self.speech.lang == "en" and first and (words[first - 1][0].isupper() or first > places[0] - 3):
            first -= 1
        role = last[last.index(words[first]) :] if first else last
        return self._bare(role.strip()) or None

    def _role_after(self, name: Span) -> str | None:
        after = re.match(
            r",\s(?:\d+, )?(?P<role>[^,.;:()¤\n]{3,80})(?=[,.;:¤]|$)", self.plain[name.end : name.end + 110]
        )
        beside = after and self.speech.preposition.match(after["role"] + " ")
        if not after or beside or RELATIVE.match(after["role"]) or not self._is_role(after["role"]):
            return None
        return self._bare(re.split(r"\s(?:in|en|em)\s[A-Z]", after["role"])[0])

    def _possessive(self, span: Span) -> bool:
        return self.plain[span.end : span.end + 2] in ("'s", "’s") or self.plain[span.end : span.end + 2] in (
            "' ",
            "’ ",
        )

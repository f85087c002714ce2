"""Who is told of before being named: "A Lebanese businessman was sentenced on Wednesday … Samir Khoury, 61, …".

Takes a phrase that describes one person; gives the person whom the next sentences name first. Must not take one who
was named before.
"""

import re

from allonym.news.acts import Phrase
from allonym.news.prominence import SUBJECT, Prominence
from allonym.news.reading import Mention

NEAR_START = 45  # characters
SPEAKS = re.compile(
    r"(?:,[^,.;\n]{0,70},)?\s(?:also |later |has |had |ha |había )?(?:said|says|told|added|announced|wrote|called"
    r"|warned|argued"
    r"|dijo|afirmó|aseguró|informó|explicó|señaló|declaró|anunció|disse|afirmou|declarou|anunciou)\b"
)
WITHIN = 2  # sentences after the one that describes
_ONE = re.compile(r"(?:\b(?:an?|un|una|um|uma|the|el|la|o)\s|^\W*|[—–-]\s*|\.\s+)$", re.IGNORECASE)
_HUMAN = re.compile(
    r"\b(?:man|woman|national|citizen|businessman|businesswoman|trader|banker|broker|lawyer|leader|lieutenant|boss"
    r"|kingpin|capo|fugitive|suspect|trafficker|smuggler|financier|commander|general|officer|official|minister|founder"
    r"|head|chief|number two|member|operative|hitman|gunman|accountant|captain|oligarch|tycoon|engineer|dealer|owner"
    r"|facilitator|lord|baron|mobster|gangster|warlord|courier|recruiter|launderer|\w+man|\d+-year-old|hombre|mujer|ciudadan[oa]|cidadã\w*|empresari[oa]"
    r"|empresári[oa]|jefe|jefa|chefe|líder|cabecilla|lugarteniente|narco\w*|traficante|presunto|suspeito|homem|mulher"
    r"|operador|sicario|exministr[oa]|funcionari[oa]|abogad[oa]|advogad[oa])\b",
    re.IGNORECASE,
)
_FRONTED = re.compile(r"[“\"]?(?:After|Before|Following|Since|Until|Despite|Upon|On|At|With|During|Prior to)\b[^,]*$")
_WORDS_BEFORE = re.compile(r"(?:(?:the|former|a|an|[a-z-]+)\s){0,5}")


def is_human(word: str) -> bool:
    """Whether a noun is one for a person: "policeman", "accountant"."""
    return bool(_HUMAN.fullmatch(word))


def later_named(text: str, prominence: Prominence, phrase: Phrase) -> Mention | None:
    """The person described by a phrase who is named, for the first time and as a subject, in the next sentences."""
    told = text[phrase.span.start : phrase.span.end]
    before = text[max(0, phrase.span.start - 6) : phrase.span.start]
    here = prominence.sentence(phrase.head)
    if here is None or not _ONE.search(before) or not _HUMAN.search(told):
        return None
    seen = {m.canonical for m in prominence.mentions if m.span.start < here.end}
    following = [s for s in prominence.sentences if s.start >= here.end][:WITHIN]
    for number, mention in enumerate(prominence.mentions):
        if mention.type != "person" or mention.canonical in seen:
            continue
        there = next((s for s in following if s.start <= mention.span.start < s.end), None)
        if there and mention.span.start - there.start < NEAR_START and prominence.weight(number) >= SUBJECT:
            return None if SPEAKS.match(text, mention.span.end) else mention
    return None


def named_ahead(text: str, prominence: Prominence, phrase: Phrase, kinds: tuple[str, ...]) -> Mention | None:
    """Who is named right after the comma that ends what stands before the subject: "After his arrest, X was"."""
    sentence = prominence.sentence(phrase.head)
    if sentence is None or not _FRONTED.match(text, sentence.start, phrase.span.start):
        return None
    comma = text.find(", ", phrase.span.end, min(sentence.end, phrase.span.end + 60))
    if comma < 0:
        return None
    after = (m for m in prominence.mentions if comma < m.span.start < comma + 40 and m.type in kinds)
    coming = next(after, None)
    return coming if coming and _WORDS_BEFORE.fullmatch(text, comma + 2, coming.span.start) else None

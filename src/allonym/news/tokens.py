"""Tokens of a parsed text: their places in it, and what hangs on them.

Takes tokens of spaCy, with the labels of ClearNLP as in the official English pipelines; gives spans and other tokens.
Must not be imported where there is no parse, since it needs spaCy.
"""

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from allonym.news.reading import Span


def place(token: Token) -> Span:
    """Where a token stands in the text."""
    return Span(token.idx, token.idx + len(token))


def stretch(tokens: Sequence[Token]) -> Span:
    """From the first to the last of some tokens, whatever their order."""
    first, last = min(tokens, key=lambda t: t.i), max(tokens, key=lambda t: t.i)
    return Span(first.idx, last.idx + len(last))


def at(doc: Doc, start: int, end: int) -> Token | None:
    """The head of what stands between two places of the text; None where they are no tokens' edges."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return None if span is None else span.root


def joined(tokens: Iterable[Token]) -> str:
    """The words of some tokens in their order, one space between."""
    return " ".join(token.text for token in tokens)


def is_verbal(token: Token) -> bool:
    """Whether a token is a verb, auxiliaries included."""
    return token.pos_ in ("VERB", "AUX")


def is_relative(pronoun: Token, verb: Token) -> bool:
    """Whether the subject of a verb is a "who" or "which" that stands for the noun that its clause is about."""
    return pronoun.tag_ in ("WDT", "WP") and verb.dep_ == "relcl"


def is_to_infinitive(token: Token) -> bool:
    """Whether "to" stands before a word that the parse took for an adjective: "to designate several cartels"."""
    return token.i > 0 and token.nbor(-1).lower_ == "to"


def children(token: Token, *labels: str) -> list[Token]:
    """What hangs on a token by one of the labels."""
    return [child for child in token.children if child.dep_ in labels]


def under(token: Token, *prepositions: str) -> list[Token]:
    """What hangs on a token through one of the prepositions."""
    steps = [c for c in children(token, "prep", "dative", "agent") if c.lower_ in prepositions]
    found = [inner for step in steps for inner in children(step, "pobj", "pcomp")]
    if found or "of" not in prepositions:
        return found
    dates = [d for c in children(token, "prep") for d in children(c, "pobj") if d.ent_type_ in ("DATE", "TIME")]
    return [o for d in dates for c in children(d, "prep") if c.lower_ == "of" for o in children(c, "pobj")]


def parted(one: Token, other: Token) -> bool:
    """Whether a sentence begins between two tokens. Asking a token for its sentence reads the whole text."""
    first, last = sorted((one.i, other.i))
    return any(token.is_sent_start for token in one.doc[first + 1 : last + 1])


def behind(token: Token, tokens: int) -> str:
    """The text of so many tokens before one. The text of a whole document is built anew whenever it is asked for."""
    return token.doc[max(0, token.i - tokens) : token.i].text + token.doc[max(0, token.i - 1)].whitespace_

"""Noun phrases and clauses of a parsed text as stretches of it.

Takes heads; gives `Phrase`s and spans. Must not leave the sentence, nor take what only hangs on a comma.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from allonym.news.acts import Phrase
from allonym.news.parsed_clauses import own
from allonym.news.reading import Span
from allonym.news.tokens import children, is_to_infinitive, parted, stretch

#: What hangs on a head and is no part of its phrase.
APART = ("det", "poss", "punct", "cc", "conj", "relcl", "appos", "advcl", "case", "acl", "parataxis", "predet", "prep")
COUNTING = ("another", "some", "several", "both", "all")  # determiners that are kept
FOLLOWING = ("of", "in", "from", "off", "near", "with")  # prepositions with which a phrase goes on
_SET_OFF = (",", "–", "—", "(")
NEAR = 25  # tokens between a word and whom its act was done to


def phrases(heads: list[Token]) -> Iterator[Phrase]:
    """The phrases of some heads, and of what "and" joins to them."""
    for head in heads:
        for one in (head, *_with(head)):
            yield _phrase(one)


def _with(head: Token) -> list[Token]:
    found = []
    apposed = min((c.i for c in head.subtree if c.dep_ == "appos" and c.i != head.i), default=head.doc[-1].i + 1)
    for child in children(head, "conj"):
        if child.i < apposed:
            found += [child, *_with(child)]
    return found


def _phrase(head: Token) -> Phrase:
    """A head with what belongs to it: modifiers before it, and what follows with a preposition."""
    inside = [head]
    for child in head.children:
        if child.dep_ == "det" and child.lower_ in COUNTING:
            inside.append(child)
        if child.dep_ == "prep" and child.lower_ in FOLLOWING and child.i > head.i:
            inside += _until_comma(child)
        if not child.is_space and child.dep_ not in APART and child.lower_ not in ("only", "just", "even", "also"):
            inside += [t for t in child.subtree if not (t.dep_ == "amod" and is_to_infinitive(t))]
    last = max((t for t in inside if not t.is_space), key=lambda t: t.i)
    place = stretch([t for t in (*inside, *_hyphened(last)) if not t.is_space])
    more = any(c.dep_ in ("acl", "relcl") and not _set_off(c.left_edge) for c in head.children)
    return Phrase(place, head.idx, head.dep_ == "poss" or head.tag_ == "PRP$", more)


def _set_off(first: Token) -> bool:
    return first.i == 0 or first.text in _SET_OFF or first.nbor(-1).text in _SET_OFF


def _hyphened(last: Token) -> list[Token]:
    """What a hyphen joins to a token: those of "co-defendants" may hang apart."""
    rest = list(last.doc[last.i + 1 : last.i + 3])
    joins = len(rest) == 2 and rest[0].text == "-" and not last.whitespace_ and not rest[0].whitespace_
    return rest if joins else []


def _until_comma(preposition: Token) -> list[Token]:
    found = []
    for token in sorted(preposition.subtree, key=lambda t: t.i):
        if token.i >= preposition.i and (token.text in (",", ";", "–", "—", "(") or token.dep_ in ("relcl", "acl")):
            break
        found.append(token)
    return found


def evidence(token: Token, verb: Token, patients: list[Token]) -> Span:
    """The clause that tells of an act: its verb with all that hangs on it but other clauses, and whom it is about."""
    inside = [*own(verb), token]
    for patient in patients:
        if abs(patient.i - token.i) < NEAR and not parted(patient, token):
            inside += [patient, *children(patient, "compound", "amod", "nummod")]
    places = [t.i for t in inside if not t.is_space]
    doc, start, end = token.doc, min(places), max(places)
    while end > start and (doc[end].is_punct or doc[end].is_space):
        end -= 1
    while start < end and (doc[start].is_punct or doc[start].is_space or doc[start].dep_ == "cc"):
        start += 1
    return stretch((doc[start], doc[end]))

"""What type of act a word of a parsed text tells of.

Takes a token and the vocabulary; gives a type of measure or None; a "?" follows where it is such an act only if it is
done to a group. Must not ask who did it, nor to whom.
"""

from spacy.tokens import Token

from allonym.news.parsed_clauses import below
from allonym.news.parsed_nouns import type_of_noun
from allonym.news.parsed_verbs import type_of_verb
from allonym.news.parsed_words import BY, HEADLINE, OF_POLICY, PLURAL_NOUNS
from allonym.news.tokens import children, is_to_infinitive, is_verbal
from allonym.news.vocabulary import ParseWords


def type_of(token: Token, words: ParseWords) -> str | None:
    """The type of act that a word tells of."""
    lemma = words.mended.get(token.lower_, token.lemma_.lower())
    if is_verb(token, words):
        return type_of_verb(token, lemma, words)
    if BY.match(token.text) and token.dep_ == "amod":
        return "terrorist_designation" if words.terror.search(below(token.head)) else None
    if token.pos_ in ("NOUN", "PROPN") or token.lower_ in PLURAL_NOUNS:
        return type_of_noun(token, lemma, words)
    return None


def is_verb(token: Token, words: ParseWords) -> bool:
    """Whether a word is a verb, also where the parse took it for an adjective, or for a noun: "UK sanctions firms"."""
    if token.pos_ == "NOUN" and token.lower_ in HEADLINE and (headlined(token) or _heads_line(token)):
        return True
    if token.dep_ in ("nsubj", "nsubjpass", "pobj") and token.lower_ in PLURAL_NOUNS:
        return False
    if token.dep_ in ("amod", "compound") and is_to_infinitive(token):
        return token.lower_ in words.listing or (token.lower_ in words.verbs and token.head.i > token.i)
    first = bool(token.is_sent_start) and token.head.lemma_ == "be"  # "Blacklisted were"
    placed = first or token.dep_ in ("acomp", "amod", "acl", "ccomp", "ROOT")
    mended = placed and token.lower_ in words.mended
    return is_verbal(token) or token.tag_ in ("VBN", "VBD") or mended


def _heads_line(token: Token) -> bool:
    """Whether a noun before a name is the verb of a headline: "UK sanctions Omar Haddad over links"."""
    if token.dep_ != "compound" or token.i == 0 or token.head.dep_ != "ROOT":
        return False
    described = token.nbor().text[0].isupper() and token.head.i > token.i + 1 and token.head.lower_ not in OF_POLICY
    if token.head.pos_ != "PROPN" and not described:
        return False
    return token.nbor(-1).ent_type_ in ("GPE", "ORG") and any(
        t.is_sent_start for t in token.doc[max(0, token.i - 2) : token.i]
    )


def headlined(token: Token) -> list[Token]:
    """The objects of a verb of a headline that the parse took for a noun."""
    return [c for c in children(token, "dobj", "appos") if c.left_edge.i == token.i + 1]

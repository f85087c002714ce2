"""Who did what a word of a parsed text tells of, and to whom.

Takes a token, the type of its act and the vocabulary; gives the heads of both sides, none where the parse has none.
Must not resolve names or pronouns.
"""

from spacy.tokens import Token

from allonym.news.parsed_clauses import agent, apposed, governor, subject
from allonym.news.parsed_noun_parties import of_noun
from allonym.news.parsed_types import is_verb
from allonym.news.parsed_verb_parties import of_verb
from allonym.news.parsed_words import BY
from allonym.news.tokens import children, is_to_infinitive, under
from allonym.news.vocabulary import ParseWords

Parties = tuple[list[Token], list[Token]]


def parties(token: Token, type_: str, words: ParseWords) -> Parties:
    """Heads of who did it and of whom it was done to."""
    if token.dep_ in ("amod", "compound") and is_to_infinitive(token):
        verb = governor(token)
        return (subject(verb)[0] if verb is not None else []), [token.head]
    if BY.match(token.text):
        return [], [apposed(token.head)]
    if is_verb(token, words):
        return of_verb(token, type_, words)
    if words.nouns.get(token.lemma_.lower()) == "listed":
        holder = token.head.head
        listed = [holder] if holder.pos_ in ("NOUN", "PROPN") else subject(holder)[0]
        return children(token, "poss", "amod", "compound"), listed
    return of_noun(token, type_, words)


def doer(token: Token, words: ParseWords) -> Token:
    """Who is behind an order, a decree or another instrument that is said to have acted."""
    if token.lower_ == "rewards":  # of the programme "Rewards for Justice"
        return next(iter(children(token, "poss")), token)
    if token.lemma_.lower() not in words.instrument:
        return token
    by = [a for c in children(token, "acl", "relcl") for a in agent(c)] or under(token, "by", "from", "of")
    if not by and token.dep_ == "dobj":  # "signed an order imposing"
        by = [s for s in subject(token.head)[0] if s.i < token.head.i]
    return next(iter(by or children(token, "poss")), token)


def whole(token: Token, words: ParseWords) -> Token:
    """What a quantity is one of, a relative pronoun stands for, or an apposition names."""
    if token.tag_ in ("WDT", "WP", "WP$") or (token.lower_ == "that" and token.head.dep_ == "relcl"):
        verb = next((t for t in (token.head, *token.head.ancestors) if t.dep_ in ("relcl", "acl")), None)
        token = verb.head if verb is not None else token
    if token.dep_ == "appos" and token.head.pos_ == "PROPN" and token.ent_type_ != "PERSON":
        return token.head
    beside = children(token, "appos")
    called = token.pos_ == "NOUN" or (
        token.ent_type_ in ("GPE", "NORP") and any(c.ent_type_ == "PERSON" for c in beside)
    )
    if called and (named := [c for c in beside if c.pos_ == "PROPN"]):
        return named[0]
    if token.lemma_.lower() in words.belonging and (owners := children(token, "poss")):
        return owners[0]
    if token.lower_ == "one" and beside:
        return beside[0]
    if token.lemma_.lower() in words.whole and (parts := under(token, "of")):
        return parts[0]
    return token


def counted_in(token: Token) -> list[Token]:
    """Who is told to be one of several: "X is one of four men whom", "X is among those"."""
    step = token.head
    if token.dep_ != "pobj" or step.lower_ not in ("of", "among"):
        return []
    verb = step.head.head if step.head.lower_ == "one" and step.head.dep_ == "attr" else step.head
    named = [c for c in children(verb, "nsubj") if c.pos_ == "PROPN" or any(n.pos_ == "PROPN" for n in c.lefts)]
    return named if verb.lemma_ == "be" else []

"""Whether a verb of a parsed text tells that somebody is charged, sought by a court or tried.

Takes a verb with the words of its clause. Must not ask who did it, nor to whom.
"""

from spacy.tokens import Token

from allonym.news.parsed_clauses import agent, own
from allonym.news.parsed_words import CHARGES, COURTLY, CRIMES, TERM
from allonym.news.tokens import children, joined, under

REACH = 12  # tokens after "accused" in which the crime is told


def charged(token: Token, lemma: str, told: str) -> bool:
    """Whether a verb tells that somebody is charged, sought by a court or tried."""
    if lemma == "want" and token.tag_ == "VBN" and not children(token, "xcomp"):
        if under(token, "for", "over", "in") or any(a.pos_ == "PROPN" for a in agent(token)):
            return True
        return bool(CHARGES.search(told)) and bool(under(token, "on"))
    if lemma == "await":
        return bool(CHARGES.search(told)) and any(c.lower_ == "trial" for c in token.children)
    if lemma in ("receive", "get"):
        return any(c.lemma_ == "sentence" for c in children(token, "dobj"))
    if lemma == "name":
        return bool(COURTLY.search(joined(t for c in children(token, "nsubj") for t in own(c))))
    if lemma == "accuse":
        return _accused(token, told)
    if lemma in ("find", "stand"):
        return any(c.lower_ == ("guilty" if lemma == "find" else "trial") for c in token.children)
    return (
        lemma == "plead"
        or (lemma == "face" and bool(CHARGES.search(told)))
        or (lemma == "jail" and bool(TERM.search(told)))
    )


def _accused(token: Token, told: str) -> bool:
    """Whether who is accused is so before a court: in its papers, in a city, or of a crime."""
    papers = f"{told} {token.head.text}" if token.dep_ in ("acl", "relcl") else told
    if COURTLY.search(papers):
        return True
    if not children(token, "auxpass") or agent(token):
        return False
    where = [o for o in under(token, "in") if o.ent_type_ == "GPE"]
    return bool(where) or bool(CRIMES.search(_after(token)))


def _after(token: Token) -> str:
    """What stands behind a verb up to the next comma."""
    ends = (t.i for t in token.subtree if t.text in (",", ".", ";") and t.i > token.i)
    return joined(token.doc[token.i + 1 : min(ends, default=token.i + REACH)])

"""What type of act a word of a parsed text tells of.

Takes a token and the vocabulary; gives a type of measure or None; a "?" follows where it is such an act only if it is
done to a group. Must not ask who did it, nor to whom.
"""

import re

from spacy.tokens import Token

from allonym.news.parsed_clauses import below, governor, own, subject, top
from allonym.news.tokens import children, is_to_infinitive, is_verbal, joined, under
from allonym.news.vocabulary import ParseWords

BY = re.compile(r"(.+)-(?:designated|listed|sanctioned|blacklisted|proscribed)$")  # U.S.-designated
OF_GROUP = "terrorist_designation?group"
#: Verbs that tell of an act only with their particle.
PARTICLES = {("hand", "over"): "extradition", ("blow", "up"): "use_of_force", ("pick", "up"): "arrest"}
DEEDS = ("measure", "sanction", "designation", "listing", "blacklist")
STRIKING = ("strike", "hit", "attack", "target")
CALLING = ("call", "treat", "deem")
#: Verbs that may tell of a designation without a word for terrorism.
LISTING_GROUPS = ("designate", "redesignate", "ban", "outlaw", "proscribe", "list", "relist")
LISTERS = ("un", "u.n.", "nations", "treasury", "ofac")
CHARGING = ("want", "file", "bring", "press", "announce", "unseal", "face")
CHARGES = re.compile(r"\b(?:charges?|counts?|indictment)\b")
BARRED = re.compile(
    r"\bfrom\b.*\b(?:ports?|entry|entering|travel\w*|markets?|banks?|airspace|waters|territory|doing business)\b",
    re.IGNORECASE,
)
PRICE = re.compile(r"%|per ?cent|[$€£]")


def type_of(token: Token, words: ParseWords) -> str | None:
    """The type of act that a word tells of."""
    lemma = words.mended.get(token.lower_, token.lemma_.lower())
    if is_verb(token, words):
        return _verb(token, lemma, words)
    if BY.match(token.text) and token.dep_ == "amod":
        return "terrorist_designation" if words.terror.search(below(token.head)) else None
    if token.pos_ in ("NOUN", "PROPN"):
        return _noun(token, lemma, words)
    return None


def is_verb(token: Token, words: ParseWords) -> bool:
    """Whether a word is a verb, also where the parse took it for an adjective."""
    if token.dep_ == "amod" and is_to_infinitive(token):
        return token.lower_ in words.listing
    mended = token.lower_ in words.mended and token.dep_ in ("acomp", "amod", "acl", "ROOT")
    return is_verbal(token) or token.tag_ in ("VBN", "VBD") or mended


def _verb(token: Token, lemma: str, words: ParseWords) -> str | None:
    told = below(token)
    if lemma in words.delisting and (words.list_.search(told) or words.sanction.search(told)):
        return "delisting"
    if lemma in words.freezing and _of_property(token, told, words):
        by = " ".join(t.lemma_ for t in subject(token)[0])
        return "other" if words.court.search(by) else "sanctions"
    if lemma in ("ban", "bar") and BARRED.search(told):
        return "sanctions"
    if lemma in words.listing and (type_ := _listing(token, lemma, told, words)):
        return type_
    if lemma in words.handing and words.custody.search(told):
        return "extradition"
    if lemma == "offer" and words.money.search(told):
        return "reward_offer"
    if lemma in ("target", "hit") and any(c.lemma_.lower() in DEEDS for c in children(token, "nsubj")):
        return "sanctions"
    if lemma in STRIKING:
        by = joined(t for c in children(token, "nsubj", "nsubjpass") for t in c.subtree)
        return "use_of_force" if words.force.search(f"{by} {told}") else None
    if lemma == "hold" and token.dep_ == "acl" and token.head.lower_ == "those":
        return "arrest"
    for particle in children(token, "prt"):
        if type_ := PARTICLES.get((lemma, particle.lower_)):
            return type_
    if lemma == "plead" or (lemma == "face" and CHARGES.search(told)):
        return "charges"
    if lemma == "charge" and PRICE.search(told):
        return None
    return words.verbs.get(lemma)


def _of_property(token: Token, told: str, words: ParseWords) -> bool:
    """Whether what is frozen is property: told in the verb's clause, the one above, or what a participle is about."""
    held = token.head.text if token.dep_ in ("acl", "advcl", "relcl") else ""
    return bool(words.property_.search(f"{told} {below(top(token))} {held}"))


def _listing(token: Token, lemma: str, told: str, words: ParseWords) -> str | None:
    """The type of a verb that may put somebody on a list, by the list that its clause tells of."""
    itself = any(c.lower_.endswith(("self", "selves")) for c in token.children)
    if words.terror.search(told) and not itself:
        return OF_GROUP if lemma in CALLING else "terrorist_designation"
    if words.sanction.search(told) or (lemma == "list" and any(t.lower_ in LISTERS for t in own(token))):
        return "sanctions"
    return OF_GROUP if lemma in LISTING_GROUPS else None


def _noun(token: Token, lemma: str, words: ParseWords) -> str | None:
    type_ = words.nouns.get(lemma) or words.nouns.get(token.lower_)
    if type_ is None or token.dep_ in ("compound", "amod", "nmod"):
        return None
    if type_ == "listed":
        return _listed(token, words)
    if lemma == "ban" and not any(c.lower_ == "travel" for c in token.children):
        return None
    prepositions = {c.lower_ for c in children(token, "prep")}
    if lemma in ("action", "threat"):
        return _menace(token, lemma, prepositions, words)
    if type_ == "reward_offer":
        return type_
    verb = governor(token)
    by = "" if verb is None else verb.lemma_.lower()
    owned = bool("of" in prepositions or children(token, "poss"))
    if type_ in ("sanctions", "tariff"):
        told = _imposed(token, lemma, prepositions, by, words)
    elif type_ == "charges":
        told = by in CHARGING or "against" in prepositions
    elif type_ == "use_of_force":
        told = _forceful(token, words) and bool(lemma == "force" or prepositions & {"on", "against", "inside", "in"})
    elif type_ == "terrorist_designation":
        told = owned or bool(words.terror.search(below(token)))
    else:
        told = owned and by != "lead"
    return type_ if told else None


def _imposed(token: Token, lemma: str, prepositions: set[str], by: str, words: ParseWords) -> bool:
    """Whether a noun for sanctions or tariffs tells that they are in force or made, by the verb that governs it."""
    if by in words.delisting:
        return False
    if lemma == "listing":
        return "of" in prepositions and bool(children(token, "poss"))
    if token.dep_ == "pobj":
        step = token.head
        if step.lower_ == "under" or (step.lower_ == "to" and step.head.lower_ == "subject"):
            return True
    return by in words.imposing or bool(prepositions & {"on", "against", "for"})


def _forceful(token: Token, words: ParseWords) -> bool:
    """Whether a strike or attack is one with arms, or one at somebody who is named."""
    hit = under(token, "on", "against")
    return bool(
        words.force.search(joined(children(token, "compound", "amod", "nmod")))
        or words.aim.search(joined(t for o in hit for t in o.subtree))
        or any(o.pos_ == "PROPN" for o in hit)
    )


def _menace(token: Token, lemma: str, prepositions: set[str], words: ParseWords) -> str | None:
    """The type of "action against" somebody and of "tariff threats"."""
    if lemma == "threat":
        return "tariff" if any(c.lower_ in ("tariff", "tariffs") for c in token.children) else None
    verb = governor(token)
    taken = verb is not None and verb.lemma_ == "take" and "against" in prepositions
    return "use_of_force" if taken and words.force.search(joined(token.sent)) else None


def _listed(token: Token, words: ParseWords) -> str | None:
    """The type of a list that somebody is on: "has been on the American terrorist list"."""
    if token.dep_ != "pobj" or token.head.lower_ != "on" or token.head.head.lemma_.lower() not in words.staying:
        return None
    told = below(token)
    if words.terror.search(told):
        return "terrorist_designation"
    owned = any(c.dep_ == "poss" or c.lower_ == "every" for c in token.children)
    return "sanctions" if words.sanction.search(told) or owned else None

"""What type of act a noun of a parsed text tells of.

Takes a token and the vocabulary; gives a type of measure or None. Must not ask who did it, nor to whom.
"""

from spacy.tokens import Token

from allonym.news.parsed_clauses import agent, bearing, below, fight, governor
from allonym.news.parsed_topic import topic
from allonym.news.parsed_words import (
    CAPTURE,
    CARRYING,
    CHARGING,
    COMING,
    COVERING,
    EASING,
    FORCE,
    HARMING,
    LIFTING,
    MEASURES,
    NEARBY,
    OF_MONEY,
    POSTPONING,
    REFUSING,
    SHOWN,
    SOUGHT_FOR,
    TAKING,
    WANTED,
    WARRANTING,
)
from allonym.news.tokens import behind, children, joined, under
from allonym.news.vocabulary import ParseWords


def type_of_noun(token: Token, lemma: str, words: ParseWords) -> str | None:
    """The type of act that a noun tells of, by what hangs on it and the verb that governs it."""
    type_ = words.nouns.get(lemma) or words.nouns.get(token.lower_)
    if lemma in ("count", "offer", "warrant"):
        return type_ or "charges" if _rarely(token, lemma, words) else None
    if type_ is None or token.dep_ in ("compound", "amod", "nmod"):
        return None
    if type_ == "listed":
        return _listed(token, words)
    prepositions = {c.lower_ for c in children(token, "prep")}
    imposed = "on" in prepositions and by_of(token) in ("slap", "impose")
    if lemma == "ban" and not imposed and not any(c.lower_ == "travel" for c in token.children):
        return None
    if type_ == "arrest" and token.dep_ == "pobj" and token.head.lower_ in ("for", "to") and _sought(token):
        return None
    if lemma in ("action", "threat"):
        return _menace(token, lemma, prepositions, words)
    if lemma == "price":
        verb = governor(token)
        on = under(token, "on") + (under(verb, "on") if verb is not None else [])
        return type_ if any(o.lower_ == "head" for o in on) else None
    if type_ == "reward_offer":
        if token.lower_ == "rewards" and token.doc[token.i : token.i + 3].text == "Rewards for Justice":
            return None
        return type_ if not any(t.lemma_.lower() in LIFTING for t in (token.head, *token.head.ancestors)) else None
    if lemma in MEASURES:
        subjected = token.dep_ == "pobj" and token.head.head.lower_ == "subject"
        told = bool(prepositions & {"against", "on"}) or subjected
        if told and any(c.lower_ in OF_MONEY for c in children(token, "compound", "amod")):
            return type_
        eased = any(t.lemma_.lower() in EASING for t in (token.head, *token.head.ancestors))
        return type_ if told and not eased and topic(token, words) == "sanctions" else None
    if lemma == "designation" and by_of(token) in COVERING and token.dep_ == "nsubj":
        return "sanctions" if words.sdn.search(joined(token.sent)) else type_
    if type_ == "use_of_force" and token.dep_ == "nsubj" and by_of(token) in HARMING and _forceful(token, words):
        return type_
    if type_ == "extradition" and token.head.lemma_.lower() in REFUSING and token.dep_ == "dobj":
        return type_
    if type_ == "extradition" and fight(token) is not None:
        return type_
    return type_ if _told(token, lemma, type_, prepositions, words) else None


def _rarely(token: Token, lemma: str, words: ParseWords) -> bool:
    """Whether a noun of many uses tells of an act: counts brought against, money on offer, a warrant of arrest."""
    if lemma == "count":
        verb = governor(token)
        return verb is not None and verb.lemma_ in CHARGING and bool(under(verb, "against"))
    if lemma == "offer":
        told = joined(token.sent)
        return bool(words.money.search(told) and CAPTURE.search(told)) and token.dep_ == "pobj"
    return by_of(token) in WARRANTING and any(c.lower_ == "arrest" for c in children(token, "compound"))


def _told(token: Token, lemma: str, type_: str, prepositions: set[str], words: ParseWords) -> bool:
    """Whether a noun tells that an act of its type was done, by the verb and the prepositions around it."""
    verb = governor(token)
    by = "" if verb is None else verb.lemma_.lower()
    pair = (*children(token, "conj"), *([token.head] if token.dep_ == "conj" else []))
    owned = any(c.dep_ == "poss" or c.lower_ == "of" for t in (token, *pair) for c in t.children)
    owned = owned or bool(under(token, "of"))  # "the capture on Friday of X"
    if type_ in ("sanctions", "tariff"):
        told = _imposed(token, lemma, prepositions, by, words)
    elif type_ == "charges":
        told = by in CHARGING or "against" in prepositions
    elif type_ == "use_of_force":
        if verb is not None and by in (*CARRYING, "kill"):
            prepositions |= {c.lower_ for c in children(verb, "prep")}
        told = _forceful(token, words) and bool(lemma == "force" or prepositions & {"on", "against", "inside", "in"})
    elif type_ == "terrorist_designation":
        told = (by == "take" or by not in words.delisting) and (owned or bool(words.terror.search(below(token))))
    else:
        told = owned and not any(t.lemma_.lower() in SHOWN for t in list(token.ancestors)[:5])
    return told


def _sought(token: Token) -> bool:
    """Whether a capture is what a reward is offered for."""
    return bool(SOUGHT_FOR.search(behind(token, NEARBY)))


def by_of(token: Token) -> str:
    """The verb that governs a noun."""
    verb = governor(token)
    return "" if verb is None else verb.lemma_.lower()


def _imposed(token: Token, lemma: str, prepositions: set[str], by: str, words: ParseWords) -> bool:
    """Whether a noun for sanctions or tariffs tells that they are in force or made, by the verb that governs it."""
    if by in words.delisting and by != "take":
        return False
    if by in POSTPONING:  # "evading sanctions imposed on him by the Treasury" tells that they are in force
        clause = bearing(token, words.imposing)
        return clause is not None and bool(agent(clause))
    if lemma == "listing":
        return "of" in prepositions and bool(children(token, "poss"))
    verb = governor(token)
    if verb is not None and any(c.lower_ == "longer" for t in children(verb, "advmod") for c in (t, *t.children)):
        return False
    if bearing(token, words.imposing) is not None:
        return True
    if by in COMING and verb is not None and FORCE.search(below(verb)) and token.dep_ == "nsubj":
        return True
    if token.dep_ == "pobj":
        step = token.head
        if step.lower_ == "under" or (step.lower_ == "to" and step.head.lower_ == "subject"):
            return True
    covering = any(c.lemma_.lower() in COVERING for c in children(token, "acl"))
    return covering or by in words.imposing or by == "face" or bool(prepositions & {"on", "against", "for"})


def _forceful(token: Token, words: ParseWords) -> bool:
    """Whether a strike or attack is one with arms, or one at somebody who is named."""
    hit = under(token, "on", "against")
    verb = governor(token)
    if verb is not None and verb.lemma_.lower() in (*CARRYING, "kill"):
        hit += under(verb, "against", "on")
    by = verb is not None and verb.lemma_.lower() in HARMING and token.lemma_.lower() in ("strike", "attack", "raid")
    if by and any(c.ent_type_ in ("NORP", "GPE") for c in children(token, "compound", "amod", "nmod")):
        return True
    return bool(
        token.lemma_.lower() in ("airstrike", "bombing")
        or words.force.search(joined(children(token, "compound", "amod", "nmod")))
        or words.aim.search(joined(t for o in hit for t in o.subtree))
        or any(o.pos_ == "PROPN" for o in hit)
    )


def _menace(token: Token, lemma: str, prepositions: set[str], words: ParseWords) -> str | None:
    """The type of "action against" somebody and of "tariff threats"."""
    if lemma == "threat":
        return "tariff" if any(c.lower_ in ("tariff", "tariffs") for c in token.children) else None
    verb = governor(token)
    if verb is not None:
        prepositions |= {c.lower_ for c in children(verb, "prep")}
    taken = verb is not None and verb.lemma_ in TAKING and "against" in prepositions
    if taken and verb is not None and verb.lemma_ == "take" and words.sdn.search(joined(token.sent)):
        return "sanctions"
    return "use_of_force" if taken and words.force.search(joined(token.sent)) else None


def _listed(token: Token, words: ParseWords) -> str | None:
    """The type of a list that somebody is on: "has been on the American terrorist list"."""
    holder = token.head.head
    if (
        token.dep_ != "pobj"
        or token.head.lower_ != "on"
        or not (
            holder.lemma_.lower() in words.staying
            or (holder.pos_ in ("NOUN", "PROPN") and words.sanction.search(below(token)))
            or (holder.pos_ == "NOUN" and words.terror.search(joined(children(holder, "amod"))))
        )
    ):
        return None
    told = below(token)
    if WANTED.search(told):
        return None
    if words.terror.search(told):
        return "terrorist_designation"
    if holder.pos_ == "NOUN" and words.terror.search(joined(children(holder, "amod"))):
        return "terrorist_designation"  # "a terrorist group on the American list"
    if any(c.lower_ == "the" for c in token.children) and not words.sanction.search(told):
        return topic(token, words)
    owned = any(c.dep_ == "poss" or c.lower_ == "every" for c in token.children)
    return "sanctions" if words.sanction.search(told) or owned else None

"""What type of act a word of a parsed text tells of.

Takes a token and the vocabulary; gives a type of measure or None; a "?" follows where it is such an act only if it is
done to a group. Must not ask who did it, nor to whom.
"""

from spacy.tokens import Token

from allonym.news.parsed_clauses import agent, below, governor, own, subject, top
from allonym.news.parsed_words import (
    ADDING,
    AHEAD,
    ARMED,
    BARRED,
    BEHIND,
    BY,
    CALLING,
    CARRYING,
    CHARGES,
    CHARGING,
    COURTLY,
    COVERING,
    DEEDS,
    EASING,
    ELSEWHERE,
    HARMING,
    HEADLINE,
    HUMAN,
    LIFTING,
    LIMITS,
    LISTERS,
    LISTING_GROUPS,
    MEASURES,
    MISSILES,
    NAMING,
    OF_GROUP,
    OF_MONEY,
    OFF,
    OFFERED,
    PAPERS,
    PARTICLES,
    POSTPONING,
    PRICE,
    RAISING,
    REFUSING,
    REWARDS,
    SHOWN,
    STOCKS,
    STRIKING,
    TAKING,
    TERM,
    TO_PLACE,
    TO_POLICE,
    TOPIC,
)
from allonym.news.tokens import behind, children, is_to_infinitive, is_verbal, joined, under
from allonym.news.vocabulary import ParseWords


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
    """Whether a word is a verb, also where the parse took it for an adjective, or for a noun: "UK sanctions firms"."""
    if token.pos_ == "NOUN" and token.lower_ in HEADLINE and headlined(token):
        return True
    if token.dep_ == "amod" and is_to_infinitive(token):
        return token.lower_ in words.listing
    mended = token.lower_ in words.mended and token.dep_ in ("acomp", "amod", "acl", "ccomp", "ROOT")
    return is_verbal(token) or token.tag_ in ("VBN", "VBD") or mended


def _verb(token: Token, lemma: str, words: ParseWords) -> str | None:
    told = below(token)
    if children(token, "neg") and lemma not in words.delisting:
        return None
    if lemma in words.delisting and REWARDS.search(told):
        return None
    if lemma in words.delisting and (words.list_.search(told) or words.sanction.search(told)):
        return "delisting"
    if lemma in EASING and LIMITS.search(told):
        by = joined(t for c in children(token, "nsubj") for t in c.subtree)
        return "delisting" if _topic(token, words) or words.lister.search(by) else None
    if lemma == "want" and token.tag_ == "VBN" and under(token, "for", "over", "in") and not children(token, "xcomp"):
        return "charges"
    if lemma in RAISING and _of_reward(token, words):
        return "reward_offer"
    if lemma in words.freezing and _of_property(token, told, words):
        by = " ".join(t.lemma_ for t in subject(token)[0])
        return "other" if words.court.search(by) else "sanctions"
    if lemma in ("ban", "bar") and BARRED.search(told):
        return "sanctions"
    if lemma in words.listing and (type_ := _listing(token, lemma, told, words)):
        return type_
    if lemma in words.handing and words.custody.search(told) and _of_people(token):
        return "extradition"
    if lemma == "offer" and words.money.search(told):
        return "reward_offer"
    if type_ := _struck(token, lemma, told, words):
        return type_
    if lemma == "hold" and token.dep_ == "acl" and token.head.lower_ == "those":
        return "arrest"
    if lemma in ("take", "remain", "hold") and "into custody" in told:
        return "arrest"
    for particle in children(token, "prt"):
        if type_ := PARTICLES.get((lemma, particle.lower_)):
            return type_ if type_ != "extradition" or _of_people(token) else None
    if lemma == "fire" and MISSILES.search(told) and under(token, "at", "on", "against"):
        return "use_of_force"
    if lemma == "surrender" and TO_POLICE.search(told) and not children(token, "dobj"):
        return "arrest"
    if lemma == "accuse" and COURTLY.search(told):
        return "charges"
    if lemma == "find" and any(c.lower_ == "guilty" for c in token.children):
        return "charges"
    if lemma == "stand" and any(c.lower_ == "trial" for c in token.children):
        return "charges"
    if lemma == "plead" or (lemma == "face" and CHARGES.search(told)) or (lemma == "jail" and TERM.search(told)):
        return "charges"
    if lemma == "charge" and PRICE.search(told):
        return None
    return words.verbs.get(lemma) or _by_topic(token, lemma, told, words)


def _struck(token: Token, lemma: str, told: str, words: ParseWords) -> str | None:
    """The type of "target", "hit", "strike": force or sanctions, by who does it, else by what the text speaks of."""
    if lemma not in STRIKING:
        return None
    doers = children(token, "nsubj")
    if lemma in ("target", "hit") and any(c.lemma_.lower() in DEEDS for c in (*doers, *agent(token))):
        return "sanctions"
    by = joined(t for c in (*doers, *children(token, "nsubjpass")) for t in c.subtree)
    if lemma == "target" and not ARMED.search(told):
        told = ""
    if words.force.search(f"{by} {told}") or (lemma == "attack" and words.force.search(behind(token, BEHIND))):
        return "use_of_force"
    passive = bool(children(token, "nsubjpass"))
    who = joined(t for c in doers for t in c.subtree)
    if lemma == "target" and token.dep_ not in ("advcl", "acl") and (passive or words.lister.search(who)):
        return "sanctions" if _topic(token, words) == "sanctions" else None
    return None


def headlined(token: Token) -> list[Token]:
    """The objects of a verb of a headline that the parse took for a noun."""
    return [c for c in children(token, "dobj", "appos") if c.left_edge.i == token.i + 1]


def _of_reward(token: Token, words: ParseWords) -> bool:
    """Whether "raised it to $25 million" is told of a reward."""
    raised = [c.lower_ for c in children(token, "dobj")]
    return raised == ["it"] and bool(words.money.search(below(token)) and OFFERED.search(behind(token, TOPIC)))


def _of_people(token: Token) -> bool:
    """Whether what is handed over may be people."""
    handed = children(token, "dobj", "nsubjpass") or ([token.head] if token.dep_ == "acl" else [])
    if token.lemma_.lower() in ("hand", "turn") and not any(t.lemma_.lower() in PAPERS for t in handed):
        return True
    return any(
        t.pos_ in ("PRON", "PROPN", "NUM") or children(t, "nummod") or HUMAN.search(t.text)
        for t in (*handed, *(subject(token)[0] if not handed else ()))
    )


def _topic(token: Token, words: ParseWords) -> str | None:
    """What list the sentences up to a word, and the rest of its own, speak of last."""
    end = next((t.i for t in token.doc[token.i + 1 : token.i + AHEAD] if t.is_sent_start), token.i + AHEAD)
    told = behind(token, TOPIC) + token.doc[token.i : end].text
    found = list(words.topic.finditer(told))
    return found[-1].lastgroup if found else None


def _by_topic(token: Token, lemma: str, told: str, words: ParseWords) -> str | None:
    """The type of "were added", "is struck off": by the list that the text speaks of."""
    if lemma == "name" and words.lister.search(joined(t for c in children(token, "nsubj") for t in c.subtree)):
        return OF_GROUP if _topic(token, words) == "terrorist_designation" else None
    if not any(c.dep_ in ("nsubjpass", "auxpass") for c in token.children):
        return None
    if lemma in ADDING and words.list_.search(told) and not ELSEWHERE.search(told):
        type_ = _topic(token, words)
        return OF_GROUP if type_ == "terrorist_designation" else type_
    if lemma in OFF and not TO_PLACE.search(told):
        off = any(c.lower_ in ("off", "from") for c in token.children)
        said = lemma in ("remove", "delete") or off
        return "delisting" if said and _topic(token, words) else None
    if lemma == "add" and not ELSEWHERE.search(told):
        type_ = _topic(token, words)
        return OF_GROUP if type_ == "terrorist_designation" else type_
    return None


def _of_property(token: Token, told: str, words: ParseWords) -> bool:
    """Whether what is frozen is property: told in the verb's clause, the one above, or what a participle is about."""
    held = token.head.text if token.dep_ in ("acl", "advcl", "relcl") else ""
    return bool(words.property_.search(f"{told} {below(top(token))} {held}"))


def _listing(token: Token, lemma: str, told: str, words: ParseWords) -> str | None:
    """The type of a verb that may put somebody on a list, by the list that its clause tells of."""
    if words.sdn.search(told) and "foreign terrorist" not in told and words.list_.search(told) and lemma in ADDING:
        return "sanctions"
    if lemma == "list" and STOCKS.search(told):
        return None
    itself = any(c.lower_.endswith(("self", "selves")) for c in token.children)
    if words.terror.search(told) and not itself:
        return OF_GROUP if lemma in CALLING else "terrorist_designation"
    if lemma in CALLING or (lemma in NAMING and not words.list_.search(told)):
        return OF_GROUP if lemma in LISTING_GROUPS else None
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
    if lemma == "price":
        return type_ if any(o.lower_ == "head" for o in under(token, "on")) else None
    if type_ == "reward_offer":
        return type_ if not any(t.lemma_.lower() in LIFTING for t in (token.head, *token.head.ancestors)) else None
    if lemma in MEASURES:
        subjected = token.dep_ == "pobj" and token.head.head.lower_ == "subject"
        told = bool(prepositions & {"against", "on"}) or subjected
        if told and any(c.lower_ in OF_MONEY for c in children(token, "compound", "amod")):
            return type_
        eased = any(t.lemma_.lower() in EASING for t in (token.head, *token.head.ancestors))
        return type_ if told and not eased and _topic(token, words) == "sanctions" else None
    if lemma == "designation" and by_of(token) in COVERING and token.dep_ == "nsubj":
        return "sanctions" if words.sdn.search(joined(token.sent)) else type_
    if type_ == "use_of_force" and token.dep_ == "nsubj" and by_of(token) in HARMING and _forceful(token, words):
        return type_
    if type_ == "extradition" and token.head.lemma_.lower() in REFUSING and token.dep_ == "dobj":
        return type_
    verb = governor(token)
    by = "" if verb is None else verb.lemma_.lower()
    pair = (*children(token, "conj"), *([token.head] if token.dep_ == "conj" else []))
    owned = any(c.dep_ == "poss" or c.lower_ == "of" for t in (token, *pair) for c in t.children)
    if type_ in ("sanctions", "tariff"):
        told = _imposed(token, lemma, prepositions, by, words)
    elif type_ == "charges":
        told = by in CHARGING or "against" in prepositions
    elif type_ == "use_of_force":
        if verb is not None and by in CARRYING:
            prepositions |= {c.lower_ for c in children(verb, "prep")}
        told = _forceful(token, words) and bool(lemma == "force" or prepositions & {"on", "against", "inside", "in"})
    elif type_ == "terrorist_designation":
        told = by not in words.delisting and (owned or bool(words.terror.search(below(token))))
    else:
        told = owned and not any(t.lemma_.lower() in SHOWN for t in list(token.ancestors)[:5])
    return type_ if told else None


def by_of(token: Token) -> str:
    """The verb that governs a noun."""
    verb = governor(token)
    return "" if verb is None else verb.lemma_.lower()


def _imposed(token: Token, lemma: str, prepositions: set[str], by: str, words: ParseWords) -> bool:
    """Whether a noun for sanctions or tariffs tells that they are in force or made, by the verb that governs it."""
    if by in words.delisting or by in POSTPONING:
        return False
    if lemma == "listing":
        return "of" in prepositions and bool(children(token, "poss"))
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
    if verb is not None and verb.lemma_.lower() in CARRYING:
        hit += under(verb, "against")
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
    if token.dep_ != "pobj" or token.head.lower_ != "on" or token.head.head.lemma_.lower() not in words.staying:
        return None
    told = below(token)
    if words.terror.search(told):
        return "terrorist_designation"
    owned = any(c.dep_ == "poss" or c.lower_ == "every" for c in token.children)
    return "sanctions" if words.sanction.search(told) or owned else None

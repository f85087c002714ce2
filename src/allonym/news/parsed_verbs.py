"""What type of act a verb of a parsed text tells of.

Takes a token and the vocabulary; gives a type of measure or None; a "?" follows where it is such an act only if it is
done to a group. Must not ask who did it, nor to whom.
"""

from spacy.tokens import Token

from allonym.news.parsed_charges import charged
from allonym.news.parsed_clauses import agent, below, own, speaker, subject, top
from allonym.news.parsed_likewise import follows
from allonym.news.parsed_topic import of_terror, topic
from allonym.news.parsed_words import (
    ACTIONS,
    ADDING,
    ARMED,
    ARMED_AIMS,
    BARRED,
    BEHIND,
    CALLING,
    CAPTURE,
    CAUGHT,
    DEALINGS,
    DEALS,
    DEEDS,
    EASING,
    ELSEWHERE,
    FINANCIAL,
    FIRST,
    FROM_BANKS,
    HUMAN,
    KILLING,
    LIFTING,
    LIMITS,
    LISTERS,
    LISTING_GROUPS,
    MISSILES,
    NAMING,
    OF_GROUP,
    OF_LISTS,
    OFF,
    OFF_LIST,
    OFF_WORDS,
    OFFERED,
    PAPERS,
    PARTICLES,
    PAYING,
    PRICE,
    RAISING,
    REWARDS,
    SAME,
    STOCKS,
    STRIKING,
    SUSPECTED,
    TO_PLACE,
    TO_POLICE,
    TOPIC,
    VISA,
    WITH_SANCTIONS,
)
from allonym.news.tokens import behind, children, joined, under
from allonym.news.vocabulary import ParseWords


def type_of_verb(token: Token, lemma: str, words: ParseWords) -> str | None:
    """The type of act that a verb tells of, by the words of its clause."""
    told = " ".join((below(token), *(joined(c.subtree) for c in children(token, "ccomp", "xcomp") if c.lemma_ == "be")))
    if children(token, "neg") and lemma not in words.delisting:
        return None
    if any(c.lower_ == "if" for c in children(token, "mark")) and token.tag_ == "VBN":
        return None  # "if convicted, he faces"
    if lemma in words.delisting and REWARDS.search(told):
        return None
    if lemma in ("revoke", "cancel") and VISA.search(told):
        return "other"
    if type_ := _eased(token, lemma, told, words):
        return type_
    if lemma in RAISING and _of_reward(token, words):
        return "reward_offer"
    if type_ := _kept_out(token, lemma, told, words):
        return type_
    if lemma in words.listing and (type_ := _listing(token, lemma, told, words)):
        return type_
    if lemma in ("hand", "turn", "give") and any(
        c.lower_.endswith(("self", "selves")) for c in children(token, "dobj")
    ):
        return "arrest" if children(token, "prt") else None
    if lemma in words.handing and words.custody.search(told) and _of_people(token):
        return "extradition"
    if _rewards(token, lemma, told, words):
        return "reward_offer"
    if lemma in KILLING and token.tag_ != "VBG" and children(token, "dobj") and _armed(token, words):
        return "use_of_force"
    if follows(token, lemma):
        return SAME
    if type_ := _struck(token, lemma, told, words) or _held(token, lemma, told):
        return type_
    for particle in children(token, "prt"):
        if type_ := PARTICLES.get((lemma, particle.lower_)):
            return type_ if type_ != "extradition" or _of_people(token) else None
    if charged(token, lemma, told):
        return "charges"
    priced = PRICE.search(told) or len(children(token, "dobj", "dative", "oprd")) > 1  # "charging me the postage"
    if lemma == "charge" and priced and not under(token, "with"):
        return None
    if lemma == "blacklist" and of_terror(token, words):
        return OF_GROUP
    if lemma in ("capture", "recapture", "bust", "seize") and not _of_people(token):
        return "other" if lemma == "seize" else None  # "rebels captured the town"
    return words.verbs.get(lemma) or _by_topic(token, lemma, told, words)


def _rewards(token: Token, lemma: str, told: str, words: ParseWords) -> bool:
    """Whether a verb tells that money is offered for somebody."""
    if lemma == "offer" and token.dep_ == "relcl" and REWARDS.search(token.head.text):
        return not any(t.lemma_.lower() in LIFTING for t in token.head.ancestors)
    if lemma == "offer":
        return bool(words.money.search(told))
    return lemma in PAYING and bool(words.money.search(told)) and bool(CAPTURE.search(told))


def _eased(token: Token, lemma: str, told: str, words: ParseWords) -> str | None:
    """Whether a verb tells that a listing or sanctions end."""
    if lemma == "take" and not any(c.lower_ in OFF_WORDS for c in token.children):
        return None  # "sanctions take effect"
    if STOCKS.search(told) and not OF_LISTS.search(told):
        return None  # "taken off the stock list"
    if lemma == "get" and OFF_LIST.search(told):
        return "delisting"
    away = lemma in ("strike", "take", "drop") and any(c.lower_ == "off" for c in token.children)
    if away and any(o.pos_ == "PROPN" for o in children(token, "dobj")) and topic(token, words):
        return "delisting"
    if lemma == "lose" and not any(words.list_.search(joined(c.subtree)) for c in children(token, "dobj")):
        return None  # "since its designation it has lost members"
    if lemma in words.delisting and (words.list_.search(told) or words.sanction.search(told)):
        objects = children(token, "dobj")
        plain = objects and all(t.pos_ == "NOUN" for t in objects) and not OF_LISTS.search(told)
        return "delisting" if not plain or words.terror.search(told) or topic(token, words) else None
    if lemma in EASING and LIMITS.search(told):
        by = joined(t for c in children(token, "nsubj") for t in c.subtree)
        return "delisting" if topic(token, words) or words.lister.search(by) else None
    return None


def _kept_out(token: Token, lemma: str, told: str, words: ParseWords) -> str | None:
    """Whether a verb tells that property is frozen, or that somebody is barred from a country or its banks."""
    if lemma in words.freezing and _of_property(token, told, words):
        by = " ".join(t.lemma_ for t in subject(token)[0])
        return "other" if words.court.search(by) else "sanctions"
    if lemma in ("ban", "prohibit") and any(c.lemma_ in DEALINGS for c in children(token, "dobj")):
        return "sanctions"
    cut = lemma == "cut" and any(c.lower_ == "off" for c in token.children)
    if (lemma in ("ban", "bar", "block") and BARRED.search(told)) or (cut and FROM_BANKS.search(told)):
        return "sanctions"
    return None


def _held(token: Token, lemma: str, told: str) -> str | None:
    """Whether "hold", "take", "surrender" tell of an arrest, "fire" of missiles."""
    if lemma == "hold" and token.dep_ == "acl" and token.head.lower_ == "those":
        return "arrest"
    passive = bool(children(token, "auxpass"))
    if lemma == "hold" and passive and SUSPECTED.search(told):
        return "arrest"
    if lemma in ("take", "remain", "hold") and "into custody" in told:
        return "arrest"
    if lemma in ("lead", "take", "bring", "march") and "handcuffs" in told:
        return "arrest"
    if lemma == "catch" and passive and CAUGHT.search(joined(token.sent)):
        return "arrest"
    if lemma == "surrender" and TO_POLICE.search(told) and not children(token, "dobj"):
        return "arrest"
    if lemma == "fire" and MISSILES.search(told) and under(token, "at", "on", "against"):
        return "use_of_force"
    return None


def _armed(token: Token, words: ParseWords) -> bool:
    """Whether forces are told to have killed or destroyed."""
    doers = [speaker(t) for t in subject(token)[0]]
    if any(d.lemma_.lower() in ("strike", "strikes", "attack", "attacks", "raid") for d in doers):
        return False  # which the noun tells
    return bool(words.force.search(joined(t for d in doers for t in own(d))))


def _struck(token: Token, lemma: str, told: str, words: ParseWords) -> str | None:
    """The type of "target", "hit", "strike": force or sanctions, by who does it, else by what the text speaks of."""
    if lemma not in STRIKING:
        return None
    doers = [speaker(t) for t in subject(token)[0]] if token.dep_ in ("xcomp", "ccomp") else children(token, "nsubj")
    if lemma in ("target", "hit", "slap") and WITH_SANCTIONS.search(told):
        return "sanctions"
    release = any(c.lemma_.lower() in ACTIONS for c in doers) and lemma == "target"
    if release and (topic(token, words) == "sanctions" or words.sdn.search(joined(token.sent))):
        return "sanctions"
    if lemma in ("target", "hit") and any(c.lemma_.lower() in DEEDS for c in (*doers, *agent(token))):
        return "sanctions"
    by = joined(t for c in (*doers, *children(token, "nsubjpass")) for t in c.subtree)
    if lemma == "target" and not ARMED.search(told):
        told = ""
    if words.force.search(f"{by} {told}") or (lemma == "attack" and words.force.search(behind(token, BEHIND))):
        return "use_of_force"
    hit = children(token, "dobj")
    if (headed := _in_headline(token, lemma, doers, hit)) is not None:
        return headed
    by_state = any(d.ent_type_ == "GPE" for d in doers)
    if lemma == "strike" and by_state and hit and hit[0].lemma_.lower() not in DEALS:
        return "use_of_force"
    if (
        lemma == "attack"
        and token.head.lemma_ in ("threaten", "threat")
        and any(c.ent_type_ == "GPE" for c in children(token, "dobj"))
    ):
        return "use_of_force"
    passive = bool(children(token, "nsubjpass"))
    who = joined(t for c in doers for t in c.subtree)
    if lemma == "target" and token.dep_ not in ("advcl", "acl") and (passive or words.lister.search(who)):
        return "sanctions" if words.sdn.search(who) or topic(token, words) == "sanctions" else None
    return None


def _in_headline(token: Token, lemma: str, doers: list[Token], hit: list[Token]) -> str | None:
    """The type of "US hits dock", "US targets oil importers": by what is hit, else by what the text goes on about."""
    by_office = any(d.ent_type_ in ("GPE", "ORG") for d in doers)
    if lemma not in ("hit", "target", "squeeze", "punish") or not by_office or not hit:
        return None
    if lemma in ("hit", "target") and any(o.lemma_.lower() in ARMED_AIMS for o in hit):
        return "use_of_force"
    if token.i > FIRST or token.tag_ != "VBZ":
        return None
    told = token.doc[token.i : token.i + TOPIC].text
    financial = any(o.lemma_.lower() in FINANCIAL for o in hit)
    return "sanctions" if OF_LISTS.search(told) and (financial or not ARMED.search(told)) else None


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
        (t.pos_ in ("PRON", "PROPN", "NUM") and t.ent_type_ not in ("GPE", "LOC", "FAC"))
        or children(t, "nummod")
        or HUMAN.search(t.text)
        for t in (*handed, *(subject(token)[0] if not handed else ()))
    )


def _by_topic(token: Token, lemma: str, told: str, words: ParseWords) -> str | None:
    """The type of "were added", "is struck off": by the list that the text speaks of."""
    if lemma == "name" and words.lister.search(joined(t for c in children(token, "nsubj") for t in c.subtree)):
        return OF_GROUP if topic(token, words) == "terrorist_designation" else None
    if not any(c.dep_ in ("nsubjpass", "auxpass") for c in token.children):
        return None
    if lemma in ADDING and words.list_.search(told) and not ELSEWHERE.search(told):
        type_ = topic(token, words)
        return OF_GROUP if type_ == "terrorist_designation" else type_
    if lemma in OFF and not TO_PLACE.search(told):
        off = any(c.lower_ in ("off", "from") for c in token.children)
        said = lemma in ("remove", "delete") or off
        return "delisting" if said and topic(token, words) else None
    if lemma == "add" and not ELSEWHERE.search(told):
        type_ = topic(token, words)
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
    if lemma == "join" and not any(c.lower_ in ("list", "blacklist", "register") for c in children(token, "dobj")):
        return None
    if lemma == "list" and STOCKS.search(told):
        return None
    if any(c.lemma_.lower() in ("count", "charge") for c in children(token, "dobj")):
        return None  # "added a count of supporting terrorists"
    itself = any(c.lower_.endswith(("self", "selves")) for c in token.children)
    if words.terror.search(told) and not itself:
        return OF_GROUP if lemma in CALLING else "terrorist_designation"
    if lemma in CALLING or (lemma in NAMING and not words.list_.search(told)):
        return OF_GROUP if lemma in LISTING_GROUPS else None
    if words.sanction.search(told) or (lemma == "list" and any(t.lower_ in LISTERS for t in own(token))):
        return "sanctions"
    return OF_GROUP if lemma in LISTING_GROUPS else None

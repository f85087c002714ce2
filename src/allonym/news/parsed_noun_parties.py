"""Who did what a noun of a parsed text tells of, and to whom.

Takes a noun, the type of its act and the vocabulary; gives the heads of both sides. Must not resolve names or pronouns.
"""

from spacy.tokens import Token

from allonym.news.parsed_clauses import agent, bearing, capitalised, fight, governor, left, objects, own, subject
from allonym.news.parsed_rewards import rewarded
from allonym.news.parsed_words import COMING, COVERING, HARMING, RAISING, REFUSING, TIMES
from allonym.news.tokens import children, under
from allonym.news.vocabulary import ParseWords

Parties = tuple[list[Token], list[Token]]


def of_noun(noun: Token, type_: str, words: ParseWords) -> Parties:
    """Heads of who did what a noun tells of, and of whom it was done to."""
    verb = governor(noun)
    subjects, passive = subject(verb) if verb is not None else ([], False)
    owners = children(noun, "poss")
    by = under(noun, "by") or [a for c in children(noun, "acl", "relcl") for a in agent(c)]
    by = by or ([a for a in agent(verb) if a is not noun] if verb is not None and passive else [])
    if noun in subjects or any(noun in own(s) for s in subjects):
        subjects = []
    if noun.lemma_.lower() == "price" or type_ == "reward_offer":
        return _of_reward(noun, verb, by, subjects, passive=passive)
    pair = (*children(noun, "conj"), *([noun.head] if noun.dep_ == "conj" else []))
    hit = under(noun, "against") or under(noun, "on", "of", "inside") or [o for t in pair for o in under(t, "of")]
    hit = [o for o in hit if o.lower_ not in TIMES]  # "sanctions on Tuesday against X"
    dates = [o for o in under(noun, "on") if o.ent_type_ == "DATE"]
    hit = hit or [o for date in dates for o in under(date, "against")]
    if noun.lemma_.lower() in ("count", "charge"):
        hit = under(noun, "against")  # not what they are of
    owners = owners or [o for t in pair for o in children(t, "poss")]
    if not hit and (type_ == "use_of_force" or noun.lemma_.lower() == "action") and verb is not None:
        hit = under(verb, "against", "on")
    clause = bearing(noun, words.imposing) if type_ in ("sanctions", "tariff") else None
    if clause is not None and (on := under(clause, "on", "against")):
        return by or [c for c in children(clause, "nsubj") if c.tag_ not in ("WDT", "WP")] or owners, on
    if type_ == "tariff":
        hit, by = under(noun, "on", "against"), by or under(noun, "from")
    acting = noun.dep_ == "nsubj" and verb is not None and verb.lemma_.lower() in (*COVERING, *HARMING)
    if acting and verb is not None and (type_ == "use_of_force" or noun.lemma_.lower() == "designation"):
        return by or owners or capitalised(noun, "compound", "amod", "nmod"), hit or objects(verb)
    if type_ == "sanctions" and verb is not None and not hit:
        hit = [
            o
            for t in (verb, noun)
            for c in children(t, "advcl", "acl")
            if c.lemma_.lower() in COVERING
            for o in children(c, "dobj")
        ]
    if type_ == "extradition" and verb is not None and verb.lemma_.lower() in REFUSING and not owners and not hit:
        return by, subject(verb)[0]
    if verb is not None and not hit:
        told, hit = _of_governor(noun, type_, verb, by, passive=passive)
        if told is not None:
            return told
    if noun.lower_ in ("warrant", "warrants"):
        return by or owners or ([] if passive else subjects), under(noun, "for", "against")
    if type_ == "sanctions" and not hit and noun.lower_ in ("ban", "bans", "freeze", "freezes"):
        hit = under(noun, "for")
    if type_ == "extradition" and not owners and (fought := fight(noun)) is not None:
        return by, children(fought, "poss") or subjects
    if type_ == "extradition" and not by and (states := left(noun)):
        by = states  # "his extradition from Guatemala"
    if type_ in ("arrest", "extradition", "delisting", "charges") and owners and not hit:
        return by or subjects, owners
    if type_ in ("use_of_force", "tariff"):
        owners += capitalised(noun, "compound", "amod", "nmod")
    denied = verb is not None and any(t.lemma_.lower() in words.denial for t in (noun, *noun.ancestors))
    agents = by or owners or ([] if passive or denied else [s for s in subjects if s not in hit])
    if type_ == "terrorist_designation" and not hit:
        return by, [o for o in owners if o.ent_type_ != "GPE"]
    return agents, hit or (owners if type_ == "charges" else [])


def _of_reward(noun: Token, verb: Token | None, by: list[Token], subjects: list[Token], *, passive: bool) -> Parties:
    """Parties of a reward or of a price on somebody's head."""
    owners, on = children(noun, "poss"), under(verb, "on") if verb is not None else []
    lemma = "" if verb is None else verb.lemma_.lower()
    if noun.lemma_.lower() == "price":
        by = by or capitalised(noun, "compound", "amod", "nmod") or ([] if lemma == "have" else subjects)
        return by, [o for h in under(noun, "on") or on for o in children(h, "poss") or under(h, "of")]
    sources = under(noun, "from") + (under(verb, "from") if verb is not None else [])
    by = by or [o for o in sources if o.pos_ == "PROPN"]
    owners = owners or capitalised(noun, "compound", "amod", "nmod")
    done_to = rewarded(noun) or (rewarded(verb) if verb is not None else [])
    if not done_to and noun.dep_ == "dobj" and lemma in ("have", "carry"):
        return by or owners, subjects
    told = [c.lower_ for c in (*children(noun, "det"), *on)]
    stands = lemma in (*RAISING, "be", "stand", "rise", "climb", "remain") and noun.dep_ != "pobj"
    if not done_to and stands and not {"the", "that", "offer"}.isdisjoint(told):
        done_to = [noun]  # "the reward is $15 million": for whom the last one was
    return by or owners or ([] if passive else subjects), done_to


def _of_governor(
    noun: Token, type_: str, verb: Token, by: list[Token], *, passive: bool
) -> tuple[Parties | None, list[Token]]:
    """Parties told by the verb that governs a noun; else whom that verb's clause says it was done to."""
    hit: list[Token] = []
    if type_ == "tariff" and verb.lemma_.lower() in COMING and under(verb, "on"):
        return (by or children(noun, "poss") or capitalised(noun, "compound", "amod", "nmod"), under(verb, "on")), hit
    if noun.dep_ == "pobj" and noun.head.lower_ in ("to", "under"):
        return (by or capitalised(noun, "compound", "amod", "poss", "nmod"), subject(verb)[0]), hit
    if noun.lemma_ == "threat":
        hit = [o for c in children(verb, "advcl", "xcomp") for o in children(c, "dobj")]
    if type_ == "tariff" and noun.dep_ == "pobj" and noun.head.lower_ == "with":
        hit = hit or objects(verb)
    if not hit and type_ in ("sanctions", "tariff", "charges", "use_of_force"):
        hit = under(verb, "against") or under(verb, "on", "with")
        if verb.lemma_.lower() == "hit" and not passive and children(verb, "dobj"):
            doers = [s for s in subject(verb)[0] if noun not in own(s)]
            return (by or doers, children(verb, "dobj")), hit
        if verb.lemma_.lower() in ("want", "face", "hit"):
            owners = children(noun, "poss") or capitalised(noun, "compound", "amod", "nmod")
            return (by or owners, subject(verb)[0]), hit
    return None, hit

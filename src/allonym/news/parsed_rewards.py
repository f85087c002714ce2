"""For whom a reward is, as a parse has it.

Takes the word that tells of the reward; gives the heads of whom it is for. Must not resolve names or pronouns.
"""

from spacy.tokens import Token

from allonym.news.tokens import children, under

TIPS = ("tips", "information", "leads", "clues", "details")
INFORMING = ("information", "tip", "lead", "clue", "detail")
SOUGHT = ("arrest", "capture", "conviction", "whereabouts", "location", "apprehension", "head")


def rewarded(token: Token) -> list[Token]:
    """For whose capture a reward is: the innermost owner or object after it."""
    for one in sorted(token.subtree, key=lambda t: t.i):
        if one.i <= token.i:
            continue
        if one.lemma_.lower() in SOUGHT and (owners := children(one, "poss") or under(one, "of")):
            return owners
        about = one.lower_ in ("on", "about", "regarding") and one.dep_ == "prep" and one.head.lemma_ != "offer"
        if about and (found := [o for o in children(one, "pobj") if o.lower_ not in ("offer", "reward", "bounty")]):
            return [c for o in found if o.pos_ != "PROPN" for c in children(o, "poss")] or found
    around = [o for o in under(token, "for", "on") if o.lower_ != "offer"]
    around = around or [o for c in children(token, "dobj") for o in under(c, "for", "on")]
    for one in around:
        if one.lemma_.lower() in INFORMING:
            led = [o for c in children(one, "acl", "relcl") for o in under(c, "to")]
            return under(one, "on", "about", "for", "of") or [c for o in led for c in _held_by(o)] or led
        if one.lower_ in TIPS and (about_ := under(one, "of", "on", "about")):
            return [c for o in about_ for c in _held_by(o)] or about_
    if around:
        return [p for o in around for p in (children(o, "poss") if o.lemma_.lower() in SOUGHT else [o])]
    deeper = (o for c in children(token, "dobj") for t in c.subtree for o in under(t, "for"))
    return list(deeper)[:1]  # "a reward of 30 million pesos for X"


def _held_by(noun: Token) -> list[Token]:
    """Whose something is that is to be disrupted or found out about: "the group's finances"."""
    return [c for t in noun.subtree for c in children(t, "poss")][:1]

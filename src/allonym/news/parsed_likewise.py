"""Whether a verb tells that somebody did what another had done: "followed suit", "did so", "took the same step".

Takes a verb of a parsed text. Must not ask who did it first, nor what.
"""

from spacy.tokens import Token

from allonym.news.tokens import children

SAID_SO = frozenset("same so likewise".split())
STEPS = frozenset("step move action measure decision path course line stance lead example approach designation".split())
ALIKE = frozenset("same similar identical comparable matching parallel own".split())
TAKING = frozenset("take make adopt announce issue impose".split())
MATCHING = frozenset("match mirror echo copy follow replicate emulate".split())
ALLOWED = frozenset("in on within with after earlier later".split())
BY_ITSELF = ("ROOT", "conj", "advcl", "ccomp", "parataxis")


def follows(token: Token, lemma: str) -> bool:
    """Whether a verb refers back to what was done before, with a state or office as its subject."""
    return any(d.ent_type_ in ("GPE", "ORG", "NORP") for d in children(token, "nsubj")) and _back(token, lemma)


def _back(token: Token, lemma: str) -> bool:
    done = children(token, "dobj")
    told = [c.lower_ for c in done]
    if lemma == "do":
        return _did(token, told)
    if lemma == "follow" and told in ([], ["suit"]):
        rest = (c for c in token.children if c.dep_ in ("prep", "ccomp", "prt", "agent"))
        return bool(told) or all(c.lower_ in ALLOWED for c in rest)
    if not any(d.lemma_.lower() in STEPS for d in done):
        return False
    if lemma in MATCHING:
        return True
    return lemma in TAKING and any(c.lower_ in ALIKE - {"own"} for d in done for c in children(d, "amod"))


def _did(token: Token, told: list[str]) -> bool:
    """Whether "do" stands for another verb: "did so", "has done the same", "as did Canada", "The Treasury did in"."""
    if told and told[-1] in SAID_SO:
        return True
    if any(c.lower_ in SAID_SO for c in children(token, "advmod")):
        return True
    if told or token.dep_ not in BY_ITSELF or token.lower_ not in ("did", "does"):
        return False
    more = ("xcomp", "ccomp", "neg", "acomp", "attr", "dative", "auxpass")
    return not any(c.dep_ in more or c.lower_ in ("what", "?") for c in token.children)

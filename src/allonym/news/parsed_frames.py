"""Acts told by a whole turn of phrase: "put him in cuffs", "dangles $50,000 for tips", "slapped a freeze on".

Takes a verb of a parsed text and frames.tsv; gives the type with who did it and to whom. Must not resolve names, and is
asked only where the verb alone tells of no act.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from allonym.news.parsed_clauses import agent, below, subject
from allonym.news.parsed_rewards import rewarded
from allonym.news.parsed_topic import topic
from allonym.news.parsed_words import HUMAN
from allonym.news.tokens import children, is_verbal, under
from allonym.news.vocabulary import parse_words

#: What a frame says of itself; all else in its slots is a preposition with what stands behind it.
OWN = frozenset({"obj", "subj", "attr", "prt", "target", "agent", "only", "money"})
MONEY = ("$", "€", "£", "₹", "million", "reward", "bounty")
ANY = "*"
STATE = "STATE"  # any state or city that the parse takes for one


@dataclass(frozen=True, slots=True)
class Frame:
    """One turn of phrase.

    `obj`, `subj`: heads of object and subject, none for any, STATE for states; `attr`: what somebody is, with all words
    that "+" joins; `prt`: a particle or adverb; `behind`: what must stand behind which preposition; `target`: where the
    one stands to whom it is done: "obj", "subj", "poss" (the owner of the object), "dative", prepositions, or two of
    them joined by "-"; `agent`: where who did it stands: "subj", "none" or a preposition; `only`: "people" or "group"
    where it is such an act of these alone; `money`: a sum must be named."""

    type: str
    obj: frozenset[str] = frozenset()
    subj: frozenset[str] = frozenset()
    attr: frozenset[str] = frozenset()
    prt: frozenset[str] = frozenset()
    behind: dict[str, frozenset[str]] = field(default_factory=dict)
    target: str = "obj"
    agent: str = "subj"
    only: str = ""
    money: bool = False


@dataclass(frozen=True, slots=True)
class Framed:
    """An act told by a frame: its type, and the heads of both sides."""

    type: str
    agents: list[Token]
    patients: list[Token]
    of_group: bool


@cache
def frames() -> dict[str, tuple[Frame, ...]]:
    """The frames of each verb, the most exact first."""
    found: dict[str, list[Frame]] = defaultdict(list)
    for line in files("allonym.news").joinpath("frames.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            type_, verbs, *slots = line.split("\t")
            for verb in verbs.split("|"):
                found[verb].append(_frame(type_, slots[0].split() if slots else []))
    return {verb: tuple(sorted(told, key=_exactness)) for verb, told in found.items()}


def framed(verb: Token) -> Framed | None:
    """The act that a verb tells of with the words around it; None where it tells of none."""
    told = frames().get(verb.lemma_.lower())
    if not told or not (is_verbal(verb) or verb.tag_ in ("VBN", "VBD")) or children(verb, "neg"):
        return None
    if verb.tag_ == "VBG" and verb.dep_ in ("advcl", "acl"):
        return None  # "a strike on a boat, killing four", "tips leading to his arrest": told of already, or wished
    if verb.tag_ == "VBN" and any(c.lower_ == "if" for c in children(verb, "mark")):
        return None  # "if convicted"
    subjects, passive = subject(verb)
    objects = subjects if passive else objects_of(verb)
    given = [c for c in children(verb, "dobj", "oprd", "npadvmod") if c.i > verb.i]
    for frame in told:
        if frame.target == "dative" and any(_is(o, frame.obj) for o in given):
            if done_to := subjects if passive else _dative(verb, given):
                return Framed(frame.type, agent(verb) if passive else subjects, done_to, frame.only == "group")
            continue
        if act := _met(frame, verb, agent(verb) if passive else subjects, objects):
            return act
    return None


def _met(frame: Frame, verb: Token, doers: Sequence[Token], objects: Sequence[Token]) -> Framed | None:
    if frame.obj and not any(_is(o, frame.obj) for o in objects):
        return None
    if frame.subj and not any(_is(d, frame.subj) for d in doers):
        return None
    if frame.attr and not any(_all(a, frame.attr) for a in children(verb, "attr")):
        return None
    if frame.prt and not any(c.lower_ in frame.prt for c in verb.children):
        return None
    if not all(_behind(verb, objects, step, heads) for step, heads in frame.behind.items()):
        return None
    if frame.money and not any(sign in below(verb) for sign in MONEY):
        return None
    done_to = (rewarded(verb) if frame.type == "reward_offer" else []) or _target(frame, verb, doers, objects)
    if frame.type == "delisting" and not topic(verb, parse_words()):
        return None  # off some other list
    if not done_to or (frame.only == "people" and not any(map(_may_be_person, done_to))):
        return None
    if frame.agent == "none" or frame.agent == frame.target == "subj":
        agents = list[Token]()
    else:
        agents = list(doers) if frame.agent == "subj" else under(verb, frame.agent)
    return Framed(frame.type, agents, done_to, frame.only == "group")


def _target(frame: Frame, verb: Token, doers: Sequence[Token], objects: Sequence[Token]) -> list[Token]:
    if frame.target == "obj":
        return list(objects) or [o for c in children(verb, "dative") for o in (c, *children(c, "pobj"))][:1]
    if frame.target == "subj":
        return list(doers)
    named = [o for o in objects if not frame.obj or _is(o, frame.obj)]
    if frame.target == "poss":
        return [o for one in named for o in (*children(one, "poss"), *under(one, "of", "belonging"))]
    first, _, then = frame.target.partition("-")
    if then:  # "led to the arrest of X", "the bounty for X went to"
        met = list(doers) if first == "subj" else under(verb, first)
        return [o for one in met for o in (*under(one, then, "of"), *(children(one, "poss") if then != "for" else ()))]
    steps = frame.target.split("|")
    return under(verb, *steps) or [o for one in named for o in under(one, *steps)]


def _behind(verb: Token, objects: Sequence[Token], step: str, heads: frozenset[str]) -> bool:
    """Whether one of the words stands behind a preposition of the verb or of its object, or of what hangs on those."""
    found = under(verb, step) + [o for one in objects for o in under(one, step)]
    steps = children(verb, "prep", "prt", "advmod", "attr")
    found += [o for c in steps for one in (c, *children(c, "pobj")) for o in under(one, step)]
    found += [o for c in steps if c.lower_ == step for p in children(c, "prep") for o in children(p, "pobj")]
    if step == "to":  # "handed the FBI a man"
        found += children(verb, "dative")
    return any(_is(one, heads) for one in found)


def _is(token: Token, lemmas: frozenset[str]) -> bool:
    """Whether a word, what makes up a name with it or what "and" joins to it is one of them."""
    if ANY in lemmas or (STATE in lemmas and token.ent_type_ == "GPE"):
        return True
    parts = (token, *children(token, "compound", "amod", "nmod"), *children(token, "conj"))
    return any(one.lemma_.lower() in lemmas or one.lower_ in lemmas for one in parts)


def _all(token: Token, told: frozenset[str]) -> bool:
    parts = {t.lower_ for t in (token, *children(token, "compound", "amod", "nmod", "acl"))}
    parts.add(token.lemma_.lower())
    return any(set(one.split("+")) <= parts for one in told)


def objects_of(verb: Token) -> list[Token]:
    """The objects of a verb, of one in a relative clause without any what the clause is about."""
    found = children(verb, "dobj")
    relative = verb.dep_ == "relcl" and not children(verb, "ccomp", "xcomp")
    return found or ([verb.head] if relative and children(verb, "nsubj") and not _has_who(verb) else [])


def _has_who(verb: Token) -> bool:
    return any(c.tag_ in ("WDT", "WP") and c.dep_ != "dobj" for c in verb.children)


def _dative(verb: Token, given: Sequence[Token]) -> list[Token]:
    """To whom something is given: "gave him 10 years", also where the parse took him for another object."""
    if found := children(verb, "dative"):
        return [o for c in found for o in (children(c, "pobj") or [c])][:1]
    first = [c for c in children(verb, "dobj") if c not in given or len(given) > 1]
    return first[:1] if first and _may_be_person(first[0]) else []


def _may_be_person(token: Token) -> bool:
    if token.ent_type_ in ("MONEY", "PERCENT", "DATE"):
        return False
    if token.pos_ in ("PRON", "NUM") or token.ent_type_ == "PERSON":
        return token.lower_ not in ("it", "that", "this", "which")
    if any(c.ent_type_ == "PERSON" for c in children(token, "appos")):
        return True
    return bool(HUMAN.search(token.text)) or (token.pos_ == "PROPN" and token.ent_type_ not in ("GPE", "LOC", "FAC"))


def _frame(type_: str, slots: Sequence[str]) -> Frame:
    told = dict(slot.split("=", 1) for slot in slots)
    behind = {step: frozenset(heads.split("|")) for step, heads in told.items() if step not in OWN}
    obj, subj, attr, prt = (frozenset(filter(None, told.get(n, "").split("|"))) for n in ("obj", "subj", "attr", "prt"))
    target, agent_ = told.get("target", "obj"), told.get("agent", "subj")
    return Frame(type_, obj, subj, attr, prt, behind, target, agent_, told.get("only", ""), "money" in told)


def _exactness(frame: Frame) -> int:
    return -sum(map(bool, (frame.obj, frame.subj, frame.attr, frame.prt, frame.only, frame.money))) - len(frame.behind)

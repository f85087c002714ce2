"""Acts told by a whole turn of phrase: "put him in cuffs", "dangles $50,000 for tips", "slapped a freeze on".

Takes a verb of a parsed text and frames.tsv; gives the type with who did it and to whom. Must not resolve names, and is
asked only where the verb alone tells of no act.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from allonym.news.parsed_clauses import agent, below, objects, subject
from allonym.news.parsed_rewards import TIPS, rewarded
from allonym.news.parsed_topic import topic
from allonym.news.parsed_words import HUMAN
from allonym.news.tokens import children, is_verbal, under
from allonym.news.vocabulary import ParseWords

#: What a frame says of itself; all else in its slots is a preposition with what stands behind it.
OWN = frozenset({"obj", "subj", "prt", "target", "agent", "only", "money", "near", "passive"})
MONEY = ("$", "€", "£", "₹", "million", "reward", "bounty")
ANY = "*"


@dataclass(frozen=True, slots=True)
class Frame:
    """One turn of phrase.

    `obj`, `subj`: heads of object and subject, none for any; `prt` a particle or adverb; `behind`: what must stand
    behind which preposition; `target`: where the one stands to whom it is done: "obj", "subj", "poss" (the owner of the
    object), "dative" or prepositions; `agent` where who did it stands: "subj", "none" or a preposition; `only`:
    "people" or "group" where it is such an act of these alone; `money`: a sum must be named; `near`: words of which
    one must stand in the clause; `passive`: only where it is one."""

    type: str
    obj: frozenset[str] = frozenset()
    subj: frozenset[str] = frozenset()
    prt: frozenset[str] = frozenset()
    behind: dict[str, frozenset[str]] = field(default_factory=dict)
    target: str = "obj"
    agent: str = "subj"
    only: str = ""
    money: bool = False
    near: frozenset[str] = frozenset()
    passive: bool = False


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


def framed(verb: Token, words: ParseWords) -> Framed | None:
    """The act that a verb tells of with the words around it; None where it tells of none."""
    told = frames().get(verb.lemma_.lower())
    if not told or not (is_verbal(verb) or verb.tag_ in ("VBN", "VBD")) or children(verb, "neg"):
        return None
    if verb.tag_ == "VBG" and verb.dep_ == "advcl":
        return None  # "a strike on a boat, killing four": it is told of already
    subjects, passive = subject(verb)
    held = subjects if passive else (objects(verb) or children(verb, "dobj"))
    for frame in told:
        act = _met(frame, verb, subjects if not passive else agent(verb), held)
        if act is not None and (frame.type != "delisting" or words.sanction.search(below(verb)) or topic(verb, words)):
            return act
    return None


def _met(frame: Frame, verb: Token, doers: Sequence[Token], held: Sequence[Token]) -> Framed | None:
    if frame.obj and not any(_is(o, frame.obj) for o in held):
        return None
    if frame.subj and not any(_is(d, frame.subj) for d in doers):
        return None
    if frame.prt and not any(c.lower_ in frame.prt for c in verb.children):
        return None
    if not all(_behind(verb, held, step, heads) for step, heads in frame.behind.items()):
        return None
    if frame.passive and not _is_passive(verb):
        return None
    if frame.near and frame.near.isdisjoint(below(verb).lower().split()):
        return None
    if frame.money and not any(sign in below(verb) for sign in MONEY):
        return None
    done_to = _target(frame, verb, doers, held)
    if frame.type == "reward_offer" and frame.target not in ("subj", "poss"):
        done_to = [o for o in rewarded(verb) or done_to if o.lower_ not in TIPS]
    if not done_to or (frame.only == "people" and not any(map(_may_be_person, done_to))):
        return None
    agents = [] if frame.agent == "none" else list(doers) if frame.agent == "subj" else under(verb, frame.agent)
    if frame.target == "subj":
        agents = [] if frame.agent == "subj" else agents
    return Framed(frame.type, agents, done_to, frame.only == "group")


def _target(frame: Frame, verb: Token, doers: Sequence[Token], held: Sequence[Token]) -> list[Token]:
    if frame.target == "obj":
        return list(held) or [o for c in children(verb, "dative") for o in (c, *children(c, "pobj"))][:1]
    if frame.target == "subj":
        return list(doers)
    if frame.target == "dative":
        return children(verb, "dative")
    named = [o for one in held if not frame.obj or _is(one, frame.obj) for o in (one, *children(one, "conj"))]
    if frame.target == "poss":
        return [o for one in named for o in (*children(one, "poss"), *under(one, "of", "belonging"))]
    steps = frame.target.split("|")
    return under(verb, *steps) or [o for one in named for o in under(one, *steps)]


def _behind(verb: Token, held: Sequence[Token], step: str, heads: frozenset[str]) -> bool:
    """Whether one of the words stands behind a preposition of the verb or of its object, or of what hangs on those."""
    found = under(verb, step) + [o for one in held for o in under(one, step)]
    found += [o for c in children(verb, "prep", "prt", "advmod") for o in under(c, step)]
    return any(_is(one, heads) for one in found)


def _is_passive(verb: Token) -> bool:
    return subject(verb)[1]


def _is(token: Token, lemmas: frozenset[str]) -> bool:
    """Whether a word, what makes up a name with it or what "and" joins to it is one of them."""
    if ANY in lemmas:
        return True
    parts = (token, *children(token, "compound", "amod", "nmod"), *children(token, "conj"))
    return any(one.lemma_.lower() in lemmas or one.lower_ in lemmas for one in parts)


def _may_be_person(token: Token) -> bool:
    if token.pos_ in ("PRON", "NUM") or token.ent_type_ == "PERSON" or children(token, "nummod"):
        return token.lower_ not in ("it", "that", "this", "which")
    return bool(HUMAN.search(token.text)) or (token.pos_ == "PROPN" and token.ent_type_ not in ("GPE", "LOC", "FAC"))


def _frame(type_: str, slots: Sequence[str]) -> Frame:
    told = dict(slot.split("=", 1) for slot in slots)
    behind = {step: frozenset(heads.split("|")) for step, heads in told.items() if step not in OWN}
    obj, subj, prt = (_set(told, name) for name in ("obj", "subj", "prt"))
    near = _set(told, "near")
    target, agent_ = told.get("target", "obj"), told.get("agent", "subj")
    return Frame(
        type_, obj, subj, prt, behind, target, agent_, told.get("only", ""), "money" in told, near, "passive" in told
    )


def _set(told: Mapping[str, str], name: str) -> frozenset[str]:
    return frozenset(filter(None, told.get(name, "").split("|")))


def _exactness(frame: Frame) -> int:
    return -sum(
        map(bool, (frame.obj, frame.subj, frame.prt, frame.only, frame.money, frame.near, frame.passive))
    ) - len(frame.behind)

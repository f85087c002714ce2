"""Who did what a verb of a parsed text tells of, and to whom.

Takes a verb, the type of its act and the vocabulary; gives the heads of both sides. Must not resolve names or pronouns.
"""

from spacy.tokens import Token

from allonym.news.parsed_clauses import OF_TIME, agent, apposed, capitalised, left, objects, subject
from allonym.news.parsed_rewards import rewarded
from allonym.news.parsed_types import headlined
from allonym.news.parsed_words import RAISING, SAME
from allonym.news.tokens import children, joined, under
from allonym.news.vocabulary import ParseWords

#: Objects that are the act itself: whom it is done to hangs on them.
DEEDS = ("sanction", "designation", "status", "tariff", "name", "ban", "listing", "restriction", "curb", "embargo")
INSTRUMENTS = ("sanction", "measure")
TIPS = ("tips", "information", "leads", "clues", "details")
LINKED = ("linked", "tied", "belonging", "connected")
DEALING = ("dealing", "doing", "trading", "transacting")
ASKING = ("ask", "urge", "request", "press", "want")
RULING = (
    "want",
    "ask",
    "demand",
    "seek",
    "rule",
    "order",
    "decide",
    "agree",
    "direct",
    "decree",
    "vow",
    "threaten",
    "promise",
)
NEAR = 4  # tokens between an adjective and the name it is told of

Parties = tuple[list[Token], list[Token]]


def of_verb(verb: Token, type_: str, words: ParseWords) -> Parties:
    """Heads of who did what a verb tells of, and of whom it was done to."""
    if (placed := _by_place(verb)) is not None:
        return placed
    subjects, passive = subject(verb)
    agents = agent(verb)
    passive = passive or bool(agents and verb.tag_ == "VBN")
    if not passive and type_ == "terrorist_designation" and (told := children(verb, "dobj")) and agents:
        passive = _is_label(told[0], words) and not children(told[0], "nmod")  # "a gang declared a terrorist group by"
    sides = subjects, agents
    if (special := _by_lemma(verb, type_, sides, passive=passive)) is not None:
        return special
    if not passive:
        agents = subjects
    if type_ == "reward_offer":
        sought = rewarded(verb)
        if verb.dep_ == "conj" and all(t.lower_ in TIPS for t in sought):
            sought = objects(verb.head)  # "added him to its list and offered $1 million for tips"
        return agents, sought
    done_to = subjects if passive else objects(verb)
    if type_ == "terrorist_designation" and not passive:  # "declared 22 gangs terrorist groups": they hang on "groups"
        done_to = [c for t in done_to for c in ((_is_label(t, words) and children(t, "nmod")) or [t])]
        if verb.dep_ == "relcl" and all(_is_label(t, words) for t in done_to):
            done_to = [verb.head]  # "gangs that Ecuador considers terrorist groups"
    if not agents and type_ not in ("arrest", "charges"):
        agents = (left(verb) if type_ == "extradition" and passive else []) or _ruling(verb, passive=passive)
    if verb.lemma_.lower() in words.freezing:
        return _of_frozen(verb, agents, done_to, subjects)
    if passive and done_to and done_to[0].lemma_.lower() in DEEDS:
        borne = [o for c in children(done_to[0], "acl", "relcl") for o in under(c, "on", "against")]
        return agents, children(done_to[0], "poss") + under(done_to[0], "on", "against", "of") or borne or done_to
    if type_ == "other" and (owners := _owners(done_to)) and any(o.pos_ == "PROPN" for o in owners):
        return agents, [o for o in owners if o.pos_ == "PROPN"]
    if passive or type_ not in ("sanctions", "delisting", "tariff"):
        return agents, done_to
    if done_to and done_to[0].lemma_.lower() in DEEDS:
        inner = under(done_to[0], "on", "against", "of") + children(done_to[0], "poss")
        done_to = inner or under(verb, "on", "against") or done_to
    return agents, done_to


def _by_place(verb: Token) -> Parties | None:
    """Parties that the place of a verb tells: in a headline, before a name, before whom it is about."""
    if verb.pos_ == "NOUN" and verb.dep_ == "compound":  # "UK sanctions Omar Haddad over links"
        return capitalised(verb, "compound", "nmod") or [verb.nbor(-1)], [verb.head]
    if verb.pos_ == "NOUN":  # of a headline
        return capitalised(verb, "compound", "nmod", "amod") or subject(verb)[0], headlined(verb)
    if verb.dep_ == "amod":
        return _of_adjective(verb)
    if verb.dep_ in ("nsubj", "nsubjpass") and verb.head.lemma_ == "be":  # "Blacklisted were A and B"
        return [], children(verb.head, "attr")
    behind = [] if children(verb, "nsubj", "nsubjpass") else children(verb, "auxpass")
    if named := [o for c in behind for o in children(c, "attr")]:
        return agent(verb), named  # "Also designated by X were"
    if verb.dep_ == "acl" and verb.head.lower_ == "those" and (among := _among(verb.head)):
        return [], among
    return None


def _by_lemma(verb: Token, type_: str, sides: Parties, *, passive: bool) -> Parties | None:
    """Parties of verbs whose subject or object is not what it is with others."""
    (subjects, agents), lemma = sides, verb.lemma_.lower()
    if type_ == SAME:
        steps = (verb, *children(verb, "dobj"))
        return subjects, [o for t in steps for o in under(t, "against", "on", "with") if o.ent_type_ not in OF_TIME]
    if lemma == "want":
        return agents or [o for o in under(verb, "in", "by") if o.pos_ == "PROPN"], subjects
    if lemma in ("target", "hit") and any(a.lemma_.lower() in INSTRUMENTS for a in agents):
        return [], subjects or [verb.head]
    if lemma in RAISING and type_ == "reward_offer":
        return agents if passive else subjects, children(verb, "dobj")
    if lemma == "fire":
        return agents or subjects, under(verb, "at", "on", "against")
    if lemma == "surrender" and type_ == "arrest":
        return [], subjects
    if lemma in ("face", "lose", "plead", "stand", "receive", "get", "await"):
        return [], subjects
    if lemma in ("join", "enter") and not (
        lemma == "enter" and children(verb, "dobj") and under(verb, "in", "into", "on")
    ):
        return [o for t in children(verb, "dobj") for o in children(t, "poss", "compound")], subjects
    if lemma == "turn" and any(c.lower_.endswith("self") for c in children(verb, "dobj")):
        return [], subjects
    if lemma in ("ban", "prohibit") and (dealt := [o for t in children(verb, "dobj") for o in under(t, "with")]):
        return subjects, dealt
    if lemma in ("hand", "give") and type_ == "arrest":
        return [], subjects
    if type_ == "extradition" and verb.head.lemma_ in ASKING and verb.dep_ in ("xcomp", "ccomp"):
        return subject(verb.head)[0], objects(verb)
    if lemma in ("ban", "bar", "block") and not passive and (shunned := _shunned(verb)):
        return subjects, shunned  # "barred US banks from dealing with X"
    return None


def _of_frozen(verb: Token, agents: list[Token], done_to: list[Token], subjects: list[Token]) -> Parties:
    """Parties of "freeze": whose property it is."""
    held = [a for t in done_to for c in children(t, "acl") for a in agent(c)]
    inside = [a for o in under(verb, "in") for c in children(o, "acl") for a in agent(c)]
    owners = _owners(done_to or subjects)
    if verb.dep_ == "ccomp" and verb.head.lemma_ == "have" and all(o.tag_ == "PRP$" for o in owners):
        return [], subject(verb.head)[0]
    return agents, owners or held or inside or done_to


def _of_adjective(verb: Token) -> Parties:
    """Parties of "the sanctioned banker X", "US-sanctioned X", "X, a proscribed group in Britain"."""
    noun, by = apposed(verb.head), children(verb, "npadvmod", "nmod", "compound")
    if verb.head.dep_ == "compound" and verb.head.head.pos_ == "PROPN":
        noun = verb.head.head
    if named := [c for c in children(verb.head, "appos") if c.pos_ == "PROPN" and c.i - verb.i < NEAR]:
        noun = named[0]
    told = noun is not verb.head and (noun.pos_ == "PROPN" or verb.head.dep_ == "attr")
    told = (told or verb.head.ent_type_ in ("PERSON", "ORG")) and verb.lower_ != "listed"  # or "a listed company"
    by = by or [o for o in under(verb.head, "in", "by") if o.pos_ == "PROPN" and o.ent_type_ in ("GPE", "ORG")]
    return (by, [noun]) if by or told else ([], [])


def _is_label(noun: Token, words: ParseWords) -> bool:
    """Whether an object is what somebody is called: "a terrorist group"."""
    return bool(words.terror.search(joined(t for t in noun.lefts if t.dep_ in ("amod", "compound"))))


def _shunned(verb: Token) -> list[Token]:
    """With whom somebody is barred from dealing."""
    return [o for step in under(verb, "from") if step.lower_ in DEALING for o in under(step, "with")]


def _ruling(verb: Token, *, passive: bool) -> list[Token]:
    """Who rules, decides or announces that something be done: "a court ruled that he can be extradited"."""
    said = verb.head
    if not passive or verb.dep_ != "ccomp" or said.lemma_.lower() not in (*RULING, "announce", "declare"):
        return []
    if said.lemma_.lower() not in RULING and not any(c.lower_ in ("will", "would") for c in children(verb, "aux")):
        return []
    return [c for c in children(said, "nsubj") if c.tag_ not in ("WDT", "WP")]


def _owners(property_: list[Token]) -> list[Token]:
    parts = [o for t in property_ for o in under(t, "of")]
    linked = [o for t in (*property_, *parts) for c in children(t, "acl") for o in under(c, "to") if c.lower_ in LINKED]
    return linked or [o for t in property_ for o in (*children(t, "poss"), *under(t, "of", "belonging", "held"))]


def _among(those: Token) -> list[Token]:
    """Who is told to be "among those held", or whom "those held include"."""
    if those.dep_ == "nsubj" and those.head.lemma_ == "include":
        return children(those.head, "dobj")
    if those.dep_ != "pobj" or those.head.lower_ != "among":
        return []
    return [c for c in children(those.head.head, "nsubj", "attr") if c.i > those.i]

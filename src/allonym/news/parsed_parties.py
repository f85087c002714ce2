"""Who did what a word of a parsed text tells of, and to whom.

Takes a token, the type of its act and the vocabulary; gives the heads of both sides, none where the parse has none.
Must not resolve names or pronouns.
"""

from spacy.tokens import Token

from allonym.news.parsed_clauses import agent, apposed, governor, objects, own, subject
from allonym.news.parsed_types import headlined, is_verb
from allonym.news.parsed_words import BY, COVERING, HARMING, RAISING, REFUSING
from allonym.news.tokens import children, is_to_infinitive, joined, under
from allonym.news.vocabulary import ParseWords

#: Objects that are the act itself: whom it is done to hangs on them.
DEEDS = ("sanction", "designation", "status", "tariff", "name", "ban", "listing", "restriction", "curb", "embargo")
INSTRUMENTS = ("sanction", "measure")
TIPS = ("tips", "information", "leads", "clues", "details")
LINKED = ("linked", "tied", "belonging", "connected")
DEALING = ("dealing", "doing", "trading", "transacting")
ASKING = ("ask", "urge", "request", "press", "want")
FIGHTS = ("fight", "battle", "appeal", "challenge", "bid", "case")
RULING = ("rule", "order", "decide", "agree", "direct", "decree", "vow", "threaten", "promise")
NEAR = 4  # tokens between an adjective and the name it is told of
SOUGHT = ("arrest", "capture", "conviction", "whereabouts", "location", "apprehension", "head")

Parties = tuple[list[Token], list[Token]]


def parties(token: Token, type_: str, words: ParseWords) -> Parties:
    """Heads of who did it and of whom it was done to."""
    if token.dep_ in ("amod", "compound") and is_to_infinitive(token):
        verb = governor(token)
        return (subject(verb)[0] if verb is not None else []), [token.head]
    if BY.match(token.text):
        return [], [apposed(token.head)]
    if is_verb(token, words):
        return _of_verb(token, type_, words)
    if words.nouns.get(token.lemma_.lower()) == "listed":
        holder = token.head.head
        listed = [holder] if holder.pos_ in ("NOUN", "PROPN") else subject(holder)[0]
        return children(token, "poss", "amod", "compound"), listed
    return _of_noun(token, type_, words)


def doer(token: Token, words: ParseWords) -> Token:
    """Who is behind an order, a decree or another instrument that is said to have acted."""
    if token.lemma_.lower() not in words.instrument:
        return token
    by = [a for c in children(token, "acl", "relcl") for a in agent(c)] or under(token, "by", "from", "of")
    if not by and token.dep_ == "dobj":  # "signed an order imposing"
        by = [s for s in subject(token.head)[0] if s.i < token.head.i]
    return next(iter(by or children(token, "poss")), token)


def whole(token: Token, words: ParseWords) -> Token:
    """What a quantity is one of, a relative pronoun stands for, or an apposition names."""
    if token.tag_ in ("WDT", "WP", "WP$") or (token.lower_ == "that" and token.head.dep_ == "relcl"):
        verb = next((t for t in (token.head, *token.head.ancestors) if t.dep_ in ("relcl", "acl")), None)
        token = verb.head if verb is not None else token
    if token.dep_ == "appos" and token.head.pos_ == "PROPN" and token.ent_type_ != "PERSON":
        return token.head
    beside = children(token, "appos")
    if token.pos_ == "NOUN" and (named := [c for c in beside if c.pos_ == "PROPN"]):
        return named[0]
    if token.lemma_.lower() in words.belonging and (owners := children(token, "poss")):
        return owners[0]
    if token.lower_ == "one" and beside:
        return beside[0]
    if token.lemma_.lower() in words.whole and (parts := under(token, "of")):
        return parts[0]
    return token


def counted_in(token: Token) -> list[Token]:
    """Who is told to be one of several: "X is one of four men whom", "X is among those"."""
    step = token.head
    if token.dep_ != "pobj" or step.lower_ not in ("of", "among"):
        return []
    verb = step.head.head if step.head.lower_ == "one" and step.head.dep_ == "attr" else step.head
    named = [c for c in children(verb, "nsubj") if c.pos_ == "PROPN" or any(n.pos_ == "PROPN" for n in c.lefts)]
    return named if verb.lemma_ == "be" else []


def _of_verb(verb: Token, type_: str, words: ParseWords) -> Parties:
    if verb.pos_ == "NOUN" and verb.dep_ == "compound":  # "UK sanctions Omar Haddad over links"
        return _capitalised(verb, "compound", "nmod") or [verb.nbor(-1)], [verb.head]
    if verb.pos_ == "NOUN":  # of a headline
        return _capitalised(verb, "compound", "nmod", "amod") or subject(verb)[0], headlined(verb)
    if verb.dep_ == "amod":
        return _of_adjective(verb)
    if verb.dep_ in ("nsubj", "nsubjpass") and verb.head.lemma_ == "be":  # "Blacklisted were A and B"
        return [], children(verb.head, "attr")
    if children(verb, "auxpass") and not children(verb, "nsubj", "nsubjpass") and (behind_ := children(verb, "attr")):
        return agent(verb), behind_  # "Also designated by X were"
    if verb.dep_ == "acl" and verb.head.lower_ == "those" and (among := _among(verb.head)):
        return [], among
    subjects, passive = subject(verb)
    agents = agent(verb)
    passive = passive or bool(agents and verb.tag_ == "VBN")
    if not passive and type_ == "terrorist_designation" and (told := children(verb, "dobj")) and agents:
        passive = _is_label(told[0], words) and not children(told[0], "nmod")  # "a gang declared a terrorist group by"
    lemma = verb.lemma_.lower()
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
    if lemma in ("face", "lose", "plead", "stand", "receive", "get", "come"):
        return [], subjects
    if lemma in ("join", "enter"):
        return [o for t in children(verb, "dobj") for o in children(t, "poss", "compound")], subjects
    if lemma == "turn" and any(c.lower_.endswith("self") for c in children(verb, "dobj")):
        return [], subjects
    if lemma in ("ban", "prohibit") and (dealt := [o for t in children(verb, "dobj") for o in under(t, "with")]):
        return subjects, dealt
    if type_ == "extradition" and verb.head.lemma_ in ASKING and verb.dep_ in ("xcomp", "ccomp"):
        return subject(verb.head)[0], objects(verb)
    if lemma in ("ban", "bar", "block") and not passive and (shunned := _shunned(verb)):
        return subjects, shunned  # "barred US banks from dealing with X"
    if not passive:
        agents = subjects
    if type_ == "reward_offer":
        sought = _rewarded(verb)
        if verb.dep_ == "conj" and all(t.lower_ in TIPS for t in sought):
            sought = objects(verb.head)  # "added him to its list and offered $1 million for tips"
        return agents, sought
    done_to = subjects if passive else objects(verb)
    if type_ == "terrorist_designation" and not passive:  # "declared 22 gangs terrorist groups": they hang on "groups"
        done_to = [c for t in done_to for c in ((_is_label(t, words) and children(t, "nmod")) or [t])]
    if not agents and type_ not in ("arrest", "charges"):
        agents = (_left(verb) if type_ == "extradition" and passive else []) or _ruling(verb, passive=passive)
    if lemma in words.freezing:
        held = [a for t in done_to for c in children(t, "acl") for a in agent(c)]
        inside = [a for o in under(verb, "in") for c in children(o, "acl") for a in agent(c)]
        owners = _owners(done_to or subjects)
        if verb.dep_ == "ccomp" and verb.head.lemma_ == "have" and all(o.tag_ == "PRP$" for o in owners):
            return [], subject(verb.head)[0]
        return agents, owners or held or inside or done_to
    if passive and done_to and done_to[0].lemma_.lower() in DEEDS:
        return agents, children(done_to[0], "poss") + under(done_to[0], "on", "against", "of") or done_to
    if type_ == "other" and (owners := _owners(done_to)) and any(o.pos_ == "PROPN" for o in owners):
        return agents, [o for o in owners if o.pos_ == "PROPN"]
    if passive or type_ not in ("sanctions", "delisting", "tariff"):
        return agents, done_to
    if done_to and done_to[0].lemma_.lower() in DEEDS:
        inner = under(done_to[0], "on", "against", "of") + children(done_to[0], "poss")
        done_to = inner or under(verb, "on", "against") or done_to
    return agents, done_to


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


def _left(token: Token) -> list[Token]:
    """The state out of which somebody is handed over."""
    return [o for o in under(token, "from") if o.ent_type_ == "GPE"] + [
        o for step in children(token, "prep") if step.lower_ == "out" for o in under(step, "of") if o.ent_type_ == "GPE"
    ]


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


def _rewarded(token: Token) -> list[Token]:
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
        if one.lemma_.lower() == "information":
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


def _of_noun(noun: Token, type_: str, words: ParseWords) -> Parties:
    verb = governor(noun)
    subjects, passive = subject(verb) if verb is not None else ([], False)
    owners = children(noun, "poss")
    by = under(noun, "by") or [a for c in children(noun, "acl", "relcl") for a in agent(c)]
    by = by or (agent(verb) if verb is not None and passive else [])
    if noun in subjects or any(noun in own(s) for s in subjects):
        subjects = []
    if noun.lemma_.lower() == "price":
        heads = under(noun, "on") or (under(verb, "on") if verb is not None else [])
        return by or _capitalised(noun, "compound", "amod", "nmod") or [
            s for s in subjects if verb is not None and verb.lemma_ != "have"
        ], [o for h in heads for o in children(h, "poss")]
    if type_ == "reward_offer":
        sources = under(noun, "from") + (under(verb, "from") if verb is not None else [])
        by = by or [o for o in sources if o.pos_ == "PROPN"]
        owners = owners or _capitalised(noun, "compound", "amod", "nmod")
        done_to = _rewarded(noun) or (_rewarded(verb) if verb is not None else [])
        if not done_to and verb is not None and noun.dep_ == "dobj" and verb.lemma_ in ("have", "carry"):
            return by or owners, subjects
        stands = verb is not None and verb.lemma_.lower() in (*RAISING, "be", "stand", "rise", "climb", "remain")
        told = [c.lower_ for c in children(noun, "det")] + [o.lower_ for o in (under(verb, "on") if verb else [])]
        if not done_to and stands and noun.dep_ != "pobj" and not {"the", "that", "offer"}.isdisjoint(told):
            done_to = [noun]  # "the reward is $15 million": for whom the last one was
        return by or owners or ([] if passive else subjects), done_to
    pair = (*children(noun, "conj"), *([noun.head] if noun.dep_ == "conj" else []))
    hit = under(noun, "against") or under(noun, "on", "of", "inside") or [o for t in pair for o in under(t, "of")]
    owners = owners or [o for t in pair for o in children(t, "poss")]
    if not hit and (type_ == "use_of_force" or noun.lemma_.lower() == "action") and verb is not None:
        hit = under(verb, "against", "on")
    if type_ == "tariff":
        hit, by = under(noun, "on", "against"), by or under(noun, "from")
    acting = noun.dep_ == "nsubj" and verb is not None and verb.lemma_.lower() in (*COVERING, *HARMING)
    if acting and verb is not None and (type_ == "use_of_force" or noun.lemma_.lower() == "designation"):
        return by or owners or _capitalised(noun, "compound", "amod", "nmod"), hit or objects(verb)
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
        if noun.dep_ == "pobj" and noun.head.lower_ in ("to", "under"):
            return by or _capitalised(noun, "compound", "amod", "poss", "nmod"), subject(verb)[0]
        if noun.lemma_ == "threat":
            hit = [o for c in children(verb, "advcl", "xcomp") for o in children(c, "dobj")]
        if type_ == "tariff" and noun.dep_ == "pobj" and noun.head.lower_ == "with":
            hit = hit or objects(verb)
        if not hit and type_ in ("sanctions", "tariff", "charges", "use_of_force"):
            hit = under(verb, "against") or under(verb, "on", "with")
            if verb.lemma_.lower() == "hit" and not passive and children(verb, "dobj"):
                return by or subjects, children(verb, "dobj")
            if verb.lemma_.lower() in ("want", "face", "hit"):
                return by or owners or _capitalised(noun, "compound", "amod", "nmod"), subject(verb)[0]
    if noun.lower_ in ("warrant", "warrants"):
        return by or owners or ([] if passive else subjects), under(noun, "for", "against")
    if type_ == "sanctions" and not hit and noun.lower_ in ("ban", "bans", "freeze", "freezes"):
        hit = under(noun, "for")
    fight = noun.head.head if noun.dep_ == "pobj" else noun
    if type_ == "extradition" and fight.lemma_.lower() in FIGHTS and not owners:
        return by, children(fight, "poss") or subject(fight)[0] or subjects
    if type_ == "extradition" and not by and (states := _left(noun)):
        by = states  # "his extradition from Guatemala"
    if type_ in ("arrest", "extradition", "delisting", "charges") and owners and not hit:
        return by or subjects, owners
    if type_ in ("use_of_force", "tariff"):
        owners += _capitalised(noun, "compound", "amod", "nmod")
    denied = verb is not None and any(t.lemma_.lower() in words.denial for t in (noun, *noun.ancestors))
    agents = by or owners or ([] if passive or denied else [s for s in subjects if s not in hit])
    return agents, hit or (owners if type_ == "charges" else [])


def _capitalised(noun: Token, *labels: str) -> list[Token]:
    """What hangs on a noun and is written as a name: "a US strike"."""
    return [c for c in children(noun, *labels) if c.text[0].isupper()]

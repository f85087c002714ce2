"""Clauses of a parsed text: which verb a word belongs to, what belongs to a verb, who its subject and objects are.

Takes tokens; gives tokens. Must not ask what a word means: that is `parsed_types`' and `parsed_parties`' work.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from allonym.news.tokens import children, is_relative, is_verbal, joined, under

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
CLAUSES = ("relcl", "advcl", "parataxis", "ccomp", "acl")
SAYING = frozenset("say announce claim confirm report declare add state tell vow warn insist acknowledge admit".split())
ORDERING = frozenset("order ask force tell allow urge send get make require compel".split())
WISHING = frozenset("want have see get need order wish like".split())
GROUPS = ("group", "organization", "organisation", "entity", "cartel", "gang")
FIGHTS = ("fight", "battle", "appeal", "challenge", "bid", "case")
OF_TIME = ("DATE", "TIME", "MONEY", "CARDINAL", "QUANTITY", "PERCENT", "ORDINAL")
REACH = 25  # tokens after a verb in which what belongs to it is sought


def top(token: Token) -> Token:
    """The verb of the clause that a word belongs to, or the noun itself where it has none."""
    for one in (token, *token.ancestors):
        if (is_verbal(one) and one.dep_ != "amod") or one.dep_ == "ROOT":
            return one
    return token


def own(token: Token) -> Iterator[Token]:
    """A word with all that hangs on it but other clauses."""
    yield token
    for child in token.children:
        if child.dep_ not in CLAUSES and not (child.dep_ == "conj" and is_verbal(child)):
            yield from own(child)


def below(token: Token) -> str:
    """The words of a clause without those of the clauses that hang on it, and those up to the next verb: what belongs
    to it often hangs elsewhere."""
    inside = {t.i for t in own(token)}
    for one in token.doc[token.i + 1 : token.i + REACH]:
        if one.is_sent_start or (is_verbal(one) and one.tag_ not in ("VBN", "VBG")):
            break
        inside.add(one.i)
    return joined(token.doc[i] for i in sorted(inside))


def governor(token: Token) -> Token | None:
    """The verb whose subject or object a noun is, also through a preposition or another object."""
    for one in token.ancestors:
        if is_verbal(one) and one.dep_ != "aux":
            return one
    return None


def subject(verb: Token) -> tuple[list[Token], bool]:
    """The subject of a verb, also where it shares that of another or is a clause about a noun; whether passive."""
    seen = set()
    one: Token | None = verb
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)
    if verb.dep_ == "advcl" and verb.tag_ == "VBN" and not children(verb, "aux", "dobj"):
        passive = True  # "appeared in court charged with"
    if _second(verb) or _wished(verb):
        passive = True
    while one is not None and one.i not in seen:
        seen.add(one.i)
        for child in children(one, *SUBJECTS):
            if is_relative(child, one) or (child.lower_ == "that" and one.dep_ == "relcl"):
                return [one.head], passive
            return [child], passive
        for child in (c for a in children(one, "aux", "auxpass") for c in children(a, *SUBJECTS)):
            return [child], passive  # the parse hung it on "remains"
        if one.dep_ == "xcomp" and one.head.lemma_.lower() in ORDERING and (told := children(one.head, "dobj")):
            return told, passive
        if (one.dep_ == "advcl" or _by_itself(one)) and (noun := _before(one)) is not None:
            return [noun], True
        to_be = {c.lower_ for c in children(one, "aux", "auxpass")} == {"to", "be"}  # "the latest to be sanctioned"
        if one.dep_ in ("acl", "relcl") and one.tag_ == "VBN" and (to_be or not children(one, "aux")):
            return [apposed(one.head) if one.head.dep_ == "attr" else one.head], True
        if one.dep_ == "acl" and one.tag_ == "VBG":
            return [one.head], passive
        if one.dep_ == "acomp" and one.head.lemma_ == "be":
            return subject(one.head)[0], passive or one is verb
        if one.dep_ in ("acl", "relcl") and one.tag_ == "VB" and one.head.dep_ == "attr":
            return subject(one.head.head)[0], passive  # "became the first country to list it"
        one = _higher(one)
    heading = [c for c in children(verb, "compound", "nmod") if c.is_sent_start and c.pos_ == "PROPN"]
    return heading, passive  # of a headline, "US targets X", else nobody


def _higher(verb: Token) -> Token | None:
    """The verb whose subject a verb without one shares: "floated the idea of using force"."""
    if verb.dep_ in ("conj", "xcomp", "advcl", "ccomp"):
        return verb.head
    being = any(c.lower_ == "being" for c in verb.children)
    return governor(verb) if verb.dep_ in ("pcomp", "acl") and (verb.tag_ in ("VBG", "VB") or being) else None


def _second(verb: Token) -> bool:
    """Whether a verb goes on with a passive: "was arrested in June and handed over a month later"."""
    first = verb.head
    while first.dep_ == "conj" and not children(first, "auxpass", *SUBJECTS):
        first = first.head
    likely = verb.dep_ == "conj" and verb.tag_ in ("VBN", "VBD") and bool(children(first, "auxpass"))
    return likely and not children(verb, "dobj", "aux", "ccomp", "xcomp", *SUBJECTS)


def _wished(verb: Token) -> bool:
    """Whether it is what is to be done to somebody: "wants him sent to New York"."""
    wished = verb.dep_ == "ccomp" and verb.tag_ == "VBN" and verb.head.lemma_.lower() in WISHING
    return wished and not children(verb, "aux", "dobj", "mark")


def _by_itself(verb: Token) -> bool:
    """Whether a participle was taken for a second verb: "money for the cartel, branded a terrorist group by"."""
    return verb.dep_ == "conj" and verb.tag_ in ("VBN", "VBD") and bool(agent(verb))


def _before(verb: Token) -> Token | None:
    """The noun right before the comma that a participle follows: "Maduro, wanted by the authorities"."""
    start = verb.left_edge.i
    if verb.doc[start].text == ",":
        start += 1
    if verb.tag_ not in ("VBN", "VBD") or start < 3 or verb.doc[start - 1].text != ",":
        return None
    if children(verb, "aux", "auxpass"):
        return None
    noun = verb.doc[start - 2]
    if noun.text == ")":  # "of the Cartel of the Suns (CdS), designated by"
        before = reversed(verb.doc[max(0, start - 7) : start - 2])
        noun = next((t for t in before if t.nbor().text == "("), noun)
    labels = children(verb, "dobj", "oprd") + [o for c in children(verb, "prep") for o in children(c, "pobj")]
    of_group = noun.pos_ == "PROPN" and any(t.lemma_.lower() in GROUPS for t in labels)
    if of_group or noun.ent_type_ == "PERSON":
        return noun
    while noun.dep_ in ("pobj", "prep", "compound", "poss", "amod") and noun.head.i < noun.i:
        if is_verbal(noun.head.head if noun.dep_ == "pobj" else noun.head):
            break
        noun = noun.head
    return noun if noun.pos_ in ("NOUN", "PROPN", "PRON") else None


def agent(verb: Token) -> list[Token]:
    """Who stands after "by", wherever the parse has hung it within the clause."""
    for one in sorted(own(verb), key=lambda t: (t.head.i != verb.i, t.i)):
        found = children(one, "pobj") if one.lower_ == "by" and one.i > verb.i else []
        if found and found[0].ent_type_ not in ("DATE", "TIME", "CARDINAL", "PERCENT", "MONEY"):
            return found
    return []


def objects(verb: Token) -> list[Token]:
    """The objects of a verb; of one in a relative clause without any, what the clause is about."""
    found = children(verb, "dobj", "dative")
    for inner in children(verb, "ccomp", "xcomp", "oprd"):
        if inner.pos_ in ("NOUN", "PROPN", "ADJ", "AUX", "VERB"):
            found += [c for c in children(inner, "nsubj") if c.i > verb.i]
    if not found and verb.dep_ == "relcl":
        found = [verb.head]
    if not found and verb.i + 1 < len(verb.doc):  # of a headline: "Feds round up X thugs"
        after = [c for c in children(verb, "npadvmod") if c.i > verb.i and c.pos_ in ("NOUN", "PROPN")]
        found = [c for c in after if c.ent_type_ not in OF_TIME and not children(c, "nummod")]
    return found


def apposed(noun: Token) -> Token:
    """What a noun says something about: "X, one of the gangs and a designated group", "X is a designated group"."""
    while noun.dep_ in ("conj", "appos") and noun.head.pos_ in ("NOUN", "PROPN", "NUM"):
        noun = noun.head
    if noun.dep_ == "attr":
        return next(iter(children(noun.head, "nsubj")), noun)
    return noun


def bearing(noun: Token, verbs: frozenset[str]) -> Token | None:
    """The clause that tells that a deed was done: "the tariff that Trump imposed on Brazil"."""
    return next((c for c in children(noun, "acl", "relcl") if c.lemma_.lower() in verbs), None)


def left(token: Token) -> list[Token]:
    """The state out of which somebody is handed over."""
    return [o for o in under(token, "from") if o.ent_type_ == "GPE"] + [
        o for step in children(token, "prep") if step.lower_ == "out" for o in under(step, "of") if o.ent_type_ == "GPE"
    ]


def capitalised(noun: Token, *labels: str) -> list[Token]:
    """What hangs on a noun and is written as a name: "a US strike"."""
    return [c for c in children(noun, *labels) if c.text[0].isupper()]


def fight(noun: Token) -> Token | None:
    """The fight or appeal against an act: "lost his fight against extradition"."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "against":
        return None
    above = noun.head.head
    return next((t for t in (above, *children(above, "dobj")) if t.lemma_.lower() in FIGHTS), None)


def speaker(token: Token) -> Token:
    """Whom a pronoun means that is the subject of what somebody says: "the army said it bombed", the army."""
    verb = token.head
    if token.lower_ not in ("it", "they", "he", "she") or token.dep_ != "nsubj" or verb.dep_ != "ccomp":
        return token
    said = children(verb.head, "nsubj") if verb.head.lemma_.lower() in SAYING else []
    return said[0] if said and (token.lower_ in ("he", "she")) == (said[0].ent_type_ == "PERSON") else token

"""What somebody calls a thing, accuses somebody of, or pleads, by a parse.

Takes a parsed text; gives places of verbs and of what is said by them. Must not take names for it: "which calls itself
X".
"""

import re
from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

from allonym.news.reading import Span
from allonym.news.tokens import at, children, place, stretch, under

#: What is only a name in quotation marks: "call its queue “the train”".
_NAMED = re.compile(r"[“«\"‘'](?:the |The )?\w+(?: [A-Z]\w+)?[”»\"’']$")
#: What tells more of something, and is none of what was said.
_RELATIVE = re.compile(r",\s(?:\w+ of )?wh(?:ich|om|o|ose)\s")
CALLING = frozenset({"call", "describe", "brand", "label", "characterise", "characterize"})
CALLING_AS = frozenset(
    {
        "denounce",
        "condemn",
        "decry",
        "slam",
        "hail",
        "praise",
        "tout",
        "depict",
        "deride",
        "mock",
        "cast",
        "frame",
        "paint",
        "laud",
        "criticise",
        "criticize",
        "portray",
        "blast",
    }
)
#: Nouns for what somebody claims.
ASSERTED = frozenset(
    "claim assertion allegation accusation contention insistence warning argument view belief statement promise pledge "
    "vow prediction suggestion assurance assessment conclusion charge complaint declaration estimate".split()
)
#: Words that may be a form of one of the verbs, or of the nouns, which the parse then tells.
_FORM = re.compile(
    r"\b(?:call|describ|brand|label|characteri|denounc|condemn|decr|slam|critici|portray|blast|hail|prais|tout|depict|derid|mock|cast|fram|paint|laud|accus|blam|ple?a?d)\w*",
    re.IGNORECASE,
)
_NOUN = re.compile(rf"\b(?:{'|'.join(sorted(ASSERTED))})s?\b", re.IGNORECASE)
_ENDS = frozenset([",", ".", ";", ":", "–", "—", "(", ")", "”", '"', "!", "?"])
LONGEST = 400  # characters of what is said


def characterised(doc: Doc, text: str) -> Iterator[tuple[Span, Span]]:
    """Places of verbs by which somebody calls a thing something, accuses somebody of it, or pleads; and what is said
    by each. `text` is that of `doc`, which builds its own anew whenever it is asked for."""
    for form in _FORM.finditer(text):
        verb = at(doc, form.start(), form.end())
        lemma = verb.lemma_.lower() if verb is not None else ""
        if verb is None or verb.pos_ != "VERB" or verb.dep_ == "amod" or lemma not in _FOUND:
            continue
        if lemma in CALLING_AS and not any(c.lower_ == "as" for c in _prepositions(verb)):
            continue
        if lemma != "plead" and _is_passive(verb):
            continue
        content = _FOUND[lemma](verb, text)
        if content is not None:
            yield place(verb), content


def asserted(doc: Doc, text: str) -> Iterator[tuple[Span, Span]]:
    """Nouns by which somebody is said to claim something, by their owner or by "by": the one who does, and what is
    claimed: "the minister's warning that …", "a claim by the firm that …"."""
    for form in _NOUN.finditer(text):
        noun = at(doc, form.start(), form.end())
        if noun is None or noun.pos_ != "NOUN" or noun.lemma_.lower() not in ASSERTED:
            continue
        clause = next((c for c in children(noun, "acl", "ccomp", "relcl") if c.i > noun.i), None)
        mark = next(iter(clause.lefts), None) if clause is not None else None
        owner = next(iter(children(noun, "poss") or under(noun, "by", "from")), None)
        if clause is None or mark is None or mark.lower_ != "that" or owner is None or mark.i - noun.i > 8:
            continue
        content = _content(doc, text, mark.i + 1, clause.right_edge.i)
        if content is not None and any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in clause.children):
            yield stretch([t for t in owner.subtree if t.lower_ not in ("'s", "’s")]), content


def _called(verb: Token, text: str) -> Span | None:
    """What is called something and what it is called, "the deal “a fraud”"; None for names: "which calls itself X"."""
    if children(verb, "prt"):
        return None
    things = [c for c in children(verb, "dobj", "ccomp", "oprd", "xcomp", "prep") if c.i > verb.i]
    things += [c for c in _prepositions(verb) if c not in things and c.i > verb.i]
    if all(c.dep_ == "prep" and c.lower_ != "as" for c in things):
        return None
    if not things or any(t.lower_.endswith(("self", "selves")) for c in things for t in c.subtree):
        return None
    first, last = min(c.left_edge.i for c in things), max(c.right_edge.i for c in things)
    content = _content(verb.doc, text, first, last)
    if any(c.lower_ == "as" for c in things):
        return content
    plain = things[-1].pos_ == "ADJ" and not things[-1].text.istitle()
    return None if content is None or (not plain and _NAMED.search(text[content.start : content.end])) else content


def _prepositions(verb: Token) -> list[Token]:
    """What hangs on a verb, or on what it is done to, by a preposition: "describe it as a lie"."""
    return [c for head in (verb, *children(verb, "dobj")) for c in children(head, "prep")]


def _is_passive(verb: Token) -> bool:
    """Whether it is done to the subject: "he was arrested and accused of it"."""
    first = verb.head if verb.dep_ == "conj" and verb.tag_ == "VBN" and not children(verb, "aux", "nsubj") else verb
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in (*verb.children, *first.children))
    return passive or (verb.tag_ == "VBN" and verb.dep_ == "acl")


def _of(verb: Token, text: str) -> Span | None:
    found = next((c for c in children(verb, "prep") if c.lower_ == "of"), None)
    inner = next(iter(children(found, "pcomp", "pobj")), None) if found is not None else None
    if inner is None:
        return None
    return _content(verb.doc, text, inner.left_edge.i, _to_end(inner))


def _to_end(inner: Token) -> int:
    """The last token of what hangs on one, up to a mark or "and": the parse hangs "only because of him" elsewhere."""
    doc, last = inner.doc, inner.right_edge.i
    while last + 1 < len(doc) and doc[last + 1].dep_ != "cc" and doc[last + 1].text not in _ENDS:
        last += 1
    return last


def _after(verb: Token, text: str) -> Span | None:
    """What is pleaded, where guilt is denied."""
    if verb.right_edge.i == verb.i or verb.nbor().lower_ != "not":
        return None
    last = max(t.i for t in verb.subtree)
    comma = next((t.i for t in verb.doc[verb.i : last] if t.text == ","), last)
    return _content(verb.doc, text, verb.i + 1, comma)


def _blamed(verb: Token, text: str) -> Span | None:
    """What somebody is blamed for, or who or what is blamed for it: "blamed the delays on the weather"."""
    found = next((c for c in children(verb, "prep") if c.lower_ == "for"), None)
    if found is not None and (inner := next(iter(children(found, "pcomp", "pobj")), None)) is not None:
        return _content(verb.doc, text, inner.left_edge.i, _to_end(inner))
    thing = next((c for c in children(verb, "dobj") if c.i > verb.i), None)
    if thing is None:
        return None
    on = next((c for c in children(verb, "prep") if c.lower_ == "on"), thing)
    return _content(verb.doc, text, thing.left_edge.i, max(thing.right_edge.i, on.right_edge.i))


def _content(doc: Doc, text: str, first: int, last: int) -> Span | None:
    """From one token to another within the sentence, the closing mark of a quotation included."""
    while last > first and (doc[last].is_space or doc[last].text in (",", ".", ";", ":")):
        last -= 1
    start, end = doc[first].idx, place(doc[last]).end
    relative = _RELATIVE.search(text, start + 8, end)
    end = relative.start() if relative else end
    inside = text[start:end]
    closing = re.match(r"[.,]?[”»\"’']", text[end : end + 2])
    if closing and any(mark in inside for mark in "“«\"‘'"):
        end += closing.end()
    return Span(start, end) if "\n" not in inside and len(inside) < LONGEST else None


_FOUND: dict[str, Callable[[Token, str], Span | None]] = {
    **dict.fromkeys((*CALLING, *CALLING_AS), _called), "accuse": _of, "blame": _blamed, "plead": _after,
}  # fmt: skip

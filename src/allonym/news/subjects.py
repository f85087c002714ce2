"""Who a parse says is the subject of a verb of saying.

Takes a parsed text and the place of a verb; gives the place of the subject's head and of its phrase. Must not resolve
names.
"""

from spacy.tokens import Doc, Token

from allonym.news.reading import Span
from allonym.news.tokens import at, children, is_relative, is_verbal, place, stretch

_CLAUSES = frozenset({"relcl", "acl", "appos", "advcl", "punct", "cc", "conj", "parataxis"})


def subject(doc: Doc, start: int, end: int) -> tuple[Span, Span] | None:
    """The head and the phrase of the subject of the verb that stands there; None where the parse has none."""
    verb, seen = at(doc, start, end), set[int]()
    while verb is not None and verb.i not in seen:
        seen.add(verb.i)
        found = next(iter(children(verb, "nsubj", "nsubjpass")), None)
        if found is not None:
            return _named(verb.head if is_relative(found, verb) else found)
        finite = verb.dep_ == "advcl" and verb.tag_ in ("VBD", "VBZ", "VBP")  # it has a subject that the parse lost
        if verb.dep_ not in ("conj", "advcl", "xcomp") or finite or not is_verbal(verb.head):
            return None
        verb = verb.head
    return None


def main_subjects(doc: Doc, start: int, end: int) -> list[Span]:
    """The heads of the subjects of what a verb's clause hangs on, the nearest first; none for a main one."""
    verb = at(doc, start, end)
    if verb is None or verb.dep_ not in ("relcl", "advcl", "ccomp", "acl", "pcomp"):
        return []
    return [place(child) for above in verb.ancestors for child in children(above, "nsubj", "nsubjpass")]


def _named(head: Token) -> tuple[Span, Span]:
    """A noun's own place and phrase; of a role with a name beside it, the name's."""
    person = next((c for c in children(head, "appos") if c.ent_type_ == "PERSON"), None)
    inside = [head]
    for child in head.children:
        if child.dep_ not in _CLAUSES:
            inside += list(child.subtree)
    return place(head if person is None else person), stretch(inside)

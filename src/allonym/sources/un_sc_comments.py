"""The comments of the UN list, and the entries they refer to.

Takes the text of COMMENTS1; states it whole, the parents' names it gives, and an edge for each reference number in
it: Family where a family word stands directly before a person, UnknownLink else, with the words that connect the two
as role. Must not read more out of a sentence than that: the sentence stays with the edge.
"""

import re

from allonym.sources.entry import SPACES, Entry

#: Reference number to the ids of its entries: one, in a sound list.
References = dict[str, list[str]]

REFERENCE = re.compile(r"\b[A-Z]{2}[ie]\.\d{3}\b")
# A full stop ends a sentence unless it follows an initial, `no` or a title.
SENTENCE = re.compile(r"(?<!\b[A-Z])(?<!\bNo)(?<!\bDr)(?<!\bSt)\.\s*(?=[A-Z\[(‘“])|\s*;\s")
FAMILY = re.compile(
    r"\b((?:half[- ]|step-?|twin |elder |younger |first )?"
    r"(?:brother|sister|son|daughter|father|mother|cousin|nephew|niece|uncle|aunt|wife|husband)(?:-in-law)?) of\b"
    r"|\b(married) to\b|\b(father|mother)[’']s name is\b",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"\b((?:(?:closely|formerly|previously|also|senior|former|founding|spiritual|overall|operational|acting|key) )*"
    r"(?:associated with|associate of|linked to|linked by marriage to|links? to|ties to|members? of|(?:co-)?founder of|"
    r"(?:leader|commander|head|emir|amir|chief|director|president|chairman|deputy|spokesman|spokesperson|representative|"
    r"employee|operative|supporter|branch|wing|component|part|splinter group|subsidiary|affiliate|successor|owner) of|"
    r"(?:founded|formed|established|headed|led|owned|controlled|co-founded|appointed) by|commander in|operative in|"
    r"deput(?:y|ies) (?:to|in|of)|(?:financier|facilitator|recruiter|fundraiser) (?:of|for)|subordinate (?:of|to)|"
    r"successor to|treasurer to|affiliated with|merged with|on behalf of|support to|services to|training to|acting for|"
    r"pledged (?:loyalty|allegiance) to|(?:brother|sister|son|daughter|father|cousin|nephew|uncle) of|married to))\b",
    re.IGNORECASE,
)
GENDER = re.compile(r"\bGender:? ?\[?(male|female)\b", re.IGNORECASE)
PARENT = re.compile(
    r"\b(?:(father|mother)[’'`]s name(?: is|:)|name of (father|mother)(?: is|:)?)\s+"
    r"([^\W\d_][^.,;(\[]{2,60}?)\s*(?=[.,;(\[]|$)",
    re.IGNORECASE,
)
#: How much of a sentence an edge carries, and how far before a reference its role is looked for.
LONGEST = 400


def state_comments(entry: Entry, text: str, reference: str, references: References) -> None:
    """State the comments, and what is safe to take out of them. `reference` is the entry's own number."""
    text = SPACES.sub(" ", text)
    if not text:
        return
    entry.add("notes", text)
    if entry.schema == "Person":
        for father, mother, name in PARENT.findall(text):
            prop = f"{(father or mother).casefold()}Name"
            entry.add(prop, name, original=f"{father or mother}: {name}", qualifier="comments")
        if gender := GENDER.search(text):
            entry.add("gender", gender[1], original=gender[0])
    for sentence in SENTENCE.split(text):
        start = 0
        for match in REFERENCE.finditer(sentence):
            if match[0] != reference:
                _edge(entry, match[0], sentence, sentence[start : match.start()], references)
            start = match.end()


def _edge(entry: Entry, target: str, sentence: str, before: str, references: References) -> None:
    """An edge to the entry with that number; `before` is the sentence between the reference before it and this one."""
    ids = references.get(target, [])
    if len(set(ids)) != 1:
        entry.report.issue("unresolved_reference", f"the comments refer to {target}, which is "
                           f"{'in this list twice' if ids else 'not in this list'}", entity_id=entry.entity_id,
                           original=sentence[:LONGEST])  # fmt: skip
        return
    family = _family(before) if entry.schema == "Person" and target[2] == "i" else None
    if family:
        edge = entry.child("Family", ids[0], family)
        edge.link("person", entry)
        edge.link("relative", ids[0])
        edge.add("relationship", family, original=sentence[:LONGEST])
        return
    whole = sentence[: sentence.index(target)]
    roles = [match[1] for match in ROLE.finditer(before)] or [match[1] for match in ROLE.finditer(whole[-LONGEST:])]
    role = roles[-1].casefold() if roles else "mentioned in the comments"
    entry.edge("UnknownLink", ("subject", entry.entity_id), ("object", ids[0]), role=role, original=sentence[:LONGEST])


def _family(before: str) -> str | None:
    """The family word that stands directly before a name: nothing but the name may come between."""
    found = list(FAMILY.finditer(before))
    if not found or re.search(r"\b(?:who|whose|which|and|with|member|leader)\b", before[found[-1].end() :]):
        return None
    last = found[-1]
    return (last[1] or last[2] or last[3]).casefold()

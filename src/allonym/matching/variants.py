"""Joined and split words: other ways to cut the query, suggested by the listed name.

Takes two profiles; gives the query's profile, and a second one where a run of its parts, written together, is a part of
the listing ("good will" and "goodwill"), or a part of it is two of the listing's written together ("sergeilavrov").
"""

from collections.abc import Sequence

from allonym.matching.profile import MOST_PARTS, Profile, compared
from allonym.names.parts import Part, Role
from allonym.names.remembered import remembered
from allonym.names.script import Script
from allonym.names.similarity import PAIRING, Grade, grade

LONGEST_RUN = 3
SHORTEST_WORD = 5
ALIKE = (Grade.EXACT, Grade.VARIANT, Grade.NEAR)


def variants(query: Profile, listed: Profile) -> tuple[Profile, ...]:
    """The query as it stands and, where there is one, as the listed name cuts it."""
    # Most names have no parts that are as long as two of the other's.
    lengths, runs = query.sizes
    listed_lengths, listed_runs = listed.sizes
    if not (runs & listed_lengths or lengths & listed_runs):
        return (query,)
    known = set(listed.texts)
    if known.issuperset(query.texts):
        return (query,)
    whole = list(query.whole[:MOST_PARTS])
    whole = _join(whole, listed, known) if runs & listed_lengths else whole
    parts = compared(_split(whole, listed, known))
    if parts == query.parts:
        return (query,)
    return query, query.cut_as(parts)


def joined(run: Sequence[Part]) -> Part:
    """Parts written together."""
    return Part("".join(p.text for p in run), Role.PART, run[0].script)


def is_plain(part: Part) -> bool:
    """Whether a part may be a piece of a joined word."""
    return part.role in (Role.PART, Role.INITIAL, Role.PARTICLE) and part.script is not Script.BARE


def _join(parts: list[Part], listed: Profile, known: set[str]) -> list[Part]:
    own = {p.text for p in parts}
    targets = [p.text for p in listed.parts if len(p.text) >= SHORTEST_WORD - 1 and p.text not in own and is_plain(p)]
    if not targets:
        return parts
    lengths = 0
    for target in targets:
        lengths |= 7 << len(target) - 1
    found: list[Part] = []
    at = 0
    sizes = [len(p.text) for p in parts]
    while at < len(parts):
        for length in range(min(LONGEST_RUN, len(parts) - at), 1, -1):
            # Most runs are no word of that length.
            if lengths >> sum(sizes[at : at + length]) & 1 and _joins(run := parts[at : at + length], targets, known):
                found.append(joined(run))
                at += length
                break
        else:
            found.append(parts[at])
            at += 1
    return found


def _joins(run: list[Part], targets: list[str], known: set[str]) -> bool:
    """Whether the run, written together, is one of the words."""
    text = "".join([p.text for p in run])
    size = len(text)
    near = [t for t in targets if -2 < len(t) - size < 2]
    if not near or size < SHORTEST_WORD or not all(map(is_plain, run)) or known.issuperset([p.text for p in run]):
        return False
    # An initial written to the next word is that word with a letter too many, unless it fits exactly.
    alike = ALIKE[:1] if Role.INITIAL in [p.role for p in run] else ALIKE
    return any(grade(text, t, PAIRING[run[0].script][0]) in alike for t in near)


def _split(parts: list[Part], listed: Profile, known: set[str]) -> tuple[Part, ...]:
    found: list[Part] = []
    runs = listed.sizes[1]
    for part in parts:
        size = len(part.text)
        # Most words have no run of their length.
        if size >= SHORTEST_WORD and runs & 7 << size - 1 and part.text not in known and is_plain(part):
            found += _pieces(part, listed)
        else:
            found.append(part)
    return tuple(found)


@remembered(16_384)
def _runs(whole: tuple[Part, ...]) -> dict[int, list[tuple[str, tuple[Part, ...]]]]:
    """Runs of parts written together, short runs first, by the length of the text; of the first MOST_PARTS parts only,
    since a name of forty is gone through for each part of the other."""
    found: dict[int, list[tuple[str, tuple[Part, ...]]]] = {}
    parts = whole[:MOST_PARTS]
    texts = [p.text if is_plain(p) else "" for p in parts]
    for length in range(2, LONGEST_RUN + 1):
        for start in range(len(parts) - length + 1):
            run = texts[start : start + length]
            if all(run):
                text = "".join(run)
                found.setdefault(len(text), []).append((text, parts[start : start + length]))
    return found


def _pieces(part: Part, listed: Profile) -> tuple[Part, ...]:
    size = len(part.text)
    runs = _runs(listed.whole)
    near = [found for length in (size - 1, size, size + 1) for found in runs.get(length, ())]
    for text, run in sorted(near, key=lambda found: len(found[1])):
        if grade(part.text, text, PAIRING[part.script][0]) in ALIKE:
            # The typo, if any, goes to the last piece.
            cuts, rest = [], part.text
            for piece in run[:-1]:
                cuts.append(Part(rest[: len(piece.text)], piece.role, part.script, part.text))
                rest = rest[len(piece.text) :]
            return (*cuts, Part(rest, run[-1].role, part.script, part.text)) if rest else (part,)
    return (part,)

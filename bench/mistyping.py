"""Names as hurried people type them.

Takes a name and a source of chance; gives the name with one or two letters doubled, left out, swapped or changed, or
with the surname first and a comma. Must not know how anybody matches names.
"""

import random

LETTERS = "abcdefghijklmnopqrstuvwxyz"
TURNED = 0.25  # share of names written surname first, with no other slip
TWICE = 0.05  # share with two slips


def mistyped(name: str, chance: random.Random) -> str:
    """The name mistyped; another text than the name wherever it has two letters that differ."""
    words = name.split()
    if "," not in name and len(words) > 1 and chance.random() < TURNED:
        return f"{' '.join(words[1:])}, {words[0]}"
    typed = name
    for _ in range(2 if chance.random() < TWICE else 1):
        typed = _slip(typed, chance)
    return typed


def _slip(name: str, chance: random.Random) -> str:
    letters = list(name)
    places = [i for i, c in enumerate(letters) if c.isalpha()]
    for _ in range(20):
        at = chance.choice(places) if places else 0
        kind = chance.randrange(4)
        slipped = letters.copy()
        if kind == 0:
            slipped.insert(at, letters[at])
        elif kind == 1:
            del slipped[at]
        elif kind == 2 and at + 1 < len(letters) and letters[at + 1].isalpha():
            slipped[at], slipped[at + 1] = letters[at + 1], letters[at]
        elif kind == 3:
            letter = chance.choice(LETTERS)
            slipped[at] = letter.upper() if letters[at].isupper() else letter
        if slipped != letters and any(c.isalnum() for c in slipped):
            return "".join(slipped)
    return name


def misdated(date: str, chance: random.Random) -> str:
    """An ISO date (cut to its precision or whole) with day and month swapped, or a digit of the year or day off by one.

    What comes out is a date that exists.
    """
    year, *rest = date.split("-")
    if len(rest) == 2 and int(rest[1]) <= 12 and rest[0] != rest[1] and chance.random() < 0.4:
        return f"{year}-{rest[1]}-{rest[0]}"
    if len(rest) == 2 and chance.random() < 0.5:
        day = int(rest[1])
        return f"{year}-{rest[0]}-{day - 1 if day > 1 else day + 1:02d}"
    step = chance.choice((-1, 1))
    moved = str(int(year) + step)
    if rest == ["02", "29"]:
        rest[1] = "28"
    return "-".join([moved, *rest])

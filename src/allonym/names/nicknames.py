"""Given names that stand for each other: short forms of one name, and one name in several languages.

Takes two lower-case ASCII parts; says whether the one is a form of the other. Must not weigh them. The two kinds are
apart, since they say different things: who is called Bill is a William, by habit and by law, and a list has either; but
John, Juan and Ivan are three people's names until somebody translates one, which happens to Alexander and Nicholas far
more often than to Juan.
"""

from functools import cache
from importlib.resources import files

from allonym.names.remembered import remembered

Groups = dict[str, frozenset[int]]


@cache
def _tables() -> tuple[dict[str, frozenset[str]], Groups]:
    """Short forms: each name with the full names it may stand for, languages: each name with the
    numbers of the lines it is on."""
    full: dict[str, set[str]] = {}
    lines: dict[str, set[int]] = {}
    for number, line in enumerate((files("allonym.names") / "nicknames.tsv").read_text(encoding="ascii").splitlines()):
        if line.startswith("#"):
            continue
        kind, names = line.split("\t")
        first, *others = names.split(" ")
        if kind == "short":
            for name in (first, *others):
                full.setdefault(name, set()).add(first)
        else:
            for name in (first, *others):
                lines.setdefault(name, set()).add(number)
    return {n: frozenset(f) for n, f in full.items()}, {n: frozenset(g) for n, g in lines.items()}


def full(word: str) -> frozenset[str]:
    """The full names that a given name may stand for, itself among them; empty for a name without short forms."""
    return _tables()[0].get(word, frozenset())


@remembered(65_536)
def same(left: str, right: str) -> bool:
    """Whether one is the other's short or pet form, or both are of one name (Ted, Theodore; Bill, Will). Not the same
    name twice: that agrees anyway. Symmetric."""
    return left != right and not full(left).isdisjoint(full(right))


@remembered(65_536)
def translated(left: str, right: str) -> bool:
    """Whether they are one name in two languages (Juan, John; Aleksandr, Alexander). Not the same name
    twice. Symmetric."""
    groups = _tables()[1]
    return left != right and not groups.get(left, frozenset()).isdisjoint(groups.get(right, frozenset()))

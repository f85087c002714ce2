"""Which column of a customers' file is what.

Takes the headings (and `--map` options); gives a `Mapping` from column to FtM property, to the customer's id, or to
the kind of entity. Knows headings in English, Spanish, Portuguese and French (`headings.json`), blind to case,
accents, blanks and punctuation. Must not look at the rows, and must not guess: a heading it does not know is ignored
and said so.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from allonym.errors import InputError, UsageError
from allonym.screening.printable import printable

#: Targets that are no FtM property: the customer's id, the kind of entity, and the name of a company beside a person's.
ID, SCHEMA, COMPANY, IGNORE = "id", "schema", "company", "ignore"
#: Targets that give a name; without one of them a file cannot be screened.
NAMING = ("name", COMPANY, "lastName")
MAX_COLUMNS = 1_000
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_NOT_WORD = re.compile(r"[^\w]|_")


@lru_cache(maxsize=1)
def tables() -> dict[str, Any]:
    """The tables of `headings.json`, as written there."""
    loaded: dict[str, Any] = json.loads((Path(__file__).parent / "headings.json").read_text("utf-8"))
    return loaded


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """The text without case, accents, blanks and punctuation: "Fecha de_Nacimiento" and "FECHADENACIMIENTO" are one."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NOT_WORD.sub("", plain.casefold())


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {fold(heading): target for target, headings in tables()["columns"].items() for heading in headings}


def targets() -> list[str]:
    """Every target a column can be mapped to."""
    return [*tables()["columns"], IGNORE]


@dataclass(frozen=True, slots=True)
class Mapping:
    """The headings of a file in order, and the target of each; None is a column that is not used."""

    headings: tuple[str, ...]
    targets: tuple[str | None, ...]

    def columns(self, target: str) -> list[int]:
        """The positions of the columns with that target."""
        return [index for index, found in enumerate(self.targets) if found == target]

    def describe(self) -> str:
        """The mapping in one or two lines for people; headings come from the file and are printed safely."""
        used = [f'"{_short(h)}" → {t}' for h, t in zip(self.headings, self.targets, strict=True) if t]
        ignored = [f'"{_short(h)}"' for h, t in zip(self.headings, self.targets, strict=True) if not t and h.strip()]
        lines = [f"Columns: {', '.join(used)}"]
        if ignored:
            lines.append(f"Not used: {', '.join(ignored)}  (use one with --map COLUMN=PROPERTY)")
        return "\n".join(lines)

    def to_list(self) -> list[list[str | None]]:
        """For the record: [heading, target] by column."""
        return [[h, t] for h, t in zip(self.headings, self.targets, strict=True)]

    @classmethod
    def from_list(cls, pairs: Sequence[Sequence[str | None]]) -> "Mapping":
        """What `to_list` gave."""
        return cls(tuple(p[0] or "" for p in pairs), tuple(p[1] for p in pairs))


def recognise(headings: Sequence[str], maps: Sequence[str] = (), *, where: str = "the file") -> Mapping:
    """The mapping of these headings; `maps` are `COLUMN=PROPERTY` options and win over what is recognised.

    Raises InputError when no column gives a name, UsageError for an option that names an unknown column or property.
    """
    if len(headings) > MAX_COLUMNS:
        raise InputError(
            f"{where}: has {len(headings):,} columns, more than {MAX_COLUMNS:,}; keep the ones that matter"
        )
    given = _given(headings, maps, where)
    found: list[str | None] = [
        None if index in given else recognised(heading) for index, heading in enumerate(headings)
    ]
    for index, target in given.items():
        found[index] = target
    if "name" in given.values():
        # Whoever says which column is the name means that one, and no other that happens to be called so.
        found = [None if t == "name" and i not in given else t for i, t in enumerate(found)]
    _settle(headings, found, given)
    mapping = Mapping(tuple(headings), tuple(None if t == IGNORE else t for t in found))
    if not any(target in NAMING for target in mapping.targets):
        raise no_name(headings, where)
    return mapping


def recognised(heading: str) -> str | None:
    """The target of one heading by itself; a remark in brackets and a number at the end ("alias 2") do not matter."""
    known = _known()
    bare = fold(_BRACKETS.sub(" ", heading)) or fold(heading)
    return known.get(fold(heading)) or known.get(bare) or known.get(bare.rstrip("0123456789"))


def day_first_hint(heading: str) -> bool | None:
    """Whether the heading itself says the order of its dates: "(dd/mm/yyyy)" True, "(mm/dd/yyyy)" False."""
    letters = re.search(r"\b([djm])\1?\W?([djm])\2?\W?[ya]", heading.casefold())
    if not letters or (letters[1] == "m") == (letters[2] == "m"):
        return None
    return letters[1] != "m"


def _settle(headings: Sequence[str], found: list[str | None], given: dict[int, str]) -> None:
    """Settle the headings that depend on their neighbours: "nom" is a last name beside "prénom", else a name."""
    open_ones = [i for i in range(len(headings)) if i not in given and found[i] is None]
    # In the order of the table: "apelido" has to be settled before "nome", which depends on it.
    for word, rules in tables()["depends"].items():
        for index in open_ones:
            if fold(headings[index]) == word:
                found[index] = next(r["is"] for r in rules if r.get("beside") is None or r["beside"] in found)
    # "Name" beside "Surname" with no column for first names is the first name.
    names = [i for i, t in enumerate(found) if t == "name" and i not in given]
    if len(names) == 1 and "lastName" in found and "firstName" not in found and fold(headings[names[0]]) == "name":
        found[names[0]] = "firstName"


def _given(headings: Sequence[str], maps: Sequence[str], where: str) -> dict[int, str]:
    given: dict[int, str] = {}
    for option in maps:
        column, equals, target = option.rpartition("=")
        if not equals or not column:
            raise UsageError(f'--map {option!r}: write --map "COLUMN=PROPERTY", for example --map "Kunde=name"')
        if target not in targets():
            raise UsageError(f"--map {option!r}: no property {target!r}; choose from {', '.join(targets())}")
        exact = [i for i, heading in enumerate(headings) if heading == column]
        matching = exact or [i for i, heading in enumerate(headings) if fold(heading) == fold(column)]
        if not matching:
            raise UsageError(f"--map {option!r}: {where} has no column {column!r}; it has {_listed(headings)}")
        given.update(dict.fromkeys(matching, target))
    return given


def no_name(headings: Sequence[str], where: str) -> InputError:
    """The error for a file without a name column: the headings it has, and how to say which is the name."""
    first = next((h for h in headings if h.strip()), "HEADING")
    return InputError(
        f"{where}: no column is recognised as the name; the headings are {_listed(headings)}; "
        f'say which one is the name with --map "HEADING=name", for example --map "{_short(first)}=name"'
    )


def _listed(headings: Sequence[str]) -> str:
    shown = ", ".join(f'"{_short(h)}"' for h in headings[:30])
    return shown + (f" and {len(headings) - 30} more" if len(headings) > 30 else "")


def _short(heading: str) -> str:
    return printable(heading if len(heading) <= 60 else heading[:59] + "…")

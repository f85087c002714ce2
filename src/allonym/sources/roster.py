"""Who in a list bears a name, to make links out of names.

Takes the names of all entries; gives the one entry that bears a name. Must not choose between two: such a link is
reported and kept as a note.
"""

import re
from collections.abc import Iterator

from allonym.sources import cell
from allonym.sources.entry import Entry


class Roster:
    """Names and ids of one list; a name may be borne by several entries."""

    __slots__ = ("_ids",)

    def __init__(self) -> None:
        self._ids: dict[str, set[str]] = {}

    def add(self, name: str, entity_id: str) -> None:
        """Note that an entry bears a name, also without the abbreviation in brackets behind it."""
        for form in {name, _without_brackets(name)}:
            if folded := _fold(form):
                self._ids.setdefault(folded, set()).add(entity_id)

    def find(self, text: str) -> str | None:
        """The id of the one entry of that name; tried whole, without brackets behind it, and up to the first comma."""
        for form in (text, _without_brackets(text), _without_brackets(text.split(",")[0])):
            ids = self._ids.get(_fold(form), set())
            if len(ids) == 1:
                return next(iter(ids))
        return None

    def link(self, entry: Entry, text: str, role: str, *, owns: bool = False) -> None:
        """State an Ownership for each name in a cell: the other owns the entry, or, with `owns`, is owned by it."""
        for name in self._names(text):
            other = self.find(name)
            if other is None or other == entry.entity_id:
                entry.report.issue("unresolved_link", f"{role}: names no single entry of the list",
                                   entity_id=entry.entity_id, original=name)  # fmt: skip
                entry.add("notes", f"{role}: {name}", qualifier="unresolved_link")
                continue
            ends = (("owner", entry.entity_id), ("asset", other))
            if not owns:
                ends = (("owner", other), ("asset", entry.entity_id))
            entry.edge("Ownership", *ends, role=role, original=name)

    def _names(self, text: str) -> Iterator[str]:
        for part in cell.numbered(text):
            # `Co., Ltd.. Next`: the dot before a blank may belong to the name; a name that is listed wins.
            if not part or self.find(part):
                yield from filter(None, [part])
                continue
            for name in re.split(r"(?<!Co)(?<!Ltd)(?<!\bNo)\.\s+|(?<=\.)\.\s+|;\s*\.?\s*", part):
                if name.strip(" ."):
                    yield name.strip()


def _without_brackets(name: str) -> str:
    return re.sub(r"\s*\([^()]*\)\s*$", "", name)


def _fold(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()

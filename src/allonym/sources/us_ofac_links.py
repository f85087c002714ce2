"""Which entry of one OFAC list bears a name, to make edges of "Linked To: X".

Takes the printed names of a list; gives edges. Must not choose: a name that no entry or several entries bear is
reported and kept as a note. The whole name has to agree, but for case, blanks and the last dot.
"""

import re

from allonym.sources.entry import Entry

BLANKS = re.compile(r"\s+")


def _fold(name: str) -> str:
    return BLANKS.sub(" ", name).strip().rstrip(".").replace('"', "'").casefold()


class Names:
    """The names of a list, as printed ("SURNAME, Given") and, for relatives, in reading order.

    An alias counts only where no entry has the text as its primary name.
    """

    __slots__ = ("_aliases", "_printed", "_spoken")

    def __init__(self) -> None:
        self._printed: dict[str, set[str]] = {}
        self._spoken: dict[str, set[str]] = {}
        self._aliases: dict[str, set[str]] = {}

    def add(self, printed: str, entity_id: str) -> None:
        """Note that an entry bears the name."""
        self._printed.setdefault(_fold(printed), set()).add(entity_id)
        surname, comma, given = printed.partition(",")
        if comma:
            self._spoken.setdefault(_fold(f"{given} {surname}"), set()).add(entity_id)

    def add_alias(self, printed: str, entity_id: str) -> None:
        """Note that an entry bears the name beside its primary one."""
        surname, comma, given = printed.partition(",")
        for form in (printed, f"{given} {surname}" if comma else ""):
            if folded := _fold(form):
                self._aliases.setdefault(folded, set()).add(entity_id)

    def find(self, text: str, *, spoken: bool = False) -> str | None:
        """The id of the one entry of that name."""
        ids = self._printed.get(_fold(text), set())
        if spoken and not ids:
            ids = self._spoken.get(_fold(text), set())
        ids = ids or self._aliases.get(_fold(text), set())
        return next(iter(ids)) if len(ids) == 1 else None

    def link(self, entry: Entry, schema: str, ends: tuple[str, str], target: str, *, role: str,
             whole: str | None = None) -> None:  # fmt: skip
        """State an edge from the entry (the first end) to the entry of that name, or report that there is none.

        `whole` is the remark it stands in, when that is more than role and target.
        """
        other = self.find(target, spoken=schema == "Family")
        if other is None or other == entry.entity_id:
            printed = whole or f"{role}: {target}"
            entry.report.issue("unresolved_link", f"{role}: names no single entry of the list",
                               entity_id=entry.entity_id, original=target)  # fmt: skip
            entry.add("notes", printed, qualifier="unresolved_link")
            return
        if schema == "Family":
            edge = entry.edge(schema, (ends[0], entry.entity_id), (ends[1], other))
            edge.add("relationship", role, original=whole)
            return
        entry.edge(
            schema, (ends[0], entry.entity_id), (ends[1], other), role=role, original=whole or f"{role}: {target}"
        )

    def link_property(self, entry: Entry, prop: str, target: str) -> bool:
        """State a property that points at the entry of that name; False, and reported, when there is none."""
        other = self.find(target)
        if other is None or other == entry.entity_id:
            entry.report.issue("unresolved_link", f"{prop}: names no single entry of the list",
                               entity_id=entry.entity_id, original=target)  # fmt: skip
            return False
        entry.link(prop, other, original=target)
        return True

"""What a snapshot holds, in numbers: those that `allonym sources` prints and floors are checked against.

Takes the entities of a snapshot one by one; gives the counts. Must not keep the entities.

    entries           {schema: number} of the entries of the list (store/entries.py says what an entry is)
    names             {primary, alias, weak, former, original_script: number} of names of entries
    with_birth_date   persons among the entries that have a date of birth
    identifiers       values of identifier properties of entries
    addresses         addresses of entries
    programs          different programs
    links             edges between entities
    statements, measures, issues
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from allonym.model import NAME_KIND_PROP, Measure, NameKind, Statement
from allonym.store.entries import is_entry, kind


class Tally:
    """Counts while a snapshot streams by."""

    def __init__(self) -> None:
        self.statements = 0
        self.measures = 0
        self._entries: Counter[str] = Counter()
        self._edges = 0
        self._born: set[str] = set()
        self._values: Counter[tuple[str, str, bool]] = Counter()
        self._programs: dict[str, set[str]] = {"program": set(), "programId": set()}

    def entity(self, statements: Sequence[Statement], *, known: bool = False) -> None:
        """Count statements of one entity; `known`: others of it were counted before."""
        first = statements[0]
        self.statements += len(statements)
        for s in statements:
            if s.prop in self._programs:
                self._programs[s.prop].add(s.value)
        if not is_entry(first.entity_id, first.schema):
            if not known and kind(first.schema).edge:
                self._edges += 1
            return
        if not known:
            self._entries[first.schema] += 1
        values, schema, native = self._values, first.schema, NameKind.ORIGINAL_SCRIPT.value
        for s in statements:
            values[schema, s.prop, s.qualifier == native] += 1
        if schema == "Person" and any(s.prop == "birthDate" for s in statements):
            self._born.add(first.entity_id)

    def measure(self, measure: Measure) -> None:
        """Count a measure."""
        self.measures += 1
        if measure.program:
            self._programs["program"].add(measure.program)

    def counts(self, issues: int) -> dict[str, Any]:
        """The counts, with the number of issues that the reader found."""
        names = {name_kind.value: 0 for name_kind in NameKind}
        props = {prop: name_kind.value for name_kind, prop in NAME_KIND_PROP.items() if name_kind != "original_script"}
        totals: Counter[str] = Counter()
        identifiers = 0
        for (schema, prop, native), number in self._values.items():
            totals[prop] += number
            if prop in props:
                names["original_script" if native else props[prop]] += number
            elif prop in kind(schema).identifiers:
                identifiers += number
        return {
            "entries": dict(sorted(self._entries.items())),
            "names": names,
            "with_birth_date": len(self._born),
            "identifiers": identifiers,
            # An address stands in one line, as an entity, or as both.
            "addresses": max(totals["address"], totals["addressEntity"]),
            "programs": max(len(found) for found in self._programs.values()),
            "links": self._edges,
            "statements": self.statements,
            "measures": self.measures,
            "issues": issues,
        }

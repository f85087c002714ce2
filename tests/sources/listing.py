"""Reads a list through its source module as the loader does, for tests."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from allonym.model import Statement
from allonym.sources.entry import Report
from allonym.sources.source import Bundle, Source

SHARED = Path(__file__).parents[3] / "shared" / "lists"


def shared(*parts: str) -> Path:
    """A real list, or a skipped test."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip("../shared is not here")
    return path


class Listing:
    """What one file gives."""

    def __init__(self, sources: Sequence[Source], path: Path) -> None:
        with path.open("rb") as file:
            head = file.read(8192)
        formats = [form for source in sources for form in source.formats if form.recognise(path, head)]
        assert len(formats) == 1, formats
        self.format = formats[0]
        self.bundle = Bundle(formats[0], path)
        self.report = Report()
        self.statements = [item for item in formats[0].read(self.bundle, self.report) if isinstance(item, Statement)]

    def of(self, entity_id: str, prop: str) -> list[str]:
        return [s.value for s in self.statements if s.entity_id == entity_id and s.prop == prop]

    def one(self, entity_id: str, prop: str) -> Statement:
        (found,) = [s for s in self.statements if s.entity_id == entity_id and s.prop == prop]
        return found

    def side(self, schema: str, prop: str, target: str) -> list[dict[str, list[str]]]:
        """The side entities of that schema that point at `target` with `prop`."""
        ids = dict.fromkeys(
            s.entity_id for s in self.statements if (s.schema, s.prop, s.value) == (schema, prop, target)
        )
        found = []
        for entity_id in ids:
            properties: dict[str, list[str]] = {}
            for s in self.statements:
                if s.entity_id == entity_id:
                    properties.setdefault(s.prop, []).append(s.value)
            found.append(properties)
        return found

    def schemata(self) -> dict[str, int]:
        return dict(Counter({s.entity_id: s.schema for s in self.statements}.values()))

    def codes(self) -> set[str]:
        return {issue.code for issue in self.report.issues}

    def entities(self) -> int:
        return sum(self.schemata().get(schema, 0) for schema in ("Person", "Organization", "Vessel", "LegalEntity"))

    def born(self) -> float:
        """The share of persons with a date of birth."""
        born = {s.entity_id for s in self.statements if s.schema == "Person" and s.prop == "birthDate"}
        return len(born) / self.schemata()["Person"]

"""Measure: the store alone, without reading the file before it and the index after it.

Takes a list file; gives statements a second into a new store, and entities and statements a second out of it again.
"""

import tempfile
import time
from pathlib import Path
from typing import Any

from bench import process
from bench.data import FOLDERS, Data
from bench.figure import Section, runs


def measure(data: Data) -> Section:
    """The largest list of the data folder that is measured on."""
    files = FOLDERS[data.main]
    file = str(files[0]) if files else None
    asked = [process.ask("storing:through", file=file) for _ in range(data.size.of(2, 1))]
    answers = [answer for answer, _ in asked]
    first = answers[0]

    def rate(key: str, seconds: str) -> list[float]:
        return [a[key] / a[seconds] for a in answers]

    return Section(
        f"Store ({first['source']})",
        (
            runs("statements read from the file", rate("statements", "reading"), "/s", note="for comparison"),
            runs("statements loaded", rate("statements", "loading"), "/s", note="one transaction, counts included"),
            runs("the same list loaded once more", rate("statements", "again"), "/s", note="another day, no change"),
            runs("statements of a view read back", rate("stored", "viewing"), "/s"),
            runs("entities of a view read back", rate("entities", "viewing"), "/s"),
        ),
        (f"{first['statements']:,} statements of {first['entities']:,} entities; all statements are held in memory for "
         "this measure alone",),
    )  # fmt: skip


def through(file: str | None) -> dict[str, Any]:
    """In the child: read, load, load again a day later, and read the view back; seconds of each."""
    from allonym.model import REGISTER, Snapshot, Statement
    from allonym.pipeline import source_of
    from allonym.sources.discover import discover
    from allonym.sources.entry import Report
    from allonym.sources.register import built_in
    from allonym.store import Store

    if file is None:
        name, bundle = REGISTER, built_in()
    else:
        found = discover(Path(file)).found[0]
        name, bundle = found.source, found.bundle
    report = Report()
    clock = _Clock()
    records = list(bundle.format.read(bundle, report))
    clock.lap("reading")
    with tempfile.TemporaryDirectory(prefix="allonym-bench-") as place, Store.open(place) as store:
        clock.lap("opening")
        with store.loading() as loading:
            for day, lap in (("2026-01-01", "loading"), ("2026-01-02", "again")):
                snapshot = Snapshot(source_of(name).name, day, checksum=day, loaded_at=day, origin=bundle.main.name)
                loading.snapshot(snapshot, records, lambda: report.issues)
                clock.lap(lap)
        entities = stored = 0
        for entity in store.entities(store.view()):
            entities += 1
            stored += len(entity.statements)
        clock.lap("viewing")
    statements = sum(isinstance(record, Statement) for record in records)
    return {"source": name, "statements": statements, "entities": entities, "stored": stored, **clock.laps}


class _Clock:
    """Seconds between one lap and the next, by name."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = now - self._last
        self._last = now

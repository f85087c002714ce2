"""The four real UN lists: one history in any order, and differences that name who came and who went."""

import re
import sqlite3
from pathlib import Path

import pytest

from allonym.model import Snapshot
from allonym.sources.entry import Report
from allonym.sources.source import Bundle
from allonym.sources.un_sc import SOURCES
from allonym.store import Store

SHARED = Path(__file__).parents[2].parent / "shared" / "lists" / "un_sc"
FORMAT = SOURCES[0].formats[0]
DATES = ("2020-11-24", "2024-05-15", "2025-04-19", "2026-02-27")

pytestmark = pytest.mark.shared


def lists() -> list[Path]:
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    return sorted(SHARED.iterdir())


def load(folder: Path, paths: list[Path]) -> None:
    with Store.open(folder) as store, store.loading() as loading:
        for path in paths:
            bundle, report = Bundle(FORMAT, path), Report()
            date = FORMAT.date(bundle)
            assert date is not None
            made = Snapshot("un_sc", date.isoformat(), bundle.checksum(), "2026-03-01T00:00:00Z", str(path))
            loading.snapshot(made, FORMAT.read(bundle, report), lambda report=report: report.issues)


def rows(folder: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / "allonym.db")
    query = "SELECT entity_id, prop, value, original, qualifier, key, position, first_seen, last_seen FROM statement"
    found = connection.execute(f"{query} ORDER BY entity_id, position, first_seen, key").fetchall()
    connection.close()
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("straight")
    load(made, lists())
    return made


@pytest.mark.parametrize("order", [(3, 2, 1, 0), (1, 3, 0, 2), (2, 0, 3, 1)])
def test_any_order_gives_one_history(folder: Path, tmp_path: Path, order: tuple[int, ...]) -> None:
    paths = lists()
    load(tmp_path, [paths[number] for number in order])
    assert rows(tmp_path) == rows(folder)


def test_as_the_list_stood_that_day(folder: Path) -> None:
    with Store.open(folder) as store:
        assert tuple(s.date for s in store.snapshots("un_sc")) == DATES
        for path, as_of in zip(lists(), ("2024-05-14", "2025-04-18", "2026-02-26", "2026-02-27"), strict=True):
            text = path.read_text("utf-8")
            counts = {"Person": text.count("<INDIVIDUAL>"), "Organization": text.count("<ENTITY>")}
            found = {"Person": 0, "Organization": 0}
            for entity in store.entities(store.view(as_of=as_of)):
                if entity.schema in found:
                    found[entity.schema] += 1
            assert found == counts
        assert counts == {"Person": 730, "Organization": 273}
        assert store.snapshots()[-1].counts["entries"] == counts


def test_diff_names_who_came_and_who_went(folder: Path) -> None:
    ids = [set(re.findall(r"<DATAID>(\d+)</DATAID>", path.read_text("utf-8"))) for path in lists()]
    with Store.open(folder) as store:
        for number in range(3):
            diff = store.diff("un_sc", DATES[number], DATES[number + 1])
            assert {entry.entity_id.removeprefix("un-") for entry in diff.added} == ids[number + 1] - ids[number]
            assert {entry.entity_id.removeprefix("un-") for entry in diff.removed} == ids[number] - ids[number + 1]
        diff = store.diff("un_sc")
    assert {"ABU MOHAMMED AL-JAWLANI", "ANAS HASAN KHATTAB"} <= {entry.caption for entry in diff.removed}
    assert "YAZD METALLURGY INDUSTRIES (YMI)" in {entry.caption for entry in diff.added}  # Iran's list is back
    moved = next(c for c in diff.changed if c.entry.caption == "IBRAHIM ALI ABU BAKR TANTOUSH")
    address = next(p for p in moved.properties if (p.part, p.prop) == (None, "address"))
    assert (address.before, address.after) == (("Tripoli, Libya",), ("Afghanistan",))

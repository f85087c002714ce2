"""Real snapshots of the UN's list: who was added and who was delisted shows on the right days."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import allonym
from allonym.dossier import build
from allonym.dossier.dossier import State
from allonym.lists import Lists
from tests.command import command, copied

UN = Path(__file__).parents[3] / "shared" / "lists" / "un_sc"
FILES = [UN / "un_consolidated_2025-04-19.xml", UN / "un_consolidated_2026-02-27.xml"]

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not all(f.exists() for f in FILES), reason=f"the real lists are not in {UN}"),
]
KHATTAB, YAS_AIR = "un-6908416", "un-110327"


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory, new_folder: Path) -> Iterator[Lists]:
    folder = copied(new_folder, tmp_path_factory.mktemp("un") / "data")
    for file in FILES:
        assert command("update", "--from", file, data=folder).status == 0
    with allonym.open(folder) as opened:
        yield opened


@pytest.mark.parametrize(
    ("day", "state"),
    [("2014-09-22", None), ("2014-09-23", State.IN_FORCE), ("2025-04-19", State.IN_FORCE),
     ("2026-02-26", State.IN_FORCE), ("2026-02-27", State.ENDED), (None, State.ENDED)],
)  # fmt: skip
def test_a_delisting(lists: Lists, day: str | None, state: State | None) -> None:
    found = build(lists, KHATTAB, as_of=day)
    assert [s.state for s in found.standings] == ([] if state is None else [state])
    assert bool(found.consequences) is (state is State.IN_FORCE)
    before = day is not None and day < "2025-04-19"
    assert any("before the first snapshot of un_sc of 2025-04-19" in note for note in found.notes) is before
    gone = [e for e in found.events if "not on un_sc any more" in e.text]
    assert [e.date for e in gone] == (["2026-02-27"] if state is State.ENDED else [])


def test_an_addition(lists: Lists) -> None:
    assert [s.state for s in build(lists, YAS_AIR).standings] == [State.IN_FORCE]
    first = [e.date for e in build(lists, YAS_AIR).events if e.kind == "list"]
    assert first == ["2026-02-27"]
    with pytest.raises(allonym.errors.NotFoundError):
        build(lists, YAS_AIR, as_of="2025-05-01")

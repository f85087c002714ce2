"""Loading through Python: what an outcome says, what is raised, and lists from their publishers."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import allonym
from allonym.errors import AllonymError, InputError, ListError, LockedError, UsageError
from allonym.lists import Lists
from allonym.sources import catalogue
from tests.command import EXCERPTS, PEOPLE_2024, PEOPLE_2025, command

Opened = Iterator[Lists]


def ids(hits: list[allonym.Hit]) -> list[str]:
    return [hit.entity_id for hit in hits]


@pytest.fixture
def lists(data: Path) -> Opened:
    """The register, for one test."""
    with allonym.open(data) as opened:
        yield opened


def test_update_an_ftm_file(lists: Lists) -> None:
    (outcome,) = lists.update("ftm", path=PEOPLE_2024, name="mine", as_of="2024-01-31")
    assert (outcome.source, outcome.state, outcome.status) == ("mine", "loaded", 0)
    assert outcome.snapshot is not None and outcome.snapshot.date == "2024-01-31"
    (hits,) = lists.screen(["Tomasz Brzezicki"])
    assert ids(hits) == ["p-tomasz"]
    (again,) = lists.update("ftm", path=str(PEOPLE_2024), name="mine", as_of="2024-01-31")
    assert (again.state, again.snapshot) == ("unchanged", outcome.snapshot)


def test_update_is_seen_by_the_same_object_and_by_others(lists: Lists, data: Path) -> None:
    with allonym.open(data) as other:
        assert list(other.screen(["Tomasz Brzezicki"])) == [[]]
        lists.update("ftm", path=PEOPLE_2024, name="mine", as_of="2024-01-31")
        for opened in (lists, other):
            assert [ids(hits) for hits in opened.screen(["Tomasz Brzezicki"])] == [["p-tomasz"]]


def test_update_out_of_order_gives_one_history(lists: Lists) -> None:
    lists.update("ftm", path=PEOPLE_2025, name="mine", as_of="2025-01-31")
    lists.update("ftm", path=PEOPLE_2024, name="mine", as_of="2024-01-31")
    asked = ["Tomasz Brzezicki", "Yevhen Drahunenko"]
    assert [ids(hits) for hits in lists.screen(asked)] == [[], ["p-yevhen"]]
    assert [ids(hits) for hits in lists.screen(asked, as_of="2024-12-31")] == [["p-tomasz"], []]
    found = lists.diff("mine")
    assert [entry.entity_id for entry in found.added] == ["p-yevhen"]
    assert [entry.entity_id for entry in found.removed] == ["p-tomasz"]


def test_update_tells_how_far_it_is(lists: Lists) -> None:
    heard: list[tuple[str, int]] = []
    lists.update("ftm", path=PEOPLE_2024, name="mine", progress=lambda source, done: heard.append((source, done)))
    (snapshot,) = [s for s in lists.snapshots() if s.source == "mine"]
    assert heard == [("mine", snapshot.counts["statements"])]


def test_update_raises_for_what_cannot_be_loaded_at_all(lists: Lists, data: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no list is called 'nope'"):
        lists.update("nope")
    with pytest.raises(UsageError, match="an FtM file is loaded alone"):
        lists.update("ftm", path=PEOPLE_2024)
    with pytest.raises(InputError, match="no such file"):
        lists.update(path=tmp_path / "nope")
    with pytest.raises(TypeError):
        lists.update("register", nope=True)
    with allonym.open(data) as other, other.store.loading(), pytest.raises(LockedError, match="is loading"):
        lists.update("register")
    assert issubclass(ListError, InputError) and issubclass(LockedError, AllonymError)


def test_update_gives_an_outcome_for_what_a_list_holds(lists: Lists, tmp_path: Path) -> None:
    whole = (EXCERPTS / "un_sc.xml").read_bytes()
    (tmp_path / "cut.xml").write_bytes(whole[:9_000])
    (outcome,) = lists.update(path=tmp_path / "cut.xml")
    assert (outcome.source, outcome.state, outcome.status, outcome.snapshot) == ("un_sc", "failed", 2, None)
    assert "the XML breaks off" in outcome.message and "\n" not in outcome.message


# -- update from publishers ------------------------------------------------------------------------------------------


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def publishers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that is served at the addresses of two publishers, ch_seco and un_sc."""
    folder = tmp_path / "site"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    found = {}
    for name, source in catalogue.sources().items():
        here = dict.fromkeys(("list.xml",), f"http://127.0.0.1:{server.server_port}/{name}.xml")
        found[name] = replace(source, downloads=here if name in ("ch_seco", "un_sc") else {})
    monkeypatch.setattr(catalogue, "sources", lambda: found)
    yield folder
    server.shutdown()
    thread.join()
    server.server_close()


def test_update_from_the_publishers(lists: Lists, publishers: Path) -> None:
    (publishers / "ch_seco.xml").write_bytes((EXCERPTS / "ch_seco_small.xml").read_bytes())
    heard: set[tuple[str, str]] = set()
    options = {"fetching": lambda source, file, done, total: heard.add((source, file))}
    (outcome,) = lists.update("ch_seco", **options)
    assert (outcome.source, outcome.state) == ("ch_seco", "loaded")
    assert heard == {("ch_seco", "list.xml")}
    (again,) = lists.update("ch_seco")
    assert again.state == "unchanged"


def test_a_publisher_that_fails_does_not_stop_the_others(data: Path, publishers: Path) -> None:
    (publishers / "ch_seco.xml").write_bytes((EXCERPTS / "ch_seco_small.xml").read_bytes())
    ran = command("update", data=data)
    assert ran.status == 1
    assert ran.text.startswith("+ ch_seco: 2024-01-17, 3 entries")
    assert ran.told[0].startswith("! ") and "404" in ran.told[0]
    assert ran.told[-1] == "allonym: 1 of 2 lists not loaded (un_sc); what was there is kept"


def test_a_publishers_list_below_its_floor_is_refused(data: Path, publishers: Path) -> None:
    """What a publisher sends is the list or nothing: there it is no extract."""
    (publishers / "un_sc.xml").write_bytes((EXCERPTS / "un_sc.xml").read_bytes())
    before = command("sources", "--format", "json", data=data).out
    line = command("update", "un_sc", data=data).complaint(1)
    assert "and this list has at least 450" in line and "use --accept-shrinkage" in line
    assert command("sources", "--format", "json", data=data).out == before

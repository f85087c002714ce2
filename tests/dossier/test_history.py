"""Real delistings and additions between four snapshots of the UN's list and three of OFAC's, on the days they show.

What is held here was found in the snapshots themselves; excerpts of them are in `data`, the whole ones in ../shared.
"""

import csv
import io
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import allonym
from allonym.dossier import build
from allonym.dossier.dossier import State
from allonym.errors import NotFoundError
from allonym.lists import Lists
from tests.command import command, copied

SHARED = Path(__file__).parents[3] / "shared" / "lists"
REAL = (
    "un_sc/un_consolidated_2020-11.xml", "un_sc/un_consolidated_2024-05-15.xml", "un_sc/un_consolidated_2025-04-19.xml",
    "un_sc/un_consolidated_2026-02-27.xml", "us_ofac_sdn/csv_2021-07", "us_ofac_sdn/csv_2022-01",
    "us_ofac_sdn/xml_2024-05-07",
)  # fmt: skip
UN, OFAC = ("2020-11-24", "2024-05-15", "2025-04-19", "2026-02-27"), ("2021-07-31", "2022-01-31", "2024-05-07")
#: Delisted by the UN: Syria's president of today, a Frenchman who had served his sentence, Yemen's former president.
JAWLANI, DUMONT, SALEH, KHATTAB = "un-3020633", "un-112038", "un-6908436", "un-6908416"
ZAWAHIRI, AYMAN, ABDIKADIR = "un-111923", "un-6908854", "un-6909265"
#: Off the UN's list when resolution 2231 let it go, and on it again when the measures came back in September 2025.
YAS_AIR = "un-110327"
#: OFAC let the FARC go on 30 November 2021 and listed FARC-EP; one of its men went with it.
FARC, FARC_EP, CABANA, PUTIN, MADURO, SBERBANK = (
    "ofac-4711", "ofac-33983", "ofac-10393", "ofac-35096", "ofac-22790", "ofac-17018"
)  # fmt: skip


def real_lists(folder: Path) -> Path:
    """Copies of the lists in one folder, so that one update loads them all."""
    if not all((SHARED / name).exists() for name in REAL):
        pytest.skip(f"the real lists are not in {SHARED}")
    for name in REAL:
        copy = shutil.copytree if (SHARED / name).is_dir() else shutil.copy
        copy(SHARED / name, folder / Path(name).name)
    return folder


@pytest.fixture(scope="module", params=["excerpts", pytest.param("real", marks=pytest.mark.shared)])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, new_folder: Path) -> Path:
    target = tmp_path_factory.mktemp("history")
    data = copied(new_folder, target / "data")
    if request.param == "real":
        (target / "lists").mkdir()
        ran = command("update", "--from", real_lists(target / "lists"), data=data)
    else:
        ran = command("update", "--from", Path(__file__).parent / "data", "--accept-shrinkage", data=data)
    assert ran.status == 0, ran
    return data


@pytest.fixture(scope="module")
def lists(folder: Path) -> Iterator[Lists]:
    with allonym.open(folder) as opened:
        yield opened


#: Who stood in which snapshots of its list.
PRESENCE = [
    (JAWLANI, UN[:3]), (DUMONT, UN[:2]), (SALEH, UN[:2]), (KHATTAB, UN[:3]), (ZAWAHIRI, UN), (AYMAN, UN[1:]),
    (ABDIKADIR, UN[2:]), (YAS_AIR, (UN[0], UN[3])), (FARC, OFAC[:1]), (FARC_EP, OFAC[1:]), (CABANA, OFAC[:1]),
    (PUTIN, OFAC[2:]), (MADURO, OFAC), (SBERBANK, OFAC[2:]),
]  # fmt: skip


@pytest.mark.parametrize(("entity", "dates"), PRESENCE, ids=[entity for entity, _ in PRESENCE])
def test_in_force_as_long_as_it_was_listed(lists: Lists, entity: str, dates: tuple[str, ...]) -> None:
    every = UN if entity.startswith("un-") else OFAC
    source = "un_sc" if every is UN else "us_ofac_sdn"
    for day in every:
        if day in dates:
            states = [s.state for s in build(lists, entity, as_of=day).standings if s.source == source]
            assert states and set(states) == {State.IN_FORCE}, day
        elif day > min(dates):
            states = [s.state for s in build(lists, entity, as_of=day).standings if s.source == source]
            assert states and set(states) == {State.ENDED}, day
        else:
            with pytest.raises(NotFoundError):
                build(lists, entity, as_of=day)


@pytest.mark.parametrize(("entity", "dates"), PRESENCE, ids=[entity for entity, _ in PRESENCE])
def test_the_time_line_shows_it_in_the_snapshot_that_first_did(
    lists: Lists, entity: str, dates: tuple[str, ...]
) -> None:
    every = UN if entity.startswith("un-") else OFAC
    source = "un_sc" if every is UN else "us_ofac_sdn"  # the actor may stand in the other list too
    told = [e for e in build(lists, entity).events if e.kind == "list" and e.source == source]
    events = [(e.date, e.text.partition(" of ")[0]) for e in told]
    came = [day for day, text in events if text == "first in the snapshot"]
    assert came == ([min(dates)] if min(dates) != every[0] else [])
    back = [day for day, text in events if text == "again in the snapshot"]
    assert back == (["2026-02-27"] if entity == YAS_AIR else [])
    went = [day for day, text in events if " any more in the snapshot" in text]
    gone = [day for before, day in pairwise(every) if before in dates and day not in dates]
    assert went == gone


@pytest.mark.parametrize(
    ("day", "state"),
    [("2014-09-22", None), ("2014-09-23", State.IN_FORCE), ("2025-04-19", State.IN_FORCE),
     ("2026-02-26", State.IN_FORCE), ("2026-02-27", State.ENDED), (None, State.ENDED)],
)  # fmt: skip
def test_a_delisting_day_by_day(lists: Lists, day: str | None, state: State | None) -> None:
    found = build(lists, KHATTAB, as_of=day)
    assert [s.state for s in found.standings if s.source == "un_sc"] == ([] if state is None else [state])
    assert bool(found.consequences) is (state is State.IN_FORCE)
    before = day is not None and day < UN[0]
    assert any(f"before the first snapshot of un_sc of {UN[0]}" in note for note in found.notes) is before
    gone = [e for e in found.events if "not on un_sc any more" in e.text]
    assert [e.date for e in gone] == (["2026-02-27"] if state is State.ENDED else [])


def hits(ran: object, entity: str) -> list[str]:
    rows = csv.DictReader(io.StringIO(ran.text, newline=""))  # type: ignore[attr-defined]
    return [row["snapshots"] for row in rows if entity in row["referents"].split("; ")]


@pytest.mark.parametrize(
    ("name", "entity", "dates"),
    [("Lionel Dumont", DUMONT, UN[:2]), ("Yas Air", YAS_AIR, (UN[0], UN[3])),
     ("Revolutionary Armed Forces of Colombia", FARC, OFAC[:1]), ("Vladimir Putin", PUTIN, OFAC[2:])],
)  # fmt: skip
def test_a_screening_of_a_past_day(folder: Path, name: str, entity: str, dates: tuple[str, ...]) -> None:
    every = UN if entity.startswith("un-") else OFAC
    source = "un_sc" if every is UN else "us_ofac_sdn"
    for day in every:
        ran = command("screen", name, "--as-of", day, "--sources", source, "--format", "csv", data=folder)
        assert hits(ran, entity) == ([f"{source}@{day}"] if day in dates else []), day


def test_a_day_before_the_first_snapshot_says_so(folder: Path) -> None:
    told = command("screen", "Lionel Dumont", "--as-of", "2019-01-01", data=folder).complaint(1)
    assert told == f"allonym: nothing is known as of 2019-01-01: the first snapshot is of {UN[0]}"
    ran = command("screen", "Lionel Dumont", "--as-of", "2020-12-01", data=folder)
    assert ran.status == 0
    notes = [line for line in ran.told if line.startswith("note: ")]
    assert any(line.startswith("note: us_ofac_sdn has no snapshot of 2020-12-01 or before (its first is of 2021-07-31, "
                               "loaded ") and line.endswith(") and was not searched") for line in notes)  # fmt: skip
    refused = command("screen", "x y", "--as-of", "2020-12-01", "--sources", "us_ofac_sdn", data=folder).complaint(1)
    assert "us_ofac_sdn has no snapshot of 2020-12-01 or before: its first is of 2021-07-31" in refused
    shown = command("show", DUMONT, "--as-of", "2004-07-01", data=folder)
    assert f"before the first snapshot of un_sc of {UN[0]}" in " ".join(shown.text.split())


def test_evidence_of_a_past_day_names_its_snapshots(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "page.html"
    command("screen", "Lionel Dumont", "--as-of", "2024-06-01", "--evidence", output, data=folder)
    page = output.read_text()
    assert "as they stood: 2024-06-01" in page and "un_sc@2024-05-15" in page and "register has no snapshot" in page
    assert "2026-02-27" not in page


def test_the_counts_are_those_of_the_differences(folder: Path) -> None:
    """What `timeline` counts is what `diff` tells, snapshot by snapshot."""
    for source, dates in (("un_sc", UN), ("us_ofac_sdn", OFAC)):
        ran = command("timeline", source, "--by", "source", "--format", "csv", data=folder)
        rows = list(csv.DictReader(io.StringIO(ran.text, newline="")))
        added = removed = 0
        for old, new in pairwise(dates):
            told = command("diff", source, old, new, "--format", "json", data=folder).json
            added, removed = added + len(told["added"]), removed + len(told["removed"])
        first = _entries(folder, source, dates[0])
        assert sum(int(row["removed"]) for row in rows) == removed
        assert sum(int(row["added"]) for row in rows) == first + added


def _entries(folder: Path, source: str, day: str) -> int:
    rows = command("sources", "--all", "--source", source, "--format", "json", data=folder).json
    return next(sum(row["entries"].values()) for row in rows if row["snapshot"] == day)

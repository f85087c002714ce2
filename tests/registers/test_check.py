"""The checker: clean on the register that ships, and one test for each thing it must object to."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import allonym.registers.check as check
from allonym.registers.check_measures import is_before, is_day
from allonym.registers.records import ABOUT, FILES, load

SHIPPED = Path(check.__file__).parent
FTO = "us-state-fto-tren-de-aragua-2025-02-20"
REWARD = "us-state-reward-nicolas-maduro-2025-08-07"
REMOVAL = "us-ofac-removal-delcy-rodriguez-2026-04"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (ABOUT, *FILES):
        shutil.copy(SHIPPED / name, tmp_path / name)
    return tmp_path


def edit(folder: Path, file: str, record_id: str, change: Callable[[dict[str, Any]], object]) -> None:
    path = folder / file
    records = json.loads(path.read_text(encoding="utf-8"))
    change(next(record for record in records if record["id"] == record_id))
    path.write_text(json.dumps(records), encoding="utf-8")


def test_the_register_that_ships_has_no_problem() -> None:
    assert check.problems(SHIPPED) == []


def test_the_command_says_so_and_exits_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main([]) == 0
    assert capsys.readouterr().out.endswith("0 problems\n")


def test_the_command_exits_with_1_and_names_the_measure(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder, "measures.json", FTO, lambda m: m.update(targets=["reg-nobody"]))
    assert check.main([str(folder)]) == 1
    assert f"{FTO}: 'reg-nobody' is not in actors.json" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("record_id", "change", "told"),
    [
        (FTO, {"type": "frown"}, "'frown' is no type of measure"),
        (FTO, {"type": "fto"}, "'fto' is no type of measure"),
        (FTO, {"subtype": "un_listing"}, "'un_listing' is no sub-type of terrorist_designation"),
        (FTO, {"authority": "us-nobody"}, "its authority 'us-nobody' is not in authorities.json"),
        (FTO, {"other_authorities": ["reg-tren-de-aragua"]}, "its authority 'reg-tren-de-aragua' is not in"),
        (FTO, {"targets": []}, "has no target and no target_text"),
        (FTO, {"targets": ["reg-ms-13", "reg-ms-13"]}, "names reg-ms-13 twice"),
        (FTO, {"concerns": ["reg-tren-de-aragua"]}, "names reg-tren-de-aragua twice"),
        (FTO, {"programs": ["FTP"]}, "'FTP' is no known program"),
        (FTO, {"dates": []}, "has no date"),
        (FTO, {"dates": [{"kind": "effective", "date": "2025-02-30"}]}, "effective '2025-02-30' is no date"),
        (FTO, {"dates": [{"kind": "effective", "date": "20 Feb 2025"}]}, "effective '20 Feb 2025' is no date"),
        (FTO, {"dates": [{"kind": "begun", "date": "2025-02-20"}]}, "'begun' is no kind of date"),
        (FTO, {"dates": [{"kind": "signed", "date": "2025"}, {"kind": "signed", "date": "2024"}]}, "two dates of the"),
        (FTO, {"dates": [{"kind": "effective", "date": "2031-01-01"}]}, "is later than the register"),
        (
            FTO,
            {"dates": [{"kind": "signed", "date": "2025-02-06"}, {"kind": "effective", "date": "2025-02-05"}]},
            "effective 2025-02-05 is before signed 2025-02-06",
        ),
        (
            REMOVAL,
            {"dates": [{"kind": "not_before", "date": "2026-04-24"}, {"kind": "not_after", "date": "2026-04-23"}]},
            "not_after 2026-04-23 is before not_before 2026-04-24",
        ),
        (FTO, {"confidence": "certain"}, "confidence 'certain' is none of high, medium, low"),
        (FTO, {"status": "done"}, "status 'done' is none of"),
        (FTO, {"citations": []}, "has no citation"),
        (FTO, {"citations": [{"title": "here", "url": "file:lists/x"}]}, "'file:lists/x' is no web address"),
        (FTO, {"citations": [{"title": "FR", "document": "FR Doc. 2025", "official": True}]}, "is written FR Doc."),
        (FTO, {"citations": [{"title": "FR", "document": "FR Doc. 2025-02873"}]}, "does not mark it official"),
        (REWARD, {"currency": "US$"}, "'US$' is no ISO 4217 code"),
        (REWARD, {"amount": -1}, "amount -1 is not positive"),
        (FTO, {"amount": 5}, "amount and currency go together"),
        (FTO, {"count": 0}, "count 0 is less than its 1 targets"),
    ],
)
def test_a_wrong_measure_is_one_problem_that_names_it(
    folder: Path, record_id: str, change: dict[str, Any], told: str
) -> None:
    edit(folder, "measures.json", record_id, lambda record: record.update(change))
    found = check.problems(folder)
    assert any(problem.startswith(f"{record_id}: ") and told in problem for problem in found), found


@pytest.mark.parametrize(
    ("file", "record_id", "change", "told"),
    [
        ("actors.json", "reg-ms-13", {"schema": "Gang"}, "reg-ms-13: 'Gang' is no FtM schema"),
        ("actors.json", "reg-ms-13", {"countries": ["Salvador"]}, "'Salvador' is no country code"),
        ("actors.json", "reg-ms-13", {"parent": "reg-nobody"}, "refers to 'reg-nobody', which is not there"),
        ("actors.json", "reg-ms-13", {"parent": "reg-ms-13"}, "reg-ms-13: is its own ancestor"),
        ("actors.json", "reg-ms-13", {"id": "ms-13"}, "ms-13: the id of an actor begins with reg-"),
        ("actors.json", "reg-ms-13", {"id": "reg-eln"}, "reg-eln: the id of two actor or authority records"),
        ("actors.json", "reg-ms-13", {"names": []}, "needs exactly one primary name"),
        (
            "actors.json",
            "reg-ms-13",
            {"names": [{"text": "MS-13", "kind": "primary"}]},
            "reg-ms-13: the name 'MS-13' has no origin",
        ),
        (
            "actors.json",
            "reg-ms-13",
            {"properties": [{"prop": "birthDate", "value": "1980", "origin": "x"}]},
            "Organization has no property 'birthDate'",
        ),
        (
            "actors.json",
            "reg-giovanni-mosquera",
            {"maybe_same_as": []},
            "may be reg-giovanni-mosquera, which does not say so",
        ),
        ("actors.json", "reg-el-mayo", {"parent": "reg-el-mencho"}, "cannot be a member of the person reg-el-mencho"),
        ("authorities.json", "us-ofac", {"parent": "us-nobody"}, "refers to 'us-nobody', which is not there"),
        ("authorities.json", "us-ofac", {"schema": "Person"}, "us-ofac: an authority is a PublicBody"),
        ("authorities.json", "us-ofac", {"id": "us-aaaa"}, "its authority 'us-ofac' is not in authorities.json"),
        ("measure_types.json", "fto", {"parent": "sdgt"}, "its parent 'sdgt' is no type of measure"),
        ("measure_types.json", "fto", {"entity": "Listing"}, "fto: entity 'Listing' is none of"),
        ("measure_types.json", "fto", {"topics": ["terror"]}, "fto: 'terror' is no FtM topic"),
        ("programs.json", "UN-2653", {"authority": "un"}, "UN-2653: its authority 'un' is not in"),
    ],
)
def test_a_wrong_record_is_a_problem_that_names_it(
    folder: Path, file: str, record_id: str, change: dict[str, Any], told: str
) -> None:
    edit(folder, file, record_id, lambda record: record.update(change))
    found = check.problems(folder)
    assert any(told in problem for problem in found), found


def test_two_actors_cannot_be_the_same_list_entry(folder: Path) -> None:
    edit(folder, "actors.json", "reg-ms-13", lambda a: a["references"][0].update(id="ofac-4706"))
    assert "ofac-4706: the id of two list entry records" in check.problems(folder)


def test_a_superseded_reward_needs_its_successor(folder: Path) -> None:
    edit(folder, "measures.json", REWARD, lambda m: m.update(status="superseded"))
    assert any("is superseded, but no later narcotics_rewards" in problem for problem in check.problems(folder))


def test_the_same_fact_twice_is_a_problem(folder: Path) -> None:
    path = folder / "measures.json"
    records = json.loads(path.read_text(encoding="utf-8"))
    records.append({**records[-1], "id": "zz"})
    path.write_text(json.dumps(records), encoding="utf-8")
    assert check.problems(folder) == [f"zz: says the same as {records[-2]['id']}"]


def test_files_stay_sorted(folder: Path) -> None:
    path = folder / "actors.json"
    records = json.loads(path.read_text(encoding="utf-8"))
    records[0], records[1] = records[1], records[0]
    path.write_text(json.dumps(records), encoding="utf-8")
    assert check.problems(folder) == [f"{records[1]['id']}: out of order in actors.json"]


def test_as_of_is_a_day(folder: Path) -> None:
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    (folder / ABOUT).write_text(json.dumps({**about, "as_of": "2027-13"}), encoding="utf-8")
    assert any("as_of '2027-13' is no day" in problem for problem in check.problems(folder))


@given(st.dates())
def test_every_day_month_and_year_is_a_date(day: Any) -> None:
    text = day.isoformat()
    assert is_day(text)
    assert is_day(text[:7])
    assert is_day(text[:4])


@given(st.text(max_size=12))
def test_what_is_a_date_has_the_shape_of_one(text: str) -> None:
    assert not is_day(text) or (text.isascii() and text.replace("-", "").isdigit() and len(text) in (4, 7, 10))


@given(st.dates(), st.dates())
def test_days_compare_as_days_and_a_year_is_never_before_its_own_day(first: Any, second: Any) -> None:
    assert is_before(first.isoformat(), second.isoformat()) == (first < second)
    assert not is_before(first.isoformat()[:4], first.isoformat())
    assert not is_before(first.isoformat(), first.isoformat()[:4])


def test_the_shipped_register_is_whole() -> None:
    register = load(SHIPPED)
    assert len(register.acts) == 125
    assert {"us-president", "us-white-house", "us-dod", "us-doj", "us-dhs", "us-odni", "us-treasury", "us-ofac"} <= {
        authority.entity_id for authority in register.authorities
    }

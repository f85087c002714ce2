"""`allonym cases` and `allonym audit` as a user meets them."""

import json
from pathlib import Path

import pytest

from tests.command import Ran, command, copied

from .conftest import publish


@pytest.fixture
def opened(data: Path) -> Path:
    """A data folder with alerts 1 and 2 and a policy."""
    publish(data, "2024-01-01")
    ran = command("cases", "open", "Quinby Oxenthorpe", "one", "--id", "4711", "--fact", "birthDate=1984",
                  "--schema", "Person", "--by", "Ana", data=data)  # fmt: skip
    assert ran.lines == ["alert 1: 4711 / Quinby Oxenthorpe: open; version 1"]
    assert command("cases", "open", "Wulfric Penhallow", "two", "--by", "Ana", data=data).status == 0
    (data / "cases.toml").write_text(
        '[four_eyes]\ntrue_match = true\n[people]\nAna = "analyst"\nBo = "reviewer"\nCy = "admin"\n'
    )
    return data


def cases(folder: Path, *words: object) -> Ran:
    return command("cases", *words, data=folder)


MATCH = ("--as", "true_match", "--reason", "confirmed_identifier")


def test_the_whole_way(opened: Path, tmp_path: Path) -> None:
    assert cases(opened, "assign", 1, 2, "--to", "ana", "--by", "Bo").status == 0
    assert cases(opened, "due", 1, "--day", "2026-12-01", "--by", "Ana").status == 0
    assert cases(opened, "note", 1, "--text", "asked the branch", "--by", "Ana").status == 0
    file = tmp_path / "passport.txt"
    file.write_bytes(b"AB1234567")
    assert "passport.txt, text/plain, 9 bytes" in cases(opened, "attach", 1, file, "--by", "Ana").text
    assert cases(opened, "escalate", 1, "--by", "Ana").text.endswith("escalated; version 6\n")
    ran = cases(opened, "close", 1, *MATCH, "--by", "Ana", "--step", "list=sanctions", "--step", "kind=same")
    assert "escalated, proposed as true match by Ana; version 7" in ran.text
    assert "Ana is analyst and may not approve" in cases(opened, "approve", 1, "--by", "Ana").complaint(1)
    assert cases(opened, "list", "--state", "waiting").lines[0].startswith("     1")
    assert cases(opened, "reject", 1, "--text", "look again", "--by", "Bo").status == 0
    assert cases(opened, "close", 1, *MATCH, "--by", "Ana").status == 0
    assert "closed as true match; version 10" in cases(opened, "approve", 1, "--by", "Bo").text
    line = cases(opened, "close", 1, *MATCH, "--by", "Bo").complaint(1)
    assert "Ana closed it as true match (confirmed_identifier) at 20" in line and "approved by Bo" in line
    assert "not as you saw it: Bo did approve" in cases(
        opened, "reopen", 1, "--text", "x", "--seen", 9, "--by", "Cy").complaint(1)  # fmt: skip
    told = cases(opened, "show", 1, "--steps").text
    for part in ("customer 4711: Person", "birthDate: 1984", "passportNumber: AB1234567", "approved by Bo",
                 "sum, a score", "passport.txt", "asked the branch", "step similar:", "--step kind=other"):  # fmt: skip
        assert part in told, part
    kept = cases(opened, "show", 1, "--format", "json").json
    assert kept["alert"]["decision"]["approved_by"] == "Bo" and len(kept["history"]) == 10
    (attachment,) = kept["attachments"]
    copy = tmp_path / "copy.txt"
    assert cases(opened, "attach", 1, copy, "--get", attachment["sha256"][:8]).status == 0
    assert copy.read_bytes() == b"AB1234567"
    assert "is there already" in cases(opened, "attach", 1, copy, "--get", attachment["sha256"]).complaint(2)
    assert cases(opened, "list", "--state", "closed", "--format", "json").json["total"] == 1
    assert cases(opened, "list", "--state", "undecided").status == 1
    exported = cases(opened, "export").json_lines
    assert [row["alert"]["alert"]["number"] for row in exported[:-1]] == [1, 2] and exported[-1]["whole"]
    assert cases(opened, "refresh").text == "opened again: 0; refreshed: 0\n"
    assert command("audit", "verify", data=opened).lines[-2] == "as it was written"


def test_roles_and_retention(opened: Path) -> None:
    assert "Eve has no role" in cases(opened, "note", 1, "--text", "x", "--by", "Eve").complaint(1)
    assert "Ana is analyst and may not erase" in cases(opened, "erase", 1, "--text", "x", "--by", "Ana").complaint(1)
    assert "has not been kept for 10 years" in cases(opened, "erase", 1, "--text", "x", "--by", "Cy").complaint(1)
    assert cases(opened, "erase", "--expired", "--text", "x", "--by", "Cy").status == 1
    assert "name alerts, or give --expired" in cases(opened, "erase", "--text", "x").complaint(2)
    with (opened / "cases.toml").open("a") as file:
        file.write("[retention]\nearly = true\n")
    ran = cases(opened, "erase", 1, "--text", "x", "--by", "Cy", "--format", "json")
    assert ran.json == {"erased": [1], "entries": 1}
    assert "no alert 1" in cases(opened, "show", 1).complaint(1)


def test_a_policy_that_is_wrong_stops_every_act_and_no_look(opened: Path) -> None:
    (opened / "cases.toml").write_text("[four_eyes]\nfalse_alarms = true\n")
    line = cases(opened, "note", 1, "--text", "x").complaint(2)
    assert "cases.toml, line 2: no false_alarms in [four_eyes]" in line
    assert cases(opened, "show", 1).status == 0


def test_the_audit_commands(opened: Path, tmp_path: Path) -> None:
    verify = command("audit", "verify", "--format", "json", data=opened).json
    head = f"{verify['report']['head']['number']}:{verify['report']['head']['hash']}"
    path = tmp_path / "audit.jsonl"
    assert command("audit", "export", "--output", path, data=opened).status == 0
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    assert rows[-1]["head"] == head and len(rows) == 3
    old = copied(opened, tmp_path / "old")
    assert cases(opened, "note", 1, "--text", "x", "--by", "Ana").status == 0
    assert command("audit", "verify", "--head", head, "--against", path, data=opened).status == 0
    late = command("audit", "verify", "--format", "json", data=opened).json["report"]["head"]
    ran = command("audit", "verify", "--head", f"{late['number']}:{late['hash']}", data=old)
    assert ran.status == 1 and "its end was cut off, or an old copy was restored" in ran.text
    assert "--head" in command("audit", "verify", "--head", "7", data=opened).complaint(2)
    more = command("audit", "export", "--since", 2, data=opened).json_lines
    assert [row.get("number") for row in more] == [3, None]


def test_the_script_in_the_documentation_verifies_an_export(opened: Path, tmp_path: Path) -> None:
    import subprocess
    import sys

    text = (Path(__file__).parents[2] / "docs" / "cases.md").read_text()
    script = text.partition("### To verify it by hand")[2].partition("```python\n")[2].partition("```")[0]
    assert command("audit", "export", "--output", tmp_path / "audit.jsonl", data=opened).status == 0
    words = [sys.executable, "-c", script]
    assert subprocess.run(words, cwd=tmp_path, timeout=60).returncode == 0
    changed = (tmp_path / "audit.jsonl").read_text().replace("Ana", "Eve", 1)
    (tmp_path / "audit.jsonl").write_text(changed)
    assert subprocess.run(words, cwd=tmp_path, timeout=60, capture_output=True).returncode == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("open", "x y", "one", "--fact", "birthDate"), "write PROPERTY=VALUE"),
        (("open", "x y", "nobody-at-all"), "no entity"),
        (("close", "1", "--as", "open", "--reason", "x"), "is not one of 'true_match', 'false_alarm', 'undecided'"),
        (("close", "1", "2", *MATCH, "--seen", "1"), "--seen is of one alert"),
        (("attach", "1"), "name a file"),
        (("attach", "1", "/no/such/file"), "cannot be read"),
        (("show", "99"), "no alert 99; see them with: allonym cases list"),
        (("nothing",), "No such command"),
    ],
)
def test_wrong_use(words: tuple[str, ...], told: str, opened: Path) -> None:
    (opened / "cases.toml").unlink()
    ran = cases(opened, *words)
    assert ran.status in (1, 2) and told in ran.err and len(ran.told) == 1

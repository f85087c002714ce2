"""The whole of `allonym update`, killed at any moment, and beside others: what answers is the old or the new state."""

import json
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.command import HERE, Ran, command, copied

KILLS = 40
#: Commands that are killed from their first instruction on, the start of the interpreter included.
WHOLE_KILLS = 6
NAMES = ("Wulfric Oates 7", "Aldous Penhallow 7", "Cartel of the Suns", "Quinby Oxenthorpe")


@contextmanager
def running(what: str, *first: object) -> Iterator[subprocess.Popen[str]]:
    """A process of `running.py`; its standard input is closed at the end, and it must end well."""
    words = [sys.executable, "-m", "tests.running", what]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE.parent) as process:
        assert process.stdin and process.stdout
        if first:
            say(process, [str(word) for word in first])
        try:
            yield process
        finally:
            if not process.stdin.closed:
                process.stdin.close()
            rest = process.stdout.read()
    assert process.returncode == 0, rest


def say(process: subprocess.Popen[str], what: list[Any]) -> None:
    assert process.stdin
    process.stdin.write(json.dumps(what) + "\n")
    process.stdin.flush()


def hear(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def people(folder: Path, day: str, first: str, count: int) -> None:
    """Two lists of that day, in a folder named after it; everybody in them has `first` as first name."""
    for name, surname in (("oates", "Oates"), ("penhallow", "Penhallow")):
        path = folder / day / f"{name}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        persons = ({"id": f"{name}-{n}", "schema": "Person", "properties": {"name": [f"{first} {surname} {n}"]}}
                   for n in range(count))  # fmt: skip
        path.write_text("".join(json.dumps(person) + "\n" for person in persons))


@dataclass(frozen=True, slots=True)
class Answers:
    """All that a data folder says of itself: its lists, and the answers to some names."""

    sources: list[dict[str, Any]]
    hits: bytes
    past: bytes

    @classmethod
    def of(cls, data: Path) -> "Answers":
        rows = command("sources", "--all", "--format", "json", data=data).json
        sources = [{key: value for key, value in row.items() if key != "loaded_at"} for row in rows]
        hits = command("screen", *NAMES, "--format", "csv", data=data)
        past = command("screen", *NAMES, "--as-of", "2099-01-01", "--format", "csv", data=data)
        assert (hits.status, past.status) == (0, 0)
        return cls(sources, hits.out, past.out)


@dataclass(frozen=True, slots=True)
class Loads:
    """An old state, the lists that an update loads, and the new state."""

    folder: Path
    lists: Path
    old: Answers
    new: Answers

    def words(self, data: Path) -> list[str]:
        return ["update", "--from", str(self.lists), "--data", str(data)]


@pytest.fixture(scope="module")
def loads(tmp_path_factory: pytest.TempPathFactory, new_folder: Path) -> Loads:
    root = tmp_path_factory.mktemp("kill")
    people(root / "before", "2024-01-31", "Wulfric", 40)
    people(root / "lists", "2025-01-31", "Aldous", 150)
    folder = copied(new_folder, root / "old")
    assert command("update", "--from", root / "before", data=folder).status == 0
    loaded = copied(folder, root / "new")
    assert command("update", "--from", root / "lists", data=loaded).status == 0
    found = Loads(folder, root / "lists", Answers.of(folder), Answers.of(loaded))
    assert b"Wulfric" in found.old.hits and b"Aldous Oates" not in found.old.hits
    assert b"Aldous Penhallow" in found.new.hits and found.old.sources != found.new.sources
    return found


def check(loads: Loads, data: Path) -> bool:
    """The folder answers as before or after the update, and the next update works; whether it was the new state."""
    found = Answers.of(data)
    assert found in (loads.old, loads.new)
    ran = command(*loads.words(data))
    assert ran.status == 0, ran
    assert Answers.of(data) == loads.new
    assert not (data / "allonym.lock.holder").exists()
    return found == loads.new


def test_killed_at_random_points(loads: Loads, tmp_path: Path) -> None:
    rng = random.Random(20260227)
    ended = []
    with running("forked") as process:
        durations = []
        for number in range(3):
            data = copied(loads.folder, tmp_path / f"whole {number}")
            began = time.monotonic()
            say(process, [None, loads.words(data)])
            assert hear(process) == "0"
            durations.append(time.monotonic() - began)
        assert check(loads, data)
        for kill in range(KILLS):
            data = copied(loads.folder, tmp_path / str(kill))
            say(process, [rng.uniform(0, min(durations)) if kill else 0, loads.words(data)])
            assert hear(process) in ("0", str(-signal.SIGKILL))
            ended.append(check(loads, data))
            shutil.rmtree(data)
    assert not ended[0]  # killed before it could do anything


def test_the_whole_command_is_killed(loads: Loads, tmp_path: Path) -> None:
    rng = random.Random(7)
    for kill in range(WHOLE_KILLS):
        data = copied(loads.folder, tmp_path / str(kill))
        words = [sys.executable, "-m", "allonym", *loads.words(data)]
        with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(rng.uniform(0.3, 1.5))
            process.kill()
        check(loads, data)


def test_a_new_data_folder_killed_while_it_is_made(tmp_path: Path, new_folder: Path) -> None:
    rng = random.Random(11)
    words = ["sources", "--format", "json"]
    expected = [{**row, "loaded_at": ""} for row in command(*words, data=new_folder).json]
    with running("forked") as process:
        for kill in range(10):
            data = tmp_path / str(kill)
            say(process, [rng.uniform(0, 0.3), [*words, "--data", str(data)]])
            hear(process)
            assert [{**row, "loaded_at": ""} for row in command(*words, data=data).json] == expected


def test_two_processes_screen_while_a_third_loads(loads: Loads, tmp_path: Path) -> None:
    """Every answer is the old or the new one, none older than the one before, and none an error."""
    data = copied(loads.folder, tmp_path / "data")
    ask = ["screen", *NAMES, "--format", "csv", "--data", str(data)]
    heard: list[tuple[Ran, Ran]] = []
    with running("asked") as first, running("asked") as second:

        def round_of_questions() -> None:
            say(first, ask)
            say(second, [*ask, "--as-of", "2099-01-01"])
            heard.append((answer(first), answer(second)))

        round_of_questions()
        with subprocess.Popen([sys.executable, "-m", "allonym", *loads.words(data)]) as update:
            while update.poll() is None:
                round_of_questions()
        assert update.returncode == 0
        round_of_questions()
    for answers in zip(*heard, strict=True):
        assert [ran.status for ran in answers] == [0] * len(answers)
        assert all(len(ran.told) == 1 and ran.record for ran in answers)
        states = [[loads.old.hits, loads.new.hits].index(ran.out) for ran in answers]
        assert states == sorted(states) and set(states) == {0, 1}
        assert len(answers) > 3


def answer(process: subprocess.Popen[str]) -> Ran:
    status, out, err = json.loads(hear(process))
    return Ran(status, out.encode(), err)


def test_a_second_loader_is_refused_with_the_holders_pid(data: Path) -> None:
    with running("holding", data) as holder:
        assert hear(holder) == "held"
        line = command("update", "register", data=data).complaint(2)
        assert f"process {holder.pid} on " in line and "wait until it has ended" in line
        began = time.monotonic()
        assert command("update", "register", "--wait", "0.3", data=data).status == 2
        assert time.monotonic() - began >= 0.3
        assert command("screen", "cartel of the suns", data=data).status == 0  # reading needs no lock


def test_a_second_loader_waits(data: Path) -> None:
    with running("holding", data) as holder:
        assert hear(holder) == "held" and holder.stdin
        release = threading.Timer(0.5, holder.stdin.close)
        release.start()
        ran = command("update", "register", "--wait", "60", data=data)
        release.join()
        assert (ran.status, ran.err) == (0, "")

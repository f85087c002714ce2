"""Two who decide at once, processes that are killed, a full disk: alert and log agree, and whoever was late is told."""

import os
import random
import resource
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from allonym.cases import Cases, Closing, State
from allonym.errors import AllonymError, ConflictError
from tests.command import HERE

from .made import Made, alerts, folder_of_one

FALSE = Closing(State.FALSE_ALARM, "name_only")
KILLS = 40


def acting(folder: Path, what: str, name: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "tests.cases.acting", str(folder), what, name]
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE.parent)


def test_two_processes_decide_one_alert(tmp_path: Path) -> None:
    folder_of_one(tmp_path).close()
    with acting(tmp_path, "close", "Ana") as one, acting(tmp_path, "close", "Bo") as two:
        for process in (one, two):
            assert process.stdout and process.stdout.readline() == "ready\n"
        for process in (one, two):
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        said = [process.stdout.read() for process in (one, two) if process.stdout]
    late = next(text for text in said if text.startswith("ConflictError"))
    first = next(text for text in said if text.startswith("closed by")).split()[-1]
    assert f"{first} closed it as false alarm (name_only) at 20" in late
    cases = Cases(Made(tmp_path))
    assert cases.alert(1).version == 2 and cases.verify().whole


def test_whoever_saw_an_older_version_is_told(tmp_path: Path) -> None:
    cases = Cases(folder_of_one(tmp_path))
    seen = cases.alert(1).version
    cases.escalate(1, by="Ana", seen=seen)
    for late in (
        lambda: cases.close(1, FALSE, by="Bo", seen=seen), lambda: cases.assign(1, "Cy", by="Bo", seen=seen),
        lambda: cases.escalate(1, by="Bo", seen=seen), lambda: cases.set_due(1, "2026-12-01", by="Bo", seen=seen),
        lambda: cases.approve(1, by="Bo", seen=seen), lambda: cases.reject(1, "no", by="Bo", seen=seen),
        lambda: cases.reopen(1, "no", by="Bo", seen=seen),
    ):  # fmt: skip
        with pytest.raises(ConflictError, match=r"not as you saw it: Ana did escalate at 20.*it is escalated now"):
            late()
    assert cases.alert(1).version == seen + 1
    assert cases.close(1, FALSE, by="Bo", seen=seen + 1).version == 3


def test_many_threads_on_one_alert(tmp_path: Path) -> None:
    lists = folder_of_one(tmp_path)
    told = list[AllonymError]()

    def decide(name: str) -> None:
        try:
            Cases(lists).close(1, FALSE, by=name)
        except ConflictError as error:
            told.append(error)

    threads = [threading.Thread(target=decide, args=(f"n{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 7
    by = Cases(lists).alert(1).decision
    assert by and {error.by for error in told} == {by.by} and Cases(lists).verify().whole  # type: ignore[attr-defined]


def test_killed_at_random_points(tmp_path: Path) -> None:
    folder_of_one(tmp_path).close()
    rng = random.Random(20261124)
    done = 1
    for _ in range(KILLS):
        with acting(tmp_path, "forever", "Ana") as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(rng.uniform(0, 0.05))
            process.kill()
            rest = [line for line in process.stdout.read().splitlines() if line.startswith("done ")]
        lists = Made(tmp_path)
        cases = Cases(lists)
        alert, report = cases.alert(1), cases.verify()
        assert report.whole and report.entries == alert.version
        acknowledged = max([int(line[5:]) for line in rest if line[5:].isdigit()], default=done)
        assert alert.version >= acknowledged and alert.version >= done
        done = alert.version
        if alert.state.closed:
            cases.reopen(1, "so that the next can begin", by="Bo")
            done += 1
        lists.close()
    assert done > KILLS
    connection = sqlite3.connect(tmp_path / "allonym.db")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def test_a_full_disk(data: Path) -> None:
    """A limit on file sizes stands for it: the decision is there whole or not at all, and whoever decides is told."""
    lists = Made(data)
    alerts(lists, 400)
    lists.close()
    before = Cases(Made(data)).verify().head
    size = (data / "allonym.db").stat().st_size
    full = resource.RLIM_INFINITY

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, full))  # SQLite's shared memory has room

    words = ["cases", "close", "1", "2", "3", "--as", "false_alarm", "--reason", "name_only", "--text", "x" * 9_000]
    arguments = [sys.executable, "-m", "allonym", *words, "--data", str(data)]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(arguments, capture_output=True, preexec_fn=limit, timeout=120, env=environment, text=True)
    assert (ran.returncode, ran.stdout) == (2, ""), ran
    (line,) = ran.stderr.splitlines()
    assert "nothing was changed" in line and str(data) in line
    report = Cases(Made(data)).verify([before])
    assert report.whole and report.head == before and (data / "allonym.db").stat().st_size >= size
    file = data.parent / "large.txt"
    file.write_bytes(b"x" * 100_000)
    words = ["cases", "attach", "1", str(file)]
    arguments = [sys.executable, "-m", "allonym", *words, "--data", str(data)]
    ran = subprocess.run(arguments, capture_output=True, preexec_fn=limit, timeout=120, env=environment, text=True)
    assert ran.returncode == 2 and "nothing was changed" in ran.stderr, ran
    assert [p for p in (data / "attachments").rglob("*") if p.is_file()] == []
    assert Cases(Made(data)).verify([before]).head == before
    lists = Made(data)
    bulk = Cases(lists).close_many([1, 2, 3, 3, 999], Closing(State.FALSE_ALARM, "name_only", "x"), by="Ana")
    assert (bulk.closed, list(bulk.refused)) == ((1, 2, 3), [999])


def test_many_at_once(tmp_path: Path) -> None:
    lists = Made(tmp_path)
    alerts(lists, 10)
    cases = Cases(lists)
    cases.close(2, FALSE, by="Ana")
    with pytest.raises(AllonymError, match="say in words why all of them"):
        cases.close_many([1, 2], FALSE, by="Bo")
    with pytest.raises(AllonymError, match="cannot be given as reason"):
        cases.close_many([1], Closing(State.FALSE_ALARM, "x", "x"), by="Bo")
    with pytest.raises(AllonymError, match="1 to 10,000"):
        cases.close_many([], Closing(State.FALSE_ALARM, "name_only", "x"), by="Bo")
    (tmp_path / "cases.toml").write_text("[four_eyes]\nfalse_alarm = 0.05\n")
    bulk = cases.close_many(range(1, 11), Closing(State.FALSE_ALARM, "name_only", "surname only"), by="Bo")
    assert set(bulk.closed) | set(bulk.waiting) == {1, *range(3, 11)} and set(bulk.refused) == {2}
    assert bulk.waiting and "Ana closed it" in bulk.refused[2]
    assert cases.verify().whole and cases.alert(1).state is State.FALSE_ALARM


def test_ten_thousand_alerts_are_listed_quickly(tmp_path: Path) -> None:
    """A page takes less than 50 ms where nothing else runs; here others may."""
    lists = Made(tmp_path)
    alerts(lists, 10_000)
    cases = Cases(lists)
    from allonym.cases import Filters

    slowest = 0.0
    for order in ("due", "score", "number", "newest"):
        for filters in (Filters(), Filters(states=(State.OPEN,)), Filters(source="eu_fsf", least=0.5)):
            for offset in (0, 3_000):
                began = time.perf_counter()
                page = cases.list(filters, order=order, offset=offset, limit=50)
                slowest = max(slowest, time.perf_counter() - began)
                assert page.total
    print(f"slowest page: {slowest * 1000:.1f} ms")
    assert slowest < 0.25

"""Runs over files: workers, interruption, continuation, full disks."""

import dataclasses
import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from allonym.errors import InputError, UsageError
from allonym.screening import run as run_module
from allonym.screening.journal import Journal
from allonym.screening.outcome import Counts
from allonym.screening.reader import Input
from allonym.screening.record import Parameters
from allonym.screening.run import Progress, RunOptions, RunResult, run
from tests.screening.exact_engine import VIEW, ExactNames, screener

LISTED = ExactNames((("x-1", "Name 7"), ("x-2", "Name 450")))
HERE = Path(__file__).parent


@pytest.fixture
def customers(tmp_path: Path) -> Path:
    """A thousand names; rows 101 and 202 cannot be used."""
    path = tmp_path / "customers.csv"
    rows = [f"{i},Name {i}\n" if i not in (100, 200) else f"{i},...\n" for i in range(1_000)]
    path.write_text("id,name\n" + "".join(rows))
    return path


def screen(path: Path, output: Path | None, *, parameters: Parameters = Parameters(), **options: Any) -> RunResult:  # noqa: B008
    with Input(str(path)) as source:
        return run(source, screener(LISTED, parameters), RunOptions(output=output, **{"chunk": 50} | options))


def test_a_run(customers: Path, tmp_path: Path) -> None:
    seen: list[Progress] = []
    result = screen(customers, tmp_path / "hits.csv", progress=seen.append)
    record = result.record
    assert (record.queries, record.rejects, record.hits, record.queries_matched) == (998, 2, 2, 2)
    assert record.view == VIEW
    assert result.rejects == tmp_path / "hits.csv.rejects.csv"
    assert [line.split(",")[0] for line in result.rejects.read_text().splitlines()] == ["line", "102", "202"]
    lines = (tmp_path / "hits.csv").read_text().splitlines()
    assert len(lines) == 999
    assert [line.split(",")[:4] for line in lines if "x-" in line] == [
        ["9", "7", "Name 7", "x-1"],
        ["452", "450", "Name 450", "x-2"],
    ]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["customers.csv", "hits.csv", "hits.csv.rejects.csv"]
    assert [p.counts.queries for p in seen] == [*range(50, 951, 50), 998]
    assert seen[-1].fraction == 1.0


@pytest.mark.parametrize("ending", ["csv", "jsonl", "json", "parquet", "txt"])
def test_the_number_of_workers_changes_no_byte(customers: Path, tmp_path: Path, ending: str) -> None:
    outputs = [tmp_path / f"{workers}.{ending}" for workers in (1, 2)]
    results = [screen(customers, path, workers=w) for w, path in zip((1, 2), outputs, strict=True)]
    assert outputs[0].read_bytes() == outputs[1].read_bytes()
    assert results[0].record.output_sha256 == results[1].record.output_sha256
    assert (tmp_path / f"1.{ending}.rejects.csv").read_bytes() == (tmp_path / f"2.{ending}.rejects.csv").read_bytes()


def test_standard_output(customers: Path, tmp_path: Path) -> None:
    import io

    out = io.BytesIO()
    result = screen(customers, None, stdout=out, format="jsonl")
    assert len(out.getvalue().splitlines()) == 998
    assert (result.rejects, result.record.output_path, result.record.rejects) == (None, None, 2)
    assert [p.name for p in tmp_path.iterdir()] == ["customers.csv"]


def test_no_rejects_no_file(tmp_path: Path) -> None:
    (tmp_path / "k.csv").write_text("name\nName 7\n")
    (tmp_path / "h.csv.rejects.csv").write_text("of an earlier run")
    assert screen(tmp_path / "k.csv", tmp_path / "h.csv").rejects is None
    assert not (tmp_path / "h.csv.rejects.csv").exists()


def child(customers: Path, output: Path, workers: int, delay: float) -> subprocess.Popen[str]:
    command = [sys.executable, str(HERE / "interrupted_run.py"), str(customers), str(output), str(workers), str(delay)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


@pytest.mark.parametrize(
    ("workers", "stop"), [(1, signal.SIGINT), (2, signal.SIGINT), (1, signal.SIGKILL), (2, signal.SIGKILL)]
)
def test_an_interrupted_run_goes_on(customers: Path, tmp_path: Path, workers: int, stop: signal.Signals) -> None:
    whole = tmp_path / "whole.csv"
    screen(customers, whole)
    output = tmp_path / "hits.csv"
    output.write_text("of an earlier run")
    process = child(customers, output, workers, 0.15)
    assert process.stdout
    for _ in range(4):
        assert process.stdout.readline().startswith("chunk")
    # As a terminal does it: the whole group gets the signal, the workers too.
    (os.killpg if stop is signal.SIGINT else os.kill)(process.pid, stop)
    _, said = process.communicate(timeout=30)
    if stop is signal.SIGINT:
        assert process.returncode == 130
        assert said.startswith("stopped; ")
        assert "same command again" in said
        assert len(said.splitlines()) == 1
    assert output.read_text() == "of an earlier run"
    _nobody_left(process.pid)
    again = child(customers, output, workers, 0.0)
    out, said = again.communicate(timeout=60)
    assert (again.returncode, said) == (0, "")
    assert int(out.split()[-1]) >= 150
    assert output.read_bytes() == whole.read_bytes()
    assert (tmp_path / "hits.csv.rejects.csv").read_bytes() == (tmp_path / "whole.csv.rejects.csv").read_bytes()
    assert not (tmp_path / "hits.csv.partial").exists()


def _nobody_left(group: int) -> None:
    """Workers end when their parent is gone."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    raise AssertionError("a worker outlives the run")


class _StopError(Exception):
    pass


def stop_after(chunks: int) -> Any:
    def stop(progress: Progress) -> None:
        if progress.counts.queries >= 50 * chunks:
            raise _StopError

    return stop


def test_a_partial_run_of_something_else_is_refused(customers: Path, tmp_path: Path) -> None:
    output = tmp_path / "hits.csv"
    with pytest.raises(_StopError):
        screen(customers, output, progress=stop_after(3))
    with pytest.raises(UsageError, match=r"parameters.*--restart"):
        screen(customers, output, parameters=Parameters(threshold=0.9))
    customers.write_text(customers.read_text() + "1001,New\n")
    with pytest.raises(UsageError, match="input"):
        screen(customers, output)
    result = screen(customers, output, restart=True)
    assert (result.resumed, result.record.queries) == (0, 999)


@pytest.mark.parametrize("damage", ["torn", "lost", "garbage"])
def test_a_damaged_journal_costs_chunks_not_the_result(customers: Path, tmp_path: Path, damage: str) -> None:
    whole, output = tmp_path / "whole.csv", tmp_path / "hits.csv"
    screen(customers, whole)
    with pytest.raises(_StopError):
        screen(customers, output, progress=stop_after(4))
    folder = tmp_path / "hits.csv.partial"
    progress, rows = folder / "progress.jsonl", folder / "rows.jsonl"
    if damage == "torn":
        progress.write_bytes(progress.read_bytes()[:-3])
    elif damage == "lost":
        rows.write_bytes(rows.read_bytes()[:-10])
    else:
        progress.write_bytes(progress.read_bytes() + b"\x00\x00\x00")
    result = screen(customers, output)
    assert result.resumed == (200 if damage == "garbage" else 150)
    assert output.read_bytes() == whole.read_bytes()


def test_two_runs_cannot_write_one_output(customers: Path, tmp_path: Path) -> None:
    journal = Journal(tmp_path / "hits.csv.partial", {"a": 1})
    try:
        with pytest.raises(UsageError, match="another run"):
            screen(customers, tmp_path / "hits.csv")
    finally:
        journal.close()


def test_journal_keeps_rows_in_order(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j", {"a": (1, None)})
    journal.add(b"[1]\n[2]\n", Counts(2, 1, 0))
    journal.close()
    journal = Journal(tmp_path / "j", {"a": [1, None]})
    journal.add(b"[3]\n", Counts(1, 1, 1))
    assert list(journal.rows()) == [[1], [2], [3]]
    assert (journal.done, journal.counts) == (2, Counts(3, 2, 1))
    journal.remove()
    assert not (tmp_path / "j").exists()


def test_outputs_that_cannot_be(customers: Path, tmp_path: Path) -> None:
    (tmp_path / "d.csv").mkdir()
    for output, says in (
        (tmp_path / "d.csv", "directory"),
        (tmp_path / "no" / "x.csv", "no folder"),
        (customers, "input itself"),
    ):
        with pytest.raises(UsageError, match=says):
            screen(customers, output)
    with pytest.raises(UsageError, match="workers"):
        screen(customers, tmp_path / "x.csv", workers=0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk(customers: Path, tmp_path: Path) -> None:
    folder = tmp_path / "hits.csv.partial"
    folder.mkdir()
    (folder / "rejects.csv").symlink_to("/dev/full")
    with pytest.raises(InputError, match="disk is full"):
        screen(customers, tmp_path / "hits.csv")
    assert not (tmp_path / "hits.csv").exists()
    (folder / "rejects.csv").unlink()
    assert screen(customers, tmp_path / "hits.csv").resumed > 0


def test_an_error_of_ours_is_no_full_disk(customers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError(errno.EINVAL, "a defect")

    monkeypatch.setattr(run_module, "RejectsFile", broken)
    with pytest.raises(OSError, match="defect"):
        screen(customers, tmp_path / "hits.csv")


@dataclasses.dataclass(frozen=True)
class DyingNames(ExactNames):
    """Engines whose process dies at the first question."""

    def __call__(self) -> Any:
        return lambda queries: os._exit(9)


def test_a_worker_that_dies_is_told(customers: Path, tmp_path: Path) -> None:
    from allonym.errors import AllonymError

    with Input(str(customers)) as source, pytest.raises(AllonymError, match="fewer --workers"):
        run(source, screener(DyingNames(())), RunOptions(output=tmp_path / "hits.csv", workers=2))
    assert json.loads((tmp_path / "hits.csv.partial" / "run.json").read_text())["version"] == "0.1.0"

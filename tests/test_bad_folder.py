"""A data folder that cannot be used, and a disk that is full: one line with the remedy, and data as before.

A full disk is made with a limit on file sizes, which the kernel enforces.
"""

import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import command, copied, state


def commands_that_open(data: Path) -> list[list[object]]:
    return [["sources"], ["screen", "x"], ["show", "x"], ["diff", "register"], ["update", "register"]]


def test_a_data_folder_that_cannot_be_one(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder")
    for words in commands_that_open(file):
        assert f"{file}: is a file; the data folder must be a folder" in command(*words, data=file).complaint(2)
        assert f"{file / 'sub'}: cannot be used" in command(*words, data=file / "sub").complaint(2)
    assert file.read_text() == "not a folder"


#: Everything is imported before the process becomes a user for whom permissions bind; then the command runs.
AS_ANOTHER_USER = """
import contextlib, io, os, sys
from allonym import cli
known, data, *words = sys.argv[1:]
with contextlib.redirect_stdout(io.StringIO()):
    cli.run([*words, "--data", known])
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
sys.exit(cli.run([*words, "--data", data]))
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter; those of pytest are for one."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o000, 0o666), (0o555, 0o666), (0o777, 0o000), (0o777, 0o444)])
def test_a_data_folder_without_permission(folder_mode: int, file_mode: int, data: Path, open_folder: Path) -> None:
    shut = copied(data, open_folder / "data")
    before = state(data)
    (shut / "allonym.db").chmod(file_mode)
    shut.chmod(folder_mode)
    words = [sys.executable, "-c", AS_ANOTHER_USER, str(data), str(shut), "sources"]
    ran = subprocess.run(words, capture_output=True, text=True, timeout=60)
    shut.chmod(0o755)
    (shut / "allonym.db").chmod(0o644)
    (line,) = ran.stderr.splitlines()
    assert (ran.returncode, ran.stdout) == (2, "")
    assert line.startswith(f"allonym: {shut}") and ("check its permissions" in line or "name another" in line)
    assert state(shut) == before


def test_a_data_folder_of_a_newer_version(data: Path) -> None:
    before = state(data)
    version = change_version(data, 99)
    for words in commands_that_open(data):
        line = command(*words, data=data).complaint(2)
        assert "was written by a newer version of Allonym" in line and "pip install --upgrade allonym" in line
    change_version(data, version)
    assert state(data) == before


def change_version(data: Path, version: int) -> int:
    connection = sqlite3.connect(data / "allonym.db")
    (before,) = connection.execute("SELECT version FROM schema_version").fetchone()
    connection.execute("UPDATE schema_version SET version = ?", (version,))
    connection.commit()
    connection.close()
    return int(before)


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_data_folder(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "allonym.db").write_bytes(content)
    for words in commands_that_open(tmp_path):
        line = command(*words, data=tmp_path).complaint(2)
        assert "allonym.db" in line and ("move" in line or "restore" in line)
    assert (tmp_path / "allonym.db").read_bytes() == content


def test_an_index_that_is_gone_or_damaged(data: Path) -> None:
    (index,) = (data / "index").glob("*.idx")
    whole = index.read_bytes()
    index.unlink()
    assert command("screen", "cartel of the suns", data=data).status == 0  # it is built anew
    assert index.read_bytes() == whole
    index.write_bytes(b"rubbish")
    assert "run `allonym update`" in command("screen", "cartel of the suns", data=data).complaint(2)


# -- a full disk -----------------------------------------------------------------------------------------------------


def limited(size: int, *words: object, data: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a command that cannot write a file beyond `size` bytes."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    arguments = [sys.executable, "-m", "allonym", *map(str, words), "--data", str(data)]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(arguments, capture_output=True, preexec_fn=limit, timeout=120, env=environment)


@pytest.fixture(scope="session")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list that needs some megabytes."""
    path = tmp_path_factory.mktemp("lists") / "crowd.jsonl"
    people = ({"id": f"p{n}", "schema": "Person", "properties": {"name": [f"Wulfric{n} Oates{n * 7}"]}}
              for n in range(6_000))  # fmt: skip
    path.write_text("".join(json.dumps(person) + "\n" for person in people))
    return path


@pytest.mark.parametrize("size", [400_000, 1_000_000, 1_600_000, 2_400_000])
def test_a_full_disk_while_a_list_is_loaded(size: int, data: Path, crowd: Path) -> None:
    """Whether the list, the index or the last step has no room: what answers is as before, and the next load works."""
    before = state(data)
    hits = command("screen", "cartel of the suns", "Wulfric5 Oates35", "--format", "csv", data=data).out
    ran = limited(size, "update", "ftm", "--from", crowd, "--name", "crowd", data=data)
    assert (ran.returncode, ran.stdout) == (2, b""), ran
    (line,) = ran.stderr.decode().splitlines()
    assert line.startswith(f"allonym: {data}") and "; " in line
    assert state(data) == before
    assert command("screen", "cartel of the suns", "Wulfric5 Oates35", "--format", "csv", data=data).out == hits
    assert command("update", "ftm", "--from", crowd, "--name", "crowd", data=data).status == 0
    assert command("screen", "Wulfric5 Oates35", "--sources", "crowd", data=data).status == 0


def test_a_full_disk_while_a_data_folder_is_made(tmp_path: Path) -> None:
    for size in (10_000, 100_000, 300_000):
        folder = tmp_path / str(size)
        ran = limited(size, "sources", data=folder)
        assert (ran.returncode, ran.stdout, len(ran.stderr.splitlines())) == (2, b"", 1), ran
        assert [row["source"] for row in state(folder)] == ["register"]


def test_a_full_disk_under_the_output(data: Path, tmp_path: Path) -> None:
    customers, output = tmp_path / "customers.csv", tmp_path / "hits.csv"
    customers.write_text("name\n" + "Cartel of the Suns\n" * 3_000)
    ran = limited(200_000, "screen", "--input", customers, "--output", output, data=data)
    assert ran.returncode == 2
    assert ran.stderr.decode().splitlines()[-1].startswith(f"allonym: {output}: ")
    assert not output.exists()
    assert command("screen", "--input", customers, "--output", output, data=data).status == 0
    assert output.read_bytes().count(b"\r\n") == 3_001


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("words", [["sources"], ["sources", "--known"], ["screen", "cartel of the suns"],
                                   ["show", "reg-nicolas-maduro"], ["compare", "a b", "a b"]])  # fmt: skip
def test_a_full_disk_under_standard_output(words: list[str], data: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        arguments = [sys.executable, "-m", "allonym", *words, "--data", str(data)]
        ran = subprocess.run(arguments, stdout=full, stderr=subprocess.PIPE, timeout=60)
    (line,) = ran.stderr.decode().splitlines()
    assert ran.returncode == 2 and line.startswith("allonym: standard output: ") and "free some space" in line

"""The command `allonym` as a user meets it: run in this process, which is quick, or in one of its own."""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from allonym import cli

HERE = Path(__file__).parent
DATA = HERE / "data"
EXCERPTS = HERE / "sources" / "data"
PEOPLE_2024, PEOPLE_2025 = DATA / "people_2024.jsonl", DATA / "people_2025.jsonl"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did: exit status, standard output as bytes, standard error as text."""

    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def json_lines(self) -> list[Any]:
        return [json.loads(line) for line in self.lines]

    @property
    def told(self) -> list[str]:
        """The lines on standard error."""
        return self.err.splitlines()

    @property
    def record(self) -> Path:
        """The record that a screening run says it wrote."""
        (found,) = [line.removeprefix("record: ") for line in self.told if line.startswith("record: ")]
        return Path(found)

    def complaint(self, status: int = 2) -> str:
        """The one line on standard error of a command that ended with `status` and printed nothing else."""
        assert (self.status, self.out) == (status, b""), self
        (line,) = self.told
        assert line.startswith("allonym: "), line
        return line


@contextmanager
def _streams(stdin: bytes) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    out, err = io.BytesIO(), io.BytesIO()
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(out, encoding="utf-8", errors="surrogateescape", write_through=True)
    sys.stderr = io.TextIOWrapper(err, encoding="utf-8", errors="backslashreplace", write_through=True)
    try:
        yield out, err
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
            stream.detach()
        sys.stdin, sys.stdout, sys.stderr = before


def command(*words: object, data: Path | None = None, stdin: bytes = b"") -> Ran:
    """Run `allonym` with these words, in this process; `data` is the data folder."""
    arguments = [*map(str, words), *(("--data", str(data)) if data is not None else ())]
    with _streams(stdin) as (out, err):
        status = cli.run(arguments)
    return Ran(status, out.getvalue(), err.getvalue().decode())


def process(*words: object, data: Path, stdin: bytes = b"", **options: Any) -> Ran:
    """Run `python -m allonym` with these words, in a process of its own."""
    arguments = [sys.executable, "-m", "allonym", *map(str, words), "--data", str(data)]
    environment = {**os.environ, "PYTHONWARNINGS": "", **options.pop("env", {})}
    done = subprocess.run(arguments, input=stdin, capture_output=True, timeout=120, env=environment, **options)
    return Ran(done.returncode, done.stdout, done.stderr.decode(errors="replace"))


def state(data: Path) -> list[dict[str, Any]]:
    """Every snapshot as `allonym sources` tells it: what must be the same after a command that was refused."""
    found: list[dict[str, Any]] = command("sources", "--all", "--format", "json", data=data).json
    return found


def subcommand(name: str) -> click.Command:
    """The command of a name; of one that has commands of its own, `cases list`."""
    found: click.Command = cli.command
    for word in name.split():
        assert isinstance(found, click.Group)
        inner = found.get_command(click.Context(found), word)
        assert inner is not None, name
        found = inner
    return found


def names() -> list[str]:
    """The names of all commands in the order of the help, each with those of its own after it."""
    found = list[str]()
    for name in cli.COMMANDS:
        inner = subcommand(name)
        own = inner.list_commands(click.Context(inner)) if isinstance(inner, click.Group) else []
        found += [name, *(f"{name} {word}" for word in own)]
    return found


def load(data: Path, file: Path, name: str, day: str) -> Ran:
    """Load an FtM file as the snapshot of a day."""
    ran = command("update", "ftm", "--from", file, "--name", name, "--as-of", day, data=data)
    assert ran.status == 0, ran
    return ran


def copied(folder: Path, target: Path) -> Path:
    """A copy of a data folder that a test may change."""
    shutil.copytree(folder, target)
    return target

"""The command itself: its help, what it says to wrong use, where it finds its data."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from allonym import __version__
from allonym.cli import COMMANDS
from tests.command import command, names, subcommand


def test_the_installed_command_runs() -> None:
    script = Path(sys.executable).with_name("allonym")
    if not script.exists():
        pytest.skip("allonym is not installed as a command beside this Python")
    told = subprocess.run([script, "--version"], capture_output=True, text=True, timeout=60)
    assert (told.returncode, told.stdout) == (0, f"allonym, version {__version__}\n")


def test_help_names_every_command() -> None:
    ran = command("--help")
    assert ran.status == 0
    for name, told in COMMANDS.items():
        assert f"  {name:<{max(map(len, COMMANDS))}}  {told}" in ran.text
    assert command("-h").out == ran.out


@pytest.mark.parametrize("name", names())
def test_each_commands_help_has_an_example(name: str) -> None:
    ran = command(*name.split(), "--help")
    assert (ran.status, ran.err) == (0, "")
    assert re.search(rf"^    allonym {name}( |$)", ran.text.partition("Examples:")[2], re.MULTILINE)
    assert "--data DIR" in ran.text or isinstance(subcommand(name), click.Group)


def test_no_command_shows_the_help_and_complains() -> None:
    ran = command()
    assert ran.status == 2
    assert ran.out == command("--help").out
    assert ran.told == [f"allonym: give a command: {', '.join(COMMANDS)}; see `allonym --help`"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nope"], "No such command 'nope'; see `allonym --help`"),
        (["screen", "x", "--nope"], "see `allonym screen --help`"),
        (["screen", "x", "--limit", "many"], "'many' is not a valid integer"),
        (["screen", "x", "--format", "doc"], "'doc' is not one of 'table', 'json', 'jsonl', 'csv', 'parquet'"),
        (["show"], "Missing argument 'ENTITY …'; see `allonym show --help`"),
        (["sources", "--data", ""], "give --data DIR, or set ALLONYM_DATA"),
    ],
)
def test_wrong_use_is_one_line_that_names_the_help(words: list[str], told: str) -> None:
    assert told in command(*words).complaint(2)


def test_the_data_folder_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLONYM_DATA", str(tmp_path / "mine"))
    assert command("sources").status == 0
    assert (tmp_path / "mine" / "allonym.db").exists()


def test_a_reader_that_goes_away_is_no_error(excerpts: Path) -> None:
    words = [sys.executable, "-m", "allonym", "sources", "--issues", "--format", "json", "--data", str(excerpts)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout and running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0

"""docs/cli.md describes every command and option, and its help texts are the real ones.

After a change of a help text: ALLONYM_REFRESH_DOCS=1 python -m pytest tests/test_cli_docs.py
"""

import os
import re
import shlex
from pathlib import Path

import click
import pytest

from tests.command import command, names, subcommand

DOCS = Path(__file__).parents[1] / "docs" / "cli.md"
HEADING = re.compile(r"^##+ allonym .*$", re.MULTILINE)
BLOCK = re.compile(r"<!-- help(?:: ([a-z ]+))? -->\n```text\n(.*?)```\n", re.DOTALL)
EXAMPLE = re.compile(r"^ *(allonym .*?)(?:  +.*)?$", re.MULTILINE)


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def section(name: str) -> str:
    """What the docs say about a command, without its help text and the sections of its own commands."""
    _, _, after = DOCS.read_text().partition(f"\n##{'#' * name.count(' ')} allonym {name}\n")
    return BLOCK.sub("", HEADING.split(after)[0])


def options(name: str) -> set[str]:
    return {text for p in subcommand(name).params for text in p.opts if text.startswith("--")} - {"--help"}


def refreshed(text: str) -> str:
    def block(match: re.Match[str]) -> str:
        named = match[1]
        told = command(*(named.split() if named else []), "--help").text
        head = f"<!-- help: {named} -->" if named else "<!-- help -->"
        return f"{head}\n```text\n{told}```\n"

    return BLOCK.sub(block, text)


def test_the_help_texts_are_the_real_ones() -> None:
    text = DOCS.read_text()
    told = refreshed(text)
    if os.environ.get("ALLONYM_REFRESH_DOCS"):
        DOCS.write_text(told)
        text = told
    assert [match[1] for match in BLOCK.finditer(text)] == [None, *names()]
    assert text == told, "docs/cli.md is behind; refresh it with ALLONYM_REFRESH_DOCS=1"


@pytest.mark.parametrize("name", names())
def test_every_option_is_described(name: str) -> None:
    described = set(re.findall(r"^- `(--[a-z-]+)", section(name), re.MULTILINE))
    assert described == options(name)


@pytest.mark.parametrize("name", names())
def test_every_section_tells_the_exit_status_and_has_examples(name: str) -> None:
    text = section(name)
    assert "\nExit status: " in text
    assert re.search(rf"^allonym {name}( |$)", text.partition("```sh\n")[2], re.MULTILINE)


@pytest.mark.parametrize("name", names())
def test_every_example_is_a_command_that_parses(name: str) -> None:
    shown = section(name).partition("```sh\n")[2].partition("```")[0] + command(*name.split(), "--help").text
    examples = [match[1].partition("  #")[0] for match in EXAMPLE.finditer(shown) if not match[1].startswith("Usage")]
    assert len(examples) >= (1 if " " in name else 3)
    for example in examples:
        allonym, *words = shlex.split(example, comments=True)
        assert (allonym, words[: name.count(" ") + 1]) == ("allonym", name.split())
        called = name if name.count(" ") or not isinstance(subcommand(name), click.Group) else " ".join(words[:2])
        assert subcommand(called).make_context(called, words[called.count(" ") + 1 :])


def test_every_command_has_a_section_and_no_other_has() -> None:
    assert re.findall(r"^##+ allonym ([\w ]+)$", DOCS.read_text(), re.MULTILINE) == names()

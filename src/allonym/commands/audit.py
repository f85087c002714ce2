"""`allonym audit`: whether the audit log is as it was written, and the log for others to keep and verify."""

from collections.abc import Iterator
from pathlib import Path

import click

import allonym
from allonym.cli import data_option
from allonym.commands.cases import print_json, print_text

SUBCOMMANDS = ("verify", "export")


@click.group()
def command() -> None:
    """The audit log of cases: who did what when, each entry with the hash of the one before.

    \b
    Examples:
      allonym audit verify
      allonym audit verify --head 1024:9f2c…
      allonym audit export --output audit.jsonl
    """


@command.command("verify")
@click.option("--head", "heads", multiple=True, metavar="NUMBER:HASH", help="A head kept elsewhere; repeatable.")
@click.option("--against", metavar="FILE", help="An earlier export: its head, and every entry it has.")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text")
@data_option
def verify_(data: str, heads: tuple[str, ...], against: str | None, format_: str) -> int:
    """Whether entries, alerts and attachments are as they were written.

    \b
    Examples:
      allonym audit verify
      allonym audit verify --head 0:0000000000000000000000000000000000000000000000000000000000000000
      allonym audit verify --against audit.jsonl --format json
    """
    from allonym.cases import Cases
    from allonym.cases.exported import heads_of
    from allonym.cases.verify import parse_head

    kept = [parse_head(head) for head in heads]
    if against is not None:
        kept += heads_of(Path(against))
    with allonym.open(data) as lists:
        report = Cases(lists).verify(kept)
    if format_ == "json":
        print_json([{"whole": report.whole, "report": report}])
    else:
        print_text(report.text())
    return 0 if report.whole else 1


@command.command("export")
@click.option("--since", type=click.IntRange(0), default=0, show_default=True, help="Only what comes after this entry.")
@click.option("--output", metavar="FILE", help="Where to write (default: standard output).")
@data_option
def export_(data: str, since: int, output: str | None) -> int:
    """The log as JSON lines: every entry with what is hashed, then the head and the report of `verify`.

    \b
    Examples:
      allonym audit export
      allonym audit export --output audit.jsonl
      allonym audit export --since 1024 --output more.jsonl
    """
    from allonym.cases import Cases
    from allonym.cases.exported import lines
    from allonym.commands.output import checked, deliver

    path = checked(output)
    with allonym.open(data) as lists:
        cases = Cases(lists)
        report = cases.verify()
        told: Iterator[bytes] = lines(cases.entries(since), report)
        deliver(b"".join(line + b"\n" for line in told), path, otherwise="nothing was written")
    return 0 if report.whole else 1

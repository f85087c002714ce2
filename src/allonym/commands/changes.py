"""`allonym changes`: what changed for watched customers since they were told last."""

import sys
from typing import Any

import click

import allonym
from allonym.cli import data_option
from allonym.commands.output import checked, deliver, format_of
from allonym.commands.watch import tell_reading
from allonym.errors import AllonymError, UsageError
from allonym.screening.report import WRITERS, Report
from allonym.watching import Watching, Worked
from allonym.whoami import user

ENDINGS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".txt": "text"}
TRIES = 4
FAILED = 2


@click.command()
@click.option("--name", "names", multiple=True, metavar="NAME", help="Only this watch; repeatable.")
@click.option("--all", "everything", is_flag=True, help="What is immaterial too: notes, addresses, other scores.")
@click.option("--since", metavar="DAY|VIEW", help="Since that day or view, again; what was told stays as it is.")
@click.option("--format", "format_", type=click.Choice(tuple(WRITERS)), help="Format of the output.")
@click.option("--output", metavar="FILE", help="Where to write; the ending says the format.")
@click.option("--webhook", "url", metavar="URL", help="Post what is told there, signed.")
@click.option("--secret-file", metavar="FILE", help="The secret to sign with (default: $ALLONYM_WEBHOOK_SECRET).")
@click.option("--tries", type=int, default=TRIES, show_default=True, metavar="N", help="How often to try to post.")
@click.option("--alerts", is_flag=True, help="Also open alerts for what is material; see allonym cases.")
@click.option("--by", metavar="NAME", default=user, help="Who opens them (default: this machine's user).")
@click.option("--workers", type=int, default=1, show_default=True, metavar="N", help="Processes.")
@data_option
def command(data: str, names: tuple[str, ...], everything: bool, since: str | None, **asked: Any) -> int:
    """What changed for watched customers: new hits, hits with changed facts, hits that are gone.

    \b
    Examples:
      allonym changes
      allonym changes --name vendors --format jsonl
      allonym changes --since 2024-05-15 --all
      allonym changes --output changes.csv --webhook https://example.org/allonym
    """
    output = checked(asked["output"])
    if asked["alerts"] and since is not None:
        raise UsageError("--alerts is of what was not told yet; leave out --since")
    format_ = format_of(asked["output"], asked["format_"], ENDINGS, "text")
    with allonym.open(data) as lists:
        watching = Watching(lists, workers=asked["workers"])
        with watching.held():
            chosen = tuple(dict.fromkeys(names)) or tuple(watching.names())
            if not chosen:
                raise UsageError("nothing is watched; begin with allonym watch customers.csv")
            for name in chosen:
                watching.watch(name)
            hook = _webhook(asked)
            worked, failed = _worked(watching, chosen, since)
            reports = [one.report.told(everything=everything) for one in worked]
            told = WRITERS[format_](reports)
            deliver(told, output, otherwise="nothing counts as told, run it again")
            if asked["alerts"]:
                _alerts(watching, worked, asked["by"])
            arrived = hook is None or _post(watching, hook, reports)
            if since is None:
                for one in worked:
                    watching.save(one)
    if failed or not arrived:
        return FAILED
    return 1 if any(one.report.material for one in worked) else 0


def _alerts(watching: Watching, worked: list[Worked], by: str) -> None:
    """Open alerts. What they need is imported only when they are wanted."""
    from allonym.alerting import of_changes, sentence

    for one in worked:
        print(f"{one.report.watch}: {sentence(of_changes(watching, one, by))}", file=sys.stderr)


def _webhook(asked: dict[str, Any]) -> Any:
    """The webhook, or None. What it needs is imported only when there is one."""
    if asked["url"] is None:
        return None
    from allonym.screening.webhook import webhook

    return webhook(asked["url"], asked["secret_file"], asked["tries"])


def _worked(watching: Watching, names: tuple[str, ...], since: str | None) -> tuple[list[Worked], bool]:
    """What was worked out for each watch, and whether one failed: the others are told all the same."""
    found, failed = list[Worked](), False
    for name in names:
        try:
            worked = watching.changes(name, since)
        except AllonymError as error:
            print(f"allonym: {name}: {' '.join(str(error).splitlines())}", file=sys.stderr)
            failed = True
            continue
        tell_reading(watching.watch(name).path, worked.reading)
        found.append(worked)
    return found, failed


def _post(watching: Watching, hook: Any, reports: list[Report]) -> bool:
    """Send what is told; what does not arrive is kept in a file, so that nothing is lost."""
    from allonym.screening.webhook import Message

    told = [report for report in reports if report.events]
    if not told:
        return True
    message = Message.of(told)
    trouble = hook.send(message)
    if trouble is None:
        return True
    path = message.keep(watching.folder / "dead-letters", hook.url, trouble)
    print(f"allonym: the webhook did not take it ({trouble}); kept as {path}", file=sys.stderr)
    return False

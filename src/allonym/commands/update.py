"""`allonym update`: load lists and say what happened to each."""

import sys
from typing import Any

import click

import allonym
from allonym.cli import data_option
from allonym.commands.progress import LoadProgress
from allonym.errors import AllonymError
from allonym.lists import Lists
from allonym.pipeline import Outcome

MARKS = {"loaded": "+", "unchanged": "=", "ignored": "-", "refused": "!", "failed": "!"}


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]…")
@click.option("--from", "path", metavar="PATH", help="Load from a file or folder here, not from the publisher.")
@click.option("--name", metavar="NAME", help="What to call an FtM file that is loaded (with `ftm`).")
@click.option("--as-of", metavar="DATE", help="The day the files are of, where they do not say it themselves.")
@click.option("--accept-shrinkage", is_flag=True, help="Load a list that is below its floors; this is recorded.")
@click.option("--wait", type=float, default=0.0, metavar="SECONDS", help="Wait for another update to end.")
@data_option
def command(data: str, sources: tuple[str, ...], **options: Any) -> int:
    """Load lists: from their publishers, or from files already here.

    Without SOURCE, every list; `ftm` loads any FollowTheMoney JSON lines file, `register` the built-in register.

    \b
    Examples:
      allonym update                                    every list, from its publisher
      allonym update un_sc us_ofac_sdn                  two lists
      allonym update --from ~/lists                     every list found in a folder
      allonym update ftm --from mine.jsonl --name mine  your own list
    """
    with allonym.open(data) as lists, LoadProgress() as progress:
        outcomes = lists.update(*sources, progress=progress.loaded, fetching=progress.fetched, **options)
        if any(outcome.state == "loaded" for outcome in outcomes):
            _look_again(lists)
    bad = [o for o in outcomes if o.status]
    if bad == outcomes and len(bad) == 1:
        print(f"allonym: {bad[0].message}", file=sys.stderr)
        return bad[0].status
    for outcome in outcomes:
        stream = sys.stderr if outcome.status else sys.stdout
        print(f"{MARKS[outcome.state]} {outcome.message}", file=stream)
    return _status(outcomes, bad) if bad else 0


def _look_again(lists: Lists) -> None:
    """Alerts that were closed open again where the lists changed materially. What is wrong there is told, and does not
    undo the load."""
    from allonym.cases import Cases

    try:
        found = Cases(lists).refresh()
    except AllonymError as error:
        print(f"note: alerts were not looked at again: {error}; then run allonym cases refresh", file=sys.stderr)
        return
    if found.reopened:
        print(f"note: {len(found.reopened):,} alerts opened again; see allonym cases list", file=sys.stderr)


def _status(outcomes: list[Outcome], bad: list[Outcome]) -> int:
    tried = [o for o in outcomes if o.state != "ignored"]
    names = ", ".join(dict.fromkeys(o.source for o in bad))
    print(f"allonym: {len(bad)} of {len(tried)} lists not loaded ({names}); what was there is kept", file=sys.stderr)
    return 1 if len(tried) > len(bad) else max(o.status for o in bad)

"""`allonym watch`: files of customers that are kept, so that `allonym changes` can tell what changed for them."""

import sys
from pathlib import Path
from typing import Any

import click

import allonym
from allonym.cli import data_option
from allonym.errors import UsageError
from allonym.lists import listed_names
from allonym.screening.printable import printable
from allonym.screening.query import known_schema
from allonym.screening.rejects import TOLD
from allonym.screening.watch import Watch
from allonym.watching import Reading, Watching


@click.command()
@click.argument("file", required=False)
@click.option("--name", metavar="NAME", help="What to call it (default: the file's name without its ending).")
@click.option("--list", "listing", is_flag=True, help="The files that are watched.")
@click.option("--remove", metavar="NAME", help="Watch it no longer, and forget its customers.")
@click.option("--schema", metavar="S", help="What the customers are: Person, Company … (default: anything).")
@click.option("--threshold", type=float, metavar="T", help="Least score of a hit, 0 to 1 (default 0.7).")
@click.option("--sources", metavar="S,S", help="Only these lists.")
@click.option("--map", "maps", multiple=True, metavar="COLUMN=PROPERTY", help="What a column holds; repeatable.")
@click.option("--workers", type=int, default=1, show_default=True, metavar="N", help="Processes.")
@data_option
def command(data: str, file: str | None, listing: bool, remove: str | None, **asked: Any) -> int:
    """Keep a FILE of customers (.csv, .jsonl, .parquet), to be told what changes for them.

    \b
    Examples:
      allonym watch customers.csv
      allonym watch vendors.jsonl --name vendors --schema Company
      allonym watch --list
      allonym watch --remove vendors
    """
    if sum((file is not None, listing, remove is not None)) != 1:
        raise UsageError("give a file, or --list, or --remove NAME: allonym watch customers.csv")
    with allonym.open(data) as lists:
        watching = Watching(lists, workers=asked["workers"])
        if listing:
            return _list(watching)
        with watching.held():
            if remove is not None:
                watching.remove(remove)
                print(f"{remove}: no longer watched")
                return 0
            return _add(watching, file or "", asked)


def _add(watching: Watching, file: str, asked: dict[str, Any]) -> int:
    if file == "-":
        raise UsageError("standard input cannot be watched: give a file that is there the next time")
    path = Path(file).absolute()
    sources, schema = listed_names(asked["sources"]), known_schema(asked["schema"])
    watch = Watch(asked["name"] or path.stem, str(path), asked["maps"], schema, asked["threshold"], sources)
    answer, reading = watching.add(watch)
    tell_reading(file, reading)
    known = f"{answer.count:,} hits of {len(answer.hits):,} of them today are taken as known"
    print(f"{watch.name}: {answer.customers:,} customers watched; {known}")
    return 0


def tell_reading(file: str, reading: Reading) -> None:
    """What was odd in a file that was read, on standard error."""
    for oddity in reading.oddities:
        print(f"note: {oddity}", file=sys.stderr)
    for reject in reading.rejects[:TOLD]:
        print(f"{file}, line {reject.line}: {reject.reason}", file=sys.stderr)
    if len(reading.rejects) > TOLD:
        print(f"{file}: {len(reading.rejects):,} rows not used, the first {TOLD} are named", file=sys.stderr)


def _list(watching: Watching) -> int:
    names = watching.names()
    for name in names:
        watch, answer = watching.watch(name), watching.answer(name)
        lists = ", ".join(f"{source} {date}" for source, date in answer.view.snapshots)
        print(printable(f"{name}: {answer.customers:,} customers of {watch.path}, {answer.count:,} hits; answered "
                        f"{answer.at} from view {answer.view.key}: {lists}"))  # fmt: skip
    return 0 if names else 1

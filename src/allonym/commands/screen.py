"""`allonym screen`: names or a file of customers against the lists."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import click

import allonym
from allonym.cli import data_option
from allonym.commands.output import checked as checked_output
from allonym.commands.progress import RunProgress
from allonym.errors import InputError, UsageError
from allonym.lists import Lists, checked, listed_names
from allonym.matching.engine import Engine, Options
from allonym.matching.weights import weights
from allonym.screening.printable import printable
from allonym.screening.query import Query, known_schema
from allonym.screening.reader import Input, ReadOptions
from allonym.screening.record import Parameters, Record
from allonym.screening.rejects import TOLD, Reject
from allonym.screening.repeat import repeat
from allonym.screening.run import RunOptions, RunResult, Screener, run
from allonym.store.view import View
from allonym.whoami import user

FORMATS = ("table", "json", "jsonl", "csv", "parquet")


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]…")
@click.option("--input", "source", metavar="FILE", help="Customers: .csv, .jsonl or .parquet; - for standard input.")
@click.option("--output", metavar="FILE", help="Where to write the hits; the ending says the format.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Format of the output.")
@click.option("--schema", metavar="S", help="What is asked for: Person, Company, Vessel … (default: anything).")
@click.option("--threshold", type=float, metavar="T", help="Least score of a hit, 0 to 1 (default 0.7).")
@click.option("--limit", type=int, default=10, show_default=True, metavar="N", help="Hits per query.")
@click.option("--as-of", metavar="DATE", help="The lists as they stood that day.")
@click.option("--known-at", metavar="DATE", help="Only what was loaded here by that day.")
@click.option("--sources", metavar="S,S", help="Only these lists.")
@click.option("--evidence", metavar="FILE", help="Also write a sealed HTML page, as evidence for a file.")
@click.option("--unmerged", is_flag=True, help="One hit per list entry, not per actor.")
@click.option("--map", "maps", multiple=True, metavar="COLUMN=PROPERTY", help="What a column holds; repeatable.")
@click.option("--workers", type=int, default=1, show_default=True, metavar="N", help="Processes.")
@click.option("--restart", is_flag=True, help="Do not continue an interrupted run.")
@click.option("--alerts", is_flag=True, help="Also open an alert for every customer and entity; see allonym cases.")
@click.option("--by", metavar="NAME", default=user, help="Who opens them (default: this machine's user).")
@click.option("--repeat", "record", metavar="RECORD", help="Make a recorded run again, against the lists of that day.")
@data_option
def command(data: str, names: tuple[str, ...], record: str | None, **asked: Any) -> int:
    """Look up names, or a file of customers, with the reasons for every hit.

    \b
    Examples:
      allonym screen "cartel of the suns"
      allonym screen --input customers.csv --output hits.csv
      allonym screen "Quinby Oxenthorpe" --evidence oxenthorpe.html
      allonym screen --repeat RECORD.json
    """
    # With --repeat, --input says where the recorded input lies now.
    if sum((bool(names), record is not None or asked["source"] is not None)) != 1:
        raise UsageError('give names, or --input FILE, or --repeat RECORD: allonym screen "cartel of the suns"')
    if record is not None and asked["evidence"] is not None:
        raise UsageError("--evidence is of a new run; leave it out with --repeat")
    if asked["alerts"] and (record, asked["as_of"], asked["known_at"]) != (None, None, None):
        raise UsageError("--alerts is of today's lists; leave out --repeat, --as-of and --known-at")
    with allonym.open(data) as lists:
        if record is not None:
            return _repeat(lists, Path(record), asked)
        return _screen(lists, names, asked)


@dataclass(frozen=True, slots=True)
class _Made:
    """A screener on a view, and a way to an engine of the same making for what is told beside the output."""

    screener: Screener
    engine: Callable[[], Engine]


def _made(lists: Lists, view: View, parameters: Parameters, *, workers: int = 1) -> _Made:
    options = checked(Options(parameters.threshold, parameters.limit, parameters.sources, parameters.merged))
    factory: Any = lists.engine_factory(view, options, parameters.actors)
    if workers == 1:
        factory = _Held(lists.engine(view, options, parameters.actors))
    screener = Screener(factory, view.snapshots, parameters, allonym.__version__, weights().version)
    return _Made(screener, partial(lists.engine, view, options, parameters.actors))


@dataclass(frozen=True, slots=True)
class _Held:
    """A factory that gives the engine there is."""

    engine: Engine

    def __call__(self) -> Engine:
        return self.engine


def _screen(lists: Lists, names: tuple[str, ...], asked: dict[str, Any]) -> int:
    sources = listed_names(asked["sources"])
    known_schema(asked["schema"])
    parameters = Parameters(asked["threshold"], asked["limit"], asked["schema"], sources, not asked["unmerged"],
                            asked["as_of"], asked["known_at"],
                            lists.actors(asked["known_at"])[0])  # fmt: skip
    page = checked_output(asked["evidence"], asked["source"])
    if page is not None and asked["output"] and page.absolute() == Path(asked["output"]).absolute():
        raise UsageError(f"{page}: is the output too; give --evidence another file")
    view = lists.view(asked["as_of"], known_at=asked["known_at"])
    told = _notes(lists, view, parameters)
    for note in told:
        print(f"note: {note}", file=sys.stderr)
    made = _made(lists, view, parameters, workers=asked["workers"])
    reading = ReadOptions(maps=asked["maps"], schema=asked["schema"])
    typed = _typed(names) if names else None
    options = _run_options(asked)
    with Input("-" if names else asked["source"], reading, stdin=io.BytesIO(typed) if typed else None) as source:
        if not names:
            print(source.describe(), file=sys.stderr)
        result = _run(source, made, options)
        path = result.record.write(lists.records_folder)
        if source.path == "-":
            _keep_input(path, typed, source)
        if result.record.rejects and options.output is None:
            _tell_rejects(source)
        if page is not None:
            from allonym.commands.evidence import write

            write(lists, source, (result, path), told, page)
        if asked["alerts"]:
            from allonym.alerting import of_run, sentence

            print(sentence(of_run(lists, source, result, parameters, asked["by"])), file=sys.stderr)
    if len(names) == 1 and options.output is None and options.format in (None, "table"):
        _explain(made, names[0], asked["schema"])
    _tell(result, path, quiet=bool(names))
    if not result.record.queries:
        raise InputError(f"{source.name}: has no row that can be screened; give rows with a name, or say which column "
                         "is the name with --map COLUMN=name")  # fmt: skip
    return 0 if result.record.hits else 1


def _notes(lists: Lists, view: View, parameters: Parameters) -> list[str]:
    """What must be known about lists of a past day."""
    if parameters.as_of is None and parameters.known_at is None:
        return []
    from allonym.evidencing import notes

    return notes(lists, view, parameters)


def _typed(names: tuple[str, ...]) -> bytes:
    """Names given on the command line as the file they stand for. Raises InputError for one that cannot be searched."""
    import csv

    for row, name in enumerate(names, 1):
        Query.from_name(name, row=row)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["name"])
    writer.writerows([name] for name in names)
    return text.getvalue().encode("utf-8", "replace")


def _run_options(asked: dict[str, Any]) -> RunOptions:
    output = Path(asked["output"]) if asked["output"] else None
    return RunOptions(output, asked["format_"], asked["workers"], asked["restart"], RunProgress())


def _run(source: Input, made: _Made, options: RunOptions) -> RunResult:
    try:
        return run(source, made.screener, options)
    finally:
        if isinstance(options.progress, RunProgress):
            options.progress.stop()


def _keep_input(record: Path, typed: bytes | None, source: Input) -> None:
    """Keep what came in without a file of its own, so that the run can be made again."""
    copy = record.with_suffix(".input.csv")
    copy.write_bytes(typed if typed is not None else source.content())


def _explain(made: _Made, name: str, schema: str | None) -> None:
    hits = next(iter(made.engine()([Query.from_name(name, schema=schema)])))
    if hits:
        why = (f"Why {hits[0].listed_name} ({hits[0].entity_id}):", *hits[0].explain().split("\n"))
        print("", *map(printable, why), sep="\n")


def _tell_rejects(source: Input) -> None:
    """Say which rows were not used, where there is no rejects file to say it."""
    for reject in islice((row for row in source if isinstance(row, Reject)), TOLD):
        print(f"{source.name}, line {reject.line}: {reject.reason}", file=sys.stderr)


def _tell(result: RunResult, record: Path, *, quiet: bool) -> None:
    told = result.record
    for oddity in result.oddities:
        print(f"note: {oddity}", file=sys.stderr)
    if not quiet:
        print(f"{told.queries:,} asked, {told.queries_matched:,} with a match, {told.hits:,} hits, "
              f"{told.rejects:,} rows not used", file=sys.stderr)  # fmt: skip
    if result.rejects:
        print(f"rows not used, with reasons: {result.rejects}", file=sys.stderr)
    print(f"record: {record}", file=sys.stderr)


def _repeat(lists: Lists, path: Path, asked: dict[str, Any]) -> int:
    record = Record.read(path)
    made = _made(lists, View(record.view), record.parameters, workers=asked["workers"])
    kept = path.with_suffix(".input.csv")
    with kept.open("rb") if record.input_path == "-" and kept.exists() else io.BytesIO() as stdin:
        again = repeat(
            record, made.screener, _run_options(asked), input_path=asked["source"],
            stdin=stdin if record.input_path == "-" and kept.exists() else None,
        )  # fmt: skip
    for difference in again.differences:
        print(f"note: {difference}", file=sys.stderr)
    print("the same output, byte for byte" if again.identical else "the output differs from the recorded one",
          file=sys.stderr)  # fmt: skip
    return 0 if again.identical else 1

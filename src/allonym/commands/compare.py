"""`allonym compare`: two names, or a file of pairs."""

import csv
import sys
from itertools import islice
from pathlib import Path
from typing import IO, Any

import click
import orjson

from allonym.cli import data_option
from allonym.errors import InputError, UsageError
from allonym.matching.compare import Record, compare, compare_many
from allonym.matching.evidence import Comparison
from allonym.matching.waterfall import waterfall_svg
from allonym.screening.defuse import defused
from allonym.screening.printable import printable
from allonym.screening.query import Query, known_schema

COLUMNS = ("schema", "left", "right")
CHUNK = 1_000


@click.command()
@click.argument("names", nargs=-1, metavar="[LEFT RIGHT]")
@click.option("--schema", default="Person", show_default=True, metavar="S", help="What bears the names.")
@click.option("--pairs", metavar="FILE", help="CSV with the columns schema, left, right; adds score.")
@click.option("--output", metavar="FILE", help="Where to write the pairs (default: standard output).")
@click.option(
    "--format", "format_", type=click.Choice(("text", "json", "svg")), default="text", help="Of one comparison."
)
@data_option
def command(data: str, names: tuple[str, ...], schema: str, pairs: str | None, output: str | None, format_: str) -> int:
    """Compare two names, or the pairs in a file, without any list.

    \b
    Examples:
      allonym compare "Nicolas Maduro" "Maduro Moros, Nicolás"
      allonym compare "Nicolas Maduro" "Maduro Moros, Nicolás" --format svg > why.svg
      allonym compare --pairs pairs.csv --output scored.csv
    """
    if pairs is not None:
        if names:
            raise UsageError("give two names or --pairs FILE, not both")
        return _pairs(Path(pairs), output)
    if len(names) != 2:
        raise UsageError('give two names: allonym compare "Nicolas Maduro" "Maduro Moros, Nicolás"')
    found = _compare(schema, *names)
    if format_ == "json":
        evidence = [{"feature": e.feature, "weight": e.weight, "sentence": e.sentence} for e in found.evidence]
        print(orjson.dumps({"score": found.score, "match": found.match, "weights": found.weights_version,
                            "evidence": evidence}).decode())  # fmt: skip
    elif format_ == "svg":
        print(waterfall_svg(found.evidence), end="")
    else:
        print(*map(printable, found.explain().split("\n")), sep="\n")
    return 0 if found.match else 1


def _compare(schema: str, left: str, right: str) -> Comparison:
    return compare(*_sides(schema, left, right))


def _sides(schema: str, left: str, right: str) -> tuple[Record, Record]:
    known_schema(schema)
    one, other = (Query.from_name(name, schema=schema) for name in (left, right))
    return {"schema": schema, "properties": one.properties}, {"schema": schema, "properties": other.properties}


def _pairs(path: Path, output: str | None) -> int:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            if output is None:
                return _score(path, file, sys.stdout)
            part = Path(output + ".part")
            with part.open("w", encoding="utf-8", newline="") as target:
                status = _score(path, file, target)
            part.replace(output)
            return status
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the path") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a directory; give a CSV file with the columns schema, left, right") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: is no UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise InputError(f"{error.filename or path}: {error.strerror}; check the path and its permissions") from None


def _score(path: Path, file: IO[str], target: IO[str]) -> int:
    reader = csv.DictReader(file)
    missing = set(COLUMNS) - set(reader.fieldnames or ())
    if missing:
        raise InputError(f"{path}: lacks the column {', '.join(sorted(missing))}; it needs schema, left, right")
    fields = [*(f for f in reader.fieldnames or () if f != "score"), "score"]
    writer = csv.DictWriter(target, fields, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    asked = ((row, _row(path, reader.line_num, row)) for row in reader)
    while chunk := list(islice(asked, CHUNK)):
        for (row, _), score in zip(chunk, compare_many([sides for _, sides in chunk]), strict=True):
            cells: dict[str, Any] = {key: defused(value or "") for key, value in row.items() if key}
            writer.writerow({**cells, "score": f"{score:.6f}"})
    return 0


def _row(path: Path, line: int, row: dict[str, str]) -> tuple[Record, Record]:
    try:
        return _sides(row["schema"] or "Person", row["left"] or "", row["right"] or "")
    except (InputError, UsageError) as error:
        raise InputError(f"{path}, line {line}: {error}") from None

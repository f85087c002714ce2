"""`allonym show`: the dossier of one actor or several, or what the lists say about them, statement by statement."""

from datetime import UTC, datetime
from typing import Any

import click

import allonym
from allonym.cli import data_option
from allonym.commands.output import checked, deliver, format_of
from allonym.commands.shown import Wanted, candidates, shown
from allonym.dossier.network import MOST, STEPS
from allonym.errors import SeveralError, UsageError
from allonym.lists import listed_names

FORMATS = ("text", "html", "csv", "ftm", "json", "jsonl", "svg", "png")
ENDINGS = {".txt": "text", ".html": "html", ".htm": "html", ".csv": "csv", ".ftm": "ftm", ".json": "json",
           ".jsonl": "ftm", ".ndjson": "ftm", ".svg": "svg", ".png": "png"}  # fmt: skip
#: Formats that show one dossier.
ALONE = ("html", "svg", "png")


@click.command()
@click.argument("entities", nargs=-1, required=True, metavar="ENTITY …")
@click.option("--as-of", metavar="DATE", help="What was in force that day.")
@click.option("--known-at", metavar="DATE", help="From what was loaded here by that day.")
@click.option("--network", is_flag=True, help="Also who is linked to whom.")
@click.option("--steps", type=click.IntRange(1, 6), metavar="N", help="How far the network goes (default 2).")
@click.option("--most", type=click.IntRange(2, 500), metavar="N", help="Actors in the network (default 60).")
@click.option("--statements", "raw", is_flag=True, help="What the lists say, statement by statement.")
@click.option("--sources", metavar="S,S", help="Only what these lists say (with --statements, ftm, json).")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Format of the output.")
@click.option("--output", metavar="FILE", help="Where to write; the ending says the format.")
@data_option
def command(data: str, entities: tuple[str, ...], **asked: Any) -> int:
    """The dossier of ENTITY, an id or a name: names, measures by authority, what they amount to, time line.

    \b
    Examples:
      allonym show "cartel of the suns"
      allonym show "cartel of the suns" --as-of 2025-08-01
      allonym show "cartel of the suns" --network --output suns.html
      allonym show reg-cjng reg-sinaloa-cartel --format csv
      allonym show un-6908555 --format ftm
    """
    output = checked(asked["output"])
    wanted = _wanted(entities, asked)
    with allonym.open(data) as lists:
        try:
            content = shown(lists, wanted)
        except SeveralError as error:
            for line in candidates(error):
                print(line)
            raise
    if output is None and wanted.format == "text":
        print(content.decode(), end="")
    else:
        deliver(content, output)
    return 0


def _wanted(entities: tuple[str, ...], asked: dict[str, Any]) -> Wanted:
    """What is asked for. Raises UsageError for options that do not go together."""
    raw, network = asked["raw"], asked["network"]
    endings = ENDINGS | ({".jsonl": "jsonl", ".ndjson": "jsonl"} if raw else {})
    format_ = format_of(asked["output"], asked["format_"], endings, "text")
    if raw and format_ not in ("text", "csv", "jsonl"):
        raise UsageError(f"--format {format_} is the dossier; leave out --statements, or give text, csv or jsonl")
    if format_ == "jsonl" and not raw:
        raise UsageError("--format jsonl has statements: add --statements, or give --format ftm for the dossier's "
                         "entities")  # fmt: skip
    if network and (raw or format_ in ("csv", "ftm", "json")):
        raise UsageError(
            "--network goes with the dossier as text, html, svg or png; leave out --statements and other formats"
        )
    if (asked["steps"] or asked["most"]) and not network:
        raise UsageError("--steps and --most are of the network of a dossier; add --network")
    if asked["sources"] and not raw and format_ in ("html", "csv", "svg", "png"):
        raise UsageError(f"--sources goes with --statements, ftm and json; the dossier as {format_} has all lists")
    if format_ in ALONE and len(entities) > 1:
        raise UsageError(f"--format {format_} shows one dossier; give one ENTITY")
    return Wanted(
        entities, asked["as_of"], asked["known_at"], listed_names(asked["sources"]), format_, statements=raw,
        network=(asked["steps"] or STEPS, asked["most"] or MOST) if network else None,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
    )  # fmt: skip

"""`allonym diff`: who was added, removed or changed between two snapshots of a list."""

from typing import Any

import click
import orjson

import allonym
from allonym.cli import data_option
from allonym.screening.printable import printable


@click.command()
@click.argument("source")
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", help="Format of the output.")
@data_option
def command(data: str, source: str, old: str | None, new: str | None, format_: str) -> int:
    """What changed in SOURCE between two snapshots; the two newest by default.

    \b
    Examples:
      allonym diff un_sc
      allonym diff un_sc 2024-05-15 2026-02-27
    """
    with allonym.open(data) as lists:
        found = lists.diff(source, old, new)
    if format_ == "json":
        print(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
    else:
        _print(found)
    return 0 if found.added or found.removed or found.changed or found.measures else 1


def _print(found: Any) -> None:
    print(f"{found.source}: {found.old} to {found.new}")
    for title, entries in (("added", found.added), ("removed", found.removed)):
        print(f"\n{title}: {len(entries):,}")
        for entry in entries:
            print(f"  {entry.entity_id}  {printable(entry.caption)}")
    print(f"\nchanged: {len(found.changed):,}")
    for change in found.changed:
        print(f"  {change.entry.entity_id}  {printable(change.entry.caption)}")
        for prop in change.properties:
            label = f"{prop.schema}.{prop.prop}" if getattr(prop, "schema", None) else prop.prop
            print(f"    {label}: {_values(prop.before)} → {_values(prop.after)}")
    for measure in found.measures:
        print(f"  measure {printable(str(measure))}")


def _values(values: Any) -> str:
    return printable("; ".join(values)) or "nothing"

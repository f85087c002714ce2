"""`allonym diff`: who was added, removed or changed between two snapshots of a list."""

import click
import orjson

import allonym
from allonym.cli import data_option
from allonym.screening.printable import printable
from allonym.store.diff import Diff, MeasureChange


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


def _print(found: Diff) -> None:
    print(f"{found.source}: {found.old} to {found.new}")
    for title, entries in (("added", found.added), ("removed", found.removed)):
        print(f"\n{title}: {len(entries):,}")
        for entry in entries:
            print(f"  {entry.entity_id}  {printable(entry.caption)}")
    print(f"\nchanged: {len(found.changed):,}")
    for change in found.changed:
        print(f"  {change.entry.entity_id}  {printable(change.entry.caption)}")
        for prop in change.properties:
            label = f"{prop.part} {prop.prop}" if prop.part else prop.prop
            print(f"    {label}: {_values(prop.before)} → {_values(prop.after)}")
    if found.measures:
        print(f"\nmeasures: {len(found.measures):,}")
    for measure in found.measures:
        print(f"  {_measure(measure)}")


def _measure(change: MeasureChange) -> str:
    said = change.after or change.before
    assert said is not None
    what = "changed" if change.before and change.after else "added" if change.after else "removed"
    return printable(f"{said.measure_id}  {what}: {said.type} by {said.authority} upon {', '.join(said.targets)}")


def _values(values: tuple[str, ...]) -> str:
    return printable("; ".join(values)) or "nothing"

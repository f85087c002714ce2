"""`allonym sources`: the lists that are loaded, in figures, and what was odd in them."""

from collections import Counter
from typing import Any

import click
import orjson

import allonym
from allonym.cli import data_option
from allonym.errors import UsageError
from allonym.lists import Lists
from allonym.model import Snapshot
from allonym.screening.printable import printable
from allonym.sources import catalogue

KINDS = ("primary", "alias", "weak", "former", "original_script")
HEADINGS = ("source", "snapshot", "entries", *KINDS, "born", "identifiers", "programs", "issues", "checksum", "licence")
LEFT = ("source", "snapshot", "checksum", "licence")
EXAMPLES = 3


@click.command()
@click.option(
    "--format", "format_", type=click.Choice(("table", "json")), default="table", help="Format of the output."
)
@click.option("--all", "every", is_flag=True, help="Every snapshot, not only the newest of each list.")
@click.option("--issues", is_flag=True, help="What was not understood, by list and code, with examples.")
@click.option("--source", metavar="SOURCE", help="Only this list (with --issues: every issue of it).")
@click.option("--known", is_flag=True, help="The lists that can be loaded, and their file formats.")
@data_option
def command(data: str, format_: str, every: bool, issues: bool, source: str | None, known: bool) -> int:
    """The lists that are loaded: entries, names by kind, snapshot date, checksum, licence.

    \b
    Examples:
      allonym sources
      allonym sources --issues --source un_sc
      allonym sources --format json
    """
    if known:
        return _known(format_)
    with allonym.open(data) as lists:
        chosen = _chosen(lists, every=every, source=source)
        if issues:
            return _issues(lists, chosen, format_, whole=source is not None)
        rows = [_row(s) for s in chosen]
    if format_ == "json":
        print(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
    else:
        _table([_cells(row) for row in rows])
    return 0


def _chosen(lists: Lists, *, every: bool, source: str | None) -> list[Snapshot]:
    snapshots = sorted(lists.snapshots(), key=lambda s: (s.source, s.date))
    if source is not None:
        names = {s.source for s in snapshots}
        if source not in names:
            raise UsageError(f"no list called {source!r} is loaded; loaded are {', '.join(sorted(names))}")
        snapshots = [s for s in snapshots if s.source == source]
    if every:
        return snapshots
    return list({s.source: s for s in snapshots}.values())


def _row(snapshot: Snapshot) -> dict[str, Any]:
    counts = snapshot.counts
    return {
        "source": snapshot.source,
        "snapshot": snapshot.date,
        **{key: counts[key] for key in ("entries", "names", "with_birth_date", "identifiers", "addresses", "programs")},
        **{key: counts[key] for key in ("links", "issues", "statements", "measures")},
        "checksum": snapshot.checksum,
        "licence": catalogue.licence(snapshot.source),
        "date_basis": snapshot.date_basis,
        "format": snapshot.format,
        "origin": snapshot.origin,
        "loaded_at": snapshot.loaded_at,
        "accepted_shrinkage": snapshot.accepted_shrinkage,
        "extract": bool(counts.get("extract")),
    }


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    persons = row["entries"].get("Person", 0)
    born = f"{row['with_birth_date'] / persons:.0%}" if persons else ""
    names = (f"{row['names'][kind]:,}" for kind in KINDS)
    entries = f"{sum(row['entries'].values()):,}"
    return (row["source"], row["snapshot"], entries, *names, born, f"{row['identifiers']:,}", f"{row['programs']:,}",
            f"{row['issues']:,}", row["checksum"][:12], row["licence"])  # fmt: skip


def _table(rows: list[tuple[str, ...]]) -> None:
    heads = tuple(h.replace("_", " ") for h in HEADINGS)
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    for row in (heads, *rows):
        cells = [
            cell.ljust(w) if HEADINGS[i] in LEFT else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())


def _issues(lists: Lists, snapshots: list[Snapshot], format_: str, *, whole: bool) -> int:
    told = []
    for snapshot in snapshots:
        found = lists.store.issues(snapshot.source, snapshot.date)
        if format_ == "json":
            told += [{"source": snapshot.source, "snapshot": snapshot.date, "code": i.code, "message": i.message,
                      "entity_id": i.entity_id, "original": i.original} for i in found]  # fmt: skip
            continue
        print(f"{snapshot.source} {snapshot.date}: {len(found):,} issues")
        by_code = Counter(i.code for i in found)
        for code, count in by_code.most_common():
            print(f"  {code}: {count:,}")
            same = [i for i in found if i.code == code]
            for issue in same if whole else same[:EXAMPLES]:
                where = f"{issue.entity_id}: " if issue.entity_id else ""
                what = f" [{issue.original}]" if issue.original else ""
                print(f"    {printable(where + issue.message + what)}")
    if format_ == "json":
        print(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode())
    return 0


def _known(format_: str) -> int:
    rows = [
        {"source": s.name, "title": s.title, "publisher": s.publisher, "formats": [f.name for f in s.formats],
         "downloads": s.downloads, "licence": s.licence}
        for s in (catalogue.register(), *catalogue.sources().values())
    ]  # fmt: skip
    if format_ == "json":
        print(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
        return 0
    for row in rows:
        fetched = "" if row["downloads"] else "  (from files only)"
        print(f"{row['source']:<20} {row['title']}{fetched}\n{'':<20} {', '.join(row['formats'])}")
    return 0

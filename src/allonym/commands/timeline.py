"""`allonym timeline`: who came on the lists and who went, by month."""

from typing import Any

import click

import allonym
from allonym.cli import data_option
from allonym.commands.output import checked, deliver, format_of
from allonym.commands.pictured import drawn
from allonym.dossier import flow_text
from allonym.dossier.flow import By, Every, Flow, between, flow, only
from allonym.errors import NotFoundError
from allonym.store.view import check_sources, iso_day, known_by

FORMATS = ("text", "csv", "svg", "png")
ENDINGS = {".txt": "text", ".csv": "csv", ".svg": "svg", ".png": "png"}


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]…")
@click.option("--by", type=click.Choice([by.value for by in By]), default=By.AUTHORITY.value, show_default=True,
              help="What is counted apart.")  # fmt: skip
@click.option("--only", "groups", multiple=True, metavar="GROUP", help="Only this program or authority; repeatable.")
@click.option("--every", type=click.Choice([every.value for every in Every]), default=Every.MONTH.value,
              show_default=True, help="How long a period is.")  # fmt: skip
@click.option("--since", metavar="DATE", help="From that day's month on.")
@click.option("--until", metavar="DATE", help="Up to that day's month.")
@click.option("--known-at", metavar="DATE", help="Only what was loaded here by that day.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Format of the output.")
@click.option("--output", metavar="FILE", help="Where to write; the ending says the format.")
@data_option
def command(data: str, sources: tuple[str, ...], **asked: Any) -> int:
    """Who was added to the lists and removed from them, by month and authority or program.

    \b
    Examples:
      allonym timeline un_sc --by program --every year
      allonym timeline un_sc --by program --only Iran --output iran.png
      allonym timeline --since 2024-01-01 --format csv
      allonym timeline un_sc us_ofac_sdn --by source --output lists.svg
    """
    output = checked(asked["output"])
    format_ = format_of(asked["output"], asked["format_"], ENDINGS, "text")
    since, until = (iso_day(day) if day else None for day in (asked["since"], asked["until"]))
    with allonym.open(data) as lists:
        snapshots = known_by(lists.snapshots(), asked["known_at"])
        check_sources(sources, {s.source for s in snapshots})
        own = [s for s in snapshots if not sources or s.source in sources]
        found = flow(lists.store, own, By(asked["by"]), Every(asked["every"]))
    if asked["groups"]:
        found = only(found, asked["groups"])
    found = between(found, since, until)
    if not found.movements:
        raise NotFoundError("nothing there is dated: the lists state no dates, and have one snapshot each; load "
                            "another snapshot, or widen --since and --until")  # fmt: skip
    deliver(_content(found, format_), output)
    return 0


def _content(found: Flow, format_: str) -> bytes:
    if format_ == "text":
        return "".join(f"{line}\n" for line in flow_text.text(found)).encode("utf-8", "backslashreplace")
    if format_ == "csv":
        return flow_text.write_csv(found)
    return drawn(lambda plots: plots.flow_figure(found), format_)

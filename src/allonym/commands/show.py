"""`allonym show`: the dossier of one actor, or everything the lists say about it, statement by statement."""

from collections.abc import Iterable

import click
import orjson

import allonym
from allonym.cli import data_option
from allonym.dossier.assemble import around, build
from allonym.dossier.dossier import Dossier
from allonym.dossier.network import Network
from allonym.dossier.text import network_text, text
from allonym.errors import SeveralError, UsageError
from allonym.lists import Lists, listed_names
from allonym.news.saved import saved
from allonym.screening.printable import printable


@click.command()
@click.argument("entity")
@click.option("--as-of", metavar="DATE", help="What was in force that day.")
@click.option("--known-at", metavar="DATE", help="From what was loaded here by that day.")
@click.option("--network", is_flag=True, help="Also who is linked to whom, two steps away.")
@click.option("--statements", "raw", is_flag=True, help="What the lists say, statement by statement.")
@click.option("--sources", metavar="S,S", help="Only what these lists say (with --statements, ftm, json).")
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "html", "ftm", "json")),
    default="text",
    help="html: one page; ftm: one FtM entity.",
)
@data_option
def command(data: str, entity: str, format_: str, *, raw: bool, network: bool, **options: str | None) -> int:
    """The dossier of ENTITY, an id or a name: names, measures by authority, what they amount to, time line.

    \b
    Examples:
      allonym show "cartel of the suns"
      allonym show "cartel of the suns" --as-of 2025-08-01
      allonym show un-6908555 --format ftm
    """
    as_of, known_at, sources = options["as_of"], options["known_at"], options["sources"]
    by_statement = raw or format_ in ("ftm", "json")
    if known_at is not None and by_statement:
        raise UsageError("--known-at goes with the dossier; leave out --statements and --format ftm or json")
    if network and by_statement:
        raise UsageError("--network goes with the dossier; leave out --statements and --format ftm or json")
    if raw and format_ == "html":
        raise UsageError("--format html is the dossier; leave out --statements")
    with allonym.open(data) as lists:
        try:
            if by_statement or sources is not None:
                _statements(lists, entity, as_of, listed_names(sources), format_)
            else:
                found = build(lists, entity, as_of, known_at)
                _print(_dossier(found, around(lists, found) if network else None, format_))
                if format_ == "text":
                    _print(_documents(lists, found))
        except SeveralError as error:
            _print(_candidates(error))
            raise
    return 0


def _statements(lists: Lists, entity: str, as_of: str | None, sources: tuple[str, ...] | None, format_: str) -> None:
    from allonym.commands import statements  # needs FtM's model, which takes longer to import than a dossier to build

    view = lists.view(as_of, sources)
    found = statements.find(lists, view, entity)
    if format_ == "text":
        statements.tell(lists, view, found)
        return
    indent = orjson.OPT_INDENT_2 if format_ == "json" else 0
    print(orjson.dumps(statements.as_ftm(lists, view, found), option=indent).decode())


def _dossier(found: Dossier, network: Network | None, format_: str) -> Iterable[str]:
    if format_ == "html":
        from allonym.dossier.page import page

        return [page(found, network).rstrip("\n")]
    return [*text(found), *(network_text(network) if network is not None else ())]


def _documents(lists: Lists, found: Dossier) -> Iterable[str]:
    """The saved documents that mention the actor: what is reported, apart from what is official."""
    documents = saved(lists.store, dict.fromkeys((found.entity_id, *(s.entity_id for s in found.stated))))
    if documents:
        yield "\nReported in saved documents (not official)"
    for document in documents:
        told = ", ".join(text for text in (document.date, document.outlet, document.title) if text)
        yield printable(f"  {told or document.checksum[:12]}")
        for measure in document.measures:
            kind, status = measure["type"].replace("_", " "), measure["status"].replace("_", " ")
            yield printable(f"    {kind}, {status}, by {measure['authority'] or 'somebody'}")


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _candidates(error: SeveralError) -> Iterable[str]:
    for entity_id, caption, schema, sources in error.candidates:
        yield printable(f"{entity_id}  {caption}  ({schema}; {', '.join(sources)})")

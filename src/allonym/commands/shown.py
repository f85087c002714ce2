"""What `allonym show` gives: dossiers, or statements, in each format as bytes.

Takes the open lists and what is wanted; must not print. What a format needs is imported only for it: FtM's model takes
longer to load than a dossier takes to build.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import orjson

import allonym
from allonym.commands.pictured import drawn
from allonym.dossier.assemble import around, build
from allonym.dossier.clocks import choose, day
from allonym.dossier.dossier import Dossier
from allonym.dossier.find import SameActor
from allonym.dossier.network import Network
from allonym.dossier.reported import documents
from allonym.dossier.text import documents_text, network_text, text
from allonym.errors import SeveralError
from allonym.lists import Lists
from allonym.news.saved import Saved
from allonym.screening.printable import printable


@dataclass(frozen=True, slots=True)
class Wanted:
    """The entities as they were asked for, the two days, the lists asked, the format; `network` is how many steps and
    how many actors, None for none; `at` is when it was asked (UTC, ISO)."""

    entities: tuple[str, ...]
    as_of: str | None
    known_at: str | None
    sources: tuple[str, ...] | None
    format: str
    statements: bool
    network: tuple[int, int] | None
    at: str


def shown(lists: Lists, wanted: Wanted) -> bytes:
    """Everything that is wanted. Raises NotFoundError, SeveralError, UsageError."""
    if wanted.format == "json" or (wanted.format == "text" and (wanted.statements or wanted.sources is not None)):
        return _by_statement(lists, wanted)
    found = [build(lists, entity, wanted.as_of, wanted.known_at) for entity in wanted.entities]
    if wanted.statements:
        return _statements(lists, wanted, found)
    if wanted.format == "csv":
        from allonym.dossier.table import write_csv

        return write_csv(found)
    if wanted.format == "ftm":
        from allonym.dossier import export

        entities = (export.ftm(lists.store, d, export.entries(lists.store, d, wanted.sources)) for d in found)
        return b"".join(orjson.dumps(entity) + b"\n" for of_one in entities for entity in of_one)
    if wanted.format == "html":
        from allonym.dossier.page import Asked, page

        asked = Asked(wanted.entities[0], wanted.at, allonym.__version__)
        network, told = _network(lists, found[0], wanted), _documents(lists, found[0])
        return _bytes(page(found[0], asked, network, told))
    if wanted.format in ("svg", "png"):
        return _picture(found[0], _network(lists, found[0], wanted), wanted.format)
    return b"\n".join(_bytes("\n".join([*_text(lists, dossier, wanted), ""])) for dossier in found)


def _picture(found: Dossier, network: Network | None, format_: str) -> bytes:
    if network is None:
        return drawn(lambda plots: plots.timeline_figure(found), format_)
    if format_ == "svg":
        from allonym.dossier.pictures import network_picture

        return _bytes(f"{network_picture(network)}\n")
    return drawn(lambda plots: plots.network_figure(network), format_)


def _by_statement(lists: Lists, wanted: Wanted) -> bytes:
    """What the lists say, for people or as one FtM entity with what refers to it."""
    from allonym.commands import statements

    view = lists.view(wanted.as_of, wanted.sources, wanted.known_at)
    chosen = choose(lists.snapshots(), wanted.as_of, wanted.known_at)
    same = SameActor.read(lists, chosen.view, day(wanted.known_at))
    told = []
    for asked in wanted.entities:
        found = statements.find(lists, view, same, asked)
        if wanted.format == "json":
            told.append(orjson.dumps(statements.as_ftm(lists, view, found, chosen), option=orjson.OPT_INDENT_2) + b"\n")
        else:
            told += [_bytes(f"{line}\n") for line in statements.lines(lists, view, found, chosen)]
    return b"".join(told)


def _statements(lists: Lists, wanted: Wanted, found: list[Dossier]) -> bytes:
    """Statements as a table or as JSON lines, in FtM's columns."""
    from allonym.dossier import export
    from allonym.dossier.table import sheet

    store, chosen = lists.store, choose(lists.snapshots(), wanted.as_of, wanted.known_at)
    rows = (row for d in found
            for row in export.statements(store, d, export.entries(store, d, wanted.sources), chosen))  # fmt: skip
    if wanted.format == "csv":
        return sheet(export.STATEMENT, rows)
    return b"".join(orjson.dumps(dict(zip(export.STATEMENT, row, strict=True))) + b"\n" for row in rows)


def _network(lists: Lists, found: Dossier, wanted: Wanted) -> Network | None:
    if wanted.network is None:
        return None
    steps, most = wanted.network
    return around(lists, found, steps=steps, most=most)


def _text(lists: Lists, found: Dossier, wanted: Wanted) -> Iterator[str]:
    yield from text(found)
    network = _network(lists, found, wanted)
    if network is not None:
        yield from network_text(network)
    yield from documents_text(_documents(lists, found))


def _documents(lists: Lists, found: Dossier) -> list[Saved]:
    """The saved documents that mention the actor."""
    ids = (found.entity_id, *(s.entity_id for s in found.stated))
    return documents(lists.store, ids, found.as_of, found.known_at)


def _bytes(told: str) -> bytes:
    return told.encode("utf-8", "backslashreplace")


def candidates(error: SeveralError) -> Iterable[str]:
    """Those who bear the name, one a line."""
    for entity_id, caption, schema, sources in error.candidates:
        yield printable(f"{entity_id}  {caption}  ({schema}; {', '.join(sources)})")

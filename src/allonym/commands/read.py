"""`allonym read`: who is named in a document, what was done to whom, and who says so."""

import atexit
import sys
from functools import partial

import click
import orjson

import allonym
from allonym.cli import complain, data_option
from allonym.commands import report
from allonym.commands.progress import FileProgress
from allonym.errors import InputError, UsageError
from allonym.news import saved
from allonym.news.corroborate import events
from allonym.news.documents.apart import Apart
from allonym.news.documents.document import MOST_BYTES, Document
from allonym.news.documents.opening import open_document
from allonym.news.page import page
from allonym.news.read import day, read_document
from allonym.news.reading import Reading
from allonym.screening.printable import printable
from allonym.screening.workers import in_order

STDIN = "-"


def _is_day(_: click.Context, __: click.Parameter, text: str | None) -> str | None:
    try:
        return None if text is None else day(text)
    except UsageError as error:
        raise click.BadParameter(str(error)) from None


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE ...")
@click.option("--format", "format_", type=click.Choice(("text", "json", "html")), default="text",
              help="Format of the output; json is reading/1, one line a file; html is a page of one file.")  # fmt: skip
@click.option("--lang", type=click.Choice(("en", "es", "pt")), help="Language of the text; detected by default.")
@click.option("--date", metavar="DATE", callback=_is_day,
              help="Day of the text (ISO); what a page or e-mail says by default.")  # fmt: skip
@click.option("--save", is_flag=True, help="Keep the readings beside the lists; `allonym show` then names them.")
@click.option("--together", is_flag=True, help="Add what several documents report alike to the json (text has it).")
@click.option("--workers", type=click.IntRange(1, 64), default=1, help="Processes that read.", show_default=True)
@data_option
def command(  # noqa: PLR0913 (the options of one command)
    data: str,
    files: tuple[str, ...],
    format_: str,
    lang: str | None,
    date: str | None,
    *,
    save: bool,
    together: bool,
    workers: int,
) -> int:
    """Read each FILE (- for standard input): who is named, what was done to whom, who says so, what is on record.

    Plain text and e-mails; web pages with the extra `news`, PDF with the extra `pdf`. Of several files, what they
    report alike is told at the end, with how many accounts do not copy each other.

    \b
    Examples:
      allonym read article.txt --date 2025-08-08
      allonym read article.txt --format html > article.html
      allonym read *.html --save --format json > readings.jsonl
    """
    if format_ == "html" and len(files) > 1:
        raise UsageError("a page shows one document; give one FILE with --format html")
    if STDIN in files:
        workers = 1
    readings = list[Reading]()
    failed = False
    reader = partial(_Reader, data, lang, date)
    with allonym.open(data) as lists, FileProgress("reading", len(files)) as progress:
        results = in_order(files, reader, workers=workers)
        for name in files:
            progress.starts(name)
            read = next(results)
            if isinstance(read, str):
                complain(printable(read))
                failed = True
                continue
            readings.append(read)
            if save:
                saved.save(lists.store, read)
            _show(name, read, format_)
    if len(readings) > 1 and (together or format_ == "text"):
        _together(readings, format_)
    if failed:
        return InputError.status
    return 0 if any(reading.mentions for reading in readings) else 1


class _Reader:
    """Reads one file after the other; gives the reading, or in one line why there is none."""

    def __init__(self, data: str, lang: str | None, date: str | None) -> None:
        self.lang, self.date = lang, date
        self.lists, self.apart = allonym.open(data), Apart()
        atexit.register(self.apart.close)

    def __call__(self, name: str) -> Reading | str:
        try:
            return read_document(_document(name, self.apart), self.lists, self.lang, self.date)
        except InputError as error:
            return str(error)


def _show(name: str, reading: Reading, format_: str) -> None:
    if format_ == "json":
        print(orjson.dumps(reading.to_dict()).decode())
    elif format_ == "html":
        print(page(reading), end="")
    else:
        report.show(name, reading)


def _together(readings: list[Reading], format_: str) -> None:
    """What several documents report alike."""
    found = events(readings)
    if format_ == "json":
        print(orjson.dumps({"format": "corroboration/1", "events": [event.to_dict() for event in found]}).decode())
    else:
        report.show_together(found, readings)


def _document(name: str, apart: Apart) -> Document:
    if name == STDIN:
        return open_document(sys.stdin.buffer.read(MOST_BYTES + 1), name=STDIN, apart=apart)
    return open_document(name, apart=apart)

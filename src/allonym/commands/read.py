"""`allonym read`: who is named in a text, and who says what."""

import io
import sys
from pathlib import Path

import click
import orjson

import allonym
from allonym.cli import data_option
from allonym.errors import InputError
from allonym.news.reading import Reading
from allonym.screening.encoding import survey
from allonym.screening.printable import printable

MOST_BYTES = 50_000_000
STDIN = "-"


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE ...")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text",
              help="Format of the output; json is reading/1, one line a file.")  # fmt: skip
@click.option("--lang", type=click.Choice(("en", "es", "pt")), help="Language of the text; detected by default.")
@click.option("--date", metavar="DATE", help="Day of the text (ISO), kept in the reading.")
@data_option
def command(data: str, files: tuple[str, ...], format_: str, lang: str | None, date: str | None) -> int:
    """Read each FILE of plain text (- for standard input): mentions and claims.

    \b
    Examples:
      allonym read article.txt --date 2025-08-08
      allonym read article.txt --format json
    """
    found = False
    with allonym.open(data) as lists:
        for name in files:
            reading = allonym.read(_text(name), lists=lists, lang=lang, date=date)
            found = found or bool(reading.mentions)
            if format_ == "json":
                print(orjson.dumps(reading.to_dict()).decode())
            else:
                _print(name, reading)
    return 0 if found else 1


def _text(name: str) -> str:
    """The text of a file. Raises InputError for one that is too large or no text."""
    try:
        content = sys.stdin.buffer.read(MOST_BYTES + 1) if name == STDIN else _bytes(Path(name))
    except OSError as error:
        raise InputError(f"{name}: cannot be read ({error.strerror}); check the file and its permissions") from None
    if len(content) > MOST_BYTES:
        raise InputError(f"{name}: more than {MOST_BYTES // 1_000_000} MB; cut it into documents")
    no_text = InputError(f"{name}: this is no text; save the article as plain text in UTF-8")
    try:
        encoding = survey(io.BytesIO(content)).encoding
    except InputError:
        raise no_text from None
    text = content.decode(encoding, errors="replace")
    if "\x00" in text:
        raise no_text
    return text.removeprefix("\ufeff")


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _print(name: str, reading: Reading) -> None:
    print(printable(f"{name}: {reading.lang or 'language not read'}, {len(reading.text):,} characters"))
    for note in reading.notes:
        print(f"  note: {printable(note)}")
    print(f"\nmentions: {len(reading.mentions):,}")
    shown = dict.fromkeys((m.type, m.canonical, m.entity_id or "") for m in reading.mentions)
    for kind, canonical, entity in shown:
        spans = [mention.span for mention in reading.mentions if mention.canonical == canonical]
        names = dict.fromkeys(reading.text[span.start : span.end] for span in spans)
        print(printable(f"  {canonical} ({kind}{', ' + entity if entity else ''}): {'; '.join(names)}"))
    print(f"\nclaims: {len(reading.claims):,}")
    for claim in reading.claims:
        said = " … ".join(reading.text[span.start : span.end] for span in claim.contents)
        to = f" to {claim.outlet}" if claim.outlet else ""
        print(printable(f"  {claim.speaker or '?'}{to}{', denying' if claim.denial else ''}: {said}"))

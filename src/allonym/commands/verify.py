"""`allonym verify`: whether a page of evidence is as it was written."""

from pathlib import Path

import click

from allonym.cli import complain, data_option
from allonym.errors import AllonymError, InputError
from allonym.screening.evidence_page import kept
from allonym.screening.printable import printable
from allonym.screening.record import Record
from allonym.screening.sealed_page import LARGEST, Opened, opened


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE …")
@data_option
def command(data: str, files: tuple[str, ...]) -> int:
    """Whether each FILE, a page of evidence, is as it was written.

    \b
    Examples:
      allonym verify oxenthorpe.html
      allonym verify evidence/*.html
      allonym verify suns.html --data DIR
    """
    failed = False
    for name in files:
        try:
            lines = _verified(Path(name), Path(data).expanduser() / "records")
        except AllonymError as error:
            complain(printable(str(error)))
            failed = True
            continue
        for line in lines:
            print(printable(line))
    return InputError.status if failed else 0


def _verified(path: Path, records: Path) -> list[str]:
    """What can be said of a page whose seal holds. Raises InputError for one that does not."""
    page = opened(_read(path), str(path))
    told = [
        f"{path}: unaltered, SHA-256 {page.sha256}, made by Allonym {page.version or 'of a version it does not say'}"
    ]
    if page.record_id is None:
        return [*told, "  a dossier: of these no record is kept; compare the checksum with the one you kept"]
    return [*told, f"  {_of_run(page, records)}"]


def _of_run(page: Opened, records: Path) -> str:
    """Whether the data folder knows the run and this page of it. Raises InputError when it knows another page."""
    record = records / f"{page.record_id}.json"
    if not record.exists():
        return f"its run {page.record_id} is not in this data folder; give the one it was made in with --data DIR"
    Record.read(record)
    written = kept(record)
    again = f"to make the run again: allonym screen --repeat {record}"
    if written is None:
        return f"the record of its run is here, the checksum of its page is not; {again}"
    if page.sha256 not in written:
        raise InputError(f"run {page.record_id}: another page was written for it (SHA-256 {written[-1][:12]}…); this "
                         "one was altered and sealed anew; restore it from a copy")  # fmt: skip
    return f"it is the page that was written for run {page.record_id}; {again}"


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path}: is too large for a page of evidence; give one that Allonym wrote")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path") from None

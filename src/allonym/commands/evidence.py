"""`allonym screen --evidence`: the page of evidence of a run, written to a file.

Takes the open lists and a finished run; writes the page. Must not change what was screened.
"""

from collections.abc import Sequence
from pathlib import Path

from allonym.commands.output import deliver
from allonym.evidencing import Made, page_of
from allonym.lists import Lists
from allonym.screening.evidence_page import keep
from allonym.screening.reader import Input
from allonym.screening.run import RunResult


def write(lists: Lists, source: Input, run: tuple[RunResult, Path], told: Sequence[str], output: Path) -> None:
    """Write the page of a run (with the path of its record) and keep the page's checksum beside the record.

    Raises InputError when it cannot be written.
    """
    result, path = run
    page = page_of(lists, source, Made(result.record, path, result.with_hits), told)
    deliver(page.encode("utf-8", "backslashreplace"), output)
    keep(path, page)

"""What a source is: a publisher's list, the formats it comes in, where it is fetched, and its floors.

Takes nothing but paths; each adapter module fills in one `Source`. Must not open a network connection.
"""

import datetime
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from allonym.model import Measure, Statement
from allonym.sources.entry import Report


@dataclass(frozen=True, slots=True)
class Floors:
    """What stops a broken list from replacing the one in use.

    `entries` and `names`: fewer than that is no list of this publisher. `with_birth_date`: the least share (0 to 1) of
    persons with a date of birth. `shrinkage`: the largest share of the entries of the snapshot before that may go.
    """

    entries: int = 1
    names: int = 1
    with_birth_date: float = 0.0
    shrinkage: float = 0.1


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files that make one snapshot: `main` and its companions by role (`alt`, `add`, `comments` …)."""

    format: "Format"
    main: Path
    companions: dict[str, Path] = field(default_factory=dict)

    @property
    def files(self) -> list[Path]:
        """All files, the main one first."""
        return [self.main, *self.companions.values()]

    def checksum(self) -> str:
        """SHA-256 over the files, in order, in hexadecimal."""
        digest = hashlib.sha256()
        for path in self.files:
            with path.open("rb") as file:
                for block in iter(lambda: file.read(1 << 20), b""):
                    digest.update(block)
        return digest.hexdigest()


Record = Statement | Measure


@dataclass(frozen=True, slots=True)
class Format:
    """One file format of a source.

    `recognise(path, head)` says from the first 8 KiB whether the file is the main file of this format.
    `companions(path)` finds the other files of the bundle beside it. `date(bundle)` is the publisher's own date of the
    snapshot (ISO day), None when the content has none. `read(bundle, report)` yields statements (all of one entry
    together) and measures; it raises ListError, naming file and line, when the file cannot be read to its end.
    """

    name: str
    source: str
    recognise: Callable[[Path, bytes], bool]
    read: Callable[[Bundle, Report], Iterator[Record]]
    date: Callable[[Bundle], datetime.date | None]
    companions: Callable[[Path], dict[str, Path]] = lambda path: {}


@dataclass(frozen=True, slots=True)
class Source:
    """One official list. `downloads` maps the file name to save under to the publisher's address."""

    name: str
    title: str
    publisher: str
    authority: str  # id of the authority in registers/authorities.json
    licence: str
    formats: Sequence[Format]
    floors: Floors
    downloads: dict[str, str] = field(default_factory=dict)
    page: str | None = None

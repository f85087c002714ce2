"""Which lists lie in a folder, or what a file is.

Takes a path; gives the bundles of files that make snapshots, with the day each is of and how that is known. Must not
read more than the first bytes of a file to recognise it, nor follow links out of the folder.
"""

import calendar
import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from allonym.errors import InputError, ListError
from allonym.sources import catalogue, ftm_json
from allonym.sources.source import Bundle, Format

HEAD = 8_192
MOST_FILES = 10_000
PATH_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_]?(0[1-9]|1[0-2])(?:[-_]?(0[1-9]|[12]\d|3[01]))?)?(?!\d)")


@dataclass(frozen=True, slots=True)
class Found:
    """One snapshot to load. `day` is ISO; `basis` says how it is known: content, path or file_time."""

    source: str
    bundle: Bundle
    day: str
    basis: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """What a path holds: snapshots by source in time order, files that are no list, files that cannot be read."""

    found: list[Found] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    broken: list[tuple[Path, str]] = field(default_factory=list)


def discover(path: Path, only: Sequence[str] = (), *, day: str | None = None) -> Discovery:
    """All lists at `path`. `only` limits to some sources; `day` is the snapshots' day where the user states it.

    Raises InputError for a path that is not there, or a single file that is empty or no list of a known format.
    """
    files = _files(path)
    root = (path if path.is_dir() else path.parent).resolve()
    result = Discovery()
    claimed: set[Path] = set()
    bundles: list[tuple[str, Bundle]] = []
    for file in files:
        try:
            bundle = _recognise(file, only, root)
        except ListError as error:
            result.broken.append((file, str(error)))
            continue
        if bundle is not None:
            claimed.update(bundle.files)
            bundles.append((_source_name(bundle), bundle))
    result.others.extend(f for f in files if f not in claimed and f not in {b[0] for b in result.broken})
    for name, bundle in bundles:
        if bundle.main in claimed and not any(bundle.main in b.companions.values() for _, b in bundles):
            try:
                result.found.append(_dated(name, bundle, day))
            except ListError as error:
                result.broken.append((bundle.main, str(error)))
    result.found.sort(key=lambda f: (f.source, f.day))
    if path.is_file() and not result.found and not result.broken:
        known = ", ".join(catalogue.sources())
        raise InputError(f"{path}: no list of a known format ({known}) and no FollowTheMoney JSON lines; "
                         "check that it is the file the publisher offers")  # fmt: skip
    return result


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise InputError(f"{path}: no such file or folder; check the path")
    if path.is_file():
        if path.stat().st_size == 0:
            raise InputError(f"{path}: is empty; fetch the file again")
        return [path]
    root = path.resolve()
    found = [
        p
        for p in sorted(path.rglob("*"))
        if p.is_file() and not p.name.startswith(".") and p.resolve().is_relative_to(root)
    ]
    if len(found) > MOST_FILES:
        raise InputError(f"{path}: more than {MOST_FILES} files; give the folder that holds the lists")
    return found


def _recognise(file: Path, only: Sequence[str], root: Path) -> Bundle | None:
    try:
        with file.open("rb") as opened:
            head = opened.read(HEAD)
    except OSError as error:
        raise ListError(f"{file}: cannot be read ({error.strerror}); check its permissions") from None
    for kind in _formats(only):
        if kind.recognise(file, head):
            companions = {role: p for role, p in kind.companions(file).items() if p.resolve().is_relative_to(root)}
            return Bundle(kind, file, companions)
    return None


def _formats(only: Sequence[str]) -> Iterator[Format]:
    for kind in catalogue.formats():
        if not only or kind.source in only:
            yield kind
    if not only:
        yield ftm_json.FORMAT


def _source_name(bundle: Bundle) -> str:
    if bundle.format is not ftm_json.FORMAT:
        return bundle.format.source
    stem = bundle.main.name.split(".")[0]
    return "ftm_" + re.sub(r"[^a-z0-9]+", "_", stem.lower()).strip("_")


def _dated(name: str, bundle: Bundle, day: str | None) -> Found:
    if day is not None:
        return Found(name, bundle, day, "given")
    stated = bundle.format.date(bundle)
    if stated is not None:
        return Found(name, bundle, stated.isoformat(), "content")
    named = path_day(bundle.main)
    if named is not None:
        return Found(name, bundle, named, "path")
    changed = datetime.datetime.fromtimestamp(bundle.main.stat().st_mtime, datetime.UTC).date()
    return Found(name, bundle, changed.isoformat(), "file_time")


def path_day(path: Path) -> str | None:
    """The day that a file or its folder is named after; a month or a year stands for its last day.

    The last day, since by then at the latest the file was what the publisher had published.
    """
    for text in (path.name, path.parent.name):
        matches = list(PATH_DATE.finditer(text))
        if matches:
            year, month, day = (int(g) if g else None for g in matches[-1].groups())
            assert year is not None
            month = month or 12
            return f"{year}-{month:02d}-{day or calendar.monthrange(year, month)[1]:02d}"
    return None

"""`update`: what is asked for, found or fetched, loaded, and switched to.

Takes the store and the names of sources or a path; gives an outcome per list. Must not print; a list that fails does
not stop the others.
"""

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from allonym.collector import uncollected
from allonym.errors import InputError, UsageError
from allonym.model import EXTRACT, REGISTER
from allonym.pipeline import Loader, LoadOptions, Outcome, activate
from allonym.resolution.resolve import Resolver
from allonym.sources import catalogue, ftm_json
from allonym.sources.discover import Discovery, Found, discover
from allonym.sources.source import Bundle
from allonym.store import Store

if TYPE_CHECKING:
    from allonym.lists import UpdateOptions

#: Files of a folder that are no list and are named one by one.
IGNORED_TOLD = 5
#: What progress calls the entries that are compared with those of other lists.
SAME_ACTORS = "same actors"
NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")


def update(store: Store, folder: Path, sources: Sequence[str], options: "UpdateOptions") -> list[Outcome]:
    """Load what is asked for. See `lists.Lists.update`."""
    found, outcomes, local = _wanted(folder, sources, options)
    load_options = LoadOptions(options.accept_shrinkage, local, options.progress)
    with store.loading(options.wait) as loading, uncollected():
        loader = Loader(loading, store, load_options)
        if not store.snapshots(REGISTER) and REGISTER not in sources:
            loader.load(_register())
        outcomes += [loader.load(one) for one in found]
        view = activate(loading, store, folder)
        resolver(store, folder, options.progress).after_update(loading, view)
    return outcomes


def resolver(store: Store, folder: Path, progress: Callable[[str, int], None] | None) -> Resolver:
    """A resolver that tells its progress under the name `SAME_ACTORS`."""
    return Resolver(store, folder, None if progress is None else partial(progress, SAME_ACTORS))


def _wanted(folder: Path, sources: Sequence[str], options: "UpdateOptions") -> tuple[list[Found], list[Outcome], bool]:
    """Snapshots to load, outcomes of what failed before, and whether the files are the user's own."""
    if tuple(sources) == (REGISTER,) and options.path is None:
        return [_register()], [], False
    if "ftm" in sources:
        return [_ftm(sources, options)], [], True
    if options.name is not None:
        raise UsageError("a name goes with FtM files only: allonym update ftm --from FILE --name NAME")
    for name in sources:
        if name != REGISTER:
            catalogue.source(name)
    if options.path is not None:
        found = discover(Path(options.path), sources, day=_day(options.as_of))
        return found.found, _troubles(found, Path(options.path), sources), True
    return _fetched(folder, sources, options)


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"--as-of {text!r} is no date; write it as 2024-05-15") from None


def _register() -> Found:
    from allonym.sources.register import built_in, date

    bundle = built_in()
    return Found(REGISTER, bundle, str(date(bundle)), "content")


def _ftm(sources: Sequence[str], options: "UpdateOptions") -> Found:
    if tuple(sources) != ("ftm",) or options.path is None or options.name is None:
        raise UsageError("an FtM file is loaded alone: allonym update ftm --from FILE --name NAME")
    name = options.name
    if not NAME.fullmatch(name):
        raise UsageError(f"--name {name!r}: use small letters, digits and _, at most 60, a letter first")
    if name in catalogue.sources() or name == REGISTER or name.endswith(EXTRACT):
        raise UsageError(f"--name {name!r} is the name of an official list; choose another")
    path = Path(options.path)
    if not path.exists():
        raise InputError(f"{path}: no such file; check the path")
    if path.is_dir():
        raise InputError(f"{path}: is a directory; give one file of FollowTheMoney JSON lines")
    if path.stat().st_size == 0:
        raise InputError(f"{path}: is empty; give a file with one FollowTheMoney entity a line")
    bundle = Bundle(ftm_json.FORMAT, path)
    day = _day(options.as_of)
    if day is None:
        stamp = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC)
        return Found(name, bundle, stamp.date().isoformat(), "file_time")
    return Found(name, bundle, day, "given")


def _troubles(found: Discovery, path: Path, sources: Sequence[str]) -> list[Outcome]:
    outcomes = [Outcome(broken.name, "failed", message, status=2) for broken, message in found.broken]
    if found.found or found.broken:
        outcomes += _ignored(found.others, path)
    missing = set(sources) - {f.source for f in found.found}
    outcomes += [Outcome(name, "failed", f"{path}: no {name} list there", status=2) for name in sorted(missing)]
    if not any(o.status for o in outcomes) and not found.found:
        raise InputError(f"{path}: no list of a known format there; `allonym sources --known` names the formats")
    return outcomes


def _ignored(others: Sequence[Path], path: Path) -> list[Outcome]:
    """One line about the files that are no list of a known format: a list saved as something else may be among them."""
    if not others or not path.is_dir():
        return []
    named = ", ".join(str(p.relative_to(path)) for p in others[:IGNORED_TOLD])
    more = f" and {len(others) - IGNORED_TOLD:,} more" if len(others) > IGNORED_TOLD else ""
    return [Outcome(path.name, "ignored", f"{path}: no list of a known format in {named}{more}")]


def _fetched(
    folder: Path, sources: Sequence[str], options: "UpdateOptions"
) -> tuple[list[Found], list[Outcome], bool]:  # fmt: skip
    from allonym.sources.fetch import fetch

    wanted = [catalogue.source(name) for name in sources if name != REGISTER]
    wanted = wanted or [s for s in catalogue.sources().values() if s.downloads]
    results = fetch(wanted, folder / "downloads", progress=options.fetching)
    found: list[Found] = [_register()] if REGISTER in sources else []
    outcomes: list[Outcome] = []
    for result in results:
        if not result.ok:
            outcomes.append(Outcome(result.source, "failed", result.errors[0], status=1))
            continue
        there = discover(folder / "downloads" / result.source, [result.source], day=_day(options.as_of))
        found += [replace(f, basis="given") if f.basis == "file_time" else f for f in there.found]
        outcomes += _troubles(there, folder / "downloads" / result.source, [result.source])
    return found, outcomes, False

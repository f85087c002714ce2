"""A manifest: which FtM files are served under which names, and which names stand for several of them.

Takes a YAML or JSON file as yente has them, or the lists of a view; gives a frozen catalogue. Must not load a list, nor
fetch anything: a manifest names files that are here.
"""

import datetime
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import orjson

from allonym.errors import InputError
from allonym.model import EXTRACT, REGISTER

NAME = re.compile(r"[a-z0-9_]{1,100}")
SOURCE = re.compile(r"[a-z][a-z0-9_]{0,60}")
MOST_BYTES = 5_000_000
#: What a manifest may say about a dataset that the catalogue shows as it stands.
SHOWN = ("license", "summary", "description", "url", "updated_at", "last_export", "category", "tags", "publisher",
         "coverage", "resources", "deprecation", "deprecated", "entities_url", "delta_url")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dataset:
    """One name that can be asked for. `path`: its FtM file; `source`: the list it is loaded as; both empty for a
    collection. `children`: names of datasets that belong to it."""

    name: str
    title: str
    path: Path | None = None
    source: str = ""
    version: str | None = None
    children: tuple[str, ...] = ()
    shown: Mapping[str, Any] = field(default_factory=dict)

    @property
    def load(self) -> bool:
        """Whether it has entities of its own."""
        return bool(self.source)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All datasets by name, in the order they were given."""

    datasets: Mapping[str, Dataset]

    def scope(self, name: str) -> frozenset[str]:
        """The dataset and all that belong to it, however far down."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in found and one in self.datasets:
                found.add(one)
                waiting.extend(self.datasets[one].children)
        return frozenset(found)

    def to_dict(self) -> list[dict[str, Any]]:
        """As JSON; `from_dict` reads it."""
        return [
            {"name": d.name, "title": d.title, "path": str(d.path) if d.path else None, "source": d.source,
             "version": d.version, "children": d.children, "shown": dict(d.shown)}
            for d in self.datasets.values()
        ]  # fmt: skip

    @classmethod
    def from_dict(cls, rows: Iterable[Mapping[str, Any]]) -> "Catalogue":
        """The catalogue that `to_dict` gave."""
        found = [
            Dataset(r["name"], r["title"], Path(r["path"]) if r["path"] else None, r["source"], r["version"],
                    tuple(r["children"]), r["shown"])
            for r in rows
        ]  # fmt: skip
        return cls({d.name: d for d in found})


def read(path: Path) -> Catalogue:
    """The catalogue of a manifest file. Raises InputError, with all that is wrong in it."""
    data = _parsed(path)
    rows = data.get("datasets") or []
    wrong = []
    if data.get("catalogs"):
        wrong.append("`catalogs` are addresses to fetch from, which is not done: name the files under `datasets`")
    if not isinstance(rows, list) or not rows:
        raise InputError(f"{path}: no `datasets`; name at least one, with `name` and `path`")
    found: dict[str, Dataset] = {}
    for number, row in enumerate(rows, 1):
        try:
            dataset = _dataset(row, path.parent)
            if dataset.name in found:
                raise InputError(f"the name {dataset.name} is there twice")
            found[dataset.name] = dataset
        except InputError as error:
            wrong.append(f"dataset {number}: {error}")
    named = {child for dataset in found.values() for child in dataset.children}
    if missing := sorted(named - found.keys()):
        wrong.append(f"`datasets` of a collection names what is not there: {', '.join(missing)}")
    if wrong:
        raise InputError(f"{path}: {'; '.join(wrong)}")
    return Catalogue(found)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(f"{path}: larger than {MOST_BYTES:,} bytes; a manifest names files and holds none")
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path") from None
    try:
        data = orjson.loads(content) if path.suffix == ".json" else _yaml(content)
    except ValueError as error:
        raise InputError(f"{path}: no valid {'JSON' if path.suffix == '.json' else 'YAML'}: {error}") from None
    if not isinstance(data, dict):
        raise InputError(f"{path}: a manifest is an object with `datasets`")
    return data


def _yaml(content: bytes) -> Any:
    import yaml

    try:
        return yaml.safe_load(content)
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(" ".join(str(error).split())[:200]) from None


def _dataset(row: Any, folder: Path) -> Dataset:
    if not isinstance(row, dict):
        raise InputError("is no object with `name`")
    name = row.get("name")
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise InputError(f"`name` {str(name)[:40]!r}: use small letters, digits and _")
    if row.get("namespace"):
        raise InputError(f"{name}: `namespace` is not supported; give ids that are unique")
    children = row.get("datasets") or row.get("children") or []
    if not isinstance(children, list) or not all(isinstance(child, str) for child in children):
        raise InputError(f"{name}: `datasets` is a list of names")
    path = _file(name, row, folder)
    if path is None and not children:
        raise InputError(f"{name}: neither `path` nor `datasets`")
    if row.get("load") is False:
        path = None
    version = row.get("version") or _day(row.get("last_export")) or _changed(path)
    shown = {key: _plain(row[key]) for key in SHOWN if row.get(key) is not None}
    source = source_name(name) if path is not None else ""
    title = str(row.get("title") or name)
    return Dataset(name, title, path, source, str(version) if version else None, tuple(children), shown)


def _file(name: str, row: dict[str, Any], folder: Path) -> Path | None:
    given = row.get("path") or row.get("entities_url")
    if given is None:
        return None
    address = urlsplit(str(given))
    if len(address.scheme) > 1 and address.scheme != "file":
        raise InputError(f"{name}: {given}: addresses are not fetched; give the `path` of a file that is here")
    path = Path(unquote(address.path) if address.scheme == "file" else str(given)).expanduser()
    path = path if path.is_absolute() else folder / path
    if not path.is_file():
        raise InputError(f"{name}: {path}: no such file")
    return path


def _changed(path: Path | None) -> str | None:
    """When the file was last written, as a version."""
    if path is None:
        return None
    return datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC).strftime("%Y%m%d%H%M%S")


def _day(text: Any) -> str | None:
    return re.sub(r"\D", "", str(text))[:14] or None if text else None


def _plain(value: Any) -> Any:
    """The value as JSON has it: YAML knows days."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    return value


def source_name(name: str) -> str:
    """The list that a dataset is loaded as: its own name where that may be a list's, else one made from it."""
    from allonym.sources import catalogue

    known = {*catalogue.sources(), REGISTER, "ftm"}
    if SOURCE.fullmatch(name) and name not in known and not name.endswith(EXTRACT):
        return name
    return f"served_{name[:40]}_{zlib.crc32(name.encode()):08x}"


def of_lists(snapshots: Iterable[tuple[str, str]]) -> Catalogue:
    """The catalogue of what is loaded, where there is no manifest: each list, and `default`, all of them."""
    from allonym.pipeline import source_of
    from allonym.sources import catalogue

    found = {}
    for name, date in snapshots:
        plain = name.removesuffix(EXTRACT)
        title = source_of(plain).title + (", extract" if plain != name else "")
        shown = {"license": catalogue.licence(name)}
        version = re.sub(r"\D", "", date).ljust(14, "0")
        found[name] = Dataset(name, title, None, name, version, (), shown)
    return Catalogue({"default": Dataset("default", "All lists", children=tuple(found)), **found})

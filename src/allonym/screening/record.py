"""The record of a run: what was asked of which lists, with what, and what came out.

Takes the facts of a finished run; gives a JSON document that proves it and lets it be repeated, a no-hit as much as a
hit. Must not change after it is written: its id is made from its content.
"""

import hashlib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import orjson

from allonym.errors import InputError, NotFoundError
from allonym.screening.columns import Mapping

#: The version of this document; a reader refuses what it does not know.
FORMAT = "record/1"

View = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a run was asked to do; None is the engine's own choice. `as_of` and `known_at` are ISO days; `actors`: after
    which change of actors (see `Lists.actors`), 0 before the first."""

    threshold: float | None = None
    limit: int = 10
    schema: str | None = None
    sources: tuple[str, ...] | None = None
    merged: bool = True
    as_of: str | None = None
    known_at: str | None = None
    actors: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """One run. Times are UTC, ISO; checksums SHA-256 in hex; `view` names each list and its snapshot."""

    input_path: str
    input_sha256: str
    input_size: int
    input_format: str
    encoding: str | None
    mapping: tuple[tuple[str, str | None], ...] | None
    parameters: Parameters
    view: View
    allonym_version: str
    weights_version: str
    queries: int
    rejects: int
    hits: int
    queries_matched: int
    started: str
    finished: str
    output_path: str | None
    output_format: str
    output_sha256: str

    @property
    def record_id(self) -> str:
        """Start time and the first digits of the content's checksum: `20260102T030405Z-1a2b3c4d`."""
        stamp = self.started[:19].replace("-", "").replace(":", "")
        return f"{stamp}Z-{hashlib.sha256(self._content()).hexdigest()[:8]}"

    def _content(self) -> bytes:
        return _canonical(self._document())

    def _document(self) -> dict[str, Any]:
        """The fields; `known_at` and `actors` only where they say something, so that the ids of older records stay."""
        document = asdict(self)
        for name in ("known_at", "actors"):
            if not document["parameters"][name]:
                del document["parameters"][name]
        return document

    def columns(self) -> Mapping | None:
        """The mapping, as the reader takes it."""
        return None if self.mapping is None else Mapping.from_list(self.mapping)

    def to_json(self) -> bytes:
        """The document: UTF-8, sorted keys, two blanks of indent, a newline at the end."""
        return _canonical({"format": FORMAT, "record_id": self.record_id, **self._document()})

    def write(self, folder: Path) -> Path:
        """Write it to `folder` (made when it is not there) as `<record id>.json`; give the path."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.record_id}.json"
        new = path.with_suffix(".new")
        new.write_bytes(self.to_json())
        new.replace(path)
        return path

    @classmethod
    def read(cls, path: Path) -> "Record":
        """Read one. Raises NotFoundError when it is not there, InputError when it is no record, or was altered."""
        try:
            document = orjson.loads(path.read_bytes())
        except FileNotFoundError:
            raise NotFoundError(f"{path}: no such record; `allonym screen` prints where it writes them") from None
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({error.strerror}); give a record's file") from None
        except orjson.JSONDecodeError:
            raise InputError(f"{path}: is no record of a run; give the file that `allonym screen` wrote") from None
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise InputError(f"{path}: is no record of a run that this version reads ({FORMAT})")
        stated = document.pop("record_id", None)
        del document["format"]
        try:
            record = _record(document)
        except (TypeError, KeyError, ValueError):
            raise InputError(f"{path}: is no complete record of a run; restore it from a copy") from None
        if record.record_id != stated:
            raise InputError(f"{path}: was altered since it was written; restore it from a copy")
        return record


def _canonical(document: dict[str, Any]) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _record(document: dict[str, Any]) -> Record:
    if document.keys() != {field.name for field in fields(Record)}:
        raise KeyError("fields")
    parameters = document.pop("parameters")
    sources = parameters.pop("sources")
    mapping = document.pop("mapping")
    return Record(
        **(document | {"view": tuple((source, date) for source, date in document["view"])}),
        parameters=Parameters(**parameters, sources=None if sources is None else tuple(sources)),
        mapping=None if mapping is None else tuple((heading, target) for heading, target in mapping),
    )

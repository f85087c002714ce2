"""Whether something changed that calls for a new shelf: the lists of the data folder, or the files of a manifest.

Takes a data folder and a manifest's path; gives yes or no, cheaply. What was there when the shelf was built lies beside
the pointer. Must not import what loads: the supervisor asks every second.
"""

from pathlib import Path
from typing import Any

import orjson

from allonym.api.yente.pointer import Pointer
from allonym.store.current import CurrentView

Seen = dict[str, Any]


class Changed:
    """Looks again and again; tells of one state once, so that what cannot be loaded is not tried for ever."""

    def __init__(self, data: Path, manifest: Path | None) -> None:
        self._data, self._manifest = data, manifest
        self._pointer = Pointer(data, manifest)
        self._tried: Seen | None = None

    def answers(self) -> bool:
        """Whether there is a shelf to answer from."""
        path = self._pointer.path()
        return path is not None and path.exists()

    def look(self) -> bool:
        """Whether there is something new since the last shelf, and since this was last asked."""
        kept = read(self._pointer)
        files = list((kept or {}).get("files", {})) or ([str(self._manifest)] if self._manifest else [])
        now = seen(self._data, files)
        if now == self._tried or (now == kept and self.answers()):
            return False
        self._tried = now
        return True


def seen(data: Path, files: list[str]) -> Seen:
    """The state of the folder and of the files."""
    current = CurrentView(data)
    try:
        view = current.read()
    finally:
        current.close()
    return {"view": [list(pair) for pair in view[0].snapshots] if view else None,
            "files": {file: _stamp(Path(file)) for file in files}}  # fmt: skip


def _stamp(file: Path) -> list[int] | None:
    try:
        told = file.stat()
    except OSError:
        return None
    return [told.st_mtime_ns, told.st_size]


def read(pointer: Pointer) -> Seen | None:
    """The state in which the shelf was built."""
    try:
        found: Seen = orjson.loads(pointer.seen.read_bytes())
    except (OSError, ValueError):
        return None
    return found


def write(pointer: Pointer, state: Seen) -> None:
    """Keep the state in which the shelf was built."""
    draft = pointer.seen.with_suffix(".part")
    draft.write_bytes(orjson.dumps(state))
    draft.replace(pointer.seen)

"""Which shelf answers: a small file that is replaced in one step.

Takes a data folder and a manifest's path; gives and writes the name of a shelf. Must not open a shelf: the supervisor
asks this, and shall stay small.
"""

import hashlib
import os
from pathlib import Path


class Pointer:
    """The pointer of one manifest, or of the lists themselves, in a data folder."""

    def __init__(self, data: Path, manifest: Path | None) -> None:
        self.folder = data / "served"
        told = "lists" if manifest is None else hashlib.sha256(str(manifest.absolute()).encode()).hexdigest()[:12]
        self._file = self.folder / f"{told}.now"
        #: What was there when the shelf was built; see `changed`.
        self.seen = self.folder / f"{told}.seen"

    def read(self) -> str | None:
        """The name of the shelf that answers; None before the first was built."""
        try:
            return self._file.read_text(encoding="ascii").strip() or None
        except OSError:
            return None

    def write(self, name: str) -> None:
        """Point to another shelf."""
        if self.read() != name:
            draft = self._file.with_suffix(f".{os.getpid()}")
            draft.write_text(name, encoding="ascii")
            draft.replace(self._file)

    def all(self) -> set[str]:
        """What all pointers of the folder point to."""
        return {file.read_text(encoding="ascii").strip() for file in self.folder.glob("*.now")}

    def path(self) -> Path | None:
        """The shelf that answers."""
        name = self.read()
        return None if name is None else self.folder / name

"""One file of named arrays, mapped into memory and shared by processes.

Takes numpy arrays and a small dict; gives them back as read-only views of the mapped file. Layout: 8 bytes of magic, 8
bytes of header length (little-endian), the header as JSON, then each array at a multiple of 64 bytes. Written beside
its place and moved there in one step, so that a reader sees the whole file or none.
"""

import contextlib
import mmap
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from allonym.errors import StoreError

MAGIC = b"ALLONYM1"
ALIGNMENT = 64


@dataclass(frozen=True, slots=True)
class Container:
    """An open file: `meta` as it was written, `arrays` by name (read-only)."""

    meta: dict[str, Any]
    arrays: dict[str, Any]


def write(path: Path, meta: dict[str, Any], arrays: dict[str, Any]) -> None:
    """Write the file atomically. Raises StoreError when the disk is full or the folder cannot be written."""
    layout, offset = {}, 0
    for name, array in arrays.items():
        layout[name] = {"dtype": array.dtype.str, "shape": array.shape, "offset": offset}
        offset += -(-array.nbytes // ALIGNMENT) * ALIGNMENT
    header = orjson.dumps({"meta": meta, "arrays": layout})
    start = -(-(len(MAGIC) + 8 + len(header)) // ALIGNMENT) * ALIGNMENT
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(MAGIC + len(header).to_bytes(8, "little") + header)
            for name, array in arrays.items():
                file.seek(start + layout[name]["offset"])
                file.write(np.ascontiguousarray(array).data)
            file.truncate(start + offset)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise StoreError(
            f"{path}: cannot write the index ({error.strerror}); free some space or choose another --data"
        ) from None


def read(path: Path) -> Container:
    """Map the file. Raises StoreError when it is missing or no index."""
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        raise StoreError(f"{path}: the index cannot be read; run `allonym update` to build it again") from None
    if mapped[:8] != MAGIC:
        raise StoreError(f"{path}: no index file of this version; run `allonym update` to build it again")
    length = int.from_bytes(mapped[8:16], "little")
    header = orjson.loads(mapped[16 : 16 + length])
    start = -(-(16 + length) // ALIGNMENT) * ALIGNMENT
    arrays = {}
    for name, row in header["arrays"].items():
        dtype = np.dtype(row["dtype"])
        count = int(np.prod(row["shape"], dtype=np.int64))
        flat = np.frombuffer(mapped if count else b"", dtype, count, start + row["offset"] if count else 0)
        arrays[name] = flat.reshape(row["shape"])
    return Container(header["meta"], arrays)

"""Small documents kept beside the lists: what is watched, and what was answered last.

Takes and gives bytes under a kind and a key. Must not look into them.
"""

from allonym.errors import NotFoundError
from allonym.store.plain import Rows


def write_record(rows: Rows, kind: str, key: str, payload: bytes) -> None:
    """Keep a document; one that has the same kind and key is replaced."""
    remove_record(rows, kind, key)
    rows.execute("INSERT INTO record (kind, key, payload) VALUES (?, ?, ?)", (kind, key, payload))


def remove_record(rows: Rows, kind: str, key: str) -> None:
    """Remove the document, if it is there."""
    rows.execute("DELETE FROM record WHERE kind = ? AND key = ?", (kind, key))


def read_record(rows: Rows, kind: str, key: str) -> bytes:
    """The document. Raises NotFoundError."""
    found = next(rows.execute("SELECT payload FROM record WHERE kind = ? AND key = ?", (kind, key)), None)
    if found is None:
        raise NotFoundError(f"no {kind} record {key!r}")
    return bytes(found[0])


def read_keys(rows: Rows, kind: str) -> list[str]:
    """The keys of all documents of one kind, sorted."""
    return [str(key) for (key,) in rows.execute("SELECT key FROM record WHERE kind = ? ORDER BY key", (kind,))]

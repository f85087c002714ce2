"""Small documents kept beside the lists: what is watched, and what was answered last.

Takes and gives bytes under a kind and a key. Must not look into them.
"""

from sqlalchemy import Connection, delete, insert, select

from allonym.errors import NotFoundError
from allonym.store.schema import record


def write_record(connection: Connection, kind: str, key: str, payload: bytes) -> None:
    """Keep a document; one that has the same kind and key is replaced."""
    connection.execute(delete(record).where(record.c.kind == kind, record.c.key == key))
    connection.execute(insert(record).values(kind=kind, key=key, payload=payload))


def remove_record(connection: Connection, kind: str, key: str) -> None:
    """Remove the document, if it is there."""
    connection.execute(delete(record).where(record.c.kind == kind, record.c.key == key))


def read_record(connection: Connection, kind: str, key: str) -> bytes:
    """The document. Raises NotFoundError."""
    found = connection.scalar(select(record.c.payload).where(record.c.kind == kind, record.c.key == key))
    if found is None:
        raise NotFoundError(f"no {kind} record {key!r}")
    return bytes(found)


def read_keys(connection: Connection, kind: str) -> list[str]:
    """The keys of all documents of one kind, sorted."""
    return list(connection.scalars(select(record.c.key).where(record.c.kind == kind).order_by(record.c.key)))

"""Readings kept beside the lists, so that an entity's dossier shows the documents that mention it.

Takes a store and readings; gives them back by checksum and by entity. What a document reports stays apart from what is
official: nothing here becomes a statement of a list.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from allonym.news.reading import Reading
from allonym.store import Store

DOCUMENT, MENTION = "document", "mentioned:"


@dataclass(frozen=True, slots=True)
class Saved:
    """A document as a dossier shows it. `measures` are those it reports upon the entity, as `reading/1` has them."""

    checksum: str
    saved_at: str
    title: str
    outlet: str
    date: str
    measures: tuple[dict[str, Any], ...]


def save(store: Store, reading: Reading) -> str:
    """Keep a reading; one of the same text is replaced. Gives the checksum of the text."""
    told, at = reading.to_dict(), datetime.now(UTC).isoformat(timespec="seconds")
    source = reading.source
    store.put_record(DOCUMENT, reading.checksum, orjson.dumps({"saved_at": at, "reading": told}))
    named: dict[str, set[str]] = {}
    for mention in reading.mentions:
        if mention.entity_id:
            named.setdefault(mention.entity_id, set()).add(mention.canonical)
    for entity_id, names in named.items():
        upon = [m for m in told["measures"] if names & set(m["targets"])]
        title, outlet = source.get("title") or source.get("file", ""), source.get("outlet", "")
        row = {"saved_at": at, "title": title, "outlet": outlet, "date": reading.date or "", "measures": upon}
        store.put_record(MENTION + entity_id, reading.checksum, orjson.dumps(row))
    return reading.checksum


def saved(store: Store, entity_ids: Iterable[str]) -> list[Saved]:
    """The documents that mention one of these entities, newest first."""
    found: dict[str, Saved] = {}
    for entity_id in entity_ids:
        for checksum in store.records(MENTION + entity_id):
            row = orjson.loads(store.record(MENTION + entity_id, checksum))
            found[checksum] = Saved(
                checksum, row["saved_at"], row["title"], row["outlet"], row["date"], tuple(row["measures"])
            )
    return sorted(found.values(), key=lambda s: (s.date, s.saved_at), reverse=True)

"""Who is mentioned together with an actor in saved documents: reported, and kept apart from what is official.

Takes the store and the ids of an actor; gives links that are marked as reported. Must not take a mention for more than
that: two names in one text are no relation.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import orjson

from allonym.dossier.dossier import Link
from allonym.news.saved import DOCUMENT, Saved, saved
from allonym.store import Store

TOGETHER = "mentioned together"
SOURCE = "saved documents"


@dataclass(slots=True)
class _Other:
    """Somebody else who is mentioned, with the documents."""

    caption: str
    documents: list[Saved] = field(default_factory=list)


def documents(store: Store, ids: Iterable[str], as_of: str | None, known_at: str | None) -> list[Saved]:
    """The documents that mention one of these ids, newest first: not later than a day, and saved by a day (ISO; None:
    any). One that does not say its day counts."""
    return [
        document for document in saved(store, dict.fromkeys(ids))
        if (as_of is None or document.date[:10] <= as_of) and (known_at is None or document.saved_at[:10] <= known_at)
    ]  # fmt: skip


def together(store: Store, ids: Collection[str], as_of: str | None, known_at: str | None) -> list[Link]:
    """Those whom documents mention together with the actor of these ids, the most often mentioned first."""
    found: dict[str, _Other] = {}
    for document in documents(store, ids, as_of, known_at):
        reading = orjson.loads(store.record(DOCUMENT, document.checksum))["reading"]
        here = {m["entity_id"]: m["canonical"] for m in reading["mentions"] if m.get("entity_id")}
        for entity_id, caption in here.items():
            if entity_id not in ids:
                found.setdefault(entity_id, _Other(caption)).documents.append(document)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1].documents), item[1].caption, item[0]))
    return [_link(entity_id, other) for entity_id, other in ordered]


def _link(entity_id: str, other: _Other) -> Link:
    count, dates = len(other.documents), sorted(d.date for d in other.documents if d.date)
    role = f"reported, {count:,} document{'' if count == 1 else 's'}"
    return Link(TOGETHER, entity_id, other.caption, role, dates[0] if dates else None, None, SOURCE,
                other.documents[0].checksum, reported=True)  # fmt: skip

"""What a line of an FtM file says beside the properties, and the order of the lines: kept beside the statements.

Takes the file when it is loaded, gives it back by entity: caption, datasets and the three times are the history of
somebody else's store, which our statements do not state, and which yente's clients ask for. Must not hold properties.
"""

import re
import zlib
from pathlib import Path
from typing import Any

import orjson

from allonym.errors import NotFoundError
from allonym.store import Store

KIND = "ftm_lines"
KEYS = ("caption", "datasets", "first_seen", "last_seen", "last_change")
NOTHING: dict[str, Any] = dict.fromkeys(KEYS)
TIME = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d:\d\d)?")


class Lines:
    """The lines of one snapshot by entity id."""

    def __init__(self, rows: dict[str, list[Any]]) -> None:
        self._rows = rows
        self._places = {entity_id: place for place, entity_id in enumerate(rows)}

    def __len__(self) -> int:
        return len(self._rows)

    @classmethod
    def read(cls, path: Path) -> "Lines":
        """The lines of a file that was loaded, and is therefore well-formed."""
        rows: dict[str, list[Any]] = {}
        with path.open("rb") as file:
            for raw in file:
                line = raw.removeprefix(b"\xef\xbb\xbf").strip()
                if line:
                    data = orjson.loads(line)
                    rows.setdefault(str(data["id"]), [_kept(key, data.get(key)) for key in KEYS])
        return cls(rows)

    @classmethod
    def kept(cls, store: Store, source: str, date: str) -> "Lines":
        """The lines kept with a snapshot; none for one that was loaded in another way."""
        try:
            return cls(orjson.loads(zlib.decompress(store.record(KIND, f"{source}@{date}"))))
        except NotFoundError:
            return cls({})

    def keep(self, store: Store, source: str, date: str) -> None:
        """Keep the lines with a snapshot."""
        store.put_record(KIND, f"{source}@{date}", zlib.compress(orjson.dumps(self._rows), 1))

    def place(self, entity_id: str) -> int | None:
        """The place of the entity in its file."""
        return self._places.get(entity_id)

    def of(self, entity_id: str) -> dict[str, Any]:
        """What the line of the entity says, by key; None for what it does not say."""
        row = self._rows.get(entity_id)
        return NOTHING if row is None else dict(zip(KEYS, row, strict=True))


def _kept(key: str, value: Any) -> Any:
    if key == "datasets":
        return [one for one in value if isinstance(one, str)] if isinstance(value, list) else None
    if key == "caption":
        return value if isinstance(value, str) and value.strip() else None
    found = TIME.match(value) if isinstance(value, str) else None
    if found is None:
        return None
    return found[0].replace(" ", "T") if found[1] else f"{found[0]}T00:00:00"

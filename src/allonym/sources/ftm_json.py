"""Any FollowTheMoney JSON lines file: one entity a line, as FtM's own tools and their users write it.

Takes the file; gives every property of every entity as statements, with the ids the file has. A value is kept as it
stands when FtM accepts it (names, texts and identifiers always); a date or country in another notation is converted,
with the original beside it; what FtM refuses goes to `notes` and is reported. A property or schema the installed FtM
does not know is kept and reported once. Must not merge or rename on its own, except:

- FtM streams repeat ids: one entity comes as fragments, one a line. Lines of one id are merged, the values in order,
  and the most special schema stands, as long as one schema derives from the other. Lines of one id with unrelated
  schemata are two entries that claim one id: they are kept apart and reported.
- `referents` and keys that FtM does not define are stated with the qualifier `context`: they are about the record, and
  no properties. `caption`, `datasets`, `target`, `first_seen`, `last_seen` and `last_change` are not stated: they
  follow from the rest, or are the history of somebody else's store.
"""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from allonym.errors import ListError
from allonym.sources import values
from allonym.sources.entry import Report, unique_id
from allonym.sources.ftm_values import Reader
from allonym.sources.source import Bundle, Floors, Format, Record, Source

LINE_LIMIT = 10_000_000  # bytes
ID_LIMIT = 1_000  # characters
BOM = b"\xef\xbb\xbf"
FORMAT_NAME = "ftm_json"


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    entity_id: str
    schema: str
    data: dict[str, Any]


def recognise(path: Path, head: bytes) -> bool:
    """Whether the first line that is not blank is a JSON object with `schema` and `properties`."""
    if not head.removeprefix(BOM).lstrip().startswith(b"{"):
        return False
    try:
        _, line = next(_raw_lines(path))
        data = orjson.loads(line)
    except (StopIteration, ListError, orjson.JSONDecodeError, OSError):
        return False
    return isinstance(data, dict) and "schema" in data and "properties" in data


def read(bundle: Bundle, report: Report) -> Iterator[Record]:
    """Statements entity by entity, in the order in which entities are complete.

    ListError, with file and line, for a line that is no JSON object, is over 10 MB or too deeply nested, and for an
    entity without id, schema or properties or with an id over 1,000 characters.
    """
    repeated = _repeated(bundle.main)
    if repeated:
        report.issue("fragments", f"{len(repeated)} ids come in several lines, merged", original=next(iter(repeated)))
    reader = Reader(report)
    waiting: dict[str, list[_Line]] = {}
    for line in _lines(bundle.main):
        if line.entity_id not in repeated:
            yield from reader.statements(line.entity_id, _schema(line.schema, line.data, reader), [line.data])
            continue
        fragments = waiting.setdefault(line.entity_id, [])
        fragments.append(line)
        if len(fragments) == repeated[line.entity_id]:
            yield from _merged(waiting.pop(line.entity_id), reader, report)
    reader.finish()


def _merged(fragments: list[_Line], reader: Reader, report: Report) -> Iterator[Record]:
    """The fragments of one id as one entity for each family of schemata."""
    families: list[tuple[str, list[dict[str, Any]]]] = []
    for line in fragments:
        schema = _schema(line.schema, line.data, reader)
        for index, (known, datas) in enumerate(families):
            if values.is_a(schema, known) or values.is_a(known, schema):
                families[index] = (schema if values.is_a(schema, known) else known, [*datas, line.data])
                break
        else:
            families.append((schema, [line.data]))
    taken: dict[str, str] = {}
    for schema, datas in families:
        caption = str(datas[0].get("caption") or "")[:100]
        entity_id = unique_id(taken, fragments[0].entity_id, [schema, caption], report)
        yield from reader.statements(entity_id, schema, datas)


def _schema(name: str, data: dict[str, Any], reader: Reader) -> str:
    if values.is_schema(name):
        return name
    return reader.nearest_schema(name, data["properties"])


def _repeated(path: Path) -> dict[str, int]:
    """Ids that several lines have, with how many; a pass of its own, so that no more than those are held in memory."""
    counts = Counter(line.entity_id for line in _lines(path))
    return {entity_id: count for entity_id, count in counts.items() if count > 1}


def _lines(path: Path) -> Iterator[_Line]:
    for number, raw in _raw_lines(path):
        try:
            data = orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            raise ListError(f"{path}, line {number}: no valid JSON ({error}); mend or remove the line") from None
        yield _checked(data, path, number)


def _checked(data: Any, path: Path, number: int) -> _Line:
    where = f"{path}, line {number}"
    if not isinstance(data, dict):
        raise ListError(f"{where}: no JSON object; a FtM file has one entity a line")
    entity_id, schema, properties = data.get("id"), data.get("schema"), data.get("properties")
    if isinstance(entity_id, int) and not isinstance(entity_id, bool):
        entity_id = str(entity_id)
    if not isinstance(entity_id, str) or not entity_id.strip():
        raise ListError(f"{where}: the entity has no id; give it one")
    if len(entity_id) > ID_LIMIT:
        raise ListError(f"{where}: the id has {len(entity_id):,} characters, more than {ID_LIMIT:,}; shorten it")
    if not isinstance(schema, str) or not isinstance(properties, dict):
        raise ListError(f"{where}: the entity has no schema or no properties; each FtM entity has both")
    return _Line(number, entity_id, schema, data)


def _raw_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """(number, bytes) of every line that is not blank."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LINE_LIMIT + 1):
            number += 1
            if len(line) > LINE_LIMIT:
                raise ListError(
                    f"{path}, line {number}: longer than {LINE_LIMIT:,} bytes; a FtM file has one entity a line"
                )
            if number == 1:
                line = line.removeprefix(BOM)
            if not line.isspace() and line:
                yield number, line


def _no_date(bundle: Bundle) -> datetime.date | None:
    return None


FORMAT = Format(FORMAT_NAME, "ftm", recognise, read, _no_date)


def source(name: str) -> Source:
    """The source that a user loads under a name of their own."""
    return Source(
        name=name,
        title=name,
        publisher=name,
        authority=name,
        licence="as given by the user",
        formats=(Format(FORMAT_NAME, name, recognise, read, _no_date),),
        floors=Floors(entries=1, names=1, shrinkage=1.0),
    )

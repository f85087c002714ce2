"""A shelf: everything the server gives back about the entities of one view, in one SQLite file that never changes.

Takes the store, a view and a catalogue; writes the file beside its name and renames it, so that it is there whole or
not at all. Workers map it and share its pages. Must not answer.

Tables: `doc` (an entity, `n` in the order of its file, `body` as JSON), `referent`, `link` (who names whom, by which
property), `prop` and `field` (short values by property), `words` (full text of names, and of all else).
"""

import math
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
from followthemoney import model as ftm
from followthemoney.types import registry

from allonym.api.yente.lines import KEYS, Lines
from allonym.api.yente.manifest import Catalogue, Dataset
from allonym.model import Entity
from allonym.sources.catalogue import is_official
from allonym.store import Store
from allonym.store.view import View

VERSION = 1
TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB);
CREATE TABLE doc (n INTEGER PRIMARY KEY, id TEXT, dataset TEXT, schema TEXT, caption TEXT, target INTEGER,
                  first_seen TEXT, last_seen TEXT, last_change TEXT, boost REAL, body BLOB);
CREATE TABLE referent (id TEXT, n INTEGER);
CREATE TABLE link (target TEXT, prop TEXT, n INTEGER);
CREATE TABLE prop (k INTEGER PRIMARY KEY, name TEXT, kind TEXT);
CREATE TABLE field (k INTEGER, value TEXT, n INTEGER, PRIMARY KEY (k, value, n)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(names, rest, content='', tokenize='unicode61 remove_diacritics 2');
"""
INDEXES = """
CREATE INDEX doc_id ON doc (id, n);
CREATE INDEX doc_change ON doc (last_change);
CREATE INDEX referent_id ON referent (id);
CREATE INDEX link_target ON link (target, prop, n);
CREATE INDEX field_n ON field (n, k);
CREATE VIRTUAL TABLE word USING fts5vocab('words', 'row');
INSERT INTO words(words) VALUES ('optimize');
"""
LONGEST = 200  # characters of a value that can be filtered by
LONG = {registry.text, registry.html, registry.json}
#: Topics that make an entity a target, as OpenSanctions publishes them.
RISKS = frozenset((
    "corp.disqual crime crime.boss crime.fin crime.fraud crime.terror crime.theft crime.traffick crime.traffick.drug "
    "crime.traffick.human crime.war debarment export.control export.control.linked export.risk invest.ban invest.risk "
    "mare.detained mare.shadow poi reg.action reg.warn role.oligarch role.pep role.rca sanction sanction.control "
    "sanction.counter sanction.linked wanted"
).split())  # fmt: skip


def build(path: Path, store: Store, view: View, catalogue: Catalogue) -> None:
    """Write the shelf of the datasets of a catalogue as they stand in a view."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.part")
    draft.unlink(missing_ok=True)
    with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192;" + TABLES)
        connection.execute("BEGIN")
        writer = _Writer(connection)
        for dataset in catalogue.datasets.values():
            date = view.date(dataset.source) if dataset.load else None
            if date is not None:
                own = View(((dataset.source, date),))
                writer.dataset(dataset, catalogue, store.entities(own), Lines.kept(store, dataset.source, date))
        writer.meta("view", view.snapshots)
        writer.meta("catalogue", catalogue.to_dict())
        writer.meta("counts", writer.counts)
        connection.execute("COMMIT")
        connection.executescript(INDEXES)
    draft.replace(path)


class _Writer:
    """Writes entities into an open shelf."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.next = 1
        self.props: dict[tuple[str, str], int] = {}
        self.counts: dict[str, tuple[int, int]] = {}

    def meta(self, key: str, value: Any) -> None:
        self.connection.execute("INSERT INTO meta VALUES (?, ?)", (key, orjson.dumps(value)))

    def dataset(self, dataset: Dataset, catalogue: Catalogue, entities: Iterable[Entity], lines: Lines) -> None:
        """All entities of one dataset, numbered in the order of its file."""
        scope = catalogue.scope(dataset.name)
        first, after = self.next, self.next + len(lines)
        count = things = 0
        for entity in entities:
            place = lines.place(entity.entity_id)
            number = after if place is None else first + place
            after += place is None
            self._entity(number, dataset.name, _record(entity, dataset, scope, lines))
            count += 1
            things += ftm.schemata[entity.schema].is_a("Thing")
        self.next = after
        self.counts[dataset.name] = (count, things)

    def _entity(self, n: int, dataset: str, record: dict[str, Any]) -> None:
        put = self.connection.execute
        schema, properties = ftm.schemata[record["schema"]], record["properties"]
        size = sum(map(len, properties.values()))
        put("INSERT INTO doc VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (n, record["id"], dataset, record["schema"], record["caption"], record["target"],
             *(record[key] for key in ("first_seen", "last_seen", "last_change")), math.sqrt(0.5 * size),
             orjson.dumps(record)))  # fmt: skip
        self.connection.executemany("INSERT INTO referent VALUES (?, ?)", [(one, n) for one in record["referents"]])
        names: list[str] = []
        rest = [record["id"]]
        fields = {(self._prop("datasets", "dataset"), one, n) for one in record["datasets"]}
        for prop, values in properties.items():
            kind = schema.properties[prop].type
            if kind is registry.entity:
                rows = [(value, schema.properties[prop].qname, n) for value in values]
                self.connection.executemany("INSERT INTO link VALUES (?, ?, ?)", rows)
            (names if kind is registry.name else rest).extend(_spoken(kind, values))
            if kind not in LONG:
                number = self._prop(prop, kind.name)
                fields |= {(number, value[:LONGEST], n) for value in values}
        self.connection.executemany("INSERT INTO field VALUES (?, ?, ?)", fields)
        put("INSERT INTO words(rowid, names, rest) VALUES (?, ?, ?)", (n, "\n".join(names), "\n".join(rest)))

    def _prop(self, name: str, kind: str) -> int:
        number = self.props.get((name, kind))
        if number is None:
            number = self.props[name, kind] = len(self.props) + 1
            self.connection.execute("INSERT INTO prop VALUES (?, ?, ?)", (number, name, kind))
        return number


def _spoken(kind: Any, values: list[str]) -> Iterator[str]:
    """The values as somebody may type them: countries and topics by name too, names in Latin letters too."""
    for value in values:
        yield value
        if kind in (registry.country, registry.topic):
            yield kind.names.get(value) or ""
        elif kind is registry.name and not value.isascii():
            from anyascii import anyascii

            yield anyascii(value)


def _record(entity: Entity, dataset: Dataset, scope: frozenset[str], lines: Lines) -> dict[str, Any]:
    """The entity as it is given back."""
    schema, official = ftm.schemata[entity.schema], is_official(dataset.source)
    properties: dict[str, list[str]] = {}
    referents: list[str] = []
    for statement in entity.statements:
        qualifier = statement.qualifier or ""
        if qualifier == "context":
            if statement.prop == "referents" and statement.value != entity.entity_id:
                referents.append(statement.value)
        elif statement.prop in schema.properties and (official or not qualifier.startswith("unparsed:")):
            values = properties.setdefault(statement.prop, [])
            if statement.value not in values:
                values.append(statement.value)
    kept = lines.of(entity.entity_id)
    datasets = [one for one in kept["datasets"] or () if one in scope] or [dataset.name]
    return {
        "id": entity.entity_id,
        "caption": kept["caption"] or _caption(schema, properties),
        "schema": schema.name,
        "properties": properties,
        "datasets": datasets,
        "referents": list(dict.fromkeys(referents)),
        "target": not RISKS.isdisjoint(properties.get("topics", ())),
        **{key: kept[key] for key in KEYS[2:]},
    }


def _caption(schema: Any, properties: dict[str, list[str]]) -> str:
    for prop in schema.caption:
        if values := properties.get(prop):
            return values[0]
    return str(schema.label)

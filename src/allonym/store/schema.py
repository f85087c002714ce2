"""The tables of the store, in SQL that SQLite and PostgreSQL both speak.

Takes nothing; gives the tables, the condition "stood in the list that day", and SQL compiled once for the driver.
Must not open a connection.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ClauseElement,
    Column,
    ColumnElement,
    Connection,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    and_,
    bindparam,
    insert,
    or_,
    true,
)

from allonym.store.current import SCHEMA_VERSION

__all__ = ["METADATA", "SCHEMA_VERSION"]

METADATA = MetaData()

# PostgreSQL orders text by its locale otherwise: dates of one day ("2024-05-15.2") and ids would sort by other rules
# than Python's and SQLite's.
PLAIN = Text(collation="C").with_variant(Text(), "sqlite")
ROW_ID = BigInteger().with_variant(Integer, "sqlite")

schema_version = Table("schema_version", METADATA, Column("version", Integer, nullable=False))

snapshot = Table(
    "snapshot",
    METADATA,
    Column("source", PLAIN, nullable=False),
    Column("date", PLAIN, nullable=False),
    Column("checksum", PLAIN, nullable=False),
    Column("loaded_at", PLAIN, nullable=False),
    Column("origin", PLAIN, nullable=False),
    Column("date_basis", PLAIN, nullable=False),
    Column("format", PLAIN, nullable=False),
    Column("accepted_shrinkage", Boolean, nullable=False),
    Column("counts", PLAIN, nullable=False),  # JSON object
    PrimaryKeyConstraint("source", "date"),
)

issue = Table(
    "issue",
    METADATA,
    Column("source", PLAIN, nullable=False),
    Column("date", PLAIN, nullable=False),
    Column("number", Integer, nullable=False),
    Column("code", PLAIN, nullable=False),
    Column("message", PLAIN, nullable=False),
    Column("entity_id", PLAIN),
    Column("original", PLAIN),
    PrimaryKeyConstraint("source", "date", "number"),
)

#: One row is one continuous presence of one statement at one place in its entity. `last_seen` NULL: it stands in the
#: newest snapshot of the source. `key` is the hash of the statement and its position; `refers` tells values that are
#: ids of other entities.
statement = Table(
    "statement",
    METADATA,
    Column("id", ROW_ID, primary_key=True),
    Column("source", PLAIN, nullable=False),
    Column("entity_id", PLAIN, nullable=False),
    Column("schema", PLAIN, nullable=False),
    Column("prop", PLAIN, nullable=False),
    Column("value", PLAIN, nullable=False),
    Column("original", PLAIN),
    Column("lang", PLAIN),
    Column("qualifier", PLAIN),
    Column("refers", Boolean, nullable=False),
    Column("key", BigInteger, nullable=False),
    Column("position", Integer, nullable=False),
    Column("first_seen", PLAIN, nullable=False),
    Column("last_seen", PLAIN),
)
Index("statement_entity", statement.c.source, statement.c.entity_id)
_REFERS = statement.c.refers.is_(true())
Index("statement_reference", statement.c.source, statement.c.value, sqlite_where=_REFERS)

#: Presences of measures, as above; `payload` is the measure as JSON.
measure = Table(
    "measure",
    METADATA,
    Column("id", ROW_ID, primary_key=True),
    Column("source", PLAIN, nullable=False),
    Column("measure_id", PLAIN, nullable=False),
    Column("key", BigInteger, nullable=False),
    Column("payload", PLAIN, nullable=False),
    Column("first_seen", PLAIN, nullable=False),
    Column("last_seen", PLAIN),
)
Index("measure_key", measure.c.source, measure.c.key)

#: Which entities a measure is upon, by the measure's key, whatever snapshots it stands in.
measure_target = Table(
    "measure_target",
    METADATA,
    Column("entity_id", PLAIN, nullable=False),
    Column("source", PLAIN, nullable=False),
    Column("key", BigInteger, nullable=False),
    PrimaryKeyConstraint("entity_id", "source", "key"),
)

#: At most one row: the view that answers, and the index built from it.
current = Table(
    "current_view",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("snapshots", PLAIN, nullable=False),  # JSON, [[source, date], …]
    Column("index_name", PLAIN, nullable=False),
)

#: What was decided of two entries: `same`, `different` or `possible` (for a person to judge). Nothing is overwritten:
#: what is taken back says when. `made_by` is empty for what matching decided.
decision = Table(
    "decision",
    METADATA,
    Column("number", ROW_ID, primary_key=True),
    Column("left_source", PLAIN, nullable=False),
    Column("left_entry", PLAIN, nullable=False),
    Column("right_source", PLAIN, nullable=False),
    Column("right_entry", PLAIN, nullable=False),
    Column("verdict", PLAIN, nullable=False),
    Column("made_by", PLAIN, nullable=False),
    Column("reason", PLAIN, nullable=False),
    Column("weight", Float, nullable=False),
    Column("evidence", PLAIN, nullable=False),  # JSON, [[feature, weight, sentence], …]
    Column("made_at", PLAIN, nullable=False),
    Column("undone_at", PLAIN),
    Column("undone_by", PLAIN),
)
Index("decision_left", decision.c.left_entry)
Index("decision_right", decision.c.right_entry)

#: Whose entry it is, as the decisions have it, since a change at a time (ISO); the latest row of an entry counts, the
#: others tell what it was before. `since` is raised by one with every change: the highest is the version of the whole.
actor_of = Table(
    "actor_of",
    METADATA,
    Column("entry", PLAIN, nullable=False),
    Column("since", Integer, nullable=False),
    Column("actor", PLAIN, nullable=False),
    Column("changed_at", PLAIN, nullable=False),
    PrimaryKeyConstraint("entry", "since"),
)
Index("actor_of_since", actor_of.c.since)

record = Table(
    "record",
    METADATA,
    Column("kind", PLAIN, nullable=False),
    Column("key", PLAIN, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    PrimaryKeyConstraint("kind", "key"),
)


def alive(table: Table, date: str) -> ColumnElement[bool]:
    """The condition that a presence (statement or measure) covers the snapshot of that date."""
    return and_(table.c.first_seen <= date, or_(table.c.last_seen.is_(None), table.c.last_seen >= date))


def refers_to(entity_id: str) -> ColumnElement[bool]:
    """The condition that a statement's value is that id; worded as the partial index is, or it is not used."""
    return and_(_REFERS, statement.c.value == entity_id)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement compiled once for the driver, to be run on many rows without SQLAlchemy's work for each.

    `names` is the order in which a row gives its values.
    """

    sql: str
    names: tuple[str, ...]

    def run(self, connection: Connection, rows: list[tuple[Any, ...]]) -> None:
        """Run on every row (values in the order of `names`)."""
        if rows:
            connection.exec_driver_sql(self.sql, rows)


def compiled(connection: Connection, construct: ClauseElement) -> Compiled:
    """The statement in the driver's words."""
    found = construct.compile(dialect=connection.dialect)
    return Compiled(str(found), tuple(getattr(found, "positiontup", None) or ()))


def inserting(connection: Connection, table: Table) -> Compiled:
    """An INSERT of rows with all columns of the table in order, `id` left to the database."""
    columns = [c.name for c in table.columns if c.name != "id" or c.autoincrement is False]
    return compiled(connection, insert(table).values({name: bindparam(name) for name in columns}))

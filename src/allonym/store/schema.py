"""The tables of the store, in SQL that SQLite and PostgreSQL both speak.

Takes nothing; gives the tables, the condition "stood in the list that day", and SQL compiled once for the driver.
Must not open a connection.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    DDL,
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
    event,
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

#: What somebody must look at: one row a customer and entity. Columns to choose and sort by, and `payload` with the
#: customer as asked, the entity as listed then, and what was decided (JSON). `version` is raised by one with every
#: change, `entry` is the number of the audit entry that tells the last one.
alert = Table(
    "alert",
    METADATA,
    Column("number", ROW_ID, primary_key=True, autoincrement=False),
    Column("customer_key", PLAIN, nullable=False),
    Column("entity_id", PLAIN, nullable=False),
    Column("state", PLAIN, nullable=False),
    Column("waiting", Integer, nullable=False),  # 1: a proposal waits for another person
    Column("assignee", PLAIN, nullable=False),
    Column("due", PLAIN, nullable=False),
    Column("score", Float, nullable=False),
    Column("origin", PLAIN, nullable=False),
    Column("sources", PLAIN, nullable=False),  # ",un_sc,eu_fsf,"
    Column("customer", PLAIN, nullable=False),
    Column("listed", PLAIN, nullable=False),
    Column("opened_at", PLAIN, nullable=False),
    Column("changed_at", PLAIN, nullable=False),
    Column("version", Integer, nullable=False),
    Column("entry", BigInteger, nullable=False),
    Column("payload", PLAIN, nullable=False),
)
Index("alert_pair", alert.c.customer_key, alert.c.entity_id, unique=True)
# All that a list of alerts is chosen and sorted by: the rows, whose payload is large, are read for one page only.
_BY = ("state", "due", "score", "waiting", "assignee", "origin", "sources", "customer_key", "changed_at", "number")
Index("alert_list", *(alert.c[name] for name in _BY))

#: The audit log; see docs/cases.md for what is hashed. `content` NULL: erased, its hash stays.
audit = Table(
    "audit",
    METADATA,
    Column("number", ROW_ID, primary_key=True, autoincrement=False),
    Column("at", PLAIN, nullable=False),
    Column("made_by", PLAIN, nullable=False),
    Column("action", PLAIN, nullable=False),
    Column("subject", PLAIN, nullable=False),
    Column("content", PLAIN),
    Column("content_sha256", PLAIN, nullable=False),
    Column("previous", PLAIN, nullable=False),
    Column("hash", PLAIN, nullable=False),
)
Index("audit_subject", audit.c.subject, audit.c.number)
Index("audit_action", audit.c.action, audit.c.number)

# The tables refuse what the program never does. Whoever may change the tables can take this away: that is what the
# hashes are for.
_KEPT = ("number", "at", "made_by", "action", "subject", "content_sha256", "previous", "hash")
_ERASES = " AND ".join(f"NEW.{name} = OLD.{name}" for name in _KEPT) + " AND NEW.content IS NULL"
_REFUSED = "the audit log is append-only"
for _act, _unless in (("DELETE", ""), ("UPDATE", f"WHEN NOT ({_ERASES})")):
    _head = f"CREATE TRIGGER audit_no_{_act.lower()} BEFORE {_act} ON audit FOR EACH ROW {_unless}"
    _on_sqlite = DDL(f"{_head} BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END")
    event.listen(audit, "after_create", _on_sqlite.execute_if(dialect="sqlite"))
_REFUSE = DDL(
    "CREATE OR REPLACE FUNCTION allonym_audit_refuses() RETURNS trigger LANGUAGE plpgsql AS "
    f"'BEGIN RAISE EXCEPTION ''{_REFUSED}''; END'"
)
event.listen(audit, "after_create", _REFUSE.execute_if(dialect="postgresql"))
for _act, _unless in (("DELETE", ""), ("UPDATE", f"WHEN (NOT ({_ERASES}))")):
    _on_server = DDL(
        f"CREATE TRIGGER audit_no_{_act.lower()} BEFORE {_act} ON audit FOR EACH ROW {_unless} "
        "EXECUTE FUNCTION allonym_audit_refuses()"
    )
    event.listen(audit, "after_create", _on_server.execute_if(dialect="postgresql"))


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

"""What readers did not understand, kept with the snapshot it was found in.

Takes and gives `Issue`s in the order the reader said them.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from allonym.model import Issue, Snapshot
from allonym.store.schema import issue


def write_issues(connection: Connection, snapshot: Snapshot, issues: Sequence[Issue]) -> None:
    """Keep the issues of a new snapshot."""
    held = {"source": snapshot.source, "date": snapshot.date}
    rows = [
        {
            **held,
            "number": number,
            "code": i.code,
            "message": i.message,
            "entity_id": i.entity_id,
            "original": i.original,
        }
        for number, i in enumerate(issues)
    ]
    if rows:
        connection.execute(insert(issue), rows)


def read_issues(connection: Connection, source: str, date: str) -> list[Issue]:
    """The issues of one snapshot."""
    query = select(issue.c.code, issue.c.message, issue.c.entity_id, issue.c.original)
    query = query.where(issue.c.source == source, issue.c.date == date).order_by(issue.c.number)
    return [Issue(*row) for row in connection.execute(query)]

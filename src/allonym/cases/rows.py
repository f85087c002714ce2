"""Alerts in the store.

Takes rows of the store; gives and keeps alerts. Must not decide, nor write the audit log.
"""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import orjson

from allonym.cases.alert import Alert, Filters, Line, Origin, Page, Payload, State
from allonym.errors import NotFoundError, UsageError
from allonym.screening.customers import SEPARATOR, shown_id
from allonym.store.plain import Rows, portions

COLUMNS = ("number, customer_key, entity_id, state, waiting, assignee, due, score, origin, sources, customer, listed, "
           "opened_at, changed_at, version, entry")  # fmt: skip
ORDERS = {
    "due": "CASE WHEN due = '' THEN 1 ELSE 0 END, due, score DESC, number",
    "score": "score DESC, number",
    "number": "number",
    "newest": "changed_at DESC, number DESC",
}
LARGEST_PAGE = 1_000
IN_PAGE = 400  # numbers that a statement takes


def read_alert(rows: Rows, number: int) -> Alert:
    """The alert of that number. Raises NotFoundError."""
    found = next(_alerts(rows, "number = ?", [number]), None)
    if found is None:
        raise NotFoundError(f"no alert {number}; see them with: allonym cases list")
    return found


def read_alerts(rows: Rows, numbers: Collection[int]) -> list[Alert]:
    """The alerts of these numbers that are there, by number."""
    found = list[Alert]()
    for signs, portion in portions([f"{number:020d}" for number in numbers]):
        found += _alerts(rows, f"number IN ({signs})", [int(text) for text in portion])
    return found


def of_customers(rows: Rows, keys: Collection[str]) -> dict[str, list[Alert]]:
    """The alerts of customers, by key."""
    found: dict[str, list[Alert]] = {}
    for signs, portion in portions(keys):
        for alert in _alerts(rows, f"customer_key IN ({signs})", portion):
            found.setdefault(alert.customer.key, []).append(alert)
    return found


def is_taken(rows: Rows, alert: Alert, entity_id: str) -> bool:
    """Whether another alert of the same customer is about that entity."""
    sql = "SELECT number FROM alert WHERE customer_key = ? AND entity_id = ? AND number <> ?"
    return next(rows.execute(sql, (alert.customer.key, entity_id, alert.number)), None) is not None


def every_number(rows: Rows) -> list[int]:
    """The numbers of all alerts."""
    return [int(number) for (number,) in rows.execute("SELECT number FROM alert ORDER BY number")]


def next_number(rows: Rows) -> int:
    """The number of the next alert; one that was erased is not given again."""
    last = next(rows.execute("SELECT subject FROM audit WHERE action = 'open' ORDER BY number DESC LIMIT 1"), None)
    return 1 if last is None else int(str(last[0]).rpartition("/")[2]) + 1


def row_hash(alert: Alert) -> str:
    """The SHA-256 of all that is kept in an alert's row, but for the number of its audit entry."""
    return _hash(_values(alert))


def row_hashes(rows: Rows) -> Iterator[tuple[int, int, int, str]]:
    """(number, version, audit entry, hash as `row_hash` gives it) of every alert as it is kept, by number."""
    for row in rows.execute(f"SELECT {COLUMNS}, payload FROM alert ORDER BY number"):  # noqa: S608
        yield int(row[0]), int(row[14]), int(row[15]), _hash(list(row))


def _hash(values: list[Any]) -> str:
    told = [*values[:15], *values[16:]]  # the columns but `entry`
    return hashlib.sha256(orjson.dumps(told)).hexdigest()


def insert_alert(rows: Rows, alert: Alert) -> None:
    """Keep a new alert."""
    values = _values(alert)
    signs = ", ".join("?" * len(values))
    rows.execute(f"INSERT INTO alert ({COLUMNS}, payload) VALUES ({signs})", values)  # noqa: S608


def update_alert(rows: Rows, alert: Alert) -> None:
    """Keep a changed alert."""
    names = [name.strip() for name in (COLUMNS + ", payload").split(",")][1:]
    assigned = ", ".join(f"{name} = ?" for name in names)
    rows.execute(f"UPDATE alert SET {assigned} WHERE number = ?", [*_values(alert)[1:], alert.number])  # noqa: S608


def delete_alert(rows: Rows, number: int) -> None:
    """Take an alert away for good; the audit log says that there was one."""
    rows.execute("DELETE FROM alert WHERE number = ?", (number,))


def read_page(rows: Rows, filters: Filters, order: str, offset: int, limit: int) -> Page:
    """A page of a list. Raises UsageError for an order or a size that there is not."""
    if order not in ORDERS:
        raise UsageError(f"no order {order!r}; there are: {', '.join(ORDERS)}")
    if offset < 0 or not 1 <= limit <= LARGEST_PAGE:
        raise UsageError(f"a page begins at 0 or later and has 1 to {LARGEST_PAGE:,} alerts")
    where, values = _where(filters)
    total = int(next(rows.execute(f"SELECT count(*) FROM alert WHERE {where}", values))[0])  # noqa: S608
    sql = f"SELECT number FROM alert WHERE {where} ORDER BY {ORDERS[order]} LIMIT ? OFFSET ?"  # noqa: S608
    numbers = [int(number) for (number,) in rows.execute(sql, [*values, limit, offset])]
    lines = dict[int, Line]()
    for start in range(0, len(numbers), IN_PAGE):
        own = numbers[start : start + IN_PAGE]
        signs = ", ".join("?" * len(own))
        for row in rows.execute(f"SELECT {COLUMNS} FROM alert WHERE number IN ({signs})", own):  # noqa: S608
            lines[int(row[0])] = _line(row)
    return Page(tuple(lines[number] for number in numbers), total, offset)


def _where(filters: Filters) -> tuple[str, list[Any]]:
    parts, values = ["1 = 1"], list[Any]()

    def add(condition: str, *given: Any) -> None:
        parts.append(condition)
        values.extend(given)

    if filters.states:
        add(f"state IN ({', '.join('?' * len(filters.states))})", *map(str, filters.states))
    if filters.waiting is not None:
        add("waiting = ?", int(filters.waiting))
    if filters.assignee is not None:
        add("assignee = ?", filters.assignee)
    if filters.least is not None:
        add("score >= ?", filters.least)
    if filters.most is not None:
        add("score <= ?", filters.most)
    if filters.source is not None:
        plain = filters.source.replace("\\", "\\\\").replace("_", "\\_")
        add("sources LIKE ? ESCAPE '\\'", "%," + plain.replace("%", "\\%") + ",%")
    if filters.origin is not None:
        add("origin = ?", str(filters.origin))
    if filters.due_by is not None:
        add("due <> '' AND due <= ?", filters.due_by)
    if filters.customer is not None:
        add("(customer_key = ? OR (customer_key > ? AND customer_key < ?))", filters.customer,
            filters.customer + SEPARATOR, filters.customer + SEPARATOR + ":")  # fmt: skip
    return " AND ".join(parts), values


def _alerts(rows: Rows, where: str, values: Sequence[Any]) -> Iterator[Alert]:
    found = rows.execute(f"SELECT {COLUMNS}, payload FROM alert WHERE {where} ORDER BY number", values)  # noqa: S608
    for number, _, _, state, _, assignee, due, _, origin, _, _, _, opened, changed, version, entry, payload in found:
        kept = Payload.read(payload)
        yield Alert(int(number), kept.customer, kept.listed, Origin(origin), opened, changed, State(state), assignee,
                    due, kept.decision, kept.proposal, int(version), int(entry))  # fmt: skip


def _values(alert: Alert) -> list[Any]:
    listed, customer = alert.listed, alert.customer
    return [
        alert.number, customer.key, listed.entity_id, str(alert.state), int(alert.proposal is not None),
        alert.assignee, alert.due, listed.score, str(alert.origin), f",{','.join(listed.sources)},", customer.name,
        listed.name, alert.opened_at, alert.changed_at, alert.version, alert.entry, alert.payload(),
    ]  # fmt: skip


def _line(row: tuple[Any, ...]) -> Line:
    (number, key, entity_id, state, waiting, assignee, due, score, origin, sources, customer, listed, opened, changed,
     version, _) = row  # fmt: skip
    told = tuple(source for source in sources.split(",") if source)
    return Line(int(number), State(state), bool(waiting), shown_id(key), customer, entity_id, listed, float(score),
                told, Origin(origin), assignee, due, opened, changed, int(version))  # fmt: skip

"""Alerts and the log behave alike over both stores; PostgreSQL where ALLONYM_TEST_POSTGRESQL names a database."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from allonym.cases import Cases, Closing, Filters, Origin, State
from allonym.cases.rows import ORDERS
from allonym.errors import ConflictError
from tests.store.conftest import address  # noqa: F401 (a fixture)

from .made import Made, alerts

FALSE = Closing(State.FALSE_ALARM, "name_only", "surname only")


@pytest.fixture
def cases(
    address: str | Path,  # noqa: F811
    tmp_path: Path,
) -> Iterator[Cases]:
    """Thirty alerts in a store of each kind."""
    lists = Made(tmp_path, address)
    alerts(lists, 30)
    yield Cases(lists)
    lists.close()


def test_lists_filters_orders(cases: Cases) -> None:
    for order in ORDERS:
        page = cases.list(order=order, limit=7)
        assert (page.total, len(page.lines)) == (30, 7)
    cases.assign(4, "Bo", by="Ana")
    chosen = Filters((State.OPEN,), False, "Bo", 0.01, 0.99, "un_sc", Origin.SCREENING, "2026-12-31", "c4")
    (line,) = cases.list(chosen).lines
    assert (line.number, line.score, line.version) == (4, 4 / 97, 2)
    assert cases.list(Filters(source="un%")).total == 0
    assert cases.customers() == {f"c{n}" for n in range(1, 31)} and len(cases.numbers()) == 30


def test_acts_and_log(cases: Cases) -> None:
    assert cases.close_many([1, 2, 99], FALSE, by="Ana").closed == (1, 2)
    with pytest.raises(ConflictError):
        cases.close(1, FALSE, by="Bo")
    cases.reopen(1, "again", by="Bo")
    cases.attach(1, "x.txt", b"x", by="Bo")
    report = cases.verify()
    assert report.whole and (report.entries, report.alerts) == (34, 30)
    assert [e.action for e in cases.show(1).history] == ["open", "close", "reopen", "attach"]
    assert cases.expired() == []
    (cases.lists.folder / "cases.toml").write_text("[retention]\nearly = true\n")
    assert cases.erase(1, "a duty", by="Ana") == 4
    again = cases.verify([report.head])
    assert again.whole and (again.entries, again.erased, again.alerts) == (35, 4, 29)


def test_the_table_refuses(cases: Cases) -> None:
    for sql in ("DELETE FROM audit WHERE number = 1", "UPDATE audit SET made_by = 'Eve' WHERE number = 1"):
        with pytest.raises(DatabaseError, match="append-only"), cases.lists.store.deciding() as rows:
            rows.execute(sql)
    assert cases.verify().whole


def test_what_fails_leaves_nothing(cases: Cases) -> None:
    head = cases.verify().head
    with pytest.raises(RuntimeError), cases._deciding() as writing:
        cases._close(writing, 1, FALSE, "Ana", None)
        raise RuntimeError
    assert cases.verify().head == head and cases.alert(1).state is State.OPEN


def test_many_at_once(cases: Cases) -> None:
    """One writer at a time: the chain has no fork."""

    def work(number: int) -> None:
        for _ in range(5):
            cases.note(number, "x", by=f"n{number}")

    threads = [threading.Thread(target=work, args=(n,)) for n in range(1, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report = cases.verify()
    assert report.whole and report.entries == 60

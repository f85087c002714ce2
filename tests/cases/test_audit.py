"""Whatever is altered, taken away or put in another order in the log or the alerts is found; what cannot be is said."""

import sqlite3
from pathlib import Path

import pytest

from allonym.cases import Cases, Closing, State
from allonym.cases.exported import heads_of, lines
from allonym.cases.ledger import START, Head, entry_hash, sha256
from allonym.cases.verify import parse_head
from allonym.errors import InputError, RefusedError, UsageError
from allonym.lists import Lists

FALSE = Closing(State.FALSE_ALARM, "other_birth_date")


@pytest.fixture
def told(cases: Cases) -> Cases:
    """A log of six entries: open, note, assign, close, reopen, attach."""
    cases.note(1, "asked the branch", by="Ana")
    cases.assign(1, "Bo", by="Ana")
    cases.close(1, FALSE, by="Bo")
    cases.reopen(1, "another passport came", by="Ana")
    cases.attach(1, "passport.txt", b"AB1234567", by="Ana")
    report = cases.verify()
    assert report.whole and (report.entries, report.alerts, report.head.number) == (6, 1, 6)
    return cases


def tampered(folder: Path, *statements: str, guarded: bool = False) -> None:
    """Change the tables as somebody with access to the file could."""
    connection = sqlite3.connect(folder / "allonym.db", isolation_level=None)
    if not guarded:
        connection.execute("DROP TRIGGER audit_no_delete")
        connection.execute("DROP TRIGGER audit_no_update")
    try:
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()


COLUMNS = {
    "at": "'2020-01-01T00:00:00.000+00:00'", "made_by": "'Eve'", "action": "'note'", "subject": "'alert/2'",
    "content_sha256": f"'{'1' * 64}'", "previous": f"'{'2' * 64}'", "hash": f"'{'3' * 64}'",
}  # fmt: skip


@pytest.mark.parametrize("number", [1, 4, 6])
@pytest.mark.parametrize("column", COLUMNS)
def test_an_altered_column(column: str, number: int, told: Cases) -> None:
    tampered(told.lists.folder, f"UPDATE audit SET {column} = {COLUMNS[column]} WHERE number = {number}")
    report = told.verify()
    assert not report.whole
    assert number in [p.number for p in report.problems]


@pytest.mark.parametrize("number", [1, 4, 6])
def test_an_altered_content(number: int, told: Cases) -> None:
    change = f"UPDATE audit SET content = replace(content, 'Oxenthorpe', 'Oxenthorp') || ' ' WHERE number = {number}"
    tampered(told.lists.folder, change)
    assert [(p.number, p.kind) for p in told.verify().problems] == [(number, "content")]


def test_a_content_that_is_no_json(told: Cases) -> None:
    tampered(told.lists.folder, "UPDATE audit SET content = '{' WHERE number = 4")
    assert [(p.number, p.kind) for p in told.verify().problems] == [(4, "content")]


@pytest.mark.parametrize("numbers", [(1,), (3,), (2, 3, 4)])
def test_deleted_entries(numbers: tuple[int, ...], told: Cases) -> None:
    tampered(told.lists.folder, *(f"DELETE FROM audit WHERE number = {number}" for number in numbers))
    assert [(p.number, p.kind) for p in told.verify().problems] == [(numbers[-1] + 1, "missing")]


def test_a_deletion_with_the_numbers_closed_up(told: Cases) -> None:
    tampered(told.lists.folder, "DELETE FROM audit WHERE number = 3",
             *(f"UPDATE audit SET number = {n - 1} WHERE number = {n}" for n in (4, 5, 6)))  # fmt: skip
    assert {p.kind for p in told.verify().problems} >= {"altered"}


def test_two_entries_that_changed_places(told: Cases) -> None:
    moves = [(99, 2), (2, 3), (3, 99)]
    tampered(told.lists.folder, *(f"UPDATE audit SET number = {to} WHERE number = {number}" for to, number in moves))
    assert {2, 3} <= {p.number for p in told.verify().problems}


def test_an_entry_that_was_put_in(told: Cases) -> None:
    """One with a right hash of its own: the one after it does not know it."""
    row = ("2026-01-01T00:00:00.000+00:00", "Eve", "note", "alert/1")
    connection = sqlite3.connect(told.lists.folder / "allonym.db", isolation_level=None)
    connection.execute("DROP TRIGGER audit_no_update")
    for number in (6, 5, 4):
        connection.execute("UPDATE audit SET number = ? WHERE number = ?", (number + 1, number))
    (previous,) = connection.execute("SELECT hash FROM audit WHERE number = 3").fetchone()
    digest = sha256("{}")
    made = entry_hash(4, row, digest, previous)
    connection.execute("INSERT INTO audit VALUES (4, ?, ?, ?, ?, '{}', ?, ?, ?)", (*row, digest, previous, made))
    connection.close()
    assert {5, 6, 7} <= {p.number for p in told.verify().problems}


def test_an_end_that_was_cut_off_shows_by_the_alerts(told: Cases) -> None:
    tampered(told.lists.folder, "DELETE FROM audit WHERE number >= 5")
    (problem,) = told.verify().problems
    assert problem.kind == "missing" and "alert 1" in problem.message


def test_an_old_copy_shows_only_by_a_head(told: Cases, tmp_path: Path) -> None:
    """Log and alerts of an earlier day are whole in themselves."""
    early = told.verify().head
    told.note(1, "to be lost", by="Ana")
    late = told.verify().head
    payload = "(SELECT content FROM audit WHERE number = 6)"
    tampered(told.lists.folder, "DELETE FROM audit WHERE number = 7",
             f"UPDATE alert SET version = 6, entry = 6, changed_at = (SELECT at FROM audit WHERE number = 6) "
             f"WHERE {payload} IS NOT NULL")  # fmt: skip
    assert told.verify().whole
    assert told.verify([early]).whole
    assert [p.kind for p in told.verify([late]).problems] == ["head"]
    assert "its end was cut off" in told.verify([late]).problems[0].message


def test_a_log_that_was_written_anew_shows_only_by_a_head(told: Cases) -> None:
    head = told.verify().head
    connection = sqlite3.connect(told.lists.folder / "allonym.db", isolation_level=None)
    connection.execute("DROP TRIGGER audit_no_update")
    previous = START
    for number, at, by, action, subject, digest in connection.execute(
        "SELECT number, at, made_by, action, subject, content_sha256 FROM audit ORDER BY number"
    ).fetchall():
        name = "Eve" if number == 2 else by
        made = entry_hash(number, (at, name, action, subject), digest, previous)
        connection.execute("UPDATE audit SET made_by = ?, previous = ?, hash = ? WHERE number = ?",
                           (name, previous, made, number))  # fmt: skip
        previous = made
    connection.close()
    assert told.verify().whole
    assert [(p.number, p.kind) for p in told.verify([head]).problems] == [(6, "head")]


ALERT: dict[str, str] = {
    "state": "'false_alarm'", "assignee": "'Eve'", "due": "'2030-01-01'", "score": "0.1", "version": "5",
    "customer": "'x'", "payload": "replace(payload, 'Oxenthorpe', 'Oxenthorp')", "opened_at": "'2020'", "entry": "5",
    "waiting": "1", "sources": "',x,'", "entity_id": "'two'",
}  # fmt: skip


@pytest.mark.parametrize("column", ALERT)
def test_an_altered_alert(column: str, told: Cases) -> None:
    tampered(told.lists.folder, f"UPDATE alert SET {column} = {ALERT[column]}", guarded=True)
    (problem,) = told.verify().problems
    assert problem.kind == "alert" and "alert 1" in problem.message


def test_an_alert_that_is_gone_or_of_nowhere(told: Cases) -> None:
    tampered(told.lists.folder, "UPDATE alert SET number = 7", guarded=True)
    assert {p.message for p in told.verify().problems} == {
        "alert 7 is in no entry of the log", "alert 1 is gone, and no entry says so"
    }  # fmt: skip


def test_an_altered_or_lost_attachment(told: Cases) -> None:
    (file,) = told.show(1).attachments
    told.files.path(file.sha256).write_bytes(b"AB7654321")
    assert [p.kind for p in told.verify().problems] == ["attachment"]
    told.files.drop(file.sha256)
    assert [p.kind for p in told.verify().problems] == ["attachment"]


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM audit WHERE number = 2", "UPDATE audit SET made_by = 'Eve' WHERE number = 2",
     "UPDATE audit SET content = '{}' WHERE number = 2",
     "UPDATE audit SET content = NULL, made_by = 'Eve' WHERE number = 2"],
)  # fmt: skip
def test_the_table_refuses_what_the_program_never_does(statement: str, told: Cases) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        tampered(told.lists.folder, statement, guarded=True)
    assert told.verify().whole


def test_a_content_that_is_gone_without_an_entry_that_says_so(told: Cases) -> None:
    tampered(told.lists.folder, "UPDATE audit SET content = NULL WHERE number = 2", guarded=True)
    assert [(p.number, p.kind) for p in told.verify().problems] == [(2, "erased")]


def test_erasing_keeps_the_chain(told: Cases) -> None:
    with pytest.raises(RefusedError, match="has not been kept for 10 years"):
        told.erase(1, "a duty", by="Ana")
    (told.lists.folder / "cases.toml").write_text("[retention]\nearly = true\n")
    (file,) = told.show(1).attachments
    head = told.verify().head
    assert told.erase(1, "request of the customer", by="Ana") == 6
    report = told.verify([head])
    assert report.whole and (report.entries, report.erased, report.alerts) == (7, 6, 0)
    assert not told.files.path(file.sha256).exists()
    assert told.list().total == 0 and told.numbers() == []
    connection = sqlite3.connect(told.lists.folder / "allonym.db")
    kept = connection.execute("SELECT group_concat(content) FROM audit").fetchone()[0]
    connection.close()
    assert "Oxenthorpe" not in kept and "4711" not in kept
    opened = [entry for entry, _ in told.entries() if entry.subject == "alert/1"]
    assert all(entry.content is None for entry in opened) and len(opened) == 6
    from .conftest import asked, screen

    assert screen(told.lists, asked()).new == (2,)  # the number is not given again


def test_nothing_of_what_was_erased_stays_in_the_file(told: Cases) -> None:
    (told.lists.folder / "cases.toml").write_text("[retention]\nearly = true\n")
    told.note(1, "a note by which the page is found " * 200, by="Ana")
    told.erase(1, "request of the customer", by="Ana")
    told.lists.store.close()
    content = b"".join(path.read_bytes() for path in told.lists.folder.glob("allonym.db*"))
    assert b"request of the customer" in content and b"by which the page is found" not in content


def test_what_is_due_for_erasing(told: Cases, monkeypatch: pytest.MonkeyPatch) -> None:
    told.close(1, FALSE, by="Bo")
    assert told.expired() == []
    monkeypatch.setattr("allonym.cases.cases._now", lambda: "2099-01-01T00:00:00.000+00:00")
    assert told.expired() == [1]
    assert told.erase(1, "ten years are over", by="Ana") == 7
    assert told.verify().whole


def test_a_fake_erasure_does_not_hide_an_alert(told: Cases) -> None:
    """Somebody takes an alert away and its entries' content, and tells nobody."""
    tampered(told.lists.folder, "DELETE FROM alert", "UPDATE audit SET content = NULL", guarded=True)
    kinds = {p.kind for p in told.verify().problems}
    assert kinds == {"erased", "alert"}


def test_an_export_tells_against_what_the_log_is_later(told: Cases, tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    path.write_bytes(b"".join(line + b"\n" for line in lines(told.entries(), told.verify())))
    assert heads_of(path)[-1] == told.verify().head and len(heads_of(path)) == 7
    told.note(1, "more", by="Ana")
    assert told.verify(heads_of(path)).whole
    tampered(told.lists.folder, "DELETE FROM audit WHERE number > 3")
    assert len([p for p in told.verify(heads_of(path)).problems if p.kind == "head"]) == 4
    path.write_text("{}\n")
    with pytest.raises(InputError, match="line 1: is no line"):
        heads_of(path)


def test_the_hash_is_what_the_documentation_says(told: Cases, lists: Lists) -> None:
    import hashlib

    previous = "0" * 64
    for entry, content in told.entries():
        assert content is not None
        digest = hashlib.sha256(content.encode()).hexdigest()
        lines_ = [
            "allonym-audit/1",
            str(entry.number),
            entry.at,
            entry.by,
            entry.action,
            entry.subject,
            digest,
            previous,
        ]
        text = "".join(f"{line}\n" for line in lines_)
        previous = hashlib.sha256(text.encode()).hexdigest()
        assert previous == entry.hash


@pytest.mark.parametrize("text", ["", "7", "7:abc", f"-1:{'a' * 64}", f"1:{'A' * 64}"])
def test_a_head_that_is_none(text: str) -> None:
    with pytest.raises(UsageError, match="--head"):
        parse_head(text)
    assert parse_head(f"7:{'a' * 64}") == Head(7, "a" * 64)

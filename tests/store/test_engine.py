"""Data folders that cannot be used, disks that are full, servers that are not there: one line, and data as before."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from allonym.errors import AllonymError, StoreError, UsageError
from allonym.model import Statement
from allonym.store import Store
from allonym.store.engine import Place
from allonym.store.schema import SCHEMA_VERSION

from .lists import entry, load, state

NOBODY = 65534
ANA = entry("1", name="Ana Díaz")


def refused(url_or_path: str | Path, *, create: bool = True) -> str:
    """The one line that opening says."""
    with pytest.raises(AllonymError) as raised:
        Store.open(url_or_path, create=create).close()
    assert raised.value.status == 2
    assert "\n" not in str(raised.value)
    return str(raised.value)


@contextmanager
def without_rights() -> Iterator[None]:
    """As a user whom permissions hold for."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_is_made(tmp_path: Path) -> None:
    with Store.open(tmp_path / "new" / "data") as store:
        assert store.folder == tmp_path / "new" / "data"
        assert store.name == str(tmp_path / "new" / "data" / "allonym.db")
    assert sorted(p.name for p in (tmp_path / "new" / "data").iterdir()) == ["allonym.db", "allonym.lock"]


def test_a_folder_is_not_made(tmp_path: Path) -> None:
    assert "holds no Allonym data; load lists" in refused(tmp_path / "new", create=False)
    assert not (tmp_path / "new").exists()


def test_a_file_by_url(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/mine.db") as store:
        load(store, "2024-01-01", ANA)
        assert store.folder == tmp_path
    assert (tmp_path / "mine.db").exists()


def test_what_a_killed_maker_left(tmp_path: Path) -> None:
    (tmp_path / "allonym.new").write_bytes(b"half a database")
    (tmp_path / "allonym.new-wal").write_bytes(b"of it")
    with Store.open(tmp_path) as store:
        assert store.snapshots() == []
    assert sorted(p.name for p in tmp_path.iterdir()) == ["allonym.db", "allonym.lock"]


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    assert "is a file; the data folder must be a folder" in refused(tmp_path / "data")
    assert "cannot be used as data folder" in refused(tmp_path / "data" / "below")


@pytest.mark.parametrize("content", [b"this is no database, but long enough to be one" * 100, b"x", b""])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "allonym.db").write_bytes(content)
    assert refused(tmp_path).startswith(str(tmp_path / "allonym.db"))
    assert (tmp_path / "allonym.db").read_bytes() == content


def test_a_database_of_another_program(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "allonym.db")
    connection.execute("CREATE TABLE song (title TEXT)")
    connection.close()
    before = (tmp_path / "allonym.db").read_bytes()
    assert "is a database of another program" in refused(tmp_path)
    assert (tmp_path / "allonym.db").read_bytes() == before


def test_a_folder_in_place_of_the_database(tmp_path: Path) -> None:
    (tmp_path / "allonym.db").mkdir()
    assert "is no file" in refused(tmp_path)


def test_a_damaged_database(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        load(store, "2024-01-01", [Statement(str(n), "Person", "name", "x" * 500) for n in range(500)])
    with (tmp_path / "allonym.db").open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * 4096 * 30)
    with pytest.raises(StoreError, match="damaged; restore it from a copy"), Store.open(tmp_path) as store:
        list(store.entities(store.view()))


def test_a_newer_version(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "allonym.db")
    connection.execute("UPDATE schema_version SET version = version + 1")
    connection.commit()
    connection.close()
    told = refused(tmp_path)
    assert f"newer version of Allonym (its tables are version {SCHEMA_VERSION + 1}" in told
    assert "pip install --upgrade allonym" in told


@pytest.mark.parametrize("mode", [0o000, 0o500, 0o300])
def test_a_folder_without_permission(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "data"
    for path in (tmp_path, *tmp_path.parents):
        if path.owner() == tmp_path.owner() and path.stat().st_mode & 0o777 == 0o700:
            path.chmod(0o711)  # pytest's own folders, which that user must be able to pass
    folder.mkdir()
    with Store.open(folder) as store:
        load(store, "2024-01-01", ANA)
    if os.geteuid() == 0:
        for path in (folder, *folder.iterdir()):
            os.chown(path, NOBODY, NOBODY)
    folder.chmod(mode)
    try:
        with without_rights():
            assert "check its permissions" in refused(folder)
    finally:
        folder.chmod(0o700)
    with Store.open(folder) as store:
        assert state(store, "2024-01-01") == {"1": ANA}


def test_permissions_lost_while_open(tmp_path: Path) -> None:
    """The database turns read-only under an open store: a load says so, reading goes on."""
    with Store.open(tmp_path) as store:
        load(store, "2024-01-01", ANA)
        event.listen(store._engine, "begin", lambda connection: connection.exec_driver_sql("PRAGMA query_only=ON"))
        with pytest.raises(StoreError, match="cannot be written, nothing was changed; check its permissions"):
            load(store, "2024-02-01", [])
        assert state(store, "2024-02-01") == {"1": ANA}


def test_a_full_disk(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        before = load(store, "2024-01-01", ANA)

        def small(connection: sqlite3.Connection, *_: object) -> None:
            connection.execute("PRAGMA max_page_count=80")

        store.close()
        event.listen(store._engine, "connect", small)
        many = (Statement(str(n), "Person", "name", "x" * 200) for n in range(50_000))
        with pytest.raises(StoreError, match="the disk is full, nothing was changed; free some space") as raised:
            load(store, "2024-02-01", many)
        assert "\n" not in str(raised.value)
        assert store.snapshots() == [before]
        assert state(store, "2024-02-01") == {"1": ANA}
        load(store, "2024-03-01", entry("2", name="Bo"))  # what fits goes on
    with Store.open(tmp_path) as store:
        assert [s.date for s in store.snapshots()] == ["2024-01-01", "2024-03-01"]
        load(store, "2024-02-01", [Statement(str(n), "Person", "name", "x" * 200) for n in range(5_000)])
    connection = sqlite3.connect(tmp_path / "allonym.db")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


@pytest.mark.parametrize("url", ["mysql://host/db", "nonsense://host/db", "postgresql+other://host/db", "sqlite://"])
def test_addresses_of_no_store(url: str) -> None:
    with pytest.raises(UsageError):
        Place(url)


def test_messages_hide_the_password() -> None:
    assert Place("postgresql://ana:secret@host/db").name == "postgresql+psycopg://ana:***@host/db"


def test_a_server_that_is_not_there() -> None:
    """With the driver, the server's own words; without, how to get it."""
    told = refused("postgresql://ana:secret@127.0.0.1:1/db")
    assert "pip install 'allonym[postgresql]'" in told or "127.0.0.1:1" in told
    assert "secret" not in told

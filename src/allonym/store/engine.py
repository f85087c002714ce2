"""How a store is reached: an SQLite file in a data folder, or a PostgreSQL database by URL.

Takes a path or URL; gives an SQLAlchemy engine, checked to be ours and not newer than we are. Must not leave a
half-made database behind, and turns what the disk, the network or another program does wrong into one line.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, DatabaseError, DataError, InterfaceError, NoSuchModuleError, OperationalError

from allonym.errors import InputError, StoreError, UsageError
from allonym.store.current import BUSY_SECONDS, DATABASE
from allonym.store.lock import FolderLock, ServerLock
from allonym.store.reasons import first_line, store_error
from allonym.store.schema import METADATA, SCHEMA_VERSION, schema_version

#: Seconds to wait for another process that makes the same new database.
CREATE_SECONDS = 30.0


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turns the database's own failures (disk, permissions, network, damage) into StoreError, naming `where`."""
    try:
        yield
    except DataError as error:
        raise InputError(f"{where} cannot hold a value: {first_line(error.orig)}") from error
    except (OperationalError, InterfaceError) as error:
        raise store_error(where, error.orig) from error
    except DatabaseError as error:
        if type(error) is not DatabaseError:
            raise  # IntegrityError, ProgrammingError: a defect of ours, or rights that a traceback shows best
        raise store_error(where, error.orig) from error
    except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
        raise store_error(where, error) from error


class Place:
    """Where a store is: `folder` and `file` for SQLite, `url` for both, `name` for messages (without a password)."""

    __slots__ = ("file", "folder", "name", "url")

    name: str

    def __init__(self, url_or_path: str | Path) -> None:
        self.folder: Path | None = None
        self.file: Path | None = None
        if isinstance(url_or_path, str) and "://" in url_or_path:
            self.url = _url(url_or_path)
            if self.url.get_backend_name() == "sqlite":
                if self.url.database in (None, "", ":memory:"):
                    raise UsageError(f"{url_or_path}: a store in memory keeps nothing; give a folder or a file")
                self.file = Path(str(self.url.database))
                self.folder = self.file.parent
            self.name = self.url.render_as_string(hide_password=True)
        else:
            self.folder = Path(url_or_path).expanduser()
            self.file = self.folder / DATABASE
            self.url = URL.create("sqlite", database=str(self.file))
        if self.file is not None:
            self.name = str(self.file)

    def lock(self, engine: Engine) -> FolderLock | ServerLock:
        """The lock that a loader of this store holds."""
        return ServerLock(engine, self.name) if self.file is None else FolderLock(self.file.with_suffix(".lock"))


def _url(text: str) -> URL:
    try:
        url = make_url(text)
        if url.drivername in ("postgresql", "postgres"):
            url = url.set(drivername="postgresql+psycopg")
        url.get_dialect()
    except ArgumentError:
        raise UsageError("the address of the store is no URL; write postgresql://USER@HOST/DATABASE") from None
    except NoSuchModuleError:
        raise UsageError("the store is SQLite (a folder) or PostgreSQL (postgresql://USER@HOST/DATABASE)") from None
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise UsageError("the store is SQLite (a folder) or PostgreSQL (postgresql://USER@HOST/DATABASE)")
    return url


def connect(place: Place, *, create: bool) -> Engine:
    """An engine on a store that is ours and usable. Raises StoreError (folder, file, version, server)."""
    if place.file is not None:
        _check_folder(place, create)
        if not place.file.exists():
            _create_file(place)
    with told(place.name):
        engine = _engine(place.url)
        try:
            if place.file is None:
                _create_on_server(engine, place, create)
            _check_version(engine, place.name)
        except BaseException:
            engine.dispose()
            raise
    return engine


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "postgresql":
        try:
            return create_engine(url, paramstyle="format")
        except ModuleNotFoundError as error:
            raise StoreError(f"PostgreSQL needs {error.name}; run: pip install 'allonym[postgresql]'") from None
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # sqlite3 would begin late, and not at all before DDL
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA journal_size_limit=16777216")


def _on_begin(connection: Connection) -> None:
    # A writer that begins as a reader fails at its first write when somebody else wrote in between.
    options = connection.get_execution_options()
    writes = options.get("writes")
    if writes:
        # What a person decided must outlast a power failure; a list can be loaded again.
        connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if options.get('durable') else 'NORMAL'}")
        # What is erased must not stay in free pages.
        connection.exec_driver_sql(f"PRAGMA secure_delete={'ON' if options.get('durable') else 'OFF'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _check_folder(place: Place, create: bool) -> None:
    folder, file = place.folder, place.file
    assert folder is not None and file is not None
    try:
        if folder.exists():
            if not folder.is_dir():
                raise StoreError(f"{folder}: is a file; the data folder must be a folder")
            _check_access(folder, os.R_OK | os.W_OK | os.X_OK)
        if not file.exists():
            if not create:
                raise StoreError(f"{folder}: holds no Allonym data; load lists into it first with: allonym update")
            folder.mkdir(parents=True, exist_ok=True)
        elif not file.is_file():
            raise StoreError(f"{file}: is no file; name another data folder")
        else:
            _check_access(file, os.R_OK | os.W_OK)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be used as data folder ({error.strerror}); name another") from None


def _check_access(path: Path, mode: int) -> None:
    if not os.access(path, mode, effective_ids=os.access in os.supports_effective_ids):
        raise StoreError(f"{path}: cannot be read and written; check its permissions")


def _create_file(place: Place) -> None:
    """A new database under another name, renamed when it is whole: a kill leaves none, never half of one."""
    assert place.file is not None
    draft = place.file.with_suffix(".new")
    with FolderLock(place.file.with_suffix(".lock")).held(CREATE_SECONDS), told(place.name):
        if place.file.exists():
            return
        for leftover in place.file.parent.glob(f"{draft.name}*"):
            leftover.unlink()
        engine = _engine(URL.create("sqlite", database=str(draft)))
        try:
            raw = engine.raw_connection()
            raw.cursor().execute("PRAGMA journal_mode=WAL")  # kept in the file; not possible within a transaction
            raw.close()
            with engine.begin() as connection:
                _create_tables(connection)
        finally:
            engine.dispose()
        try:
            draft.replace(place.file)
        except OSError as error:
            raise StoreError(f"{place.file}: cannot be made ({error.strerror}); check the folder") from None


def _create_on_server(engine: Engine, place: Place, create: bool) -> None:
    if inspect(engine).has_table(schema_version.name):
        return
    if not create:
        raise StoreError(f"{place.name}: holds no Allonym data; load lists into it first with: allonym update")
    with ServerLock(engine, place.name).held(CREATE_SECONDS), engine.begin() as connection:
        if not inspect(connection).has_table(schema_version.name):
            _create_tables(connection)


def _create_tables(connection: Connection) -> None:
    METADATA.create_all(connection)
    connection.execute(insert(schema_version).values(version=SCHEMA_VERSION))


def _check_version(engine: Engine, name: str) -> None:
    with engine.connect() as connection:
        if not inspect(connection).has_table(schema_version.name):
            raise StoreError(f"{name}: is a database of another program; name another data folder")
        version = connection.execute(select(schema_version.c.version)).scalar()
    if version is not None and version < SCHEMA_VERSION:
        _upgrade(engine)
        return
    if version is None or version > SCHEMA_VERSION:
        raise StoreError(
            f"{name}: was written by a newer version of Allonym (its tables are version {version}, this one knows "
            f"{SCHEMA_VERSION}); upgrade with: pip install --upgrade allonym"
        )


def _upgrade(engine: Engine) -> None:
    """Add the tables that an older store lacks; what it holds stays as it is."""
    with engine.execution_options(writes=True).begin() as connection:
        METADATA.create_all(connection)
        connection.execute(schema_version.update().values(version=SCHEMA_VERSION))

"""The stores that the contract holds for: SQLite always, PostgreSQL where ALLONYM_TEST_POSTGRESQL names a database."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

from allonym.store import Store
from allonym.store.schema import METADATA

POSTGRESQL = "ALLONYM_TEST_POSTGRESQL"


def empty_database() -> str:
    """The URL of the PostgreSQL database for tests, emptied."""
    url = os.environ.get(POSTGRESQL)
    if not url:
        pytest.skip(f"{POSTGRESQL} holds no URL of a PostgreSQL database that tests may empty")
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    METADATA.drop_all(engine)
    engine.dispose()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """Where an empty store of each kind may be made."""
    return tmp_path / "data" if request.param == "sqlite" else empty_database()


@pytest.fixture
def store(address: str | Path) -> Iterator[Store]:
    """An empty store of each kind."""
    with Store.open(address) as opened:
        yield opened

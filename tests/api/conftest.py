"""A server on invented lists, asked in this process."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from allonym.api.app import create
from allonym.api.settings import Settings
from allonym.api.yente.load import refresh
from tests.api import yente_files
from tests.command import copied

TOKEN = "let-me-in"


@pytest.fixture(scope="session")
def yente_settings(tmp_path_factory: pytest.TempPathFactory, new_folder: Path) -> Settings:
    """A data folder into which a manifest was loaded. Not to be changed."""
    place = tmp_path_factory.mktemp("yente")
    manifest = yente_files.write(place)
    settings = Settings(copied(new_folder, place / "data"), manifest, update_token=TOKEN)
    refresh(settings.data, manifest)
    return settings


@pytest.fixture(scope="session")
def yente(yente_settings: Settings) -> Iterator[TestClient]:
    """A client of the server on these lists."""
    with TestClient(create(yente_settings), raise_server_exceptions=False, follow_redirects=False,
                    base_url="http://127.0.0.1:8000") as client:  # fmt: skip
        yield client

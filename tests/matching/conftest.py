"""The folder in which the small index is built once."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all tests of matching."""
    return tmp_path_factory.mktemp("matching")

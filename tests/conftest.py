"""Data folders that the tests of the command line share; a test that changes one asks for a copy."""

from pathlib import Path

import pytest

from tests.command import EXCERPTS, PEOPLE_2024, PEOPLE_2025, command, copied, load


@pytest.fixture(scope="session")
def new_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as it is made at first: it holds the built-in register. Not to be changed."""
    folder = tmp_path_factory.mktemp("data") / "new"
    assert command("sources", data=folder).status == 0
    return folder


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory, new_folder: Path) -> Path:
    """The register and two snapshots of a list called `people`. Not to be changed."""
    folder = copied(new_folder, tmp_path_factory.mktemp("data") / "history")
    load(folder, PEOPLE_2024, "people", "2024-01-31")
    load(folder, PEOPLE_2025, "people", "2025-01-31")
    return folder


@pytest.fixture(scope="session")
def excerpts(tmp_path_factory: pytest.TempPathFactory, new_folder: Path) -> Path:
    """The register and excerpts of official lists, which are below their floors. Not to be changed."""
    folder = copied(new_folder, tmp_path_factory.mktemp("data") / "excerpts")
    for file in ("un_sc.xml", "eu_fsf.xml", "us_ofac/sdn.xml", "ch_seco_small.xml"):
        assert command("update", "--from", EXCERPTS / file, data=folder).status == 0
    return folder


@pytest.fixture
def data(tmp_path: Path, new_folder: Path) -> Path:
    """A data folder with the built-in register, for one test."""
    return copied(new_folder, tmp_path / "data")


#: Files that take longest: begun first, so that two processes end together.
LONGEST = ("test_changes_real.py", "test_yente_theirs.py", "test_real_un.py", "resolution/test_real.py", "test_kill.py",
           "test_together.py", "test_v1_schema.py", "test_browser.py", "test_un_sc.py", "test_us_ofac.py")  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first."""
    items.sort(key=lambda item: not item.path.as_posix().endswith(LONGEST))

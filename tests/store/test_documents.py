"""Documents and touched entities read without SQLAlchemy are those that the store gives."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from allonym.errors import NotFoundError, StoreError
from allonym.model import Measure
from allonym.store import Store
from allonym.store.documents import Documents

from .lists import entry, load, sanction


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Store.open(tmp_path) as store:
        load(store, "2024-01-01", [*entry("a", name="Ilse"), *sanction("a", "P1"), *entry("b", name="Bo"),
                                   Measure("m", "reward", "us", ("a",), amount=1.0)])  # fmt: skip
        load(store, "2024-02-01", [*entry("a", name="Else"), *sanction("a", "P2"), *entry("b", name="Bo"),
                                   Measure("m", "reward", "us", ("a",), amount=2.0)])  # fmt: skip
    return tmp_path


def test_they_say_the_same(folder: Path) -> None:
    documents = Documents(folder)
    with Store.open(folder) as store:
        ids = [f"x{number}" for number in range(900)] + ["a", "b"]
        asked = ("xx", "2024-01-01", "2024-02-01", ids)
        assert documents.touched(*asked) == store.touched(*asked) and len(store.touched(*asked)["a"]) == 3
        documents.put_record("watch", "b", b"\x00one")
        store.put_record("watch", "a", b"two")
        for side in (documents, store):
            assert side.records("watch") == ["a", "b"]
            assert (side.record("watch", "b"), side.record("watch", "a")) == (b"\x00one", b"two")
            with pytest.raises(NotFoundError, match="no watch record 'c'"):
                side.record("watch", "c")
        documents.put_record("watch", "a", b"three")
        assert store.record("watch", "a") == b"three"
        documents.drop_record("watch", "a")
        documents.drop_record("watch", "a")
        assert store.records("watch") == ["b"]


def test_two_writers_wait_for_each_other(folder: Path) -> None:
    documents = Documents(folder)

    def write(name: str) -> None:
        for number in range(40):
            documents.put_record("watch", f"{name}{number}", b"x")

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(documents.records("watch")) == 80


def test_a_file_that_is_none_of_ours_is_told(tmp_path: Path) -> None:
    (tmp_path / "allonym.db").write_bytes(b"no database at all, but long enough to be looked at" * 30)
    with pytest.raises(StoreError, match="is no Allonym database"):
        Documents(tmp_path).records("watch")


def test_changes_need_no_sqlalchemy(data: Path, tmp_path: Path) -> None:
    """Its import took longer than the changes of a day do."""
    customers = tmp_path / "customers.csv"
    customers.write_text("id,name\n1,Nicolas Maduro\n")
    code = (
        "import sys\nfrom allonym import cli\n"
        "status = cli.run(sys.argv[1:])\nassert status in (0, 1), status\n"
        "loaded = {'sqlalchemy', 'followthemoney', 'pyarrow', 'urllib3'} & set(sys.modules)\nassert not loaded, loaded"
    )
    from tests.command import command

    assert command("watch", customers, data=data).status == 0
    ran = subprocess.run([sys.executable, "-c", code, "changes", "--data", str(data)], capture_output=True, text=True,
                         timeout=60)  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, ""), ran

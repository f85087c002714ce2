"""The file of arrays."""

from pathlib import Path

import numpy as np
import pytest

from allonym.errors import StoreError
from allonym.index import container


def test_what_is_written_is_read(tmp_path: Path) -> None:
    arrays = {"a": np.arange(7, dtype=np.uint32), "b": np.zeros((0, 2), np.float32), "c": np.ones((3, 2), bool)}
    container.write(tmp_path / "x.idx", {"version": 9, "text": "ä"}, arrays)
    found = container.read(tmp_path / "x.idx")
    assert found.meta == {"version": 9, "text": "ä"}
    for name, array in arrays.items():
        assert found.arrays[name].dtype == array.dtype
        assert np.array_equal(found.arrays[name], array)
        assert not found.arrays[name].flags.writeable
    assert [p.name for p in tmp_path.iterdir()] == ["x.idx"]


@pytest.mark.parametrize("content", [b"", b"nonsense", b"ALLONYM0" + b"\0" * 100])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.idx"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="allonym update"):
        container.read(path)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"x\.idx.*allonym update"):
        container.read(tmp_path / "x.idx")


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot write the index"):
        container.write(tmp_path / "file" / "x.idx", {}, {"a": np.arange(3)})

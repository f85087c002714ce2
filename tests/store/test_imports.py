"""Reading loads nothing heavy: FtM's model and numpy take longer to import than a question takes to answer."""

import subprocess
import sys
from pathlib import Path

from allonym.store import Store

from .lists import entry, load

READ = """
import sys
from allonym.store import Store
with Store.open(sys.argv[1], create=False) as store:
    view = store.view(as_of="2024-01-01")
    (entity,) = store.entity(view, "1")
    assert entity.caption == "Ana" and store.referring(view, "1") == [] and len(store.history("xx", "1")) == 1
print(*({"numpy", "followthemoney", "pandas", "pyarrow", "lxml"} & set(sys.modules)))
"""


def test_reading_imports_nothing_heavy(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        load(store, "2024-01-01", entry("1", name="Ana"))
    command = [sys.executable, "-c", READ, str(tmp_path)]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "\n"

"""Allonym: who somebody is, under which names, listed by whom, since when, and who says so.

import allonym
lists = allonym.open("data")
for hits in lists.screen(["Cartel of the Suns"]):
    print(hits[0].caption, hits[0].score, hits[0].explain())
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from allonym.lists import Lists
    from allonym.matching.compare import compare as compare
    from allonym.matching.compare import compare_many as compare_many
    from allonym.matching.evidence import Comparison as Comparison
    from allonym.matching.evidence import Evidence as Evidence
    from allonym.matching.evidence import Hit as Hit
    from allonym.news.documents.opening import open_document as open_document
    from allonym.news.read import read as read
    from allonym.news.read import read_document as read_document

__version__ = "0.1.0"
__all__ = ["Comparison", "Evidence", "Hit", "__version__", "compare", "compare_many", "open", "open_document", "read",
           "read_document"]  # fmt: skip

_LAZY = {
    "compare": "allonym.matching.compare",
    "compare_many": "allonym.matching.compare",
    "Comparison": "allonym.matching.evidence",
    "Evidence": "allonym.matching.evidence",
    "Hit": "allonym.matching.evidence",
    "open_document": "allonym.news.documents.opening",
    "read": "allonym.news.read",
    "read_document": "allonym.news.read",
}


def open(data_dir: str | Path) -> "Lists":
    """Open a data folder; it is made, with the built-in register, when it is not there.

    Raises StoreError when the folder cannot be used.
    """
    from allonym.lists import Lists

    return Lists.open(data_dir)


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'allonym' has no attribute {name!r}")

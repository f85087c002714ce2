"""The store: statements with the snapshots they were first and last seen in. `Store` is the way in.

Names are imported when they are asked for: a look-up needs `View` only, and SQLAlchemy takes a quarter of a second.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from allonym.store.view import View

if TYPE_CHECKING:
    from allonym.store.history import SeenStatement as SeenStatement
    from allonym.store.store import Store as Store

__all__ = ["SeenStatement", "Store", "View"]


def __getattr__(name: str) -> Any:
    if name == "Store":
        return import_module("allonym.store.store").Store
    if name == "SeenStatement":
        return import_module("allonym.store.history").SeenStatement
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""The store: statements with the snapshots they were first and last seen in. `Store` is the way in."""

from allonym.store.history import SeenStatement
from allonym.store.store import Store
from allonym.store.view import View

__all__ = ["SeenStatement", "Store", "View"]

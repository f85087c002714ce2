"""An array that grows at its end.

Takes rows a few or many at a time; gives all of them as one numpy array. Growing doubles the room, so that adding costs
the same whether much or little is there.
"""

from typing import Any

import numpy as np

ROOM = 1_024


class Growing:
    """Rows of one type, (n,) or (n, columns)."""

    def __init__(self, dtype: Any, columns: int = 0) -> None:
        self._room = np.empty((ROOM, columns) if columns else ROOM, dtype)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def array(self) -> Any:
        """The rows added so far; a later `extend` may leave it behind."""
        return self._room[: self._count]

    def extend(self, rows: Any) -> None:
        """Add rows at the end."""
        end = self._count + len(rows)
        if end > len(self._room):
            wider = np.empty((max(end, 2 * len(self._room)), *self._room.shape[1:]), self._room.dtype)
            wider[: self._count] = self.array
            self._room = wider
        if len(rows):
            self._room[self._count : end] = rows
        self._count = end

"""How often a client may ask: a bucket of tokens for each, filled at a steady rate.

Takes a client's name; gives the seconds it must wait, 0 when it may ask now. Each worker process counts for itself.
Must not grow with the number of clients.
"""

import time
from collections import OrderedDict
from collections.abc import Callable

MOST_CLIENTS = 10_000
BURST_SECONDS = 2.0


class Rate:
    """`a_second` requests a client, and as many at once as come in two seconds; 0: as many as they like."""

    def __init__(self, a_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._a_second, self._clock = a_second, clock
        self._most = max(1.0, a_second * BURST_SECONDS)
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Take a token; the seconds until there is one, 0 when there was."""
        if self._a_second <= 0:
            return 0.0
        now = self._clock()
        left, at = self._left.pop(client, (self._most, now))
        left = min(self._most, left + (now - at) * self._a_second)
        wait = 0.0 if left >= 1 else (1 - left) / self._a_second
        self._left[client] = (left if wait else left - 1, now)
        if len(self._left) > MOST_CLIENTS:
            self._left.popitem(last=False)
        return wait

"""Arrays that grow."""

import numpy as np

from allonym.index.growing import ROOM, Growing


def test_rows_stay_in_order_beyond_the_first_room() -> None:
    numbers, pairs = Growing(np.int64), Growing(np.float32, 2)
    for start in range(0, 3 * ROOM, 100):
        numbers.extend(range(start, start + 100))
        pairs.extend([(start, -start)])
        numbers.extend([])
    assert numbers.array.tolist() == list(range(len(numbers)))
    assert len(numbers) == 3_100
    assert pairs.array[-1].tolist() == [3_000.0, -3_000.0]

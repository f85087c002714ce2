"""From single runs to what is printed: medians, percentiles, intervals.

Takes numbers; gives numbers. Must not know what they mean.
"""

import math
from collections.abc import Sequence

Z95 = 1.959964  # two-sided 95 % of the normal distribution


def median(values: Sequence[float]) -> float:
    """The median. Raises ValueError without values."""
    return percentile(values, 50)


def percentile(values: Sequence[float], percent: float) -> float:
    """The percentile, between neighbours by straight line. Raises ValueError without values."""
    if not values:
        raise ValueError("no values to take a percentile of")
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share, after Wilson (1927): sound for shares near 0 and 1 too. (0, 1) for none of none."""
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of} is no share")
    if of == 0:
        return 0.0, 1.0
    share, z2 = hits / of, Z95 * Z95
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z95 / (1 + z2 / of) * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    # Rounding must not push an end past the share itself at 0 and 1.
    return max(0.0, min(middle - half, share)), min(1.0, max(middle + half, share))

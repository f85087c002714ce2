"""Pictures by the plotting library, which comes with the extra `pictures`.

Takes what draws a figure and a format; gives the picture as bytes. Must not import the library before a picture is
asked for.
"""

from collections.abc import Callable
from typing import Any

from allonym.errors import UsageError

MISSING = "pictures are drawn with an optional extra; install it with: pip install 'allonym[pictures]'"


def drawn(draw: Callable[[Any], Any], format_: str) -> bytes:
    """The figure that `draw(allonym.dossier.plots)` gives, as svg or png. Raises UsageError without the extra."""
    try:
        from allonym.dossier import plots
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "matplotlib":
            raise
        raise UsageError(MISSING) from None
    return plots.rendered(lambda: draw(plots), format_)

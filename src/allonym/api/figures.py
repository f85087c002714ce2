"""Where the worker processes of a server put their figures, to be added up.

Takes settings; gives an empty folder. Small, for the supervisor needs it, which must not import what answers.
"""

import shutil

from allonym.api.settings import Settings

FOLDER = "metrics"


def begin(settings: Settings) -> None:
    """To be called once before the workers start: figures of an earlier server go."""
    folder = settings.data / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    if settings.workers > 1:
        folder.mkdir(parents=True, exist_ok=True)

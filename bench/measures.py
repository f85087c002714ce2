"""The measures in order. A new one is a module with `measure(data) -> Section` and a line here."""

from collections.abc import Callable

from bench import (
    ablation,
    accuracy,
    asking,
    changes,
    dossier,
    endurance,
    exhaustive,
    growth,
    loading,
    opening,
    pairs,
    reading,
    recall,
    resolution,
    screening,
    serving,
    speed,
    storing,
)
from bench.data import Data
from bench.figure import Section

#: `loading` comes first: the data folder it makes is the one that the others ask.
MEASURES: dict[str, Callable[[Data], Section]] = {
    "loading": loading.measure,
    "opening": opening.measure,
    "asking": asking.measure,
    "serving": serving.measure,
    "dossier": dossier.measure,
    "resolution": resolution.measure,
    "screening": screening.measure,
    "recall": recall.measure,
    "storing": storing.measure,
    **pairs.MEASURES,
    **accuracy.MEASURES,
    "exhaustive": exhaustive.measure,
    "ablation": ablation.measure,
    **speed.MEASURES,
    "reading": reading.measure,
    "growth": growth.measure,
    "changes": changes.measure,
    "endurance": endurance.measure,
}

"""The algorithms that a match may ask for, as /algorithms describes them: ours, and nomenklatura's where it is there.

Takes the weight table and what nomenklatura says of itself; gives names, features and their meaning. Must not score.
"""

from collections.abc import Iterable
from typing import Any

from allonym.api.settings import Settings
from allonym.api.yente.wire import refused
from allonym.matching.names import FEATURES as PARTS
from allonym.matching.names import SENTENCES
from allonym.matching.weights import weights

NAME = "allonym"
#: What `algorithm` may say: our name, and the name for whatever is best here.
ALGORITHMS = frozenset({NAME, "best"})
#: nomenklatura's, in the versions that yente stands on.
THEIRS = ("logic-v2", "ofac", "name-based", "name-qualified", "logic-v1", "regression-v1")
DOCS = "https://github.com/allonym/allonym/blob/main/docs/matching.md"
DESCRIPTION = (
    "Evidence that adds up: every agreement and difference has a weight in natural log-odds, rare parts of names weigh "
    "more than common ones, and the score is the logistic function of the sum, a probability."
)
FACTS = {
    "prior": "how seldom two names taken at random are of one actor",
    "birth_date": "dates of birth agree, nearly agree, or differ",
    "country": "a country agrees, or none does",
    "gender": "the gender agrees or differs",
    "identifier": "an identifier agrees",
    "imo": "the IMO numbers differ",
    "doubt": "sums far below the threshold count for less",
}


def features() -> dict[str, str]:
    """Every feature with its meaning."""
    parts = {name: f"a part of the names agrees ({name.removeprefix('name_part_')})" for name in PARTS}
    told = {name: text.replace("{left}", "…").replace("{right}", "…") for name, text in SENTENCES.items()}
    told = {name: text.replace("{forms[0]}", "…").replace("{forms[1]}", "…") for name, text in told.items()}
    return {**FACTS, **parts, **told}


def ours() -> dict[str, Any]:
    """Our row of /algorithms."""
    table = weights()
    held: dict[str, Any] = {"prior": table.prior}
    told = {
        name: {"description": text, "coefficient": float(held.get(name, 0.0)), "url": DOCS}
        for name, text in features().items()
    }
    return {
        "name": NAME,
        "description": f"{DESCRIPTION} Weights {table.version}.",
        "features": told,
        "docs": {"name": NAME, "description": DESCRIPTION, "config": {}, "features": told},
    }


class Offered:
    """What one server offers."""

    def __init__(self, settings: Settings) -> None:
        told = settings.nomenklatura
        self._theirs: dict[str, dict[str, Any]] = {row["name"]: row for row in told["algorithms"]} if told else {}
        self._version = told["version"] if told else ""
        self._hidden = frozenset(one.strip().lower() for one in settings.hidden)

    def described(self) -> dict[str, Any]:
        """The body of /algorithms: what is hidden can be asked for, and is not shown."""
        theirs = [{**row, "description": f"{row['description'] or ''} (nomenklatura {self._version})".strip()}
                  for row in self._theirs.values()]  # fmt: skip
        shown = [row for row in (ours(), *theirs) if row["name"] not in self._hidden]
        return {"algorithms": shown, "default": "best", "best": NAME}

    def is_theirs(self, name: str) -> bool:
        """Whether nomenklatura scores under that name; otherwise we do. Raises HTTPException 400 for an unknown one."""
        if name in ALGORITHMS:
            return False
        if name in self._theirs:
            return True
        detail = f"Invalid algorithm: {name}"[:200]
        if name in THEIRS:
            detail += (f"; nomenklatura {self._version} has none of that name" if self._theirs else
                       "; it is offered where the server was started with --nomenklatura PYTHON")  # fmt: skip
        raise refused(400, detail)

    def check_config(self, name: str, keys: Iterable[str]) -> None:
        """Raises HTTPException 400 for a parameter that an algorithm does not have."""
        known = self._theirs[name]["docs"]["config"] if name in self._theirs else {}
        for key in keys:
            if key not in known:
                raise refused(400, f"Invalid configuration parameter: {key} for algorithm {name}"[:200])

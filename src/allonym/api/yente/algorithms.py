"""The algorithms that a match may ask for, as /algorithms describes them: ours.

Takes the weight table; gives names, features and their meaning. Must not score.
"""

from typing import Any

from allonym.matching.names import FEATURES as PARTS
from allonym.matching.names import SENTENCES
from allonym.matching.weights import weights

NAME = "allonym"
#: What `algorithm` may say: our name, and the name for whatever is best here.
ALGORITHMS = frozenset({NAME, "best"})
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


def described() -> dict[str, Any]:
    """The body of /algorithms."""
    table = weights()
    held: dict[str, Any] = {"prior": table.prior}
    told = {
        name: {"description": text, "coefficient": float(held.get(name, 0.0)), "url": DOCS}
        for name, text in features().items()
    }
    row = {
        "name": NAME,
        "description": f"{DESCRIPTION} Weights {table.version}.",
        "features": told,
        "docs": {"name": NAME, "description": DESCRIPTION, "config": {}, "features": told},
    }
    return {"algorithms": [row], "default": "best", "best": NAME}

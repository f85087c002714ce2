"""nomenklatura's own algorithms: a program for any Python that has nomenklatura, Allonym's or another.

Takes tasks on standard input as `allonym.api.child` does: an algorithm, queries, entities as JSON; gives the scores and
explanations of nomenklatura's functions. With `describe` as argument it prints what it offers, and ends. It knows
nomenklatura 3, whose algorithms explain themselves by numbers alone, and 4. Must not import anything of Allonym.
"""

import json
import os
import sys
from functools import cache, lru_cache
from importlib.metadata import version
from itertools import count
from typing import Any, BinaryIO

HEAD = 8  # bytes of a length
#: yente's, in yente's order.
OFFERED = ("logic-v2", "ofac", "name-based", "name-qualified", "logic-v1", "regression-v1")
KEPT = 10_000  # listed entities that stay made
#: nomenklatura keeps what it finds out of an entity by its id: none comes twice, and an altered entity has another.
NUMBERS = count()


@cache
def algorithms() -> dict[str, Any]:
    """What this version has of the algorithms that are offered, by name."""
    from nomenklatura.matching import ALGORITHMS

    there = {one.NAME: one for one in ALGORITHMS}
    return {name: there[name] for name in OFFERED if name in there}


def described() -> dict[str, Any]:
    """The rows of /algorithms, and the version."""
    rows = []
    for name, algorithm in algorithms().items():
        if hasattr(algorithm, "get_docs"):
            docs = algorithm.get_docs().model_dump(mode="json")
        else:
            features = {key: one.model_dump(mode="json") for key, one in algorithm.explain().items()}
            docs = {"name": name, "description": algorithm.__doc__, "config": {}, "features": features}
        rows.append({"name": name, "description": docs["description"], "features": docs["features"], "docs": docs})
    return {"version": version("nomenklatura"), "algorithms": rows}


def entity(data: dict[str, Any]) -> Any:
    """An entity with a number for its id; its values are clean."""
    from followthemoney import model

    told = {"id": f"n{next(NUMBERS)}", "schema": data["schema"], "properties": data["properties"]}
    return model.get_proxy(told, cleaned=True)


@lru_cache(maxsize=KEPT)
def listed(body: str) -> Any:
    """A listed entity."""
    return entity(json.loads(body))


def scored(asked: dict[str, Any]) -> list[list[list[Any]]]:
    """For every query, [score, explanations] of each of its entities."""
    algorithm = algorithms()[asked["algorithm"]]
    options: Any = asked["weights"]
    if hasattr(algorithm, "default_config"):
        from nomenklatura.matching import ScoringConfig

        options = ScoringConfig(weights=asked["weights"], config=asked["config"])
    found = []
    for query in asked["queries"]:
        left = entity(query)
        results = [algorithm.compare(left, listed(body), options) for body in query["listed"]]
        found.append([[one.score, explained(one)] for one in results])
    return found


def explained(result: Any) -> dict[str, dict[str, Any]]:
    """By feature what was compared and what it gave."""
    if hasattr(result, "explanations"):
        return {name: one.model_dump() for name, one in result.explanations.items()}
    nothing = {"detail": None, "query": None, "candidate": None}
    return {name: {**nothing, "score": score} for name, score in result.features.items()}


def main() -> None:
    """Do one task after the other."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    if sys.argv[1:] == ["describe"]:
        target.write(json.dumps(described()).encode())
        target.flush()
        return
    while part(source) is not None and (content := part(source)) is not None:
        asked = json.loads(content)
        try:
            told = b"answer", json.dumps(scored(asked)).encode()
        except (TypeError, ValueError) as error:  # the type, not the text, which may hold names
            detail = f"Invalid weights or configuration for algorithm {asked['algorithm']} ({type(error).__name__})"
            told = (
                b"problem",
                json.dumps({"kind": "malformed", "detail": detail, "members": {}, "headers": {}}).encode(),
            )
        for one in told:
            target.write(len(one).to_bytes(HEAD, "big"))
            target.write(one)
        target.flush()


def part(source: BinaryIO) -> Any:
    """The next part of a task; None at the end."""
    head = source.read(HEAD)
    return source.read(int.from_bytes(head, "big")) if len(head) == HEAD else None


if __name__ == "__main__":
    main()

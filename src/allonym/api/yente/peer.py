"""nomenklatura's algorithms, run in a process of their own by whatever Python has nomenklatura.

Takes queries with the entities that may be meant; gives nomenklatura's scores and explanations. Another Python, for
nomenklatura 4 needs later versions of FollowTheMoney than Allonym stands on. Must not alter a score.
"""

from collections.abc import Sequence
from typing import Any

import orjson

from allonym.api.children import Children
from allonym.api.problem import ProblemError
from allonym.api.yente.example import Example
from allonym.api.yente.peer_offer import PROGRAM
from allonym.api.yente.wire import refused

Scores = list[list[tuple[float, dict[str, Any]]]]


class Peer:
    """The process of one worker; it starts when it is first needed."""

    def __init__(self, python: str) -> None:
        self._children = Children([python, "-I", str(PROGRAM)], most=1)

    async def scored(
        self, algorithm: str, asked: Sequence[tuple[Example, list[bytes]]], options: dict[str, Any]
    ) -> Scores:  # fmt: skip
        """For each query, score and explanations of its entities. `options` are `weights` and `config`. Raises
        HTTPException 400 for options that nomenklatura does not take, 503 when its process dies."""
        queries = [
            {"schema": one.schema, "properties": one.compared, "listed": [body.decode() for body in bodies]}
            for one, bodies in asked
        ]
        body = orjson.dumps({"algorithm": algorithm, "queries": queries, **options})
        try:
            answer = await self._children.ask("scored", {}, body)
        except ProblemError as problem:
            if problem.kind == "malformed":
                raise refused(400, problem.detail) from None
            raise refused(503, "nomenklatura's process ended while it compared; ask again, or for less.") from None
        return [[(score, told) for score, told in row] for row in orjson.loads(answer)]

    async def close(self) -> None:
        """End the process."""
        await self._children.close()

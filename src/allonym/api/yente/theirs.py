"""Matching by nomenklatura's scores: candidates come from our index, and what it thinks of them is taken as it is.

Takes examples and the wishes of a match or of a reconciliation; gives, by query, scored entities as JSON and how many
match. Must not score.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from allonym.api.yente.example import Asked, Example
from allonym.api.yente.match import fitting, sources_of
from allonym.api.yente.parameters import MOST_MATCHES, Wanted
from allonym.api.yente.peer import Peer
from allonym.api.yente.standing import Keeper, Standing
from allonym.matching.engine import Options

LEAST, EACH = 20, 10  # candidates, at least and a result that is wanted
#: An entity as JSON, its score, its explanations.
Told = tuple[bytes, float, dict[str, Any]]


async def matched(
    keeper: Keeper, dataset: str, asked: Mapping[str, tuple[Example, Wanted]], options: dict[str, Any]
) -> dict[str, tuple[list[Told], int]]:  # fmt: skip
    """By query: the best entities, best first, and how many match. All wishes are for one algorithm, and the keeper has
    nomenklatura. Raises HTTPException 400 for options that the algorithm does not take."""
    standing, peer = keeper.standing, keeper.peer
    assert standing is not None and peer is not None
    loop = asyncio.get_running_loop()
    found = await loop.run_in_executor(
        keeper.large, lambda: {key: _candidates(standing, dataset, *one) for key, one in asked.items()}
    )
    return await _scored(peer, asked, found, options)


async def _scored(
    peer: Peer, asked: Mapping[str, tuple[Example, Wanted]], found: Mapping[str, list[bytes]], options: dict[str, Any]
) -> dict[str, tuple[list[Told], int]]:
    (algorithm,) = {wanted.algorithm for _, wanted in asked.values()}
    scores = await peer.scored(algorithm, [(asked[key][0], bodies) for key, bodies in found.items()], options)
    answers = {}
    for (key, bodies), row in zip(found.items(), scores, strict=True):
        wanted = asked[key][1]
        kept = [(body, *one) for body, one in zip(bodies, row, strict=True) if one[0] > wanted.cutoff]
        kept.sort(key=lambda one: -one[1])
        total = sum(score >= wanted.threshold for _, score, _ in kept)
        answers[key] = kept[: wanted.limit], total
    return answers


def _candidates(standing: Standing, dataset: str, one: Example, wanted: Wanted) -> list[bytes]:
    """The entities that may be meant, likeliest first: ten a result that is wanted."""
    sources = sources_of(standing, dataset, wanted)
    if not sources:
        return []
    most = min(max(LEAST, wanted.limit * EACH), MOST_MATCHES)
    options = Options(0.0, MOST_MATCHES if wanted.narrows else most, sources, merged=False)
    (hits,) = standing.asked(options, heavy=True)([Asked(one.schema, one.compared)])
    return [body for _, body in fitting(standing, one, hits, replace(wanted, cutoff=0.0))][:most]

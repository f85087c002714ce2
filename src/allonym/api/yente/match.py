"""POST /match/{dataset}: example entities in, scored candidates out.

Takes the request as it comes, for this is the path that must be quick: parameters are remembered by their text, bodies
are read without a model unless something is wrong with them, and entities are given back as the bytes the shelf holds.
"""

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from pydantic import BaseModel, Field, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from allonym.api.settings import Settings
from allonym.api.yente.example import Asked, Example, example
from allonym.api.yente.parameters import Wanted, WrongParametersError, scope, told, wanted
from allonym.api.yente.schemata import taken
from allonym.api.yente.standing import Keeper, Standing, ready
from allonym.api.yente.wire import Json, body_of, refused
from allonym.matching.engine import Options
from allonym.matching.evidence import Evidence, Hit

MOST_BATCH = 100
FEW, SHORT = 3, 4_000  # queries, and bytes of a body, that are answered on the spot
LEAST = 20  # hits asked of the engine, so that what is cut afterwards does not leave too few
NARROWED = 500
DEEPEST = 0.02  # a lower cutoff asks for all that was scored, however unlike


class ExampleBody(BaseModel):
    """An entity as it may look."""

    id: str | None = None
    schema_: str = Field(alias="schema", examples=["Person"])
    properties: dict[str, Any] = Field(examples=[{"name": ["Jane Doe"], "birthDate": ["1970"]}])


class MatchBody(BaseModel):
    """The body of a match."""

    queries: dict[str, ExampleBody]
    weights: dict[str, float] = {}
    config: dict[str, str | int | float | bool | None] = {}


class Match:
    """The endpoint, on what a keeper holds."""

    def __init__(self, keeper: Keeper, settings: Settings) -> None:
        self.keeper = keeper
        self.settings = settings

    async def __call__(self, request: Request) -> Response:
        """Answer one request."""
        try:
            body = await body_of(request.receive, self.settings.most_bytes)
            queries = _queries(body, request.headers.get("content-type"))
            asked = wanted(request.scope["query_string"])
        except WrongParametersError as error:
            return Json({"detail": error.errors}, 422)
        standing = ready(self.keeper.standing)
        dataset = request.path_params["dataset"]
        if dataset not in standing.shelf.catalogue.datasets:
            raise refused(404, "No such dataset.")
        if len(queries["queries"]) > MOST_BATCH:
            raise refused(400, f"Too many queries in one batch (limit: {MOST_BATCH})")
        if not queries["queries"]:
            raise refused(400, "No queries provided.")
        theirs = self.keeper.offered.is_theirs(asked.algorithm)
        self.keeper.offered.check_config(asked.algorithm, queries.get("config") or ())
        examples = {key: example(one) for key, one in queries["queries"].items()}
        if theirs:
            body = await self._by_theirs(dataset, examples, asked, queries)
        elif len(examples) <= FEW and len(body) <= SHORT and asked.cutoff >= DEEPEST:
            body = answer(standing, dataset, examples, asked, heavy=False)
        else:
            loop = asyncio.get_running_loop()
            body = await loop.run_in_executor(
                self.keeper.large, lambda: answer(standing, dataset, examples, asked, heavy=True)
            )
        return Json(body, headers={"x-batch-size": str(len(examples))})

    async def _by_theirs(
        self, dataset: str, examples: Mapping[str, Example], asked: Wanted, queries: dict[str, Any]
    ) -> bytes:
        """The body of the answer by nomenklatura's scores."""
        from allonym.api.yente import theirs

        options = {"weights": queries.get("weights") or {}, "config": queries.get("config") or {}}
        wanted = {key: (one, asked) for key, one in examples.items()}
        found = await theirs.matched(self.keeper, dataset, wanted, options)
        rows = {key: ([written(*one, asked.threshold) for one in told], total) for key, (told, total) in found.items()}
        return responses(examples, rows, asked)


def _queries(body: bytes, kind: str | None) -> dict[str, Any]:
    """The body, checked. Raises WrongParametersError as FastAPI would tell it."""
    if kind is not None and "json" not in kind.lower():
        raise WrongParametersError([_error("model_attributes_type", ["body"],
                                    "Input should be a valid dictionary or object to extract fields from",
                                    body[:200].decode("utf-8", "replace"))])  # fmt: skip
    try:
        data = orjson.loads(body)
    except ValueError as error:
        if not body:
            raise WrongParametersError([_error("missing", ["body"], "Field required", None)]) from None
        place = getattr(error, "pos", 0)
        wrong = _error("json_invalid", ["body", place], "JSON decode error", {})
        raise WrongParametersError([{**wrong, "ctx": {"error": str(getattr(error, "msg", error))}}]) from None
    if _is_plain(data):
        return data  # type: ignore[no-any-return]
    try:
        model = MatchBody.model_validate(data)
    except (ValidationError, RecursionError) as error:
        if isinstance(error, RecursionError):
            raise refused(400, "The body is nested too deeply.") from None
        raise WrongParametersError(_unnested(told(error, "body"))) from None
    return model.model_dump(by_alias=True)


def _unnested(errors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was wrong, without the whole body in it again."""
    return [{**e, "input": None if isinstance(e["input"], dict | list) else e["input"]} for e in errors[:50]]


def _is_plain(data: Any) -> bool:
    """Whether a body is beyond doubt in order, as nearly all are."""
    if not isinstance(data, dict) or data.get("weights") or data.get("config"):
        return False
    queries = data.get("queries")
    return isinstance(queries, dict) and all(
        isinstance(one, dict)
        and isinstance(one.get("schema"), str)
        and isinstance(one.get("properties"), dict)
        and isinstance(one.get("id"), str | None)
        for one in queries.values()
    )


def _error(kind: str, where: list[Any], message: str, given: Any) -> dict[str, Any]:
    return {"type": kind, "loc": where, "msg": message, "input": given}


def answer(
    standing: Standing, dataset: str, examples: Mapping[str, Example], asked: Wanted, *, heavy: bool
) -> bytes:  # fmt: skip
    """The body of the answer."""
    found = matched(standing, dataset, examples, asked, heavy=heavy)
    rows = {}
    for key, (scored, total) in found.items():
        told = [written(body, round(hit.score, 6), explained(hit.evidence), asked.threshold) for hit, body in scored]
        rows[key] = told, total
    return responses(examples, rows, asked)


def responses(
    examples: Mapping[str, Example], rows: Mapping[str, tuple[list[orjson.Fragment], int]], asked: Wanted
) -> bytes:
    """The body of an answer, from results and totals by query."""
    told = {
        key: {"status": 200, "results": results, "total": {"value": total, "relation": "eq"},
              "query": examples[key].to_dict()}
        for key, (results, total) in rows.items()
    }  # fmt: skip
    return orjson.dumps({"responses": told, "limit": asked.limit})


Scored = tuple[Hit, bytes]


def matched(
    standing: Standing, dataset: str, examples: Mapping[str, Example], asked: Wanted, *, heavy: bool
) -> dict[str, tuple[list[Scored], int]]:
    """By query: the best hits with their entities as JSON, and how many match."""
    sources = sources_of(standing, dataset, asked)
    if not sources:
        return {key: ([], 0) for key in examples}
    least = min(max(asked.cutoff, 0.0), 1.0)
    limit = NARROWED if asked.narrows else max(LEAST, asked.limit)
    options = Options(least if least >= DEEPEST else 0.0, limit, sources, merged=False)
    engine = standing.asked(options, heavy=heavy)
    hits = engine([Asked(one.schema, one.compared) for one in examples.values()])
    return {key: _chosen(standing, one, found, asked) for (key, one), found in zip(examples.items(), hits, strict=True)}


def sources_of(standing: Standing, dataset: str, asked: Wanted) -> tuple[str, ...]:
    """The lists that a question covers."""
    catalogue = standing.shelf.catalogue
    names = scope(catalogue, dataset, asked.include, asked.exclude)
    return tuple(sorted(catalogue.datasets[name].source for name in names))


def _chosen(standing: Standing, one: Example, hits: list[Hit], asked: Wanted) -> tuple[list[Scored], int]:
    """The hits that are wanted, with their entities, and how many match."""
    kept: list[Scored] = []
    total = 0
    for hit, body in fitting(standing, one, hits, asked):
        total += hit.score >= asked.threshold
        if len(kept) < asked.limit:
            kept.append((hit, body))
    return kept, total


def fitting(standing: Standing, one: Example, hits: list[Hit], asked: Wanted) -> Iterator[Scored]:
    """The hits that nothing but `limit` leaves out, with their entities."""
    shelf, schemata = standing.shelf, taken(one.schema)
    for hit in hits:
        if (asked.cutoff > 0 and hit.score <= asked.cutoff) or hit.schema not in schemata:
            continue
        if hit.schema in asked.exclude_schema:
            continue
        placed = shelf.placed(shelf.sources[hit.sources[0]], hit.entity_id)
        if placed is None:
            continue
        body, change = placed
        if asked.changed_since and (change is None or change <= asked.changed_since):
            continue
        if (asked.topics or asked.exclude_ids) and not _is_wanted(body, asked):
            continue
        yield hit, body


def _is_wanted(body: bytes, asked: Wanted) -> bool:
    entity = orjson.loads(body)
    if asked.topics and asked.topics.isdisjoint(entity["properties"].get("topics", ())):
        return False
    return asked.exclude_ids.isdisjoint((entity["id"], *entity["referents"]))


def written(body: bytes, score: float, explanations: dict[str, dict[str, Any]], threshold: float) -> orjson.Fragment:
    """The entity with its score: what the shelf holds, and a tail."""
    tail = {"score": score, "match": score >= threshold, "explanations": explanations}
    return orjson.Fragment(body[:-1] + b"," + orjson.dumps(tail)[1:])


def explained(evidence: tuple[Evidence, ...]) -> dict[str, dict[str, Any]]:
    """The evidence by feature; reasons of one feature are taken together, their weights (nats) added."""
    found: dict[str, dict[str, Any]] = {}
    for one in evidence:
        row = found.get(one.feature)
        if row is None:
            found[one.feature] = {"detail": one.sentence, "score": round(one.weight, 4), "query": one.query,
                                  "candidate": one.listed}  # fmt: skip
            continue
        row["detail"] = f"{row['detail']}; {one.sentence}"
        row["score"] = round(row["score"] + one.weight, 4)
        row["query"], row["candidate"] = _both(row["query"], one.query), _both(row["candidate"], one.listed)
    return found


def _both(left: str | None, right: str | None) -> str | None:
    return f"{left} {right}" if left and right else left or right

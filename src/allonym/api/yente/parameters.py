"""Query parameters that several endpoints share, with their bounds, and what is made of them.

Takes the text of a query string; gives frozen choices, or the errors that FastAPI would give. Must not ask a shelf.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import Query
from pydantic import BaseModel, Field, ValidationError

from allonym.api.yente.manifest import Catalogue

MOST_MATCHES = 500
MOST_EXCLUDED = 50
LONGEST_REMEMBERED = 1_000  # bytes
CHANGED = r"^\d{4}-\d{2}-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?$"
Many = Annotated[list[str], Query(default_factory=list)]
Changed = Annotated[str | None, Query(pattern=CHANGED)]


class MatchParameters(BaseModel):
    """The query parameters of /match."""

    limit: int = Field(5, le=MOST_MATCHES)
    threshold: float = Field(0.7, allow_inf_nan=False)
    cutoff: float = Field(0.7, allow_inf_nan=False, json_schema_extra={"deprecated": True})
    algorithm: str = "best"
    include_dataset: list[str] = []
    exclude_dataset: list[str] = []
    exclude_schema: list[str] = []
    topics: list[str] = []
    changed_since: str | None = Field(None, pattern=CHANGED)
    exclude_entity_ids: list[str] = Field([], max_length=MOST_EXCLUDED)


LISTS = frozenset(n for n, f in MatchParameters.model_fields.items() if f.annotation == list[str])


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a match is limited to."""

    limit: int = 5
    threshold: float = 0.7
    cutoff: float = 0.7
    algorithm: str = "best"
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    exclude_schema: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    changed_since: str | None = None
    exclude_ids: frozenset[str] = frozenset()

    @property
    def narrows(self) -> bool:
        """Whether hits may be left out for another reason than their score."""
        return bool(self.exclude_schema or self.topics or self.changed_since or self.exclude_ids)


class WrongParametersError(Exception):
    """Parameters that are not understood; `errors` as FastAPI tells them."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__("wrong parameters")
        self.errors = errors


def wanted(query: bytes) -> Wanted:
    """What the query string of a match asks for. Raises WrongParametersError."""
    return _remembered(query) if len(query) <= LONGEST_REMEMBERED else _wanted(query)


@lru_cache(maxsize=1_024)
def _remembered(query: bytes) -> Wanted:
    return _wanted(query)


def _wanted(query: bytes) -> Wanted:
    given: dict[str, Any] = {}
    for name, values in parse_qs(query.decode("latin-1"), keep_blank_values=True, encoding="utf-8",
                                 errors="replace").items():  # fmt: skip
        if name in MatchParameters.model_fields:
            given[name] = values if name in LISTS else values[-1]
    try:
        found = MatchParameters.model_validate(given)
    except ValidationError as error:
        raise WrongParametersError(told(error, "query")) from None
    return Wanted(
        limit=max(0, found.limit),
        threshold=found.threshold,
        cutoff=min(found.cutoff, found.threshold),
        algorithm=found.algorithm.strip().lower(),
        include=tuple(found.include_dataset),
        exclude=tuple(found.exclude_dataset),
        exclude_schema=frozenset(found.exclude_schema),
        topics=frozenset(found.topics),
        changed_since=full_time(found.changed_since),
        exclude_ids=frozenset(found.exclude_entity_ids),
    )


def told(error: ValidationError, *where: str) -> list[dict[str, Any]]:
    """The errors of a model in FastAPI's shape."""
    found = []
    for one in error.errors(include_url=False, include_context=True):
        row = {"type": one["type"], "loc": [*where, *one["loc"]], "msg": one["msg"], "input": _short(one["input"])}
        if context := one.get("ctx"):
            row["ctx"] = {key: str(value) if isinstance(value, Exception) else value for key, value in context.items()}
        found.append(row)
    return found


def _short(value: Any) -> Any:
    return f"{value[:200]}…" if isinstance(value, str) and len(value) > 200 else value


def full_time(text: str | None) -> str | None:
    """A day, or a time without seconds, as it compares with stored times."""
    if text is None:
        return None
    return text + "0000-00-00T00:00:00"[len(text) :]


def scope(catalogue: Catalogue, dataset: str, include: tuple[str, ...], exclude: tuple[str, ...]) -> frozenset[str]:
    """The datasets with entities that a question covers: those asked for and included, less those excluded."""
    found = catalogue.scope(dataset)
    if include:
        found &= frozenset().union(*(catalogue.scope(one) for one in include))
    for one in exclude:
        found -= catalogue.scope(one)
    return frozenset(name for name in found if catalogue.datasets[name].load)

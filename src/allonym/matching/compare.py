"""Two records compared, without any list: the slow, exact form of what screening does in batches.

Takes two FtM-like dicts ({"schema", "properties"}); gives a `Comparison`. Every name of one is compared with every name
of the other, and the pair with the highest sum speaks.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from allonym.errors import InputError, UsageError
from allonym.matching.evidence import Comparison, Evidence, probability
from allonym.matching.facts import fact_evidence
from allonym.matching.names import name_evidence
from allonym.matching.profile import profile
from allonym.matching.variants import variants
from allonym.matching.weights import Weights, weights
from allonym.model import NAME_PROPS, Properties
from allonym.names.parts import Kind, kind_of

Record = Mapping[str, Any]


def compare(left: Record, right: Record, *, threshold: float | None = None) -> Comparison:
    """Compare two records; `match` is score >= `threshold` (default: the weight table's).

    Raises InputError for a record of another shape, UsageError for one without a name.
    """
    table = weights()
    for side, record in (("left", left), ("right", right)):
        _check(side, record)
    left_names, right_names = names_of(left), names_of(right)
    if not left_names or not right_names:
        side = "left" if not left_names else "right"
        raise UsageError(f"the {side} record has no name to compare: give properties.name a value")
    kind = joint_kind(str(left.get("schema", "Person")), str(right.get("schema", "Person")))
    best, _ = best_names(left_names, right_names, kind, table)
    evidence = (prior(table), *best, *fact_evidence(left["properties"], right["properties"], kind))
    score = probability(sum(e.weight for e in evidence))
    limit = table.threshold if threshold is None else threshold
    return Comparison(score, score >= limit, evidence, table.version)


def _check(side: str, record: Record) -> None:
    properties = record.get("properties") if isinstance(record, Mapping) else None
    if not isinstance(properties, Mapping):
        raise InputError(f'the {side} record has no "properties"; give {{"schema": "Person", "properties": {{…}}}}')
    for prop, values in properties.items():
        if not isinstance(values, list | tuple) or not all(isinstance(value, str) for value in values):
            raise InputError(f"the {side} record's {prop} is no list of texts; give it as a list")


def prior(table: Weights) -> Evidence:
    """What is believed before anything is compared."""
    return Evidence("prior", table.prior, "before comparing: hardly anybody is listed")


def names_of(record: Record) -> list[tuple[str, bool]]:
    """The names of a record, each with whether the listing calls it weak."""
    properties: Properties = record["properties"]
    found: dict[str, bool] = {}
    for prop in NAME_PROPS:
        for text in properties.get(prop, ()):
            found.setdefault(text, prop == "weakAlias")
    return list(found.items())


def joint_kind(left: str, right: str) -> Kind:
    """How two names are read: as a person's where either is, else as an organisation's where either is."""
    kinds = {kind_of(left), kind_of(right)}
    for kind in (Kind.PERSON, Kind.ORGANISATION, Kind.THING):
        if kind in kinds:
            return kind
    return Kind.ANY


def best_names(
    lefts: Sequence[tuple[str, bool]], rights: Sequence[tuple[str, bool]], kind: Kind, table: Weights
) -> tuple[list[Evidence], str]:
    """The evidence of the pair of names with the highest sum, and the right one's text; of equal sums the earliest."""
    best: list[Evidence] = []
    name = ""
    best_sum = float("-inf")
    for left, _ in lefts:
        for right, weak in rights:
            listed = profile(right, kind)
            for query in variants(profile(left, kind), listed):
                evidence = name_evidence(query, listed, table, weak=weak)
                total = sum(e.weight for e in evidence)
                if total > best_sum:
                    best, best_sum, name = evidence, total, right
    return best, name

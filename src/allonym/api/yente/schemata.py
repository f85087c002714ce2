"""Which schemata a question for one of them takes in, and what they are called.

Takes names of FtM schemata; gives names, labels, properties. Must not know of any entity.
"""

from functools import cache
from typing import Any

from followthemoney import model as ftm
from followthemoney.types import registry


@cache
def taken(name: str) -> frozenset[str]:
    """The schemata that an entity may have to fit a question for schema `name`: those it may be matched with, and for
    one that stands for several kinds (`Thing`) all that derive from it."""
    schema = ftm.schemata[name]
    found = {one.name for one in schema.matchable_schemata}
    if not schema.matchable:
        found |= {one.name for one in schema.descendants} - {name}
    return frozenset(found)


def known(name: str) -> bool:
    """Whether there is such a schema."""
    return name in ftm.schemata


@cache
def described(name: str) -> dict[str, str]:
    """The schema as a type of the reconciliation API."""
    schema = ftm.schemata[name]
    return {"id": schema.name, "name": schema.plural, "description": (schema.description or schema.label).strip()}


def label(name: str) -> str:
    """What one such thing is called."""
    return str(ftm.schemata[name].label)


@cache
def plural(name: str) -> str:
    """What several such things are called."""
    schema = ftm.get(name)
    return name if schema is None else str(schema.plural)


@cache
def prop_of(name: str, prop: str) -> Any:
    """The property of a schema, those that others point by (`sanctions`) included; None where it has none."""
    return ftm.schemata[name].properties.get(prop)


@cache
def by_qname(qname: str) -> Any:
    """The property of that qualified name (`Sanction:entity`)."""
    schema, _, prop = qname.partition(":")
    found = ftm.get(schema)
    return None if found is None else found.properties.get(prop)


def is_entity_typed(prop: Any) -> bool:
    """Whether the property names other entities."""
    return prop is not None and prop.type is registry.entity


@cache
def other_side(name: str) -> frozenset[str]:
    """The two ends of an edge; empty for what is none."""
    schema = ftm.schemata[name]
    if not schema.edge:
        return frozenset()
    return frozenset(p.name for p in (schema.source_prop, schema.target_prop) if p is not None)


def value_label(kind: str, value: str) -> str:
    """The name of a country, topic or gender."""
    names = {"country": registry.country.names, "topic": registry.topic.names, "gender": registry.gender.names,
             "language": registry.language.names}  # fmt: skip
    return str(names.get(kind, {}).get(value, value))


def said(prop: Any, value: str) -> str:
    """A value of a property in words."""
    return value_label(prop.type.name, value)

"""Raw text of a list to FtM values: countries, identifiers and all else that FtM has a type for; dates by `dates`.

Takes what a publisher printed; gives the value in FtM form, or None when it is not understood. Must not guess. Results
are cached, since a list repeats its countries tens of thousands of times.
"""

import re
import warnings
from functools import lru_cache

from followthemoney import model as ftm
from followthemoney.types import registry

from allonym.sources.dates import FtmDate, dates, iso_date

# normality says so once a process; the install is free of PyICU on purpose (docs/dependencies.md).
warnings.filterwarnings("ignore", message="Install 'pyicu'")

__all__ = ["FtmDate", "clean", "country", "dates", "has_property", "is_a", "is_schema", "iso_date"]


@lru_cache(maxsize=65_536)
def country(text: str) -> str | None:
    """FtM's code of a country or territory name, or None."""
    forms = [text]
    if match := re.fullmatch(r"(.*?)\s*\((.*)\)\s*", text):
        # `Congo (Democratic Republic)` is not `Congo`: the words in brackets go first.
        forms += [f"{match[2]}{link}{match[1]}" for link in (" ", " of ", " of the ")] + [match[1]]
    for form in forms:
        code: str | None = registry.country.clean(form)
        if code:
            return code
    return None


@lru_cache(maxsize=262_144)
def clean(schema: str, prop: str, text: str) -> str | None:
    """The text cleaned by FtM's type of that property of that schema; None when FtM refuses it.

    Raises KeyError for a property the schema does not have: that is a defect of an adapter.
    """
    definition = ftm.schemata[schema].properties[prop]
    kind = definition.type
    if kind is registry.date:
        return iso_date(text)
    if kind is registry.country:
        return country(text)
    # Of FtM's formats only this one: that of bank codes cuts off the branch.
    cleaned: str | None = kind.clean(text, format=definition.format if definition.format == "imo" else None)
    if cleaned is None and kind is registry.identifier:
        cleaned = text.strip() or None
    return cleaned


def is_schema(schema: str) -> bool:
    """Whether FtM knows a schema of that name."""
    return schema in ftm.schemata


def has_property(schema: str, prop: str) -> bool:
    """Whether the schema has that property, own or inherited."""
    return prop in ftm.schemata[schema].properties


def is_a(schema: str, parent: str) -> bool:
    """Whether `schema` is `parent` or derives from it."""
    return bool(ftm.schemata[schema].is_a(parent))

"""Evidence from everything but names: dates of birth, countries, gender, identifiers, kind of thing.

Takes two FtM `properties`; gives evidence, none where either side says nothing: what is missing neither agrees nor
disagrees. Listed dates may carry the qualifiers of `model.Statement` under the key `birthDate:qualifiers`.
"""

import re
from collections.abc import Iterable, Mapping

from allonym.matching.evidence import Evidence
from allonym.matching.facts_dates import birth_evidence
from allonym.matching.weights import weights
from allonym.model import Properties
from allonym.names.parts import Kind

COUNTRY_PROPS = ("nationality", "citizenship", "country", "jurisdiction", "birthCountry", "flag", "mainCountry")
IDENTIFIER_PROPS = (
    "passportNumber", "idNumber", "taxNumber", "registrationNumber", "innCode", "ogrnCode", "leiCode", "vatCode",
    "swiftBic", "imoNumber", "mmsi", "callSign", "socialSecurityNumber", "licenseNumber", "dunsCode", "okpoCode",
    "serialNumber", "publicKey", "bikCode", "isinCode", "uniqueEntityId", "icaoCode",
)  # fmt: skip
FACT_PROPS = frozenset({"birthDate", "gender", *COUNTRY_PROPS, *IDENTIFIER_PROPS})
SHORTEST_IDENTIFIER = 5
PLAIN = re.compile(r"[^A-Z0-9]")


def fact_evidence(query: Properties, listed: Properties, kind: Kind) -> list[Evidence]:
    """All reasons the two records give beside their names."""
    evidence, table = [], weights().facts
    if kind is not Kind.ORGANISATION:
        evidence += birth_evidence(
            query.get("birthDate", ()), listed.get("birthDate", ()), listed.get("birthDate:qualifiers", ()), table
        )
        evidence += _gender(query, listed, table)
    evidence += _countries(query, listed, table)
    evidence += _identifiers(query, listed, table)
    return evidence


def has_facts(query: Properties) -> bool:
    """Whether a query says anything but names."""
    return any(values and prop in FACT_PROPS for prop, values in query.items())


def plain_identifier(text: str) -> str:
    """An identifier as it is compared: letters and digits only, upper case; "" when too short to mean anything."""
    plain = PLAIN.sub("", text.upper())
    # FtM writes `IMO9187629`, most people write the digits.
    plain = plain.removeprefix("IMO") if plain[3:].isdigit() else plain
    return plain if len(plain) >= SHORTEST_IDENTIFIER else ""


def identifiers(properties: Properties) -> dict[str, str]:
    """Comparable identifiers of a record, each with the property it stands on."""
    found = ((plain_identifier(v), prop) for prop in IDENTIFIER_PROPS for v in properties.get(prop, ()))
    return {plain: prop for plain, prop in found if plain}


def _values(properties: Properties, props: Iterable[str]) -> set[str]:
    return {v.lower() for prop in props for v in properties.get(prop, ())}


def _countries(query: Properties, listed: Properties, table: Mapping[str, float]) -> list[Evidence]:
    asked, given = _values(query, COUNTRY_PROPS), _values(listed, COUNTRY_PROPS)
    if not asked or not given:
        return []
    left, right = ", ".join(sorted(asked)), ", ".join(sorted(given))
    if asked & given:
        return [
            Evidence(
                "country", table["country_agrees"], f"country agrees ({', '.join(sorted(asked & given))})", left, right
            )
        ]
    return [Evidence("country", table["country_differs"], f"other country ({left} against {right})", left, right)]


def _gender(query: Properties, listed: Properties, table: Mapping[str, float]) -> list[Evidence]:
    asked, given = _values(query, ("gender",)), _values(listed, ("gender",))
    if len(asked) != 1 or len(given) != 1 or not asked | given <= {"male", "female"}:
        return []
    left, right = asked.pop(), given.pop()
    weight = table["gender_agrees"] if left == right else table["gender_differs"]
    return [Evidence("gender", weight, "same gender" if left == right else f"{left} against {right}", left, right)]


def _identifiers(query: Properties, listed: Properties, table: Mapping[str, float]) -> list[Evidence]:
    asked = identifiers(query)
    given = identifiers(listed) if asked else {}
    evidence = [
        Evidence("identifier", table["identifier_agrees"], f"identifier {plain} agrees ({prop})", plain, plain)
        for plain, prop in asked.items()
        if plain in given
    ][:1]
    left, right = ({p for p, prop in side.items() if prop == "imoNumber"} for side in (asked, given))
    if left and right and not left & right:
        evidence.append(Evidence("imo", table["imo_differs"], "another IMO number", ", ".join(left), ", ".join(right)))
    return evidence

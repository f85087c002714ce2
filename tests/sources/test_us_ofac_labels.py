"""OFAC's labels: where each kind of labelled value goes, on every schema it occurs with."""

import pytest

from allonym.sources import values
from allonym.sources.entry import Entry, Report
from allonym.sources.us_ofac_labels import DOCUMENTS, FEATURES, Labelled, is_known, state


def stated(schema: str, item: Labelled) -> tuple[list[tuple[str, str, str, str | None]], Report]:
    """(schema, property, value, qualifier) of everything one value states."""
    report = Report()
    entry = Entry("x", schema, report)
    state(entry, entry.child("Sanction", "P"), item)
    return [(s.schema, s.prop, s.value, s.qualifier) for s in entry.statements()], report


@pytest.mark.parametrize(
    ("schema", "item", "expected"),
    [
        ("Person", Labelled("Cedula No.", "12970549"), ("Person", "idNumber", "12970549", None)),
        ("Person", Labelled("Passport", "A1"), ("Person", "passportNumber", "A1", None)),
        ("Organization", Labelled("Passport", "A1"), ("Organization", "idNumber", "A1", None)),
        ("Vessel", Labelled("Identification Number", "7"), ("Vessel", "registrationNumber", "7", None)),
        ("Vessel", Labelled("Vessel Registration Identification", "IMO 9256860"),
         ("Vessel", "imoNumber", "IMO9256860", None)),
        ("Organization", Labelled("Company Number", "IMO 5938411"), ("Organization", "imoNumber", "IMO5938411", None)),
        ("Organization", Labelled("Legal Entity Number", "253400V1H6ART1UQ0N98"),
         ("Organization", "leiCode", "253400V1H6ART1UQ0N98", None)),
        ("Organization", Labelled("Legal Entity Number", "852496527"),
         ("Organization", "registrationNumber", "852496527", None)),
        ("Organization", Labelled("ISIN", "US1694261033"), ("Security", "isin", "US1694261033", None)),
        ("Organization", Labelled("Organization Established Date", "17 Oct 1990"),
         ("Organization", "incorporationDate", "1990-10-17", None)),
        ("Organization", Labelled("Place of Birth", "Oslo"), ("Organization", "notes", "Place of Birth: Oslo", None)),
        ("Vessel", Labelled("Vessel Flag", "None Identified"),
         ("Vessel", "notes", "Vessel Flag: None Identified", None)),
        ("Airplane", Labelled("Aircraft Operator", "MAHAN AIR"),
         ("Airplane", "notes", "Aircraft Operator: MAHAN AIR", None)),
        ("Person", Labelled("Secondary sanctions risk:", "31 CFR 589"),
         ("Sanction", "provisions", "Secondary sanctions risk: 31 CFR 589", None)),
        ("Person", Labelled("Effective Date (CMIC)", "02 Aug 2021"), ("Sanction", "startDate", "2021-08-02", None)),
        ("Person", Labelled("Effective Date (CMIC)", "soon"),
         ("Sanction", "summary", "Effective Date (CMIC): soon", "unparsed:startDate")),
    ],
)  # fmt: skip
def test_where_a_value_goes(schema: str, item: Labelled, expected: tuple[str, str, str, str | None]) -> None:
    found, _ = stated(schema, item)
    assert expected in found


@pytest.mark.parametrize("schema", ["Person", "Organization", "Vessel", "Airplane", "LegalEntity"])
def test_every_label_is_kept_on_every_schema(schema: str) -> None:
    for label in (*DOCUMENTS, *FEATURES, "digital currency address - xbt", "isin", "issuer name", "un/locode"):
        found, report = stated(schema, Labelled(label, "2"))
        assert any("2" in value for _, _, value, _ in found), label
        assert not [i for i in report.issues if i.code == "unknown_field"], label
        assert is_known(label), label


def test_properties_exist() -> None:
    schemata = ("Person", "Company", "Organization", "Vessel", "Airplane", "LegalEntity")
    for prop in (*DOCUMENTS.values(), *(prop for props in FEATURES.values() for prop in props)):
        assert any(values.has_property(schema, prop) for schema in schemata), prop


def test_unknown_label_is_a_note_and_reported() -> None:
    found, report = stated("Person", Labelled("Shoe Size", "44"))
    assert ("Person", "notes", "Shoe Size: 44", "unknown:shoe size") in found
    assert [i.code for i in report.issues] == ["unknown_field"]
    assert not is_known("Shoe Size")

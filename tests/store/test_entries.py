"""What is an entry of a list."""

import pytest

from allonym.sources.entry import Entry, Report
from allonym.store.entries import is_entry, kind, owner


@pytest.mark.parametrize(
    "schema", ["Person", "Organization", "Company", "LegalEntity", "Vessel", "Airplane", "CryptoWallet"]
)
def test_entries(schema: str) -> None:
    assert is_entry("ofac-1-2", schema)


@pytest.mark.parametrize(
    "schema", ["Sanction", "Address", "Passport", "Ownership", "Position", "Note", "Article", "None"]
)
def test_beside(schema: str) -> None:
    assert not is_entry("1", schema)


def test_owner_is_the_entry_a_side_entity_was_made_for() -> None:
    entry = Entry("un-QDi.001-x", "Person", Report())
    child = entry.child("Sanction", "listing")
    assert owner(child.entity_id) == "un-QDi.001-x"
    assert owner(child.child("Note", "remark").entity_id) == "un-QDi.001-x"
    assert not is_entry(entry.child("Person", "brother").entity_id, "Person")


@pytest.mark.parametrize(
    "entity_id", ["1", "1-person", "1-0123456789ab", "a-planet-0123456789ab", "-sanction-0123456789a"]
)
def test_ids_of_their_own(entity_id: str) -> None:
    assert owner(entity_id) is None


def test_kinds() -> None:
    assert kind("Ownership").edge and not kind("Sanction").edge
    assert kind("Sanction").references == {"entity"}
    assert {"passportNumber", "taxNumber", "idNumber"} <= kind("Person").identifiers

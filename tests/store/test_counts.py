"""The counts of a snapshot."""

from itertools import groupby

from allonym.model import Measure, NameKind, Statement
from allonym.sources.entry import Entry, Report
from allonym.store.counts import Tally

from .lists import entry, sanction


def counted(statements: list[Statement]) -> dict[str, object]:
    tally = Tally()
    for _, group in groupby(statements, key=lambda s: s.entity_id):
        tally.entity(list(group))
    return tally.counts(issues=3)


def test_counts() -> None:
    ana = Entry("1", "Person", Report())
    ana.name("Ana Díaz")
    ana.name("عنا", NameKind.ORIGINAL_SCRIPT)
    ana.name("Anita", NameKind.WEAK)
    ana.name("Ana Kim", NameKind.FORMER)
    ana.date("birthDate", "circa 1960")
    ana.date("birthDate", "1961")
    ana.document("A-123456", prop="passportNumber")
    ana.address("1 Main Street, Quito", city="Quito")
    ana.address("2 Main Street, Quito", city="Quito")
    ana.edge("Ownership", ("owner", "1"), ("asset", "2"))
    relative = ana.child("Person", "brother")  # not on the list himself
    relative.name("Bo Díaz")
    statements = [
        *ana.statements(),
        *sanction("1", "SDGT", authorityId="7"),
        *sanction("1", "TCO"),
        *entry("2", "Vessel", name="Sea Star", alias="Star", imoNumber="9074729", addressEntity="somewhere"),
        *entry("3", name="Cy"),
    ]
    assert counted(statements) == {
        "entries": {"Person": 2, "Vessel": 1},
        "names": {"primary": 3, "alias": 1, "weak": 1, "former": 1, "original_script": 1},
        "with_birth_date": 1,
        "identifiers": 2,
        "addresses": 3,
        "programs": 2,
        "links": 1,
        "statements": len(statements),
        "measures": 0,
        "issues": 3,
    }


def test_measures_and_programs() -> None:
    tally = Tally()
    tally.entity(entry("s", "Sanction", programId=["US-SDGT", "US-TCO"], program="Terrorism"))
    tally.measure(Measure("m", "sanctions", "us-ofac", (), program="Narcotics"))
    counts = tally.counts(0)
    assert (counts["measures"], counts["programs"], counts["entries"]) == (1, 2, {})


def test_a_schema_nobody_knows() -> None:
    assert counted(entry("1", "Spaceship", name="X"))["entries"] == {}

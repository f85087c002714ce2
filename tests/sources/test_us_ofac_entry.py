import pytest

from allonym.model import NameKind
from allonym.sources import us_ofac_programs
from allonym.sources.entry import Report
from allonym.sources.us_ofac_entry import build, person_parts
from allonym.sources.us_ofac_labels import Labelled
from allonym.sources.us_ofac_links import Names
from allonym.sources.us_ofac_listing import Alias, Listing, PrintedAddress, Remarks

Found = list[tuple[str, str, str, str | None]]


def state(listing: Listing, *, others: tuple[tuple[str, str], ...] = ()) -> tuple[Found, Report]:
    names, report = Names(), Report()
    for name, entity_id in ((listing.name, "ofac-1"), *others):
        names.add(name, entity_id)
    entry = build(listing, "ofac-1", names, report)
    return [(s.schema, s.prop, s.value, s.qualifier) for s in entry.statements()], report


def person(**fields: object) -> Listing:
    return Listing(number="1", kind="individual", name="DOE, John", programs=("SDGT",), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("HANIYA, Ismail Abdul Salah", ("HANIYA", "Ismail Abdul Salah", "")),
        ("KNOWLES, JR., Samuel", ("KNOWLES", "Samuel", "JR.")),
        ("MEZA, JR., Arturo", ("MEZA", "Arturo", "JR.")),
        ("DELOS REYES, Feliciano Semborio, Jr.", ("DELOS REYES", "Feliciano Semborio", "Jr.")),
        ("MORENO JR., Daniel Gonzalo", ("MORENO JR.", "Daniel Gonzalo", "")),
        ("MARUF, Taha, Muhyi al-Din", ("MARUF", "Taha, Muhyi al-Din", "")),
        ("SROUR, Jr", ("SROUR", "", "Jr")),
    ],
)
def test_person_parts(printed: str, parts: tuple[str, str, str]) -> None:
    assert person_parts(printed) == parts


def test_names_by_kind() -> None:
    listing = person(
        aliases=(
            Alias("ROE, Jon"), Alias("Johnny", weak=True), Alias("FORD, J", "fka"), Alias("OLDIE", "fka", weak=True),
            Alias("NEW, J", "nka"), Alias("TRADE", "dba", weak=True),
        )
    )  # fmt: skip
    found, report = state(listing)
    props = ("name", "alias", "weakAlias", "previousName", "firstName", "lastName")
    assert [f[1:] for f in found if f[1] in props] == [
        ("name", "John DOE", None), ("firstName", "John", None), ("lastName", "DOE", None), ("alias", "Jon ROE", None),
        ("weakAlias", "Johnny", None), ("previousName", "J FORD", None), ("previousName", "OLDIE", "weak"),
        ("alias", "J NEW", "now_known_as"), ("weakAlias", "TRADE", "trade_name"),
    ]  # fmt: skip
    assert not report.issues


def test_the_printed_name_is_the_original() -> None:
    entry = build(person(), "ofac-1", Names(), Report())
    (name,) = [s for s in entry.statements() if s.name_kind is NameKind.PRIMARY]
    assert (name.value, name.original) == ("John DOE", "DOE, John")


def test_an_organisation_s_comma_parts_nothing() -> None:
    found, _ = state(Listing(number="1", kind="entity", name="CECOEX, S.A."))
    assert ("Organization", "name", "CECOEX, S.A.", None) in found


def test_one_sanction_a_program_with_topics() -> None:
    found, report = state(Listing(number="7", kind="entity", name="X", programs=("SDGT", "FTO", "NEW-EO99999")))
    assert [f[2] for f in found if f[:2] == ("Sanction", "program")] == ["SDGT", "FTO", "NEW-EO99999"]
    assert [f[2] for f in found if f[:2] == ("Sanction", "programId")] == ["US-TERR", "US-FTO219", "NEW-EO99999"]
    assert {f[2] for f in found if f[1] == "topics"} == {"sanction", "crime.terror"}
    assert {f[2] for f in found if f[1] == "recordId"} == {"7"}
    assert [i.code for i in report.issues] == ["unknown_program"]


def test_directive_dates_go_to_the_sanction_of_that_order() -> None:
    dated = Remarks(
        labelled=(
            Labelled("Listing Date (EO 14024 Directive 3):", "24 Feb 2022"),
            Labelled("Effective Date (EO 14024 Directive 3):", "26 Mar 2022"),
            Labelled("Secondary sanctions risk:", "Ukraine-/Russia-Related Sanctions Regulations"),
        )
    )
    listing = Listing(number="1", kind="entity", name="X", programs=("UKRAINE-EO13662", "RUSSIA-EO14024"), stated=dated)
    entry = build(listing, "ofac-1", Names(), Report())
    by_entity: dict[str, dict[str, str]] = {}
    for statement in entry.statements():
        if statement.schema == "Sanction":
            by_entity.setdefault(statement.entity_id, {})[statement.prop] = statement.value
    first, second = by_entity.values()
    assert "listingDate" not in first
    assert (second["program"], second["listingDate"], second["startDate"]) == (
        "RUSSIA-EO14024", "2022-02-24", "2022-03-26",
    )  # fmt: skip
    # Of two programs, none is named: the note is the entry's, and is not guessed onto a Sanction.
    assert "Secondary sanctions risk: Ukraine-/Russia-Related Sanctions Regulations" in [
        s.value for s in entry.statements() if s.prop == "notes"
    ]


def test_links_to_the_one_bearer_of_a_name() -> None:
    listing = person(remarks=Remarks(links=("Alfa  co", "ROE, Jane", "NOBODY", "TWIN")))
    others = (("ALFA CO.", "ofac-2"), ("ROE, Jane", "ofac-3"), ("TWIN", "ofac-4"), ("TWIN", "ofac-5"))
    found, report = state(listing, others=others)
    assert [f[2] for f in found if f[:2] == ("UnknownLink", "object")] == ["ofac-2", "ofac-3"]
    assert {f[2] for f in found if f[:2] == ("UnknownLink", "subject")} == {"ofac-1"}
    assert {f[2] for f in found if f[:2] == ("UnknownLink", "role")} == {"Linked To"}
    assert [(i.code, i.original) for i in report.issues] == [
        ("unresolved_link", "NOBODY"), ("unresolved_link", "TWIN"),
    ]  # fmt: skip
    assert ("Person", "notes", "Linked To: TWIN", "unresolved_link") in found


def test_owners_and_relatives_but_no_owner_in_a_note_of_law() -> None:
    remarks = Remarks(
        labelled=(
            Labelled(
                "Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions:", "510.214"
            ),
        ),
        plain=("owned or controlled by ALFA CO.", "daughter of Jane Roe", "daughter of Nobody"),
    )
    found, report = state(person(remarks=remarks), others=(("ALFA CO.", "ofac-2"), ("ROE, Jane", "ofac-3")))
    assert [f[1:3] for f in found if f[0] == "Ownership"] == [
        ("asset", "ofac-1"), ("owner", "ofac-2"), ("role", "owned or controlled"),
    ]  # fmt: skip
    assert [f[1:3] for f in found if f[0] == "Family"] == [
        ("person", "ofac-1"), ("relative", "ofac-3"), ("relationship", "daughter"),
    ]  # fmt: skip
    assert [(i.code, i.original) for i in report.issues] == [("unresolved_link", "Nobody")]


def test_plain_remarks() -> None:
    remarks = Remarks(
        plain=("Head of the Basij", "Chief of X Co", "all offices worldwide", "ethnicity Kurdish", "born lucky")
    )
    found, report = state(person(title="Chief of X Co.; Colonel", remarks=remarks))
    assert [f[2] for f in found if f[1] == "position"] == ["Chief of X Co", "Colonel", "Head of the Basij"]
    assert [f[2:] for f in found if f[1] == "notes"] == [
        ("all offices worldwide", None), ("born lucky", "unknown_remark"),
    ]  # fmt: skip
    assert [f[2] for f in found if f[1] == "ethnicity"] == ["Kurdish"]
    assert [(i.code, i.original) for i in report.issues] == [("unknown_remark", "born lucky")]


def test_births_and_countries() -> None:
    stated = Remarks(births=("circa 1960", "1955 to 1957", "long ago"), nationalities=("possibly Palestinian", "Burma"))
    found, report = state(person(stated=stated))
    assert [f[2:] for f in found if f[1] == "birthDate"] == [
        ("1960", "circa"), ("1955", "range:1955/1957"), ("1957", "range:1955/1957"),
    ]  # fmt: skip
    assert [f[2:] for f in found if f[1] == "nationality"] == [("ps", "possibly"), ("mm", None)]
    assert [(i.code, i.original) for i in report.issues] == [("unparsed", "long ago")]


def test_addresses_part_only_what_is_sure() -> None:
    listing = person(
        addresses=(
            PrintedAddress("1 Main St", "Havana", "Cuba"), PrintedAddress("", "Tehran 15946", "Iran"),
            PrintedAddress("", "Simferopol", "Region: Crimea"), PrintedAddress(),
        )
    )  # fmt: skip
    found, report = state(listing)
    assert [f[2] for f in found if f[:2] == ("Person", "address")] == [
        "1 Main St, Havana, Cuba", "Tehran 15946, Iran", "Simferopol, Region: Crimea",
    ]  # fmt: skip
    assert [f[2] for f in found if f[:2] == ("Address", "city")] == ["Havana", "Simferopol"]
    assert [f[2] for f in found if f[:2] == ("Address", "region")] == ["Crimea"]
    assert not report.issues


def test_phones_get_their_plus_only_when_the_number_is_valid() -> None:
    stated = Remarks(labelled=(Labelled("Phone Number", "79315403678"), Labelled("Phone Number", "03889402")))
    found, report = state(person(stated=stated))
    assert [f[2] for f in found if f[1] == "phone"] == ["+79315403678"]
    assert [(i.code, i.original) for i in report.issues] == [("unparsed", "03889402")]


def test_unknown_things_are_noted_and_reported() -> None:
    listing = Listing(
        number="1", kind="satellite", name="X", unknown=(("sdnEntry/orbit", "low"),),
        stated=Remarks(labelled=(Labelled("Moon Number", "42"),), births=("1960",)),
    )  # fmt: skip
    found, report = state(listing)
    assert [i.code for i in report.issues] == ["unknown_field", "unknown_field", "unknown_field"]
    assert ("Organization", "notes", "sdnEntry/orbit: low", "unknown:sdnEntry/orbit") in found
    assert ("Organization", "notes", "DOB: 1960", None) in found
    assert ("Organization", "idNumber", "42", None) in found


def test_programs_of_a_cell_and_of_an_order() -> None:
    assert us_ofac_programs.split("NPWMD] [IFSR] [CAATSA - RUSSIA") == ("NPWMD", "IFSR", "CAATSA - RUSSIA")
    assert us_ofac_programs.split("") == ()
    codes = ("SDGT", "RUSSIA-EO14024")
    assert us_ofac_programs.of_order(codes, "Executive Order 14024 Directive Information") == "RUSSIA-EO14024"
    assert us_ofac_programs.of_order(codes, "section 1(b) of Executive Order 13224") == "SDGT"
    assert us_ofac_programs.of_order(("RUSSIA-EO14024", "BPI-RUSSIA-EO14024"), "EO 14024") is None
    assert us_ofac_programs.of_order(("CMIC-EO13959", "IFSR"), "Listing Date (CMIC): 03 Jun 2021") == "CMIC-EO13959"
    assert us_ofac_programs.program("NOT-ONE") == us_ofac_programs.Program("NOT-ONE", "NOT-ONE", program_id="NOT-ONE")


def test_a_link_by_an_alias_only_where_one_entry_bears_it() -> None:
    names = Names()
    names.add("NATIONAL IRANIAN TANKER COMPANY", "ofac-2")
    names.add_alias("NITC", "ofac-2")
    names.add_alias("TIKRITI, Barzan", "ofac-3")
    assert names.find("nitc") == "ofac-2"
    assert names.find("Barzan Tikriti") == "ofac-3"
    names.add_alias("NITC", "ofac-4")
    assert names.find("NITC") is None
    names.add("NITC", "ofac-5")
    assert names.find("NITC") == "ofac-5"

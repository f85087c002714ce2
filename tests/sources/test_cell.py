import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allonym.sources import cell, document
from allonym.sources.entry import Entry, Report
from allonym.sources.roster import Roster


def dates(text: str) -> list[tuple[str, str | None]]:
    entry = Entry("x", "Person", Report())
    cell.dates(entry, "birthDate", text)
    return [(s.value, s.qualifier) for s in entry.statements()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(1) Haji (2) Hadji", ["Haji", "Hadji"]),
        ("(1) Italy. (2) - ", ["Italy", ""]),
        ("Korea (2) Trading", ["Korea (2) Trading"]),
        ("-", [""]),
    ],
)
def test_numbered(text: str, expected: list[str]) -> None:
    assert cell.numbered(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a) Mullah b) Haji.", ["Mullah", "Haji."]),
        ("a) South Sudan; b) Uganda", ["South Sudan", "Uganda"]),
        ("Shinkalai, Afghanistan, b) Zabul", ["Shinkalai, Afghanistan", "Zabul"]),
        ("(a) one (b) two", ["one", "two"]),
        ("NA", []),
        ("Plan (b) is no list a)", ["Plan (b) is no list"]),
    ],
)
def test_lettered(text: str, expected: list[str]) -> None:
    assert cell.lettered(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("00/00/1960", [("1960", None)]),
        ("10/00/1983", [("1983", None)]),
        ("00/09/1962", [("1962-09", None)]),
        ("dd/mm/1967", [("1967", None)]),
        (
            "a) 1955, b) Between 1960 and 1962",
            [("1955", None), ("1960", "range:1960/1962"), ("1962", "range:1960/1962")],
        ),
        ("Approximately 1955- 1958", [("1955", "circa range:1955/1958"), ("1958", "circa range:1955/1958")]),
        ("14 Mar 1974 >> 1 Aug 1970", [("1974-03-14", None), ("1970-08-01", None)]),
        ("19/03/1967; alt DOB: 19/11/1956", [("1967-03-19", None), ("1956-11-19", None)]),
        ("1961 or 1962", [("1961", None), ("1962", None)]),
        ("5 Feb. 1970\xa0(this aka only, alt born 5 Feb. 1969\xa0", [("1970-02-05", None)]),
        ("1950s", [("1950", "circa range:1950/1959"), ("1959", "circa range:1950/1959")]),
        ("NA", []),
    ],
)
def test_dates(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert dates(text) == expected


@pytest.mark.parametrize("text", ["00/00/0", "07/04/62", "late in life", "(30-35 years old)"])
def test_what_is_no_date_is_kept_and_reported(text: str) -> None:
    entry = Entry("x", "Person", Report())
    cell.dates(entry, "birthDate", text)
    (kept,) = entry.statements()
    assert kept.qualifier == "unparsed:birthDate"
    assert [issue.code for issue in entry.report.issues] == ["unparsed"]


@settings(deadline=None)  # the first telephone number loads the numbering plans
@given(st.text(max_size=60))
def test_any_text_can_be_a_cell(text: str) -> None:
    entry = Entry("x", "Person", Report())
    cell.dates(entry, "birthDate", text)
    cell.countries(entry, "nationality", text)
    cell.contacts(entry, "phone", text)
    document.registrations(entry, text)
    cell.numbered(text)
    assert all(s.value for s in entry.statements())


@given(st.lists(st.text("abcdefgh ", min_size=4).map(str.strip).filter(lambda t: len(t) > 3), min_size=2, max_size=30))
def test_numbered_lists_come_apart_again(values: list[str]) -> None:
    assert cell.numbered(" ".join(f"({number}) {value}" for number, value in enumerate(values, 1))) == values


def test_pairs() -> None:
    assert list(cell.paired("(1) A1 (2) B2", "(1) India (2) -")) == [("A1", "India"), ("B2", "")]
    assert list(cell.paired("(1) A1 (2) B2", "Kenya")) == [("A1", "Kenya"), ("B2", "Kenya")]
    assert list(cell.paired("", "Iranian")) == [("", "Iranian")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(1) Congo (Democratic Republic) (2) Congo", ["cd", "cg"]),
        ("Former USSR, now Ukraine", ["ua"]),
        ("Australia and Egypt", ["au", "eg"]),
        ("Trinidad and Tobago", ["tt"]),
        ("Bosnia and Herzegovina", ["ba"]),
        ("France (alt. citizen: Syria)", ["sy", "fr"]),
    ],
)
def test_countries(text: str, expected: list[str]) -> None:
    entry = Entry("x", "Person", Report())
    cell.countries(entry, "nationality", text)
    assert [s.value for s in entry.statements()] == expected


def test_a_document_with_its_words() -> None:
    entry = Entry("x", "Person", Report())
    document.state(entry, "D000974", "(Afghan). Issued on 20 Nov 1997, expires on 24/06/2003", "passportNumber")
    found = {s.prop: s.value for s in entry.statements() if s.schema == "Passport"}
    assert (found["country"], found["startDate"], found["endDate"]) == ("af", "1997-11-20", "2003-06-24")
    assert "Issued on" in found["summary"]


@pytest.mark.parametrize(
    ("details", "country"),
    [("Afghan number", "Afghan"), ("False Indonesian", None), ("Issued in Jordan", None), ("Ration card", None)],
)
def test_country_of_a_document(details: str, country: str | None) -> None:
    assert document.country(details) == country


def test_registrations_by_label() -> None:
    entry = Entry("x", "Organization", Report())
    document.registrations(entry, "INN: 6608003052OGRN: 1026600000460; 59058 (Iran); Trade register number: 512036625")
    found = {(s.prop, s.value) for s in entry.statements() if s.schema == "Organization"}
    assert found == {("innCode", "6608003052"), ("ogrnCode", "1026600000460"), ("registrationNumber", "59058"),
                     ("registrationNumber", "512036625")}  # fmt: skip
    assert not entry.report.issues


def test_a_name_borne_twice_makes_no_link() -> None:
    roster = Roster()
    roster.add("Alpha Group (AG)", "a")
    roster.add("Beta Ltd", "b1")
    roster.add("BETA LTD.", "b2")
    entry = Entry("x", "Organization", Report())
    roster.link(entry, "(1) Alpha Group (2) Beta Ltd", "Parent company")
    found = list(entry.statements())
    assert ("owner", "a") in {(s.prop, s.value) for s in found}
    assert [s.value for s in found if s.qualifier == "unresolved_link"] == ["Parent company: Beta Ltd"]
    assert [issue.code for issue in entry.report.issues] == ["unresolved_link"]


def test_countries_numbered_with_gaps() -> None:
    entry = Entry("x", "Person", Report())
    cell.countries(entry, "birthCountry", "(1-3) Libya (4) Morocco")
    assert [s.value for s in entry.statements()] == ["ly", "ma"]


def test_a_date_of_one_alias_keeps_the_whole_cell() -> None:
    text = "5 Feb. 1970 (this aka only, born 5 Feb. 1969)"
    entry = Entry("x", "Person", Report())
    cell.dates(entry, "birthDate", text)
    assert {s.original for s in entry.statements()} == {text}


def test_words_between_registrations_are_kept() -> None:
    text = "Commercial Registration Number - K1101R_HRB14604; Switzerland UID Number - CHE-109.711.148"
    entry = Entry("x", "Organization", Report())
    document.registrations(entry, text)
    found = [(s.prop, s.value) for s in entry.statements() if s.entity_id == "x"]
    assert ("registrationNumber", "K1101R_HRB14604") in found
    assert ("registrationNumber", "CHE-109.711.148") in found
    assert ("notes", f"Registrations: {text}") in found

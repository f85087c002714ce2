"""Evidence beside names."""

import pytest

from allonym.matching.facts import fact_evidence, identifiers, plain_identifier
from allonym.matching.facts_dates import compare_dates
from allonym.matching.weights import weights
from allonym.names.parts import Kind


@pytest.mark.parametrize(
    ("left", "right", "qualifier", "least", "most"),
    [
        ("1962-11-23", "1962-11-23", "", 4.0, 9.0),
        ("1962", "1962-11-23", "", 1.0, 4.0),
        ("1962-11", "1962-11-23", "", 2.0, 4.0),
        ("1962-11-12", "1962-12-11", "", 2.0, 4.0),  # day and month turned round
        ("1962-11-23", "1962-11-28", "", 0.5, 3.0),  # a digit off
        ("1962-11-23", "1952-11-23", "", 0.3, 3.0),
        ("1962-01-01", "1962-11-23", "", 1.0, 4.0),  # the first of January is any day
        ("1960", "1962", "circa", 0.0, 2.0),
        ("1956", "1955", "range:1955/1957", 1.0, 3.0),
        ("1963", "1962", "", -1.5, 0.0),
        ("1956-12-03", "1962-11-23", "", -9.0, -3.0),
        ("1951-12-03", "1986-07-16", "", -20.0, -8.0),
        ("1951-12-03", "1986", "circa", -8.0, -3.0),
    ],
)
def test_dates(left: str, right: str, qualifier: str, least: float, most: float) -> None:
    name, words = compare_dates(left, right, qualifier)
    # The bounds are for a table in which the same day of birth weighs 4.5 nats; the table in use is scaled.
    table = weights().facts
    assert least <= table[name] * 4.5 / table["birth_same_day"] <= most, words


def evidence(query: dict[str, list[str]], listed: dict[str, list[str]]) -> dict[str, float]:
    return {e.feature: e.weight for e in fact_evidence(query, listed, Kind.PERSON)}


def test_what_is_missing_says_nothing() -> None:
    assert evidence({"birthDate": ["1962"]}, {}) == {}
    assert evidence({}, {"birthDate": ["1962"], "nationality": ["ve"]}) == {}


def test_the_best_of_several_listed_dates_counts() -> None:
    found = evidence({"birthDate": ["1962-11-23"]}, {"birthDate": ["1940-01-05", "1962-11-23"]})
    assert found["birth_date"] == weights().facts["birth_same_day"]


def test_countries_genders_identifiers() -> None:
    assert evidence({"nationality": ["ve"]}, {"citizenship": ["VE"]})["country"] > 0
    assert evidence({"country": ["mx"]}, {"nationality": ["ve"]})["country"] < 0
    assert evidence({"gender": ["male"]}, {"gender": ["female"]})["gender"] < 0
    assert evidence({"passportNumber": ["D 123-456"]}, {"idNumber": ["d123456"]})["identifier"] > 1
    assert evidence({"imoNumber": ["9187629"]}, {"imoNumber": ["9187630"]})["imo"] < 0


def test_short_identifiers_mean_nothing() -> None:
    assert plain_identifier("12-3") == ""
    assert identifiers({"idNumber": ["1234"]}) == {}


def test_imo_numbers_agree_with_and_without_the_letters() -> None:
    for text in ("9187629", "IMO 9187629", "imo9187629"):
        assert plain_identifier(text) == "9187629"
    assert plain_identifier("IMOLA12345") == "IMOLA12345"

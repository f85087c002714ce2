"""Headings in four languages, and --map."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.errors import InputError, UsageError
from allonym.screening.columns import Mapping, day_first_hint, fold, recognise, recognised, tables, targets
from allonym.sources import values


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["Customer ID", "Full Name", "D.O.B.", "Nationality"], ["id", "name", "birthDate", "nationality"]),
        (["first_name", "Middle Name", "LASTNAME"], ["firstName", "middleName", "lastName"]),
        (["Nombre", "Primer Apellido", "Segundo Apellido"], ["firstName", "lastName", "lastName"]),
        (["NOMBRE", "País", "Pasaporte nº"], ["name", "country", None]),
        (["Razón social", "Fecha de constitución", "NIT"], ["company", "incorporationDate", "taxNumber"]),
        (["Nome", "Data de Nascimento", "CPF/CNPJ"], ["name", "birthDate", "taxNumber"]),
        (["nome", "sobrenome", "apelido"], ["firstName", "lastName", "alias"]),
        (["nome", "apelido"], ["firstName", "lastName"]),
        (["Nom", "Prénom", "Né(e) le", "Sexe"], ["lastName", "firstName", "birthDate", "gender"]),
        (["Nom", "Nationalité"], ["name", "nationality"]),
        (["Name", "Surname"], ["firstName", "lastName"]),
        (["name", "alias 1", "alias 2", "notes", ""], ["name", "alias", "alias", None, None]),
        (["Vessel", "IMO No.", "Flag"], ["name", "imoNumber", "flag"]),
        (["Date of birth (dd/mm/yyyy)", "name"], ["birthDate", "name"]),
        (["un_dataid", "name_as_typed", "name_listed", "birth_date", "nationality"],
         ["id", "name", None, "birthDate", "nationality"]),
    ],
)  # fmt: skip
def test_recognised_headings(headings: list[str], expected: list[str | None]) -> None:
    assert list(recognise(headings).targets) == expected


def test_no_heading_is_listed_twice() -> None:
    folded = [(fold(h), target) for target, headings in tables()["columns"].items() for h in headings]
    twice = {h: c for h, c in Counter(h for h, _ in set(folded)).items() if c > 1}
    assert twice == {}
    assert not {h for h, _ in folded} & set(tables()["depends"])
    assert all(fold(h) == h for h in tables()["depends"])


@pytest.mark.parametrize("table", ["schemata", "genders", "demonyms"])
def test_no_word_means_two_things(table: str) -> None:
    counts = Counter(w for words in tables()[table].values() for w in {fold(word) for word in words})
    assert [word for word, count in counts.items() if count > 1] == []


def test_targets_are_ftm_properties() -> None:
    kinds = ("Person", "Company", "Vessel", "CryptoWallet")
    special = {"id", "schema", "company", "ignore"}
    assert all(any(values.has_property(kind, t) for kind in kinds) for t in set(targets()) - special)
    assert all(values.is_schema(schema) for schema in tables()["schemata"])
    assert all(values.country(code) == code for code in tables()["demonyms"])
    for schema, rules in tables()["instead"].items():
        assert all(values.has_property(schema, prop) for prop in rules.values())


def test_map_wins_over_what_is_recognised() -> None:
    mapping = recognise(["name", "Kunde", "DOB"], ["kunde=name", "DOB=ignore"])
    assert mapping.targets == (None, "name", None)


def test_map_takes_a_column_with_an_equals_sign() -> None:
    assert recognise(["a=b"], ["a=b=name"]).targets == ("name",)


@pytest.mark.parametrize("option", ["Kunde", "=name", "Kunde=nome", "nothing=name"])
def test_wrong_map_names_the_choices(option: str) -> None:
    with pytest.raises(UsageError) as caught:
        recognise(["Kunde"], [option])
    assert "COLUMN=PROPERTY" in str(caught.value) or "Kunde" in str(caught.value) or "birthDate" in str(caught.value)


def test_without_a_name_column_the_remedy_is_named() -> None:
    with pytest.raises(InputError) as caught:
        recognise(["Kunde", "Geburt"], where="k.csv")
    assert '"Kunde", "Geburt"' in str(caught.value)
    assert '--map "HEADING=name"' in str(caught.value)
    assert str(caught.value).startswith("k.csv: ")


def test_a_first_name_alone_is_no_name() -> None:
    with pytest.raises(InputError):
        recognise(["prénom", "pays"])


def test_hostile_headings_are_printed_safely() -> None:
    told = recognise(["name", "\x1b[2J\u202eevil" + "x" * 500]).describe()
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert len(told) < 300


@given(st.lists(st.text(max_size=20), max_size=5))
def test_any_headings_beside_a_name(others: list[str]) -> None:
    mapping = recognise(["full name", *others])
    assert mapping.targets[0] == "name"
    assert Mapping.from_list(mapping.to_list()) == mapping
    assert mapping.describe()


@given(st.sampled_from(sorted(h for hs in tables()["columns"].values() for h in hs)), st.sampled_from("_ -./"))
def test_case_blanks_and_punctuation_do_not_matter(heading: str, joint: str) -> None:
    assert recognised(heading.upper().replace(" ", joint)) == recognised(heading)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("DOB (dd/mm/yyyy)", True),
        ("DOB mm-dd-yyyy", False),
        ("naissance jj/mm/aaaa", True),
        ("DOB", None),
        ("mmyy", None),
    ],
)
def test_order_in_the_heading(heading: str, expected: bool | None) -> None:
    assert day_first_hint(heading) is expected

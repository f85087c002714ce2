"""Names taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.names.parts import MAX_PARTS, Kind, Role, acronym, kind_of, read


def shown(text: str, kind: Kind) -> list[str]:
    return [f"{p.text}:{p.role.name.lower()}" if p.role else p.text for p in read(text, kind).parts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MADURO MOROS, Nicolas", ["nicolas", "maduro", "moros"]),
        ("Isa bin Tarif Al Bin Ali", ["isa", "bin:particle", "tarif", "al:particle", "bin:particle", "ali"]),
        ("Dr. Rami Makhlouf", ["dr:title", "rami", "makhlouf"]),
        ("Lavilla, Jr", ["lavilla", "jr:title"]),
        ("Amir Abdullah", ["amir", "abdullah"]),
        ("Amir Abdullah Khan", ["amir", "abdullah", "khan"]),
        ("Qari Abdullah Khan", ["qari:title", "abdullah", "khan"]),
        ("V. Putin", ["v:initial", "putin"]),
        ("Haji", ["haji"]),
        ("de la", ["de", "la"]),
    ],
)
def test_persons(text: str, expected: list[str]) -> None:
    assert shown(text, Kind.PERSON) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Open Joint Stock Company Gazprom", ["jsc:form", "gazprom"]),
        ("OAO Gazprom", ["jsc:form", "gazprom"]),
        ("FABERLIC EUROPE Sp. z o.o.", ["faberlic", "europe", "llc:form"]),
        ("Volkswagen Gesellschaft mit beschränkter Haftung", ["volkswagen", "llc:form"]),
        ("ООО «БАЙКАЛ»", ["llc:form", "baykal"]),
        ("1st International Bank", ["1:number", "international", "bank"]),
        ("MS-13", ["ms", "13:number"]),
        ("Three Percenters", ["3:number", "percenters"]),
        ("Snow Storm II", ["snow", "storm", "2:number"]),
        ("AT&T Inc.", ["at", "and", "t", "inc:form"]),
        ("Management Company", ["management", "company"]),
        ("Limited", ["limited"]),
    ],
)
def test_organisations(text: str, expected: list[str]) -> None:
    assert shown(text, Kind.ORGANISATION) == expected


@pytest.mark.parametrize("text", ["Apple Incorporated|Apple Inc.", "BMW Aktiengesellschaft|BMW AG", "Stripe LLC|Stripe "
                                  "Limited Liability Company", "Vodafone Limited|Vodafone Ltd"])  # fmt: skip
def test_forms_written_out_and_short_are_one(text: str) -> None:
    left, right = text.split("|")
    assert read(left, Kind.ORGANISATION).parts == read(right, Kind.ORGANISATION).parts


def test_kinds() -> None:
    assert kind_of("Person") is Kind.PERSON
    assert kind_of("Company") is Kind.ORGANISATION
    assert kind_of("Vessel") is Kind.THING
    assert kind_of("LegalEntity") is Kind.ANY


@given(st.text(max_size=2_000), st.sampled_from(Kind))
def test_any_text_is_read(text: str, kind: Kind) -> None:
    name = read(text, kind)
    assert len(name.parts) <= MAX_PARTS
    assert all(part.text for part in name.parts)
    if name.parts:
        assert any(p.role in (Role.PART, Role.NUMBER) for p in name.parts)


@pytest.mark.parametrize(
    ("left", "right"),
    [("Banco Nacional de Comercio", "National Bank of Commerce"), ("Frente de Liberación", "Liberation Front"),
     ("Cártel de Sinaloa", "Sinaloa Cartel"), ("Ejército Popular", "Popular Army"), ("Jabhat al-Nusra", "Nusra Front"),
     ("Zavod Iskra", "Iskra Plant"), ("Universidad Imam Hossein", "Imam Hossein University")],
)  # fmt: skip
def test_words_of_organisations_are_translated(left: str, right: str) -> None:
    found = [{p.text for p in read(t, Kind.ORGANISATION).parts if p.role is not Role.PARTICLE} for t in (left, right)]
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Fuerzas Armadas Revolucionarias de Colombia", "farc"), ("Ejército de Liberación Nacional", "eln"),
     ("Islamic Revolutionary Guard Corps (IRGC)", "irgc"), ("Cártel de Jalisco Nueva Generación", "cjng"),
     ("Mara Salvatrucha 13", "ms13"), ("Norrland Tidewater Shipping Ltd", "nts"), ("Gulf Cartel", None), ("", None),
     ("حزب الله زغبلتش زغبلتش", None), ("one " * 40, None)],
)  # fmt: skip
def test_acronyms(text: str, expected: str | None) -> None:
    assert acronym(text) == expected

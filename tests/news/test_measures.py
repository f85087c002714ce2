"""What was done to whom: by the parse for English, by rules for Spanish, Portuguese, and English without a model."""

import pytest

from allonym.news.model import english
from allonym.news.read import read
from allonym.news.reading import Measure


def one(text: str, lang: str, type_: str) -> Measure:
    found = [m for m in read(text, lang=lang, date="2025-08-08").measures if m.type == type_]
    assert len(found) == 1, found
    return found[0]


ENGLISH = [
    ("The State Department designated Tren de Aragua a foreign terrorist organization on February 20.",
     "terrorist_designation", "State Department", "Tren de Aragua"),
    ("Tren de Aragua was designated a foreign terrorist organization by the State Department.",
     "terrorist_designation", "State Department", "Tren de Aragua"),
    ("Three men spoke for Tren de Aragua, a U.S.-designated foreign terrorist organization.",
     "terrorist_designation", "United States", "Tren de Aragua"),
    ("The European Union froze the assets of six shipping companies.", "sanctions", "European Union",
     "six shipping companies"),
    ("Canada imposed sanctions on three businessmen.", "sanctions", "Canada", "three businessmen"),
    ("The State Department offers a $5 million reward for the capture of Iván Archivaldo Guzmán.",
     "reward_offer", "State Department", "Iván Archivaldo Guzmán"),
    ("Mexico extradited 26 prisoners to the United States.", "extradition", "Mexico", "26 prisoners"),
    ("The president threatened tariffs on Canada.", "tariff", "president", "Canada"),
]  # fmt: skip


@pytest.mark.skipif(english() is None, reason="no English model is installed")
@pytest.mark.parametrize(("text", "type_", "authority", "target"), ENGLISH)
def test_who_did_what_to_whom(text: str, type_: str, authority: str, target: str) -> None:
    found = one(text, "en", type_)
    assert (found.authority, found.targets[0]) == (authority, target)


SPANISH = [
    ("El Departamento del Tesoro sancionó el jueves a Los Choneros.", "sanctions", "Treasury Department",
     "Los Choneros"),
    ("Los Choneros fueron designados organización terrorista por Estados Unidos.", "terrorist_designation",
     "United States", "Los Choneros"),
    ("La Policía Nacional detuvo en Ezeiza a Samir Haddad.", "arrest", "Policía Nacional", "Samir Haddad"),
]  # fmt: skip
PORTUGUESE = [
    ("A Polícia Federal prendeu nesta quinta-feira 11 suspeitos de lavar dinheiro.", "arrest", "Polícia Federal",
     "11 suspeitos de lavar dinheiro"),
    ("O PCC foi incluído pelos Estados Unidos na lista de sanções da OFAC.", "sanctions", "United States",
     "Primeiro Comando da Capital"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "type_", "authority", "target"), SPANISH)
def test_by_rules_in_spanish(text: str, type_: str, authority: str, target: str) -> None:
    found = one(text, "es", type_)
    assert (found.authority, found.targets[0]) == (authority, target)


@pytest.mark.parametrize(("text", "type_", "authority", "target"), PORTUGUESE)
def test_by_rules_in_portuguese(text: str, type_: str, authority: str, target: str) -> None:
    found = one(text, "pt", type_)
    assert (found.authority, found.targets[0]) == (authority, target)


@pytest.mark.skipif(english() is None, reason="no English model is installed")
def test_amount_count_date_and_status_are_those_told() -> None:
    reward = one(
        "On Thursday Pam Bondi announced a $50 million reward for Nicolas Maduro’s arrest.", "en", "reward_offer"
    )
    assert reward.amount is not None
    assert (reward.amount.value, reward.amount.unit, reward.iso, reward.status) == (
        5e7,
        "USD",
        "2025-08-07",
        "announced",
    )
    assert one("Mexico handed over 29 prisoners to the United States.", "en", "extradition").count == 29
    assert one("Canada may impose sanctions on three men.", "en", "sanctions").status == "threatened"


@pytest.mark.skipif(english() is None, reason="no English model is installed")
@pytest.mark.parametrize("text", [
    "The bank charged nine per cent.", "The parish council designated the barn a listed building.",
    "He was born in Sinaloa.", "The actor received a reward.", "She is on the list of guests.",
])  # fmt: skip
def test_what_is_no_measure_is_not_read_as_one(text: str) -> None:
    assert read(text, lang="en").measures == ()


@pytest.mark.skipif(english() is None, reason="no English model is installed")
def test_a_measure_that_is_denied_says_so_and_the_denial_names_it() -> None:
    text = "Ottawa has sanctioned three men. The minister denied that Canada had sanctioned Los Choneros."
    statuses = [m.status for m in read(text, lang="en").measures]
    assert "denied" in statuses


def test_evidence_and_dates_stand_in_the_unaltered_text() -> None:
    text = "​‮El Tesoro‬ sancionó ayer a Los Choneros.​"
    reading = read(text, lang="es")
    for measure in reading.to_dict()["measures"]:
        span = measure["evidence"]
        assert text[span["start"] : span["end"]] == span["text"]

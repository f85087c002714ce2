"""Groups whose names mean something else as well."""

import pytest

from allonym.news.read import read
from allonym.news.reading import Mention


def groups(text: str, lang: str = "en") -> list[Mention]:
    return [m for m in read(text, lang=lang).mentions if m.type == "designated_group"]


@pytest.mark.parametrize(
    "text",
    [
        "Los Zetas were accused of extortion in Veracruz.",
        "The Treasury sanctioned Los Lobos. Los Lobos did not answer.",
        "Members of Barrio 18 were arrested in San Salvador.",
    ],
)
def test_crime_and_lists_settle_a_name(text: str) -> None:
    found = groups(text)
    assert found and not any(m.ambiguous for m in found)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Los Zetas came to the wedding in white shirts.", "Zetas is also a family name"),
        ("Los Lobos played until midnight, and everybody sang.", "also a band"),
        ("The bus stops at Barrio 18, behind the market.", "a barrio may be called so"),
    ],
)
def test_what_nothing_settles_is_ambiguous_with_the_reason(text: str, reason: str) -> None:
    (found,) = groups(text)
    assert reason in found.ambiguous and "nothing beside it" in found.ambiguous
    assert found.entity_id or found.canonical


@pytest.mark.parametrize(
    "text",
    [
        "The family Los Zetas sells bread.",
        "The wedding band was Los Lobos, as every year.",
        "He called the bankers a cartel of banks.",
        "Rain fell in Sinaloa and the governor of Sinaloa closed schools.",
    ],
)
def test_what_context_settles_otherwise_is_no_group(text: str) -> None:
    assert groups(text) == []


def test_a_place_that_acts_may_be_its_cartel() -> None:
    text = "The Sinaloa Cartel lost two ports. Sinaloa sent its best men south. Rain fell in Sinaloa."
    named, acting = groups(text)
    assert (named.canonical, named.ambiguous) == ("Sinaloa Cartel", "")
    assert acting.canonical == "Sinaloa Cartel" and "a state of Mexico" in acting.ambiguous
    assert text[acting.span.start :].startswith("Sinaloa sent")

"""Claims of whole sentences: where what is said begins and ends, and who says it."""

import pytest

from allonym.news.read import read


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Laura Mills said the ship was hers and denied that it carried arms.",
            [("Laura Mills", "the ship was hers", False), ("Laura Mills", "it carried arms", True)],
        ),
        ("Laura Mills denied wrongdoing.", [("Laura Mills", "wrongdoing", True)]),
        ("Laura Mills was denied bail.", []),
        ("Laura Mills denounced the warrants as a farce.", [("Laura Mills", "the warrants as a farce", False)]),
        ("Laura Mills pleaded guilty to smuggling.", []),
        ("Two men were arrested and accused of smuggling rifles.", []),
        (
            "His lawyer in Texas, Laura Mills, said he would appeal.",
            [("Laura Mills", "he would appeal", False)],
        ),
        (
            "The EU listed 17 ships, and Canada is expected to follow, according to two officials.",
            [("two officials", "Canada is expected to follow", False)],
        ),
        (
            "The list had grown again, Reuters reported, citing two shipping sources.",
            [
                ("Reuters", "The list had grown again", False),
                ("two shipping sources", "The list had grown again", False),
            ],
        ),
    ],
)
def test_who_says_what(text: str, told: list[tuple[str, str, bool]]) -> None:
    found = read(text, lang="en").claims
    assert [(c.speaker, text[c.contents[0].start : c.contents[0].end], c.denial) for c in found] == told


@pytest.mark.parametrize(
    ("lang", "text", "told"),
    [
        ("es", "Laura Mora tachó la sanción de «absurda».", ("Laura Mora", "la sanción de «absurda»")),
        ("es", "«No es cierto», escribió Laura Mora en Telegram.", ("Laura Mora", "«No es cierto»")),
        ("pt", "Laura Moura classificou a decisão de inaceitável.", ("Laura Moura", "a decisão de inaceitável")),
    ],
)
def test_what_somebody_calls_a_thing(lang: str, text: str, told: tuple[str, str]) -> None:
    (claim,) = read(text, lang=lang).claims
    assert (claim.speaker, text[claim.contents[0].start : claim.contents[0].end]) == told


def test_what_is_denied_beside_a_quotation_is_a_claim_of_its_own() -> None:
    text = "La abogada Laura Mora negó los cargos: «Mi cliente vende pan»."
    found = read(text, lang="es").claims
    assert [(c.speaker, c.denial, text[c.contents[0].start : c.contents[0].end]) for c in found] == [
        ("Laura Mora", True, "los cargos"),
        ("Laura Mora", True, "«Mi cliente vende pan»"),
    ]

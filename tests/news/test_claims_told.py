"""Claims in the wordings of newspapers and agencies: who is said to say what."""

import pytest

from allonym.news.read import read

ENGLISH = [
    (
        "The unions, which have many members, say the plan is bad.",
        [("The unions", "the plan is bad")],
    ),
    (
        "The ministry was quoted by state media as saying the sanctions would fail.",
        [("The ministry", "the sanctions would fail")],
    ),
    ("Laura Mills said her clients would sue.", [("Laura Mills", "her clients would sue")]),
    (
        "Republicans argue that the bill would raise costs, while Democrats say it is long overdue.",
        [("Republicans", "the bill would raise costs"), ("Democrats", "it is long overdue")],
    ),
    ("The company expects revenue to grow next year.", [("The company", "revenue to grow next year")]),
    ("The candidate promised to cut taxes for many.", [("The candidate", "to cut taxes for many")]),
    ("A new study found that bad air shortens lives.", [("A new study", "bad air shortens lives")]),
    ("Laura Mills thinks the fee is too high.", [("Laura Mills", "the fee is too high")]),
    (
        "The FBI's claim that the letters were secret was rejected.",
        [("Federal Bureau of Investigation", "the letters were secret")],
    ),
    ("The airline blamed the delays on bad weather.", [("The airline", "the delays on bad weather")]),
    (
        "Taxes would fall for most families, the Treasury estimates.",
        [("Treasury Department", "Taxes would fall for most families")],
    ),
    (
        "Laura Mills, asked about the reports, said the army had done its duty.",
        [("Laura Mills", "the army had done its duty")],
    ),
    (
        "The shipowner, reached by phone, said he had sold the tanker.",
        [("The shipowner", "he had sold the tanker")],
    ),
    (
        "The chancellor, under fire from her own party, insisted there would be no change.",
        [("The chancellor", "there would be no change")],
    ),
    (
        "The embassy described the accusations as “fantasies”.",
        [("The embassy", "the accusations as “fantasies”")],
    ),
    (
        "Laura Mills denied wrongdoing, and her attorney said she would fight the charges.",
        [("Laura Mills", "wrongdoing"), ("her attorney", "she would fight the charges")],
    ),
    (
        "The firm, denying any role in the theft, said it had cut its ties.",
        [("The firm", "any role in the theft"), ("The firm", "it had cut its ties")],
    ),
    (
        "Laura Mills has claimed, without evidence, that the vote was stolen.",
        [("Laura Mills", "the vote was stolen")],
    ),
    (
        "Britain is weighing a ban of its own, two officials in London said; the police would not comment.",
        [("two officials in London", "Britain is weighing a ban of its own")],
    ),
    (
        "The agency said the ship was seized, adding that its crew was safe.",
        [("The agency", "the ship was seized"), ("The agency", "its crew was safe")],
    ),
    (
        "The ministry said it was ready, which diplomats told the BBC would be untrue.",
        [("The ministry", "it was ready"), ("diplomats", "would be untrue")],
    ),
]
SPANISH = [
    (
        "Laura Gil defendió el ataque y lo calificó de “legítima defensa”.",
        [("Laura Gil", "de “legítima defensa”")],
    ),
    (
        "Según dijo a Efe un portavoz de la compañía, el buque cambió de bandera.",
        [("un portavoz de la compañía", "el buque cambió de bandera")],
    ),
    ("El general, en declaraciones a la radio, dijo que no los conoce.", [("El general", "no los conoce")]),
    ("El ejército afirmó haber matado a dos hombres.", [("El ejército", "haber matado a dos hombres")]),
    ("La empresa dijo no tener datos del caso.", [("La empresa", "no tener datos del caso")]),
    (
        "El vídeo, según el alcalde, fue generado por una máquina.",
        [("el alcalde", "El vídeo … fue generado por una máquina")],
    ),
    (
        "Destruyó una lancha en la que, según Laura Gil, viajaban once hombres.",
        [("Laura Gil", "viajaban once hombres")],
    ),
    ("A juicio de la defensa, las pruebas no bastan.", [("la defensa", "las pruebas no bastan")]),
    (
        "Laura Gil criticó la medida y dijo que el país no se arrodillará.",
        [("Laura Gil", "el país no se arrodillará")],
    ),
    ("El acusado se declaró inocente de los cargos.", [("El acusado", "se declaró inocente de los cargos")]),
    (
        "“No vamos a negociar con nadie”, dijo el alcalde durante un acto.",
        [("el alcalde", "“No vamos a negociar con nadie”")],
    ),
    (
        "Los tres hombres, aseguran sus familias, eran pescadores.",
        [("sus familias", "Los tres hombres … eran pescadores")],
    ),
    (
        "Un funcionario, bajo condición de anonimato, afirmó que habrá sanciones.",
        [("Un funcionario", "habrá sanciones")],
    ),
    (
        "La oficina informa que, a pedido de la junta, la banda quedó inscripta.",
        [("La oficina", "a pedido de la junta, la banda quedó inscripta")],
    ),
]
PORTUGUESE = [
    (
        "Laura Prado disse que “não haverá perdão” e que os culpados “serão presos”.",
        [("Laura Prado", "“não haverá perdão” e que os culpados “serão presos”")],
    ),
    (
        "A empresa era de fachada, segundo informou a Receita Federal.",
        [("Receita Federal", "A empresa era de fachada")],
    ),
    ("O exército afirmou ter matado dois homens.", [("O exército", "ter matado dois homens")]),
    (
        "Laura Prado, em nota, disse que vai recorrer da decisão.",
        [("Laura Prado", "vai recorrer da decisão")],
    ),
    (
        "Em nota, a empresa negou irregularidades e afirmou que colabora.",
        [("a empresa", "irregularidades"), ("a empresa", "colabora")],
    ),
    ("Na avaliação da defesa, a medida é ilegal.", [("defesa", "a medida é ilegal")]),
    (
        "O armador, ouvido pela SIC, garantiu desconhecer a origem do dinheiro.",
        [("O armador", "desconhecer a origem do dinheiro")],
    ),
    ("Documentos mostram que o homem morreu em 2016.", [("Documentos", "o homem morreu em 2016")]),
]


@pytest.mark.parametrize(
    ("lang", "text", "told"),
    [
        *(("en", *case) for case in ENGLISH),
        *(("es", *case) for case in SPANISH),
        *(("pt", *case) for case in PORTUGUESE),
    ],
)
def test_who_is_said_to_say_what(lang: str, text: str, told: list[tuple[str, str]]) -> None:
    found = read(text, lang=lang).claims
    assert [(c.speaker, " … ".join(text[s.start : s.end] for s in c.contents)) for c in found] == told


def test_a_quotation_above_a_text_is_of_the_one_named_first_below() -> None:
    text = "“Nobody ever asked us anything”\nLaura Mills has sold fish in Hull for 30 years.\nShe has no plans to stop."
    (claim,) = read(text, lang="en").claims
    assert claim.speaker == "Laura Mills"


def test_a_pronoun_with_nobody_before_it_stays_as_it_is() -> None:
    (claim,) = read("He said the ship was his.", lang="en").claims
    assert claim.speaker == "He"

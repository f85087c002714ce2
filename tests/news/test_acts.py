"""Single sentences, each with the measure that it tells: the many ways in which newspapers tell one thing."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from bench.agreement import alike

from allonym.news.read import read
from allonym.news.reading import Measure

CASES = Path(__file__).parents[1] / "cases/acts.tsv"
ROWS = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines()[1:]]


@cache
def shares(lang: str) -> tuple[float, float, float]:
    """Of the sentences of a language, how many are read with the type, the target too, the authority too."""
    told = [row[1:] for row in ROWS if row[0] == lang]
    met = Counter[str]()
    for type_, authority, target, sentence in told:
        found = [m for m in read(sentence, lang=lang).measures if m.type == type_]
        done_to = [m for m in found if any(alike(target, name) for name in m.targets)]
        by = [m for m in done_to if alike(authority or None, m.authority)]
        met.update(type=bool(found), target=bool(done_to), authority=bool(by))
    return met["type"] / len(told), met["target"] / len(told), met["authority"] / len(told)


@pytest.mark.parametrize("lang", ["en", "es", "pt"])
def test_most_ways_of_telling_a_measure_are_read(lang: str) -> None:
    type_, target, authority = shares(lang)
    assert type_ >= 0.93 and target >= 0.93 and authority >= 0.8


def test_every_type_is_among_the_sentences() -> None:
    assert {row[1] for row in ROWS if row[0] == "en"} >= {
        "sanctions", "terrorist_designation", "reward_offer", "charges", "arrest", "extradition", "tariff",
        "use_of_force", "delisting",
    }  # fmt: skip
    assert len({row[4] for row in ROWS}) == len(ROWS)


def only(sentence: str, lang: str = "en") -> Measure:
    (measure,) = read(sentence, lang=lang, date="2025-08-08").measures
    return measure


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("A Lebanese banker was sentenced in Paris on Monday. Samir Khoury, 61, showed no emotion.", "Samir Khoury"),
        ("A Lebanese banker was sentenced in Paris on Monday. Samir Khoury, his lawyer, said he would appeal.", None),
        ("Two men who ran it, Ali Haddad and Omar Nasser, were sanctioned by Canada.", "Omar Nasser"),
        ("Canada sanctioned five leaders of Los Lobos, including Pablo Rentería and José Cruz.", "José Cruz"),
        ("Pablo Rentería lives in Quito. He was arrested by police on Friday.", "Pablo Rentería"),
    ],
)
def test_who_is_described_is_named(text: str, targets: str | None) -> None:
    (measure,) = read(text, lang="en").measures
    assert (targets in measure.targets) if targets else all("Samir" not in name for name in measure.targets)


def test_both_of_which_are_the_two_named_before() -> None:
    text = "The cash went to Tren de Aragua and MS-13, both of which Washington designated as terrorist organizations."
    (measure,) = read(text, lang="en").measures
    assert set(measure.targets) == {"Tren de Aragua", "MS-13"}


def test_a_decree_does_not_act_but_who_signed_it() -> None:
    measure = only("Claudia Sheinbaum signed an order expelling Pablo Rentería.")
    assert (measure.authority, measure.targets) == ("Claudia Sheinbaum", ("Pablo Rentería",))


def test_what_is_not_done_is_no_measure() -> None:
    assert read("Pablo Rentería was not sanctioned by Canada.", lang="en").measures == ()
    assert read("El abogado de Pablo Rentería negó los cargos.", lang="es").measures == ()
    assert read("Los altos cargos de Venezuela viajaron a Cuba.", lang="es").measures == ()


def test_a_reward_is_no_arrest() -> None:
    measures = read("The FBI offered $5 million for the arrest of Pablo Rentería.", lang="en").measures
    assert [m.type for m in measures] == ["reward_offer"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The court listed three reasons for its decision.",
        "The band struck a deal with Sony.",
        "The team captured the title on Sunday.",
        "The company added 300 employees to its payroll list.",
        "Volunteers offered $200 for the lost dog.",
        "The museum removed the painting from its list of treasures.",
        "Police raided the bar and took away two laptops.",
        "The company was taken off the stock list in May.",
        "Mexico sends five players to the World Cup.",
        "Germany gave Spain a lesson in football.",
        "The European Union lists the risks in its report.",
        "Canada took the same view on Friday.",
        "US targets growth of 3% next year.",
        "The judge gave him ten days to answer.",
        "The storm struck Cuba on Tuesday.",
        "Scientists captured a rare frog in Ecuador.",
        "If convicted, he could spend ten years in prison.",
        "Shares in the listed company fell 5%.",
    ],
)
def test_what_only_sounds_like_a_measure_is_none(sentence: str) -> None:
    assert not read(sentence, lang="en").measures


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "La ONU condena el ataque contra el hospital y pide una tregua."),
        ("es", "El Ejército detuvo su avance a diez kilómetros de la ciudad."),
        ("es", "Estados Unidos entregó 20 millones de dólares en ayuda a Ecuador."),
        ("es", "La empresa ofrece millones de productos a sus clientes."),
        ("es", "El aumento de los aranceles preocupa a los empresarios."),
        ("es", "El presidente Petro atacó a la prensa en un discurso."),
        ("es", "La policía busca capturar a los autores del crimen."),
        ("es", "No hay sanciones contra Maduro, aseguró el canciller."),
        ("es", "El sicario mató a tres personas en Cali."),
        ("pt", "A ONU condena o ataque ao hospital."),
        ("pt", "O governo retirou os militares da lista de promoções."),
        ("pt", "A polícia tenta prender os assassinos."),
        ("pt", "Lula acusou Bolsonaro de mentir."),
        ("pt", "O Hamas matou 1.200 pessoas em Israel."),
    ],
)
def test_what_is_told_with_the_same_words_is_no_measure(lang: str, text: str) -> None:
    assert read(text, lang=lang).measures == ()


@pytest.mark.parametrize(
    ("lang", "text", "authority", "target"),
    [
        ("es", "El Reino Unido sancionó a Igor Petrov. Canadá hizo lo propio horas después.", "Canada", "Igor Petrov"),
        ("es", "Brasil declaró terrorista a Hezbolá. Lo mismo dijo el juez. Ya lo había hecho Paraguay.", "Paraguay",
         "Hezbollah"),
        ("pt", "O Reino Unido sancionou o banqueiro Igor Petrov. Bruxelas fez o mesmo.", "European Union",
         "Igor Petrov"),
    ],
)  # fmt: skip
def test_what_another_did_too(lang: str, text: str, authority: str, target: str) -> None:
    first, second = read(text, lang=lang).measures
    assert second.type == first.type
    assert (second.authority, second.targets) == (authority, (target,))


def test_what_another_did_not_do_is_no_measure() -> None:
    text = "El Reino Unido sancionó a Igor Petrov. Canadá no hizo lo propio."
    assert len(read(text, lang="es").measures) == 1


def test_a_list_named_before_is_the_same_list() -> None:
    text = (
        "Estados Unidos incluyó a Los Lobos en la lista de organizaciones terroristas. "
        "También añadió a Los Choneros a la lista."
    )
    assert [m.type for m in read(text, lang="es").measures] == ["terrorist_designation"] * 2


def test_the_doer_is_not_whom_it_was_done_to() -> None:
    text = "Ricardo Salgado fue detenido en Lisboa. La jueza María Prado también embargó sus bienes."
    assert [m.targets for m in read(text, lang="es").measures] == [("Ricardo Salgado",)] * 2


@pytest.mark.parametrize("again", ["Kuwait did so the following year.", "Kuwait took the same step in 2014."])
def test_what_another_state_did_so_too(again: str) -> None:
    first, second = read(f"Saudi Arabia banned Hezbollah in 2013. {again}", lang="en").measures
    assert (second.type, second.authority, second.targets) == (first.type, "Kuwait", ("Hezbollah",))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "El Metro se detuvo dos veces entre Chacaíto y Sabana Grande."),
        ("es", "La captura de atún cayó un 20 % en Ecuador."),
        ("es", "El jugador salió de la lista de convocados de la selección."),
        ("es", "El equipo envió a su portero a México."),
        ("es", "El Gobierno de Chile entregó viviendas a 200 familias."),
        ("es", "El Real Madrid paga 50 millones de euros por Rubén Salazar Ortiz."),
        ("es", "El árbitro castigó a Rubén Salazar Ortiz con una tarjeta roja."),
        ("es", "El volcán hundió varias casas en Tungurahua."),
        ("pt", "O atacante pegou 3 anos de contrato no Benfica."),
        ("pt", "A oferta de US$ 20 milhões do Flamengo pelo atacante foi recusada."),
        ("pt", "O juiz puniu Murilo Peixoto com cartão amarelo."),
        ("pt", "O presidente levou a família para os Estados Unidos."),
    ],
)
def test_words_of_measures_that_tell_of_none(lang: str, text: str) -> None:
    assert read(text, lang=lang).measures == ()


def test_a_headline_has_the_authority_of_its_lead() -> None:
    text = (
        "Detenido en Cádiz Rubén Salazar\nLa Guardia Civil detuvo ayer en Cádiz a Rubén Salazar Ortiz, un empresario."
    )
    assert {m.authority for m in read(text, lang="es").measures} == {"Guardia Civil"}

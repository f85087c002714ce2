"""Persons, offices, states and media by what stands beside their names, in three languages."""

import pytest

from allonym.news.known import known
from allonym.news.mentions import mentions


def read(text: str, lang: str) -> list[tuple[str, str, str]]:
    found = mentions(text, known(), lang)
    return [(text[m.span.start : m.span.end], m.type, m.canonical) for m in found]


def persons(text: str, lang: str) -> list[tuple[str, str]]:
    return [(name, canonical) for name, type_, canonical in read(text, lang) if type_ == "person"]


@pytest.mark.parametrize(
    ("text", "lang", "name"),
    [
        ("La antropóloga forense Rosalva Quispe explicó el hallazgo.", "es", "Rosalva Quispe"),
        ("El ministro de Defensa Iván Velásquez viajó.", "es", "Iván Velásquez"),
        ("La portavoz de la Casa Blanca Karoline Leavitt negó las versiones.", "es", "Karoline Leavitt"),
        ("El subsecretario de Prevención Marcos Whitlock viajó.", "es", "Marcos Whitlock"),
        ("O armador Anatoli Zubarev recorreu.", "pt", "Anatoli Zubarev"),
        ("O ministro do Supremo Tribunal Federal Alexandre de Moraes decidiu.", "pt", "Alexandre de Moraes"),
        ("O secretário de Polícia Civil Felipe Curi anunciou a operação.", "pt", "Felipe Curi"),
    ],
)
def test_a_person_by_a_trade_or_an_office(text: str, lang: str, name: str) -> None:
    assert [found for found, _ in persons(text, lang)] == [name]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("El buque granelero Ocean Lotus fue interceptado.", "es"),
        ("La empresa Minerales del Sur negó vínculos.", "es"),
        ("A gestora Vértice do Vale diz que não sabia.", "pt"),
        ("Se reunieron en Buenos Aires y en Nuevo León.", "es"),
        ("A Lei Magnitsky foi citada.", "pt"),
        ("El Premio Nobel de la Paz fue para otro.", "es"),
    ],
)
def test_what_is_called_as_persons_are(text: str, lang: str) -> None:
    assert persons(text, lang) == []


@pytest.mark.parametrize(
    ("text", "lang", "nick", "canonical"),
    [
        ("Cayó Aldo Duppié, “el Lobo”, en la costa.", "es", "Lobo", "Aldo Duppié"),
        ("Foi preso Sérgio Luiz de Freitas Filho, o Mijão, em casa.", "pt", "Mijão", "Sérgio Luiz de Freitas Filho"),
        ("Abelardo “El Tordo” Quintanar was arrested. “El Tordo” fled.", "en", "El Tordo", "Abelardo Quintanar"),
        ("Ofrecen dinero por alias Chirimoya, nombre con el que se conoce a Nelson Pabón Rincón.", "es", "Chirimoya",
         "Nelson Pabón Rincón"),
        ("A man known as “the Doctor” sent it.", "en", "Doctor", "Doctor"),
    ],
)  # fmt: skip
def test_nicknames(text: str, lang: str, nick: str, canonical: str) -> None:
    assert (nick, canonical) in persons(text, lang)


def test_a_name_in_part_is_that_of_the_full_one() -> None:
    found = persons("Cayó el abogado Hernán Bermúdez. Dijo que Bermúdez Requena fue hallado.", "es")
    assert {canonical for _, canonical in found} == {"Hernán Bermúdez"}


def test_a_family_name_that_the_text_gives_to_another_is_not_the_known_persons() -> None:
    found = persons("Habló el pintor Ernesto Rubio. Rubio vive en Cádiz.", "es")
    assert {canonical for _, canonical in found} == {"Ernesto Rubio"}


@pytest.mark.parametrize(
    ("text", "lang", "state"),
    [
        ("El Gobierno de Daniel Noboa declaró el estado de excepción.", "es", "Ecuador"),
        ("El Gobierno argentino lo declaró terrorista.", "es", "Argentina"),
        ("The Maduro government rejected it.", "en", "Venezuela"),
        ("Negó que hubiera presión de Washington.", "es", "United States"),
        ("A decisão segue as sanções da União Europeia.", "pt", "European Union"),
        ("Em novembro, a Polónia deteve um suspeito.", "pt", "Poland"),
        ("O ministro acusou Kiev de mentir.", "pt", "Ukraine"),
        ("Sheinbaum aseguró que México no aceptará nada.", "es", "Mexico"),
    ],
)
def test_states_that_act_or_are_acted_upon(text: str, lang: str, state: str) -> None:
    assert [canonical for _, type_, canonical in read(text, lang) if type_ == "government"] == [state]


def test_states_that_are_joined_to_one_that_acts() -> None:
    found = read("Ecuador, Argentina y Paraguay ya habían declarado terrorista al grupo.", "es")
    assert [name for name, _, _ in found] == ["Ecuador", "Argentina", "Paraguay"]


@pytest.mark.parametrize(
    ("text", "lang", "canonical"),
    [
        ("En Colombia, la Fiscalía pidió su captura.", "es", "Fiscalía General de la Nación"),
        ("En Ecuador, la Fiscalía pidió su captura.", "es", "Fiscalía General del Estado"),
        ("The UK acted in London. The Treasury froze his house.", "en", "HM Treasury"),
        ("The Lebanese troops left.", "en", "Lebanese Armed Forces"),
        ("La Armada estadounidense hundió una lancha.", "es", "U.S. Navy"),
        ("Policiais do Brasil disseram que o Exército ajudou.", "pt", "Exército Brasileiro"),
    ],
)
def test_offices_of_the_country_of_the_text(text: str, lang: str, canonical: str) -> None:
    assert canonical in [name for _, type_, name in read(text, lang) if type_ == "agency"]


@pytest.mark.parametrize(
    ("text", "lang", "medium"),
    [
        ("El fiscal le dijo a Semana que renuncia.", "es", "Semana"),
        ("O Expresso avançara que seria entregue.", "pt", "Expresso"),
        ("Las presas huyeron, según la agencia Lusa.", "es", "Lusa"),
        ("El Faro del Caribe reported it.", "en", "El Faro del Caribe"),
        ("An investigator told Guayaquil Today that it was over.", "en", "Guayaquil Today"),
    ],
)
def test_media_that_report_or_are_told(text: str, lang: str, medium: str) -> None:
    assert [name for name, type_, _ in read(text, lang) if type_ == "media"] == [medium]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("La semana pasada fue larga.", "es"),
        ("Comando vermelho no asfalto: bloco de enfermeiras.", "pt"),
        ("The Wednesday crowd at the shining path was thin.", "en"),
        ("Said cox Isis Marlowe, 20, of the boat.", "en"),
    ],
)
def test_words_that_names_are_made_of(text: str, lang: str) -> None:
    assert [m for m in read(text, lang) if m[1] in ("designated_group", "media")] == []


def test_groups_by_their_names_in_other_languages() -> None:
    texts = {
        "Los hutíes atacaron un buque.": "Houthis",
        "A Guarda Revolucionária respondeu.": "Islamic Revolutionary Guard Corps",
        "Detuvieron a uno de los Hermanos Musulmanes.": "Muslim Brotherhood",
        "O Clã do Golfo cresceu.": "Clan del Golfo",
    }  # fmt: skip
    for text, group in texts.items():
        assert [canonical for _, _, canonical in read(text, "es")] == [group]


def test_a_group_by_the_first_word_of_its_name() -> None:
    found = read("The Wagner Group left. Wagner had lost.", "en")
    assert [name for name, _, _ in found] == ["Wagner Group", "Wagner"]

"""The country of which a text speaks most, and whose an office is that many countries have: "la Fiscalía".

Takes the text with what is known; gives the country, and mentions under the name of that country's office. Must not
rename an office that the text names in full.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from allonym.news.known import Found, Known, fold
from allonym.news.reading import Mention

#: What media everywhere name as those that act from abroad.
_ABROAD = frozenset({"United States", "European Union", "United Nations"})
_FINANCIAL = "Unidad de Información Financiera de Argentina"
#: By what is written, whose it is in each country; elsewhere it is as `names.json` has it.
OFFICES = {
    "Fiscalía": {
        "Colombia": "Fiscalía General de la Nación", "Ecuador": "Fiscalía General del Estado",
        "Spain": "Fiscalía General del Estado", "Bolivia": "Fiscalía General del Estado",
        "Peru": "Ministerio Público del Perú", "Chile": "Fiscalía Nacional",
        "Venezuela": "Ministerio Público de Venezuela", "Paraguay": "Ministerio Público del Paraguay",
        "Guatemala": "Ministerio Público de Guatemala", "Honduras": "Ministerio Público de Honduras",
        "Panama": "Ministerio Público de Panamá", "Costa Rica": "Fiscalía General de Costa Rica",
        "Uruguay": "Fiscalía de Uruguay", "El Salvador": "Fiscalía General de la República de El Salvador",
        "Argentina": "Ministerio Público Fiscal",
    },
    "Cancillería": {
        "Mexico": "Secretaría de Relaciones Exteriores", "Colombia": "Ministerio de Relaciones Exteriores de Colombia",
        "Argentina": "Ministerio de Relaciones Exteriores, Comercio Internacional y Culto",
        "Chile": "Ministerio de Relaciones Exteriores de Chile", "Peru": "Ministerio de Relaciones Exteriores del Perú",
        "Venezuela": "Ministerio de Relaciones Exteriores de Venezuela",
        "Bolivia": "Ministerio de Relaciones Exteriores de Bolivia",
        "Paraguay": "Ministerio de Relaciones Exteriores del Paraguay",
        "Ecuador": "Ministerio de Relaciones Exteriores y Movilidad Humana",
        "Cuba": "Ministerio de Relaciones Exteriores de Cuba",
    },
    "UIF": {"Argentina": _FINANCIAL, "Bolivia": "UIF Bolivia", "Peru": "UIF-Perú"},
    "Unidad de Información Financiera": {"Argentina": _FINANCIAL},
    "Policía Nacional": {
        "Colombia": "Policía Nacional de Colombia", "Ecuador": "Policía Nacional del Ecuador",
        "Peru": "Policía Nacional del Perú", "Paraguay": "Policía Nacional de Paraguay",
        "Honduras": "Policía Nacional de Honduras", "Panama": "Policía Nacional de Panamá",
        "Dominican Republic": "Policía Nacional Dominicana", "Nicaragua": "Policía Nacional de Nicaragua",
    },
    "Congresso": {"Brazil": "Congresso Nacional"}, "Senado": {"Brazil": "Senado Federal"},
    "Exército": {"Brazil": "Exército Brasileiro"}, "Marinha": {"Brazil": "Marinha do Brasil"},
    "Supremo": {"Brazil": "Supremo Tribunal Federal"}, "Câmara": {"Brazil": "Câmara dos Deputados"},
    "Aeronáutica": {"Brazil": "Força Aérea Brasileira"}, "Rota": {"Brazil": "Rondas Ostensivas Tobias de Aguiar"},
    "Ejército": {"Colombia": "Ejército Nacional de Colombia"},
    "Policía Nacional Civil": {"El Salvador": "Policía Nacional Civil de El Salvador",
                               "Guatemala": "Policía Nacional Civil de Guatemala"},
    "PNC": {"El Salvador": "Policía Nacional Civil de El Salvador", "Guatemala": "Policía Nacional Civil de Guatemala"},
    "National Civil Police": {"El Salvador": "Policía Nacional Civil de El Salvador",
                              "Guatemala": "Policía Nacional Civil de Guatemala"},
}  # fmt: skip
#: Towns, regions and money that tell of which country a text speaks.
_PLACES = {
    "Colombia": "medellin cali cucuta barranquilla cartagena antioquia cauca catatumbo narino arauca choco putumayo "
    "buenaventura "
    "uraba bucaramanga tibu caqueta guaviare",
    "Ecuador": "guayaquil manta guayas esmeraldas manabi duran machala cuenca posorja",
    "Mexico": "culiacan tijuana guadalajara monterrey michoacan tamaulipas guanajuato chihuahua sonora zacatecas "
    "mazatlan "
    "reynosa matamoros colima nayarit veracruz chiapas puebla",
    "Argentina": "ezeiza misiones bonaerense conurbano",
    "Peru": "lima callao trujillo arequipa piura tumbes vraem", "Chile": "iquique arica antofagasta "
    "valparaiso tarapaca",
    "Venezuela": "maracaibo tachira zulia apure tocoron miraflores bolivares barinas",
    "Honduras": "tegucigalpa lempiras comayagua roatan olancho", "Guatemala": "quetzales quetzaltenango "
    "huehuetenango escuintla",
    "Spain": "madrid barcelona malaga sevilla galicia cadiz algeciras marbella alicante moncloa",
    "Paraguay": "guaranies asuncion amambay", "Bolivia": "cochabamba chapare beni", "Costa Rica": "colones",
    "Panama": "balboas", "El Salvador": "soyapango cecot", "Uruguay": "montevideo", "Brazil": "reais",
}  # fmt: skip
_OF_PLACE = {word: country for country, words in _PLACES.items() for word in words.split()}
_BRITISH = {"Treasury": "HM Treasury", "the Treasury": "HM Treasury"}


def countries(text: str, known: Known, hits: Sequence[Found]) -> Counter[str]:
    """How often a text names each country, by its name or adjective."""
    told = Counter(hit.name.canonical for hit in hits if hit.name.type == "government")
    for word in re.findall(r"\w+", fold(text)):
        country = known.adjectives.get(word) or _OF_PLACE.get(word)
        if country:
            told[country] += 1
    return told


def home(told: Counter[str]) -> str | None:
    """The country of which a text speaks most, those that act from everywhere left out."""
    return next((name for name, _ in told.most_common() if name not in _ABROAD), None)


def at_home(text: str, mentions: Sequence[Mention], told: Counter[str]) -> list[Mention]:
    """The mentions, offices that many countries have under the name of that of the country the text is about."""
    country = home(told)
    british = told["United Kingdom"] > told["United States"]
    found = list[Mention]()
    for mention in mentions:
        written = text[mention.span.start : mention.span.end]
        office = OFFICES.get(written, {}).get(country or "") if mention.type == "agency" else None
        if british and mention.type == "agency":
            office = _BRITISH.get(written, office)
        found.append(replace(mention, canonical=office, entity_id=None) if office else mention)
    return found

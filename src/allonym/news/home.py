"""The country of which a text speaks most, and whose an office is that many countries have: "la Fiscalía".

Takes the text with what is known; gives the country, and mentions under the name of that country's office. Must not
rename an office that the text names in full.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from allonym.news.known import Found, Known, fold
from allonym.news.reading import Mention

#: What media everywhere name as those that act from abroad.
_ABROAD = frozenset({"United States", "European Union", "United Nations"})
#: Where the language of a text is spoken.
_SPEAK = {
    "es": frozenset({
        "Mexico", "Colombia", "Argentina", "Chile", "Peru", "Ecuador", "Venezuela", "Bolivia", "Paraguay", "Uruguay",
        "Guatemala", "Honduras", "El Salvador", "Nicaragua", "Costa Rica", "Panama", "Cuba", "Dominican Republic",
        "Spain", "Haiti",
    }),
    "pt": frozenset({"Brazil", "Portugal", "Angola", "Mozambique", "Cape Verde", "Guinea-Bissau"}),
}  # fmt: skip
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
    "Congreso": {
        "Peru": "Congreso de la República del Perú", "Colombia": "Congreso de la República",
        "Mexico": "Congreso de la Unión", "Guatemala": "Congreso de Guatemala",
        "Honduras": "Congreso Nacional de Honduras", "Spain": "Congreso de los Diputados",
        "Chile": "Congreso Nacional de Chile", "Argentina": "Congreso de la Nación",
        "Paraguay": "Congreso Nacional de Paraguay",
    },
    "Ministerio Público": {
        "Peru": "Ministerio Público del Perú", "Venezuela": "Ministerio Público de Venezuela",
        "Paraguay": "Ministerio Público del Paraguay", "Guatemala": "Ministerio Público de Guatemala",
        "Honduras": "Ministerio Público de Honduras", "Panama": "Ministerio Público de Panamá",
        "Chile": "Ministerio Público de Chile", "Bolivia": "Ministerio Público de Bolivia",
        "Argentina": "Ministerio Público Fiscal", "Costa Rica": "Ministerio Público de Costa Rica",
        "Dominican Republic": "Ministerio Público de República Dominicana",
    },
    "Policía Federal": {"Argentina": "Policía Federal Argentina", "Mexico": "Policía Federal de México"},
    "Policía Militar": {"Honduras": "Policía Militar del Orden Público"},
    "Guardia Nacional": {"Venezuela": "Guardia Nacional Bolivariana"},
    "Armada": {
        "Colombia": "Armada de Colombia", "Ecuador": "Armada del Ecuador", "Chile": "Armada de Chile",
        "Mexico": "Secretaría de Marina", "Spain": "Armada Española", "Argentina": "Armada Argentina",
        "Dominican Republic": "Armada de República Dominicana",
    },
    "Fuerzas Armadas": {
        "Ecuador": "Fuerzas Armadas del Ecuador", "Peru": "Fuerzas Armadas del Perú",
        "Venezuela": "Fuerza Armada Nacional Bolivariana", "Colombia": "Fuerzas Militares de Colombia",
        "Bolivia": "Fuerzas Armadas de Bolivia", "Paraguay": "Fuerzas Armadas de Paraguay",
        "Honduras": "Fuerzas Armadas de Honduras", "Brazil": "Forças Armadas do Brasil",
    },
    "Fuerza Aérea": {
        "Colombia": "Fuerza Aeroespacial Colombiana", "Peru": "Fuerza Aérea del Perú",
        "Ecuador": "Fuerza Aérea Ecuatoriana", "Mexico": "Fuerza Aérea Mexicana", "Chile": "Fuerza Aérea de Chile",
        "Paraguay": "Fuerza Aérea Paraguaya", "Argentina": "Fuerza Aérea Argentina",
    },
    "Ministerio del Interior": {
        "Ecuador": "Ministerio del Interior del Ecuador", "Peru": "Ministerio del Interior del Perú",
        "Paraguay": "Ministerio del Interior de Paraguay", "Uruguay": "Ministerio del Interior de Uruguay",
        "Spain": "Ministerio del Interior", "Chile": "Ministerio del Interior de Chile",
        "Colombia": "Ministerio del Interior de Colombia", "Cuba": "Ministerio del Interior de Cuba",
    },
    "Ministerio de Defensa": {
        "Colombia": "Ministerio de Defensa de Colombia", "Ecuador": "Ministerio de Defensa del Ecuador",
        "Peru": "Ministerio de Defensa del Perú", "Spain": "Ministerio de Defensa de España",
        "Argentina": "Ministerio de Defensa de Argentina", "Venezuela": "Ministerio de Defensa de Venezuela",
        "Bolivia": "Ministerio de Defensa de Bolivia", "Paraguay": "Ministerio de Defensa de Paraguay",
    },
    "Corte": {
        "Costa Rica": "Corte Suprema de Justicia de Costa Rica", "Honduras": "Corte Suprema de Justicia de Honduras",
        "Mexico": "Suprema Corte de Justicia de la Nación", "Colombia": "Corte Suprema de Justicia",
        "Argentina": "Corte Suprema de Justicia de la Nación", "Paraguay": "Corte Suprema de Justicia de Paraguay",
        "Chile": "Corte Suprema de Chile", "Ecuador": "Corte Nacional de Justicia",
        "Guatemala": "Corte Suprema de Justicia de Guatemala",
    },
    "Policía Nacional": {
        "Haiti": "Policía Nacional de Haití", "Spain": "Policía Nacional", "Uruguay": "Policía Nacional de Uruguay",
        "Colombia": "Policía Nacional de Colombia", "Ecuador": "Policía Nacional del Ecuador",
        "Peru": "Policía Nacional del Perú", "Paraguay": "Policía Nacional de Paraguay",
        "Honduras": "Policía Nacional de Honduras", "Panama": "Policía Nacional de Panamá",
        "Dominican Republic": "Policía Nacional Dominicana", "Nicaragua": "Policía Nacional de Nicaragua",
    },
    "Congresso": {"Brazil": "Congresso Nacional"}, "Senado": {"Brazil": "Senado Federal"},
    "Exército": {"Brazil": "Exército Brasileiro"}, "Marinha": {"Brazil": "Marinha do Brasil"},
    "Supremo": {"Brazil": "Supremo Tribunal Federal"}, "Câmara": {"Brazil": "Câmara dos Deputados"},
    "Aeronáutica": {"Brazil": "Força Aérea Brasileira"}, "Rota": {"Brazil": "Rondas Ostensivas Tobias de Aguiar"},
    "Ejército": {
        "Colombia": "Ejército Nacional de Colombia", "Mexico": "Ejército Mexicano", "Peru": "Ejército del Perú",
        "Ecuador": "Ejército Ecuatoriano", "Chile": "Ejército de Chile", "Spain": "Ejército Español",
        "Guatemala": "Ejército de Guatemala", "Nicaragua": "Ejército de Nicaragua",
    },
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
    "reynosa matamoros colima nayarit veracruz chiapas puebla fgr sedena semar sspc cnbv ciudadjuarez",
    "Argentina": "ezeiza misiones bonaerense conurbano repet procelac procunar rosario",
    "Peru": "lima callao trujillo arequipa piura tumbes vraem pnp", "Chile": "iquique arica antofagasta "
    "valparaiso tarapaca",
    "Venezuela": "maracaibo tachira zulia apure tocoron miraflores bolivares barinas",
    "Honduras": "tegucigalpa lempiras comayagua roatan olancho sula", "Guatemala": "quetzales quetzaltenango "
    "huehuetenango escuintla",
    "Spain": "madrid barcelona malaga sevilla galicia cadiz algeciras marbella alicante moncloa",
    "Paraguay": "guaranies asuncion amambay", "Bolivia": "cochabamba chapare beni",
    "Costa Rica": "colones oij alajuela puntarenas guanacaste heredia ticos moin",
    "Panama": "balboas", "El Salvador": "soyapango cecot", "Uruguay": "montevideo",
    "Brazil": "reais itamaraty stf pgr coaf planalto gaeco ibama paulista carioca paulistano fluminense mpf",
    "Portugal": "lisboa psp gnr dciap coimbra setubal braga leixoes algarve", "Angola": "luanda kwanzas",
    "Mozambique": "maputo meticais palma",
}  # fmt: skip
_OF_PLACE = {word: country for country, words in _PLACES.items() for word in words.split()}
_AMERICAN = re.compile(r"\b(?:U\.?S\.? Treasury|Treasury Department|Department of the Treasury|OFAC|Ofac)\b")
_HM = re.compile(r"\b(?:HM Treasury|OFSI|Chancellor of the Exchequer)\b")
_BRITISH = {"Treasury": "HM Treasury", "the Treasury": "HM Treasury"}


def told_of(text: str, known: Known, hits: Sequence[Found]) -> list[tuple[int, str]]:
    """Where a text names a country, by its name, an adjective or a town, in order."""
    told = [(hit.start, hit.name.canonical) for hit in hits if hit.name.type == "government"]
    for match in re.finditer(r"\w+", fold(text)):
        country = known.adjectives.get(match[0]) or _OF_PLACE.get(match[0])
        if country:
            told.append((match.start(), country))
    return sorted(told)


def countries(told: Sequence[tuple[int, str]]) -> Counter[str]:
    """How often a text names each country."""
    return Counter(country for _, country in told)


def home(told: Counter[str], lang: str = "") -> str | None:
    """The country of which a text speaks most, those that act from everywhere left out; of those that speak its
    language where there is one."""
    named = [name for name, _ in told.most_common() if name not in _ABROAD]
    return next((name for name in named if name in _SPEAK.get(lang, ())), named[0] if named else None)


def at_home(text: str, mentions: Sequence[Mention], where: Sequence[tuple[int, str]], lang: str = "") -> list[Mention]:
    """The mentions, offices that many countries have under the name of that of the country named behind them, else of
    the country the text is about; `where` is what `told_of` gives."""
    told = countries(where)
    country = home(told, lang)
    british = not _AMERICAN.search(text) and (told["United Kingdom"] > told["United States"] or bool(_HM.search(text)))
    found = list[Mention]()
    for mention in mentions:
        written = text[mention.span.start : mention.span.end]
        whose = OFFICES.get(written, {}) if mention.type == "agency" else {}
        office = whose.get(_behind(text, mention.span.end, where) or country or "") if whose else None
        if british and mention.type == "agency":
            office = _BRITISH.get(written, office)
        found.append(replace(mention, canonical=office, entity_id=None) if office else mention)
    return found


def _behind(text: str, end: int, where: Sequence[tuple[int, str]]) -> str | None:
    """The country that "de" or an adjective names right behind an office."""
    at = bisect_left(where, (end, ""))
    near = at < len(where) and re.fullmatch(r"(?: d(?:el?|e la|e los|o|a|os))? ", text[end : where[at][0]])
    return where[at][1] if near else None

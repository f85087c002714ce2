"""Offices and forces that an adjective of a country names: "the Lebanese army", "la Fiscalía española".

Takes the text with what is known; gives mentions. Must not take what has a name of its own, nor police and prosecutors
of whom English speaks without a name.
"""

import re

from allonym.news.home import homes
from allonym.news.known import Known, fold
from allonym.news.reading import Mention, Span
from allonym.news.taken import Taken

_ENGLISH = re.compile(
    r"\b(?P<whose>U\.S\.|US|UK|[A-Z][a-z]+(?: Korean| African| Zealand| Lankan)?) "
    r"(?P<what>military|armed forces|army|troops|navy|marines|air force|coast ?guard|naval forces)\b",
)
_FORCES = {
    "military": "Armed Forces", "armed forces": "Armed Forces", "troops": "Armed Forces", "army": "Army",
    "navy": "Navy",
    "naval forces": "Navy", "marines": "Navy", "air force": "Air Force", "coast guard": "Coast Guard",
    "coastguard": "Coast Guard",
}  # fmt: skip
_OFFICE = re.compile(
    r"\b(?P<what>Fiscalía|Policía|Polícia|Armada|Marinha|Marina|Ejército|Exército|Fuerza Aérea|Força Aérea"
    r"|Fuerzas Armadas"
    r"|Forças Armadas|Guardia Costera|Guarda Costeira|Procuraduría|Procuradoria|Gendarmería|Guardia Nacional"
    r"|Policía Nacional|Policía Federal|Polícia Federal|Ministerio Público|Ministério Público|Embajada|Embaixada)"
    r" (?P<whose>[a-zà-ü-]+)\b"
)
#: Offices that are written with a capital and nothing else, of the country a Spanish text is about.
_ALONE = {
    "es": re.compile(
        r"\b(?:[Ee]l|[Ll]a|al?|del) (?P<what>Congreso|Senado|Ejército|Armada|Corte|Asamblea|Parlamento|Fuerza Aérea)\b"
        r"(?! (?:[A-Z]|del?\b|federal|nacional|[a-z]+(?:ano|ana|ense|eño|eña)\b))"
    ),
    "pt": re.compile(
        r"\b(?:[OoAa]|ao|à|d[oa]|n[oa]|pel[oa]) (?P<what>Congresso|Senado|Exército|Marinha|Supremo|Câmara|Rota"
        r"|Aeronáutica)\b"
        r"(?! (?:[A-Z]|d[eoa]s?\b|federal|[a-z]+(?:ano|ana|ense|ês|eiro|eira)\b))"
    ),
}
_SPANISH = {"Mexico": "México", "Brazil": "Brasil", "Spain": "España", "Peru": "Perú", "Panama": "Panamá",
            "Dominican Republic": "República Dominicana", "Haiti": "Haití"}  # fmt: skip
_NAVIES = frozenset({"Armada", "Marina", "Marinha"})


def forces(text: str, known: Known, found: Taken) -> None:
    """Take offices and forces that are named by what they are and the adjective of their country."""
    for match in _ENGLISH.finditer(text):
        country = known.adjectives.get(fold(match["whose"]))
        if country:
            name = f"{match['whose']} {_FORCES[match['what']]}"
            found.take(Mention(Span(*match.span()), "agency", _american(country, name)))
    for match in _OFFICE.finditer(text):
        country = known.adjectives.get(fold(match["whose"]))
        if country:
            what = "Policía Nacional" if match["what"] == "Policía" else match["what"]
            name = homes().offices.get(what, {}).get(country, match[0])
            found.instead(Mention(Span(*match.span()), "agency", _american(country, name)))


def _american(country: str, name: str) -> str:
    """What an American force is called, which English texts name in many ways; the name for others."""
    if country != "United States":
        return name
    if name.split()[0] in _NAVIES or name.endswith("Navy"):
        return "U.S. Navy"
    return "United States Armed Forces" if name.endswith("Armed Forces") else name


def home_offices(text: str, lang: str, home: str | None, found: Taken) -> None:
    """Take "el Congreso", "o Exército" alone, under what they are called in the country of the text."""
    for match in _ALONE[lang].finditer(text) if home and lang in _ALONE else ():
        what = match["what"]
        name = homes().offices.get(what, {}).get(home or "")
        if name or lang == "es":
            of_country = f"{what} de {_SPANISH.get(home or '', home)}"
            found.take(Mention(Span(*match.span("what")), "agency", name or of_country))

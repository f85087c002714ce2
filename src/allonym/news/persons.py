"""Persons that no list knows, and names that a text introduces itself.

Takes the text; gives places of full names, with the reason in the text that they are persons. Must not use a list of
persons.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from allonym.names.frequency import rarity
from allonym.names.parts import Kind
from allonym.names.script import words
from allonym.news.person_words import COMPLEMENT, NATIONS, NOT_NAMES, ROLES, SAYING, TRADE
from allonym.news.reading import Span

NEAR = 90  # characters before a name in which an office or a trade tells that it is a person's
BORNE = 8.99  # nats: any part that the tables of frequencies have

_PART = r"(?:[A-ZÁÉÍÓÚÑÂÊÔÃÕÇÀŠŽÖÜÉ][\w’'-]*[a-záéíóúñâêôãõçàèëïöü][\w’'-]*|[A-Z]\.)"
_LINK = r"(?: (?:de la|de los|del|de|da|do|dos|das|van der|van|von|al|bin|el|la))?"
_NICK = r"(?: [“\"«‘'][^”\"»’'\n]{2,25}[”\"»’'])?"
FULL = re.compile(rf"(?<![\w’'-]){_PART}(?:{_NICK}{_LINK} (?:al-)?{_PART}){{1,5}}")
_ROLE_BEFORE = re.compile(
    rf"(?:(?i:\b(?:ex-?|vice-?|sub-?)?(?:{ROLES})(?:e?s|-geral|-chefe|-general)?\b\.?)"
    r"(?: [a-záéíóúãõç]{4,}){0,2},?\s"
    rf"|\b(?:[Ee]l|[Ll]a|[Oo]|[Uu]na?|[Uu]ma?|al|del|ao|do|da|pelo|pela|[Ll]os|[Oo]s|dos|y|e) (?:{NATIONS})s?\s"
    r"|\bHonourable )[“\"]?$"
)
_TRADE_BEFORE = re.compile(TRADE + COMPLEMENT + r"{1,6}| )[“\"«]?$")
#: An office and what it is of before a name: "el ministro de Defensa X", "a porta-voz da Casa Branca X".
_ROLE_OF = re.compile(rf"\b(?:ex-?)?(?i:{ROLES})" + COMPLEMENT + r"{1,6})[“\"«]?$")
_OF_WHAT = re.compile(rf"(?:\b(?:ex-?)?(?i:{ROLES})|{TRADE})" + COMPLEMENT + r"{0,6})$")
_ROLE_AFTER = re.compile(
    r",? (?:– )?(?:the |a |an |el |la |un |una |o |um |uma |who\b|whose\b|quien\b|known as |also known as |alias "
    r"|a\.k\.a\. "
    r"|conocid[oa] |conhecid[oa] |"
    rf"apontado |acusad[oa] |(?=(?:{ROLES})\b))(?:[\w’'-]+ ){{0,3}}?(?i:(?:{ROLES})\b|as\b|por\b|como\b|[“\"«])"
)
_SAYS_AFTER = re.compile(
    rf",?\s(?:se |não |no |lo |la |también |também |also |has |had |have |ha |had )?(?:{SAYING}|was (?:arrested"
    r"|charged|"
    rf"extradited)|wore|sings)\b"
)
_WAS = re.compile(r" (?:fue|foi|fueron|foram)\b")
#: What leaves no doubt behind a name: ", who took over", " (“War”)".
_WHO_AFTER = re.compile(
    r", (?:who|whom|whose|a quien|quien|a quem|quem|(?:his|her|their|my|su|seu|sua)\b)\b"
    r"|,? \(?(?:or |o |ou |aka |a\.k\.a\. |alias |vulgo |apodad[oa] |apelidad[oa] (?:de )?)?[“‘«][A-ZÁÉÍÓÚ][a-záéíóúñ]"
    r"[^”’»\n]{1,20}[”’»]\)?[,.; ]"
    r"|,? (?:vulgo|alias|apodad[oa]|apelidad[oa]|a quien (?:llaman|apodan|le dicen)) "
)
#: How many people are named next: "two men, X and Y", "the suspects: X".
_PEOPLE = re.compile(
    r"\b(?:men|women|people|suspects|individuals|defendants|fugitives|citizens|nationals|hombres|mujeres|personas"
    r"|sospechosos|detenidos|capturados|imputados|prófugos|ciudadanos|homens|mulheres|pessoas|suspeitos|presos"
    r"|foragidos|cidadãos)(?:, (?:identified as |identificad[oa]s como )?|: | identified as | identificad[oa]s como )$"
)
_SAYS_BEFORE = re.compile(rf"\b(?:{SAYING})\s(?:a |an |al |o |el |la )?$")
_APPOSED = re.compile(
    r",? (?:, )?\(?(?:a\.k\.a|alias|known as)|, (?:\d{1,3}|de \d+ (?:años|anos)|a|an|the|who|whose|once|un|una|"
    r"el|la|um|uma|o|quien|que|head|director|directora|minister|ministro|"
    r"jefe|jefa|nieta|nieto|spokes\w+|professor|presidente|president|chief|lawyer|owner|founder|conocido|"
    r"conhecido|alias|from|of)\b|,? [“«‘\"]"
)
_AGED = re.compile(r", (?:\d{2}|de \d+ (?:años|anos))[,.]|,? \(\d{2}\)")
_PASSIVE_BEFORE = re.compile(
    r"\b(?:arrested|charged|indicted|sanctioned|extradited|named|by|of|for|against|detuvo a|detuvieron a|"
    r"captura de|contra|a|por|prendeu|presos está|among them|sanctioned is|as)\s$"
)
#: What is called after persons: a front of guerrillas, a street, a ship, a firm.
_THING = re.compile(
    r"(?i:\b(?:estructura|estrutura|frente|columna|coluna|bloque|bloco|avenida|calle|rua|praça|plaza|barrio|bairro"
    r"|colonia|escuela|escola"
    r"|hospital|hotel|estadio|estádio|aeropuerto|aeroporto|puente|ponte|edificio|edifício|empresas?|firma|buque|navio"
    r"|lancha|barco|petrolero"
    r"|petroleiro|tanker|vessel|ship|operación|operação|operativo|fundación|fundação|instituto|penal|cárcel|presídio"
    r"|club|clube|equipo|banco"
    r"|fintech|marca|municipio|município|ciudad|cidade|localidad|provincia|província|departamento|estado|comuna"
    r"|parroquia|finca|hacienda"
    r"|rancho|fazenda|sociedad|sociedade|naviera|petrolera|gestora|constructora|construtora|airline|company|firm)"
    r"(?: (?:de|do|da|del|la|el))?\s[“\"«]?$)"
)
_FIRM = re.compile(
    r",? (?:Ltd|LLC|Inc|Corp|Co|Limited|GmbH|S\.?A|FZE|Trading|Shipping|Holdings?|Group|Company)\b"
    r"|, (?:an?|the|una?|uma?) (?:[\w.-]+ ){0,4}?(?:company|firm|bank|refinery|refiner|shipper|supplier|manufacturer"
    r"|exchange|brokerage|conglomerate|insurer|operator of|empresa|firma|banco|compañía|companhia|corretora)\b"
)
_PLACED = re.compile(
    r"\b(?:in|at|near|inside|outside|en|em|no|na|from|to|desde|hasta|por la"
    r"|(?:residents?|town|village|city|port|province|people|district|suburb|neighbou?rhood|mayor) of"
    r"|(?:vecin[oa]s?|moradore?s?|habitantes?|pueblo|puerto|aldea|vereda|corregimiento|caserío|poblado|vila|alcald[ea]"
    r"|prefeit[oa]) (?:de|do|da))\s$"
)


_OF = re.compile(r" d(?:el?|[ao]s?) ")
#: A verb that begins a sentence before a name: "Cayó Aldo Duppié".
_VERB = re.compile(
    r"(?:\w+(?:ó|aron|ieron|ou|aram|eram|iram)|Caen?|Muere|Detenid[oa]|Capturad[oa]|Pres[oa]|Morre|Extraditad[oa]"
    r"|Sancionad[oa]|Condenad[oa]|Arrestad[oa]|Acusad[oa]) "
)
#: A verb in the past after a name, in Spanish and Portuguese.
_DID = re.compile(
    r" (?:no |não |se |también |também |l[oae]s? |l[ao] |lhes? |ya |já )?(?:[a-z]+(?:ó|ou|eu|iu|ía|aba|ava|ron"
    r"|ram)|fue|foi|es|é|está|ha|será"
    r"|tenía|tinha|quien|quem)\b"
)
_OF_WHOM = re.compile(r"\b(?:de|com|con|entre|para|sobre|a|ao|por)\s$")


#: A verb before its subject or object, or a sentence's "A" before an object: "esperó X", "A X lo dieron por muerto".
_NAMED_BEFORE = re.compile(
    r"(?:(?:^|[\n.“\"] ?)A|\b\w+(?:ó|aron|ieron|ou|aram|eram|iram|eu|iu)(?: (?:a|ayer|hoy|ontem|hoje|ao|em [A-Z]\w+))?"
    r"|\bentre (?:ellos|eles|los \w+|os \w+) (?:está|figura|estão)|\b(?:está|figura|a|al|contra|de|por|con|com))\s$"
)


def chained(text: str) -> Iterator[Span]:
    """Places of two to four words written as one name, titles before them left out, whatever they name."""
    for match in FULL.finditer(text):
        start = match.start() + _titles(match[0])
        end = match.end() - 2 if match[0].endswith(("’s", "'s")) else match.end()
        if " " in text[start:end]:
            yield Span(start, end)


def full_names(text: str) -> Iterator[tuple[Span, bool]]:
    """Places of what reads as the full name of a person, each with whether the words around it leave no doubt."""
    for match in FULL.finditer(text):
        start = match.start() + _titles(match[0])
        start += _offices(text[max(0, start - NEAR) : start], text[start : match.end()])
        name = text[start : match.end()]
        if is_thing(text, start) or (_OF.search(name) and not any(map(is_borne, name.split()))):
            continue
        if name.startswith(("Ley ", "Lei ", "El ", "La ", "Los ", "As ", "Os ")):
            continue
        if " " not in name or NOT_NAMES.search(name) or _PLACED.search(text, max(0, start - 12), start):
            continue
        end = match.end() - 2 if name.endswith(("’s", "'s")) else match.end()
        if name[: end - start].endswith(".") and name[-3:-2] == " ":
            continue  # "Assistant U."
        strong = _is_person(text, start, match.end())
        first, *others = (name[: end - start]).split()
        borne = name.istitle() or any(map(is_borne, name.split()))  # "Vértice do Vale" is none
        likely = strong or (borne and _may_be_person(text, start, match.end()))
        if not name[0].isupper() and not name.startswith("al-"):
            continue
        if not likely and len(others) >= 2 and borne and all(map(is_borne, others[-2:])) and not _OF.search(name):
            likely = bool(_DID.match(text, end)) or bool(_NAMED_BEFORE.search(text, max(0, start - 30), start))
        if is_borne(first) and not likely:  # a given name, and what persons do or suffer beside it
            before = text[max(0, start - 8) : start]
            likely = bool(_DID.match(text, end)) or (
                _OF_WHOM.search(before) is not None and text[end : end + 1] in {".", ",", ";"}
            )
        given = _is_given(first) and 1 <= len(others) <= 3 and name.istitle() and not _OF.search(name)
        if likely or given or (is_borne(first) and any(map(is_borne, others))):
            yield Span(start, end), strong or given


def may_be_borne(text: str, span: Span) -> bool:
    """Whether a name has a part that people bear, or the words around it say that it is a person's."""
    return any(map(is_borne, text[span.start : span.end].split())) or _is_person(text, span.start, span.end)


def are_borne(name: str) -> bool:
    """Whether a name has three parts or more, of which people bear the first and the last."""
    parts = name.split()
    return len(parts) > 2 and is_borne(parts[0]) and is_borne(parts[-1]) and not NOT_NAMES.search(name)


def all_borne(name: str) -> bool:
    """Whether a name has two parts or more, people bear each of them, and none is a word that names other things."""
    parts = name.split()
    return len(parts) > 1 and all(map(is_borne, parts)) and not NOT_NAMES.search(name)


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    """Given names that the tables of frequencies do not have; none that also names a place or a thing."""
    return frozenset(files("allonym.news").joinpath("given.txt").read_text("utf-8").split())


def _is_given(word: str) -> bool:
    return word.lower() in _given()


@lru_cache(maxsize=10_000)
def is_borne(word: str) -> bool:
    """Whether a word is a part of names that is not rare among people."""
    if _is_given(word):
        return True
    parts = words(word)
    return len(parts) == 1 and len(parts[0].text) > 2 and rarity(parts[0].text, Kind.PERSON) < BORNE


def _offices(before: str, name: str) -> int:
    """How many characters of what an office is of stand before the name: "ministro de [Defensa ]Iván Velásquez"."""
    start = 0
    if _OF_WHAT.search(before):
        for word in re.finditer(r"\S+ ", name):
            if is_borne(word[0].strip()) or not name[word.end() :][:1].isupper() or name.count(" ", word.end()) < 1:
                return start
            start = word.end()
    return start


def _titles(name: str) -> int:
    """How many characters of titles and other words stand before the name itself."""
    start = 0
    for word in re.finditer(r"\S+ ", name):
        if NOT_NAMES.match(word[0]) or _ROLE_BEFORE.match(word[0]) or (start == 0 and _VERB.match(word[0])):
            start = word.end()
    return start


def _is_person(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - NEAR) : start]
    if _ROLE_BEFORE.search(before) or _ROLE_OF.search(before) or _TRADE_BEFORE.search(before):
        return True
    if _SAYS_BEFORE.search(before) or _SAYS_AFTER.match(text, end):
        return True
    if _WAS.match(text, end) and any(map(is_borne, text[start:end].split())):
        return True
    if _WHO_AFTER.match(text, end) or _PEOPLE.search(before):
        return True
    return bool(_AGED.match(text, end) or _ROLE_AFTER.match(text, end))


def is_thing(text: str, start: int) -> bool:
    """Whether what stands before a name says that a thing bears it: "the tanker X"."""
    return bool(_THING.search(text, max(0, start - 30), start))


def is_company(text: str, end: int) -> bool:
    """Whether what follows a name says that it is a firm: "X, a company that"."""
    return bool(_FIRM.match(text, end))


def _may_be_person(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 40) : start]
    if _APPOSED.match(text, end):
        return True
    role_apposed = before.endswith(", ") and text[end : end + 1] in {",", ".", "!", ";"}
    return role_apposed or (bool(_PASSIVE_BEFORE.search(before)) and text[end : end + 1] in {",", ".", " ", ";"})

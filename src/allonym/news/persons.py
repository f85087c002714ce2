"""Persons that no list knows, and names that a text introduces itself.

Takes the text; gives places of full names, with the reason in the text that they are persons. Must not use a list of
persons.
"""

import re
from collections.abc import Iterator

from allonym.news.reading import Span

_PART = r"(?:[A-ZÁÉÍÓÚÑÂÊÔÃÕÇÀŠŽÖÜÉ][\w’'-]*[a-záéíóúñâêôãõçàèëïöü][\w’'-]*|[A-Z]\.)"
_LINK = r"(?: (?:de la|de los|del|de|da|do|dos|das|e|y|van der|van|von|al|bin|el|la))?"
_NICK = r"(?: [“\"«‘'][^”\"»’'\n]{2,25}[”\"»’'])?"
FULL = re.compile(rf"(?<![\w’'-]){_PART}(?:{_NICK}{_LINK} (?:al-)?{_PART}){{1,3}}")
NOT_NAMES = re.compile(
    r"\b(?:Según|Segundo|Safety|Public|Familia|Family|Street|Road|Avenue|Beach|Bay|Court|University|Universidad|Universidade|Islands?|River|City|Day|"
    r"Weekly|News|Times|Radio|Rádio|"
    r"Council|Ministry|Ministerio|Ministério|Police|Policía|Polícia|Agency|Office|Department|Departamento|Code|"
    r"List|Act|Law|"
    r"Gang|Cartel|Cártel|Group|Bank|Banco|North|South|East|West|Sea|Port|Puerto|Calle|Barrio|Avenida|Plaza|"
    r"United|State|States|"
    r"Minister|President|Secretary|Senator|General|Attorney|Justice|Human|Rights|National|Federal|Foreign|"
    r"Security|Organization|"
    r"Organización|Tribunal|Corte|Juzgado|House|Hill|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    r"January|February|"
    r"March|April|June|July|August|September|October|November|December|The|This|That|In|On|At|But|And|For|From|"
    r"Our|His|Her|Its|Los|Las|San|Santa|"
    r"Secretaría|Fiscalía|Ministro|Unidos|América|America|Latin|Central|Baja|Nueva|New|Criminal|Supreme|Company|"
    r"Tower|Market|Quick|Press|Prime)\b"
)
_ROLE_BEFORE = re.compile(
    r"(?:(?i:\b(?:president|presidente|presidenta|minister|ministro|ministra|secretary|secretario|secretaria|"
    r"senator|senador|senadora|"
    r"governor|gobernador|gobernadora|governador|mayor|alcalde|alcaldesa|prefeito|prefeita|attorney|prosecutor|"
    r"fiscal|judge|juez|jueza|juiz|juíza|"
    r"spokesman|spokeswoman|spokesperson|portavoz|porta-voz|vocero|vocera|lawyer|abogado|abogada|advogado|"
    r"advogada|director|directora|"
    r"diretor|diretora|chief|jefe|chefe|leader|líder|boss|general|colonel|coronel|capitán|captain|teniente|"
    r"tenente|sargento|sergeant|"
    r"comisario|comandante|commissioner|delegado|delegada|deputy|diputado|diputada|deputado|deputada|"
    r"representative|ambassador|embajador|embaixador|"
    r"cónsul-geral|doctor|doctora|professor|profesor|profesora|professora|analyst|analista|researcher|"
    r"investigador|investigadora|pesquisador|pesquisadora|criminologist|"
    r"criminólogo|criminóloga|economist|economista|journalist|periodista|jornalista|reporter|businessman|"
    r"empresario|empresária|empresário|"
    r"surgeon|cirujano|cirujana|cirurgião|oftalmologista|bióloga|biólogo|importer|broker|investigator|neighbour|"
    r"vecino|vecina|sister|brother|hermano|hermana|wife|esposa|"
    r"son|hijo|hija|daughter|father|padre|mother|madre|grandfather|owner|dueño|dueña|dono|dona|toolmaker|farmer|"
    r"fisherman|baker|teacher|maestro|maestra|"
    r"representante|auditor|auditora|senhoria|matriarca|doña|don|capo|kingpin|fugitive|suspect|sospechoso|dr|"
    r"dra|mr|mrs|ms|sir|sr|sra|prof|billionaire|tycoon|"
    r"coach|nurse|sheriff|detective|inspector|officer|agent|agente|bishop|obispo|bispo|padre|priest|chef|"
    r"founder|historian|historiador|historiadora|writer|escritor|escritora|"
    r"executive|ejecutivo|chair|chairman|chairwoman|premier|canciller|chanceler|alias|negotiator|rapporteur|"
    r"relator|relatora)\b\.?),?\s|"
    r"\bHonourable )[“\"]?$"
)
_SAYING = (
    r"said|says|told|tells|wrote|added|adds|announced|declared|called|replied|laughed|explained|argued|warned|"
    r"insisted|denied|posted|asked|shrugged|"
    r"claimed|sobbed|recalls|recalled|dijo|dice|afirmó|declaró|señaló|contó|explicó|aseguró|negó|añadió|agregó|"
    r"respondió|advirtió|sostiene|"
    r"cuenta|pidió|anunció|recalcó|resumió|denunció|insistió|reconoció|lamentó|disse|diz|afirmou|declarou|"
    r"contou|explicou|negou|acrescentou|respondeu|"
    r"avisa|conta|garante|rebateu|recorda|completou|lembrou|anunciou|alertou|ressaltou|destacou|resume"
)
_SAYS_AFTER = re.compile(
    rf",?\s(?:also |has |had |have |ha |had )?(?:{_SAYING}|was (?:arrested|charged|"
    rf"extradited)|fue|foi|wore|sings)\b"
)
_SAYS_BEFORE = re.compile(rf"\b(?:{_SAYING})\s(?:a |an |al |o |el |la )?$")
_APPOSED = re.compile(
    r",? (?:, )?\(?(?:a\.k\.a|alias|known as)|, (?:\d{1,3}|de \d+ (?:años|anos)|a|an|the|who|whose|once|un|una|"
    r"el|la|um|uma|o|quien|que|head|director|directora|minister|ministro|"
    r"jefe|jefa|nieta|nieto|spokes\w+|professor|presidente|president|chief|lawyer|owner|founder|conocido|"
    r"conhecido|alias|from|of)\b|,? [“«‘\"]"
)
_PASSIVE_BEFORE = re.compile(
    r"\b(?:arrested|charged|indicted|sanctioned|extradited|named|by|of|for|against|detuvo a|detuvieron a|"
    r"captura de|contra|a|por|prendeu|presos está|among them|sanctioned is|as)\s$"
)
_PLACED = re.compile(r"\b(?:in|at|near|inside|outside|en|em|no|na|from|to|desde|hasta|por la)\s$")


def full_names(text: str) -> Iterator[Span]:
    """Places of what reads as the full name of a person."""
    for match in FULL.finditer(text):
        start = match.start() + _titles(match[0])
        name = text[start : match.end()]
        if " " not in name or NOT_NAMES.search(name) or _PLACED.search(text, max(0, start - 12), start):
            continue
        if _is_person(text, start, match.end()):
            end = match.end() - 2 if name.endswith(("’s", "'s")) else match.end()
            yield Span(start, end)


def _titles(name: str) -> int:
    """How many characters of titles and other words stand before the name itself."""
    start = 0
    for word in re.finditer(r"\S+ ", name):
        if NOT_NAMES.match(word[0]) or _ROLE_BEFORE.match(word[0]):
            start = word.end()
    return start


def _is_person(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 40) : start]
    if _ROLE_BEFORE.search(before) or _SAYS_BEFORE.search(before) or _SAYS_AFTER.match(text, end):
        return True
    apposed = bool(_APPOSED.match(text, end))
    if apposed:
        return True
    role_apposed = before.endswith(", ") and text[end : end + 1] in {",", ".", "!", ";"}
    return role_apposed or (bool(_PASSIVE_BEFORE.search(before)) and text[end : end + 1] in {",", ".", " ", ";"})

"""Persons that a text knows by a nickname only: "alias Chirimoya", "a man known as “the Carpenter”".

Takes the text with the mentions taken so far; adds persons. Must not take what a thing or a group is called.
"""

import re
from dataclasses import replace

from allonym.news.person_words import NOT_NAMES
from allonym.news.reading import Mention, Span
from allonym.news.taken import Taken, places

_NICK = (
    r"(?:(?:el|la|El|La|the|The|o|a|le) )?(?P<nick>[A-ZÁÉÍÓÚÑ][\w’-]+(?: (?:de la |de |del |do "
    r"|da )?[A-Z\dÁÉÍÓÚÑ][\w’-]*){0,2})"
)
_ALIAS = re.compile(rf"\b[Aa]lias [“\"«‘']?{_NICK}(?!\w)")
_KNOWN_AS = re.compile(
    r"(?:known(?: only| simply| locally| to \w+)? as|calls?|called|nicknamed|dubbed|uses the name|using the name"
    r"|goes by|went by|answers to|identified only as"
    r"|[Cc]onocid[oa](?: \w+){0,4} (?:como|por)|[Aa]podad[oa]|llamad[oa]|apelidad[oa](?: de)?"
    r"|(?:conocen|conoce|llaman|apodan|apodaban|dicen|decían|llamaban|identifican|apelidaram|chamam"
    r"|conhecem)(?: como| de)?"
    r"|[Cc]onhecid[oa](?: \w+){0,4} (?:como|por)|identificad[oa] (?:solo |apenas )?(?:como|por)"
    r"|responde al (?:alias|apodo) de"
    rf"|atende por|chamad[oa](?: de)?|vulgo) (?:[“\"«‘']{_NICK}[,.]?[”\"»’']"
    rf"|(?P<bare>[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+)(?=[,.;)]| (?:said"
    rf"|says|is|was|has)\b))"
)
_HUMAN = re.compile(
    r"(?:\b(?:man|men|woman|suspect|commander|leader|boss|kingpin|capo|fugitive|dealer|broker|courier|fixer|hitman"
    r"|hitmen|lieutenant"
    r"|trafficker|smuggler|launderer|hacker|trader|bomb-maker|chief|member|official|operator|guerrilla|who|whom"
    r"|one of them"
    r"|hombre|sujeto|mujer|individuo|líder|cabecilla|jefe|jefa|capo|sicario|comandante|presunto|presunta|sospechoso"
    r"|operador|operadora"
    r"|narcotraficante|traficante|lugarteniente|quien|joven|homem|mulher|suspeito|suspeita|chefe|traficante|criminoso"
    r"|miliciano"
    r"|foragido|bandido|edil|alcalde|prefeito|regidor|diputado|colombiano|venezolano|mexicano|brasileño|brasileiro"
    r"|ciudadano|cidadão|capturado|detenido|preso|extraditado|l[oe]s?|baron|tycoon|banker|mayor|foragido"
    r"|bandido|elemento|gerente|matador|pistoleiro|\w+[td]or|\w+ista|\w+er)\b[^.;:\n]{0,45}|^)$",
    re.IGNORECASE,
)
_REAL_NAME = re.compile(r"[”\"»’']?,? (?:\()?(?:real name|whose real name is|cuyo (?:verdadero )?nombre es"
    r"|nombre con el que se conoce a"
                        r"|cujo nome (?:verdadeiro )?é|nome verdadeiro|de nombre|de nome|identificado como|as) $"
                        r"|[”\"»’'],? $")  # fmt: skip
_NOT_NICK = re.compile(r"(?:Operaci|Operat|Ley|Lei|Plan\b|Cartel|Cártel|Banda|Gang|Los|Las|Os|As|The)\b|Operaç")

_MARKS = frozenset("“\"«‘'")
#: A nickname of somebody named before: "el edil, apodado", "lo conocen como", "le dicen".
_DEFINITE = re.compile(
    r"(?:\b(?:[Ll]o|[Ll]e|[Oo]) (?:\w+ )?(?:conocen|conoce|llaman|apodan|apodaban|dicen|decían|llamaban|identifican"
    r"|chamam|conhecem)"
    r"|\b(?:[Ee]l|[Oo]|[Tt]he) (?:ex)?(?:[Ee]dil|[Aa]lcalde|prefeito|mayor|capturado|detenido|preso|suspect|sujeto"
    r"|hombre|implicado|imputado|acusado|suspeito|foragido)\b[^.;:\n]{0,20}"
    r"|(?:^|[.\n] ?)(?:Conocid[oa]|Conhecid[oa]|Known|Apodad[oa]|Apelidad[oa]|Nicknamed|Dubbed)"
    r")\b[^.;:\n]{0,30}$"
)
_RELATIVES = (
    r"aunts?|uncles?|sister|brother|half-brother|wife|ex-wife|widow|husband|ex-husband|son|daughter|mother|father"
    r"|cousin|nephew|niece|grandmother|grandfather|grandson|granddaughter|stepson|girlfriend|boyfriend|fiancée?"
    r"|hermanastr[oa]|herman[oa]|hij[oa]|espos[oa]|exespos[oa]|mujer|marido|tí[oa]|prim[oa]|madre|padre|abuel[oa]"
    r"|sobrin[oa]|suegr[oa]|cuñad[oa]|novi[oa]|viud[oa]|niet[oa]|comadre|compadre"
    r"|irmão|irmã|filh[oa]|mulher|tio|tia|mãe|pai|avô|avó|sobrinh[oa]|sogr[oa]|cunhad[oa]|namorad[oa]|viúv[oa]|net[oa]"
)
_KIN = re.compile(
    rf"(?:\b(?:[Mm]y|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|\w+['’]s|[Ss]us?|[Mm]is?|[Ss]eus?|[Ss]uas?|[Mm]eu|[Mm]inha)"
    rf" (?:\w+ )?(?:{_RELATIVES}),? "
    r"|\b(?:[Cc]omandante|[Dd]oña|[Dd]on|[Dd]ona|[Ss]enhora?|[Ss]eñora?|[Tt]ía|[Tt]ia|[Aa]unt|[Uu]ncle|Ustad|Mullah"
    r"|(?P<said>[Bb]uen[oa]s (?:días|tardes|noches),|[Bb]om dia,|[Bb]oa (?:tarde|noite),|[Oo]brigado,|[Gg]racias,)) )"
    r"(?P<name>[A-ZÁÉÍÓÚÑ][a-záéíóúñâêôãõç]{2,})(?![\w’-]| (?:d[aeo]s? |de la |del |al-)?[A-ZÁÉÍÓÚ])"
)
#: Two of one family: "brothers Ezequiel and Iván Rivera".
_SHARED = re.compile(
    r"\b(?:brothers|sisters|siblings|cousins|twins|hermanos|hermanas|primos|gemelos|mellizos|irmãos|irmãs|gêmeos"
    r"|matrimonio|esposos|couple|casal) "
    r"(?P<first>[A-ZÁÉÍÓÚÑ][a-záéíóúñãõç]+) (?:and|y|e) (?P<full>[A-ZÁÉÍÓÚÑ][a-záéíóúñãõç]+"
    r" (?:[A-ZÁÉÍÓÚÑ][a-záéíóúñãõç]+)(?: [A-ZÁÉÍÓÚÑ][a-záéíóúñãõç]+)?)"
)
_GOES_ON = re.compile(r"-| [A-Z]")


def nicknamed(text: str, found: Taken) -> None:
    """Take persons that are told of by a nickname, wherever it stands again."""
    for match in _ALIAS.finditer(text):
        _take(text, match["nick"], Span(*match.span("nick")), found)
    for match in _KNOWN_AS.finditer(text):
        kind = "nick" if match["nick"] else "bare"
        start = match.start()
        if _HUMAN.search(text, max(0, start - 70), start) or _DEFINITE.search(
            text, max(0, start - 80), match.start(kind)
        ):
            _take(text, match[kind], Span(*match.span(kind)), found)


def _take(text: str, nick: str, span: Span, found: Taken) -> None:
    if _NOT_NICK.match(nick):
        return
    person = Mention(span, "person", nick)
    for other in found.mentions:
        near = other.type == "person" and " " in other.canonical and 0 < other.span.start - span.end < 60
        if near and _REAL_NAME.match(text[span.end : other.span.start]):
            person = replace(other, span=span)
    if person.canonical == nick:
        person = _meant(text, span, person, found)
    found.take(person)
    for again in places(text, nick):
        quoted = text[again.start - 1 : again.start] in _MARKS
        if (again.start > span.end or quoted) and not _GOES_ON.match(text, again.end):
            found.take(replace(person, span=again))


def _meant(text: str, span: Span, person: Mention, found: Taken) -> Mention:
    """Who bears the nickname: he who "the mayor", "lo", "le" stands for, the person named last before."""
    lead = _DEFINITE.search(text, max(0, span.start - 80), span.start)
    before = [m for m in found.mentions if m.type == "person" and " " in m.canonical and m.span.end < span.start]
    if lead is None or not before:
        return person
    last = max(before, key=lambda m: m.span)
    return replace(last, span=span) if span.start - last.span.end < 700 else person


def kin(text: str, found: Taken) -> None:
    """Take persons of one name behind what they are to somebody: "my aunt Philomena", "su hijo Saúl"."""
    for match in _KIN.finditer(text):
        if not NOT_NAMES.match(match["name"]):
            found.take(Mention(Span(*match.span("name")), "person", match["name"]))
            person = found.mentions[-1]
            for again in places(text, match["name"]):
                alone = again.start > match.end() and not _GOES_ON.match(text, again.end)
                if alone and person.canonical == match["name"]:
                    found.take(replace(person, span=again))
    for match in _SHARED.finditer(text):
        family = match["full"].split()[-1]
        found.take(Mention(Span(*match.span("full")), "person", match["full"]))
        found.take(Mention(Span(*match.span("first")), "person", f"{match['first']} {family}"))

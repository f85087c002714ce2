"""Persons that a text knows by a nickname only: "alias Chirimoya", "a man known as “the Carpenter”".

Takes the text with the mentions taken so far; adds persons. Must not take what a thing or a group is called.
"""

import re
from dataclasses import replace

from allonym.news.reading import Mention, Span
from allonym.news.taken import Taken, places

_NICK = (
    r"(?:(?:el|la|El|La|the|The|o|a|le) )?(?P<nick>[A-ZÁÉÍÓÚÑ][\w’-]+(?: (?:de la |de |del |do "
    r"|da )?[A-Z\dÁÉÍÓÚÑ][\w’-]*){0,2})"
)
_ALIAS = re.compile(rf"\b[Aa]lias [“\"«‘']?{_NICK}(?!\w)")
_KNOWN_AS = re.compile(
    r"(?:known(?: only| simply| locally| to \w+)? as|calls?|called|nicknamed|dubbed|uses the name|using the name"
    r"|goes by"
    r"|conocid[oa](?: solo| sólo)? (?:como|por)|apodad[oa]|llamad[oa]|apelidad[oa](?: de)?"
    r"|conhecid[oa](?: apenas)? (?:como|por)"
    rf"|chamad[oa](?: de)?|vulgo) (?:[“\"«‘']{_NICK}[,.]?[”\"»’']|(?P<bare>[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+)(?=[,.;)]| (?:said"
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
    r"|foragido|bandido|elemento|gerente|matador|pistoleiro|\w+[td]or|\w+ista|\w+er)\b[^.;:\n]{0,45}|^)$",
    re.IGNORECASE,
)
_REAL_NAME = re.compile(r"[”\"»’']?,? (?:\()?(?:real name|whose real name is|cuyo (?:verdadero )?nombre es"
    r"|nombre con el que se conoce a"
                        r"|cujo nome (?:verdadeiro )?é|nome verdadeiro|de nombre|de nome|identificado como|as) $"
                        r"|[”\"»’'],? $")  # fmt: skip
_NOT_NICK = re.compile(r"(?:Operaci|Operat|Ley|Lei|Plan\b|Cartel|Cártel|Banda|Gang|Los|Las|Os|As|The)\b|Operaç")

_GOES_ON = re.compile(r"-| [A-Z]")


def nicknamed(text: str, found: Taken) -> None:
    """Take persons that are told of by a nickname, wherever it stands again."""
    for match in _ALIAS.finditer(text):
        _take(text, match["nick"], Span(*match.span("nick")), found)
    for match in _KNOWN_AS.finditer(text):
        kind = "nick" if match["nick"] else "bare"
        if _HUMAN.search(text, max(0, match.start() - 70), match.start()):
            _take(text, match[kind], Span(*match.span(kind)), found)


def _take(text: str, nick: str, span: Span, found: Taken) -> None:
    if _NOT_NICK.match(nick):
        return
    person = Mention(span, "person", nick)
    for other in found.mentions:
        near = other.type == "person" and " " in other.canonical and 0 < other.span.start - span.end < 60
        if near and _REAL_NAME.match(text[span.end : other.span.start]):
            person = replace(other, span=span)
    found.take(person)
    for again in places(text, nick):
        if again.start > span.end and not _GOES_ON.match(text, again.end):
            found.take(replace(person, span=again))

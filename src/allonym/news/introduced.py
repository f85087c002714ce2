"""Names that a text introduces itself: acronyms, nicknames, surnames alone, media by the last word of their name.

Takes the text with the mentions taken so far; adds those that stand for one of them. Must not find anybody new.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace

from allonym.news.reading import Mention, Span
from allonym.news.taken import Taken, places

_ACRONYM = re.compile(r",? \(?(?:the |or |o |ou )?[“\"]?([A-ZÁÉ][\w-]{1,9})[”\"]?\)")
_KNOWN_AS = re.compile(
    r"[^.;:\n”»]{0,40}?(?:\b(?:known(?: \w+){0,4} as|dubbed|nicknamed|alias|aka|conocido(?: \w+){0,3} (?:como|por)"
    r"|apodado|"
    r"conhecido(?: \w+){0,3} (?:como|por)|apelidado(?: de)?|vulgo)|a\.k\.a\.)\s(?:the |el |o |la |a )?"
    r"(?:[“«‘\"'](?:(?:the|el|o|la|a|El|La|O|The) )?(?P<nick>[A-ZÁÉÍÓÚÑ][^”»’\"'\n,.]{1,25})[,.]?[”»’\"']"
    r"|(?:El |La )?(?P<bare>(?!The "
    r"|El |La )[A-ZÁÉÍÓÚÑ]\w+(?: [A-Z]\w+)?)(?=[,.;)’]| (?:ou|o|or|and|y|e) [A-Z“‘«\"]))"
)
_NICKNAME = re.compile(
    r",?\s*\(?(?:,? ?(?:or|ou|vulgo|apodad[oa]|apelidad[oa](?: de)?|the|el|o|a\.k\.a\.|alias|aka|known as"
    r"|conocido como|conhecido como|conhecido por|"
    r"also known as|a quien todos llaman|– the)\s)?"
    r"(?P<mark>[“«‘\"])(?:(?:el|la|the|o|a|le) )?(?P<nick>[A-ZÁÉÍÓÚÑ][^”»’\"\n]{1,25})[”»’\"]"
)
#: A nickname without marks: ", o Mijão,".
_PLAIN = re.compile(
    r", (?:o|[eE]l|[lL]a) "
    r"(?P<nick>[A-ZÁÉÍÓÚÑ][a-záéíóúñãõç]+(?: (?:d[aeo]s? )?[A-ZÁÉÍÓÚÑ][a-záéíóúñãõç]+)?)(?=[,.;)])"
)
_TITLED = re.compile(
    r"(?:Presid|Ministr|Gobern|Govern|Secret|Senad|Deput|Diput|Fiscal|Juez|Juiz|Papa|Rey|Rei"
    r"|Director|Diretor|General|Gener)"
)
_WITHIN = re.compile(r" [“\"«‘](?:(?:el|la|the|o|a|le) )?(?P<nick>[A-ZÁÉÍÓÚÑ][^”\"»’\n]{1,25})[”\"»’] ")
#: What stands before the name of a family, band or street, which is neither a person nor a group.
FAMILY = re.compile(r"(?i:\b(?:famil\w+|orquesta|banda|music\w*|orchestra|barrio|calle|street)\b[^.]{0,15}$)")
#: A name before a surname alone: it is that of somebody else. A stop between ends the sentence, but after an initial.
_CAPITAL = re.compile(r"(?:[A-ZÁÉÍÓÚ][\w’'-]+|\b[A-Z]\.) $")
_TITLE = re.compile(r"[A-Z][a-z]*(?:ent|or|er|ral|nel|ain) $|\b(?:Mr|Mrs|Ms|Dr|Sr|Sra|Sen|Gov|Gen|Lt|Col|Rep|Sgt)\. $")
#: Family names of two letters.
_SHORT = frozenset("Ri Lu Li Xu Wu Yu Ye Ma Hu Ko Ng Vo Oh An Gu Fu Su Du Lo Mo Xi".split())
#: What makes a part of a name another name: "Lima Tech", "Rio-style".
_GOES_ON = re.compile(r"-| [A-ZÁÉÍÓÚ][a-z]")
_OF_CARTEL = re.compile(
    r" (?:group|gang|faction|kingpins?|capos?|drug lords?|boss(?:es)?|traffickers?|syndicate|lieutenants?)\b"
)
_CARTELS = re.compile(
    r"(?:foreign terrorist organizations|cartels|groups|cárteles|gangs|organizations) (?:like|"
    r"such as|como)\b[^.]{0,80}$"
)

#: Words of offices' names that stand for them alone, with a capital.
OFFICES = frozenset(
    "Council Commission Court Ministry Department Agency Bureau Tribunal Treasury Consejo Comisión Corte Ministerio "
    "Fiscalía "
    "Tribunal Secretaría Audiencia Procuraduría Agencia Congreso Conselho Comissão Ministério Secretaria "
    "Procuradoria Agência "
    "Congresso Ejército Exército Armada Policía Polícia Banco Departamento Guardia Superintendencia".split()
)
_ARTICLE = r"\b(?:[Tt]he|[Ee]l|[Ll]a|[Oo]|[Aa]l?|del|d[ao]|ao|à|pel[oa]|n[ao]|um|una?) "
_KINDS = frozenset({"group", "network", "gang", "clan", "organization", "cartel", "militia"})
#: Words of groups' names that stand for them with an article: "the Brotherhood", "el Clan", "os Guardas".
_STANDING = frozenset(
    "Brotherhood Guards Guard Clan Tren Trem Comando Command Jihad Front Network Collective Cartel Cártel Mara Guarda "
    "Guardas Guardia Hermandad Irmandade Cult Gang Movement Militia Brigade Brigades Familia Família Frente Coalition "
    "Yihad Jihad Clã Bonde Oficina".split()
)
_PLURALS = {"Guard": "Guards", "Guarda": "Guardas"}
_ARTICLES = (
    r"(?:(?:^|(?<=[.!?:] )|(?<=[“\"«]))(?:The|El|La|Los|O|Os|A|As) "
    r"|\b(?:the|el|la|los|al|del|os?|as?|d[ao]s?|aos?|à|pel[oa]s?|n[ao]s?) )"
)
#: First words of groups' names that mean something else alone.
_NOT_ALONE = frozenset("Prince Sinaloa Juárez Juarez Tijuana Jalisco Caborca Islamic Santa Gulf United Haqqani".split())


def introduced(text: str, found: Taken) -> None:
    """Acronyms in brackets after a name, and nicknames in quotation marks, wherever they stand again."""
    for mention in list(found.mentions):
        end = mention.span.end
        short = _ACRONYM.match(text, end) if mention.type != "person" else None
        if short and sum(c.isupper() for c in short[1]) >= 2:
            found.forget(text, short[1])  # what the text itself calls so comes before what is known
            _again(text, short[1], mention, found)
        if mention.type in ("person", "designated_group"):
            _called(text, mention, found)


def _called(text: str, mention: Mention, found: Taken) -> None:
    """What a person or group is called beside its name: "X, known as “Y”", "X “Y” Z"."""
    start, end = mention.span.start, mention.span.end
    within = _WITHIN.search(text, start, end) if mention.type == "person" else None
    if within:
        _again(text, within["nick"], mention, found)
    called = _KNOWN_AS.match(text, end)
    if called:
        kind = "nick" if called["nick"] else "bare"
        if mention.type != "person" or kind == "nick":
            found.forget(text, called[kind])
        if not found.person_within(end, called.start(kind)):
            _again(text, called[kind], mention, found)
    plain = _PLAIN.match(text, end) if mention.type == "person" and " " in mention.canonical else None
    if plain and not _TITLED.match(plain["nick"]):
        found.forget(text, plain["nick"])
        _again(text, plain["nick"], mention, found)
    nick = _NICKNAME.match(text, end) if mention.type == "person" else None
    if nick and not nick["nick"].endswith((",", ".", "?", "!")) and len(nick["nick"].split()) <= 4:
        found.forget(text, nick["nick"])
        _again(text, nick["nick"], mention, found)


def same_persons(found: Taken) -> None:
    """Give persons named in part under the full name: "Guzmán López" after "Ovidio Guzmán López"."""
    persons = sorted((m for m in found.mentions if m.type == "person"), key=lambda m: m.span)
    by_part: dict[str, list[Mention]] = defaultdict(list)
    for mention in persons:
        words = mention.canonical.split()
        earlier = next(
            (m for m in by_part[words[-1]] + by_part[words[0]] if _is_part(words, m.canonical.split())), None
        )
        if earlier is not None and mention.entity_id is None and len(words) > 1:
            found.rename(mention, replace(earlier, span=mention.span))
        elif mention.canonical not in {m.canonical for m in by_part[words[0]]}:
            for word in set(words):
                by_part[word].append(mention)


def _is_part(short: list[str], long: list[str]) -> bool:
    """Whether a name is the end of a longer one, or the longer one without some of its middle."""
    if len(short) == len(long) == 2 and short[0] == long[1]:
        return True  # "Hernán Bermúdez", then "Bermúdez Requena"
    if len(short) < 2 or len(short) >= len(long):
        return False
    rest = iter(long)
    return long[-len(short) :] == short or (short[0] == long[0] and all(word in rest for word in short))


def _again(text: str, name: str, mention: Mention, found: Taken) -> None:
    for span in places(text, name):
        found.take(replace(mention, span=span))


def surnames(text: str, found: Taken) -> None:
    """Parts of a full name alone, after it stood in full."""
    sought: set[str] = set()  # the first that bears a name gets it
    persons = sorted((m for m in found.mentions if m.type == "person"), key=lambda m: m.span)
    for mention in persons:
        full = without_nickname(text[mention.span.start : mention.span.end])
        parts_of = mention.canonical.split()
        parts = {
            p
            for n in (full, mention.canonical)
            for p in n.split()
            if (p[0].isupper() or p.startswith("al-")) and (len(p) > 2 or p in _SHORT)
        }
        parts |= {p[3:] for p in parts if p.lower().startswith("al-") and len(p) > 6}
        parts -= sought
        sought |= parts
        for part in parts:
            for span in (
                *places(text, part),
                *(x for x in places(text, part.upper()) if text[x.end : x.end + 1] == ":"),
            ):
                previous = text[max(0, span.start - 12) : span.start]
                capital = _CAPITAL.search(previous) and not _TITLE.search(previous)
                later = span.start > mention.span.end or (part == parts_of[-1] and len(part) > 3)
                if later and not capital and not FAMILY.search(previous) and not _GOES_ON.match(text, span.end):
                    found.take(replace(mention, span=span))
    for match in re.finditer(r"\bSinaloa\b", text):
        if _OF_CARTEL.match(text, match.end()) or _CARTELS.search(text, max(0, match.start() - 140), match.start()):
            group = "Sinaloa Cartel"
            found.take(Mention(Span(*match.span()), "designated_group", group, "reg-sinaloa-cartel"))


#: Wagner, where a text speaks of mercenaries, is the group.
_WAGNER = re.compile(r"(?<![\w’-])(?<![A-Z][a-z] )(?<![a-z] [A-Z]\. )Wagner(?![\w-]| [A-Z])")
_MERCENARY = re.compile(r"(?i:mercenar|mercenár|prigozhin|prigoyin|paramilitary|africa corps|private military)")


def shortened(text: str, found: Taken) -> None:
    """Media, offices and groups by one word of their name, after it stood in full: the Blaze, the Council, Wagner."""
    called: dict[str, list[Mention]] = defaultdict(list)  # by pattern, in the order of the text
    for mention in sorted(found.mentions, key=lambda m: m.span):
        words = text[mention.span.start : mention.span.end].split()
        if mention.type == "media" and len(words[-1]) > 2 and words[-1][0].isupper():
            called[rf"(?P<name>\bThe {re.escape(words[-1])})(?![\w-]| [A-Z])"].append(mention)
            called[rf"\bthe (?P<name>{re.escape(words[-1])})(?![\w-]| [A-Z])"].append(mention)
        elif mention.type == "agency" and len(words) > 1:
            for word in OFFICES.intersection(words):
                called[rf"{_ARTICLE}(?P<name>{word})(?![\w-]| (?:[A-Z]|of\b|d[aeo]l?s?\b))"].append(mention)
        elif mention.type == "designated_group" and len(words) > 1:
            if len(words) == 2 and _is_telling(*words):
                called[rf"(?<![\w’'-])(?<![A-Z][a-z] )(?P<name>{words[0]})(?![\w-]| [A-Z])"].append(mention)
            for word in _STANDING.intersection((words[0], words[-1], *(_PLURALS.get(w, w) for w in words))):
                called[rf"{_ARTICLES}(?P<name>{word})(?![\w-]| (?:[A-Z\d]|of\b|d[aeo]l?s?\b))"].append(mention)
    if _MERCENARY.search(text):
        for match in _WAGNER.finditer(text):
            found.take(Mention(Span(*match.span()), "designated_group", "Wagner Group"))
    for pattern, mentions in called.items():
        ends = [m.span.end for m in mentions]
        for match in re.finditer(pattern, text, re.M):
            before = bisect_left(ends, match.start("name"))
            if before or mentions[0].type == "designated_group":  # a headline may have the short name first
                found.take(replace(mentions[max(before, 1) - 1], span=Span(*match.span("name"))))


def _is_telling(first: str, kind: str) -> bool:
    """Whether the first word of a group's name stands for it alone: "Wagner", not "Sinaloa"."""
    return kind.lower() in _KINDS and len(first) > 4 and first not in _NOT_ALONE and first.isalpha()


def without_nickname(name: str) -> str:
    """A full name without what stands in quotation marks within it."""
    return re.sub(r" [“\"«‘'][^”\"»’']*[”\"»’']", "", name)

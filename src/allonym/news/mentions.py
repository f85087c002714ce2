"""Who and what a text names.

Takes the text and the known names; gives mentions in order, not overlapping. A government counts only where it acts or
is acted upon. Must not fail on any text.
"""

import re
from bisect import bisect_left
from dataclasses import replace

from allonym.news.known import Found, Known, fold
from allonym.news.persons import full_names
from allonym.news.reading import Mention, Span

_ACTS = re.compile(
    r",?\s(?:also |then |itself |already |ya |había |has |have |had |will |would |también )?"
    r"(?:has|have|had|is|was|are|were|will|would|says|said|may|wants|did|does|put|made|won|lists|offers|sees|"
    r"hit|banned|[a-z]+ed|"
    r"ha|han|había|habían|haviam|mantiene|trata|ofrece|anuncia|negó|[a-z]+ó|[a-záéíóú]+aron|[a-záéíóú]+ieron|"
    r"[a-z]+ou|[a-z]+iram|[a-z]+aram|entregou|vá|diz|quer|"
    r"proscreve|amplia|adds|follows|welcomes|rejects|denies|la|lo|las|los)\b"
)
_ACTED = re.compile(
    r"\b(?:by|por|pela|pelo|pelos|pelas|against|contra|pressure|told|on|extradited to|to|sanctions on|sobre|"
    r"pressuring|targeting|a|ao|al|à|en coordinación con|com|with|and|y|e)"
    r"\s(?:the |los |el |la |os |o |a |las )?$"
)
_PLACE = re.compile(
    r"\b(?:in|at|from|near|inside|across|en|em|no|na|nos|desde|de|do|da|of|returned to|"
    r"flight to|travel to)\s(?:the |los |el |la )?$"
)
_OF_STATE = re.compile(
    r"(?i:\b(?:government of(?: the)?|(?:gobierno|governo) d(?:el|e|o|a|os)(?: los)?|autoridades|authorities of)\s)$"
)
_ADMINISTRATION = re.compile(r"\b(Trump|Biden|Obama|Milei|Petro) [Aa]dministration\b")
_AGENCY = re.compile(
    r"\b(?:(?:(?!The )[A-Z][a-z]+ )+(?:Police|Agency|Ministry|Guard|Navy|Army|Commission|Bureau|Intelligence Unit|"
    r"Prosecutor's Office)\b"
    r"|(?:Ministerio|Ministério|Secretaría|Secretaria|Fiscalía|Policía|Polícia|Agencia|Guardia|Procuraduría|"
    r"Procuradoria|Dirección|Direção|Administração|Cancillería)"
    r"(?: (?:de la|de los|del|de|da|do|dos|das|e|y)? ?[A-ZÁÉÍÓÚ]\w+)+)"
)
_MEDIUM = re.compile(
    r"\b(?:(?:Radio|Rádio|Agencia|Canal|Diario|Revista|Agência|Correio|Tribuna|Jornal|Noticias|"
    r"TV) (?:d[aeo]s? )?[A-ZÁÉÍÓÚ]\w+(?: [A-ZÁÉÍÓÚ]\w+)?"
    r"|(?:The )?(?:[A-Z]\w+ ){1,3}(?:Radio|TV|Times|Post|Herald|Courier|Gazette|Tribune|Weekly|Ledger|Chronicle|"
    r"Clarion|Comet|Echo|Wire|News))\b"
)
_TOLD = re.compile(
    r"\b(?:told|dijo a|contó a|disse à?o?|afirmou à?o?) (?:a |el |la |o |"
    r"the )?((?:[A-Z][\w’]+ ?){1,4}(?<! ))"
)
_DATELINE = re.compile(r"^[^\n]{0,60}?\((?P<name>(?!\w+day\b)[A-Z][^)\n]{3,40})\) ?[–—-]", re.M)
_ACRONYM = re.compile(r",? \(?(?:the |or |o |ou )?[“\"]?([A-ZÁÉ][\w-]{1,9})[”\"]?\)")
_NICKNAME = re.compile(
    r",?\s*\(?(?:,? ?(?:the|el|o|a\.k\.a\.|alias|aka|known as|conocido como|conhecido como|conhecido por|"
    r"also known as|a quien todos llaman|– the)\s)?"
    r"(?P<mark>[“«‘\"])(?P<nick>[A-ZÁÉÍÓÚÑ][^”»’\"\n]{1,25})[”»’\"]"
)
_CARTELS = re.compile(
    r"(?:foreign terrorist organizations|cartels|groups|cárteles|gangs|organizations) (?:like|"
    r"such as|como)\b[^.]{0,80}$"
)
_FAMILY = re.compile(r"(?i:\b(?:famil\w+|orquesta|banda|music\w*|orchestra|barrio|calle|street)\b[^.]{0,15}$)")
_MUSIC = re.compile(r", (?:la|the|a) (?:orquesta|banda|band|orchestra)")


def mentions(text: str, known: Known, lang: str) -> tuple[Mention, ...]:
    """Every proper name of an actor in the text, in order."""
    found = _Taken()
    for match in _ADMINISTRATION.finditer(text):
        found.take(Mention(Span(*match.span()), "government", f"{match[1]} Administration"))
    for match in re.finditer(r"\b([A-ZÁÉÍÓÚ]\w+)\] ([A-ZÁÉÍÓÚ]\w+)", text):  # a part that an editor put in
        for hit in known.find(f"{match[1]} {match[2]}"):
            if hit.end == len(match[0]) - 1 and hit.start == 0:
                found.take(Mention(Span(*match.span()), hit.name.type, hit.name.canonical, hit.name.entity_id))
    for hit in known.find(text):
        mention = _state(text, hit) if hit.name.type == "government" else _named(text, hit)
        if mention is not None:
            found.take(mention)
    _states_by_adjective(text, known, found)
    if lang:
        _patterns(text, found)
        for span in full_names(text):
            found.take(Mention(span, "person", _without_nickname(text[span.start : span.end])))
        _introduced(text, found)
        _surnames(text, found)
    return tuple(sorted(found.mentions, key=lambda m: m.span))


class _Taken:
    """Mentions in the order in which they were found; a stretch of the text belongs to the first that takes it."""

    def __init__(self) -> None:
        self.mentions: list[Mention] = []
        self._spans: list[Span] = []  # theirs, in the order of the text

    def take(self, mention: Mention) -> None:
        """Add a mention unless it overlaps one that is there."""
        at = bisect_left(self._spans, mention.span)
        if not any(span.overlaps(mention.span) for span in self._spans[max(0, at - 1) : at + 1]):
            self._spans.insert(at, mention.span)
            self.mentions.append(mention)


def _named(text: str, hit: Found) -> Mention | None:
    before = text[max(0, hit.start - 40) : hit.start]
    if hit.name.type == "designated_group" and (_FAMILY.search(before) or _MUSIC.match(text, hit.end)):
        return None
    name = hit.name
    if name.type == "person" and re.match(r"\s[A-ZÁÉÍÓÚ][a-záéíóú]+", text[hit.end : hit.end + 20]):
        return None
    return Mention(Span(hit.start, hit.end), name.type, name.canonical, name.entity_id)


def _state(text: str, hit: Found) -> Mention | None:
    name, before = hit.name, text[max(0, hit.start - 30) : hit.start]
    of_state = _OF_STATE.search(before)
    if of_state:
        start = hit.start - len(before) + of_state.start()
        return Mention(Span(start, hit.end), "government", name.canonical)
    word = re.match(r" (?:government|authorities)\b", text[hit.end : hit.end + 14])
    if word:
        return Mention(Span(hit.start, hit.end + word.end()), "government", name.canonical)
    if text[hit.end : hit.end + 1] in {"-", "–"} or re.match(r"['’]s\b", text[hit.end : hit.end + 3]):
        return None
    if re.search(r"\blista? (?:\w+ )*(?:de|do|dos|of) (?:the |los )?$", before):
        return Mention(Span(hit.start, hit.end), "government", name.canonical)
    if _PLACE.search(before):
        return None
    acted = _ACTED.search(before) and re.match(r"[.,;:?!\s)]", text[hit.end : hit.end + 1] or ".")
    if _ACTS.match(text, hit.end) or (
        acted
        and not re.match(
            r" [a-zA-Z]+ (?:list|"
            r"companies)",
            text[hit.end : hit.end + 25],
        )
    ):
        return Mention(Span(hit.start, hit.end), "government", name.canonical)
    return None


def _states_by_adjective(text: str, known: Known, found: _Taken) -> None:
    for match in re.finditer(r"\b([A-Z]\w+|U\.S\.|US|UK|EU) (?:government|authorities|officials(?= said))", text):
        country = known.adjectives.get(fold(match[1]))
        if country:
            found.take(Mention(Span(*match.span()), "government", country))
    for match in re.finditer(r"\b(?:autoridades|gobierno|governo) ([a-zà-ü-]+)", text):
        country = known.adjectives.get(fold(match[1]))
        if country:
            found.take(Mention(Span(*match.span()), "government", country))


def _patterns(text: str, found: _Taken) -> None:
    for match in _DATELINE.finditer(text):
        found.take(Mention(Span(*match.span("name")), "media", match["name"]))
    for pattern, type_ in ((_MEDIUM, "media"), (_AGENCY, "agency")):
        for match in pattern.finditer(text):
            found.take(Mention(Span(*match.span()), type_, match[0]))


def _without_nickname(name: str) -> str:
    return re.sub(r" [“\"«‘'][^”\"»’']*[”\"»’']", "", name)


def _introduced(text: str, found: _Taken) -> None:
    """Acronyms in brackets after a name, and nicknames in quotation marks, wherever they stand again."""
    for mention in list(found.mentions):
        end = mention.span.end
        short = _ACRONYM.match(text, end) if mention.type != "person" else None
        if short and sum(c.isupper() for c in short[1]) >= 2:
            _again(text, short[1], mention, found)
        nick = _NICKNAME.match(text, end) if mention.type == "person" else None
        if nick and not nick["nick"].endswith((",", ".", "?", "!")) and len(nick["nick"].split()) <= 3:
            _again(text, nick["nick"], mention, found)


def _again(text: str, name: str, mention: Mention, found: _Taken) -> None:
    for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?!\w)", text):
        found.take(replace(mention, span=Span(*match.span())))


def _surnames(text: str, found: _Taken) -> None:
    """Parts of a full name alone, after it stood in full."""
    sought: set[str] = set()  # the first that bears a name gets it
    persons = sorted((m for m in found.mentions if m.type == "person"), key=lambda m: m.span)
    for mention in persons:
        full = _without_nickname(text[mention.span.start : mention.span.end])
        parts = {p for n in (full, mention.canonical) for p in n.split() if p[0].isupper() and len(p) > 2} - sought
        sought |= parts
        for part in parts:
            for match in re.finditer(rf"(?<![\w-]){re.escape(part)}(?![\w-])(?! [A-ZÁÉÍÓÚ][a-z])", text):
                previous = text[max(0, match.start() - 12) : match.start()]
                capital = re.search(r"[A-ZÁÉÍÓÚ][\w’'.-]+ $", previous) and not re.search(
                    r"[A-Z][a-z]*(?:ent|"
                    r"or|er) $",
                    previous,
                )
                if match.start() > mention.span.end and not capital and not _FAMILY.search(previous):
                    found.take(replace(mention, span=Span(*match.span())))
    for match in re.finditer(r"\bSinaloa\b", text):
        if _CARTELS.search(text, max(0, match.start() - 140), match.start()):
            group = "Sinaloa Cartel"
            found.take(Mention(Span(*match.span()), "designated_group", group, "reg-sinaloa-cartel"))

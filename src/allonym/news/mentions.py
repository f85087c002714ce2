"""Who and what a text names.

Takes the text and the known names; gives mentions in order, not overlapping. A government counts only where it acts or
is acted upon. Must not fail on any text.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING

from allonym.news.dates import MONTHS
from allonym.news.forces import forces, home_offices
from allonym.news.home import at_home, countries, home, told_of
from allonym.news.introduced import FAMILY, introduced, same_persons, shortened, surnames, without_nickname
from allonym.news.known import Found, Known, english_names
from allonym.news.ministries import ministries
from allonym.news.nicknames import kin, nicknamed
from allonym.news.person_words import NOT_NAMES
from allonym.news.persons import chained, full_names, is_borne, is_company, is_thing, may_be_borne
from allonym.news.reading import Mention, Span
from allonym.news.sentences import without_heads
from allonym.news.states import administrations, home_government, joined_states, state, states_by_adjective
from allonym.news.taken import Taken
from allonym.news.titles import titles

if TYPE_CHECKING:
    from spacy.tokens import Doc

_AGENCY = re.compile(
    r"\b(?:(?:(?!The )[A-Z][a-z]+ ){1,6}(?:Police|Agency|Ministry|Guard|Navy|Army|Commission|Bureau|Intelligence Unit|"
    r"Prosecutor['’]s Office|Sheriff['’]s (?:Office|Department)|(?:District )?Attorney['’]s Office|Police Department"
    r"|State Police|Highway Patrol|Constabulary|Coast Guard|Air Force|Task Force|Customs Service|Ombudsman)\b"
    r"|(?:Ministerio|Ministério|Secretaría|Secretaria|Fiscalía|Policía|Polícia|Agencia|Guardia|Procuraduría|"
    r"Procuradoria|Dirección|Direção|Administração|Cancillería|Servicio|Serviço|Unidad|Unidade|Autoridad|Autoridade"
    r"|Defensoría|"
    r"Defensoria|Audiencia|Tribunal|Corte|Consejo|Conselho|Comisión|Comissão|Superintendencia|Superintendência"
    r"|Fuerzas|Forças|Fuerza|Força|"
    r"Ejército|Exército|Armada|Marinha|División|Divisão|Brigada|Embajada|Embaixada|Juzgado|Gendarmería|Prefectura"
    r"|Guarda|Receita|Casa Militar)"
    r"(?: (?:de la|de los|del|de|da|do|dos|das|e|y)? ?[A-ZÁÉÍÓÚ]\w+)+)"
)
_TITLED = r"[A-ZÁÉÍÓÚ]\w+(?: (?:d[aeo]s? |del |de la )?[A-ZÁÉÍÓÚ]\w+){0,3}"
_MEDIUM = re.compile(
    r"\b(?:(?:Radio|Rádio|Agencia|Canal|Diario|Revista|Agência|Correio|Tribuna|Jornal|Noticias|Folha|Gazeta|Semanario"
    r"|Semanário|"
    rf"TV) (?:d[aeo]s? )?{_TITLED}"
    r"|(?:The )?(?:[A-Z]\w+ ){1,3}(?:Radio|TV|Times|Post|Herald|Courier|Gazette|Tribune|Weekly|Ledger|Chronicle|"
    r"Clarion|Comet|Echo|Wire|News))\b"
)
#: A medium by the word before it ("o jornal El Oriente"), or as the one who is told something ("contó a El Alarido").
_MEDIUM_TOLD = re.compile(
    r"\b(?:(?:jornal|diario|diário|periódico|semanario|semanário|revista|portal|emisora|emissora|cadena|agencia"
    r"|agência|newspaper|"
    rf"magazine|website|broadcaster) (?P<named>(?:El |La |O |A |Los )?{_TITLED})"
    r"|(?:dijo|contó|declaró|aseguró|explicó|afirmó|confesó|reveló|comentó|confirmó|adelantó|disse|contou|declarou"
    r"|afirmou"
    r"|explicou|garantiu|confirmou|revelou|confidenciou|[Ss]egún|[Ss]egundo|(?:ouvid|consultad|obtid|publicad"
    r"|revelad)[oa]s? (?:pel[oa]|por))"
    r"\s(?:a|al|ao|à)?\s?"
    r"(?:la |el |o )?(?P<told>(?:El|La|O|Radio|Rádio|TV|Canal|Folha|Diario|Diário|Jornal|Agencia|Agência|Noticias"
    r"|Notícias|Correio|Correo"
    rf"|Onda|Cadena|Gazeta|Prensa|Tribuna|Portal|Semanario|Revista) {_TITLED}))"
)
#: A medium in English by its last word, as the one who is told something or has seen it.
_TOLD_ENGLISH = re.compile(
    r"\b(?:told|tells|telling|asked by|seen by|obtained by|reviewed by|spoke to|speaking to|interview with|wrote in"
    r"|writing in"
    r"|reported by|published by|investigation by|by) (?:The |the )?(?P<name>(?:[A-Z][\w’-]+ ){1,3}(?:Today|Dispatch"
    r"|Record"
    r"|Review|Reporter|Mail|Journal|Monitor|Observer|Standard|Sentinel|Register|Advertiser|Bulletin|Inquirer|Examiner"
    r"|Star"
    r"|Daily|Insider|Post|Times|Press|Online|Digital|Magazine|Network News|Report|Argus|Messenger|Independent|Mirror"
    r"|Telegraph|Express|Globe|Voice|Wire|Agency)|Channel \d+)\b(?! [A-Z])"
)
_DATELINE = re.compile(r"^[^\n]{0,60}?\((?P<name>(?!\w+day\b)[A-Z][^)\n]{3,40})\) ?[–—-]", re.M)
_MONTH = "|".join((MONTHS["es"].title() + " " + MONTHS["es"]).split())
_MUSIC = re.compile(
    r", (?:la |the |a |una |uma |un |um |o )?(?:\w+ )?(?:bloco|orquesta|banda|band|orchestra|choir|coro)"
    r"|,? (?:Esporte|Futebol|Fútbol"
    r"|Football|FC|FM|Band|Orchestra|choir|orchestra|Choir|Bar|Restaurant|Players)\b"
    rf"| de (?:{_MONTH})\b"
)
_BAND = re.compile(
    r"(?i:\b(?:(?:wedding|brass|steel|rock|pop|jazz|school|marching|mariachi|tribute|cover|dance) band|orchestra"
    r"|choir|orquesta|coro|fanfarra|"
    r"clube|football club|equipo de fútbol|time de futebol|street|river|goddess|diosa|deusa|praça|plaza|avenida"
    r"|charanga|bloco|quermesse|restaurant"
    r"|pub|café|tavern|parlour|boutique)\b[^.\n]{0,30}$)|\b(?:Little|Old"
    r"|Young|Saint|San|Santa) $"
)


#: What stands before a family name alone.
TITLES = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|President\w*|Secret\w+|Minist\w+|Gener\w+|Senator|Senador\w*|Govern\w+|Gobernador\w*|Sr|Sra"
    r"|Prime|Chancellor"
    r"|Attorney|Director|The|And|But|El|La|Con|Según|Para|Por|Que|When|While|If|In|On|For|From|With|As|After|Since"
    r"|Despite"
    r"|Pero|Mas|E|Y|Em|En|De|Como|Cuando|Quando|Segundo|Anti|Pro|Both|Comandante|Governo|Gobierno|Regime|Régimen"
    r"|Señor|Don)$"
)
_OF_PLACE = re.compile(r" d(?:e la|el|e|o|a) [A-ZÁÉÍÓÚ]\w+")
_PAPERS = frozenset(
    "El La O A Folha Correo Correio Diario Diário Jornal Tribuna Gazeta Radio Rádio Agencia Agência".split()
)
#: A name that people bear too before a family name: "Isis Marlowe".
_BORNE_BY_ONE = re.compile(r"(?:Isis|Zetas) (?!(?:Fight|Brid|Lead|Command|Milit|Attack|Cell|Flag)\w*)[A-Z][a-záéíóú]+")
_PLAIN = r"[A-ZÁÉÍÓÚ][\w’'-]+(?: (?:(?:de la|del|de|da|dos|al|bin|van|von) )?[A-ZÁÉÍÓÚ][\w’'-]+){1,3}"
_AND = re.compile(
    rf",? (?:and|y|e|&) (?P<name>{_PLAIN})"
    r"(?= (?:will|would|was|were|is|are|has|have|had|said|also|to|on|in|face[ds]?|fueron|foram|han|son|são|por|for|de"
    r"|en|em|as|como|who|que|a|who|from|after|tras|após|,)\b|[,.;:)]| ?\(|$)",
    re.M,
)
#: One name of several between commas.
_LISTED = re.compile(rf", (?P<name>{_PLAIN})(?=, [A-ZÁÉÍÓÚ]|,? (?:and|y|e) [A-ZÁÉÍÓÚ])")


def mentions(
    text: str, known: Known, lang: str, doc: "Doc | None" = None, names: "Doc | None" = None
) -> tuple[Mention, ...]:
    """Every proper name of an actor in the text, in order; `doc` is the text parsed and `names` the text with what a
    model takes for names in it, where there is one."""
    found = Taken()
    administrations(text, found)
    _completed(text, known, found)
    hits = known.find(text)
    _known(text, hits, found, doc, lang)
    where = told_of(text, known, hits)
    told = countries(where)
    states_by_adjective(text, known, found)
    forces(text, known, found)
    if lang == "en":
        ministries(text, known, where, found)
    if lang == "es":
        home_government(text, home(told, lang), found)
    if lang:
        titles(text, found)
        _patterns(text, found)
        _persons(text, found, doc if doc is not None else names)
        if doc is not None:
            _modelled(text, found, doc)
        same_persons(found)
        introduced(text, found)
        nicknamed(text, found)
        surnames(text, found)
        kin(text, found)
        _single(text, found, doc, names)
        shortened(text, found)
    if lang in ("es", "pt"):
        home_offices(text, lang, home(told, lang) or ("Brazil" if lang == "pt" else None), found)
    named = at_home(text, found.mentions, where, lang)
    if lang == "en":
        named = [replace(m, canonical=english_names().get(m.canonical, m.canonical)) for m in named]
    return tuple(sorted(named, key=lambda m: m.span))


def _known(text: str, hits: Sequence[Found], found: Taken, doc: "Doc | None", lang: str) -> None:
    """Take known names where they name an actor."""
    others = _borne_by_others(text, hits)
    for hit in hits:
        if hit.name.type == "person" and hit.name.text in others:
            continue
        if hit.name.type == "place":
            found.place(Span(hit.start, hit.end))
            continue
        mention = state(text, hit, doc, lang) if hit.name.type == "government" else _named(text, hit)
        if mention is not None:
            found.take(mention)
        elif hit.name.type == "government" and " " in text[hit.start : hit.end]:
            found.place(Span(hit.start, hit.end))
    if doc is None:
        joined_states(text, hits, found)


def _single(text: str, found: Taken, doc: "Doc | None", names: "Doc | None") -> None:
    """Take persons of one name that a model tells."""
    spans = [*(_model().given_names(doc) if doc is not None else ())]
    spans += _model().single_names(names) if names is not None else ()
    for span in spans:
        if is_borne(text[span.start : span.end]):
            found.take(Mention(span, "person", text[span.start : span.end]))


def _model() -> ModuleType:
    """What reads a parsed text; imported where there is one, since it needs spaCy."""
    from allonym.news import named

    return named


def _completed(text: str, known: Known, found: Taken) -> None:
    """Known names of which an editor put in a part: "[Nicolás] Maduro"."""
    for match in re.finditer(r"\b([A-ZÁÉÍÓÚ]\w+)\] ([A-ZÁÉÍÓÚ]\w+)", text):
        for hit in known.find(f"{match[1]} {match[2]}"):
            if hit.end == len(match[0]) - 1 and hit.start == 0:
                found.take(Mention(Span(*match.span()), hit.name.type, hit.name.canonical, hit.name.entity_id))


def _named(text: str, hit: Found) -> Mention | None:
    before = text[max(0, hit.start - 40) : hit.start]
    if hit.name.type == "designated_group" and (
        FAMILY.search(before) or _BAND.search(before) or _MUSIC.match(text, hit.end)
    ):
        return None
    name = hit.name
    if name.type == "designated_group" and _BORNE_BY_ONE.match(text, hit.start):
        return None
    if name.type == "media":
        return _medium(text, hit)
    if name.type == "agency" and " " not in name.text and not name.exact:
        longer = _AGENCY.match(text, hit.start)
        if longer and longer.end() > hit.end:
            return Mention(Span(*longer.span()), "agency", longer[0])
    if name.type == "person" and re.match(r" [A-ZÁÉÍÓÚ][a-záéíóú]+", text[hit.end : hit.end + 20]):
        return None
    return Mention(Span(hit.start, hit.end), name.type, name.canonical, name.entity_id)


def _borne_by_others(text: str, hits: Sequence[Found]) -> set[str]:
    """Family names of known persons that the text gives to somebody else: "Ernesto Rubio"."""
    known = {h.name.text: h.name for h in hits if h.name.type == "person" and " " not in h.name.text}
    return {
        surname for surname, name in known.items()
        for first in re.findall(rf"\b([A-ZÁÉÍÓÚ][a-záéíóúñ]+) {re.escape(surname)}\b", text)
        if first not in name.canonical.split() and not TITLES.match(first)
        and (is_borne(first) or (not text.startswith(first) and f"\n{first} {surname}" not in text))
    }  # fmt: skip


def _medium(text: str, hit: Found) -> Mention:
    """A known medium: without "agencia" before it, with what makes its name another: "El Faro del Caribe"."""
    start, name = hit.start, text[hit.start : hit.end]
    if name[0].islower() and " " in name:
        start += name.index(" ") + 1
    longer = _OF_PLACE.match(text, hit.end) if name.count(" ") < 2 else None
    if longer and name.split()[0] in _PAPERS:
        return Mention(Span(start, longer.end()), "media", text[start : longer.end()])
    return Mention(Span(start, hit.end), "media", hit.name.canonical, hit.name.entity_id)


def _patterns(text: str, found: Taken) -> None:
    for match in _DATELINE.finditer(text):
        found.take(Mention(Span(*match.span("name")), "media", match["name"]))
    for match in _TOLD_ENGLISH.finditer(text):
        found.take(Mention(Span(*match.span("name")), "media", match["name"]))
    for match in _MEDIUM_TOLD.finditer(text):
        kind = "named" if match["named"] else "told"
        found.take(Mention(Span(*match.span(kind)), "media", match[kind]))
    for pattern, type_ in ((_MEDIUM, "media"), (_AGENCY, "agency")):
        for match in pattern.finditer(text):
            found.take(Mention(Span(*match.span()), type_, match[0]))


def _persons(text: str, found: Taken, doc: "Doc | None") -> None:
    """Full names of persons: those the model tells, and those that the words around them tell."""
    others = _model().not_persons(doc) if doc is not None else []
    if doc is not None:
        chains = list(chained(without_heads(text)))
        for part in _model().persons(doc):
            span = next((c for c in chains if c.start <= part.start and part.end <= c.end), part)
            if is_company(text, span.end) or is_thing(text, span.start):
                continue
            if not NOT_NAMES.search(text, span.start, span.end) and may_be_borne(text, span):
                found.take(Mention(span, "person", without_nickname(text[span.start : span.end])))
    _joined(text, found)
    for span, strong in full_names(found.masked(without_heads(text))):
        if is_company(text, span.end):
            continue
        if strong or not any(other.start <= span.start and span.end <= other.end for other in others):
            found.take(Mention(span, "person", without_nickname(text[span.start : span.end])))
    _joined(text, found)


def _joined(text: str, found: Taken) -> None:
    """Full names that "and" or a comma joins to that of a person."""
    persons = [m for m in found.mentions if m.type == "person" and " " in m.canonical]
    while persons:
        end = persons.pop().span.end
        for pattern in (_AND, _LISTED):
            joined = pattern.match(text, end)
            if joined is None or is_company(text, joined.end()) or NOT_NAMES.search(joined["name"]):
                continue
            parts = joined["name"].split()
            listed = pattern is _AND or any(map(is_borne, parts))
            if listed and all(part[0].islower() or len(part) > 2 for part in parts):
                person = Mention(Span(*joined.span("name")), "person", joined["name"])
                before = len(found.mentions)
                found.take(person)
                persons += found.mentions[before:]


def _modelled(text: str, found: Taken, doc: "Doc") -> None:
    for span in _model().offices(doc):
        found.take(Mention(span, "agency", text[span.start : span.end]))
    for span in _model().media(doc):
        found.take(Mention(span, "media", text[span.start : span.end]))

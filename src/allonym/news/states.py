"""States and governments where they act or are acted upon.

Takes the text with what is known; gives mentions. Must not take a state that is only a place.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from allonym.news.home import homes
from allonym.news.known import Found, Known, fold
from allonym.news.reading import Mention, Span
from allonym.news.taken import Taken

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ACTS = re.compile(
    r",?\s(?:also |then |itself |already |ya |había |has |have |had |will |would |también )?"
    r"(?:has|have|had|is|was|are|were|will|would|says|said|may|wants|did|does|put|made|won|lists|offers|sees|"
    r"hit|banned|[a-z]+ed|"
    r"ha|han|había|habían|haviam|mantiene|trata|ofrece|anuncia|negó|[a-z]+ó|[a-záéíóú]+aron|[a-záéíóú]+ieron|"
    r"[a-z]+ou|[a-zí]+iu|[a-z]+eu|[a-z]+iram|[a-z]+aram|entregou|vá|diz|quer|"
    r"proscreve|amplia|adds|follows|welcomes|rejects|denies|la|lo|las|los|deteve|manteve|obteve|fez|impôs|propôs"
    r"|disse|quis|deu"
    r"|tem|pode|deve|pede|exige|acusa|impõe|anuncia|hizo|puso|impuso|propuso|dijo|quiso|pudo|tuvo|detuvo|mantuvo"
    r"|obtuvo|dio"
    r"|tiene|puede|debe|busca|pide|ofrece|impone|designa|declara|incluye|sanciona|extradita|entrega|amenaza|reclama"
    r"|insiste"
    r"|rechaza|confirma|prepara|promete|advierte|celebra|condena|niega|investiga|criticou|não|no (?:ha|va|tiene"
    r"|quiere)|vai|va a"
    r"|fueron|foram|fizeram|hicieron|dieron|deram|impusieron|impuseram|puseram|disseram|dijeron|mantêm|querem|quieren"
    r"|buscan|piden)\b"
)
_ACTED = re.compile(
    r"(?:\b(?:by|por|pela|pelo|pelos|pelas|against|contra|pressure|told|on|sanctions on|sobre|pressuring|targeting|"
    r"(?:coordinación|coordenação|cooperación|cooperação|colaboración|colaboração|acuerdo|acordo) com?n?|with|and"
    r")|\b(?:acus\w+|critic\w+|culp\w+|presion\w+|pression\w+|denunci\w+|desafi\w+|agradec\w+|suger\w+|propuso|propôs"
    r"|recomend\w+|advirt\w+|avis\w+|entreg\w+|prometi\w+|amenaz\w+|exigi\w+|pidi\w+"
    r"|pedi\w+|dij\w+|diss\w+"
    r"|sanciones|sanções|arancel\w*|"
    r"tarifas?|extradited|extradition|handed over)\b[^.;]{0,20}\s(?:a|al|ao|à|to))\s(?:the |los |el |la |os |o |a "
    r"|las )?$"
)
#: What a state does or suffers, before its name: "presión de Washington", "sanções da União Europeia".
_DEED_OF = re.compile(
    r"\b(?:(?:presi[oó]n|presiones|press(?:ão|ões)|petición|pedidos?|solicitud|solicitação|exigencias?|exigências?"
    r"|sanciones"
    r"|sanções|instancias|rechazo|condena|amenazas?|ameaças?|denuncia|acusaci[oó]n\w*|acusaç\w+|rejeição|apoyo|apoio"
    r"|respuesta"
    r"|resposta|sancionad[oa]s|decisi[oó]n\w*|decisão|decisões|ofensiva|invasión|invasão|ataques?|aranceles) d[eoa]s?l?"
    r"|(?:tarif\w+|arancel\w*)\b[^.;]{0,30} (?:produtos|productos|importa\w+|bienes|exporta\w+) d[eoa]s?l?)\s(?:los "
    r"|las |la )?$"
)
_BEGINS = re.compile(
    r"(?:^|[.!?:;\n\"“«¿¡—–] ?|\b(?:que|cuando|quando|mientras|enquanto|si|se|caso|donde|onde|porque|pero|mas|y"
    r"|e)\s)(?:el |la |los |o |a |os |as |"
    r"El |La |Los |O |Os )?$"
)
_GOES_ON = re.compile(
    r" (?:no|não|nunca|ya|já|se|le|les|lhe) [a-záéíóúãõç]{2,}"
    r"| (?:o|a|os|as|lo|la|los|las) [a-záéíóúãõç]{2,}(?:[óouei]|ron|ram|sse|va|ba"
    r"|mos)\b"
    r"|, (?:que|a l[ao]s? que|a quien|cuy[oa]s?|cuj[oa]s?|principal|cujo|uno de|uma? d|que)\b"
    r"| (?!(?:en|de|del|a|al|y|e|o|ou|u|para|por|con|com|como|desde|em|no|na|nos|do|da|dos|sin|sem|hasta|até|que|and"
    r"|in|or|of|to|at|as|"
    r"for|from|with|the)\b)[a-záéíóúñâêôãõç]{2,}"
)
_PLACE = re.compile(
    r"\b(?:in|at|from|near|inside|across|en|em|no|na|nos|desde|de|do|da|of|returned to|"
    r"flight to|travel to)\s(?:the |los |el |la )?$"
)
_BY = re.compile(r"\b(?:by|por|pel[oa]s?|[Ss]egún|[Ss]egundo)\s(?:the |los |las |el |la |os |as |o |a )?$")
_ASIDE = re.compile(
    r", (?:por su parte|por sua vez|en cambio|for its part|meanwhile|in turn|mientras tanto|enquanto isso),"
)
_OF_STATE = re.compile(
    r"(?i:\b(?:government of(?: the)?|(?:gobierno|governo) d(?:el|e|o|a|os)(?: los)?|autoridades|authorities of)\s)$"
)
_LEADERS = homes().leaders
_HEADS = "|".join(sorted(_LEADERS, key=len, reverse=True))
_ADMINISTRATION = re.compile(
    r"\b(?P<en>Trump|Biden|Obama|Bush|Clinton) [Aa]dministration\b"
    r"|\b(?:[Gg]obierno|[Gg]overno|[Aa]dministración|[Aa]dministração) (?:de (?:Donald |Joe )?)?"
    r"(?P<us>Trump|Biden|Obama)\b"
    rf"|\b(?P<of>{_HEADS})(?:['’]s)? (?:[Gg]overnment|[Rr]egime|[Aa]dministration)\b(?! (?:officials?|list))"
    r"|\b(?:[Gg]obierno|[Gg]overno|[Aa]dministración|[Aa]dministração|[Rr]égimen|[Rr]egime|[Dd]ictadura|[Dd]itadura) "
    rf"(?:de |do )?(?P<led>{_HEADS})\b"
)
#: "el Gobierno de Daniel Noboa": the government is one mention, its head another.
_LED = re.compile(
    r"\b(?P<word>[Gg]obierno|[Gg]overno|[Rr]égimen|[Rr]egime|[Gg]overnment|[Aa]dministración|[Aa]dministração) "
    r"(?:de |do |d[ea] (?:la )?president[ea] |of (?:[Pp]resident )?)"
    rf"(?:[A-ZÁÉÍÓÚ]\w+ ){{1,2}}(?P<head>{_HEADS})\b"
)
_ALONE = re.compile(r"\b(?:[Ee]l|al|del) (?P<name>Gobierno|Ejecutivo)\b")
_WHOSE = re.compile(r" (?:de|del|[a-zñ]+(?:[an]o|ino|eño|ense|al|és))\b")
_GOVERNMENT = re.compile(r" (?:government|authorities)\b")
_OWNS = re.compile(r"['’]s\b")
#: A body that is an agency of its own: "Iran's foreign ministry".
_OWN_BODY = re.compile(
    r"['’]s (?:[\w-]+ ){0,2}(?:[Mm]inistry|army|armed forces|navy|air force|(?:attorney"
    r"|prosecutor) general['’]s office)\b"
)
#: Towns that are named for the government that sits there.
_CAPITALS = frozenset(
    "Washington Moscow Tehran Beijing Ankara Caracas London Paris Berlin Brussels Ottawa Bogotá Bogota Damascus Kyiv "
    "Kiev Minsk Pyongyang Riyadh Jerusalem Baghdad Kabul Islamabad Delhi Tokyo Seoul Havana Managua Quito Madrid "
    "Lisbon Rome Canberra Warsaw Budapest Athens Pretoria Nairobi Khartoum Kigali Kinshasa Doha Brasília".split()
)
_OF_TOWN = re.compile(
    r"['’]s (?:\w+ )?(?:streets?|airports?|mayor|suburbs?|residents|metro|markets?|centre|center|port|hospitals?|court"
    r"|outskirts|districts?|neighbou?rhoods?|stock|theat|museum|police|people|bars|hotels?|parks?|schools?|universit"
    r"|harbou?r|bridges?|prisons?|jails?|north|south|east|west|main|business|Jewish|Chinatown|[A-Z])"
)
#: A headline whose verb the parse takes for a noun: "UK sanctions Swedish gang".
_HEADLINE = re.compile(
    r" (?:again |now |also )?(?:sanctions|targets|hits|bans|lists|designates|blacklists|imposes|slaps|names"
    r"|adds|freezes"
    r"|charges|offers|extradites|accuses|warns|threatens|vows|seeks|urges|strikes|bombs|seizes|arrests|removes|lifts"
    r"|eases|declares|labels|brands|proscribes|outlaws|expels|jails|detains|deports|hands|doubles|raises|cuts|halts"
    r"|suspends|denies|rejects|condemns|welcomes|blames|blasts|reacts|responds|retaliates|orders|demands|pulls|sends"
    r"|moves|plans|weighs|considers|mulls|eyes|puts|pays|delists|drops|unveils|announces|says|claims|kills|sinks|backs"
    r"|joins|follows|tightens|widens|expands|extends|renews|squeezes|cracks|calls|tells|asks|agrees|approves|grants"
    r"|frees|returns|launches|reimposes|restores|revokes|summons|recalls|closes|opens|signs|steps|takes)\b"
)
_FOR = re.compile(
    r"\b(?:on behalf of|at the behest of|(?:spy|spying|spied|work|working|worked|agents?|proxy|proxies|fighting|fought"
    r"|espionage|gathering intelligence) (?:\w+ )?for|in the pay of|according to|loyal to|answers? to|certificate from"
    r"|response from|reaction from|backed by|funded by|armed by) (?:the )?$"
)
_MINISTERS = re.compile(
    r" (?:foreign |finance |justice |interior |home |trade )?(?:ministers|countries|states|ambassadors) [a-z]+ed\b"
)
#: "Sanciona EU a", "Envía México a EU a": a headline that begins with its verb.
_VERB_FIRST = re.compile(
    r"(?:[-–•] )?[A-ZÁÉÍÓÚ][a-záéíóúñç]{2,}(?:a|e|ó|ou|eu|iu|an|em|am|á|ía)(?<!ia)(?: el| la| o| a)? "
)
_AT_END = re.compile(r"\s*(?:$|\n|[.,:;]| (?:y|e|en|em|de|do|da) )")
_TO_STATE = re.compile(
    r"\b(?:entreg\w+|mand\w+|envi\w+|extradit[aóo]\w*|ofrec\w+|oferec\w+|hizo llegar|hacer llegar|pid\w+|ped\w+"
    r"|exig\w+|reclam\w+|cobr\w+|vend\w+|promet\w+) (?:ayer |hoy |ontem |hoje )?(?:a|aos?|à) (?:los )?$"
)
_ASKED = re.compile(
    r"(?:[¿(]?(?:[Qq]ué|[Cc]ómo|[Pp]or qué) (?:dice|hace|quiere|responde|busca|gana|pide|propone) |\bpara )$"
)
_LIST_OF = re.compile(r"\blista? (?:\w+ )*(?:de|do|dos|of) (?:the |los )?$")
_SEATS = frozenset({"Kremlin", "Cremlin"})
_OF_TWO = re.compile(r"\b(?:[A-Z]\w+|\d+|two|three|four|five|\w+een|many|most|some|all) $")
_ENDS = re.compile(r"[.,;:?!\s)]")
_DONE_BY = re.compile(
    r"\b(?:hecho|hizo|hicieron|hará|hacen|fez|fizeram|feito)\s(?:ya |já )?(?:el |la |o |a |os |los )?$"
)
#: A town before its state: "en Mixco, Guatemala, dijo".
_IN_TOWN = re.compile(r"\b(?:en|em|de|desde|in|at|from|near) (?:[A-ZÁÉÍÓÚ]\w+ ?){1,3}, $")
_DONE_TO = re.compile(
    r"\b(?:acus|critic|sancion|ameaç|pression|responsabiliz|culp|atac)(?:ou|aram|am|a|ar|ando)\s(?:o |a |os )?$"
)
_JOINED = re.compile(r"(?:,| y| e| and)(?: el| la| los| o| a| os| the)? ")
_OWNED = re.compile(r" [a-zA-Z]+ (?:list|companies)")
_BY_ADJECTIVE = (
    re.compile(r"\b([A-Z]\w+|U\.S\.|US|UK|EU) (?:government|authorities|officials(?= said))"),
    re.compile(r"\b(?:[Aa]utoridades|[Gg]obierno|[Gg]overno) (?:federal |nacional )?([a-zà-ü-]+)"),
)


def state(text: str, hit: Found, doc: "Doc | None", lang: str = "") -> Mention | None:
    """The mention that the name of a state is, None where it is only a place."""
    name, before = hit.name, text[max(0, hit.start - 30) : hit.start]
    start, end = hit.start, hit.end
    canonical = "United States" if lang == "es" and text[start:end] == "EU" else name.canonical
    of_state, word = _OF_STATE.search(before), _GOVERNMENT.match(text[end : end + 14])
    if of_state:
        start -= len(before) - of_state.start()
    elif word:
        end += word.end()
    elif text[start:end] in _SEATS:
        pass  # a seat of government, which is never only a place
    elif not (_headline(text, hit, lang) or _acts(text, hit, before, doc)):
        return None
    return Mention(Span(start, end), "government", canonical)


def _headline(text: str, hit: Found, lang: str) -> bool:
    """Whether a state acts in a way that the parse of a headline misses, or stands for who is worked for."""
    line = text.rfind("\n", 0, hit.start) + 1
    if lang == "en":
        if hit.start == line and _HEADLINE.match(text, hit.end):
            return True
        return bool(_FOR.search(text, max(0, hit.start - 40), hit.start) or _MINISTERS.match(text, hit.end))
    before = text[line : hit.start]
    if _VERB_FIRST.fullmatch(before) and not _AT_END.match(text, hit.end):
        return True
    return bool(_TO_STATE.search(text, max(0, hit.start - 60), hit.start) or _ASKED.search(before[-25:]))


def _acting(doc: "Doc", hit: Found) -> bool | None:
    from allonym.news.named import acting  # needs spaCy

    return acting(doc, hit.start, hit.end)


def _acts(text: str, hit: Found, before: str, doc: "Doc | None") -> bool:
    """Whether a state acts or is acted upon: told by the parse where it can, else by the words beside the name."""
    if text[hit.end : hit.end + 1] in {"-", "–"}:
        return False
    if text[hit.start : hit.end] == "Americans" and _OF_TWO.search(before):
        return False
    if _OWN_BODY.match(text, hit.end):
        return False
    if _OWNS.match(text[hit.end : hit.end + 3]):
        if text[hit.start : hit.end] in _CAPITALS:
            return not _OF_TOWN.match(text, hit.end)
        return doc is not None and bool(_acting(doc, hit))
    if _LIST_OF.search(before):
        return True
    if doc is not None and (told := _acting(doc, hit)) is not None:
        return told
    if doc is None and _DEED_OF.search(text, max(0, hit.start - 60), hit.start):
        return True
    if _PLACE.search(before) or _IN_TOWN.search(before):
        return False
    if doc is None and _BEGINS.search(before) and _GOES_ON.match(text, hit.end):
        return True
    if (
        _BY.search(before)
        or _DONE_BY.search(before)
        or (doc is None and _DONE_TO.search(before))
        or _ASIDE.match(text, hit.end)
        or _ACTS.match(text, hit.end)
    ):
        return True
    acted = _ACTED.search(before) and _ENDS.match(text[hit.end : hit.end + 1] or ".")
    return bool(acted and not _OWNED.match(text[hit.end : hit.end + 25]))


def states_by_adjective(text: str, known: Known, found: Taken) -> None:
    """Take governments that are named by an adjective: "the Mexican government"."""
    for pattern in _BY_ADJECTIVE:
        for match in pattern.finditer(text):
            country = known.adjectives.get(fold(match[1]))
            if country:
                found.take(Mention(Span(*match.span()), "government", country))


def administrations(text: str, found: Taken) -> None:
    """Take governments that are named after who heads them."""
    for match in _ADMINISTRATION.finditer(text):
        american = match["en"] or match["us"]
        called = f"{american} Administration" if american else _LEADERS[match["of"] or match["led"]]
        found.take(Mention(Span(*match.span()), "government", called))
    for match in _LED.finditer(text):
        found.take(Mention(Span(*match.span("word")), "government", _LEADERS[match["head"]]))


def home_government(text: str, home: str | None, found: Taken) -> None:
    """Take "el Gobierno" alone, with a capital: that of the country of which a text in Spanish speaks most."""
    for match in _ALONE.finditer(text) if home else ():
        if home and not _WHOSE.match(text, match.end()):
            found.take(Mention(Span(*match.span("name")), "government", home))


def joined_states(text: str, hits: Sequence[Found], found: Taken) -> None:
    """Take states that "and" or a comma joins to one that acts: "Ecuador y Paraguay adoptaron"."""
    states = [hit for hit in hits if hit.name.type == "government"]
    for pairs in (list(pairwise(states)), [(b, a) for a, b in reversed(list(pairwise(states)))]):
        for one, other in pairs:
            gap = text[min(one.end, other.end) : max(one.start, other.start)]
            if _JOINED.fullmatch(gap) and found.has(one.start, one.end):
                found.take(Mention(Span(other.start, other.end), "government", other.name.canonical))

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
from allonym.news.reading import Span

NEAR = 90  # characters before a name in which an office or a trade tells that it is a person's
BORNE = 8.99  # nats: any part that the tables of frequencies have

_PART = r"(?:[A-ZÁÉÍÓÚÑÂÊÔÃÕÇÀŠŽÖÜÉ][\w’'-]*[a-záéíóúñâêôãõçàèëïöü][\w’'-]*|[A-Z]\.)"
_LINK = r"(?: (?:de la|de los|del|de|da|do|dos|das|van der|van|von|al|bin|el|la))?"
_NICK = r"(?: [“\"«‘'][^”\"»’'\n]{2,25}[”\"»’'])?"
FULL = re.compile(rf"(?<![\w’'-]){_PART}(?:{_NICK}{_LINK} (?:al-)?{_PART}){{1,5}}")
NOT_NAMES = re.compile(
    r"\b(?:Energy|Oil|Gas|Petroleum|Holdings?|Logistics|Airlines?|Airways|Motors|Foods|Industries|International|Partners"
    r"|Services|Systems|Technologies|Mining|Marine|Tankers?|Exchange|Station|Hospital|Hotel|Airport|Stadium|Prison"
    r"|Boulevard|Square|Bridge|Gardens|Park|Church|College|School|Memorial|Award|Prize|Cup|Mount|Lake|Valley|Heights"
    r"|County|Province|District|Palace|Museum|Theatre|Theater|Arena|Highway|Refinery|Terminal|Assistant|Brothers|Ranch|Air|Force|Deputy|Acting|Chief|Zona|Praça|Fora|Onda|Prensa|Oro|Jazz|Star|Players|Trading|Maritime|Shipping|Sociedad|Minera|Casa|Bolsa|SA"
    r"|Janeiro|Fevereiro|Março|Maio|Junho|Julho|Setembro|Outubro|Novembro|Dezembro|Bolsa|Capital|Dawn|Quill|Lotus"
    r"|Código|Premio|Prêmio|Nobel|Copa|Valle|Comercio|Comércio|Rota|Hurricane|Storm|Huracán|Furacão|Tormenta"
    r"|Parque|Liga"
    r"|League|Torneo|Festival|Fiesta|Festa|Operación|Operação|Caso|CPI|Crime|Organizado|Organizada|Comissão"
    r"|Protección|Ciudadana|Cámara|Câmara|Actos"
    r"|Tren|Trem"
    r"|Feira|Ferrovia|Penitenciária|Penitenciaría|Complejo|Today|Dispatch|Según|Segundo|Safety|Public|Familia|Family"
    r"|Street|Road|Avenue|Beach|Bay|Court|University|Universidad"
    r"|Universidade|Islands?|River|City|Day|"
    r"Weekly|News|Times|Radio|Rádio|"
    r"Council|Ministry|Ministerio|Ministério|Police|Policía|Polícia|Agency|Office|Department|Departamento|Code|"
    r"List|Act|Law|"
    r"Gang|Cartel|Cártel|Group|Bank|Banco|North|South|East|West|Sea|Port|Puerto|Calle|Barrio|Avenida|Plaza|"
    r"United|State|States|"
    r"Minister|President|Secretary|Senator|General|Attorney|Administrator|Commissioner|Commander|Ambassador|"
    r"Spokesman|Spokeswoman|Sheriff|Representative|Justice|Human|Rights|National|Federal|Foreign|"
    r"Security|Organization|"
    r"Organización|Tribunal|Corte|Juzgado|House|Hill|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    r"January|February|"
    r"March|April|June|July|August|September|October|November|December|The|This|That|Em|En|No|Na|Nos|Nas|Al|Ao|Feria"
    r"|Unión|União|Privados|Folha|In|On|At|But|And|For|From|"
    r"Our|His|Her|Its|Los|Las|San|Santa|"
    r"Secretaría|Fiscalía|Ministro|Unidos|América|America|Latin|Central|Baja|Nueva|New|Criminal|Supreme|Company|"
    r"Tower|Market|Quick|Press|Prime|Project|Institute|Foundation|Cent(?:er|re)|Initiative|Federation|Association"
    r"|Union|Network|Coalition|Front|Society|Alliance|League|Observatory|Fund|Ost|Pública|Externa)\b"
)
_ROLES = (
    r"president|presidente|presidenta|minister|ministro|ministra|secretary|secretario|secretaria|senator|senador|"
    r"senadora|governor|gobernador|gobernadora|governador|mayor|alcalde|alcaldesa|prefeito|prefeita|attorney|"
    r"prosecutor|fiscal|judge|juez|jueza|juiz|juíza|spokesman|spokeswoman|spokesperson|portavoz|porta-voz|vocero|"
    r"vocera|lawyer|abogado|abogada|advogado|advogada|director|directora|diretor|diretora|chief|jefe|chefe|leader|"
    r"líder|boss|general|colonel|coronel|capitán|captain|teniente|tenente|sargento|sergeant|comisario|comandante|"
    r"commissioner|delegado|delegada|deputy|diputado|diputada|deputado|deputada|representative|ambassador|"
    r"embajador|embaixador|cónsul-geral|doctor|doctora|professor|profesor|profesora|professora|analyst|analista|"
    r"researcher|investigador|investigadora|pesquisador|pesquisadora|criminologist|criminólogo|criminóloga|"
    r"economist|economista|journalist|periodista|jornalista|reporter|businessman|empresario|empresária|empresário|"
    r"surgeon|cirujano|cirujana|cirurgião|oftalmologista|bióloga|biólogo|importer|broker|investigator|neighbour|"
    r"vecino|vecina|sister|brother|hermano|hermana|wife|esposa|son|hijo|hija|daughter|father|padre|mother|madre|"
    r"grandfather|owner|dueño|dueña|dono|dona|toolmaker|farmer|fisherman|baker|teacher|maestro|maestra|"
    r"representante|auditor|auditora|senhoria|matriarca|doña|don|capo|kingpin|fugitive|suspect|sospechoso|dr|dra|"
    r"mr|mrs|ms|sir|sr|sra|prof|billionaire|tycoon|coach|nurse|sheriff|detective|inspector|officer|agent|agente|"
    r"bishop|obispo|bispo|padre|priest|chef|founder|historian|historiador|historiadora|writer|escritor|escritora|"
    r"executive|ejecutivo|chair|chairman|chairwoman|premier|canciller|chanceler|alias|negotiator|rapporteur|"
    r"relator|relatora|driver|businesswoman|shipowner|lawmaker|accountant|trader|smuggler|financier|trafficker|"
    r"engineer|pilot|skipper|pastor|rapper|singer|actor|banker|hacker|commander|guerrilla|soldier|marine|fiancé|"
    r"partner|cousin|uncle|aunt|nephew|niece|widow|husband|mum|dad|mother-in-law|gangster|rancher|pensioner|"
    r"student|widower|vicar|plumber|clerk|curator|archivist|consultor|consultora|estilista|comerciante|motorista|"
    r"pescador|pescadora|caminhoneiro|zagueiro|atacante|goleiro|cantante|cantora|técnico|ingeniero|ingeniera|"
    r"oligarca|oligarch|enviado|enviada|envoy|congresista|congressman|congresswoman|mandatario|mandataria|narco"
    r"|ganadero|ganadeiro"
    r"|sicario|magistrado|"
    r"magistrada|desembargador|desembargadora|dirigente|vereador|vereadora|militar|policial|bicheiro|miliciano"
    r"|doleiro|piloto|sócio|"
    r"sócia|socio|socia|irmão|irmã|filho|filha|pai|mãe|marido|mulher|cunhado|cuñado|primo|tio|tío|viúva|viuda|sobrino"
    r"|sobrinho|novia|"
    r"exesposa|expareja|ayatolá|jeque|príncipe|prince|king|rey|czar|zar|superintendente|coordinador|coordenador"
    r"|coordinadora|"
    r"coordenadora|promotor|promotora|procurador|procuradora|defensor|defensora|consejero|conselheiro|activista"
    r"|ativista|opositor|"
    r"opositora|exguerrillero|guerrillero|hacker|extraditado|imputado|prófugo|foragido|engenheiro|banquero|banqueiro"
    r"|magnata|magnate|capitão|cabecilla|traficante|narcotraficante"
)
#: Who is told of by a nation: "el venezolano X", "o boliviano X".
_NATIONS = (
    r"(?:venezolan|colombian|mexican|peruan|ecuatorian|bolivian|chilen|brasileñ|brasiler|paraguay|uruguay|argentin"
    r"|cuban|dominican|haitian|hondureñ|salvadoreñ|guatemaltec|panameñ|american|australian|italian|rus|chin|siri"
    r"|turc|marroquí|brasileir|venezuelan|equatorian|chilen|paraguai|uruguai|hondurenh|salvadorenh|panamenh|haitian"
    r"|italian|russ|chines|síri|iranian|iraquian|libanes|angolan|moçambican|nigerian|ucranian|bielorrus|georgian"
    r"|serbi|sérvi|polac|suec|suíç|suiz|alban|afgan|marroquin)[oa]"
    r"|(?:español|português|portugués|inglés|inglês|francés|francês|irlandés|irlandês|holandés|holandês|libanés|libanês"
    r"|japonés|japonês|japonesa|libanesa|española|portuguesa|espanhol|espanhola|alemán|alemão|alemã|iraní|iraquí"
    r"|israelí|paquistaní|estadounidense|norteamericano|nicaragüense|costarricense|canadiense|canadense|paulista"
    r"|carioca|guatemalteco|sinaloense|jalisciense|antioqueño|caleño|tapatío|israelense|norte-americano)"
)
_ROLE_BEFORE = re.compile(
    rf"(?:(?i:\b(?:ex-?|vice-?|sub-?)?(?:{_ROLES})(?:e?s|-geral|-chefe|-general)?\b\.?)"
    r"(?: [a-záéíóúãõç]{4,}){0,2},?\s"
    rf"|\b(?:[Ee]l|[Ll]a|[Oo]|[Uu]na?|[Uu]ma?|al|del|ao|do|da|pelo|pela|[Ll]os|[Oo]s|dos|y|e) (?:{_NATIONS})s?\s"
    r"|\bHonourable )[“\"]?$"
)
#: A trade or an office by its ending, in Spanish and Portuguese: "la antropóloga X", "o coordenador X". What is no
#: person has such endings too: firms ("a gestora X"), ships ("el granelero X"), papers ("el diario X").
_TRADE = (
    r"\b(?:[Ee]l|[Ll]a|[Oo]|[Uu]na?|[Uu]ma?|al|del|ao|do|da|pelo|pela|su|seu|sua|y|e|como"
    r"|[Aa](?= \w+a\b)) (?!(?:gesto|operado|constru|"
    r"produto|producto|segurado|asegurado|minerado|transporta|importado|exportado|distribui|comercializ|gerado"
    r"|generado|"
    r"incorporado|administradora|correto|locado|procesado|editor[ai]|emisor|emissor|computa|corredor|mirador|comedor"
    r"|sector|"
    r"setor|navier|petroler|petroleir|financiera|financeira|farmac|carreter|fronter|bandeir|bander|cordiller|ribera|"
    r"ladeira|feira|pedreira|cachoeira|ribeir|graneler|cargueir|carguer|pesquer|veler|crucer|cruzeir|bombarder|helic|"
    r"diari|diári|semanari|semanári|santuari|santuári|seminari|seminári|vecindari|escenari|cenári|balneari|balneári|"
    r"calend|anivers|acelerador|incinerador|primer|tercer|terceir|sendero|mosteir|estaleir|astiller|bairro|barrio"
    r"|centro|"
    r"diner|dinheir|janeir|febrer|fevereir|enero|hosteler|autor|revista|pista|lista|vista|conquista|entrevista|motor"
    r"|reator|"
    r"reactor|factor|fator|madeir|maner|maneir|tarjeta|comisar)\w*)"
    r"(?:ex-?)?\w+(?:ist|[óo]log|[td]or|[aá]ri|eir|er|[óo]graf|[íi]tic|[íi]mic)(?:[oa]|(?<=or))"
)
_COMPLEMENT = (
    r"(?: [a-záéíóúãõç-]{4,}){0,2}(?: (?:de la|de los|de las|del|de|da|do|dos|das) (?:(?!(?:la|los"
    r"|las)\b)[\w.-]+ (?:(?:de la|de|da|do|dos|das|del|y|e) )?)"
)
_TRADE_BEFORE = re.compile(_TRADE + _COMPLEMENT + r"{1,6}| )[“\"«]?$")
#: An office and what it is of before a name: "el ministro de Defensa X", "a porta-voz da Casa Branca X".
_ROLE_OF = re.compile(rf"\b(?:ex-?)?(?i:{_ROLES})" + _COMPLEMENT + r"{1,6})[“\"«]?$")
_OF_WHAT = re.compile(rf"(?:\b(?:ex-?)?(?i:{_ROLES})|{_TRADE})" + _COMPLEMENT + r"{0,6})$")
_ROLE_AFTER = re.compile(
    r",? (?:– )?(?:the |a |an |el |la |un |una |o |um |uma |who\b|whose\b|quien\b|known as |also known as |alias "
    r"|a\.k\.a\. "
    r"|conocid[oa] |conhecid[oa] |"
    rf"apontado |acusad[oa] |(?=(?:{_ROLES})\b))(?:[\w’'-]+ ){{0,3}}?(?i:(?:{_ROLES})\b|as\b|por\b|como\b|[“\"«])"
)
_SAYING = (
    r"said|says|told|tells|wrote|added|adds|announced|declared|called|replied|laughed|explained|argued|warned|"
    r"insisted|denied|posted|asked|shrugged|"
    r"claimed|sobbed|recalls|recalled|dijo|dice|afirmó|declaró|señaló|contó|explicó|aseguró|negó|añadió|agregó|"
    r"respondió|advirtió|sostiene|"
    r"cuenta|pidió|anunció|recalcó|resumió|denunció|insistió|reconoció|lamentó|disse|diz|afirmou|declarou|"
    r"contou|explicou|negou|acrescentou|respondeu|"
    r"avisa|conta|garante|rebateu|recorda|completou|lembrou|anunciou|alertou|ressaltou|destacou|resume|"
    r"complained|explains|complains|conceded|concedes|argued|argues|noted|notes|stressed|stresses|observed|quipped|"
    r"joked|jokes|testified|acknowledged|admitted|admits|confirmed|estimates|estimated|believes|whispered|shouted|"
    r"countered|retorted|remarked|vowed|pleaded|reckons|grumbled|sighed|boasted|lamented|marvelled|thundered|"
    r"confesó|comentó|indicó|precisó|manifestó|apuntó|matizó|admitió|subrayó|destacó|relató|reveló|confirmó|replicó|"
    r"remató|ironizó|lamenta|explica|asegura|afirma|sostuvo|opinó|opina|gritó|prometió|exigió|reclamó|celebró|"
    r"criticó|aclaró|detalló|informó|expuso|zanjó|recordó|señala|advierte|denuncia|bromeó|bromea|reveló|narró|relata|"
    r"confessou|comentou|indicou|observou|reclamou|criticou|defendeu|ironizou|detalhou|informou|prometeu|admitiu|"
    r"revelou|confirmou|lamentou|gritou|concluiu|emendou|sublinhou|frisou|salientou|referiu|notou|brincou|desabafou|"
    r"minimizou|relatou|narrou|ponderou|justificou|queixa-se|afirma|defende|reconhece|admite"
)
_SAYS_AFTER = re.compile(
    rf",?\s(?:se |não |no |lo |la |también |também |also |has |had |have |ha |had )?(?:{_SAYING}|was (?:arrested"
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
_SAYS_BEFORE = re.compile(rf"\b(?:{_SAYING})\s(?:a |an |al |o |el |la )?$")
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
    r" (?:no |não |se |también |também |l[oae]s? |l[ao] |lhes? |ya |já )?(?:[a-z]+(?:ó|ou|eu|iu|ía|aba|ava|ron|ram)|fue|foi|es|é|está|ha|será"
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

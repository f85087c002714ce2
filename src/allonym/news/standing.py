"""Words that stand for somebody named before, or for an office, in English, Spanish and Portuguese.

From general knowledge. Must not look at any text.
"""

import re

PERSON, GROUP, BODY = ("person",), ("designated_group",), ("agency", "government")
BOTH = ("both", "ambas", "ambos")
PLURAL = frozenset("both those them they their these las los les os as sus ambas ambos ellos eles".split())
#: Pronouns of one person, with whose they are.
GENDERS = {
    word: gender for gender, words in {
        "m": "he him his himself él ele", "f": "she her hers herself ella ela",
    }.items() for word in words.split()
}  # fmt: skip
#: What a word that stands for somebody named before means, by language.
MEANT = {
    word: kinds for kinds, words in (
        (PERSON, "he she him her his hers himself man woman suspect businessman fugitive founder leader oligarch "
                 "tycoon financier banker general commander trafficker kingpin boss Brazilian Russian Mexican "
                 "defendant year-old old él ella ele ela hombre empresario empresário acusado sospechoso detenido "
                 "arguido capo mandatario líder magistrado "
                 "narcotraficante traficante narco cabecilla prófugo prófuga foragido foragida fugitivo "
                 "fugitiva imputado imputada investigado investigada acusada detenida sospechosa detido "
                 "detida suspeito suspeita condenado exministro exministra exgobernador exdiputado deputado "
                 "deputada banquero banqueiro magnate magnata oligarca empresaria empresária armador "
                 "contador abogado abogada advogado advogada operador financista"),
        (GROUP, "it they them its their itself group gang cartel movement organisation organization militia network "
                "coalition faction outfit grupo banda cártel organización organização facção pandilla"),
        ((*PERSON, *GROUP), "la las lo los le les o a os as su sus sua seu quien quem ele ela him"),
    ) for word in words.split()
}  # fmt: skip
#: Pronouns: they mean nobody where nobody was named.
ALONE = frozenset(
    "he she it they him her his hers its them their himself herself itself themselves él ella ellos ellas ele ela eles "
    "elas la las lo los le les o a os as su sus sua seu suas seus quien quem both those these".split()
)
#: Nouns of several, with what they are; None where they are neither persons nor groups.
SEVERAL: dict[str, tuple[str, ...] | None] = {
    word: kinds for kinds, words in (
        (PERSON, "men women people persons individuals suspects brothers sisters defendants co-defendants fugitives "
                 "leaders prisoners inmates figures officials businessmen ministers hombres mujeres personas "
                 "sospechosos hermanos presos capos empresarios homens mulheres pessoas suspeitos irmãos empresários"),
        (GROUP, "groups gangs cartels organizations organisations grupos bandas cárteles organizaciones facções "
                "organizações pandillas"),
        (None, "companies firms vessels ships entities banks tankers boats empresas buques barcos entidades navios "
               "two three four five six seven eight nine ten dos tres cuatro cinco seis siete ocho nueve diez dois "
               "duas três quatro sete oito nove dez"),
    ) for word in words.split()
}  # fmt: skip
WITHIN = re.compile(
    r"(?:each|all|both|some|none|every one|cada uno|todos|ambos|cada um)(?: (?:\w+ )?(?:of|de) (?:them|whom|which"
    r"|ellos)"
    r"| deles)?"
)
OF_WHICH = re.compile(r"both of (?:which|whom)$")
THESE = re.compile(r"\b(?:these|estos|estas|estes|esses|essas)\s$", re.IGNORECASE)
OWN = re.compile(r"\b(?:its|their|his|her)\s$", re.IGNORECASE)
KINDS = re.compile(
    r"(?:organi[sz]ation|group|cartel|gang|entit|movement|network|outfit|militia|faction|affiliate|banda|grupo|cártel"
    r"|(?:armed|military|political) wing|organizaci|organizaç|facç|pandilla|maras?)\w*$",
    re.IGNORECASE,
)
DEFINITE = {
    "en": re.compile(r"\b(?:the|this|that|these|those|all|both)\s$", re.IGNORECASE),
    "es": re.compile(r"\b(?:el|la|los|las|este|esta|ese|esa|al|del)\s$", re.IGNORECASE),
    "pt": re.compile(r"\b(?:o|a|os|as|este|esta|esse|essa|ao|do|da|à)\s$", re.IGNORECASE),
}
#: What an act is never done to: what somebody is called, property without its owner.
NOT_TARGETS = re.compile(
    r"\bterroris\w+[”\"»]? (?:group|organi[sz]ation|entit|movement)\w*$"
    r"|^(?:organización|organização|grupo|entidad) terrorista$"
    r"|^(?:\w+ )?(?:property|assets|accounts|bienes|activos|fondos|bens|ativos|contas|bod(?:y|ies)|things?|birds?"
    r"|information"
    r"|(?:as (?:much|high) as |up to )?\d[\d.,]*\s?(?:%|per ?cent)|sanctions|orders?|designation|entrada|ingreso"
    r"|terrorist designation)$|^(?:anything|everything|nothing|something|whatever)\b",
    re.IGNORECASE,
)
NOBODY = frozenset(
    {"me", "us", "you", "i", "we", "my", "our", "your", "anyone", "anybody", "everyone", "nobody", "what"}
)
BODIES = frozenset(
    "department ministry agency force council office bureau committee commission administration government authorities "
    "bloc cabinet departamento ministerio ministério consejo conselho gobierno governo fiscalía polícia policía".split()
)
#: Words that tell of what state a government is only to those who know it already.
OF_THIS_STATE = re.compile(
    r"(?:federal |national |interim |military |central )?(?:government|authorities)$"
    r"|(?:gobierno|governo|ejecutivo|executivo)(?: federal| nacional| central)?$"
)
#: What is held, seized or sunk rather than arrested.
THINGS = re.compile(
    r"\b(?:tankers?|ships?|vessels?|boats?|yachts?|freighters?|planes?|aircraft|jets?|cargo(?:es)?|goods|drugs|cocaine"
    r"|weapons|tonnes?|tons|kilos?|buques?|barcos?|navios?|iates?|yates?)\b",
    re.IGNORECASE,
)
BODIES_OF_STATE = frozenset(
    "government authorities administration gobierno governo autoridades justicia justiça estado executivo "
    "ejecutivo".split()
)
#: What a state's adjective before it says it acts by: "Israeli jets".
FORCES = re.compile(
    r"\b(?:jets|warplanes|planes|drones|troops|forces|missiles|aircraft|warships|agents|officers|soldiers|commandos"
    r"|raids"
    r"|airstrikes|strikes|bombers|gunboats|marines|lawmakers|customs|border guards|intelligence)$"
    r"|^(?:ataques?|bombardeos?|bombardeios?|armada|marina|marinha|guardia|fuerza|aviación|aviação|aviones|aviões"
    r"|fuerzas?|forças?|tropas|ejército|exército|cazas|caças|dron|drones|misil|misiles|míssil|mísseis|avión|elementos"
    r"|efectivos)\b",
    re.IGNORECASE,
)
MINISTERS = re.compile(
    r"(?:\w+ ){0,3}(?:ministers|ministros|leaders|líderes|ambassadors|embajadores|embaixadores)\b", re.IGNORECASE
)
#: What does not act itself: who is behind it does.
INSTRUMENT = frozenset(
    "measure measures move moves action actions decision designation designations sanctions order orders decree ruling "
    "resolution law bill list announcement notice statement package round wave tranche batch raft step steps "
    "restrictions medida medidas decisión "
    "decisão sanciones sanções resolución resolução decreto paquete pacote ley lei lista anuncio anúncio".split()
)
HUMAN = re.compile(
    r"\b(?:prosecutors?|police\w*|agents?|authorit\w+|officials?|army|navy|court|tribunal|judges?|jury|juries|marines?"
    r"|soldiers?|troops|investigators?|officers?|cops?|feds|detectives?|guards?|coast ?guard|regulators?|ministers?"
    r"|lawmakers|forces?|military|department|ministry|agency|council|office|bureau|committee|commission|government"
    r"|administration|bloc|cabinet|parliament|congress|senate|president|secretary|magistrates?|marshals?|rangers?|feds"
    r"|commandos?|patrols?|customs|treasury|militar\w*|ejército|marina|policía\w*|polícia\w*|fiscal\w*|juez\w*|juiz\w*"
    r"|corte|tribunal|jurado|gobierno|governo|autoridad\w*|agentes|ministerio|ministério|consejo|conselho|promotor\w*"
    r"|procurador\w*|justicia|justiça|cartera|departamento|congreso|congresso|parlamento|guardia|guarda|ministr[oa]s?"
    r"|rebels|gunmen|militants|neighbou?rs|king|sheriff\w*|deput\w+)\b",
    re.IGNORECASE,
)

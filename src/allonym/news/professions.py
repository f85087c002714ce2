"""What a text says that a person does and where, against what a listing says of a person of that name.

Takes the text, the place of a name and the properties of the listing; gives evidence as matching has it. What one side
does not tell is no evidence. Must not compare what is no profession or place.
"""

import re
from collections.abc import Iterable
from functools import cache

from allonym.matching.evidence import Evidence
from allonym.model import Properties
from allonym.news.known import fold
from allonym.news.reading import Span

#: Nats, set by hand: too few texts tell a profession to learn them. Another profession alone undoes a link.
SAME, OTHER, PLACE = 1.2, -1.1, 1.0
NEAR = 70  # characters around a name
#: Professions that one person may have together stand on one line. From general knowledge.
KINDS = {
    "medicine": "surgeon doctor physician dentist nurse pharmacist vet paediatrician cirujano cirujana médico médica "
    "dentista enfermero enfermera farmacéutico cirurgião enfermeiro farmacêutico",
    "law": "lawyer judge attorney magistrate solicitor barrister notary abogado abogada juez jueza notario advogado "
    "advogada juiz juíza notário",
    "press": "journalist reporter editor columnist photographer periodista reportero fotógrafo jornalista repórter",
    "sport": "footballer player coach goalkeeper boxer cyclist swimmer futbolista jugador entrenador boxeador ciclista "
    "jogador zagueiro goleiro técnico nadador",
    "arts": "singer actor actress writer novelist painter musician poet rapper dj cantante actriz escritor escritora "
    "pintor músico poeta cantor cantora ator atriz",
    "learning": "teacher professor student researcher historian economist scientist librarian maestro maestra profesor "
    "profesora estudiante investigador investigadora historiador economista científico professora pesquisador",
    "trade": "baker fisherman farmer plumber electrician butcher carpenter mechanic driver barber tailor shopkeeper "
    "waiter "
    "cook chef panadero pescador agricultor fontanero mecánico conductor peluquero sastre cocinero padeiro agricultor "
    "encanador mecânico motorista barbeiro alfaiate cozinheiro",
    "business": "businessman businesswoman banker financier trader broker shipowner executive director chairman "
    "chairwoman "
    "owner investor accountant empresario empresaria banquero financiero comerciante directivo contador empresário "
    "empresária banqueiro comerciante diretor contador money exchange hawala",
    "office": "minister president governor senator ambassador mayor deputy official secretary commissioner ministro "
    "ministra presidente gobernador senador embajador alcalde diputado funcionario secretario governador embaixador "
    "prefeito deputado funcionário secretário",
    "arms": "general colonel commander officer soldier brigadier admiral captain military militant fighter coronel "
    "comandante oficial militar capitán almirante coronel capitão almirante",
}
#: Kinds that a listed person is often told to have had beside another, so that they do not speak against it.
ALONGSIDE = frozenset({"business", "office", "arms", "law"})
PLACES = ("address", "birthPlace", "addressEntity", "country", "notes", "summary")
TOLD = ("position", "title", "notes", "summary", "description", "occupation", "education")
_WORD = re.compile(r"[^\W\d_]+")
_PLACED = re.compile(
    r"(?:\b(?:of|from|in|at|de|en|em|desde)\s"
    r"|^,?\s?,\s)(?P<place>[A-ZÁÉÍÓÚ][\w’'-]+(?: (?:[a-z]{2,3} )?[A-Z][\w’'-]+)?)"
)


def evidence(text: str, name: Span, listed: Properties) -> list[Evidence]:
    """The reasons that profession and place give for or against the person named there being the listed one."""
    around = _around(text, name)
    return [*_professions(around, listed), *_places(text, name, listed)]


def _around(text: str, name: Span) -> str:
    """The words of the clause around a name."""
    before = re.split(r"[.;:\n]", text[max(0, name.start - NEAR) : name.start])[-1]
    after = re.split(r"[.;:\n]", text[name.end : name.end + NEAR])[0]
    apposed = after if after.lstrip().startswith((",", "(", "–")) else ""
    return f"{before} {apposed}"


def _professions(around: str, listed: Properties) -> list[Evidence]:
    told, given = _kinds([around]), _kinds(v for prop in TOLD for v in listed.get(prop, ()))
    if not told or not given:
        return []
    left, right = ", ".join(sorted(told.values())), ", ".join(sorted(set(given.values())))
    if told.keys() & given.keys():
        return [Evidence("profession", SAME, f"profession agrees ({left}; listed as {right})", left, right)]
    if (told.keys() | given.keys()) <= ALONGSIDE:
        return []
    return [Evidence("profession", OTHER, f"another profession ({left}, listed as {right})", left, right)]


def _places(text: str, name: Span, listed: Properties) -> list[Evidence]:
    """A place beside the name that the listing names too. That it names another tells little: people move."""
    known = fold(" ".join(v for prop in PLACES for v in listed.get(prop, ())))
    for found in _PLACED.finditer(text, max(0, name.start - 30), min(len(text), name.end + NEAR)):
        place = found["place"]
        if re.search(rf"\b{re.escape(fold(place))}\b", known):
            return [Evidence("place", PLACE, f"place agrees ({place})", place, place)]
    return []


def _kinds(texts: Iterable[str]) -> dict[str, str]:
    """The kinds of profession that texts tell of, each with the word that does."""
    words = (word.lower() for text in texts for word in _WORD.findall(text))
    return {kind: word for word in words if (kind := _kind_of().get(word))}


@cache
def _kind_of() -> dict[str, str]:
    return {word: kind for kind, words in KINDS.items() for word in words.split()}

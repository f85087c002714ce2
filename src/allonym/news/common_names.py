"""Groups whose names also mean something else: a state, a band, a street, a family, a common word.

Takes the text with its mentions; gives the mentions, those of such names marked `ambiguous` with the reason where
nothing in the text settles which is meant, and adds places that act like the group of their name. Must not mark a name
beside which the text speaks of crime, lists or arms, nor leave one out for what stands elsewhere.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from allonym.news.known import fold
from allonym.news.reading import Mention, Span
from allonym.news.sentences import sentences

#: What each name means beside the group, in words that end "…, and nothing beside it tells which is meant".
MEANINGS = {
    "los zetas": "Zetas is also a family name", "zetas": "Zetas is also a family name",
    "barrio 18": "a barrio may be called so", "barrio azteca": "a barrio may be called so",
    "los lobos": "also a band, and “the wolves”", "los choneros": "also the people of Chone",
    "los rojos": "also clubs whose colour is red", "los mayos": "also the Mayo people",
    "los pulpos": "also “the octopuses”", "los gallegos": "also the people of Galicia",
    "los espartanos": "also “the Spartans”", "los cuinis": "also a family's nickname", "black axe": "also a tool",
    "la familia": "also “the family”", "la familia michoacana": "also a family from Michoacán",
    "the base": "also a common word", "base": "also a common word", "hive": "also a common word",
    "conti": "also a family name", "eta": "also “estimated time of arrival”", "camorra": "also a quarrel",
    "los viagras": "also a medicine's name", "la línea": "also “the line”", "cosa nostra": "also “our thing”",
    "shining path": "also a plain phrase", "hells angels": "also the title of a book and films",
    "national action": "also a plain phrase", "m23": "also a road and a galaxy", "evil corp": "also a firm of fiction",
    "amigos dos amigos": "also “friends of friends”",
    "lions' den": "also a plain phrase", "al-shabaab": "also “the youth”, in names of clubs",
}  # fmt: skip
_MEANINGS = {fold(name): meaning for name, meaning in MEANINGS.items()}
#: Places that give a cartel its name: alone they may stand for it.
PLACES = {"sinaloa": "a state of Mexico", "juárez": "a city of Mexico", "tijuana": "a city of Mexico"}
_CRIME = re.compile(
    r"\b(?:cartels?|cárteles|cártel|cartel|gangs?|pandillas?|pandilleros?|bandas? criminal\w*|terror\w*|traffick\w*"
    r"|tr[aá]fic\w*"
    r"|narco\w*|drugs?|drogas?|cocaín\w+|cocaine|fentan\w+|designat\w+|sanction\w*|sancion\w*|sanç\w+|extort\w*|extors\w*"
    r"|armed|armad[oa]s?|crimin\w*|crim\w+|militants?|milit\w+|insurg\w*|guerr\w+|kill\w*|murder\w*|homicid\w*|asesin\w*|matar?\w*"
    r"|smuggl\w*|contraband\w*|arrest\w*|deten\w+|preso\w*|prison\w*|c[aá]rcel\w*|police|polic[ií]a\w*|fiscal\w*|indict\w*|charg\w*"
    r"|hitm[ae]n|sicari\w*|kidnap\w*|secuestr\w*|attack\w*|ataque\w*|bomb\w*|weapons?|armas|ransomware|hack\w*|jihad\w*|mara|facç\w+"
    r"|outlaw\w*|proscri\w*|blacklist\w*|members? of|leaders? of|boss(?:es)?|cabecilla\w*|capos?|kingpins?"
    r"|extradit\w*)\b",
    re.IGNORECASE,
)
_ACTS = re.compile(r"\s(?:has|had|was|is|will|would|sent|moved|controls?|runs?|ran|fights?|fought|[a-z]+ed)\b")
_PLACED = re.compile(
    r"(?:\b(?:in|of|from|to|at|near|across|around|en|de|desde|hacia|por|para|a|al)\s|[,/-]\s?)(?:the |la |el )?$"
    r"|state of $",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"\s(?:state|governor|police|university|officials|prosecutors|congress)\b", re.IGNORECASE)


def settled(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions, those of common names marked where nothing settles what they mean."""
    parts = sentences(text)
    sure = {m.canonical for m in mentions if m.type == "designated_group" and _is_sure(text, m, parts)}
    found = [_marked(text, mention, sure) for mention in mentions]
    return tuple(sorted([*found, *_by_place(text, mentions)], key=lambda m: m.span))


def _marked(text: str, mention: Mention, sure: set[str]) -> Mention:
    meaning = _meaning(text, mention)
    if mention.type != "designated_group" or not meaning or mention.canonical in sure:
        return mention
    return replace(mention, ambiguous=f"{meaning}, and nothing beside it tells which is meant")


def _meaning(text: str, mention: Mention) -> str:
    """What else its name means, "" where it means nothing else."""
    return _MEANINGS.get(fold(text[mention.span.start : mention.span.end]), "")


def _is_sure(text: str, mention: Mention, parts: Sequence[Span]) -> bool:
    """Whether the sentence of a mention, or the next to it, speaks of crime, lists or arms; or the name is not "
    "common."""
    if not _meaning(text, mention):
        return True
    at = next((n for n, s in enumerate(parts) if s.start <= mention.span.start < s.end), None)
    if at is None:
        return False
    near = parts[max(0, at - 1) : at + 2]
    told = text[near[0].start : mention.span.start] + " " + text[mention.span.end : near[-1].end]
    return bool(_CRIME.search(told))


def _by_place(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Places that act, in a text that names the cartel of their name elsewhere: the state or the cartel."""
    cartels = {
        place: m for m in mentions if m.type == "designated_group" for place in PLACES
        if fold(m.canonical) in (f"{fold(place)} cartel", f"cartel de {fold(place)}")
    }  # fmt: skip
    found = []
    for place, cartel in cartels.items():
        for match in re.finditer(rf"(?<![\w-]){place.title()}(?![\w-])", text):
            span = Span(*match.span())
            if any(m.span.overlaps(span) for m in mentions) or _PLACED.search(
                text[max(0, span.start - 12) : span.start]
            ):
                continue
            if _ACTS.match(text, span.end) and not _LOCAL.match(text, span.end):
                reason = f"{place.title()} is also {PLACES[place]}, and nothing beside it tells which is meant"
                found.append(replace(cartel, span=span, ambiguous=reason))
    return found

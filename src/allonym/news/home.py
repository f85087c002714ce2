"""The country of which a text speaks most, and whose an office is that many countries have: "la Fiscalía".

Takes the text with what is known; gives the country, and mentions under the name of that country's office. Must not
rename an office that the text names in full.
"""

import json
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from allonym.news.known import Found, Known, fold
from allonym.news.reading import Mention

#: What media everywhere name as those that act from abroad.
_ABROAD = frozenset({"United States", "European Union", "United Nations"})
_AMERICAN = re.compile(r"\b(?:U\.?S\.? Treasury|Treasury Department|Department of the Treasury|OFAC|Ofac)\b")
_HM = re.compile(r"\b(?:HM Treasury|OFSI|Chancellor of the Exchequer)\b")
_BRITISH = {"Treasury": "HM Treasury", "the Treasury": "HM Treasury"}


@dataclass(frozen=True, slots=True)
class Homes:
    """Countries by what tells of them. `offices`: by what is written, whose it is in each country; elsewhere it is as
    names.json has it. `places`: towns, regions and money. `spoken`: where the language of a text is spoken. `leaders`:
    who heads a government that is called after them; an American administration is an actor of its own."""

    offices: dict[str, dict[str, str]]
    places: dict[str, str]
    spoken: dict[str, frozenset[str]]
    leaders: dict[str, str]


@cache
def homes() -> Homes:
    """What homes.json has."""
    told = json.loads(files("allonym.news").joinpath("homes.json").read_text("utf-8"))
    places = {word: country for country, words in told["places"].items() for word in words.split()}
    spoken = {lang: frozenset(countries) for lang, countries in told["spoken"].items()}
    return Homes(told["offices"], places, spoken, told["leaders"])


def told_of(text: str, known: Known, hits: Sequence[Found]) -> list[tuple[int, str]]:
    """Where a text names a country, by its name, an adjective or a town, in order."""
    told = [(hit.start, hit.name.canonical) for hit in hits if hit.name.type == "government"]
    places = homes().places
    for match in re.finditer(r"\w+", fold(text)):
        country = known.adjectives.get(match[0]) or places.get(match[0])
        if country:
            told.append((match.start(), country))
    return sorted(told)


def countries(told: Sequence[tuple[int, str]]) -> Counter[str]:
    """How often a text names each country."""
    return Counter(country for _, country in told)


def home(told: Counter[str], lang: str = "") -> str | None:
    """The country of which a text speaks most, those that act from everywhere left out; of those that speak its
    language where there is one."""
    named = [name for name, _ in told.most_common() if name not in _ABROAD]
    return next((name for name in named if name in homes().spoken.get(lang, ())), named[0] if named else None)


def at_home(text: str, mentions: Sequence[Mention], where: Sequence[tuple[int, str]], lang: str = "") -> list[Mention]:
    """The mentions, offices that many countries have under the name of that of the country named behind them, else of
    the country the text is about; `where` is what `told_of` gives."""
    told = countries(where)
    country = home(told, lang)
    british = not _AMERICAN.search(text) and (told["United Kingdom"] > told["United States"] or bool(_HM.search(text)))
    found = list[Mention]()
    for mention in mentions:
        written = text[mention.span.start : mention.span.end]
        whose = homes().offices.get(written, {}) if mention.type == "agency" else {}
        office = whose.get(_behind(text, mention.span.end, where) or country or "") if whose else None
        if british and mention.type == "agency":
            office = _BRITISH.get(written, office)
        found.append(replace(mention, canonical=office, entity_id=None) if office else mention)
    return found


def _behind(text: str, end: int, where: Sequence[tuple[int, str]]) -> str | None:
    """The country that "de" or an adjective names right behind an office."""
    at = bisect_left(where, (end, ""))
    near = at < len(where) and re.fullmatch(r"(?: d(?:el?|e la|e los|o|a|os))? ", text[end : where[at][0]])
    return where[at][1] if near else None

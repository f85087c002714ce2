"""Ministries and forces that English names by what they are: "the foreign ministry", "Lebanon's army".

Takes the text with what is known and where it names countries; gives mentions under the name of the country's own:
that which stands beside, else the last one named. Must not take what has a name of its own.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from allonym.news.known import Known, fold
from allonym.news.reading import Mention, Span
from allonym.news.taken import Taken

REACH = 1_500  # characters back in which the country of a ministry is named
_TOPICS = {
    "foreign": "Foreign Affairs", "foreign affairs": "Foreign Affairs", "external affairs": "External Affairs",
    "interior": "the Interior", "home affairs": "Home Affairs", "home": "Home Affairs", "defence": "Defence",
    "defense": "Defense", "finance": "Finance", "treasury": "Finance", "justice": "Justice", "health": "Health",
    "economy": "Economy", "trade": "Trade", "commerce": "Commerce", "oil": "Oil", "energy": "Energy",
    "petroleum": "Petroleum", "information": "Information", "security": "Security", "transport": "Transport",
    "public security": "Public Security", "national security": "National Security", "communications": "Communications",
    "culture": "Culture", "intelligence": "Intelligence", "mines": "Mines", "mining": "Mining", "labour": "Labour",
    "environment": "Environment", "education": "Education", "agriculture": "Agriculture", "prisons": "Prisons",
    "unification": "Unification", "state security": "State Security", "internal affairs": "Internal Affairs",
    "public safety": "Public Safety", "industry": "Industry", "munitions": "Munitions", "digital affairs":
    "Digital Affairs",
}  # fmt: skip
_NAMES = "|".join(sorted(_TOPICS, key=len, reverse=True))
_WHOSE = (
    r"(?:(?P<whose>[A-Z][\w.]+(?: [A-Z]\w+)?)(?P<owns>['’]s)? "
    r"|\b(?P<article>[Tt]he|[Ii]ts|[Hh]is|[Tt]heir|[Tt]hat|an?) |(?<![\w-]))"
)
_MINISTRY = re.compile(rf"{_WHOSE}(?P<what>(?P<topic>(?i:{_NAMES})) [Mm]inistry)\b(?! of\b)")
_FORCE = re.compile(
    r"(?:(?P<whose>[A-Z][\w.]+(?: [A-Z]\w+)?)(?:['’]s)? |\b(?P<article>[Tt]he) )"
    r"(?P<what>army|armed forces|navy|air force|attorney general['’]s office|prosecutor general['’]s office)\b"
    r"(?!['’]s|-| (?:of|that|which|to|was built|chief)\b)"
)
_NOT_OF_STATES = frozenset({"European Union", "United Nations"})
_NAMED = {"army": "Armed Forces", "armed forces": "Armed Forces", "navy": "Navy", "air force": "Air Force"}
#: What the forces of some states are called.
_OWN = {
    "Israel": "Israel Defense Forces", "Mexico": "Mexican Army", "Pakistan": "Pakistan Army",
    "China": "People's Liberation Army", "United Kingdom": "British Army", "Colombia": "Colombian Armed Forces",
}  # fmt: skip


def ministries(text: str, known: Known, told: Sequence[tuple[int, str]], found: Taken) -> None:
    """Take ministries and forces without a name of their own."""
    for match in _MINISTRY.finditer(text):
        country = _country(text, known, told, match)
        if country and country not in _NOT_OF_STATES and country != "United States":
            name = f"Ministry of {_TOPICS[match['topic'].lower()]} of {country}"
            start = match.start("whose") if match["whose"] and not match["owns"] else match.start("what")
            found.take(Mention(Span(start, match.end()), "agency", name))
    for match in _FORCE.finditer(text):
        country = _country(text, known, told, match)
        if country and country not in _NOT_OF_STATES:
            found.take(Mention(Span(*match.span("what")), "agency", _force(known, country, match["what"])))


def _country(text: str, known: Known, told: Sequence[tuple[int, str]], match: re.Match[str]) -> str | None:
    """Whose it is: of the country beside it, else of that named last before, else of the next in the sentence."""
    if match["whose"]:
        beside = known.adjectives.get(fold(match["whose"]))
        if beside:
            return beside
        at = bisect_left(told, (match.start("whose"), ""))
        here = told[at] if at < len(told) and told[at][0] < match.end("whose") else None
        return here[1] if here else None
    before = [country for _, country in told[: bisect_left(told, (match.start(), ""))][-12:]]
    ministry = "topic" in match.re.groupindex
    fit = [c for c in before if c not in _NOT_OF_STATES and not (ministry and c == "United States")]
    return fit[-1] if fit else None


def _force(known: Known, country: str, what: str) -> str:
    if "office" in what:
        return f"{what.replace('’', chr(39)).title().replace(chr(39) + 'S', chr(39) + 's')} of {country}"
    if country == "United States":
        return "United States Navy" if what == "navy" else "United States Armed Forces"
    if country in _OWN and what != "navy":
        return _OWN[country]
    adjective = next((word.title() for word, of in known.adjectives.items() if of == country), country)
    return f"{adjective} {_NAMED[what]}"

"""People in a text who share a listed person's name: the same person, another one, or nobody can tell.

Takes mentions with the entities they were linked to by name, the text and open lists; gives the mentions, each linked
person weighed by what text and listing both tell: age, nationality, profession, place. Uses the evidence of matching.
Must not link a person whose facts speak against it, nor pass over that the name alone agrees.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import countrynames

from allonym.matching.evidence import Evidence
from allonym.matching.facts import fact_evidence
from allonym.model import REGISTER, Entity, Properties
from allonym.names.parts import Kind
from allonym.news.known import Known, Lists, fold
from allonym.news.professions import evidence
from allonym.news.reading import Mention

AGAINST = -1.0  # nats: a sum of facts from which a link is not made
ALONE = "only the name agrees with the listing; text and listing tell nothing else that can be compared"
_AGED = re.compile(
    r"\s?\(?,? ?(?:aged |de |com )?(\d{2})(?=[,.;)]| ?(?:años|anos|years old))|[^.;\n]{0,40}?\b(\d{2})-year-old"
)
_BEFORE = re.compile(r"(\d{2})-year-old(?: [\w-]+){0,4} $")
_WORDS = re.compile(r"[^\W\d_][\w-]*")


def weighed(
    text: str, mentions: Sequence[Mention], lists: Lists | None, known: Known, day: str | None
) -> tuple[Mention, ...]:
    """The mentions; of persons linked to an entry of the lists, those whose facts differ lose the link, and those of
    whom nothing but the name agrees say so in `ambiguous`."""
    linked = sorted({m.entity_id for m in mentions if m.type == "person" and m.entity_id})
    if lists is None or not linked:
        return tuple(mentions)
    entries = {entity.entity_id: entity for entity in lists.store.entities(lists.view(), ids=linked)}
    told: dict[str, Properties] = {}
    beside: dict[str, dict[str, Evidence]] = {}  # by name: what profession and place tell, each once
    for mention in mentions:
        if mention.type == "person" and mention.entity_id in entries:
            told.setdefault(mention.canonical, {})
            for prop, values in _facts(text, mention, known, day).items():
                told[mention.canonical].setdefault(prop, []).extend(values)
            for reason in evidence(text, mention.span, entries[mention.entity_id].properties):
                beside.setdefault(mention.canonical, {}).setdefault(reason.feature, reason)
    verdicts = {
        name: _verdict(told[name], entries[entity_id], [*beside.get(name, {}).values()])
        for name, entity_id in _names(mentions, told)
    }
    return tuple(_marked(mention, verdicts.get(mention.canonical)) for mention in mentions)


def _names(mentions: Sequence[Mention], told: dict[str, Properties]) -> set[tuple[str, str]]:
    return {(m.canonical, m.entity_id) for m in mentions if m.entity_id and m.canonical in told}


def _marked(mention: Mention, verdict: tuple[bool, str] | None) -> Mention:
    if verdict is None or mention.type != "person":
        return mention
    is_linked, reason = verdict
    return replace(mention, entity_id=mention.entity_id if is_linked else None, ambiguous=reason)


def _verdict(told: Properties, entry: Entity, beside: list[Evidence]) -> tuple[bool, str]:
    """Whether the link stands, and why it may not: "" where facts agree."""
    found = (fact_evidence(told, entry.properties, Kind.PERSON) if told else []) + beside
    if not found:
        return True, "" if entry.source == REGISTER else ALONE
    reasons = "; ".join(e.sentence for e in found)
    if sum(e.weight for e in found) <= AGAINST:
        return False, f"shares the name of {entry.caption} ({entry.entity_id}), but {reasons}"
    return True, ""


def _facts(text: str, mention: Mention, known: Known, day: str | None) -> Properties:
    """What stands beside a name: an age, from which the year of birth, and a nationality."""
    start, end = mention.span.start, mention.span.end
    found: Properties = {}
    aged = _AGED.match(text, end) or _BEFORE.search(text, max(0, start - 60), start)
    if aged and day:
        year = int(day[:4]) - int(next(group for group in aged.groups() if group))
        found["birthDate"] = [str(year), str(year - 1)]
    ahead = _WORDS.findall(text[max(0, start - 40) : start])[-4:]
    countries = [known.adjectives[fold(word)] for word in ahead if fold(word) in known.adjectives]
    codes = [code.lower() for country in countries if (code := countrynames.to_code(country))]
    if codes:
        found["nationality"] = codes[-1:]
    return found

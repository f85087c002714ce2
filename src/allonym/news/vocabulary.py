"""The words that tell of acts, ready to search with.

Takes acts.json; gives `ParseWords` for parsed English, `RuleWords` for Spanish and Portuguese. Must not look at any
text.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class ParseWords:
    """What a parse is searched with: lemmas with the type of act they tell of, sets of lemmas, and patterns."""

    verbs: dict[str, str]
    nouns: dict[str, str]
    mended: dict[str, str]  # forms whose lemma the pipeline gets wrong
    listing: frozenset[str]
    delisting: frozenset[str]
    handing: frozenset[str]
    freezing: frozenset[str]
    imposing: frozenset[str]
    modal: frozenset[str]
    threat: frozenset[str]
    denial: frozenset[str]
    staying: frozenset[str]
    announcing: frozenset[str]
    instrument: frozenset[str]
    whole: frozenset[str]
    belonging: frozenset[str]
    terror: re.Pattern[str]
    sanction: re.Pattern[str]
    list_: re.Pattern[str]
    property_: re.Pattern[str]
    custody: re.Pattern[str]
    money: re.Pattern[str]
    force: re.Pattern[str]
    aim: re.Pattern[str]
    court: re.Pattern[str]
    topic: re.Pattern[str]
    lister: re.Pattern[str]
    sdn: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class RuleWords:
    """What a text in one language is searched with; the groups of `trigger` are named kind_type: "active_arrest"."""

    trigger: re.Pattern[str]
    context: dict[str, re.Pattern[str]]
    links: frozenset[str]
    ends: frozenset[str]
    articles: frozenset[str]
    by: re.Pattern[str]
    to: re.Pattern[str]
    clitic: re.Pattern[str]
    relative: re.Pattern[str]
    threat: re.Pattern[str]
    denial: re.Pattern[str]
    announcing: re.Pattern[str]
    goal: re.Pattern[str]
    aided: re.Pattern[str]
    his: re.Pattern[str]
    begun: re.Pattern[str]
    personal: re.Pattern[str]
    taker: re.Pattern[str]
    done: re.Pattern[str]  # before an infinitive that is told as done: "tras detener"
    planned: re.Pattern[str]  # … as planned
    hoped: re.Pattern[str]  # … as no more than an idea


#: The forms of regular verbs: "sancion~ar" in acts.json stands for all of them, with pronouns behind.
_FORMS = {
    "es": {
        "ar": r"(?:ó|aron|an?|aran?|ar(?:á|án|ía|ían)|aban?|ad[oa]s?|(?:ándo|ar)(?:l[oae]s?|se)|ando|ar)",
        "er": r"(?:ió|ieron|en?|ieran?|er(?:á|án|ía|ían)|ían?|id[oa]s?|(?:iéndo|er)(?:l[oae]s?|se)|iendo|er)",
        "ir": r"(?:ió|ieron|en?|ieran?|ir(?:á|án|ía|ían)|ían?|id[oa]s?|(?:iéndo|ir)(?:l[oae]s?|se)|iendo|ir)",
    },
    "pt": {
        "ar": r"(?:á-l[oa]s?|(?:ou|aram?|am?|ar(?:á|ão|ia|iam)|ava|avam|ad[oa]s?|ando|ar)(?:-n?[oa]s?)?)",
        "er": r"(?:ê-l[oa]s?|(?:eu|eram?|em?|er(?:á|ão|ia|iam)|iam?|id[oa]s?|endo|er)(?:-n?[oa]s?)?)",
        "ir": r"(?:i-l[oa]s?|(?:iu|iram|em?|ir(?:á|ão|ia|iam)|iam?|id[oa]s?|indo|ir)(?:-n?[oa]s?)?)",
    },
}
_REGULAR = re.compile(r"~(ar|er|ir)")


@cache
def parse_words() -> ParseWords:
    """The words for parsed English."""
    told = _told("en")
    return ParseWords(
        mended=told["mended"],
        **_typed(told, "verbs", "nouns"),
        **_sets(told, "listing", "delisting", "handing", "freezing", "imposing", "modal", "threat", "denial", "staying",
                "announcing", "instrument", "whole", "belonging"),
        **_patterns(told, "terror", "sanction", "list_", "property_", "custody", "money", "force", "aim", "court",
                    "topic", "lister", "sdn"),
    )  # fmt: skip


@cache
def rule_words(lang: str) -> RuleWords:
    """The words of a language that is read by rules."""
    told = _told(lang)
    parts = [
        rf"(?P<{kind}_{type_}>{_REGULAR.sub(lambda end: _FORMS[lang][end[1]], '|'.join(texts))})"
        for kind in ("active", "passive", "noun")
        for type_, texts in told[kind].items()
    ]
    return RuleWords(
        trigger=re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE),
        context={type_: re.compile(text, re.IGNORECASE) for type_, text in told["context"].items()},
        **_sets(told, "links", "ends", "articles"),
        **_patterns(told, "by", "to", "clitic", "relative", "threat", "denial", "announcing", "goal", "aided", "his",
                    "begun", "personal", "taker"),
        **_governors(told, "done", "planned"),
        hoped=re.compile(rf"(?:{told['hoped']})", re.IGNORECASE),
    )  # fmt: skip


def _told(lang: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(files("allonym.news").joinpath("acts.json").read_text("utf-8"))[lang]
    return told


# Each gives fields of a dataclass by name: Any, since mypy does not know which.
def _typed(told: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: {word: type_ for type_, text in told[name].items() for word in text.split()} for name in names}


def _sets(told: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: frozenset(told[name].split()) for name in names}


def _patterns(told: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: re.compile(told[name], re.IGNORECASE) for name in names}


def _governors(told: dict[str, Any], *names: str) -> dict[str, Any]:
    """What governs an infinitive, up to four words before it."""
    return {
        name: re.compile(rf"\b(?:{told[name]})(?P<gap>(?:\s[^\s.,;:]+){{0,4}})\s$", re.IGNORECASE) for name in names
    }

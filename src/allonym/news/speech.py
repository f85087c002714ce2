"""The vocabulary of saying, by language, ready to search with.

Takes speech.json; gives a `Speech` for "en", "es" or "pt". Must not look at any text.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

#: What a Portuguese verb may have behind a hyphen: "desmente-o".
ENCLITIC = r"(?:[oa]s?|l[oa]s?|n[oa]s?|lhes?|se|me)(?!\w)"
IMPLIED = ("statement", "announcement", "denial", "manner", "finding")


@dataclass(frozen=True)
class Speech:
    """One language's words. `verb` finds any verb of saying; `implies` tells what a form (in small letters) implies."""

    lang: str
    verb: re.Pattern[str]
    implies: dict[str, str]
    according: re.Pattern[str]
    that: re.Pattern[str]
    pronouns: dict[str, str]
    words: dict[str, frozenset[str]]
    unnamed: re.Pattern[str]
    preposition: re.Pattern[str]
    to: re.Pattern[str]
    us: re.Pattern[str]
    we: re.Pattern[str]
    adverbial: re.Pattern[str]
    timing: re.Pattern[str]
    denied: re.Pattern[str]
    kin: re.Pattern[str]
    calls: re.Pattern[str]
    judges: re.Pattern[str]
    accuses: re.Pattern[str]
    turn: re.Pattern[str]
    other: re.Pattern[str]


def _forms(told: str) -> list[str]:
    """Single words, and phrases where `|` sets them apart: "deny denied|ruled out"."""
    words, *phrases = told.split("|")
    return [*words.split(), *phrases]


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _trie(words: list[str]) -> str:
    """As `_any`, with beginnings that words share told once: a long list is sought four times as fast."""
    ends = "" in words
    rests: dict[str, list[str]] = {}
    for word in dict.fromkeys(words):
        if word:
            rests.setdefault(word[0], []).append(word[1:])
    inner = "|".join(re.escape(first) + _trie(rest) for first, rest in rests.items())
    if not inner:
        return ""
    return f"(?:{inner})?" if ends else inner if len(rests) == 1 else f"(?:{inner})"


@cache
def speech(lang: str) -> Speech:
    """The words of a language that is read."""
    told: dict[str, Any] = json.loads((files("allonym.news") / "speech.json").read_text(encoding="utf-8"))[lang]
    implies = {form: kind for kind in reversed(IMPLIED) for form in _forms(told[kind])}
    flags = re.IGNORECASE
    sets = (
        "auxiliary",
        "negated",
        "unnamed",
        "roles",
        "bodies",
        "articles",
        "indefinite",
        "owners",
        "kinship",
        "kinds",
    )
    return Speech(
        lang=lang,
        verb=re.compile(
            rf"(?<![\w-])(?:{_trie(list(implies))}|pushed back \w+ against)(?![\w’'])(?!-(?!{ENCLITIC})[^\W\d])", flags
        ),
        implies=implies,
        according=re.compile(rf"(?<!\w)(?:{told['according']})\s+", flags),
        that=re.compile(rf"\s*,?\s*(?<!\w)(?:{told['that']}),?\s+", flags),
        pronouns=told["pronouns"],
        words={name: frozenset(told[name].split()) for name in sets},
        unnamed=re.compile(told["unnamed_mark"], flags),
        preposition=re.compile(rf"(?<!\w)(?:{_any(told['prepositions'].split())})\s", flags),
        to=re.compile(rf"(?<!\w)(?:{told['to']})\s+(?:the |el |la |los |o |os )?$", flags),
        us=re.compile(rf"(?<!\w)(?:{told['us']})", flags),
        we=re.compile(rf"(?<!\w)(?:{told['we']})\s+(?:the |el |la |o |a )?$", flags),
        adverbial=re.compile(told["adverbial"], flags),
        timing=re.compile(told["timing"], flags),
        denied=re.compile(told["denied"], flags),
        kin=re.compile(rf"(?<!\w)(?:{told['kin']})", flags),
        calls=re.compile(rf"(?<!\w){told['calls']}\s+(?P<content>[^.;:]+?\s{told['called']})(?!\w)", flags),
        judges=re.compile(
            rf"(?<!\w)(?:{told['judges']})\s(?!que\b|formalmente)(?P<content>[^.;:,\n]*?(?:\s|^)(?:{told['judged']})[^.;:,\n]*)",
            flags,
        ),
        accuses=re.compile(r"acus\w+\s(?:formalmente\s)?[^.;:,\n]*?\sde\s(?P<content>\w+[^.;:\n]*)", flags),
        other=re.compile(rf"(?:{told['other']})\s"),
        turn=re.compile(
            rf"^(?:(?P<question>{told['question']})|"
            rf"(?P<answer>{told['answer']}|[A-ZÁÉÍÓÚÑÇÂÊÔÃÕ]{{4,}}:))\s*(?=\S)",
            re.MULTILINE,
        ),
    )

"""Names of Switzerland's list: ordered parts and their spelling variants, put together.

Takes a `name` element; gives whole names with their kind, and the parts as FtM properties of a person. Must not
multiply the variants of one part with those of another: the list has names with thousands of such combinations.

Latin variants are put in one part at a time. Variants in another script are put together by script and position, the
first of each part with the first of the others, so that no name mixes scripts as long as every part has such a variant.
A title is no part of the name; a maiden name makes a former name with the given names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allonym.model import NameKind
from allonym.sources import xml
from allonym.sources.entry import Entry

PART_PROPS = {
    "given-name": "firstName", "further-given-name": "middleName", "family-name": "lastName", "title": "title",
    "suffix": "nameSuffix", "father-name": "fatherName",
}  # fmt: skip
#: Parts known to belong to the name, without a property of their own.
PLAIN_PARTS = {"whole-name", "maiden-name", "tribal-name", "grandfather-name", "other"}
GIVEN = {"given-name", "further-given-name", "father-name"}
TYPES = {"primary-name", "alias", "formerly-known-as"}
EMPTY = {"", "-"}


@dataclass(frozen=True, slots=True)
class _Part:
    type: str
    value: str
    variants: tuple[tuple[str, str, str], ...]  # (script, lang, text)


def read_name(element: Any, entry: Entry, *, main: bool) -> None:
    """State every form of one name; `main` says whether it belongs to the main identity."""
    parts = [part for part in _parts(element) if part.value not in EMPTY]
    kind = _kind(element, entry, main)
    lang = element.get("lang")
    named = [part for part in parts if part.type not in ("title", "maiden-name")] or parts
    entry.name(_join(part.value for part in named), kind, lang=lang)
    alias = NameKind.ALIAS if kind is NameKind.PRIMARY else kind
    for text, script, variant_lang in _variants(named):
        entry.name(text, alias if script in ("", "LATN") else NameKind.ORIGINAL_SCRIPT, lang=variant_lang or None)
    for maiden in (part.value for part in parts if part.type == "maiden-name"):
        given = [part.value for part in parts if part.type in GIVEN]
        entry.name(_join([*given, maiden]), NameKind.FORMER, lang=lang)
    if entry.schema == "Person":
        _part_props(parts, entry)


def _parts(element: Any) -> list[_Part]:
    found = []
    for part in element.iterfind("name-part"):
        variants = tuple(
            ((v.get("script") or "").upper(), v.get("lang") or "", (v.text or "").strip())
            for v in part.iterfind("spelling-variant")
            if (v.text or "").strip() not in EMPTY
        )
        order = part.get("order") or ""
        found.append((int(order) if order.isdigit() else 99,
                      _Part(part.get("name-part-type") or "", xml.text(part, "value"), variants)))  # fmt: skip
    return [part for _, part in sorted(found, key=lambda pair: pair[0])]


def _kind(element: Any, entry: Entry, main: bool) -> NameKind:
    kind = element.get("name-type") or ""
    if kind not in TYPES:
        entry.report.issue("unknown_value", "name-type is not known; taken for an alias",
                           entity_id=entry.entity_id, original=kind)  # fmt: skip
    if kind == "primary-name" and main:
        return NameKind.PRIMARY
    if kind == "formerly-known-as":
        return NameKind.FORMER
    return NameKind.WEAK if element.get("quality") == "low" else NameKind.ALIAS


def _variants(parts: list[_Part]) -> Iterator[tuple[str, str, str]]:
    """(whole name, script, language) of every variant."""
    base = [part.value for part in parts]
    foreign: dict[tuple[str, str], int] = {}
    for index, part in enumerate(parts):
        for script, lang, text in part.variants:
            if script in ("", "LATN"):
                yield _join([*base[:index], text, *base[index + 1 :]]), script, lang
            else:
                count = sum(1 for v in part.variants if v[:2] == (script, lang))
                foreign[script, lang] = max(count, foreign.get((script, lang), 0))
    for (script, lang), count in foreign.items():
        for position in range(count):
            pieces = []
            for part in parts:
                own = [v[2] for v in part.variants if v[:2] == (script, lang)]
                pieces.append(own[min(position, len(own) - 1)] if own else part.value)
            yield _join(pieces), script, lang


def _part_props(parts: list[_Part], entry: Entry) -> None:
    for part in parts:
        if prop := PART_PROPS.get(part.type):
            entry.add(prop, part.value)
        elif part.type not in PLAIN_PARTS:
            entry.report.issue("unknown_value", "name-part-type is not known; kept in the whole name",
                               entity_id=entry.entity_id, original=part.type)  # fmt: skip


def _join(parts: Any) -> str:
    return " ".join(part for part in parts if part)

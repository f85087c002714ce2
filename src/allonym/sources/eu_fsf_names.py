"""Names of the EU list, and what stands on the same element: function, title, gender.

Takes the nameAlias elements of an entry; states the names. No name is flagged primary and every one is `strong`: the
primary name is the first of the regulation's English text that is in Latin letters, without a language other than
English, and not remarked to be weak or former; the first name when there is none such. Weak and former names are told
by their remarks, in the languages the list prints them in. Must not translate a name.
"""

import re
from functools import lru_cache
from typing import Any

from followthemoney.types import registry

from allonym.model import NameKind
from allonym.sources import xml
from allonym.sources.entry import SPACES, Entry
from allonym.sources.name_cell import CellName, in_latin, state_name

WEAK = re.compile(r"\blow? quality\b", re.IGNORECASE)
QUALITY = re.compile(r"^\W*(?:good|god|qood|high|low?) quality (?:ali+as|a\.k\.a\.)\W*$", re.IGNORECASE)
SCRIPT = re.compile(r"^\W*original script\W*$", re.IGNORECASE)
FORMERLY = (
    "formerly known as", "formerly listed as?", "(?:as )?previously listed(?: as)?", "former name", "maiden name",
    "anciennement connue sous le nom d", "già", "ranije poznato kao", "anksčiau žinoma kaip", "korábbi elnevezése",
    "voorheen bekend als", "qabel kienet magħrufa bħala", "prej imenovano", "predtým známy ako", "dříve znám jako",
    "tidligere kendt som", "vormals", "entinen", "παλαιότερα γνωστή ως", "ar a dtugtaí an", "cunoscută anterior drept",
    "anteriormente denominada", "dawniej znany jako", "известно преди като", "antes conocida como", "tidigare känt som",
)  # fmt: skip
# The whole remark, after a quality at most: `formerly known as X` tells of another name and leaves this one as it is.
FORMER = re.compile(rf"(?:[^;]*;)?\W*(?:{'|'.join(FORMERLY)})\W*|\W*former name of\b.*", re.IGNORECASE)
PARTS = {"firstName": "firstName", "middleName": "middleName", "lastName": "lastName"}
FIELDS = {
    *PARTS, "wholeName", "function", "gender", "title", "nameLanguage", "strong", "regulationLanguage", "logicalId",
}  # fmt: skip
LISTED = re.compile(r"(?:^|\s)\(?[a-h]\)\s")


def state_names(entry: Entry, aliases: list[Any]) -> None:
    """State all names of an entry, and the functions, titles and genders beside them."""
    remarks = [[SPACES.sub(" ", text) for text in xml.texts(alias, "remark")] for alias in aliases]
    primary = _primary(aliases, remarks)
    if primary is None:
        entry.report.issue("no_name", "an entry without a name", entity_id=entry.entity_id)
    for number, alias in enumerate(aliases):
        kind = NameKind.PRIMARY if number == primary else _kind(alias, remarks[number])
        _name(entry, alias, kind, remarks[number])


def _primary(aliases: list[Any], remarks: list[list[str]]) -> int | None:
    """Which name is the primary one: the best by language, script and remark, the first among equals."""
    best: tuple[int, int] | None = None
    for number, alias in enumerate(aliases):
        whole = alias.get("wholeName", "").strip()
        if not whole:
            continue
        rank = 8 * (not in_latin(whole)) + 4 * (_kind(alias, remarks[number]) is not NameKind.ALIAS)
        rank += 2 * (alias.get("regulationLanguage") != "en") + (alias.get("nameLanguage") not in ("", "EN"))
        if best is None or rank < best[0]:
            best = (rank, number)
    return best[1] if best else None


def _kind(alias: Any, remarks: list[str]) -> NameKind:
    if any(FORMER.fullmatch(remark) for remark in remarks):
        return NameKind.FORMER
    if alias.get("strong") == "false" or any(WEAK.search(remark) for remark in remarks):
        return NameKind.WEAK
    return NameKind.ALIAS


def _name(entry: Entry, alias: Any, kind: NameKind, remarks: list[str]) -> None:
    whole, lang = alias.get("wholeName", ""), language(alias.get("nameLanguage", ""))
    if kind is NameKind.PRIMARY:
        entry.name(whole, kind, lang=lang)
    elif whole.strip():
        state_name(entry, CellName(whole, not in_latin(whole)), kind, lang=lang)
    if entry.schema == "Person":
        for attribute, prop in PARTS.items():
            entry.add(prop, alias.get(attribute), lang=lang)
        entry.add("title", alias.get("title"))
        entry.add("gender", alias.get("gender"))
        for function in LISTED.split(alias.get("function", "")):
            entry.add("position", function.strip(" ,"))
    else:
        for attribute in ("title", "function"):
            _noted(entry, whole, alias.get(attribute, ""), attribute)
    for remark in remarks:
        if not QUALITY.fullmatch(remark) and not SCRIPT.fullmatch(remark):
            _noted(entry, whole, remark, "alias")


def _noted(entry: Entry, name: str, text: str, qualifier: str) -> None:
    if text.strip():
        entry.add("notes", f"{name}: {text}", original=text.strip(), qualifier=qualifier)


@lru_cache(maxsize=256)
def language(code: str) -> str | None:
    """FtM's three-letter code of a two-letter language code; None when there is none (`SS` stands for nothing)."""
    found: str | None = registry.language.clean(code) if code else None
    return found

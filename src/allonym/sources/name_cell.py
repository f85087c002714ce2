"""One printed cell of a list to the names in it.

Takes the text of a name cell; gives the names, each with whether it is in a script other than Latin. Must not change
a name: only what stands between names (semicolons, list letters, brackets around another script) is taken off.
"""

import re
from dataclasses import dataclass

from allonym.model import NAME_KIND_PROP, NameKind
from allonym.sources.entry import SPACES, Entry

_OTHER = "\u0370-\u1cff\u2e80-\ud7ff\ufb1d-\ufdff\ufe70-\ufefc"
OTHER_RUN = re.compile(f"[{_OTHER}](?:[{_OTHER}\\s\u200c\u200d'’.-]*[{_OTHER}])?")
LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
# Printed beside a name to say what it is, no part of it.
LABEL = re.compile(r"\(?\boriginal script\b\)?\s*:?|-\s*sub-unit name", re.IGNORECASE)
#: No cell of names is longer; taking a longer one apart would only cost time.
LONGEST = 5000
BETWEEN = re.compile(r"[;،]|(?:^|\s)[a-z]\)\s")


@dataclass(frozen=True, slots=True)
class CellName:
    """A name of a cell; `other_script` when it is not in Latin letters."""

    text: str
    other_script: bool


def in_latin(text: str) -> bool:
    """Whether at least half of the letters are Latin (also true of a text without letters)."""
    if text.isascii():
        return True
    letters = [char for char in text if char.isalpha()]
    return 2 * sum(1 for char in letters if LATIN.match(char)) >= len(letters)


def split_cell(cell: str) -> list[CellName]:
    """The names of a cell in their order.

    `A; B` are two names; `X (Y; Z)` with X in another script are three. A cell in one script without separators is
    one name, as it stands.
    """
    cell = SPACES.sub(" ", cell).strip()
    if len(cell) > LONGEST:
        return [CellName(cell, not in_latin(cell))]
    mixed = bool(LATIN.search(cell)) and bool(OTHER_RUN.search(cell))
    names: list[CellName] = []
    rest = cell
    if mixed:
        names = [CellName(part, True) for run in OTHER_RUN.findall(cell) for part in _pieces(run)]
        rest = LABEL.sub("", OTHER_RUN.sub(";", cell))
    names += [CellName(part, not in_latin(part)) for part in _pieces(rest)]
    return names


def _pieces(text: str) -> list[str]:
    return [piece for piece in map(tidy, BETWEEN.split(text)) if piece]


def tidy(text: str) -> str:
    """A name without the quotes, commas and unmatched or all-embracing brackets that a split leaves at its ends."""
    before = None
    while text != before:
        before = text
        text = text.strip(' ,;:"“”')
        if text.startswith("(") and text.find(")") in (-1, len(text) - 1):
            text = text[1:]
        if text.startswith("(") and text.endswith("))"):
            text = text[1:-1]
        if text.count(")") > text.count("("):
            text = text[:-1] if text.endswith(")") else text.removeprefix(")")
        if text.endswith("("):
            text = text[:-1]
    return text


def state_name(entry: Entry, name: CellName, kind: NameKind, *, lang: str | None = None,
               original: str | None = None) -> None:  # fmt: skip
    """State a name of a cell: of `kind`, or as a name in its original script that stays weak or former."""
    if not name.other_script:
        entry.name(name.text, kind, lang=lang, original=original)
        return
    prop = NAME_KIND_PROP[NameKind.ALIAS if kind is NameKind.PRIMARY else kind]
    entry.add(prop, name.text, lang=lang, original=original, qualifier=NameKind.ORIGINAL_SCRIPT.value)

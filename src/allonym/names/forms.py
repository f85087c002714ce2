"""Legal forms: every written form of `GmbH`, `Aktiengesellschaft`, `OOO` … to one mark.

Takes the words of an organisation's name; gives them with each legal form replaced by one word. The forms are in
`forms.tsv`, made by bench/learn/forms.py from rigour's (after ISO 20275 and others).
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from allonym.names.glossary import plain

Key = tuple[str, ...]
LONGEST = 8  # words of a form


@cache
def table() -> dict[Key, str]:
    """Word sequences, spelt as `glossary.plain` does, to the mark of their form."""
    found: dict[Key, str] = {}
    for line in (files("allonym.names") / "forms.tsv").read_text(encoding="ascii").splitlines():
        if not line.startswith("#"):
            short, written = line.split("\t")
            found.update((tuple(form.split("_")), short) for form in written.split())
    return found


def _plain(texts: Sequence[str]) -> Key:
    return tuple([plain(text) for text in texts])


@cache
def _longest() -> dict[str, int]:
    """The words that a form may begin with, each with the number of words of the longest."""
    found: dict[str, int] = {}
    for key in table():
        found[key[0]] = max(found.get(key[0], 0), min(LONGEST, len(key)))
    return found


def begins(text: str) -> bool:
    """Whether a legal form may begin with the word."""
    return plain(text) in _longest()


def is_form(texts: Sequence[str]) -> bool:
    """Whether the words are a legal form and nothing else."""
    return _plain(texts) in table()


def mark(texts: list[str]) -> list[tuple[str, bool, int]]:
    """The words with forms marked: (text or mark, is a form, how many words it stands for)."""
    forms, longest = table(), _longest()
    spelled, found = _plain(texts), list[tuple[str, bool, int]]()
    at = 0
    while at < len(texts):
        for length in range(min(longest.get(spelled[at], 0), len(texts) - at), 0, -1):
            form = forms.get(spelled[at : at + length])
            # A name that is nothing but a form keeps it as its name.
            if form and (at > 0 or at + length < len(texts)):
                found.append((form, True, length))
                at += length
                break
        else:
            found.append((texts[at], False, 1))
            at += 1
    return found

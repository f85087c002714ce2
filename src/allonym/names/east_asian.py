"""Hangul and Han characters to ASCII words.

Takes a word; gives ASCII words. Hangul goes syllable by syllable in the North Korean manner that the lists use, Han by
Pinyin with the surname apart. Names of organisations are longer: their usual words are translated (`han_words.tsv`), as
lists do. A foreigner's name, which has a dot between its parts, goes by the sounds that its characters stand for
(`han_sounds.tsv`). Japanese readings cannot be known from the characters: a Japanese name in kanji comes out as a
Chinese one.
"""

from collections.abc import Callable
from functools import cache
from importlib.resources import files

from anyascii import anyascii

INITIALS = "k k n t t r m p p s s  j j ch k t p h".split(" ")
VOWELS = "a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i".split()
FINALS = " k k k n n n t l l l l l l l l m p p t t ng t t k t p t".split(" ")
COMPOUND_SURNAMES = frozenset(
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 夏侯 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 宇文 长孙 長孫 司徒".split()
)
LONGEST_PERSON = 4  # characters of a name in Han or Hangul that may be a person's
LONGEST_TERM = 6
DOTS = "·・‧•･"


@cache
def _foreign() -> dict[str, str]:
    return _table("han_sounds.tsv")


@cache
def terms() -> dict[str, str]:
    """Words of organisations' names, each with what lists write for it."""
    return _table("han_words.tsv")


def _table(file: str) -> dict[str, str]:
    """Characters or words, each with its Latin form, from lines of a Latin form and what has it."""
    found: dict[str, str] = {}
    for line in (files("allonym.names") / file).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            latin, written = line.split("\t")
            found.update(dict.fromkeys(written.split(" "), latin))
    return found


def hangul(word: str) -> list[str]:
    """A word in Hangul as ASCII words, one a syllable."""
    if len(word) > LONGEST_PERSON or word in terms():
        return _translated(word, _syllables)
    return _syllables(word)


def _syllables(word: str) -> list[str]:
    found = []
    for char in word:
        index = ord(char) - 0xAC00
        if 0 <= index < 11_172:
            initial, vowel, final = index // 588, index % 588 // 28, index % 28
            found.append(INITIALS[initial] + VOWELS[vowel] + FINALS[final])
    if len(found) > 1 and word[0] in "이리":
        found[0] = "ri"
    return found


def han(word: str) -> list[str]:
    """A word in Han characters as ASCII words: the surname and the given name, or an organisation's words."""
    if len(word) > LONGEST_PERSON or word in terms() or (len(word) == LONGEST_PERSON and word[-2:] in terms()):
        return _translated(word, lambda rest: [anyascii(rest).lower()])
    surname = 2 if word[:2] in COMPOUND_SURNAMES and len(word) > 2 else 1
    pieces = [word[:surname], word[surname:]] if len(word) >= 2 else [word]
    return [anyascii(piece).lower() for piece in pieces if piece]


def transcribed(name: str) -> str:
    """A foreigner's name in Han characters by its sounds, dots as spaces; the vowels are approximate."""
    sounds = _foreign()
    return "".join(" " if char in DOTS else sounds.get(char) or anyascii(char).lower() for char in name)


def _translated(word: str, spell: Callable[[str], list[str]]) -> list[str]:
    """Known words translated, the longest first; what stands between them spelt."""
    known, found, rest, at = terms(), list[str](), "", 0
    while at < len(word):
        for length in range(min(LONGEST_TERM, len(word) - at), 0, -1):
            # One character alone is a part of a name as often as a word.
            if (term := known.get(word[at : at + length])) and (length > 1 or at + length == len(word)):
                found.extend(spell(rest) if rest else ())
                found.extend(term.split(" "))
                rest, at = "", at + length
                break
        else:
            rest += word[at]
            at += 1
    return [*found, *(spell(rest) if rest else ())]

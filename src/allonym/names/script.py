"""Any script to lower-case ASCII, the way names are written in lists.

Takes text from anywhere; gives ASCII words. Must not fail on any input: what cannot be romanised disappears. Arabic and
Hebrew script leave vowels out, and a syllable of Hangul or Han is never a letter off: each word is marked with what was
read (see `Script`). Hangul and Han are `east_asian`'s work, Arabic script is `arabic`'s, all other scripts are
anyascii's; `compounds` parts Arabic given names alike in all of them.
"""

import re
import unicodedata
from enum import IntEnum
from typing import NamedTuple

from anyascii import anyascii

from allonym.names import arabic, east_asian, syllables
from allonym.names.compounds import GOD, SERVANT, SERVANT_OF_GOD, parted
from allonym.names.remembered import remembered

MAX_LENGTH = 1_000
LONGEST_WORD = 64
HEBREW = dict(zip("אבגדהוזחטיכךלמםנןסעפףצץקרשת", "a b g d h v z h t y k k l m m n n s a p f ts ts k r sh t".split(),
                  strict=True))  # fmt: skip
_SIGNS = re.compile(r"[^\w]+")
WORD_BREAK = re.compile(r"[^\w'’`ʿʾ‘´.&%+-]+|_")
_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]+"
FOREIGN_IN_HAN = re.compile(rf"{_HAN}(?:[{east_asian.DOTS}]{_HAN})+")
APOSTROPHES = re.compile("['’`ʿʾ‘´]")
INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]?\.?")
LAST_LATIN = "\u024f"
NO_LETTER = re.compile(r"[^a-z0-9]+")
#: Vowel signs of Arabic and Hebrew, which most leave out.
POINTS = re.compile("[\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]+")
WITH_SIGNS = re.compile("[\u0700-\u074f\u0780-\u10ff\u1200-\u18ff\u1900-\u1cff\ua800-\uabff]+")
CAMEL = re.compile(r"(?<=[A-Za-zÀ-ÿ][a-zà-ÿ])(?=[A-ZÀ-Þ][A-Za-zà-ÿ])|(?<=[a-zà-ÿ]{3})(?=[A-ZÀ-Þ]{2,}$)")


class Script(IntEnum):
    """What was read, as far as it tells which differences may be slips."""

    LETTERS = 0
    BARE = 1  # consonants of a script that leaves short vowels out
    VOWELLED = 2  # a known name in such a script: its consonants are certain, its vowels as lists write them
    SYLLABLES = 3  # Hangul or Han: a letter off is another character


class Word(NamedTuple):
    """One word in lower-case ASCII letters and digits."""

    text: str
    script: Script = Script.LETTERS


def visible(text: str) -> str:
    """The text in NFKC without control, format (zero-width, bidi) and unassigned characters, cut to MAX_LENGTH."""
    if text.isascii() and text.isprintable():
        return text[:MAX_LENGTH]
    composed = unicodedata.normalize("NFKC", text[: 4 * MAX_LENGTH])
    if composed.isprintable():
        return composed[:MAX_LENGTH]
    kept = (" " if c.isspace() else c for c in composed if c.isspace() or unicodedata.category(c) not in _INVISIBLE)
    return "".join(kept)[:MAX_LENGTH]


_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})


def _kind(char: str) -> str:
    """The script of one character as far as it matters here."""
    code = ord(char)
    if 0x0600 <= code <= 0x06FF or 0x0750 <= code <= 0x077F or 0xFB50 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFF:
        return "arabic"
    if 0x0590 <= code <= 0x05FF:
        return "hebrew"
    if 0xAC00 <= code <= 0xD7A3:
        return "hangul"
    if 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF:
        return "han"
    return "other"


def _abjad(word: str, table: dict[str, str]) -> str:
    return "".join(table.get(c, "") for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


@remembered(65_536)
def _foreign(word: str) -> tuple[Word, ...]:
    """A word with a character beyond Latin script."""
    kinds = {_kind(c) for c in word if c.isalpha()}
    if kinds == {"arabic"}:
        return tuple(one for text, bare in arabic.romanised(word) for one in _arabic(text, bare=bare) if one.text)
    if kinds == {"hebrew"}:
        return (Word(_abjad(word, HEBREW), Script.BARE),)
    if kinds == {"hangul"}:
        return tuple(_syllabic(s) for s in east_asian.hangul(word))
    if kinds == {"han"}:
        return tuple(_syllabic(s) for s in east_asian.han(word) if s)
    return _latin(anyascii(word).replace("'", ""))


def _arabic(text: str, *, bare: bool) -> tuple[Word, ...]:
    if bare:
        return (Word(text, Script.BARE),)
    return tuple(Word(piece, Script.VOWELLED) for piece in parted(text))


def _syllabic(text: str) -> Word:
    """A word from Hangul or Han; what is no syllable was translated."""
    return Word(text, Script.SYLLABLES if syllables.count(text) else Script.LETTERS)


def _latin(text: str) -> tuple[Word, ...]:
    """ASCII text as words."""
    return tuple(Word(word) for piece in NO_LETTER.split(text.lower()) if piece for word in parted(piece))


def words(text: str) -> list[Word]:
    """The words of a name, in order, romanised. Apostrophes join, hyphens and all other punctuation separate."""
    return list(_words(text))


@remembered(4_096)
def _words(text: str) -> tuple[Word, ...]:
    """The same, kept for a while: a name is read as a person's and as an organisation's."""
    shown, vowelled = visible(text), False
    if not shown.isascii():
        # Vowel signs of Indic scripts, Thai and Khmer are no word characters: they are romanised before words part.
        shown = POINTS.sub("", shown)
        if WITH_SIGNS.search(shown):
            shown = WITH_SIGNS.sub(lambda run: anyascii(run[0]), shown)
            vowelled = shown.isascii()
        shown = FOREIGN_IN_HAN.sub(lambda run: east_asian.transcribed(run[0]), shown)
    found: list[Word] = []
    # Most names are ASCII letters and blanks.
    for raw in shown.split(" ") if shown.isascii() and shown.replace(" ", "").isalpha() else WORD_BREAK.split(shown):
        if raw:
            found += _indic(raw) if vowelled else _run(raw)
    return tuple(_joined(found) if GOD in [word.text for word in found] else found)


@remembered(262_144)
def _run(raw: str) -> tuple[Word, ...]:
    """The words of a run without a break."""
    if raw.isascii() and raw.isalpha() and (raw.istitle() or raw.isupper() or raw.islower()):
        return tuple([Word(text[:LONGEST_WORD]) for text in parted(raw.lower())])
    pieces = CAMEL.split(raw) if not raw.islower() and not raw.isupper() else (raw,)
    return tuple([Word(w.text[:LONGEST_WORD], w.script) for piece in pieces for w in _word(piece) if w.text])


@remembered(16_384)
def _indic(raw: str) -> tuple[Word, ...]:
    """The words of a romanised run: the inherent vowel is left out or not, the consonants are certain."""
    return tuple([Word(word.text, Script.VOWELLED) for word in _run(raw)])


def _joined(found: list[Word]) -> list[Word]:
    """Abd Allah, written apart, as the one name it is."""
    joined: list[Word] = []
    for word in found:
        if word.text == GOD and joined and joined[-1].text == SERVANT:
            joined[-1] = Word(SERVANT_OF_GOD, word.script)
        else:
            joined.append(word)
    return joined


def _word(raw: str) -> tuple[Word, ...]:
    raw = raw.replace("&", " and ").replace("+", " ").replace("%", " percent ")
    if max(raw) > LAST_LATIN and any(c > LAST_LATIN and c.isalpha() and _kind(c) != "other" for c in raw):
        return tuple(w for piece in re.split(r"[\s.'’-]+", raw) if piece for w in _foreign(piece))
    plain = APOSTROPHES.sub("", raw)
    plain = plain if plain.isascii() else anyascii(plain).replace("'", "")
    if "." in plain and INITIALS.fullmatch(plain):
        plain = plain.replace(".", "")
    return _latin(plain)


def folded(name: str) -> str:
    """A name without case, accents, signs and order of blanks: what two spellings of one name share."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return _SIGNS.sub(" ", plain).casefold().strip()

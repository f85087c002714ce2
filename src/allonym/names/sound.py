"""How a part sounds, across the systems by which names are brought into Latin letters.

Takes a lower-case ASCII word; gives `sound`, the same for usual variants of one name (Husayn and Hussein, Sergei and
Sergej, Qasim and Kasim, Tsetung and Zedong; not Mohammed and Muhammad), and `skeleton`, its consonants only, the same
for a vowelled spelling and for a romanisation from Arabic or Hebrew script. Must stay a pure function of the word:
indexes store both.
"""

import re

from allonym.names.remembered import remembered
from allonym.names.syllables import canonical

_CONSONANT_PAIRS = (
    ("tsch", "ch"), ("tch", "ch"), ("sch", "sh"), ("cz", "ch"), ("dzh", "j"), ("dj", "j"), ("zh", "j"), ("ph", "f"),
    ("ck", "k"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"),
)  # fmt: skip
_WITHOUT_H = tuple(pair for pair in _CONSONANT_PAIRS if "h" not in pair[0])
_VOWEL_PAIRS = (
    ("qu", "k"), ("oo", "u"), ("ou", "u"), ("ee", "i"), ("eo", "o"), ("eu", "u"), ("ay", "i"), ("ai", "i"), ("ei", "i"),
    ("ey", "i"), ("iy", "i"), ("ij", "i"), ("ie", "i"), ("ae", "e"), ("oe", "o"), ("ue", "u"), ("yu", "iu"),
    ("ya", "ia"),
)  # fmt: skip
_TWO_VOWELS = re.compile("[aeioquy][aeijouy]")  # most words have none
_LAST_PAIRS = (("ts", "s"), ("tz", "s"), ("x", "ks"))
_SINGLE = str.maketrans({"q": "k", "w": "v", "y": "i", "e": "i", "o": "u", "z": "s"})
_KEPT = {**dict.fromkeys(map(ord, "acdefhijkopqstuxyz0123456789")), ord("w"): "v"}
_C_SOFT = re.compile(r"c(?=[eiy])")
_C_HARD = re.compile(r"c(?!h)")
_J_GLIDE = re.compile(r"(?<=[aeiou])j(?![aeiou])")
_DOUBLED = re.compile(r"(.)\1+")
_FINAL_H = tuple(f"{vowel}h" for vowel in "aeiou")


def _undoubled(text: str) -> str:
    """Each run of one letter as one letter; most words have none, which a search tells sooner."""
    return _DOUBLED.sub(r"\1", text) if _DOUBLED.search(text) else text


def _replaced(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        if old in text:
            text = text.replace(old, new)
    return text


@remembered(262_144)
def sound(word: str) -> str:
    """The word with the usual variants of spelling folded together; digits stay."""
    if (syllables := canonical(word)) is not None:
        return syllables
    text = _J_GLIDE.sub("i", word) if "j" in word else word
    # "cz" brings an h in.
    text = _replaced(text, _CONSONANT_PAIRS if "h" in text or "cz" in text else _WITHOUT_H)
    if _TWO_VOWELS.search(text):
        text = _replaced(text, _VOWEL_PAIRS)
    text = _replaced(text, _LAST_PAIRS)
    if "c" in text:
        text = _C_HARD.sub("k", _C_SOFT.sub("s", text))
    text = _undoubled(text.translate(_SINGLE))
    return text[:-1] if text.endswith(_FINAL_H) else text or word


@remembered(262_144)
def trace(word: str) -> str | None:
    """What of a word stays in its sound whatever else it has: the same for words that sound the same, and sooner told.
    None for one or two syllables of Korean or Chinese, of which nothing is certain."""
    return kept(word) if canonical(word) is None else None


def kept(text: str) -> str:
    """The letters that are in a sound as they are in its word, w and v as one, each run as one letter."""
    return _undoubled(text.translate(_KEPT))


def sound_apart(left: str, right: str) -> bool:
    """Whether two words sound different for certain, which is sooner told than how they sound."""
    one, other = trace(left), trace(right)
    return one != other and one is not None and other is not None


LONG_I = ("i", "y", "ee")
#: A first w in its spellings: Walid, Oualid, Vahid.
_GLIDE = re.compile(r"[wv]|ou?(?=[aei])")
_CLASSES = str.maketrans({"g": "k", "p": "b", "v": "", "f": "f"})
_NO_VOWELS = str.maketrans("", "", "aeiouwyv")
_CONSONANTS = (
    ("kh", "h"), ("gh", "k"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("tch", "c"), ("sch", "c"), ("ch", "c"),
    ("sh", "c"), ("zh", "j"), ("dj", "j"), ("ck", "k"), ("ts", "s"), ("q", "k"), ("x", "ks"), ("z", "s"),
)  # fmt: skip


@remembered(262_144)
def skeleton(word: str) -> str:
    """The consonants of the word's sound, near ones in one class (k and g, b and p); "" when there is none.

    A first vowel leaves no trace: Arabic script writes it with a letter that also stands for none. A last long i does,
    for every script writes it: Karimi is not Karim.
    """
    heard = _J_GLIDE.sub("i", word) if "j" in word else word
    if "c" in heard:
        heard = _C_HARD.sub("k", _C_SOFT.sub("s", heard))
    for old, new in _CONSONANTS:
        if old in heard:
            heard = heard.replace(old, new)
    first = "w" if _GLIDE.match(heard) else heard[:1]
    lead = "" if first in "aeiou" else first
    body = heard[1:].translate(_NO_VOWELS)
    text = (lead + body).translate(_CLASSES) if lead not in "yw" else lead + body.translate(_CLASSES)
    text = _undoubled(text[:-1] if len(text) > 1 and text.endswith("h") else text)
    return f"{text}i" if text and heard.endswith(LONG_I) else text

"""Words in Arabic script to lower-case ASCII: Arabic, Persian, Dari, Pashto, Urdu.

Takes one word; gives one or more ASCII words, each with whether it lacks short vowels. A name of `arabic_words.tsv` is
written as lists write it; from anything else the consonants come, and long vowels. Words written together are parted:
the article, Abdul- and -uddin, Abu-, two given names. Must not fail on any input.
"""

import unicodedata
from functools import cache
from importlib.resources import files

from allonym.names.remembered import remembered

Piece = tuple[str, bool]

_LETTERS = (
    "ا:a آ:a أ:a إ:i ٱ:a ى:a ة:h ب:b ت:t ث:th ج:j ح:h خ:kh د:d ذ:dh ر:r ز:z س:s ش:sh ص:s ض:d ط:t ظ:z غ:gh ف:f ق:q "
    "ك:k ل:l م:m ن:n ه:h و:w ي:y ؤ:w ئ:y پ:p چ:ch ژ:zh گ:g ک:k ی:y ہ:h ھ:h ە:e ۀ:h ں:n ڑ:r ٹ:t ڈ:d ے:e ې:e ۆ:o "
    "ټ:t ډ:d ړ:r ښ:sh ږ:zh ځ:z څ:ts ڼ:n ڤ:v ۍ:y ڪ:k ۂ:h ۃ:h ۓ:e"
)
LETTERS = {**dict(pair.split(":") for pair in _LETTERS.split()), "ء": "", "ع": "", "ـ": ""}
#: Letters that one and the same name is written with, in one form.
SAME = str.maketrans({
    **dict.fromkeys("أإآٱ", "ا"), **dict.fromkeys("ىیېۍئےۓ", "ي"), **dict.fromkeys("کڪ", "ك"),
    **dict.fromkeys("ةۃۀہھەۂ", "ه"), "ؤ": "و", "ـ": None, "ء": None, "\u200c": None,
})  # fmt: skip
ABDUL, ABDAL = "عبدال", "عبدل"
OF_GOD = ("الله", "اله")
OF_FAITH = "الدين"
FATHER = "ابو"
ARTICLE = "ال"
LONGEST_RUN = 32  # letters of names written together
SHORTEST_OF_TWO = 3  # letters of each of two names written together


def folded(word: str) -> str:
    """The word without vowel signs, in one of its spellings: the key of `arabic_words.tsv`."""
    plain = unicodedata.normalize("NFKC", word).translate(SAME)
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c)).translate(SAME)


@cache
def table() -> dict[str, tuple[Piece, ...]]:
    """Words that are written in a known way, by `folded` spelling."""
    found: dict[str, tuple[Piece, ...]] = {}
    for line in (files("allonym.names") / "arabic_words.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            latin, words = line.split("\t")
            pieces = tuple((text, False) for text in latin.split(" "))
            for word in words.split(" "):
                found.setdefault(word, pieces)
    return found


def consonants(word: str) -> str:
    """The word letter by letter; letters beyond Arabic script disappear."""
    return "".join(LETTERS.get(c, "") for c in unicodedata.normalize("NFC", word) if not unicodedata.combining(c))


@remembered(65_536)
def romanised(word: str) -> tuple[Piece, ...]:
    """The ASCII words that a word in Arabic script stands for."""
    return _known(folded(word)) or ((consonants(unicodedata.normalize("NFKC", word)), True),)


@remembered(16_384)
def _known(key: str) -> tuple[Piece, ...]:
    """Pieces of a folded word that is in the table or begins or ends as names do; () for any other."""
    words = table()
    if (found := words.get(key)) is not None:
        return found
    for start in (ABDUL, ABDAL):
        if key.startswith(start) and len(key) - len(start) >= SHORTEST_OF_TWO:
            return (("abdul", False), *_any(key[len(start) :]))
    if key.endswith(OF_FAITH) and len(key) - len(OF_FAITH) >= 2:
        return (*_any(key[: -len(OF_FAITH)]), ("din", False))
    for end in OF_GOD:
        if key.endswith(end) and len(key) - len(end) >= SHORTEST_OF_TWO:
            return (*_any(key[: -len(end)]), ("allah", False))
    if key.startswith(ARTICLE) and len(key) - len(ARTICLE) >= SHORTEST_OF_TWO:
        return (("al", True), *_any(key[len(ARTICLE) :]))
    if key.startswith(FATHER) and len(key) - len(FATHER) >= SHORTEST_OF_TWO:
        return (("abu", False), *_any(key[len(FATHER) :]))
    if len(key) <= LONGEST_RUN:
        for cut in range(len(key) - SHORTEST_OF_TWO, SHORTEST_OF_TWO - 1, -1):
            if key[:cut] in words and (rest := _known(key[cut:])):
                return (*words[key[:cut]], *rest)
    return ()


def _any(key: str) -> tuple[Piece, ...]:
    return _known(key) or ((consonants(key), True),)

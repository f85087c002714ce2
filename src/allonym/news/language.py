"""Which language a text is in, among those that are read.

Takes a text; gives "en", "es", "pt", or "" for any other. By its function words, which make up a third of any text in
one of them and hardly occur in another language (or the neighbour has others: Spanish "y", "el", Portuguese "e", "o").
"""

import re

LANGUAGES = ("en", "es", "pt")
LONGEST_SAMPLE = 20_000  # characters
LEAST_SHARE = 0.12  # of the words that must be function words of the language
_WORDS = {
    "en": "the of and to in that for with was his her said has have were they from which this had not are but who will",
    "es": "el la los las del que y en un una por con para su al lo como más pero fue según también dijo ha este sobre",
    "pt": "o a os as do da dos das que e em um uma por com para seu ao não mais mas foi segundo também disse na pela",
}
_SETS = {lang: frozenset(words.split()) for lang, words in _WORDS.items()}
WORD = re.compile(r"[^\W\d_]+")


def language(text: str) -> str:
    """The language of a text; "" where none of those that are read is likely."""
    words = [word.lower() for word in WORD.findall(text[:LONGEST_SAMPLE])]
    if not words:
        return ""
    counts = {lang: sum(word in known for word in words) for lang, known in _SETS.items()}
    best = max(LANGUAGES, key=lambda lang: counts[lang])
    return best if counts[best] >= LEAST_SHARE * len(words) else ""

"""Groups of names, so that a rate can be told for each.

Takes a name; gives the script it is written in. Issue 3 adds the origin of names in Latin script.
"""

import unicodedata
from collections import Counter

#: First words of Unicode character names, and the group each stands for.
SCRIPTS = {
    "LATIN": "Latin", "CYRILLIC": "Cyrillic", "GREEK": "Greek", "ARABIC": "Arabic", "HEBREW": "Hebrew", "CJK": "Han",
    "HIRAGANA": "Kana", "KATAKANA": "Kana", "HANGUL": "Hangul", "THAI": "Thai", "DEVANAGARI": "Devanagari",
    "ARMENIAN": "Armenian", "GEORGIAN": "Georgian", "BENGALI": "Bengali", "TAMIL": "Tamil",
}  # fmt: skip


def script(name: str) -> str:
    """The script of most letters of a name; "other" for one that is not in `SCRIPTS`, "none" without letters."""
    found = Counter(
        SCRIPTS.get(unicodedata.name(char, "").partition(" ")[0], "other") for char in name if char.isalpha()
    )
    # Of scripts with as many letters the first met counts, so that the answer does not hang on hashing.
    return found.most_common(1)[0][0] if found else "none"

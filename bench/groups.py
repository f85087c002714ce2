"""Groups of names, so that a rate can be told for each.

Takes a name, or a person's full name and surname; gives the script it is written in and, for names in Latin script, the
origin by the surname lists in `origins.tsv`: how names look, which says nothing of the people who bear them.
"""

import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

#: First words of Unicode character names, and the group each stands for.
SCRIPTS = {
    "LATIN": "Latin", "CYRILLIC": "Cyrillic", "GREEK": "Greek", "ARABIC": "Arabic", "HEBREW": "Hebrew", "CJK": "Han",
    "HIRAGANA": "Kana", "KATAKANA": "Kana", "HANGUL": "Hangul", "THAI": "Thai", "DEVANAGARI": "Devanagari",
    "ARMENIAN": "Armenian", "GEORGIAN": "Georgian", "BENGALI": "Bengali", "TAMIL": "Tamil",
}  # fmt: skip
UNKNOWN = "other"


def script(name: str) -> str:
    """The script of most letters of a name; "other" for one that is not in `SCRIPTS`, "none" without letters."""
    found = Counter(
        SCRIPTS.get(unicodedata.name(char, "").partition(" ")[0], "other") for char in name if char.isalpha()
    )
    # Of scripts with as many letters the first met counts, so that the answer does not hang on hashing.
    return found.most_common(1)[0][0] if found else "none"


@cache
def origins() -> dict[str, str]:
    """The origin of each surname in the lists; of two lists the first counts."""
    found: dict[str, str] = {}
    for line in Path(__file__).with_name("origins.tsv").read_text(encoding="ascii").splitlines():
        if not line.startswith("#"):
            origin, surnames = line.split("\t")
            for surname in surnames.split():
                found.setdefault(surname, origin)
    return found


def origin(surname: str) -> str:
    """The origin of a surname in Latin script by its first word that is in the lists; "other" without one."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", surname.lower()) if not unicodedata.combining(c))
    words = "".join(c if c.isalpha() else " " for c in plain.replace("ı", "i").replace("ø", "o")).split()
    return next((origins()[word] for word in words if word in origins()), UNKNOWN)


def group(name: str, surname: str) -> str:
    """The group of a person: the script, and for Latin script the origin too."""
    written = script(name)
    return f"Latin, {origin(surname)}" if written == "Latin" else written

"""Numbers of any size in figures and words, in English, Spanish and Portuguese: "2.5 million", "dos millones y medio".

Takes the words of one number; gives its value. Must not decide what is counted.
"""

import re

FIGURE = r"\d+(?:[.,’']\d+)*"
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "mil": 1e3, "k": 1e3, "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7,
    "million": 1e6, "millions": 1e6, "millón": 1e6, "millon": 1e6, "millones": 1e6, "milhão": 1e6, "milhao": 1e6,
    "milhões": 1e6,
    "milhoes": 1e6, "m": 1e6, "mn": 1e6, "mm": 1e6, "billion": 1e9, "billions": 1e9, "bn": 1e9, "b": 1e9, "bilhão": 1e9,
    "bilhões": 1e9, "mil millones": 1e9, "billón": 1e12, "billones": 1e12, "trillion": 1e12, "trn": 1e12, "tn": 1e12,
    "trilhão": 1e12, "trilhões": 1e12,
}  # fmt: skip
HALVES = {"half": 0.5, "medio": 0.5, "media": 0.5, "meio": 0.5, "meia": 0.5}
ROMANCE = re.compile(r"mill[oó]n|milh|bilh|mil\b", re.IGNORECASE)
_TENS = {
    20: "twenty veinte vinte", 30: "thirty treinta trinta", 40: "forty cuarenta quarenta",
    50: "fifty cincuenta cinquenta",
    60: "sixty sesenta sessenta", 70: "seventy setenta", 80: "eighty ochenta oitenta", 90: "ninety noventa",
    100: "cien ciento cem cento", 200: "doscientos duzentos", 300: "trescientos trezentos",
    400: "cuatrocientos quatrocentos",
    500: "quinientos quinhentos", 600: "seiscientos seiscentos", 700: "setecientos setecentos",
    800: "ochocientos oitocentos",
    900: "novecientos novecentos",
}  # fmt: skip
_SMALL = {
    1: "one a an un uno una um uma", 2: "two dos dois duas", 3: "three tres três", 4: "four cuatro quatro",
    5: "five cinco",
    6: "six seis", 7: "seven siete sete", 8: "eight ocho oito", 9: "nine nueve nove", 10: "ten diez dez",
    11: "eleven once onze",
    12: "twelve doce doze", 13: "thirteen trece treze", 14: "fourteen catorce quatorze catorze",
    15: "fifteen quince quinze",
    16: "sixteen dieciséis dezesseis dezasseis", 17: "seventeen diecisiete dezessete dezassete",
    18: "eighteen dieciocho dezoito",
    19: "nineteen diecinueve dezenove dezanove", 21: "veintiún veintiuno", 22: "veintidós", 23: "veintitrés",
    24: "veinticuatro",
    25: "veinticinco", 26: "veintiséis", 27: "veintisiete", 28: "veintiocho", 29: "veintinueve",
}  # fmt: skip
WORDS = {word: number for table in (_SMALL, _TENS) for number, words in table.items() for word in words.split()}
ARTICLES = frozenset({"a", "an", "un", "una", "um", "uma"})
_ALL = "|".join(sorted((*WORDS, *SCALES, *HALVES), key=len, reverse=True))
_REST = "|".join(word for word in _ALL.split("|") if word not in ARTICLES)
_TAIL = rf"(?:[\s-](?:(?:and|y|e)\s)?(?:a\s)?(?:{_REST})(?![^\W\d_]))*"
#: A number in words, and what may follow a figure.
PHRASE = rf"(?:{_ALL})(?![^\W\d_]){_TAIL}"
SCALED = rf"(?:{'|'.join(sorted(SCALES, key=len, reverse=True))})(?![^\W\d_]){_TAIL}"
_PART = re.compile(rf"{FIGURE}|mil millones|(?:{_ALL})(?![^\W\d_])", re.IGNORECASE)


def value(told: str) -> float | None:
    """What a number in figures, words or both is worth; None where it has no number in it, as "a"."""
    parts = [part.lower() for part in _PART.findall(told)]
    if not parts or (len(parts) == 1 and parts[0] in ARTICLES):
        return None
    total, current, last = 0.0, 0.0, 1.0
    for place, part in enumerate(parts):
        if part[0].isdigit():
            current += figure(part, scaled=parts[place + 1 :])
        elif part in HALVES:
            # "half a million" comes before its scale, "a million and a half" after it.
            before = any(later in SCALES for later in parts[place + 1 :])
            current, total = (current + 0.5, total) if before else (current, total + 0.5 * last)
        elif part in SCALES:
            scale = SCALES[part]
            if scale < 1e3 or (scale == 1e3 and any(SCALES.get(later, 0) > 1e3 for later in parts[place + 1 :])):
                current = (current or 1.0) * scale
            else:
                total, current, last = total + (current or 1.0) * scale, 0.0, scale
        elif part not in ARTICLES or (current == 0 and parts[place + 1 : place + 2] and parts[place + 1] in SCALES):
            current += WORDS[part]
    return (total + current) or None


def figure(told: str, scaled: list[str]) -> float:
    """A figure. A last mark with three digits after it parts thousands; but before a scale of English a point is that
    of decimals: "1.250 million", "3.000 millones"."""
    marks = [mark for mark in told if mark in ".,’'"]
    if not marks:
        return float(told)
    decimals = len(told) - told.rindex(marks[-1]) - 1
    same = len(marks) > 1 and len(set(marks)) == 1
    english = bool(scaled) and not ROMANCE.match(scaled[0]) and marks[-1] == "."
    if same or marks[-1] in "’'" or (decimals == 3 and not english):
        return float(re.sub(r"[.,’']", "", told))
    whole, _, part = told.rpartition(marks[-1])
    return float(re.sub(r"[.,’']", "", whole) + "." + part)

"""How many: numbers in figures and words, in English, Spanish and Portuguese.

Takes a noun phrase; gives the number of people or things. Must not take a year, an age or a sum of money for it.
"""

import re

NUMBERS = {
    word: number for number, words in {
        2: "two both dos ambos ambas dois duas", 3: "three tres três", 4: "four cuatro quatro", 5: "five cinco",
        6: "six seis", 7: "seven siete sete", 8: "eight ocho oito", 9: "nine nueve nove", 10: "ten diez dez",
        11: "eleven once onze", 12: "twelve dozen doce docena doze dúzia", 13: "thirteen trece treze",
        14: "fourteen catorce quatorze catorze", 15: "fifteen quince quinze", 16: "sixteen dieciséis dezesseis",
        17: "seventeen diecisiete dezessete", 18: "eighteen dieciocho dezoito", 19: "nineteen diecinueve dezenove",
        20: "twenty veinte vinte", 30: "thirty treinta trinta", 40: "forty cuarenta quarenta",
        50: "fifty cincuenta cinquenta", 60: "sixty sesenta sessenta", 100: "hundred cien cem",
    }.items() for word in words.split()
}  # fmt: skip
_COUNT = re.compile(
    rf"(?<![\w.,$€£-])(?<!number )(?:(\d{{1,4}})(?![\d.,%:]*\d|\s?%|-year| years? old)"
    rf"|({'|'.join(NUMBERS)}))\b(?!-year)",
    re.IGNORECASE,
)


def count(phrase: str) -> int | None:
    """The number of people or things that a noun phrase tells, None where it tells none."""
    found = _COUNT.search(phrase)
    if found is None:
        return None
    number = int(found[1]) if found[1] else NUMBERS[found[2].lower()]
    return number if found[2] or not 1900 <= number <= 2100 else None

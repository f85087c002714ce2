"""The syllables of romanised Korean and Chinese names.

Takes a lower-case ASCII word; says whether it is one or two such syllables, and which, whatever the system of spelling.
They are few and millions share each, so a part made of them alone says little, however seldom it occurs in a list: they
set the threshold for everybody when they count as rare. Inventories: the syllables of Hangul in the McCune-Reischauer
and Revised systems, and of Pinyin and Wade-Giles, built from their initials and finals.
"""

import re
from functools import cache

from allonym.names.remembered import remembered

LONGEST = 6  # letters of a syllable
KOREAN_INITIALS = "  k kk g n t d tt dd r l m p b pp s sh ss j jj ch y w h".split(" ")
KOREAN_VOWELS = "a ae e o eo oe oi u eu ui i ya yae ye yo yeo yu wa wae we wi wo woo oo ee ou ui".split()
KOREAN_FINALS = " k g n l m p b t ng h ck".split(" ")
CHINESE_INITIALS = " b p m f d t n l g k h j q x zh ch sh r z c s y w hs ts tz".split(" ")
CHINESE_FINALS = (
    "a o e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un uang ueng ue ve er "
    "ih ieh ien iung uei ueh"
).split()


@cache
def _inventory() -> frozenset[str]:
    korean = {i + v + f for i in KOREAN_INITIALS for v in KOREAN_VOWELS for f in KOREAN_FINALS}
    chinese = {i + f for i in CHINESE_INITIALS for f in CHINESE_FINALS}
    more = {"lee", "yi", "ri", "rhee", "li", "choi", "choe", "park", "pak", "paik", "kwon", "hwang", "chung", "yoon"}
    return frozenset(s for s in korean | chinese | more if 1 < len(s) <= LONGEST)


def is_one(word: str) -> bool:
    """Whether the word is a Korean or Chinese syllable."""
    return word in _inventory()


@remembered(262_144)
def count(word: str) -> int:
    """How many Korean or Chinese syllables the word is made of: 0 (it is not), 1 or 2."""
    known = _inventory()
    if word in known:
        return 1
    for cut in range(2, len(word) - 1):
        if word[:cut] in known and word[cut:] in known:
            return 2
    return 0


_SYLLABLE = re.compile(r"(tch|zh|ch|sh|hs|ts|tz|ss|pp|kk|tt|dd|jj|[bcdfghjklmnpqrstwxz](?=[aeiouwy])|y)?(.*)")
_INITIALS = {
    "b": "p", "pp": "p", "d": "t", "tt": "t", "dd": "t", "g": "k", "kk": "k", "ch": "j", "zh": "j", "q": "j", "jj": "j",
    "tch": "j", "c": "z", "ts": "z", "tz": "z", "x": "hs", "r": "l", "ss": "s",
}  # fmt: skip
_FINALS = (
    (re.compile(r"ieh$"), "ie"), (re.compile(r"ien$"), "ian"), (re.compile(r"ueh$"), "ue"), (re.compile(r"uei$"), "ui"),
    (re.compile(r"ung$"), "ong"), (re.compile(r"uo$"), "o"), (re.compile(r"(?<=.)h$"), ""), (re.compile(r"oe$"), "oi"),
    (re.compile(r"^wo{1,2}$"), "u"), (re.compile(r"ck$"), "k"), (re.compile(r"^(?:ai|ae)(?=k)|ae"), "e"),
    (re.compile(r"e[ou]|o[ou](?!i)|o(?!i)"), "u"), (re.compile(r"ee|yi"), "i"),
)  # fmt: skip
#: Syllables of which the letters tell too little; Korean surnames as they are spelt abroad.
_ONE = {
    "zhi": "zr", "chih": "zr",
    "tzu": "zi", "tze": "zi", "szu": "si", "ssu": "si", "jen": "len", "jih": "li", "yen": "yan", "yeh": "ye",
    "lee": "li", "rhee": "li", "ree": "li", "park": "pak", "suh": "so", "noh": "lo", "roh": "lo", "shin": "sin",
    "yoo": "yu", "you": "yu", "woo": "u", "ahn": "an", "sohn": "son", "bahk": "pak", "pahk": "pak",
}  # fmt: skip
#: Two syllables are taken as such only where something shows where they are from: Tina and Dina are two names.
_SHOWN = re.compile(r"ng|[^aeiou]e[ou][nlkmp]|zh|hs|ts|tz|xi|ie[nh]|iao|[hg]y|yo[nk]|ae[nks]|tse|chul|chol")


@remembered(262_144)
def canonical(word: str) -> str | None:
    """The word in one of its spellings when it is one or two syllables of Korean or Chinese, else None.

    Pinyin, Wade-Giles without its signs, and the Korean systems meet: what is voiced in one is unvoiced in another, so
    that k stands for g, t for d, p for b, j for ch, zh and q, l for r.
    """
    known = _inventory()
    if word in known or word in _ONE:
        return _plain(word)
    if len(word) <= 2 * LONGEST and _SHOWN.search(word):
        # The first is as long as can be: Jong-un, not Jon-gun.
        for cut in range(len(word) - 2, 1, -1):
            if word[:cut] in known and word[cut:] in known:
                return _plain(word[:cut]) + _plain(word[cut:])
    return None


def _plain(syllable: str) -> str:
    found = _SYLLABLE.fullmatch(_ONE.get(syllable, syllable))
    assert found is not None
    initial, final = found[1] or "", found[2]
    for old, new in _FINALS:
        final = old.sub(new, final)
    return _INITIALS.get(initial, initial) + final

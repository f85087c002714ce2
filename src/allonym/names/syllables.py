"""The syllables of romanised Korean and Chinese names.

Takes a lower-case ASCII word; says whether it is one or two such syllables. They are few and millions share each, so a
part made of them alone says little, however seldom it occurs in a list (`specs`' finding: they set the threshold for
everybody when they count as rare). Inventories: the syllables of Hangul in the McCune-Reischauer and Revised systems,
and of Pinyin and Wade-Giles, built from their initials and finals.
"""

from functools import cache, lru_cache

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
    return frozenset(s for s in korean | chinese | more if 1 < len(s) <= 6)


@lru_cache(maxsize=262_144)
def count(word: str) -> int:
    """How many Korean or Chinese syllables the word is made of: 0 (it is not), 1 or 2."""
    known = _inventory()
    if word in known:
        return 1
    for cut in range(2, len(word) - 1):
        if word[:cut] in known and word[cut:] in known:
            return 2
    return 0

"""Arabic given names of two words, however they are joined: Abdul Rahman, Abdurrahman, Abd al-Rahman; Sayfuddin, Saif
al-Din; Hamdullah, Hamd Allah.

Takes lower-case ASCII words; gives them parted in one way, so that all spellings have the same parts. `abdullah` stays
one word, for it is the commonest of all and one name to everybody.
"""

import re
from functools import cache

from allonym.names.sound import skeleton, sound

SERVANT, GOD, FAITH, MERCIFUL, SERVANT_OF_GOD = "abdul", "allah", "din", "rahman", "abdullah"
_ABD = re.compile(r"abd(?:ou|[aeiou])?(?:ll?|[rsnztd]|sh)?")
_ABD_ALONE = frozenset(
    "abd abdul abdel abdal abdol abdil abdoul abdull abdur abdus abdun abdud abder abdes abden abdar abdas".split()
)
#: The same words as hurried people type them: two letters turned round, or one doubled.
_TURNED = frozenset(w[:i] + w[i + 1] + w[i] + w[i + 2 :] for w in _ABD_ALONE if len(w) > 3 for i in range(len(w) - 1))
_DOUBLED = frozenset(w[:i] + w[i] + w[i:] for w in _ABD_ALONE for i in range(3))
_NO_SLIPS = frozenset("badal badar badas badel baden bader bades badil".split())  # names of their own
_SLIPS = (_TURNED | _DOUBLED | {"adb"}) - _ABD_ALONE - _NO_SLIPS
_GOD = re.compile(r"(?<=[a-z]{3})(?:ou|[aeiou])llah$|(?<=[a-z]{4})[ou]lah$")
_GOD_ALONE = frozenset("allah ellah illah ullah ollah oullah".split())
_FAITH = re.compile(r"(?<=[a-z]{3})(?:ou|[aeiou])(dd|ld|d)(?:ee|[ie])ne?$")
_FAITH_ALONE = frozenset("din deen uddin eddin eddine addin addine edine oddin ouddine eldin aldin ddine".split())
_MERCIFUL = re.compile(r"(?<=[a-z]{3})(?:ou|[aeiou])[rl]?r[ae]h?man$")
_SERVANT_OF_GOD = re.compile(r"abd(?:ou|[aeiou])?(?:llah?|lah)")
_WHOLE = frozenset({"ayatollah"})
#: Names that follow Abd, in one spelling: a word that begins like Abd and goes on otherwise (Abdulov) stays whole.
_OF_GOD = tuple(
    (
        "rahman rahim malik quddus salam aziz jabbar khaliq bari ghaffar wahhab razzaq fattah alim basit "
        "latif khabir halim azim ghafur shakur kabir hafiz jalil karim raqib wasi hakim wadud majid haqq "
        "wakil qawi matin wali hamid qayyum wajid wahid ahad samad qadir muqtadir awwal zahir batin tawwab "
        "rauf nur hadi badi baqi rashid sabur nasir mannan sattar sami basir hayy ali muttalib nabi rasul "
        "ilah ghani muhsin mumin amir reza rida husayn mahdi muhammad zahra"
    ).split()
)
#: Names that are followed by al-Din, for spellings with one d: Salahudin, but not Paladin.
_OF_FAITH = tuple(
    (
        "jamal kamal jalal nur shams badr salah sayf muhyi fakhr siraj zayn najm taj nasir nasr husam baha "
        "burhan rukn sharaf shihab sadr saad imad qamar qutb riyad amin islam bashir shuja nizam ghiyath"
    ).split()
)
_SHORTEST = 3  # letters of what stands beside Abd


def _bones(word: str) -> str:
    """Its consonants; the whole sound where one consonant is all there is (Abdul Ali, but not Abdulov)."""
    bones = skeleton(word)
    return bones if len(bones) >= 2 else sound(word)


@cache
def _known(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_bones(name) for name in names)


def parted(word: str) -> tuple[str, ...]:
    """The words that this one is made of, most often itself alone."""
    if word.startswith("abd"):
        return _servant(word)
    if word in _SLIPS:
        return (SERVANT,)
    if word.startswith(("aabd", "abbd", "adb")):
        return _servant(f"abd{word[3 if word.startswith('adb') else 4 :]}", word)
    if word.endswith("h"):
        if word in _GOD_ALONE:
            return (GOD,)
        if word not in _WHOLE and (found := _GOD.search(word)):
            return word[: found.start()], GOD
    elif word.endswith(("n", "ne")):
        return _faithful(word)
    return (word,)


def _servant(word: str, typed: str = "") -> tuple[str, ...]:
    """`typed`: how the word was written, when its beginning is a slip."""
    if word in _ABD_ALONE:
        return (SERVANT,)
    if _SERVANT_OF_GOD.fullmatch(word):
        return (SERVANT_OF_GOD,)
    known = _known(_OF_GOD)
    for cut in range(min(7, len(word) - _SHORTEST), 2, -1):
        if _ABD.fullmatch(word[:cut]) and _bones(word[cut:]) in known:
            return SERVANT, word[cut:]
    return (typed or word,)


def _faithful(word: str) -> tuple[str, ...]:
    if word in _FAITH_ALONE:
        return (FAITH,)
    if found := _FAITH.search(word):
        stem = word[: found.start()]
        if found[1] == "dd" or _bones(stem) in _known(_OF_FAITH):
            return stem, FAITH
    elif found := _MERCIFUL.search(word):
        return word[: found.start()], MERCIFUL
    return (word,)

"""Any script to lower-case ASCII, the way names are written in lists.

Takes text from anywhere; gives ASCII words. Must not fail on any input: what cannot be romanised disappears. Arabic and
Hebrew script leave vowels out, so a word from them is marked (see `Word.abjad`) and compared by its consonants. Hangul
is written syllable by syllable in the North Korean manner that the lists use, Han by Pinyin with the surname apart.
Romanisation of all other scripts is anyascii's.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

MAX_LENGTH = 1_000
LONGEST_WORD = 64
ARABIC = {
    **dict(zip("اأآٱىةابتثجحخدذرزسشصضطظغفقكلمنهويؤئ", (
        "a a a a a a a b t th j h kh d dh r z s sh s d t z gh f q k l m n h w y w y").split(), strict=True)),
    **dict(zip("إءعپچژگکیہھەۀںڑٹڈےېۆ", "i|||p|ch|zh|g|k|y|h|h|e|e|n|r|t|d|e|e|o".split("|"), strict=False)),
}  # fmt: skip
ARABIC["ء"] = ARABIC["ع"] = ""
HEBREW = dict(zip("אבגדהוזחטיכךלמםנןסעפףצץקרשת", "a b g d h v z h t y k k l m m n n s a p f ts ts k r sh t".split(),
                  strict=True))  # fmt: skip
#: Particles, and the names borne by most, as lists write them; their consonants alone would be ambiguous.
ARABIC_WORDS = dict(
    pair.split(":")
    for pair in (
        "بن:bin ابن:bin إبن:bin بنت:bint ابو:abu أبو:abu ابي:abi أبي:abi ام:umm أم:umm آل:al ال:al عبد:abd "
        "محمد:muhammad احمد:ahmad أحمد:ahmad علی:ali علي:ali حسن:hasan حسین:husayn حسين:husayn عبدالله:abdallah "
        "عبدالرحمن:abdulrahman ابراهیم:ibrahim إبراهيم:ibrahim ابراهيم:ibrahim یوسف:yusuf يوسف:yusuf عمر:umar "
        "عثمان:uthman خالد:khalid محمود:mahmud مصطفی:mustafa مصطفى:mustafa رضا:rida سعید:said سعيد:said صالح:salih "
        "سلیمان:sulayman سليمان:sulayman موسی:musa موسى:musa عیسی:isa عيسى:isa اسماعیل:ismail إسماعيل:ismail "
        "مهدی:mahdi مهدي:mahdi فاطمه:fatima فاطمة:fatima مریم:maryam مريم:maryam زینب:zaynab زينب:zaynab امیر:amir "
        "أمير:amir ناصر:nasir حامد:hamid حمید:hamid حميد:hamid جمال:jamal کمال:kamal كمال:kamal طارق:tariq الله:allah "
        "الدين:aldin الدین:aldin نور:nur سیف:sayf سيف:sayf عباس:abbas جعفر:jafar قاسم:qasim هادی:hadi هادي:hadi "
        "کریم:karim كريم:karim رحیم:rahim رحيم:rahim راشد:rashid ماجد:majid مجید:majid مجيد:majid فيصل:faysal"
    ).split()
)
INITIALS = "k k n t t r m p p s s  j j ch k t p h".split(" ")
VOWELS = "a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i".split()
FINALS = " k k k n n n t l l l l l l l l m p p t t ng t t k t p t".split(" ")
COMPOUND_SURNAMES = frozenset(
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 夏侯 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 宇文 长孙 長孫 司徒".split()
)
ARTICLE = re.compile(r"^ال(?=\w{3})")
WORD_BREAK = re.compile(r"[^\w'’`ʿʾ‘´.&%+-]+|_")
WITH_SIGNS = re.compile("[\u0700-\u074f\u0780-\u10ff\u1200-\u18ff\u1900-\u1cff\ua800-\uabff]+")
CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ][A-Za-zà-ÿ])|(?<=[a-zà-ÿ]{3})(?=[A-ZÀ-Þ]{2,}$)")


@dataclass(frozen=True, slots=True)
class Word:
    """One word in lower-case ASCII letters and digits; `abjad` when its script leaves short vowels out."""

    text: str
    abjad: bool = False


def visible(text: str) -> str:
    """The text in NFKC without control, format (zero-width, bidi) and unassigned characters, cut to MAX_LENGTH."""
    if text.isascii() and text.isprintable():
        return text[:MAX_LENGTH]
    composed = unicodedata.normalize("NFKC", text[: 4 * MAX_LENGTH])
    kept = (" " if c.isspace() else c for c in composed if c.isspace() or unicodedata.category(c) not in _INVISIBLE)
    return "".join(kept)[:MAX_LENGTH]


_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})


def _kind(char: str) -> str:
    """The script of one character as far as it matters here."""
    code = ord(char)
    if 0x0600 <= code <= 0x06FF or 0x0750 <= code <= 0x077F or 0xFB50 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFF:
        return "arabic"
    if 0x0590 <= code <= 0x05FF:
        return "hebrew"
    if 0xAC00 <= code <= 0xD7A3:
        return "hangul"
    if 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF:
        return "han"
    return "other"


def _hangul(word: str) -> list[str]:
    syllables = []
    for char in word:
        index = ord(char) - 0xAC00
        if not 0 <= index < 11_172:
            continue
        initial, vowel, final = index // 588, index % 588 // 28, index % 28
        syllables.append(INITIALS[initial] + VOWELS[vowel] + FINALS[final])
    if len(syllables) > 1 and word[0] in "이리":
        syllables[0] = "ri"
    return syllables


def _han(word: str) -> list[str]:
    surname = 2 if word[:2] in COMPOUND_SURNAMES and len(word) > 2 else 1
    pieces = [word[:surname], word[surname:]] if 2 <= len(word) <= 4 else [word]
    return [anyascii(piece).lower() for piece in pieces if piece]


def _abjad(word: str, table: dict[str, str]) -> str:
    return "".join(table.get(c, "") for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


@lru_cache(maxsize=65_536)
def _foreign(word: str) -> tuple[Word, ...]:
    """A word with a character beyond Latin script."""
    kinds = {_kind(c) for c in word if c.isalpha()}
    if kinds == {"arabic"}:
        if (known := ARABIC_WORDS.get(word)) is not None:
            return (Word(known),)
        bare, article = ARTICLE.sub("", word), ARTICLE.match(word)
        words = [Word("al", True)] if article else []
        return (*words, Word(_abjad(unicodedata.normalize("NFKC", bare), ARABIC), True))
    if kinds == {"hebrew"}:
        return (Word(_abjad(word, HEBREW), True),)
    if kinds == {"hangul"}:
        return tuple(Word(s) for s in _hangul(word))
    if kinds == {"han"}:
        return tuple(Word(s) for s in _han(word))
    return tuple(Word(piece) for piece in re.split(r"[^a-z0-9]+", anyascii(word).lower().replace("'", "")) if piece)


def words(text: str) -> list[Word]:
    """The words of a name, in order, romanised. Apostrophes join, hyphens and all other punctuation separate."""
    found: list[Word] = []
    # Vowel signs of Indic scripts, Thai and Khmer are no word characters: such runs are romanised before words part.
    shown = WITH_SIGNS.sub(lambda run: anyascii(run[0]), visible(text))
    for raw in WORD_BREAK.split(shown):
        if not raw:
            continue
        for piece in CAMEL.split(raw) if not raw.islower() and not raw.isupper() else (raw,):
            found.extend(_word(piece))
    return [
        word if len(word.text) <= LONGEST_WORD else Word(word.text[:LONGEST_WORD], word.abjad)
        for word in found
        if word.text
    ]


@lru_cache(maxsize=262_144)
def _word(raw: str) -> tuple[Word, ...]:
    raw = raw.replace("&", " and ").replace("+", " ").replace("%", " percent ")
    if any(ord(c) > 0x24F and c.isalpha() and _kind(c) != "other" for c in raw):
        return tuple(w for piece in re.split(r"[\s.'’-]+", raw) if piece for w in _foreign(piece))
    plain = re.sub(r"['’`ʿʾ‘´]", "", raw)
    plain = plain if plain.isascii() else anyascii(plain).replace("'", "")
    if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]?\.?", plain):
        plain = plain.replace(".", "")
    return tuple(Word(piece) for piece in re.split(r"[^a-z0-9]+", plain.lower()) if piece)

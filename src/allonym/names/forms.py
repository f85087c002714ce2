"""Legal forms: every written form of `GmbH`, `Aktiengesellschaft`, `OOO` … to one mark.

Takes the words of an organisation's name; gives them with each legal form replaced by one word. The forms are rigour's
(`rigour.data.names.org_types`, after ISO 20275 and others). Imported only when an organisation's name is read.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from rigour.data.names.org_types import ORG_TYPES

from allonym.names.glossary import is_known, plain
from allonym.names.script import words

Key = tuple[str, ...]
LONGEST = 8  # words of a form

#: Everyday words that rigour lists as a form and that carry meaning in a name.
NOT_FORMS = {
    ("co",),
    ("international",),
    ("intl",),
    ("company",),
    ("group",),
    ("trading",),
    ("industry",),
    ("bank",),
    ("the",),
    ("kompaniya",),
    ("ticaret",),
    ("tic",),
}
#: Short forms that the data spells only in full or with other punctuation.
MORE = {
    ("ag",): "ag", ("gmbh",): "llc", ("ooo",): "llc", ("oao",): "jsc", ("zao",): "jsc", ("pao",): "jsc", ("ao",): "jsc",
    ("ojsc",): "jsc", ("pjsc",): "jsc", ("cjsc",): "jsc", ("jsc",): "jsc", ("plc",): "plc", ("ltd",): "ltd",
    ("limited",): "ltd", ("inc",): "inc", ("incorporated",): "inc", ("llc",): "llc", ("llp",): "llp", ("sa",): "sa",
    ("srl",): "llc", ("sarl",): "llc", ("sas",): "sas", ("bv",): "bv", ("nv",): "nv", ("spa",): "spa", ("kg",): "kg",
    ("corp",): "corp", ("corporation",): "corp", ("ltda",): "ltd", ("pte",): "pte", ("pty",): "pty", ("lp",): "lp",
    ("sa", "de", "cv"): "sa", ("s", "a", "de", "c", "v"): "sa", ("fzco",): "fz", ("fze",): "fz", ("na",): "na",
    ("aktiengesellschaft",): "ag", ("joint", "stock", "company"): "jsc", ("open", "joint", "stock", "company"): "jsc",
    ("closed", "joint", "stock", "company"): "jsc", ("public", "joint", "stock", "company"): "jsc",
    ("limited", "liability", "company"): "llc", ("public", "limited", "company"): "plc", ("sp", "z", "oo"): "llc",
    ("sp", "z", "o", "o"): "llc", ("company", "limited"): "ltd", ("co", "ltd"): "ltd", ("company", "ltd"): "ltd",
    ("private", "limited"): "ltd", ("pvt", "ltd"): "ltd", ("pvt",): "pvt",
    ("aktsionernoe", "obshchestvo"): "jsc", ("publichnoe", "aktsionernoe", "obshchestvo"): "jsc",
    ("otkrytoe", "aktsionernoe", "obshchestvo"): "jsc", ("zakrytoe", "aktsionernoe", "obshchestvo"): "jsc",
    ("obshchestvo", "s", "ogranichennoy", "otvetstvennostyu"): "llc", ("sociedad", "anonima"): "sa",
    ("societe", "anonyme"): "sa", ("sociedade", "anonima"): "sa",
    ("gesellschaft", "mit", "beschrankter", "haftung"): "llc",
    ("aktsyyanernae", "tavarystva"): "jsc", ("aktsyianernae", "tavarystva"): "jsc",
    ("aktcionernoe", "obshchestvo"): "jsc", ("publichnoe", "aktcionernoe", "obshchestvo"): "jsc",
    ("unitarnaye", "pradpryemstva"): "soe", ("unitary", "enterprise"): "soe",
    ("private", "unitary", "enterprise"): "soe",
    ("youxian", "gongsi"): "ltd", ("youxian", "zeren", "gongsi"): "ltd", ("gufen", "youxian", "gongsi"): "jsc",
    ("chamkat",): "ltd", ("chusik", "hoesa"): "jsc", ("jusik", "hoesa"): "jsc",
    ("limited", "sirketi"): "ltd", ("ltd", "sti"): "ltd", ("anonim", "sirketi"): "jsc",
    ("sherkat", "sahami", "khass"): "jsc", ("sherkat", "sahami", "am"): "jsc", ("private", "joint", "stock"): "jsc",
    ("ano",): "ano", ("autonomous", "non", "profit", "organization"): "ano", ("fsue",): "soe", ("fgup",): "soe",
    ("federalnoe", "gosudarstvennoe", "unitarnoe", "predpriyatie"): "soe", ("gup",): "soe", ("fgbu",): "fgbu",
    ("federal", "state", "budgetary", "institution"): "fgbu", ("fsbi",): "fgbu", ("fgbun",): "fgbu",
    ("federal", "state", "financed", "institution"): "fgbu", ("federal", "state", "budgetary", "establishment"): "fgbu",
    ("federal", "state", "budgetary", "scientific", "institution"): "fgbu", ("fgbnu",): "fgbu",
    ("federal", "state", "budgetary", "educational", "institution"): "fgbu",
    ("federal", "state", "enterprise"): "soe", ("federal", "state", "owned", "enterprise"): "soe",
    ("federal", "state", "institution"): "fgu", ("fku",): "fgu", ("fkp",): "soe", ("asociacion", "civil"): "ac",
}  # fmt: skip


@cache
def table() -> dict[Key, str]:
    """Word sequences, spelt as `glossary.plain` does, to the mark of their form."""
    found: dict[Key, str] = {}
    for row in ORG_TYPES:
        mark = row.get("compare") or row.get("display") or row["aliases"][0]
        short = "".join(w.text for w in words(mark)) or "form"
        for alias in [*row["aliases"], row.get("display"), row.get("compare")]:
            key = tuple(w.text for w in words(alias)) if alias else ()
            # Two letters are a form only where MORE says so: "AT" is Turkish for one and half of AT&T.
            if key and key not in NOT_FORMS and not (len(key) == 1 and len(key[0]) < 3) and not _says_more(key):
                found.setdefault(_plain(key), short)
    found.update({_plain(key): short for key, short in MORE.items()})
    # Some are a form with the trade after it: "limited liability company trading house".
    return {key: short for key, short in found.items() if not _with_trade(key, found)}


def _with_trade(key: Key, known: Mapping[Key, str]) -> bool:
    return any(key[:cut] in known and _says_more(key[cut:]) for cut in range(3, len(key)))


def _says_more(key: Key) -> bool:
    """Whether each word has a meaning of its own, as in "scientific and production enterprise"."""
    long = [word for word in key if len(word) > 3]
    return bool(long) and all(map(is_known, long))


def _plain(key: Sequence[str]) -> Key:
    return tuple([plain(text) for text in key])


@cache
def _longest() -> dict[str, int]:
    """The words that a form may begin with, each with the number of words of the longest."""
    found: dict[str, int] = {}
    for key in table():
        found[key[0]] = max(found.get(key[0], 0), min(LONGEST, len(key)))
    return found


def begins(text: str) -> bool:
    """Whether a legal form may begin with the word."""
    return plain(text) in _longest()


def is_form(texts: Sequence[str]) -> bool:
    """Whether the words are a legal form and nothing else."""
    return _plain(texts) in table()


def mark(texts: list[str]) -> list[tuple[str, bool, int]]:
    """The words with forms marked: (text or mark, is a form, how many words it stands for)."""
    forms, longest = table(), _longest()
    spelled, found = _plain(texts), list[tuple[str, bool, int]]()
    at = 0
    while at < len(texts):
        for length in range(min(longest.get(spelled[at], 0), len(texts) - at), 0, -1):
            form = forms.get(spelled[at : at + length])
            # A name that is nothing but a form keeps it as its name.
            if form and (at > 0 or at + length < len(texts)):
                found.append((form, True, length))
                at += length
                break
        else:
            found.append((texts[at], False, 1))
            at += 1
    return found

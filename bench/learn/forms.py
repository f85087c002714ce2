"""Makes `src/allonym/names/forms.tsv`: every written form of a legal form, with one mark for each.

    python -m bench.learn.forms

The forms are those of rigour (`rigour.data.names.org_types`, after ISO 20275 and others), MORE of them, and none of
NOT_FORMS. Spelt as `glossary.plain` does: to be made again when that, the glossary or romanisation changes.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rigour.data.names.org_types import ORG_TYPES

from allonym.names.forms import Key
from allonym.names.glossary import is_known, plain
from allonym.names.script import words

TARGET = Path(__file__).parents[2] / "src/allonym/names/forms.tsv"
HEADER = """\
# Legal forms: lines of a mark and, after a tab, what is read as it; _ joins the words of one form. Made by
# bench/learn/forms.py from rigour 0.10.0, rigour.data.names.org_types (MIT licence,
# Copyright (c) 2023-2025 OpenSanctions Datenbanken GmbH), and of forms added there.
"""

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


def table() -> dict[Key, str]:
    """Word sequences to the mark of their form."""
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


def lines(forms: Mapping[Key, str]) -> list[str]:
    """The lines of the file, by mark."""
    written: dict[str, list[str]] = {}
    for key, short in forms.items():
        written.setdefault(short, []).append("_".join(key))
    return [f"{short}\t{' '.join(sorted(keys))}" for short, keys in sorted(written.items())]


if __name__ == "__main__":
    TARGET.write_text(HEADER + "\n".join(lines(table())) + "\n", encoding="ascii")

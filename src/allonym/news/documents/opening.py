"""The way from a file or bytes to a document.

Takes a path, or bytes with a name; gives a `Document`. Sizes are checked before anything is read, kinds told by
content. Must not go to the network; must not change text that is plain.
"""

import hashlib
import os
import re
from dataclasses import replace
from pathlib import Path

from allonym.errors import InputError
from allonym.news.documents.apart import Apart
from allonym.news.documents.document import MOST_BYTES, PAGE, PLAIN, Document, Extract
from allonym.news.documents.kind import kind
from allonym.news.documents.plain import marked_up, plain

EMPTY = "is empty; give a file with text in it"
TOO_LARGE = f"has more than {MOST_BYTES // 1_000_000} MB; cut it into documents"
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_WEB = re.compile(r"https?://[!-~]{1,2000}")  # what a page says of itself may become a link: no javascript: in it
_HALVES = re.compile("[\ud800-\udfff]")


def open_document(source: str | Path | bytes, *, name: str | None = None, apart: Apart | None = None) -> Document:
    """Open a document: plain text, HTML, PDF or an e-mail.

    `source` is a path or the bytes; `name` is what errors and the reading call it; `apart` is the process that parses,
    kept for many documents, or one of its own. Raises InputError for what cannot be read, with the name in front.
    """
    called = name or ("document" if isinstance(source, bytes) else str(source))
    try:
        content = source if isinstance(source, bytes) else _bytes(Path(source))
        if len(content) > MOST_BYTES:
            raise InputError(TOO_LARGE)
        if not content.strip():
            raise InputError(EMPTY)
        media_type = kind(content)
        extract = _extract(media_type, content, apart)
    except InputError as error:
        raise InputError(f"{called}: {error}") from None
    called = called.encode("utf-8", "backslashreplace").decode()  # a file's name may be no text
    return Document(called, media_type, hashlib.sha256(content).hexdigest(), extract)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > MOST_BYTES:  # 0 for a pipe or a device
                raise InputError(TOO_LARGE)
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a zero in it
        why = getattr(error, "strerror", None) or "no path"
        raise InputError(f"cannot be read ({why}); check the file and its permissions") from None


def _extract(media_type: str, content: bytes, apart: Apart | None) -> Extract:
    if media_type == PLAIN:
        text = plain(content)
        if not text.strip():
            raise InputError(EMPTY)
        return Extract(text)
    if media_type == PAGE:
        content = marked_up(content).encode("utf-8", "replace")
    if apart is not None:
        return _clean(apart.extract(media_type, content))
    with Apart() as own:
        return _clean(own.extract(media_type, content))


def _clean(extract: Extract) -> Extract:
    """Without halves of characters, which no file can hold; what a document says of itself on one line."""
    return replace(
        extract,
        text=_HALVES.sub("\ufffd", extract.text),
        title=_line(extract.title),
        author=_line(extract.author),
        date=extract.date if extract.date and _DAY.fullmatch(extract.date) else None,
        outlet=_line(extract.outlet),
        url=extract.url if extract.url and _WEB.fullmatch(extract.url) else None,
    )


def _line(text: str | None) -> str | None:
    return " ".join(_HALVES.sub("\ufffd", text).split())[:1_000] or None if text else None

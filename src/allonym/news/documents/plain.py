"""Plain text, and what bytes of text are written in.

Takes bytes; gives their text, unaltered but for a byte order mark. Must not guess at what is no text.
"""

import io
import re
from contextlib import suppress

from allonym.errors import InputError
from allonym.screening.encoding import survey

NO_TEXT = "this is no text; save the article as plain text in UTF-8"
MOST_ODD = 0.01  # share of control and replacement characters in what still is text
_ODD = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_DECLARED = re.compile(rb"<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*[\"']?([\w.:-]{2,40})", re.I)


def plain(content: bytes) -> str:
    """The text of a plain file. Raises InputError for what is no text."""
    try:
        encoding = survey(io.BytesIO(content)).encoding
    except InputError:
        raise InputError(NO_TEXT) from None
    text = content.decode(encoding, errors="replace")
    if "\x00" in text or _is_odd(text):
        raise InputError(NO_TEXT)
    return text.removeprefix("\ufeff")


def declared(content: bytes, *encodings: str) -> str:
    """Text that says what it is written in: by the first of these encodings that fits it, else by the last with what is
    damaged replaced, else as plain text. Raises InputError for what is no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return plain(content)
    for errors in ("strict", "replace"):
        for encoding in encodings if errors == "strict" else encodings[-1:]:
            with suppress(UnicodeDecodeError, LookupError):
                text = content.decode(encoding, errors)
                if not _is_odd(text):
                    return text.removeprefix("\ufeff")
    return plain(content)


def _is_odd(text: str) -> bool:
    return len(_ODD.findall(text)) > MOST_ODD * len(text)


def marked_up(content: bytes) -> str:
    """The text of an HTML file, tags and all: UTF-8 when it is that, else what it declares, else as plain text."""
    said = _DECLARED.search(content[:4096])
    return declared(content, "utf-8", *([said[1].decode("ascii")] if said else []))

"""What a text file is written in, before it is read.

Takes a binary file; one pass over it gives its size, its SHA-256 and its encoding. UTF-8 unless the lines beyond
ASCII say otherwise; UTF-16 by its byte order mark (or its zeros); else what charset-normalizer makes of those lines.
Must not hold more of the file than a sample.
"""

import codecs
import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from allonym.errors import InputError, UsageError

BLOCK = 1 << 20
SAMPLE = 1 << 18
#: So many of the lines beyond ASCII must be UTF-8 for the file to be UTF-8 with a few damaged rows.
UTF8_SHARE = 0.9
_LEGACY = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874",
           "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "cp850", "koi8_r"]  # fmt: skip
_WESTERN = frozenset("áéíóúàèìòùâêîôûäëïöüãõñçåøæœßýÿÁÉÍÓÚÀÈÌÒÙÂÊÎÔÛÄËÏÖÜÃÕÑÇÅØÆŒÝŸªº°«»–—‘’“”€£§¿¡·´")
_MARKS = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Survey:
    """One pass over a file: its size in bytes, SHA-256 in hex, Python's name of its encoding, and its line end."""

    size: int
    sha256: str
    encoding: str
    carriage_returns: bool = False  # lines end in CR alone, as old Macs wrote them

    @property
    def wide(self) -> bool:
        """Whether a character takes two or four bytes, so that lines cannot be cut from the bytes."""
        return self.encoding.startswith(("utf-16", "utf-32"))


def survey(file: BinaryIO, *, encoding: str | None = None) -> Survey:
    """Read the file to its end. `encoding` settles the question; UsageError when Python does not know it."""
    digest = hashlib.sha256()
    size, sample, rest, head = 0, bytearray(), b"", b""
    while block := file.read(BLOCK):
        head = head or block
        size += len(block)
        digest.update(block)
        if len(sample) >= SAMPLE or (block.isascii() and rest.isascii()):
            rest = b""
            continue
        lines = (rest + block).split(b"\n")
        rest = lines.pop()[-SAMPLE:]
        for line in lines:
            if len(sample) < SAMPLE and not line.isascii():
                sample += line[:SAMPLE] + b"\n"
    if not rest.isascii() and len(sample) < SAMPLE:
        sample += rest
    found = _named(encoding) if encoding else detect(head, bytes(sample))
    return Survey(size, digest.hexdigest(), found, b"\r" in head and b"\n" not in head)


def _named(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise UsageError(f"no encoding {encoding!r}; write utf-8, cp1252, utf-16 …") from None


def detect(head: bytes, sample: bytes) -> str:
    """The encoding, by the first bytes of the file and a sample of its lines beyond ASCII (newline between them)."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    start = head[:4096]
    if len(start) >= 8 and start.count(0) > len(start) // 3:
        odd, even = start[1::2].count(0), start[::2].count(0)
        return "utf-16-le" if odd > even else "utf-16-be"
    lines = [line for line in sample.split(b"\n") if line]
    good = sum(1 for line in lines if _is_utf8(line))
    if not lines or good >= UTF8_SHARE * len(lines):
        return "utf-8"
    return _legacy(sample)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        # The sample may end, or a long line be cut, within a character.
        return error.end >= len(line) and error.reason == "unexpected end of data"
    return True


def _legacy(sample: bytes) -> str:
    # Western text first: by letter statistics a few Spanish names look as Polish as Spanish ("Nuñez", "Nuńez").
    if _is_western(sample):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_LEGACY).best()
    if best is None:
        raise InputError("the encoding of the file is not recognised; save it as UTF-8, or say it with --encoding")
    return codecs.lookup(best.encoding).name


def _is_western(sample: bytes) -> bool:
    """Whether, read as cp1252, nearly all words with accents are mostly ASCII and have letters of Western languages."""
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    words = [word for word in text.split() if not word.isascii()]
    accents = [[char for char in word if not char.isascii()] for word in words]
    good = sum(set(a) <= _WESTERN and (2 * len(a) <= len(w) or len(w) < 3) for w, a in zip(words, accents, strict=True))
    return good >= UTF8_SHARE * len(words)

"""Files kept with alerts, under the SHA-256 of their bytes.

Takes bytes and a name; gives what is noted about them, and the bytes again. The name is only shown, never used as a
path. Must not open what was attached.
"""

import errno
import hashlib
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from allonym.cases.alert import Attachment
from allonym.errors import FullError, InputError, NotFoundError, StoreError
from allonym.screening.printable import printable

FOLDER = "attachments"
LONGEST_NAME = 200
_FULL = (errno.ENOSPC, errno.EDQUOT)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_BAD = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff/\\:]")
#: What the first bytes say; a name may claim anything.
_SIGNS = (
    (b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"), (b"PK\x03\x04", "application/zip"), (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"), (b"\x1f\x8b", "application/gzip"), (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"), (b"<?xml", "application/xml"),
)  # fmt: skip
_PROGRAMS = ("application/x-msdownload", "application/x-executable")


def checked_name(name: str) -> str:
    """The name of a file, when it is one and no path. Raises InputError."""
    if not name.strip() or name != name.strip() or len(name) > LONGEST_NAME or name.startswith("."):
        raise InputError(f"{printable(name[:60])!r} cannot name an attachment; give 1 to {LONGEST_NAME} characters, "
                         "not beginning with a dot or a blank")  # fmt: skip
    if _BAD.search(name):
        raise InputError(f"{printable(name[:60])!r} cannot name an attachment: it holds /, \\, : or characters that "
                         "cannot be seen; give the name without a folder")  # fmt: skip
    return name


def noted(name: str, content: bytes, largest: int) -> Attachment:
    """What is noted about a file. Raises InputError for one that is empty, too large, or a program."""
    name = checked_name(name)
    if not content:
        raise InputError(f"{printable(name)} is empty")
    if len(content) > largest:
        raise InputError(f"{printable(name)} has {len(content):,} bytes; the policy takes {largest:,} at most "
                         "([attachments] megabytes in cases.toml)")  # fmt: skip
    kind = kind_of(content)
    if kind in _PROGRAMS:
        raise InputError(f"{printable(name)} is a program; programs are not kept")
    return Attachment(hashlib.sha256(content).hexdigest(), name, kind, len(content))


def kind_of(content: bytes) -> str:
    """The type by the first bytes: text where it can be read as such."""
    found = next((kind for sign, kind in _SIGNS if content.startswith(sign)), None)
    if found is not None:
        return found
    try:
        content[:65_536].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(content[:65_536]) - 4 or b"\x00" in content[:65_536]:
            return "application/octet-stream"
    return "application/octet-stream" if b"\x00" in content[:65_536] else "text/plain"


class Files:
    """The attachments of a data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def path(self, sha256: str) -> Path:
        """Where the bytes lie. Raises NotFoundError for what is no SHA-256."""
        if not _SHA256.fullmatch(sha256):
            raise NotFoundError(f"{printable(sha256[:70])!r} is no attachment; give its SHA-256, 64 hexadecimal digits")
        return self.folder / sha256[:2] / sha256

    def keep(self, attachment: Attachment, content: bytes) -> bool:
        """Keep the bytes, on the disk when this ends; gives whether they are new. Raises StoreError."""
        path = self.path(attachment.sha256)
        if path.exists():
            return False
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            kind = FullError if error.errno in _FULL else StoreError
            raise kind(f"{path.parent}: the attachment cannot be written ({error.strerror}), nothing was "
                             "changed; free some space and try again") from None  # fmt: skip
        return True

    def read(self, sha256: str) -> bytes:
        """The bytes. Raises NotFoundError when they are not there, StoreError when they are not what was kept."""
        path = self.path(sha256)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise NotFoundError(f"no attachment {sha256}; see them with: allonym cases show NUMBER") from None
        except OSError as error:
            raise StoreError(f"{path}: cannot be read ({error.strerror})") from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise StoreError(f"{path}: is not what was attached; restore it from a copy")
        return content

    def drop(self, sha256: str) -> None:
        """Take the bytes away, if they are there."""
        self.path(sha256).unlink(missing_ok=True)

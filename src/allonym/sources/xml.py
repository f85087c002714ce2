"""XML lists, read as a stream, safely.

Takes a path and the names of the elements that are entries; gives each as an lxml element in document order, with its
namespace taken off. Must not load a DTD, expand an entity or open anything else. Raises ListError that names file and
line. Control characters, which XML forbids and real lists contain, are read as blanks and reported.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from allonym.errors import ListError
from allonym.sources.entry import Report

FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
BLOCK = 1 << 18
PROLOGUE = 4096


class _Filter:
    """A byte stream without the control characters XML forbids; refuses a DOCTYPE before the parser sees it."""

    def __init__(self, file: BinaryIO, path: Path, report: Report | None) -> None:
        self.file, self.path, self.report = file, path, report
        self.wide = False
        self.first = True

    def read(self, size: int = -1) -> bytes:
        block = self.file.read(BLOCK if size < 0 else size)
        if self.first:
            self.first = False
            self.wide = block[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00<" in block[:8] or b"<\x00" in block[:8]
            if re.search(rb"<!DOCTYPE|<!ENTITY", block[:PROLOGUE].replace(b"\x00", b""), re.IGNORECASE):
                raise ListError(f"{self.path}: has a document type declaration, which no list needs and an attack "
                                "does; fetch the file from its publisher")  # fmt: skip
        if self.wide:
            return block
        clean, found = FORBIDDEN.subn(b" ", block)
        if found and self.report:
            name = self.path.name
            self.report.issue("control_character", f"{found} control characters read as blanks", original=name)
        return clean


def local(element: Any) -> str:
    """The tag without its namespace."""
    return _plain(element.tag)


@lru_cache(maxsize=4_096)
def _plain(tag: str) -> str:
    return tag.rpartition("}")[2]


def entries(path: Path, tags: set[str], report: Report | None = None, *, top: bool = False) -> Iterator[Any]:
    """Each element whose local name is in `tags`, complete, namespaces removed from it and below; memory stays flat.

    An element is only valid until the next one is asked for. With `top`, only children of the document element count:
    for lists that repeat whole entries inside an entry's history.
    """
    with path.open("rb") as file:
        stream = _Filter(file, path, report)
        try:
            context = etree.iterparse(
                stream, events=("end",), resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
                remove_comments=True, remove_pis=True,
            )  # fmt: skip
            for _, element in context:
                if local(element) not in tags or (top and not _is_top(element)):
                    continue
                for node in element.iter():
                    node.tag = local(node)
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            line = error.lineno or 0
            raise ListError(f"{path}, line {line}: the XML breaks off or is damaged ({error.msg}); "
                            "fetch the file again") from None  # fmt: skip


def _is_top(element: Any) -> bool:
    parent = element.getparent()
    return parent is not None and parent.getparent() is None


def text(element: Any, tag: str) -> str:
    """The text of the first child of that name, stripped; empty when there is none."""
    found = element.find(tag)
    return (found.text or "").strip() if found is not None else ""


def texts(element: Any, path: str) -> list[str]:
    """The non-empty texts of all elements at that path."""
    return [found.text.strip() for found in element.iterfind(path) if found.text and found.text.strip()]


def root(head: bytes) -> str:
    """The local name of the document element, from the first bytes of a file; empty when it is no XML."""
    plain = re.sub(rb"<\?.*?\?>|<!--.*?-->", b"", head.replace(b"\x00", b""), flags=re.DOTALL)
    match = re.search(rb"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)", plain)
    return match[2].decode() if match else ""

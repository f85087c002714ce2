"""A page that is evidence for a file: self-contained, and sealed with a checksum over its content.

Takes a title, one style sheet and the body; gives the whole page, which loads nothing and runs nothing, with the
SHA-256 of everything but the seal's own line as its last line. `opened` checks a page that somebody kept. The seal
shows that a page was not altered by accident or by who does not know of it; who must rule out more keeps the checksum
in another place. Must not take text for the page that is not escaped (`safe`).
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from allonym.errors import InputError
from allonym.screening.policy import policy
from allonym.screening.printable import printable

STYLE = (
    "body{font:15px/1.45 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "h1{margin-bottom:0}h2{border-bottom:1px solid #ccc;margin-top:2rem}h3{margin-bottom:.2rem}"
    ".measure{border-left:4px solid #999;padding-left:.8rem;margin:.8rem 0}.in-force{border-color:#a33}"
    ".note{background:#fff5d6;padding:.3rem .6rem}.small{color:#555;font-size:13px}li{overflow-wrap:anywhere}"
    "svg{max-width:100%;height:auto}table{border-collapse:collapse;width:100%;margin:.5rem 0}"
    "th,td{text-align:left;vertical-align:top;padding:.15rem .6rem .15rem 0;overflow-wrap:break-word}"
    ".dated td:nth-child(2),.dated td:nth-child(3){white-space:nowrap}"
    "td:last-child{overflow-wrap:anywhere}"
    "th{border-bottom:1px solid #999;font-size:13px}td{border-bottom:1px solid #eee}"
    ".number{text-align:right;white-space:nowrap}.bar{width:170px}"
    ".reported{border-left:4px dotted #999;padding-left:.8rem}"
    "code{font-size:12px;overflow-wrap:anywhere}"
    "@page{margin:16mm}@media print{body{margin:0;max-width:none;font-size:11pt}h2,h3{break-after:avoid}"
    "tr,li,.measure{break-inside:avoid}a{color:inherit;text-decoration:none}}"
)
_SEAL = re.compile(rb'<p class="small seal">SHA-256 of this page without this line: <code>([0-9a-f]{64})</code></p>\n')
_RECORD = re.compile(rb'<body data-record="([0-9A-Za-z-]{1,80})">')
_MADE = re.compile(rb'<meta name="generator" content="allonym ([^"]{1,40})">')
#: A page larger than this is none of ours.
LARGEST = 1 << 30


@dataclass(frozen=True, slots=True)
class Opened:
    """A page whose seal holds: its checksum, the version that made it, the run it is of (None for a dossier)."""

    sha256: str
    version: str | None
    record_id: str | None


def page(title: str, body: Iterable[str], *, version: str, record_id: str | None = None) -> str:
    """The whole page, sealed. `title` is escaped here, `body` has to be."""
    run = f' data-record="{safe(record_id)}"' if record_id else ""
    return sealed(
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f"{policy(STYLE)}\n"
        '<meta name="referrer" content="no-referrer">\n'
        f'<meta name="generator" content="allonym {safe(version)}">\n'
        f"<title>{safe(title)}</title>\n<style>{STYLE}</style></head>\n<body{run}>\n{chr(10).join(body)}\n",
        "</body></html>\n",
    )


def sealed(before: str, after: str) -> str:
    """The two with the seal's line between them."""
    digest = hashlib.sha256((before + after).encode()).hexdigest()
    seal = f'<p class="small seal">SHA-256 of this page without this line: <code>{digest}</code></p>\n'
    return before + seal + after


def opened(content: bytes, name: str) -> Opened:
    """The page, when its seal holds. Raises InputError for a page without one, and for one that was altered."""
    seals = list(_SEAL.finditer(content))
    if not seals:
        raise InputError(f"{name}: bears no seal of Allonym; give a page that allonym screen --evidence or allonym "
                         "show --format html wrote")  # fmt: skip
    # Texts of a list cannot bear a seal, for they are escaped: a second one was put there by hand.
    seal = seals[-1]
    digest = hashlib.sha256(content[: seal.start()] + content[seal.end() :]).hexdigest()
    if digest.encode() != seal[1]:
        raise InputError(f"{name}: was altered since it was written: its content has SHA-256 {digest[:12]}…, its seal "
                         f"says {seal[1][:12].decode()}…; restore it from a copy")  # fmt: skip
    record, made = _RECORD.search(content), _MADE.search(content)
    return Opened(digest, made[1].decode() if made else None, record[1].decode() if record else None)


def safe(text: str) -> str:
    """Text for a page: invisible characters written out, signs of HTML escaped."""
    return escape(printable(text), quote=True)


def items(lines: Iterable[str]) -> Iterator[str]:
    """A list of lines that are not escaped yet."""
    yield "<ul>"
    for line in lines:
        yield f"<li>{safe(line)}</li>"
    yield "</ul>"


def table(headings: Iterable[str], rows: Iterable[Iterable[str]], *, dated: bool = False) -> Iterator[str]:
    """A table of texts that are not escaped yet; `dated`: its second and third column hold dates."""
    css = ' class="dated"' if dated else ""
    yield f"<table{css}><tr>{''.join(f'<th>{safe(heading)}</th>' for heading in headings)}</tr>"
    for row in rows:
        yield f"<tr>{''.join(f'<td>{safe(cell)}</td>' for cell in row)}</tr>"
    yield "</table>"

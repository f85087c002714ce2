"""HTML: the main text of a page, and what the page says of itself.

Takes the page in UTF-8; gives an `Extract` by trafilatura. Runs apart. Must not follow a link, run a script or load
anything the page names.
"""

import re
from typing import Any

from allonym.errors import InputError
from allonym.news.documents.document import MOST_TEXT, Extract

MOST_ELEMENTS = 60_000
NO_TEXT = "the page has no text beside its scripts; save it from a browser, where the text is shown"
NOT_HERE = "HTML is read with an optional extra; install it with: pip install 'allonym[news]'"
TOO_DEEP = "what is nested deeper than 255 elements was not read"
ALL_TOO_DEEP = "its text is nested deeper than 255 elements; save the article as plain text"
WHOLE = "no main text was found; everything the page shows was read"
_UNSEEN = ("script", "style", "noscript", "template", "head", "svg", "iframe", "object", "embed", "select", "textarea")
_BLANK = re.compile(r"\s+")
_ROW = re.compile(r"^\|(.*)\| *$", re.MULTILINE)
_BLOCKS = frozenset(
    "address article aside blockquote body br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section table tr ul".split()
)


def page(content: bytes) -> Extract:
    """The main text of a page, else all that it shows. Raises InputError when there is none or it is too large."""
    try:
        import trafilatura
    except ImportError:
        raise InputError(NOT_HERE) from None
    tree, notes = _parsed(content)
    # No extensive search for dates: it takes any number in the page that looks like one.
    dates = {"extensive_search": False, "original_date": True}
    found = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=True, date_extraction_params=dates)
    text = _cells_apart(((found and found.text) or "").strip())
    if not text:
        text, notes = _shown(_parsed(content)[0]), (*notes, WHOLE)
    if not text:
        raise InputError(ALL_TOO_DEEP if TOO_DEEP in notes else NO_TEXT)
    if found is None:
        return Extract(text, notes=notes)
    return Extract(text, found.title, found.author, found.date, found.sitename or found.hostname, found.url, notes)


def whole(content: bytes) -> str:
    """All that a page shows, one block a line; for e-mails, which have no main text to be told from the rest."""
    return _shown(_parsed(content)[0])


def _parsed(content: bytes) -> tuple[Any, tuple[str, ...]]:
    """The tree, and notes. libxml2 stops at 256 levels unless it is told not to, so that no later step can overflow."""
    from lxml import etree, html

    parser = html.HTMLParser(huge_tree=False, no_network=True, encoding="utf-8")
    try:
        tree = html.document_fromstring(content, parser=parser)
    except etree.ParserError:
        raise InputError(NO_TEXT) from None
    elements = sum(1 for _ in tree.iter())
    if elements > MOST_ELEMENTS:
        raise InputError(f"the page has {elements:,} elements, more than {MOST_ELEMENTS:,}; save the article alone")
    etree.strip_elements(tree, "noscript", with_tail=False)  # "Please enable JavaScript" is no article
    for quoted in list(tree.iter("q")):  # a browser draws the marks; trafilatura makes a paragraph of it
        quoted.tag, quoted.text, quoted.tail = "span", f"“{quoted.text or ''}", f"”{quoted.tail or ''}"
    deep = any("depth" in error.message.lower() for error in parser.error_log)
    return tree, (TOO_DEEP,) if deep else ()


def _cells_apart(text: str) -> str:
    """The text with one cell of a table a line, where trafilatura draws the table with bars."""
    cells = _ROW.sub(lambda row: "\n".join(cell.strip() for cell in row[1].split("|") if cell.strip("- ")), text)
    return "\n".join(line for line in cells.split("\n") if line.strip())


def _shown(tree: Any) -> str:
    from lxml import etree

    etree.strip_elements(tree, *_UNSEEN, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    parts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _BLOCKS:
            parts.append("\n")
        text = element.text if event == "start" else element.tail
        parts.append(_BLANK.sub(" ", text or ""))
    lines = (" ".join(line.split()) for line in "".join(parts)[: 2 * MOST_TEXT].split("\n"))
    return "\n".join(line for line in lines if line)

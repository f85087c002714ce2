"""PDF: the text of its pages, its title and its author.

Takes the bytes; gives an `Extract` by pypdf. Runs apart. Must not decode pictures, run scripts or open attachments.
The date a PDF was made is not the date of the article in it, and is not taken for it.
"""

import io
from typing import Any

from allonym.errors import InputError
from allonym.news.documents.document import MOST_TEXT, Extract
from allonym.news.documents.wrapped import unwrapped

NOT_HERE = "PDF is read with an optional extra; install it with: pip install 'allonym[pdf]'"
ENCRYPTED = "the PDF is encrypted; save it without a password"
BROKEN = "the PDF is broken; open it in a viewer and save it again"
NO_TEXT = "the PDF has no text, as a scan has none; give it through text recognition first"
TOO_LARGE = "the PDF unpacks to more than a document may; print the article alone into a new PDF"
MOST_PAGES = 2_000


def pdf(content: bytes) -> Extract:
    """The text of the pages. Raises InputError for a PDF that is broken, encrypted or without text."""
    try:
        import pypdf
        from pypdf.errors import DependencyError, LimitReachedError
    except ImportError:
        raise InputError(NOT_HERE) from None
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(ENCRYPTED)
        text = _text(reader)
        title, author = _said(reader)
    except DependencyError:  # a cipher for which pypdf needs another package
        raise InputError(ENCRYPTED) from None
    except LimitReachedError:
        raise InputError(TOO_LARGE) from None
    except (InputError, MemoryError):
        raise
    except Exception as error:
        # What a broken file raises is not limited to pypdf's own errors: KeyError, RecursionError, ValueError ...
        raise InputError(f"{BROKEN} ({type(error).__name__})") from None
    if not text.strip():
        raise InputError(NO_TEXT)
    return Extract(text.strip(), title, author)


def _text(reader: Any) -> str:
    pages = []
    length = 0
    for number, page in enumerate(reader.pages, 1):
        if number > MOST_PAGES:
            raise InputError(f"the PDF has more than {MOST_PAGES:,} pages; cut it into documents")
        pages.append(page.extract_text().strip())
        length += len(pages[-1])
        if length > MOST_TEXT:
            raise InputError(f"the PDF has more than {MOST_TEXT:,} characters of text; cut it into documents")
    return unwrapped("\n".join(pages))


def _said(reader: Any) -> tuple[str | None, str | None]:
    said = reader.metadata
    title, author = (said.title, said.author) if said else (None, None)
    return (title if isinstance(title, str) else None), (author if isinstance(author, str) else None)

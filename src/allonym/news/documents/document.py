"""A document: the text that is read, and what it says of itself.

Takes what a format's reader found; gives a `Document`. The text of a plain file is the file's, unaltered; that of a
page, a PDF or an e-mail is what was taken out of it. All offsets of a reading are into this text. Must
not parse anything.
"""

from dataclasses import dataclass

MOST_BYTES = 20_000_000  # of a document, attachments and pictures included
MOST_TEXT = 1_000_000  # characters taken out of one
PLAIN, PAGE, PDF, MAIL = "text/plain", "text/html", "application/pdf", "message/rfc822"


@dataclass(frozen=True, slots=True)
class Extract:
    """What a format's reader took out: the text, what the document says of itself (`date` in ISO form), and what was
    left out and why."""

    text: str
    title: str | None = None
    author: str | None = None
    date: str | None = None
    outlet: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """`name` is what the user calls it, `checksum` the SHA-256 of its bytes."""

    name: str
    media_type: str
    checksum: str
    content: Extract

    @property
    def text(self) -> str:
        """The text that is read."""
        return self.content.text

    @property
    def date(self) -> str | None:
        """The day it says it is of (ISO)."""
        return self.content.date

    def source(self) -> dict[str, str]:
        """As `reading/1` has it; what the document does not say is left out."""
        content = self.content
        said = {"title": content.title, "author": content.author, "outlet": content.outlet, "url": content.url}
        of_file = {"file": self.name, "media_type": self.media_type, "checksum": self.checksum}
        return {key: value for key, value in (of_file | said).items() if value}

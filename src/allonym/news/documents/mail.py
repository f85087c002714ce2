"""E-mail: the text of a message, its subject, day and sender.

Takes the bytes of one message; gives an `Extract` by the standard library. Plain text is preferred to HTML. Runs
apart. Must not decode an attachment or write a file.
"""

import email
import email.policy
import re
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

from allonym.errors import InputError
from allonym.news.documents.document import Extract
from allonym.news.documents.page import page, whole
from allonym.news.documents.plain import declared, marked_up
from allonym.news.documents.wrapped import unwrapped

NO_TEXT = "the e-mail has no text beside its attachments; save the attachment and read that"
MAILBOX = "this is a mailbox of several e-mails; save each in a file of its own"
_NEXT = re.compile(rb"\n\r?\nFrom \S+ [^\n]*\d{4}\r?\n[!-9;-~]+:")


def mail(content: bytes) -> Extract:
    """The text of the message. Raises InputError when it has none."""
    if content.startswith(b"From ") and _NEXT.search(content):
        raise InputError(MAILBOX)
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    if "snapshot-content-location" in message:
        return _saved_page(message)
    text = ""
    for wanted in ("plain", "html"):
        part = message.get_body(preferencelist=(wanted,))
        text = _text(part, wanted).strip() if isinstance(part, EmailMessage) else ""
        if text:
            break
    else:
        raise InputError(NO_TEXT)
    left_out = sum(1 for _ in message.iter_attachments()) if message.is_multipart() else 0
    notes = (f"{left_out:,} attachment{'s' * (left_out != 1)} not read",) if left_out else ()
    return Extract(text, _header(message, "subject"), _sender(message), _day(message), notes=notes)


def _saved_page(message: EmailMessage) -> Extract:
    """The page in a web archive (MHTML), which browsers write as an e-mail."""
    part = message.get_body(preferencelist=("html",))
    content = part.get_payload(decode=True) if isinstance(part, EmailMessage) else None
    if not isinstance(content, bytes):
        raise InputError(NO_TEXT)
    found = page(marked_up(content).encode("utf-8", "replace"))
    return replace(found, url=found.url or _header(message, "snapshot-content-location"))


def _text(part: EmailMessage, subtype: str) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    charset = part.get_content_charset()
    text = declared(content, charset, "utf-8", charset) if charset else marked_up(content)
    return unwrapped(text) if subtype == "plain" else whole(text.encode("utf-8", "replace"))


def _header(message: EmailMessage, name: str) -> str | None:
    value = message[name]
    return None if value is None else str(value)


def _sender(message: EmailMessage) -> str | None:
    sender: Any = message["from"]
    addresses = getattr(sender, "addresses", ())
    return (addresses[0].display_name or addresses[0].addr_spec) if addresses else None


def _day(message: EmailMessage) -> str | None:
    """The day by the sender's clock; None where the header is no date."""
    when = getattr(message["date"], "datetime", None)
    return None if when is None else str(when.date().isoformat())

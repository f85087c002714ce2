"""What kind of document bytes are, by their content: a file's name says nothing.

Takes the bytes; gives one of the media types of `document.py`. Must not parse more than the beginning and the end.
"""

import re

from allonym.errors import InputError
from allonym.news.documents.document import MAIL, PAGE, PDF, PLAIN

HEAD = 4096
_OTHERS = (
    (b"PK\x03\x04", "an office document or an archive; save the text as PDF or as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save the text as PDF or as plain text"),
    (b"{\\rtf", "rich text (RTF); save it as PDF or as plain text"),
    (b"%!PS", "PostScript; save it as PDF"),
)
#: The tags by which browsers tell a page, and those that newer pages begin with.
_TAG = re.compile(
    rb"(?:<!--.*?-->|<\?xml[^>]*>|\s)*<(?:!doctype\s+html|(?:html|head|script|iframe|h[1-6]|div|font|table|a|style|title|b|"
    rb"body|br|p|meta|link|article|main|section|header|nav|span|ul|ol|blockquote|svg|img)(?=[\s/>]))",
    re.IGNORECASE | re.DOTALL,
)
_CLOSING = re.compile(rb"</(?:p|div|span|a|li|td|h[1-6]|body|html)\s*>", re.IGNORECASE)
LEAST_CLOSING = 3  # closing tags that make a page of a text that begins with words
_HEADER = re.compile(rb"([!-9;-~]+):([^\n]*\n(?:[ \t][^\n]*\n)*)")
_UNIX_FROM = re.compile(rb"From \S[^\n]*\n")
_OF_MAIL = {b"from", b"to", b"subject", b"date", b"message-id", b"mime-version", b"received", b"return-path",
            b"delivered-to", b"content-type", b"cc", b"reply-to", b"sender"}  # fmt: skip
#: A press release may begin with "From:" and "Date:" too, but has no address there.
_SURE_OF_MAIL = {b"from@", b"message-id", b"mime-version", b"received"}


def kind(content: bytes) -> str:
    """The media type. Raises InputError for a known format that is not read."""
    for mark, what in _OTHERS:
        if content.startswith(mark):
            raise InputError(f"this is {what}")
    head = content[:HEAD].removeprefix(b"\xef\xbb\xbf")
    if head.lstrip().startswith(b"%PDF-") or (b"%PDF-" in head[:1024] and b"%%EOF" in content[-1024:]):
        return PDF
    if _is_mail(content[: 16 * HEAD].replace(b"\r\n", b"\n")):
        return MAIL
    start = _narrow(head)
    if _TAG.match(start) or len(_CLOSING.findall(_narrow(content[: 16 * HEAD]))) >= LEAST_CLOSING:
        return PAGE
    return PLAIN


def _narrow(head: bytes) -> bytes:
    """UTF-16 without its zeros: enough to see tags."""
    return head[2:].replace(b"\x00", b"") if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head


def _is_mail(head: bytes) -> bool:
    """Whether it begins with lines of headers, two of them an e-mail's and one of those hardly any text has."""
    at = 0
    if match := _UNIX_FROM.match(head):
        at = match.end()
    names = set()
    while match := _HEADER.match(head, at):
        name = match[1].lower()
        names |= {name, name + b"@"} if b"@" in match[2] else {name}
        at = match.end()
    return head[at : at + 1] in (b"\n", b"") and len(names & _OF_MAIL) > 1 and bool(names & _SURE_OF_MAIL)

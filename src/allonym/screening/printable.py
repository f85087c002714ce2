"""Text from files and lists made safe to print on a terminal.

Takes any text; gives the same text with everything that could move the cursor, hide or reorder what a person reads
written out as an escape (`\\x1b`, `\\u202e`). Must not change letters, marks or ordinary blanks.
"""

import re
import unicodedata

# Control and format characters, line separators, surrogates, private use: candidates for an escape. ZWNJ and ZWJ are
# format characters too, but Persian and Indic names are spelt with them.
_SUSPECT = re.compile(r"[^\x20-\x7e\u00a1-\u024f\u0370-\u03ff\u0400-\u052f\u4e00-\u9fff\uac00-\ud7a3]")
_HARMLESS = "\u200c\u200d"
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def printable(text: str) -> str:
    """The text with control, bidi-override and other invisible characters escaped; one line whatever comes in."""
    return _SUSPECT.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if char in _HARMLESS or unicodedata.category(char) not in _HIDDEN:
        return char
    number = ord(char)
    if number <= 0xFF:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"

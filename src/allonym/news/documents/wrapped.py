"""Lines that were broken to fit a page or a screen, put together again.

Takes the text of a PDF or an e-mail; gives it with one paragraph a line, for a sentence ends where a line does. Must
not touch text whose lines are paragraphs already. A hyphen at the end of a line stays: whether it belongs to the word
is not to be seen.
"""

import re
from itertools import pairwise

WIDEST = 120  # characters; longer lines were not broken to fit
SLACK = 0.85  # of the width that a broken line fills at least, with the word that did not fit
_NEW = re.compile(r"\s|[-*•–—>]\s|\d{1,2}[.)]\s")


def unwrapped(text: str) -> str:
    """The text with broken lines joined by a blank."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    if len(lengths) < 2 or width > WIDEST:
        return "\n".join(lines)
    parts = [lines[0]]
    for before, line in pairwise(lines):
        first = line.split(" ", 1)[0]
        broken = before and line and not _NEW.match(line) and len(before) + 1 + len(first) > SLACK * width
        parts.append(("" if before.endswith("-") else " ") if broken else "\n")
        parts.append(line)
    return "".join(parts)

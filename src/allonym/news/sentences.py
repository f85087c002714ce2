"""The plain structure of a text: paragraphs, sentences, quotations.

Takes the unaltered text; gives spans into it. Must not fail on any text. A quotation keeps its marks; sentences do not
end inside one, nor after an abbreviation or an initial.
"""

import re
from bisect import bisect_right

from allonym.news.reading import Span

STOP = re.compile(r"[.!?…]+[\"”»’')\]]*(?=\s|$)")
#: What a stop does not end a sentence after: titles, months, places, initials.
ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Dra|Prof|Gen|Col|Lt|Sgt|Capt|Maj|Rep|Sen|Gov|Sr|Sra|Srta|Jr|St|No|Nos|Inc|Ltd|Co|Corp|vs"
    r"|etc|Jan|Feb|Mar|"
    r"Apr|Aug|Sept?|Oct|Nov|Dec|art|núm|nº|Ud|Lic|Ing|Exmo|Av|p|pp|approx|Rev|Hon|Atty|Fr|EE)|\b[A-ZÁÉÍÓÚÑ])\.$"
)
#: What stands before the first sentence of a paragraph and is none of it: place and agency, speaker of an interview.
_HEAD = re.compile(
    r"^(?:[^\n.!?]{0,60}?[A-Z]{3,}[^\n.!?]{0,50}?\s[–—-]{1,2}\s|[^\n.!?]{3,40}\([^)\n]{2,40}\)\s?\.?[–—-]{1,2}\s|(?:Q"
    r"|A|P|R|[A-ZÁÉÍÓÚ]{3,12}):\s"
    r"|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?\s[–—-]{1,2}\s(?=[A-Z])|[A-Z][A-Z .’'-]{3,40}(?:, [\w. ]{2,20})?\s[–—-]{1,2}\s)",
    re.MULTILINE,
)
OPEN_CLOSE = {"“": "”", "«": "»", "„": "“", "‘": "’", "‹": "›"}
LONGEST_QUOTATION = 3_000  # characters: a mark that is not closed within them is no quotation
_MARKS = re.compile(r"[“«„‘‹\"'`]")
_STRAIGHT = re.compile(r"(?<![\w\"'`])(\"|''|``|'(?!\d0s))(?=[^\s'`])")
_NEXT_SINGLE = re.compile(r"(?<!\w)[‘'](?=\w)")
_SINGLE_END = {mark: (re.compile(rf"[.,!?…;]{mark}(?!\w)"), re.compile(rf"\w{mark}(?!\w)")) for mark in "'’"}
#: Speech set off by a dash at the head of a paragraph (— Hola —dijo), or after a colon within one.
_DASHED = re.compile(r"(?:^|(?<=:\s))(?:[—–]\s?|-(?=[^\s\d-]))(?=[^\s—–])")
_ASIDE = re.compile(r"\s(?P<dash>[—–]|-(?=[^\W\d]))\s?(?=[^\W\d_])[^—–\n]*?(?:\s?(?:[—–]|-(?!\w))[.,;:]*|$)")


def without_heads(text: str) -> str:
    """The text, of the same length, with blanks for places, agencies and speakers at the head of paragraphs."""
    return _HEAD.sub(lambda head: " " * len(head[0]), text)


def paragraphs(text: str) -> tuple[Span, ...]:
    """Lines with something on them, without the space around it."""
    found, at = list[Span](), 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = at + len(line) - len(line.lstrip())
            found.append(Span(start, start + len(stripped)))
        at += len(line) + 1
    return tuple(found)


def quotations(text: str) -> tuple[Span, ...]:
    """Stretches in quotation marks, the marks included, outermost only, in order; within one paragraph each.

    A paragraph that begins with a dash and breaks off for an aside (—Hola —dijo—. Adiós.) gives what is around it.
    """
    found: list[Span] = []
    before = ""
    for paragraph in paragraphs(text):
        found += _dashed(text, paragraph, before) or _marked(text, paragraph.start, paragraph.end)
        before = text[paragraph.start : paragraph.end]
    return tuple(found)


def within(text: str, span: Span) -> tuple[Span, ...]:
    """The quotations inside a quotation, whose own marks are left aside."""
    return tuple(_marked(text, span.start + 1, span.end - 1))


def _marked(text: str, start: int, limit: int) -> list[Span]:
    found, at = [], start
    while mark := _MARKS.search(text, at, limit):
        end = _closed(text, mark.start(), limit)
        if end:
            found.append(Span(mark.start(), end))
        at = end or mark.end()
    return found


def _dashed(text: str, paragraph: Span, before: str) -> list[Span]:
    """What is said in a paragraph of dialogue that is set off by dashes; none where it is no such paragraph."""
    line = text[paragraph.start : paragraph.end]
    opened = _DASHED.search(line)
    if not opened or any(mark in line for mark in '“«"'):
        return []
    asides = [] if opened.start() else list(_ASIDE.finditer(line, opened.end()))
    if (not asides and not (opened.start() or before.endswith(":"))) or (line[-1] not in ".!?…—–-" and not asides):
        return []
    edges = [opened.start(), *(edge for aside in asides for edge in aside.span()), len(line)]
    found = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        said = line[start:end].strip()
        if said:
            at = paragraph.start + line.index(said, start)
            found.append(Span(at, at + len(said)))
    return found


def _closed(text: str, at: int, limit: int) -> int:
    """Where the quotation that opens at `at` ends; 0 where none opens or it is not closed."""
    limit = min(limit, at + LONGEST_QUOTATION)
    mark = text[at]
    if mark == "‘":
        return 0 if at and text[at - 1].isalnum() else _single(text, at, limit, "’")
    if mark in OPEN_CLOSE:
        return _nested(text, at, limit)
    opened = _STRAIGHT.match(text, at)
    if not opened:
        return 0
    if opened[1] == "'":
        return _single(text, at, limit, "'")
    end = text.find("''" if opened[1] == "``" else opened[1], opened.end(), limit)
    return end + len(opened[1]) if end > 0 else _goes_on(text, opened[1], limit)


def _nested(text: str, at: int, limit: int) -> int:
    mark, depth = text[at], 0
    if text.find(OPEN_CLOSE[mark], at, limit) < 0:
        return _goes_on(text, mark, limit) if mark in "“«" else 0
    for place in range(at, limit):
        if text[place] == mark:
            depth += 1
        elif text[place] == OPEN_CLOSE[mark]:
            depth -= 1
            if depth == 0:
                return place + 1
    return _goes_on(text, mark, limit) if mark in "“«" else 0


def _goes_on(text: str, mark: str, limit: int) -> int:
    """The end of the paragraph where the next one takes the quotation up again with a mark, else 0."""
    following = text[limit : limit + 20].lstrip(" \r")
    if not following.startswith("\n"):
        return 0
    return limit if following.lstrip().startswith((mark, "»" if mark == "«" else mark)) else 0


def _single(text: str, at: int, limit: int, mark: str) -> int:
    """The end of a quotation in single marks: after a stop, if one comes before the next."""
    following = _NEXT_SINGLE.search(text, at + 1, limit)
    until = following.start() if following else limit
    for pattern in _SINGLE_END[mark]:
        end = pattern.search(text, at + 1, until)
        if end:
            return end.end()
    return 0


def sentences(text: str) -> tuple[Span, ...]:
    """Sentences in order; a quotation of several sentences is part of the one around it."""
    quoted = quotations(text)
    starts = [quote.start for quote in quoted]
    found = []
    for paragraph in paragraphs(text):
        start = paragraph.start
        for stop in STOP.finditer(text, paragraph.start, paragraph.end):
            around = bisect_right(starts, stop.start() - 1) - 1
            inside = around >= 0 and stop.end() < quoted[around].end
            if inside or not _ends(text, stop.start() + 1, stop.end(), paragraph.end):
                continue
            found.append(Span(start, stop.end()))
            start = stop.end()
            while start < paragraph.end and text[start].isspace():
                start += 1
        if start < paragraph.end:
            found.append(Span(start, paragraph.end))
    return tuple(found)


def _ends(text: str, dot: int, end: int, limit: int) -> bool:
    """Whether a sentence ends at this stop: not after an abbreviation, nor before a small letter."""
    if text[dot - 1] == "." and ABBREVIATED.search(text, max(0, dot - 12), dot):
        return False
    rest = text[end : min(limit, end + 8)].lstrip()
    return not rest or not rest[0].islower()

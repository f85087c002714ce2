"""Claims take time in proportion to the text, whatever is packed into it."""

import sys

import pytest

from allonym.news.claims import claims
from allonym.news.reading import Mention, Span

PACKED = {
    "en": "The ministry said that Ana Ruiz told the Ledger that Tom Cole denied it, the Harbour Board said on Monday. "
    "“We know nothing of it,” Eva Lund told the Ledger. He added that she had warned the board, which rejected it. ",
    "es": "El ministerio dijo que Ana Ruiz afirmó que Tom Cole lo negó, informó el Harbour Board. «No sabemos nada», "
    "señaló Eva Lund al Ledger. Añadió que ella lo había acusado de mentir y que el vocero lo rechazó. ",
}
NAMES = {"Ana Ruiz": "person", "Tom Cole": "person", "Eva Lund": "person", "Ledger": "media", "Harbour Board": "agency"}


def steps(lang, times):
    """How many instructions the claims of a text take that says the same so many times."""
    text, count = PACKED[lang] * times, 0
    places = [(at, name) for name in NAMES for at in range(len(text)) if text.startswith(name, at)]
    mentions = tuple(Mention(Span(at, at + len(name)), NAMES[name], name) for at, name in sorted(places))

    def step(frame, event, _):
        nonlocal count
        frame.f_trace_opcodes = True
        count += event == "opcode"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        found = claims(text, mentions, lang)
    finally:
        sys.settrace(before)
    assert len(found) >= 3 * times
    return count


@pytest.mark.parametrize("lang", PACKED)
def test_twice_the_text_takes_twice_the_steps(lang):
    steps(lang, 2)  # so that the words are ready
    assert steps(lang, 160) < 2.2 * steps(lang, 80)

"""Texts that nobody writes: none takes long, none raises."""

import time

import pytest

from allonym.news.read import LONGEST, read

TEXTS = {
    "brackets": "(", "one word": "a", "spaces": " ", "opening marks": "“", "verbs of saying": "said that ",
    "capitals": "Aa Bb ",
    "lines": "\n", "numbers": "1,000 million ", "marks of direction": "\u202e\u200b", "by the": "by the, ",
    "acts without end": "The Treasury sanctioned ", "dashes": "— a ", "apostrophes": "'", "lone surrogates": "\ud800",
}  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "es", "pt", None])
@pytest.mark.parametrize("told", TEXTS)
def test_a_hostile_text_is_read_in_seconds(told: str, lang: str | None) -> None:
    text = (TEXTS[told] * LONGEST)[: LONGEST // 4]
    started = time.process_time()
    reading = read(text, lang=lang)
    assert reading.text == text
    assert time.process_time() - started < 20  # quadratic steps take minutes here; linear ones two seconds

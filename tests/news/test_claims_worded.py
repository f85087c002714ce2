"""Ways in which news says who said what, from the whole reader; they are in data/said.tsv."""

from pathlib import Path

import pytest

from allonym.news.read import read

WAYS = (Path(__file__).parent / "data" / "said.tsv").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize("way", WAYS)
def test_who_says_what(way: str) -> None:
    lang, text, speaker, said = way.split("\t")
    claims = read(text, lang=lang).claims
    told = [((c.speaker or "").lower(), " ".join(text[s.start : s.end] for s in c.contents)) for c in claims]
    assert any(speaker.lower() in who and content == said for who, content in told), told

"""Measure: reading the annotated texts of tests/cases/news, and how many characters a second.

Takes the held third of the texts, which nothing is tuned on, and the rest beside it; gives F1 by layer and language,
for English also without the model, and the speed of one process with the names of the lists known.
"""

import time
from collections.abc import Iterable
from typing import Any

from bench.agreement import LAYERS, Counts, agreement
from bench.data import Data
from bench.figure import OURS, Figure, Section, Target
from bench.process import ROOT

AIMS = {
    "mentions, linked": 0.95,
    "measures, type and target": 0.85,
    "measures, type, target and authority": 0.78,
    "claims, content and speaker": 0.90,
}
FEWEST = 200_000  # characters that are read for the speed
RATE = 30_000.0  # characters a second


def measure(data: Data) -> Section:
    """F1 on held and other texts, and the speed."""
    import sys

    sys.path.insert(0, str(ROOT))
    from tests.news.cases import cases

    texts = list(cases())
    figures = [*_held(texts, data.size.small), *_speed(data, texts)]
    lines = [f"{part}, {lang}: {_line(counts)}" for part, lang, counts in _apart(texts)]
    return Section("Reading the annotated texts (tests/cases/news)", tuple(figures), tuple(lines))


def _held(texts: list[dict[str, Any]], small: bool) -> Iterable[Figure]:
    held = [text for text in texts if text["part"] == "held"]
    with_model, without = _counts(held), _counts(held, model=False)
    for layer in LAYERS:
        aim = Target(AIMS[layer]) if layer in AIMS and not small else None
        agree, annotated, read = with_model.of[layer]
        note = f"{agree} agree, {annotated} annotated, {read} read; {len(held)} held texts"
        yield Figure(f"{layer}, F1", with_model.f1(layer), "ratio", target=aim, note=note)
        yield Figure(f"{layer}, F1 by rules alone", without.f1(layer), "ratio")


def _apart(texts: list[dict[str, Any]]) -> Iterable[tuple[str, str, Counts]]:
    for part in ("held", "tuning"):
        for lang in ("en", "es", "pt"):
            chosen = [text for text in texts if text["part"] == part and text["lang"] == lang]
            yield part, lang, _counts(chosen)


def _line(counts: Counts) -> str:
    return "; ".join(f"{layer} {counts.f1(layer):.3f}" for layer in LAYERS)


def _counts(texts: list[dict[str, Any]], *, model: bool = True) -> Counts:
    return agreement([(text, _read(text, model=model)) for text in texts])


def _read(text: dict[str, Any], *, model: bool) -> dict[str, Any]:
    from unittest.mock import patch

    from allonym.news import read as way

    if model:
        return way.read(text["text"], date=text["date"]).to_dict()
    with patch.object(way, "parse", lambda *_: None):
        return way.read(text["text"], date=text["date"]).to_dict()


def _speed(data: Data, texts: list[dict[str, Any]]) -> Iterable[Figure]:
    """Characters a second of one process, English texts, with the names of the lists known; spaCy's pipeline alone in
    the same process beside it."""
    import allonym
    from allonym.news.known import known
    from allonym.news.model import english, parse

    english_texts = [text["text"] for text in texts if text["lang"] == "en"]
    rounds = max(1, FEWEST // sum(map(len, english_texts)))
    with allonym.open(data.folder(data.main)) as lists:
        names = len(known(lists))
        allonym.read(english_texts[0], lists=lists)
        started = time.perf_counter()
        for text in english_texts * rounds:
            allonym.read(text, lists=lists)
        own = time.perf_counter() - started
    total = sum(map(len, english_texts)) * rounds
    note = f"{names:,} names known, one process"
    yield Figure("characters a second", total / own, "/s", target=None if data.size.small else Target(RATE), note=note)
    if english() is not None:
        started = time.perf_counter()
        for text in english_texts * rounds:
            parse(text, "en")
        alone = time.perf_counter() - started
        yield Figure("the model's part of that", alone / own, "share", by=OURS)

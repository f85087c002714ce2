"""Measure: reading the annotated texts of tests/cases/news, and how many characters a second.

Takes the held third of the texts, which nothing is tuned on, and the rest beside it; gives F1 by layer and language,
for English also without the model, of sums of money on phrases of their own, and the speed of one process with the
names of the lists known.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import allonym
from allonym.news import read as way
from allonym.news.known import known
from allonym.news.model import english, parse
from bench import process
from bench.agreement import LAYERS, Counts, agreement
from bench.data import Data
from bench.figure import Figure, Section, Target
from bench.process import ROOT

AIMS = {
    "mentions, linked": 0.95,
    "measures, type and target": 0.85,
    "measures, type, target and authority": 0.78,
    "claims, content and speaker": 0.90,
}
MORE = 4  # times the texts are read for the speed
RATE = 30_000.0  # characters a second


def measure(data: Data) -> Section:
    """F1 on held and other texts, and the speed."""
    sys.path.insert(0, str(ROOT))
    from tests.news.amount_cases import f1, phrases
    from tests.news.cases import cases

    texts = list(cases())
    sums = (
        Figure(
            f"amounts, F1{', ' * bool(lang)}{lang}",
            f1(lang),
            "ratio",
            target=Target(0.95),
            note=f"{len(phrases())} phrases",
        )
        for lang in ("", "en", "es", "pt")
    )
    figures = [*_held(texts, data.size.small), *sums, *_speed(data, texts)]
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
    if model:
        return way.read(text["text"], date=text["date"]).to_dict()
    with patch.object(way, "parse", lambda *_: None):
        return way.read(text["text"], date=text["date"]).to_dict()


def _speed(data: Data, texts: list[dict[str, Any]]) -> Iterable[Figure]:
    """Characters a second of `allonym read` with two workers and the names of the lists known, once they have begun:
    what more files take more time. The model's part, of one process, beside it."""
    folder, english_texts = data.folder(data.main), [text["text"] for text in texts if text["lang"] == "en"]
    with tempfile.TemporaryDirectory() as written:
        files = [Path(written) / f"{number}.txt" for number in range(len(english_texts) * MORE)]
        for file, text in zip(files, english_texts * MORE, strict=True):
            file.write_text(text, encoding="utf-8")
        few, many = (_seconds(folder, files[:count]) for count in (len(english_texts), len(files)))
    with allonym.open(folder) as lists:
        names = len(known(lists))
        own = _timed(lambda text: allonym.read(text, lists=lists), english_texts)
    total = sum(map(len, english_texts))
    note = f"{names:,} names known; {len(files):,} files of {total // len(english_texts):,} characters"
    aim = None if data.size.small else Target(RATE)
    rate = total * (MORE - 1) / max(1e-9, many - few)
    yield Figure("characters a second, two processes", rate, "/s", target=aim, note=note)
    yield Figure("characters a second, one process", total / own, "/s")
    if english() is not None:
        yield Figure("the model's part of that", _timed(lambda text: parse(text, "en"), english_texts) / own, "share")


def _seconds(folder: Path, files: list[Path]) -> float:
    command = [process.console(), "read", *map(str, files), "--format", "json", "--workers", "2", "--data", str(folder)]
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def _timed(work: Callable[[str], object], texts: list[str]) -> float:
    """Seconds for all texts once, after the first."""
    work(texts[0])
    started = time.perf_counter()
    for text in texts:
        work(text)
    return time.perf_counter() - started

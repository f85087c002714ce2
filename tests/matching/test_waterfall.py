"""The explanation as SVG: the bars add up, whatever the texts are."""

import itertools
import math
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.matching.compare import compare
from allonym.matching.evidence import Evidence, probability
from allonym.matching.waterfall import LABELS, LONGEST_LABEL, WIDTH, bars, waterfall_svg

SVG = "{http://www.w3.org/2000/svg}"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
EVIDENCE = st.lists(
    st.builds(Evidence, st.sampled_from(["prior", "name_part_exact", "country"]), st.floats(-30, 30), TEXT), max_size=12
)


def drawn(svg: str) -> list[ElementTree.Element]:
    return [e for e in ElementTree.fromstring(svg).iter(f"{SVG}rect") if "bar" in e.get("class", "").split()]


def test_the_bars_add_up_to_the_score() -> None:
    sides = ({"schema": "Person", "properties": {"name": [n]}} for n in ("Nicolas Maduro", "Maduro Moros, Nicolás"))
    found = compare(*sides)
    svg = waterfall_svg(found.evidence)
    rows = drawn(svg)
    assert len(rows) == len(found.evidence) + 1
    level = 0.0
    for row in rows[:-1]:
        assert float(row.get("data-start", "")) == level
        level = float(row.get("data-end", ""))
    assert rows[0].get("class") == "bar start"
    assert float(rows[-1].get("data-end", "")) == level
    assert math.isclose(probability(level), found.score)
    assert f"a score of {found.score:.3f}" in svg


@given(EVIDENCE)
def test_any_evidence_is_drawn(evidence: list[Evidence]) -> None:
    svg = waterfall_svg(evidence)
    rows = drawn(svg)
    assert math.isclose(float(rows[-1].get("data-end", "")), sum(e.weight for e in evidence), abs_tol=1e-9)
    for before, after in itertools.pairwise(rows[:-1]):
        assert before.get("data-end") == after.get("data-start")
    for row in rows:
        left, width = float(row.get("x", "")), float(row.get("width", ""))
        assert left > LABELS
        assert left + width < WIDTH


@given(EVIDENCE)
def test_the_prior_comes_first(evidence: list[Evidence]) -> None:
    kinds = [bar.kind for bar in bars(evidence)]
    assert kinds == sorted(kinds, key=lambda k: (k == "sum", k != "start"))


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", "</text></svg><img src=x onerror=alert(1)>", '"/><a href="javascript:x">', "]]>&lt;&",
     "\x00\x1b[31m\u202e\ufffe", "x" * 5_000],
)  # fmt: skip
def test_hostile_text_is_escaped(hostile: str) -> None:
    svg = waterfall_svg([Evidence("prior", -8.0, hostile), Evidence("name_part_exact", 3.0, hostile, hostile, hostile)])
    root = ElementTree.fromstring(svg)
    assert {e.tag for e in root.iter()} <= {SVG + t for t in ("svg", "title", "style", "rect", "line", "text")}
    assert not any("href" in key or key.startswith("on") for e in root.iter() for key in e.attrib)
    labels = [e for e in root.iter(f"{SVG}text") if "label" in e.get("class", "").split()]
    assert all(len("".join(label.itertext())) and len(label[0].tail or "") <= LONGEST_LABEL for label in labels)


def test_the_picture_needs_nothing_else() -> None:
    svg = waterfall_svg([Evidence("prior", -8.0, "before")])
    assert "prefers-color-scheme: dark" in svg
    assert re.findall(r"(?:https?:|url\(|@import)", svg.replace("http://www.w3.org/2000/svg", "")) == []

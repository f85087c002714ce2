"""The annotated texts hold together: spans occur, names and kinds are those of `reading/1`, parts are as wanted."""

from collections import Counter
from itertools import pairwise

import pytest

from allonym.news.reading import MEASURE_TYPES, MENTION_TYPES, STATUSES
from tests.news.cases import cases

CASES = list(cases())


def test_there_are_enough_of_each_language_and_a_quarter_is_held_out() -> None:
    langs = Counter(case["lang"] for case in CASES)
    assert (langs["en"], langs["es"], langs["pt"]) >= (40, 12, 8)
    held = Counter(case["lang"] for case in CASES if case["part"] == "held")
    assert all(4 * held[lang] >= langs[lang] - 2 for lang in langs)
    assert len({case["text"] for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_case_is_well_formed(case: dict[str, object]) -> None:
    mentions, measures, claims = case["mentions"], case["measures"], case["claims"]
    assert isinstance(mentions, list) and isinstance(measures, list) and isinstance(claims, list)
    assert {m["type"] for m in mentions} <= set(MENTION_TYPES)
    assert {m["type"] for m in measures} <= set(MEASURE_TYPES)
    assert {m["status"] for m in measures} <= set(STATUSES)
    assert {c["kind"] for c in claims} <= {"direct", "paraphrase", "mixed"}
    ordered = sorted(mentions, key=lambda m: m["start"])
    assert all(a["end"] <= b["start"] for a, b in pairwise(ordered)), "two mentions overlap"
    assert all(c["contents"] for c in claims)

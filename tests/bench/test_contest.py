import pytest
from bench.accuracy import by_group, misses
from bench.cases import Case
from bench.contest import LIMIT, Answered, limit_at
from bench.figure import OURS, Figure, Section, Target, on_row, share
from bench.headline import markdown, text
from bench.pairs import counts, reliability

CASES = [Case("Person", "first", "a"), Case("Person", "tied", "b"), Case("Person", "lost", "c"), Case("Person", "none")]
ANSWERED = Answered(
    OURS,
    CASES,
    [[["a", 0.9, "A"], ["x", 0.8, "X"]], [["x", 0.7, "X"], ["b", 0.7, "B"]], [["x", 0.6, "X"], ["y", 0.5, "Y"]], []],
    0.7,
    1.0,
)


def test_the_entity_that_is_meant_has_a_score_and_a_place() -> None:
    assert ANSWERED.best == [0.9, 0.7, 0.6, 0.0]
    assert ANSWERED.right == [0.9, 0.7, 0.0, 0.0]
    assert ANSWERED.above == [0, 0, LIMIT, LIMIT]
    assert ANSWERED.alone == [True, False, False, False]


def test_misses_are_told_with_what_was_found_instead() -> None:
    told = misses(ANSWERED, 0.7)
    assert told[0].startswith("0.700 “tied”") and "best: X 0.700 [x]" in told[0]
    assert len(told) == 3 and told[-1].endswith("nothing found")


@pytest.mark.parametrize(("part", "limit"), [(0.0, 1.0), (0.1, 0.9), (0.25, 0.8), (0.999, 0.1)])
def test_no_more_than_the_share_lies_above_the_limit(part: float, limit: float) -> None:
    best = [n / 10 for n in range(1, 11)]
    assert limit_at(best, part) == limit
    assert sum(score > limit for score in best) <= part * len(best)


def test_a_group_is_worse_only_where_its_interval_says_so() -> None:
    people = ["many"] * 1_000 + ["few"] * 10 + ["bad"] * 100
    raised = [False] * 990 + [True] * 10 + [True] + [False] * 9 + [True] * 20 + [False] * 80
    figures, worse = by_group("alerts", people, raised, OURS)
    assert worse == 1
    assert [(f.what, "surely" in f.note) for f in figures] == [
        ("alerts, many", False), ("alerts, bad", True), ("alerts, few", False)
    ]  # fmt: skip


def test_f1_and_calibration_by_hand() -> None:
    labels, scores = [True, True, False, False], [0.95, 0.15, 0.85, 0.05]
    found = counts(labels, scores, 0.7)
    assert (found.right, found.wrong, found.missed, found.f1) == (1, 1, 1, 0.5)
    error, bins = reliability(labels, scores)
    assert error == pytest.approx((0.05 + 0.85 + 0.85 + 0.05) / 4)
    assert [(low, hits, of) for low, _, hits, of in bins] == [(0.0, 0, 1), (0.1, 1, 1), (0.8, 0, 1), (0.9, 1, 1)]
    assert reliability([True], [1.0])[0] == 0


def test_the_headline_table_puts_the_peers_beside_us() -> None:
    sections = [
        Section("S", (
            *on_row("pairs_f1", Figure("F1", 0.8, "ratio", by="logic-v2")),
            *on_row("pairs_f1", Figure("F1", 0.9, "ratio", target=Target(0.87))),
            *on_row("unlisted", share("alerts", 3, 100, target=Target(0.002, at_most=True))),
            Figure("in no row", 1, "count"),
        )),
    ]  # fmt: skip
    told = text(sections)
    assert len(told) == 3 + 3
    assert told[4].split("  ")[0] == "labelled name pairs, F1"
    assert told[4].split()[-6:] == ["0.800", "–", "0.900", "≥", "0.870", "met"]
    assert told[5].endswith("MISSED") and "3.00 % (1.03 % - 8.45 %)" in told[5]
    assert len([line for line in markdown(sections) if line.startswith("| ")]) == 3
    assert text([Section("S", (Figure("in no row", 1, "count"),))]) == []

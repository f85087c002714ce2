from bench.figure import Figure, Section, Target, runs, share
from bench.table import losses, markdown, text, value

SECTION = Section(
    "Speed",
    (
        runs("names", [900.0, 1100.0, 1000.0], "/s", target=Target(3_000)),
        runs("names", [2_000.0], "/s", by="peer"),
        runs("start", [0.5, 0.7], "s", target=Target(0.8, at_most=True)),
        runs("start", [0.9], "s", by="peer"),
        share("found", 329, 333, target=Target(0.99)),
        Figure("only ours", 5, "count"),
    ),
    ("a note",),
)


def test_a_target_is_met_missed_or_absent() -> None:
    assert [f.met for f in SECTION.figures] == [False, None, True, None, False, None]
    assert Figure("x", 3, "s", target=Target(3, at_most=True)).met
    assert Figure("x", 3, "/s", target=Target(3)).met


def test_where_we_lose_names_missed_targets_and_better_peers() -> None:
    assert losses([SECTION]) == [
        "Speed: names: 1,000 /s, ≥ 3,000 /s: MISSED",
        "Speed: found: 98.80 %, ≥ 99.00 %: MISSED",
        "Speed: names: peer 2,000 /s, allonym 1,000 /s",
    ]


def test_the_table_has_every_figure_with_its_spread() -> None:
    told = text(SECTION)
    assert len(told) == 3 + 1 + len(SECTION.figures) + 1
    assert "900 /s - 1,100 /s, 3 runs" in told[4]
    assert "names [peer]" in told[5]
    assert "96.95 % - 99.53 %" in told[8] and "329 of 333" in told[8]
    assert told[-1] == "  a note"


def test_markdown_has_as_many_cells_in_each_row() -> None:
    rows = [line for line in markdown(Section("S", (Figure("a|b", 1, "s"),))) if line.startswith("| a")]
    assert rows == ["| a\\|b | 1.00 s |  |  |  |"]


def test_what_is_skipped_says_why() -> None:
    section = Section("Recall", skipped="no names here")
    assert "skipped: no names here" in text(section)
    assert "Skipped: no names here" in markdown(section)
    assert losses([section]) == []


def test_values_keep_about_three_digits() -> None:
    told = [value(0.8041, "s"), value(12.34, "ms"), value(512.6, "MB"), value(0.0052, "share"), value(1234, "count")]
    assert told == ["0.804 s", "12.3 ms", "513 MB", "0.52 %", "1,234"]

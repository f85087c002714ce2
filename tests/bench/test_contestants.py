"""Every contestant answers the same queries in the same shape, and the exhaustive comparison judges a real index."""

import json
from pathlib import Path

import pytest
from bench.entities import Listing

import allonym
from bench import brute, entities, exhaustive, ours

PEOPLE = {
    "un-1": ("GULMUROD KHALIMOV", "Gulmurod Salimovich Khalimov"),
    "un-2": ("ABDUL RAUF KHADEM",),
    "un-3": ("SERGEI LAVROV",),
    "un-4": ("MARIA ZAKHAROVA", "Zakharova"),
}


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An FtM file, and a data folder that has it as the list `mine`."""
    place = tmp_path_factory.mktemp("contest")
    file = entities.write(
        place / "lists.ftm.jsonl",
        [Listing(key, "Person", tuple((n, "name") for n in own), {"name": list(own)}) for key, own in PEOPLE.items()],
    )
    with allonym.open(place / "data") as opened:
        opened.update("ftm", path=file, name="mine")
    return file, place / "data"


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    names = ("Khalimov, Gulmurod", "Sergeilavrov", "Abdul Rauf Khademm", "Nobody Likethis")
    rows = [{"schema": "Person", "properties": {"name": [name]}} for name in names]
    path = tmp_path / "queries.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_allonym_answers_by_entity(lists: tuple[Path, Path], queries: Path) -> None:
    found = ours.search(str(lists[1]), {"all": str(queries)}, 10, 0.5)
    assert [rows[0][0] if rows else None for rows in found["answers"]["all"]] == ["un-1", "un-3", "un-2", None]
    assert found["threshold"] == 0.7 and found["seconds"]["all"] > 0


def test_brute_force_answers_by_entity(lists: tuple[Path, Path], queries: Path) -> None:
    found = brute.search(str(lists[0]), {"all": str(queries)}, 10, str(queries))
    rows = found["answers"]["all"]
    assert rows[0][0][:2] == ("un-1", 1.0)
    # A joined word is beyond it.
    assert [row[0][0] if row else None for row in rows[:3]] == ["un-1", None, "un-2"]
    assert not any(score > 0.85 for _, score, _ in rows[3])
    assert len(found["alone"]) == 4
    assert all([s for _, s, _ in row] == sorted((s for _, s, _ in row), reverse=True) for row in rows)


def test_brute_force_is_token_sort_ratio(tmp_path: Path) -> None:
    from rapidfuzz import fuzz, utils

    left, right = "Lavrov, Sergei", "SERGEY  LAVROV"
    file = tmp_path / "pairs.jsonl"
    file.write_text(json.dumps(["Person", left, right]) + "\n", encoding="utf-8")
    expected = fuzz.token_sort_ratio(left, right, processor=utils.default_process) / 100
    assert brute.pairs(str(file))["scores"] == [expected]
    assert fuzz.ratio(brute.prepared(left), brute.prepared(right)) / 100 == expected


def test_pairs_are_scored_as_compare_scores_them(tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text(json.dumps(["Person", "Sergei Lavrov", "LAVROV Sergey"]) + "\n", encoding="utf-8")
    sides = [{"schema": "Person", "properties": {"name": [n]}} for n in ("Sergei Lavrov", "LAVROV Sergey")]
    found = ours.pairs(str(file))
    assert found["scores"] == [allonym.compare(*sides).score] and found["microseconds"] > 0


def test_the_exhaustive_comparison_finds_what_the_index_does_not(
    lists: tuple[Path, Path], queries: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = exhaustive.compared(str(lists[1]), str(queries), whole=4)
    assert (whole["pairs"], whole["missing"], whole["lower"], whole["left_out"]) == (3, [], [], 0)
    monkeypatch.setattr(exhaustive, "MOST_HITS", 1)
    monkeypatch.setattr("allonym.lists.Lists.screen", lambda self, asked, **options: iter([[] for _ in asked]))
    blind = exhaustive.compared(str(lists[1]), str(queries), whole=1)
    assert len(blind["missing"]) == blind["pairs"] == 3 and blind["lower"] == []

import json
import math
import time
from importlib.resources import files
from pathlib import Path

import pytest
from bench.learn.frequencies import Counts, count, is_kept_for_testing, lines
from bench.learn.population import PUBLISHED, Shares, add, published, wheel
from hypothesis import given
from hypothesis import strategies as st

from allonym.names.frequency import CEILING, FLOOR, ONE_SYLLABLE, POOLED, TWO_SYLLABLES, rarity, tables, unmet
from allonym.names.parts import Kind, Part, read
from allonym.names.script import Script
from allonym.names.sound import skeleton

TABLES = {"frequencies.tsv": ("person", "organisation"), "population.tsv": ("population",)}


def text(name: str) -> str:
    return (files("allonym.names") / name).read_text(encoding="ascii")


@pytest.mark.parametrize("name", TABLES)
def test_every_line_parses_and_no_part_stands_twice(name: str) -> None:
    seen: set[tuple[str, str]] = set()
    for line in text(name).splitlines():
        if line.startswith("#"):
            continue
        table, value, parts = line.split("\t")
        assert table in TABLES[name]
        assert 0 <= float(value) <= CEILING
        for part in parts.split(" "):
            assert part.removeprefix(POOLED).isalnum() or part == POOLED, part
            assert (table, part) not in seen
            seen.add((table, part))
    assert {table for table, _ in seen} == set(TABLES[name])
    assert len(text(name)) < 250 * 1024


def test_the_population_table_is_folded_as_names_are_read() -> None:
    for part in list(tables()["population"])[::50]:
        if not part.startswith(POOLED):
            assert part in {p.text for p in read(part).parts}


def test_the_headers_name_sources_and_licences() -> None:
    header = [line for line in text("population.tsv").splitlines() if line.startswith("#")]
    for words in (("US Census Bureau", "2020", "public domain"), ("Statbel", "2022", "CC BY 4.0")):
        assert any(all(word in line for word in words) for line in header), words
    _, publishers = published(PUBLISHED)
    assert all(any(publisher in line for line in header) for publisher in publishers)
    assert "UN" in text("frequencies.tsv").split("\nperson")[0].upper()


@pytest.mark.parametrize(
    ("common", "rare"),
    [("smith", "maduro"), ("garcia", "maduro"), ("juan", "nicolas"), ("kim", "chol"), ("nguyen", "duong"),
     ("li", "wei"), ("mohammad", "rajab"), ("yilmaz", "erdogan"), ("peeters", "haftar"), ("maria", "schwarzenegger")],
)  # fmt: skip
def test_common_names_are_less_rare(common: str, rare: str) -> None:
    assert rarity(common, Kind.PERSON) < rarity(rare, Kind.PERSON)


def test_known_shares() -> None:
    assert rarity("kim", Kind.PERSON) == pytest.approx(-math.log(0.215), abs=0.01)
    assert rarity("nguyen", Kind.PERSON) == pytest.approx(-math.log(0.38), abs=0.01)
    assert rarity("qxzjk", Kind.PERSON) == CEILING


def test_population_counts_for_persons_only() -> None:
    assert rarity("nguyen", Kind.ORGANISATION) == CEILING > rarity("nguyen", Kind.PERSON)
    assert rarity("trading", Kind.ANY) == rarity("trading", Kind.ORGANISATION) < rarity("trading", Kind.PERSON)


def test_syllables_are_capped() -> None:
    assert rarity("hyok", Kind.PERSON) <= ONE_SYLLABLE
    assert rarity("jaehyok", Kind.PERSON) <= TWO_SYLLABLES


def test_parts_without_vowels_weigh_by_skeleton() -> None:
    assert rarity("mhmd", Kind.PERSON, bare=True) < 3 < rarity("mhmd", Kind.PERSON)
    assert rarity("mhmd", Kind.PERSON, bare=True) < rarity("mstfy", Kind.PERSON, bare=True)
    assert rarity("tk", Kind.PERSON, bare=True) <= unmet("tk") < CEILING


@given(st.text(max_size=20), st.sampled_from(Kind), st.booleans())
def test_bounds(part: str, kind: Kind, bare: bool) -> None:
    value = rarity(part, kind, bare)
    assert FLOOR <= value <= CEILING
    assert rarity(part, Kind.ANY, bare) <= value or kind is Kind.THING


@given(st.text("abcdefgh", min_size=1, max_size=8))
def test_pooling_never_makes_a_part_rarer_than_its_skeleton_unmet(part: str) -> None:
    assert rarity(part, Kind.PERSON, bare=True) <= max(FLOOR, unmet(skeleton(part)))


def test_loading_is_quick() -> None:
    best = min(_seconds() for _ in range(5))
    assert best < 0.05, "15 ms on a quiet machine; a cold query pays it"


def _seconds() -> float:
    tables.cache_clear()
    start = time.perf_counter()
    tables()
    return time.perf_counter() - start


def test_entries_kept_for_testing_are_not_counted(tmp_path: Path) -> None:
    kept = next(n for n in map(str, range(1000)) if is_kept_for_testing(n))
    used = [n for n in map(str, range(1000)) if not is_kept_for_testing(n)][:2]
    names = {kept: "Ali Heldout", used[0]: "Ali Shown", used[1]: "Ali Shown"}
    path = tmp_path / "lists.jsonl"
    path.write_text(
        "".join(
            json.dumps({"id": f"un-{n}", "schema": "Person", "properties": {"name": [name]}}) + "\n"
            for n, name in names.items()
        )
    )
    counts = count(path)[Kind.PERSON]
    assert (counts.everybody, counts.bearers["ali"], counts.bearers["shown"]) == (2, 2, 2)
    assert "heldout" not in counts.bearers


def test_a_skeleton_counts_by_the_share_of_an_entitys_names() -> None:
    counts = Counts()
    bare = {Part(text, script=Script.BARE) for text in ("mhmd", "krymy")}
    counts.add([bare, {Part("mohammad")}, {Part("karimi")}])
    assert counts.bearers[POOLED + "mhmd"] == pytest.approx(2 / 3)
    assert counts.bearers["karimi"] == 1
    assert "mhmd" not in counts.bearers


def test_bearers_of_a_compound_count_for_each_part_and_the_highest_culture_wins() -> None:
    shares: Shares = {}
    add(shares, [("José", 0.05), ("José Antonio", 0.01), ("قسطنطنیه", 0.02)])
    add(shares, [("JOSE", 0.004), ("Antonio", 0.03)])
    assert shares["jose"] == pytest.approx(0.06)
    assert shares["antonio"] == pytest.approx(0.03)
    assert shares[POOLED + skeleton("qstntnyh")] == pytest.approx(0.02)


def test_lines_go_from_common_to_rare() -> None:
    assert list(lines("person", {"b": 2.0, "a": 2.001, "c": 1.5})) == ["person\t1.50\tc\n", "person\t2.00\ta b\n"]


def test_another_wheel_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "faker.whl"
    path.write_bytes(b"no wheel")
    with pytest.raises(SystemExit, match="sha256"):
        wheel(path, "faker")

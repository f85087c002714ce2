"""The Python face: open, screen, compare, and what they raise."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import allonym
from allonym.errors import InputError, NotFoundError, StoreError, UsageError
from allonym.lists import Lists
from allonym.matching.evidence import probability
from tests.command import EXCERPTS

Opened = Iterator[Lists]


@pytest.fixture
def lists(data: Path) -> Opened:
    """The register, for one test."""
    with allonym.open(data) as opened:
        yield opened


@pytest.fixture
def known(history: Path) -> Opened:
    """The register and two snapshots of `people`. Not to be changed."""
    with allonym.open(history) as opened:
        yield opened


def person(*names: str, **properties: str) -> dict[str, Any]:
    return {"schema": "Person", "properties": {"name": [*names], **{key: [text] for key, text in properties.items()}}}


def ids(hits: list[allonym.Hit]) -> list[str]:
    return [hit.entity_id for hit in hits]


# -- open ------------------------------------------------------------------------------------------------------------


def test_open_makes_the_folder_with_the_register(tmp_path: Path) -> None:
    with allonym.open(tmp_path / "new" / "folder") as lists:
        assert [s.source for s in lists.snapshots()] == ["register"]
        (hits,) = lists.screen(["Cartel of the Suns"])
        assert ids(hits) == ["reg-cartel-de-los-soles"]
    with allonym.open(str(tmp_path / "new" / "folder")) as again:
        assert len(again.snapshots()) == 1


def test_open_expands_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with allonym.open("~/lists"):
        assert (tmp_path / "lists" / "allonym.db").exists()


def test_open_refuses_what_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="the data folder must be a folder"):
        allonym.open(tmp_path / "file")
    with pytest.raises(UsageError, match="has no name"):
        allonym.open("")


# -- screen ----------------------------------------------------------------------------------------------------------


def test_screen_answers_in_order_names_and_dicts(known: Lists) -> None:
    asked = ["Yevhen Drahunenko", person("Ilse Vandermeulen", birthDate="1961-04-02"), "Quinby Oxenthorpe",
             {"schema": "Vessel", "properties": {"name": ["Marietta Dawn"]}}]  # fmt: skip
    answers = list(known.screen(asked * 300))
    assert [ids(hits) for hits in answers] == [["p-yevhen"], ["p-ilse"], [], ["p-marietta"]] * 300
    hit = answers[1][0]
    assert (hit.schema, hit.caption, hit.listed_name) == ("Person", "Ilse Vandermeulen", "Ilse Vandermeulen")
    assert hit.match and hit.referents == ("p-ilse",) and hit.sources == ("people",) and hit.programs == ("TIDE",)
    assert hit.snapshots == ("people@2025-01-31",)
    assert hit.score == pytest.approx(probability(sum(e.weight for e in hit.evidence)))
    assert "same date of birth" in hit.reason and "sum, a score of" in hit.explain()


def test_screen_is_lazy(known: Lists) -> None:
    taken = 0

    def customers() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield "Ilse Vandermeulen"

    answers = known.screen(customers())
    assert taken == 0
    assert ids(next(answers)) == ["p-ilse"]
    assert 0 < taken <= 1_000


def test_threshold_zero_gives_every_candidate_that_was_scored(known: Lists) -> None:
    (strict,) = known.screen(["Ilse Brzezicki"])
    (every,) = known.screen(["Ilse Brzezicki"], threshold=0)
    assert not strict and "p-ilse" in ids(every)
    assert [hit.score for hit in every] == sorted((hit.score for hit in every), reverse=True)
    assert not any(hit.match for hit in every if hit.score < 0.5)
    (some,) = known.screen(["Ilse Brzezicki"], threshold=every[0].score)
    assert ids(some)[:1] == ids(every)[:1]


def test_limit(known: Lists) -> None:
    (many,) = known.screen(["cartel"], threshold=0)
    (two,) = known.screen(["cartel"], threshold=0, limit=2)
    assert len(many) > 2 and two == many[:2]


def test_sources_limits_the_search(known: Lists) -> None:
    asked = ["Ilse Vandermeulen", "Cartel of the Suns"]
    assert [len(hits) for hits in known.screen(asked, sources=["people"])] == [1, 0]
    assert [len(hits) for hits in known.screen(asked, sources=["register"])] == [0, 1]
    with pytest.raises(UsageError, match="unknown source nope; loaded are: people, register"):
        known.screen(asked, sources=["nope"])


def test_as_of(known: Lists) -> None:
    (hits,) = known.screen(["Tomasz Brzezicki"], as_of="2024-06-30")
    assert hits[0].snapshots == ("people@2024-01-31",)
    with pytest.raises(NotFoundError, match="nothing is known as of 2001-01-01"):
        known.screen(["x"], as_of="2001-01-01")
    with pytest.raises(UsageError, match="write it as 2024-05-15"):
        known.screen(["x"], as_of="June")


def test_merged_and_unmerged(lists: Lists, tmp_path: Path) -> None:
    """The register names OFAC's number of the cartel: with OFAC's list, one actor and two entries."""
    sdn = (EXCERPTS / "us_ofac" / "sdn.xml").read_text()
    entry = sdn.split("<uid>")[1].split("</uid>")[0]
    name = sdn.partition("<lastName>")[2].partition("</lastName>")[0]
    sdn = sdn.replace(f"<uid>{entry}</uid>", "<uid>55025</uid>", 1).replace(name, "CARTEL DE LOS SOLES", 1)
    (tmp_path / "sdn.xml").write_text(sdn)
    lists.update(path=tmp_path / "sdn.xml")
    (merged,) = lists.screen(["Cartel de los Soles"])
    assert ids(merged) == ["reg-cartel-de-los-soles"]
    assert sorted(merged[0].referents) == ["ofac-55025", "reg-cartel-de-los-soles"]
    assert sorted(merged[0].sources) == ["register", "us_ofac_sdn_extract"]
    (entries,) = lists.screen(["Cartel de los Soles"], merged=False)
    assert sorted(ids(entries)) == ["ofac-55025", "reg-cartel-de-los-soles"]
    assert merged[0].score == max(hit.score for hit in entries)


def test_unmerged_ids_are_those_of_the_file(lists: Lists, tmp_path: Path) -> None:
    """A user's id may be anything, also one that a publisher has."""
    entity = {"id": "reg-cartel-de-los-soles", "schema": "Person", "properties": {"name": ["Wulfric Oates"]}}
    (tmp_path / "mine.jsonl").write_text(json.dumps(entity) + "\n")
    lists.update("ftm", path=tmp_path / "mine.jsonl", name="mine")
    (hits,) = lists.screen(["Wulfric Oates"], sources=["mine"], merged=False)
    assert ids(hits) == ["reg-cartel-de-los-soles"]
    (actors,) = lists.screen(["Wulfric Oates"], sources=["mine"])
    assert ids(actors) == ["mine/reg-cartel-de-los-soles"]
    assert actors[0].referents == ("reg-cartel-de-los-soles",)


@pytest.mark.parametrize(
    ("options", "told"),
    [({"threshold": 1.5}, "from 0 to 1"), ({"threshold": -1}, "from 0 to 1"), ({"limit": 0}, "give 1 or more")],
)
def test_wrong_options_are_told_at_the_call(known: Lists, options: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        known.screen(["x"], **options)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("...", "no letter or digit"),
        ("A" * 100_000, "more than 1,000"),
        ({"schema": "Person"}, 'has no "properties"'),
        ({"schema": "Person", "properties": {}}, "has no name"),
        ({"schema": "Ship", "properties": {"name": ["x"]}}, "not one of FollowTheMoney's"),
    ],
)
def test_a_query_without_a_name_is_told_by_its_number(known: Lists, asked: Any, told: str) -> None:
    answers = known.screen(["Ilse Vandermeulen", asked])
    assert ids(next(answers)) == ["p-ilse"]
    with pytest.raises(InputError, match=told) as raised:
        next(answers)
    assert str(raised.value).startswith("query 2: ")


# -- compare ---------------------------------------------------------------------------------------------------------


def test_compare(known: Lists) -> None:
    found = allonym.compare(person("Nicolas Maduro Moros"), person("Maduro Moros, Nicolás"))
    assert found.match and found.score > 0.99
    assert found.score == pytest.approx(probability(sum(e.weight for e in found.evidence)))
    assert not allonym.compare(person("Nicolas Maduro"), person("Quinby Oxenthorpe")).match
    with pytest.raises(UsageError, match="the right record has no name"):
        allonym.compare(person("x"), {"schema": "Person", "properties": {}})


PAIRS = [
    ("Ilse Vandermeulen", "p-ilse"), ("Vandermeulen Ilse", "p-ilse"), ("Ilsa Vandermeulen", "p-ilse"),
    ("Yevhen Dragunenko", "p-yevhen"), ("Drahunenko", "p-yevhen"), ("Ilse Drahunenko", "p-ilse"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "entity_id"), PAIRS)
def test_screening_and_compare_give_the_same_score(known: Lists, asked: str, entity_id: str) -> None:
    """For each pair, the score of the hit is that of `compare` on the same two names, and on all names at most more."""
    (hits,) = known.screen([person(asked)], threshold=0, sources=["people"], limit=100)
    (hit,) = [hit for hit in hits if hit.entity_id == entity_id]
    alone = allonym.compare(person(asked), person(hit.listed_name))
    assert hit.score == pytest.approx(alone.score, abs=1e-12)
    assert [e.sentence for e in hit.evidence] == [e.sentence for e in alone.evidence]


def test_screening_and_compare_agree_on_facts(known: Lists) -> None:
    asked = person("Ilse Vandermeulen", birthDate="1961-04-02", nationality="be")
    (hits,) = known.screen([asked])
    (entity,) = known.entity("p-ilse")
    found = allonym.compare(asked, {"schema": entity.schema, "properties": entity.properties})
    assert hits[0].score == pytest.approx(found.score, abs=1e-12)


# -- the rest --------------------------------------------------------------------------------------------------------


def test_entity(known: Lists) -> None:
    (entity,) = known.entity("p-ilse")
    assert entity.properties["nationality"] == ["be", "nl"]
    (before,) = known.entity("p-ilse", as_of="2024-06-30")
    assert before.properties["nationality"] == ["be"]
    with pytest.raises(NotFoundError, match="look it up by name"):
        known.entity("nobody")


def test_diff_and_snapshots(known: Lists) -> None:
    assert [(s.source, s.date) for s in known.snapshots()][:2] == [("people", "2024-01-31"), ("people", "2025-01-31")]
    found = known.diff("people", "2025-01-31", "2024-01-31")
    assert [entry.entity_id for entry in found.added] == ["p-tomasz"]
    with pytest.raises(UsageError, match="unknown source"):
        known.diff("nope")


def test_view(known: Lists) -> None:
    assert known.view().date("people") == "2025-01-31"
    assert known.view("2024-02-01", ["people"]).snapshots == (("people", "2024-01-31"),)
    assert known.view(sources=["people"]).snapshots == (("people", "2025-01-31"),)


def test_what_allonym_offers() -> None:
    for name in allonym.__all__:
        assert getattr(allonym, name)
    with pytest.raises(AttributeError, match="no attribute 'nope'"):
        _ = allonym.nope  # type: ignore[attr-defined]


def test_words_joined_across_a_particle_are_found(new_folder: Path) -> None:
    with allonym.open(new_folder) as lists:
        hits = next(iter(lists.screen(["Trendearagua"])))
    assert hits[0].entity_id == "reg-tren-de-aragua"
    assert hits[0].match

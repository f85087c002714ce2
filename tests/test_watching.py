"""Changes are those of screening everybody again, over made lists that change in every way there is."""

import json
import random
from pathlib import Path

import allonym
from allonym.judging import Judging
from allonym.matching.engine import Options
from allonym.screening.query import Query
from allonym.screening.watch import Watch
from allonym.watching import Watching
from tests.command import load

GIVEN = "Mohammed Abdul Ali Hassan Maria Juan Sergei Ilse Abdulrahman Kim Goodwill Good Will".split()
FAMILY = "Rahman al-Tikriti Garcia Lopez Sergeyev Vandermeulen van der Meulen Jong Un Shipping Kareem".split()
STEPS = 12


def name(rng: random.Random) -> str:
    words = [rng.choice(GIVEN), *rng.sample(FAMILY, rng.randint(1, 3))]
    if rng.random() < 0.2:
        words = ["".join(words[:2]), *words[2:]]
    return " ".join(words)


def facts(rng: random.Random) -> dict[str, list[str]]:
    found = {"name": [name(rng) for _ in range(rng.choice((1, 1, 2)))]}
    if rng.random() < 0.6:
        found["birthDate"] = [str(rng.randint(1965, 1968))]
    if rng.random() < 0.4:
        found["nationality"] = [rng.choice(("iq", "mx", "kp"))]
    if rng.random() < 0.1:
        found["passportNumber"] = [f"AB12345{rng.randint(0, 9)}"]
    return found


def entity(rng: random.Random, number: int) -> dict[str, object]:
    return {"id": f"e{number}", "schema": "Person", "properties": facts(rng)}


def write(path: Path, entities: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(e) + "\n" for e in entities), encoding="utf-8")
    return path


def test_the_result_is_that_of_screening_everybody_again(data: Path, tmp_path: Path) -> None:
    rng = random.Random(7)
    entities = [entity(rng, number) for number in range(150)]
    people = [entity(rng, number) for number in range(300)]
    file = write(tmp_path / "customers.jsonl", people)
    load(data, write(tmp_path / "list.jsonl", entities), "mine", "2024-01-01")
    with allonym.open(data) as lists:
        Watching(lists).add(Watch("all", str(file)))
    kinds = set[str]()
    for step in range(1, STEPS):
        for _ in range(4):
            entities[rng.randrange(len(entities))] = entity(rng, 1_000 + rng.randrange(100_000))
            entities[rng.randrange(len(entities))]["properties"] = facts(rng)
        if step % 3 == 0:
            people = [*people[2:], entity(rng, 10_000 + step)]
            people[5]["properties"] = facts(rng)
            write(file, people)
        load(data, write(tmp_path / "list.jsonl", entities), "mine", f"2024-01-{step + 1:02d}")
        with allonym.open(data) as lists:
            watching = Watching(lists)
            worked = watching.changes("all")
            full, _ = watching.add(Watch(f"full-{step}", str(file)))
            assert worked.answer.hits == full.hits
            before = {(k, h.entity_id) for k, hits in watching.answer("all").hits.items() for h in hits}
            after = {(k, h.entity_id) for k, hits in full.hits.items() for h in hits}
            events = [(e.kind, (e.customer_id or "", e.hit.entity_id)) for e in worked.report.events]
            assert {pair for kind, pair in events if kind == "new"} == after - before
            assert {pair for kind, pair in events if kind == "gone"} == before - after
            assert worked.report.asked < worked.report.customers
            kinds |= {kind for kind, _ in events}
            watching.save(worked)
    assert kinds == {"new", "changed", "gone"}


def test_facts_leave_no_candidate_out(data: Path, tmp_path: Path) -> None:
    """Of many bearers of a name, the one who is less alike and as old is found beside those who are more alike."""
    same = [{"id": f"e{n}", "schema": "Person", "properties": {"name": ["Badur Rehman"]}} for n in range(60)]
    one = {"id": "one", "schema": "Person", "properties": {"name": ["Badur Rehmani"], "birthDate": ["1961-05-04"]}}
    load(data, write(tmp_path / "list.jsonl", [*same, one]), "mine", "2024-01-01")
    with allonym.open(data) as lists:
        asked = {"schema": "Person", "properties": {"name": ["Badur Rehman"], "birthDate": ["1961-05-04"]}}
        engine = lists.engine(lists.view(), Options(limit=100))
        (hits,) = engine([Query.from_dict(asked)])
        assert "one" in {hit.entity_id for hit in hits}


def test_a_low_threshold_screens_everybody(data: Path, tmp_path: Path) -> None:
    rng = random.Random(3)
    entities = [entity(rng, number) for number in range(20)]
    file = write(tmp_path / "customers.jsonl", [entity(rng, number) for number in range(10)])
    load(data, write(tmp_path / "list.jsonl", entities), "mine", "2024-01-01")
    with allonym.open(data) as lists:
        Watching(lists).add(Watch("low", str(file), threshold=0.2))
    load(data, write(tmp_path / "list.jsonl", entities[:-1]), "mine", "2024-01-02")
    with allonym.open(data) as lists:
        worked = Watching(lists).changes("low")
        assert worked.report.asked == worked.report.customers == 10
        full, _ = Watching(lists).add(Watch("again", str(file), threshold=0.2))
        assert worked.answer.hits == full.hits


def test_a_judgement_is_told_to_those_whom_it_concerns(data: Path, tmp_path: Path) -> None:
    """Two entries become one actor: the customer who has both has one hit of the two, as when screened again."""
    listed = [
        {"id": "e1", "schema": "Person", "properties": {"name": ["Ilse Vandermeulen"]}},
        {"id": "e2", "schema": "Person", "properties": {"name": ["Ilse Vandermeulen"]}},
        {"id": "e3", "schema": "Person", "properties": {"name": ["Quinby Oxenthorpe"]}},
    ]
    load(data, write(tmp_path / "list.jsonl", listed), "mine", "2024-01-01")
    file = write(tmp_path / "customers.jsonl", [{**listed[0], "id": "c1"}, {**listed[2], "id": "c2"}])
    with allonym.open(data) as lists:
        watching = Watching(lists)
        watching.add(Watch("all", str(file)))
        Judging(lists).same(["e1", "e2"], by="anna")
        worked = watching.changes("all")
        (hits,) = (found for key, found in worked.answer.hits.items() if key.endswith("c1"))
        assert [(hit.entity_id, set(hit.referents)) for hit in hits] == [("e1", {"e1", "e2"})]
        assert worked.report.asked == 1
        watching.save(worked)
        assert watching.changes("all").report.events == ()

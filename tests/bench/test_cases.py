import json
from pathlib import Path

import pytest
from bench.entities import Listing, folded

from bench import cases, entities


def listing(identifier: str, *names: str, schema: str = "Person", **properties: list[str]) -> Listing:
    given = {"name": [names[0]], "alias": list(names[1:]), **properties}
    return Listing(identifier, schema, tuple((n, "alias" if at else "name") for at, n in enumerate(names)), given)


PEOPLE = [
    listing("un-1", "ABDUL RAUF", "Abdul Rauf Khadem", "عبد الرؤوف خادم"),
    listing("un-2", "RAUF, ABDUL", "Rauf Aliza", "Mullah Rauf"),
    listing("un-3", "ALIZA", "Mullah Rauf", birthDate=["1970-03-04"], nationality=["af"]),
]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [("AL-HOUTHI, Abdul", "abdul al houthi", True), ("José Núñez", "nunez jose", True), ("Ali", "Aly", False)],
)
def test_names_that_differ_in_case_marks_and_order_only_are_one(left: str, right: str, same: bool) -> None:
    assert (folded(left) == folded(right)) is same


def test_aliases_are_asked_for_only_where_one_entity_can_be_meant() -> None:
    asked = cases.aliases(PEOPLE, 10, seed=1)
    # "Mullah Rauf" is borne twice, the name in Arabic script is not Latin, the first names are not aliases.
    assert {(case.right, case.name) for case in asked} == {("un-1", "Abdul Rauf Khadem"), ("un-2", "Rauf Aliza")}
    left = {e.id: [text for text, _ in e.names] for e in cases.without(PEOPLE, asked)}
    assert left["un-1"] == ["ABDUL RAUF", "عبد الرؤوف خادم"] and left["un-2"] == ["RAUF, ABDUL", "Mullah Rauf"]


def test_original_scripts_are_asked_of_a_list_in_latin_script() -> None:
    assert [(c.right, c.name) for c in cases.original_script(PEOPLE)] == [("un-1", "عبد الرؤوف خادم")]
    assert all(entities.is_latin(text) for e in cases.latin(PEOPLE) for text, _ in e.names)


def test_every_third_date_is_mistyped() -> None:
    people = [listing(f"un-{n}", "ALIZA", birthDate=["1970-03-04"], nationality=["af"]) for n in range(9)]
    asked = cases.dated_people(people, 9, seed=1)
    assert sum(dict(case.properties)["birthDate"] != "1970-03-04" for case in asked) == 3
    assert all("mistyped" in c.told for c in asked if dict(c.properties)["birthDate"] != "1970-03-04")


def test_mistyped_people_are_those_nothing_was_learnt_from() -> None:
    people = [listing(f"un-{n}", "GULMUROD KHALIMOV") for n in range(100)]
    asked = cases.mistyped_people(people, 100, seed=1)
    assert 10 < len(asked) < 45
    assert all(case.name != "GULMUROD KHALIMOV" for case in asked)
    by_id = {e.id: e for e in people}
    assert all(by_id[case.right].is_kept_for_testing for case in asked)


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    without_name = PEOPLE[0].without(["ABDUL RAUF"])
    path = entities.write(tmp_path / "lists.jsonl", [*PEOPLE[1:], without_name])
    found = entities.read(path)
    assert [e.id for e in found] == ["un-2", "un-3", "un-1"]
    assert found[2].names == (("Abdul Rauf Khadem", "name"), ("عبد الرؤوف خادم", "alias"))
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[1])["properties"]["birthDate"] == ["1970-03-04"]

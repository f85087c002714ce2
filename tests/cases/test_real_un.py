"""False alarms over the real UN lists of four days: those open again whose entity changed materially, and no other.

The oracle reads both snapshots whole and compares what stands in them; it shares the table of what is material with the
code, and nothing else.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

import allonym
from allonym.cases import Cases, Closing, Filters, State
from allonym.lists import Lists
from allonym.matching.engine import Options
from allonym.screening.changes import MATERIAL
from allonym.screening.query import Query
from allonym.store.view import View
from tests.command import command, copied

SHARED = Path(__file__).parents[3] / "shared"
LISTS = SHARED / "lists" / "un_sc"
DAYS = ("2020-11", "2024-05-15", "2025-04-19", "2026-02-27")
CUSTOMERS = 400

pytestmark = pytest.mark.shared
Said = dict[str, frozenset[tuple[str, str, str]]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, new_folder: Path) -> Path:
    if not LISTS.is_dir():
        pytest.skip("../shared/lists/un_sc is not here")
    return copied(new_folder, tmp_path_factory.mktemp("un") / "data")


def load(folder: Path, day: str) -> None:
    with allonym.open(folder) as lists:
        lists.update(path=LISTS / f"un_consolidated_{day}.xml")


def said(lists: Lists) -> tuple[Said, Said]:
    """Per entry everything that is said of it, and what of that is material: (schema of the side, property, value)."""
    view = View(tuple(pair for pair in lists.view().snapshots if pair[0] == "un_sc"))
    entities = list(lists.store.entities(view))
    every: dict[str, set[tuple[str, str, str]]] = {e.entity_id: set() for e in entities}
    material: dict[str, set[tuple[str, str, str]]] = {e.entity_id: set() for e in entities}
    for entity in entities:
        owners = {
            value for prop in ("entity", "holder", "owner", "asset") for value in entity.values(prop)
        } & every.keys()
        for head, part in [(entity.entity_id, None), *((owner, entity.schema) for owner in owners)]:
            for s in entity.statements:
                fact = (part or "", s.prop, f"{s.value} ({s.qualifier})" if s.qualifier else s.value)
                if s.value == head or s.value.startswith(f"{head}-"):
                    continue
                every[head].add(fact)
                if s.prop in MATERIAL.get(part, ()):
                    material[head].add(fact)
    for measure in lists.store.measures(view):
        for target in measure.targets:
            fact = ("Measure", "measure", repr((measure.type, measure.program, measure.dates, measure.status)))
            if target in material:
                material[target].add(fact)
                every[target].add(fact)
    return ({k: frozenset(v) for k, v in every.items()}, {k: frozenset(v) for k, v in material.items()})


def customers(lists: Lists) -> Iterator[Query]:
    """People with the name of somebody listed and another date of birth."""
    index = lists.engine(lists.view(), Options()).index
    found = [e for e in map(index.entity, range(len(index))) if e.source == "un_sc" and e.schema == "Person"]
    for number, entity in enumerate(found[:: max(1, len(found) // CUSTOMERS)]):
        properties = {"name": [entity.names[0][0]], "birthDate": ["1999-09-09"]}
        yield Query.from_dict({"id": f"c{number}", "schema": "Person", "properties": properties})


def screen(lists: Lists, queries: list[Query]) -> None:
    hits = lists.screen([{"id": q.id, "schema": q.schema, "properties": q.properties} for q in queries], threshold=0.2)
    Cases(lists).screened(zip(queries, hits, strict=True), by="Ana")


def close_all(cases: Cases) -> int:
    numbers = [n for n in cases.numbers() if not cases.alert(n).state.closed]
    closing = Closing(State.FALSE_ALARM, "other_birth_date", "born in 1999")
    return len(cases.close_many(numbers, closing, by="Ana").closed) if numbers else 0


def test_false_alarms_over_four_days(folder: Path) -> None:
    load(folder, DAYS[0])
    with allonym.open(folder) as lists:
        queries = list(customers(lists))
        screen(lists, queries)
        assert close_all(Cases(lists)) > 300
        before = said(lists)
    told = {"opened": 0, "immaterial": 0, "same": 0}
    for day in DAYS[1:]:
        load(folder, day)
        with allonym.open(folder) as lists:
            cases, after = Cases(lists), said(lists)
            cases.refresh()
            for number in cases.numbers():
                alert = cases.alert(number)
                ids = [i for i in alert.listed.referents if i in before[0] or i in after[0]]
                if alert.listed.sources != ("un_sc",) or not ids:
                    continue
                changed = any(before[1].get(i) != after[1].get(i) for i in ids)
                assert (alert.state is State.OPEN) == changed, (day, number, ids, cases.show(number).history[-1].text)
                if changed:
                    assert cases.show(number).history[-1].text
                touched = any(before[0].get(i) != after[0].get(i) for i in ids)
                told["opened" if changed else "immaterial" if touched else "same"] += 1
            opened = cases.list(Filters(states=(State.OPEN,))).total
            assert cases.refresh().reopened == ()
            close_all(cases)
            screen(lists, queries)  # nothing changed since: what was closed stays closed, new hits are new alerts
            new = cases.list(Filters(states=(State.OPEN,)), limit=1_000)
            assert all(cases.show(line.number).alert.version == 1 for line in new.lines)
            close_all(cases)
            before = after
            print(f"{day}: {opened} opened again of {len(cases.numbers())}")
            assert cases.verify().whole
    print(told)
    assert min(told.values()) > 0, told
    assert command("audit", "verify", data=folder).status == 0

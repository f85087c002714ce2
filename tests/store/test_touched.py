"""What two snapshots say differently about some entities."""

from pathlib import Path

import pytest

from allonym.model import Measure, Statement
from allonym.store import Store
from allonym.store.touched import Touch

from .lists import entry, load, sanction


def touched(
    folder: Path, old: list[Statement | Measure], new: list[Statement | Measure]
) -> dict[str, tuple[Touch, ...]]:
    with Store.open(folder) as store:
        load(store, "2024-01-01", old)
        load(store, "2024-02-01", new)
        found = store.touched("xx", "2024-01-01", "2024-02-01", ["a", "b"])
        back = store.touched("xx", "2024-02-01", "2024-01-01", ["a", "b"])
    turned = {key: tuple(Touch(t.part, t.prop, t.after, t.before) for t in value) for key, value in back.items()}
    assert turned == found
    return found


def test_properties_side_entities_and_measures(tmp_path: Path) -> None:
    old = [*entry("a", name="Ilse", birthDate="1970", notes="one"), *sanction("a", "P1"), *entry("b", name="Bo"),
           *entry("c", name="Cleo"), Measure("m", "reward", "us", ("a",), amount=1.0)]  # fmt: skip
    new = [*entry("a", notes="two", name="Ilse", birthDate="1970"), *sanction("a", "P2", reason="why"),
           *entry("b", name="Bo"),
           *entry("c", name="Other"), Measure("m", "reward", "us", ("a",), amount=2.0)]  # fmt: skip
    assert touched(tmp_path, old, new) == {
        "a": (
            Touch(None, "notes", ("one",), ("two",)),
            Touch("Measure", "measure", ("reward; us; 1; in_effect",), ("reward; us; 2; in_effect",)),
            Touch("Sanction", "program", ("P1",), ("P2",)),
            Touch("Sanction", "reason", (), ("why",)),
        )
    }


def test_another_order_is_no_change_and_another_qualifier_is_one(tmp_path: Path) -> None:
    old = [*entry("a", name=["Ilse", "Else"]), Statement("a", "Person", "birthDate", "1970")]
    new = [*entry("a", name=["Else", "Ilse"]), Statement("a", "Person", "birthDate", "1970", qualifier="circa")]
    assert touched(tmp_path, old, new) == {"a": (Touch(None, "birthDate", ("1970",), ("1970 (circa)",)),)}


def test_a_measure_of_which_the_words_changed_is_a_note(tmp_path: Path) -> None:
    made = (Measure("m", "reward", "us", ("a",), note=note) for note in ("one", "two"))
    old, new = ([*entry("a", name="Ilse"), measure] for measure in made)
    assert touched(tmp_path, old, new) == {"a": (Touch("Measure", "note", ("one",), ("two",)),)}


@pytest.mark.parametrize("schema", ["Company", "Organization"])
def test_another_schema_is_a_change(tmp_path: Path, schema: str) -> None:
    found = touched(tmp_path, list(entry("a", name="Ilse")), list(entry("a", schema, name="Ilse")))
    assert found == {"a": (Touch(None, "schema", ("Person",), (schema,)),)}

"""The entries in which two indexes differ."""

from dataclasses import replace
from pathlib import Path

from allonym.index.build import build
from allonym.index.delta import delta
from allonym.index.index import Index
from allonym.index.listed import Listed


def listed(entity_id: str, name: str, source: str = "a", schema: str = "Person", **facts: list[str]) -> Listed:
    return Listed(entity_id, entity_id, source, schema, name, ((name, False),), facts)


ONE, TWO, THREE = listed("1", "Ilse One"), listed("2", "Ilse Two"), listed("3", "Ilse Three", birthDate=["1970"])


def index(path: Path, *entries: Listed) -> Index:
    build(path, entries)
    return Index(path)


def test_what_came_went_and_changed(tmp_path: Path) -> None:
    old = index(tmp_path / "old", ONE, TWO, THREE)
    other = replace(THREE, facts={"birthDate": ["1971"]})
    found = delta(old, index(tmp_path / "new", TWO, other, listed("4", "Ilse Four")))
    assert [e.entity_id for e in found.gone] == ["1", "3"] and [e.entity_id for e in found.come] == ["3", "4"]
    assert found.come[0] == other
    assert found.delisted == {("a", "1")}
    assert found.ids == {"1", "3", "4"}
    assert not delta(old, index(tmp_path / "same", THREE, ONE, TWO))


def test_a_new_source_or_schema_changes_nothing_else(tmp_path: Path) -> None:
    """Rows name source and schema by number, and the numbers move."""
    first = listed("0", "Ship", "0", "Vessel")
    found = delta(index(tmp_path / "old", ONE, TWO), index(tmp_path / "new", first, ONE, TWO))
    assert (found.gone, found.come) == ((), (first,))
    assert not found.of(("a",)) and found.of(("0",)) == found.of(None)


def test_everything_that_screening_sees_counts(tmp_path: Path) -> None:
    others = (
        replace(ONE, actor_id="x"),
        replace(ONE, programs=("P",)),
        replace(ONE, caption="C"),
        replace(ONE, names=(("Ilse One", True),)),
        replace(ONE, schema="Company"),
    )
    for number, other in enumerate(others):
        found = delta(index(tmp_path / f"{number}a", ONE, TWO), index(tmp_path / f"{number}b", other, TWO))
        assert (found.gone, found.come) == ((ONE,), (other,))

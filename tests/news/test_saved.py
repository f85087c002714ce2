"""Documents beside the lists."""

from pathlib import Path

from allonym.news.read import read
from allonym.news.saved import save, saved
from allonym.store import Store


def test_a_saved_reading_is_found_by_whom_it_names(tmp_path: Path) -> None:
    reading = read("El Tesoro sancionó a Los Choneros.", lang="es", date="2025-01-02")
    (entity_id,) = {m.entity_id for m in reading.mentions if m.canonical == "Los Choneros"}
    assert entity_id is not None
    with Store.open(tmp_path) as store:
        assert save(store, reading) == save(store, reading) == reading.checksum
        (found,) = saved(store, [entity_id])
        assert (found.date, [m["type"] for m in found.measures]) == ("2025-01-02", ["sanctions"])
        assert saved(store, ["nobody"]) == []

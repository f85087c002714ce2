"""The Spanish pipeline, which is optional: names it recognises, and data that are not as they were looked at."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy

from allonym.news.model import SPANISH, SPANISH_REGISTERED, spanish
from allonym.news.read import read


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for packages that comes before all others; the kept pipeline is forgotten before and after."""
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    spanish.cache_clear()
    yield tmp_path
    spanish.cache_clear()


def install(place: Path, release: str, patterns: list[dict[str, str]]) -> None:
    """A Spanish pipeline that recognises what the patterns say, as a package of that release."""
    pipeline = spacy.blank("es")
    pipeline.add_pipe("entity_ruler").add_patterns(patterns)  # type: ignore[attr-defined]
    (place / SPANISH).mkdir()
    pipeline.to_disk(place / SPANISH / f"{SPANISH}-{release}")
    about = place / f"{SPANISH}-{release}.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {SPANISH}\nVersion: {release}\n", encoding="utf-8")


def persons(text: str) -> list[str]:
    return [m.canonical for m in read(text, lang="es").mentions if m.type == "person"]


def test_names_the_pipeline_takes_for_persons_are_mentions_and_places_are_not(place: Path) -> None:
    install(place, "9.9.9", [{"label": "PER", "pattern": "Marta"}, {"label": "LOC", "pattern": "Prensa del Istmo"}])
    assert "Marta" in persons("El juez habló ayer con Marta en su casa.")
    assert "Prensa del Istmo" not in persons("Lo contaron dos fuentes consultadas por Prensa del Istmo. Nada más.")


def test_the_first_word_of_a_sentence_is_no_name_for_its_capital(place: Path) -> None:
    install(place, "9.9.9", [{"label": "PER", "pattern": "Rosario"}])
    assert persons("El barco salió. Rosario en mano, la gente esperó.") == []


def test_a_registered_release_with_other_data_is_not_loaded(place: Path) -> None:
    install(place, SPANISH_REGISTERED[0].rpartition("-")[2], [{"label": "PER", "pattern": "Marta"}])
    assert spanish() is None
    assert persons("El juez habló ayer con Marta en su casa.") == []


@pytest.mark.skipif(spanish() is None, reason="the Spanish pipeline is optional; docs/news.md says how it is installed")
def test_the_real_pipeline_finds_a_person_whom_no_rule_finds() -> None:
    assert "Paco" in persons("Nos pusieron el nombre por la cerveza del tío de Paco, explica el tubista.")

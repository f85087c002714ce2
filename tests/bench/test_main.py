import json
from pathlib import Path

import pytest
from bench.__main__ import BEGIN, END, main
from bench.data import Data, Size
from bench.measures import MEASURES
from bench.recall import measure

from bench import data, pairs


def test_without_the_lists_the_register_alone_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(data, "SDN", tmp_path / "absent.xml")
    page = tmp_path / "page.md"
    page.write_text(f"# Figures\n\n{BEGIN}\nfigures of yesterday\n{END}\n\nafter\n", encoding="utf-8")
    written = tmp_path / "figures.json"
    only = ["--only", "loading", "--only", "asking", "--only", "screening", "--only", "recall", "--only", "storing"]
    assert main(["--small", *only, "--json", str(written), "--write", str(page)]) == 0
    told = capsys.readouterr().out
    assert "measured on the built-in register alone" in told
    assert "skipped: the labelled names are not in ../shared" in told
    sections = json.loads(written.read_text(encoding="utf-8"))["sections"]
    assert [bool(s["figures"]) for s in sections] == [True, True, True, False, True]
    assert all(f["value"] > 0 and f["met"] is None for s in sections for f in s["figures"])
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# Figures\n\n{BEGIN}\n") and text.endswith(f"{END}\n\nafter\n")
    assert "yesterday" not in text and "built-in register, wall" in text


def test_without_the_lists_the_measures_of_accuracy_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "SDN", tmp_path / "absent.xml")
    monkeypatch.setattr(pairs, "PAIRS", tmp_path / "absent.csv")
    here = Data(tmp_path, Size(small=True))
    own = {"loading", "opening", "asking", "screening", "storing", "reading", "dossier", "serving"}
    told = {name: measure(here) for name, measure in MEASURES.items() if name not in own}
    assert len(told) > 10 and all(section.skipped and not section.figures for section in told.values())


def test_a_page_without_the_marks_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Figures\n", encoding="utf-8")
    assert main(["--small", "--write", str(page)]) == 2
    assert "has no line" in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == "# Figures\n"


@pytest.mark.shared
def test_the_recall_counts_only_the_entry_that_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not data.UN.exists():
        pytest.skip("../shared is not here")
    known = Data(tmp_path, Size(small=True))
    people = known.listed()[:6]
    people[0]["un_dataid"] = "1"
    monkeypatch.setattr(Data, "listed", lambda self: people)
    monkeypatch.setattr(Data, "unlisted", lambda self, count=None: [{"full_name": "Zzyx Qwop", "pool": "us"}])
    section = measure(known)
    found = section.figures[0]
    assert found.what == "people found" and found.value == pytest.approx(5 / 6)
    assert section.detail["missed"][0].startswith(people[0]["name_as_typed"])
    assert section.figures[2].value == 0

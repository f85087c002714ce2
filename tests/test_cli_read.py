"""`allonym read` as a user runs it."""

import json
from pathlib import Path

from tests.command import command

TEXT = (
    "The Treasury Department on Thursday sanctioned three members of the Gulf Clan. “We will not stop,” "
    "Treasury Secretary Scott Bessent told Reuters. The State Department offered a $5 million reward.\n"
)


def test_read_a_file_as_text(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    ran = command("read", str(file), "--date", "2025-09-12", "--data", str(tmp_path / "data"))
    assert (ran.status, ran.err) == (0, "")
    shown = "\n".join(ran.lines)
    assert "Clan del Golfo (designated_group, reg-clan-del-golfo): Gulf Clan" in shown
    assert "note: measures are not read yet" in shown
    assert "Scott Bessent to Reuters: “We will not stop,”" in shown


def test_read_as_json_has_offsets_into_the_text(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text("\ufeff" + TEXT, encoding="utf-8")
    ran = command("read", str(file), "--format", "json", "--data", str(tmp_path / "data"))
    reading = json.loads(ran.out)
    assert reading["format"] == "reading/1" and reading["lang"] == "en"
    for part in (*reading["mentions"], *(c["contents"][0] for c in reading["claims"])):
        assert reading["text"][part["start"] : part["end"]] == part["text"]


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "picture.txt"
    file.write_bytes(bytes(range(256)) * 40)
    ran = command("read", str(file), "--data", str(tmp_path / "data"))
    assert ran.status == 2 and "no text" in ran.err
    missing = command("read", str(tmp_path / "missing.txt"), "--data", str(tmp_path / "data"))
    assert missing.status == 2 and "missing.txt" in missing.err


def test_another_language_gets_known_names_only(tmp_path: Path) -> None:
    file = tmp_path / "artikel.txt"
    file.write_text("Die Behörde hat gestern die Gruppe Tren de Aragua auf ihre Liste gesetzt.", encoding="utf-8")
    ran = command("read", str(file), "--data", str(tmp_path / "data"))
    shown = "\n".join(ran.lines)
    assert ran.status == 0 and "only known names were read" in shown and "Tren de Aragua" in shown

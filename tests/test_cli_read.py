"""`allonym read` as a user runs it."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import Ran, command
from tests.news.pdf_file import pdf

DOCUMENTS = Path(__file__).parent / "news" / "data"
TEXT = (
    "The Treasury Department on Thursday sanctioned three members of the Gulf Clan. “We will not stop,” "
    "Treasury Secretary Scott Bessent told Reuters. The State Department offered a $5 million reward.\n"
)


def test_read_a_file_as_text(tmp_path: Path, new_folder: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    ran = command("read", file, "--date", "2025-09-12", data=new_folder)
    assert (ran.status, ran.err) == (0, "")
    shown = "\n".join(ran.lines)
    assert "Clan del Golfo (designated_group, reg-clan-del-golfo): Gulf Clan" in shown
    assert "1. sanctions, in effect: Treasury Department -> three members of the Gulf Clan" in shown
    assert "Scott Bessent (Treasury Secretary, to Reuters): “We will not stop,”" in shown


def test_read_as_json_has_offsets_into_the_text(tmp_path: Path, new_folder: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text("\ufeff" + TEXT, encoding="utf-8")
    ran = command("read", file, "--format", "json", data=new_folder)
    reading = json.loads(ran.out)
    assert reading["format"] == "reading/1" and reading["lang"] == "en"
    for part in (*reading["mentions"], *(c["contents"][0] for c in reading["claims"])):
        assert reading["text"][part["start"] : part["end"]] == part["text"]


def test_a_page_shows_what_it_says_of_itself(new_folder: Path) -> None:
    ran = command("read", DOCUMENTS / "harbour.html", data=new_folder)
    assert (ran.status, ran.err) == (0, "")
    assert ran.lines[1:6] == [
        "  title: Two shipping firms added to the list",
        "  author: Ana Whitlock",
        "  outlet: The Harbour Post",
        "  url: https://harbourpost.example/2025/09/12/shipping",
        "  date: 2025-09-12",
    ]
    assert "  Rosa Ibarra: “Nobody here has ever seen these ships,”" in ran.lines


def test_every_kind_of_document_and_standard_input(tmp_path: Path, new_folder: Path) -> None:
    (tmp_path / "paper").write_bytes(pdf(TEXT.strip()))
    files = (DOCUMENTS / "harbour.html", DOCUMENTS / "letter.eml", tmp_path / "paper", "-")
    ran = command("read", *files, "--format", "json", data=new_folder, stdin=TEXT.encode())
    assert (ran.status, ran.err) == (0, "")
    sources = [reading["source"] for reading in ran.json_lines]
    assert [source["file"] for source in sources] == [str(file) for file in files]
    kinds = ["text/html", "message/rfc822", "application/pdf", "text/plain"]
    assert [source["media_type"] for source in sources] == kinds
    assert [reading["date"] for reading in ran.json_lines] == ["2025-09-12", "2025-09-12", None, None]
    assert ran.json_lines[1]["notes"][0] == "2 attachments not read"
    for reading in ran.json_lines:
        assert "Clan del Golfo" in {mention["canonical"] for mention in reading["mentions"]}


def test_a_date_that_is_given_goes_before_the_page_s_own(new_folder: Path) -> None:
    ran = command("read", DOCUMENTS / "harbour.html", "--date", "2025-09-13", "--format", "json", data=new_folder)
    assert json.loads(ran.out)["date"] == "2025-09-13"


@pytest.mark.parametrize("date", ["nonsense", "2025-13-01", "2025-02-30", "20250912", "12/09/2025", "2025-9-1", ""])
def test_a_date_that_is_none(date: str, new_folder: Path) -> None:
    line = command("read", DOCUMENTS / "harbour.html", "--date", date, data=new_folder).complaint(2)
    assert f"{date!r} is no date; write it as 2025-08-08" in line


def test_what_is_no_text_is_refused(tmp_path: Path, new_folder: Path) -> None:
    file = tmp_path / "picture.txt"
    file.write_bytes(bytes(range(256)) * 40)
    line = command("read", file, data=new_folder).complaint(2)
    assert line == f"allonym: {file}: this is no text; save the article as plain text in UTF-8"
    assert "missing.txt: cannot be read" in command("read", tmp_path / "missing.txt", data=new_folder).complaint(2)
    assert "Is a directory" in command("read", tmp_path, data=new_folder).complaint(2)


@pytest.mark.parametrize("content", [b"", b" \n\t\n"])
def test_an_empty_file_is_told(content: bytes, tmp_path: Path, new_folder: Path) -> None:
    file = tmp_path / "empty.txt"
    file.write_bytes(content)
    line = command("read", file, data=new_folder).complaint(2)
    assert line == f"allonym: {file}: is empty; give a file with text in it"
    assert "-: is empty" in command("read", "-", data=new_folder, stdin=content).complaint(2)


def test_files_that_are_too_large_or_too_long_are_named(tmp_path: Path, new_folder: Path) -> None:
    large, long = tmp_path / "large.html", tmp_path / "long.txt"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    long.write_text("a b " * 50_001)
    assert "large.html: has more than 20 MB" in command("read", large, data=new_folder).complaint(2)
    told = f"{long}: the text has 200,004 characters; cut it to 200,000 or fewer"
    assert told in command("read", long, data=new_folder).complaint(2)


def test_a_file_that_cannot_be_read_does_not_end_the_run(tmp_path: Path, new_folder: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "cut.pdf").write_bytes(pdf(TEXT.strip())[:200])
    files = (tmp_path / "empty.txt", DOCUMENTS / "harbour.html", tmp_path / "cut.pdf", DOCUMENTS / "letter.eml")
    ran = command("read", *files, "--format", "json", data=new_folder)
    assert ran.status == 2
    assert [reading["source"]["file"] for reading in ran.json_lines] == [str(files[1]), str(files[3])]
    assert [line.split(":")[:2] for line in ran.told] == [["allonym", f" {files[0]}"], ["allonym", f" {files[2]}"]]


def test_a_file_s_name_cannot_write_on_the_terminal(tmp_path: Path, new_folder: Path) -> None:
    file = tmp_path / "a\x1b[2J\nb.txt"
    assert "a\\x1b[2J\\x0ab.txt: cannot be read" in command("read", file, data=new_folder).complaint(2)
    file.write_text(TEXT)
    assert "\x1b" not in command("read", file, data=new_folder).text


def test_another_language_gets_known_names_only(tmp_path: Path, new_folder: Path) -> None:
    file = tmp_path / "artikel.txt"
    file.write_text("Die Behörde hat gestern die Gruppe Tren de Aragua auf ihre Liste gesetzt.", encoding="utf-8")
    ran = command("read", file, data=new_folder)
    shown = "\n".join(ran.lines)
    assert ran.status == 0 and "only known names were read" in shown and "Tren de Aragua" in shown


def on_a_terminal(*words: object, data: Path) -> tuple[Ran, str]:
    """Run the command with standard error on a terminal; gives what it did and what the terminal got."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "allonym", *map(str, words), "--data", str(data)], stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=theirs, env={**os.environ, "TERM": "xterm", "COLUMNS": "200"},
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    try:
        while block := os.read(ours, 65_536):
            shown += block
    except OSError:  # how a terminal says that its other end is closed
        pass
    out, _ = process.communicate(timeout=60)
    os.close(ours)
    return Ran(process.returncode, out, ""), shown.decode()


def test_several_files_have_a_progress_bar_on_the_terminal(tmp_path: Path, new_folder: Path) -> None:
    (tmp_path / "empty.txt").touch()
    files = (DOCUMENTS / "harbour.html", tmp_path / "empty.txt", DOCUMENTS / "letter.eml")
    ran, shown = on_a_terminal("read", *files, "--format", "json", data=new_folder)
    assert ran.status == 2 and len(ran.json_lines) == 2
    assert "reading" in shown and "/3" in shown and f"{files[1]}: is empty" in shown
    _, shown = on_a_terminal("read", files[0], "--format", "json", data=new_folder)
    assert shown == ""


def test_plain_text_is_read_without_what_other_documents_need(tmp_path: Path, new_folder: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    code = (
        f"import sys\nfrom allonym import cli\nassert cli.run(['read', {str(tmp_path / 'a.txt')!r}, '--data', "
        f"{str(new_folder)!r}]) == 0\n"
        "assert not {'trafilatura', 'pypdf', 'lxml', 'allonym.news.documents.mail'} & set(sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_page_of_one_document(tmp_path: Path, new_folder: Path) -> None:
    (tmp_path / "a.txt").write_text("<script>x</script> " + TEXT)
    ran = command("read", tmp_path / "a.txt", "--format", "html", data=new_folder)
    page = ran.out.decode()
    assert page.startswith("<!doctype html>") and "<script" not in page and "Gulf Clan" in page
    two = command("read", tmp_path / "a.txt", tmp_path / "a.txt", "--format", "html", data=new_folder)
    assert "one FILE" in two.complaint(2)


def test_what_several_documents_report_alike(tmp_path: Path, new_folder: Path) -> None:
    other = "WASHINGTON - Los Choneros was sanctioned by the Treasury Department. It had asked for that since spring.\n"
    texts = {"a": "The Treasury Department sanctioned Los Choneros.\n" + TEXT * 2, "c": other * 2}
    texts["b"] = "FLASH\n" + texts["a"]
    files = [tmp_path / name for name in "abc"]
    for file in files:
        file.write_text(texts[file.name])
    ran = command("read", *files, data=new_folder)
    shown = "\n".join(ran.lines)
    assert "2 independent accounts in 3 documents" in shown
    assert "counted once" in shown
    told = command("read", *files, "--format", "json", "--together", data=new_folder).json_lines
    assert [line["format"] for line in told] == ["reading/1"] * 3 + ["corroboration/1"]


def test_a_saved_reading_stands_in_the_entity_s_dossier(tmp_path: Path, new_folder: Path) -> None:
    (tmp_path / "a.txt").write_text("The Treasury Department sanctioned Los Choneros.\n")
    assert command("read", tmp_path / "a.txt", "--date", "2025-01-02", "--save", data=new_folder).status == 0
    shown = "\n".join(command("show", "Los Choneros", data=new_folder).lines)
    assert "Reported in saved documents (not official)" in shown
    assert "sanctions, in effect, by Treasury Department" in shown

"""Documents: what is taken out of each kind, and what they say of themselves."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

import allonym
from allonym.errors import InputError, UsageError
from allonym.news.documents.apart import Apart
from allonym.news.documents.kind import kind
from allonym.news.documents.opening import open_document
from allonym.news.documents.plain import marked_up
from allonym.news.documents.wrapped import unwrapped
from allonym.news.read import read_document
from tests.news.pdf_file import pdf

DATA = Path(__file__).parent / "data"
SAID = "The Treasury Department on Thursday sanctioned three members of the Gulf Clan"


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    """One process for all of them."""
    with Apart() as process:
        yield process


def test_a_page_gives_its_main_text_and_what_it_says_of_itself(apart: Apart) -> None:
    document = open_document(DATA / "harbour.html", apart=apart)
    text = document.text
    headline, first = text.split("\n")[:2]
    assert headline == "Two shipping firms added to the list" and first.startswith(f"{SAID} and two shipping firms")
    for shown in ("$5 million", "told Reuters.", "Rosa Ibarra.", "Tren de Aragua was named", "Claudia Sheinbaum"):
        assert shown in text
    for around in ("Sinaloa", "Zetas", "cookies", "Home", "Most read", "beaches", "Privacy", "alert", "<"):
        assert around not in text
    assert document.source() == {
        "file": str(DATA / "harbour.html"),
        "media_type": "text/html",
        "checksum": hashlib.sha256((DATA / "harbour.html").read_bytes()).hexdigest(),
        "title": "Two shipping firms added to the list",
        "author": "Ana Whitlock",
        "outlet": "The Harbour Post",
        "url": "https://harbourpost.example/2025/09/12/shipping",
    }
    assert document.date == "2025-09-12"


def test_a_page_in_the_encoding_it_declares(apart: Apart) -> None:
    document = open_document(DATA / "puerto.html", apart=apart)
    assert "región del río Añil" in document.text and "«No conocemos a esa gente», dijo" in document.text
    assert "Portada" not in document.text
    source = document.source()
    assert (source["author"], source["outlet"]) == ("Inés Peñalver", "Diario del Muelle")
    assert document.date == "2025-03-04"
    assert read_document(document).lang == "es"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_a_page_that_is_unicode_whatever_it_declares(encoding: str) -> None:
    page = "<meta charset='iso-8859-1'><p>Íñigo Núñez habló con la agencia EFE — «nada», dijo.</p>"
    content = (b"\xfe\xff" if encoding == "utf-16-be" else b"") + page.encode(encoding)
    assert kind(content) == "text/html" and marked_up(content) == page


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_a_damaged_character_does_not_make_a_page_unreadable(encoding: str) -> None:
    page = f"<meta charset={encoding}>" + "<p>Íñigo Núñez habló ayer con la prensa.</p>" * 10
    assert marked_up(page.encode(encoding) + b"\x81") == page + "\ufffd"


@pytest.mark.parametrize(
    ("charset", "written"),
    [("iso-2022-jp", "iso-2022-jp"), ("us-ascii", "utf-8"), ("nonsense", "utf-8"), ("utf-8", "cp1252")],
)
def test_a_letter_in_the_encoding_it_declares_or_in_its_own(charset: str, written: str, apart: Apart) -> None:
    text = "東京で逮捕" if charset == "iso-2022-jp" else "Íñigo Núñez habló ayer con la prensa del puerto"
    head = f"From: a@b.example\nTo: c@d.example\nContent-Type: text/plain; charset={charset}\n\n"
    read = open_document(head.encode() + text.encode(written), apart=apart).text
    assert read == text


def test_a_page_without_a_main_text_is_read_whole(apart: Apart) -> None:
    page = b"<title>x</title><div><span>Gulf Clan</span> listed</div><div>on <b>Thursday</b></div>"
    document = open_document(page, apart=apart)
    assert document.text.split("\n")[0] == "Gulf Clan listed" and "Thursday" in document.text


def test_a_table_is_read_cell_by_cell_and_quotation_marks_are_kept(apart: Apart) -> None:
    page = (
        f"<html><body><article><p>{SAID}, officials told reporters, after months of work on the case.</p>"
        "<table><tr><th>Name</th><th>Listed</th></tr><tr><td>Juan Prueba</td><td>2024</td></tr><tr><td></td>"
        "<td>2025</td></tr></table><p>Scott Bessent said <q>we <b>will</b> not stop</q>, and left.</p>"
        "<noscript>Please enable JavaScript.</noscript></article></body></html>"
    )
    assert open_document(page.encode(), apart=apart).text.split("\n")[1:] == [
        "Name", "Listed", "Juan Prueba", "2024", "2025", "Scott Bessent said “we will not stop”, and left.",
    ]  # fmt: skip


def test_a_pdf_gives_the_text_of_its_pages_line_breaks_mended(apart: Apart) -> None:
    one = (
        "A short headline\nThe Treasury Department on Thursday sanctioned three\n"
        "members of the Gulf Clan. \u201cWe will not stop,\u201d Treasury\nSecretary Scott Bessent told Reuters."
    )
    info = "/Title (Two firms \\(again\\)) /Author (Ana Whitlock) /CreationDate (D:20200101000000Z)"
    document = open_document(pdf(one, "A second page.", info=info), apart=apart)
    assert document.text.split("\n") == [
        "A short headline",
        f"{SAID}. “We will not stop,” Treasury Secretary Scott Bessent told Reuters.",
        "A second page.",
    ]
    source = document.source()
    assert (source["media_type"], source["title"], source["author"]) == (
        "application/pdf", "Two firms (again)", "Ana Whitlock",
    )  # fmt: skip
    assert document.date is None, "the day a PDF was made is not that of the article"


def test_a_pdf_that_only_its_owner_may_change_is_read(apart: Apart) -> None:
    assert SAID in open_document(encrypted("", "owner"), apart=apart).text


def encrypted(user: str, owner: str) -> bytes:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(SAID)))
    writer.encrypt(user, owner, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_an_email_gives_its_plain_part(apart: Apart) -> None:
    document = open_document(DATA / "letter.eml", apart=apart)
    assert document.text.split("\n") == [
        "Colleagues,",
        "",
        f"{SAID}. “We will not stop,” Treasury Secretary Scott Bessent told Reuters.",
        "",
        "Inés",
    ]
    source = document.source()
    assert source["media_type"] == "message/rfc822"
    assert (source["title"], source["author"]) == ("Note for Saturday: the Gulf Clan", "Inés Peñalver")
    assert document.date == "2025-09-12", "the day by the sender's clock"
    assert document.content.notes == ("2 attachments not read",)


def test_an_email_in_html_alone(apart: Apart) -> None:
    document = open_document(DATA / "alert.eml", apart=apart)
    headline, text = document.text.split("\n")
    assert headline == "Two firms listed"
    assert text.startswith("The Treasury Department sanctioned two members of the Gulf Clan. “We will not stop,” Scott")
    assert (document.source()["author"], document.date) == ("Harbour Post alerts", None)


def test_a_page_saved_as_a_web_archive_is_read_as_a_page(apart: Apart) -> None:
    saved, page = (open_document(DATA / name, apart=apart) for name in ("saved.mhtml", "harbour.html"))
    assert saved.text == page.text and saved.date == page.date == "2025-09-12"


def test_plain_text_is_not_altered(tmp_path: Path) -> None:
    text = "  The Gulf\r\nClan\u200b \u202eis\u202c listed.\r\n\r\n\tE\u0301nd \n"
    path = tmp_path / "a.pdf"  # the name says nothing
    path.write_bytes(text.encode())
    document = open_document(path)
    assert (document.text, document.media_type) == (text, "text/plain")
    assert document.source().keys() == {"file", "media_type", "checksum"}
    assert open_document(text.encode("utf-16")).text == text


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7\n...", "application/pdf"),
        (b"\n\xef\xbb\xbf%PDF-1.7 is how a PDF begins, she said.", "text/plain"),
        (b"junk before it %PDF-1.7\n... %%EOF\n", "application/pdf"),
        (b"\xef\xbb\xbf  <!-- x --><!DOCTYPE html><p>a", "text/html"),
        (b"<?xml version='1.0'?>\n<html xmlns='x'>", "text/html"),
        (b"Headline\n<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>", "text/html"),
        (b"<quote> is no tag of a page, and a < b is none either", "text/plain"),
        (b"From: a@b.example\nTo: c@d.example\n\nText", "message/rfc822"),
        (b"From a@b.example Mon Sep  1 2025\nFrom: a@b.example\nDate: x\n\nText", "message/rfc822"),
        (b"From: The White House\nDate: 5 May 2025\n\nThe president said", "text/plain"),
        (b"Subject: none of these makes a letter\nText goes on.", "text/plain"),
    ],
)
def test_kinds_are_told_by_content(content: bytes, expected: str) -> None:
    assert kind(content) == expected


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04\x14\x00", "an office document or an archive"),
        (b"{\\rtf1\\ansi text}", "rich text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old office document"),
    ],
)
def test_known_formats_that_are_not_read_are_named(content: bytes, told: str) -> None:
    with pytest.raises(InputError, match=f"^memo: this is {told}.*; save"):
        open_document(content, name="memo")


def test_broken_lines_are_joined_and_paragraphs_are_not() -> None:
    broken = "The quick brown fox jumps over the lazy\ndog and runs into the dark wood of the\nnorth.\nA new one."
    assert unwrapped(broken) == (
        "The quick brown fox jumps over the lazy dog and runs into the dark wood of the north.\nA new one."
    )
    for whole in ("One line", "", "a\n\nb", "- one item of them\n- another item is", f"{'x ' * 100}\n{'y ' * 100}z"):
        assert unwrapped(whole) == "\n".join(line.rstrip() for line in whole.split("\n"))
    assert unwrapped("the list of firms of the ex-\nminister") == "the list of firms of the ex-minister"


def test_offsets_are_into_the_text_that_was_taken_out(apart: Apart) -> None:
    for name in ("harbour.html", "puerto.html", "letter.eml", "alert.eml"):
        reading = read_document(open_document(DATA / name, apart=apart)).to_dict()
        assert reading["mentions"] and reading["claims"], name
        spans = [*reading["mentions"], *(span for claim in reading["claims"] for span in claim["contents"])]
        assert all(reading["text"][span["start"] : span["end"]] == span["text"] for span in spans)
        assert reading["checksum"] == hashlib.sha256(reading["text"].encode()).hexdigest()
        assert reading["source"]["checksum"] == hashlib.sha256((DATA / name).read_bytes()).hexdigest()


def test_the_way_in_for_programs() -> None:
    document = allonym.open_document(str(DATA / "letter.eml"))
    reading = allonym.read_document(document, date="2025-09-13")
    assert (reading.date, reading.source["title"]) == ("2025-09-13", "Note for Saturday: the Gulf Clan")
    assert allonym.read_document(document).date == "2025-09-12"
    with pytest.raises(UsageError, match="'nonsense' is no date; write it as 2025-08-08"):
        allonym.read("A text.", date="nonsense")

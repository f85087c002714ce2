"""Documents that are broken or mean harm: one line with the name and the remedy, soon, and the next one is read."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allonym.errors import InputError
from allonym.news.documents.apart import Apart
from allonym.news.documents.document import MOST_BYTES, PAGE, Extract
from allonym.news.documents.opening import open_document
from allonym.news.read import LONGEST, read_document
from tests.news.pdf_file import packed, pdf, written
from tests.news.test_documents import SAID, encrypted

SOON = 15.0  # seconds, on a busy machine
LETTER = b"From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\n"


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    """One process for all of them: what one document does to it must not be felt by the next."""
    with Apart() as process:
        yield process


def refused(content: bytes, apart: Apart) -> str:
    """Why a document is refused; the process must read the next one."""
    start = time.monotonic()
    with pytest.raises(InputError) as caught:
        open_document(content, name="evil", apart=apart)
    assert time.monotonic() - start < SOON
    assert open_document(f"<p>{SAID}.</p>".encode(), apart=apart).text == f"{SAID}."
    told = str(caught.value)
    assert told.startswith("evil: ") and "\n" not in told and len(told) < 200
    return told


def nested(levels: int) -> bytes:
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(levels))
    return LETTER + parts + b"Content-Type: text/plain\n\nhello"


REFUSED = {
    "nothing": (lambda: b"", "is empty; give a file with text in it"),
    "blanks": (lambda: b" \n\t\r\n", "is empty"),
    "a byte order mark": (lambda: b"\xef\xbb\xbf", "is empty"),
    "binary": (lambda: bytes(range(256)) * 400, "this is no text"),
    "binary without zeros": (lambda: bytes(range(1, 256)) * 400, "this is no text"),
    "a page that is all script": (
        lambda: (
            b"<!DOCTYPE html><html><head><title>App</title></head><body><div id='root'></div><script>"
            + b"var a = 'The Treasury Department sanctioned the Gulf Clan';" * 2_000
            + b"</script></body></html>"
        ),
        "no text beside its scripts",
    ),
    "a page without anything": (lambda: b"<!-- -->\n<html></html>", "no text beside its scripts"),
    "a page of divs in divs": (
        lambda: b"<html><body>" + b"<div>" * 100_000 + SAID.encode() + b"</div>" * 100_000,
        "nested deeper than 255 elements",
    ),
    "a page of a million elements": (lambda: b"<p>" * 1_000_000, "elements, more than 60,000"),
    "half a PDF": (lambda: pdf(SAID)[:300], "the PDF is broken"),
    "a PDF of noise": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400, "the PDF is broken"),
    "a PDF of pictures": (lambda: written([b"0 0 m 9 9 l S"]), "no text, as a scan has none"),
    "a PDF with a password": (lambda: encrypted("secret", "owner"), "the PDF is encrypted; save it without a password"),
    "a PDF that unpacks to 100 MB": (lambda: packed(b"BT " + b"(a) Tj " * 15_000_000), "unpacks to more"),
    "a PDF packed three times": (lambda: packed(b" " * 200_000_000, 3), "unpacks to more"),
    "a PDF of many instructions": (lambda: packed(b"BT " + b"(a) Tj " * 1_500_000), "unpacks to more"),
    "a PDF that is its own page": (
        lambda: pdf(SAID).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"),
        "the PDF is broken",
    ),
    "an e-mail in itself five thousand times": (lambda: nested(5_000), "more memory or nesting"),
    "an e-mail of attachments": (
        lambda: LETTER + b"Content-Type: application/zip\nContent-Transfer-Encoding: base64\n\n" + b"QUJD\n" * 99_999,
        "no text beside its attachments",
    ),
    "a mailbox": (
        lambda: b"\n\n".join(b"From a@b.example Mon Sep  1 10:00:00 2025\n" + LETTER + b"\nOne." for _ in range(2)),
        "a mailbox of several e-mails",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_soon(name: str, apart: Apart) -> None:
    content, told = REFUSED[name]
    assert told in refused(content(), apart)


#: libxml2 compares each attribute with all before it: a minute and more for two megabytes.
SLOW = b"<p " + b" ".join(b"a%d=x" % n for n in range(200_000)) + b">text</p>"


def test_a_document_that_takes_too_long_is_given_up() -> None:
    with Apart(seconds=1.5) as apart:
        assert "took longer than 1.5 seconds" in refused(SLOW, apart)


def test_a_process_that_nobody_waits_for_ends() -> None:
    asked = b'{"kind": "text/html", "size": %d, "seconds": 0}\n' % len(SLOW)
    words = [sys.executable, "-m", "allonym.news.documents.child"]
    ran = subprocess.run(words, input=asked + SLOW, capture_output=True, timeout=60)
    assert (ran.returncode, ran.stdout) == (-signal.SIGXCPU, b"")


def test_many_attachments_are_not_decoded(apart: Apart) -> None:
    part = (
        b"--x\nContent-Disposition: attachment; filename=a.zip\nContent-Transfer-Encoding: base64\n\n" + b"QUJD\n" * 200
    )
    head = LETTER + b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nThe Gulf Clan.\n"
    document = open_document(head + part * 10_000 + b"--x--\n", apart=apart)
    assert (document.text, document.content.notes) == ("The Gulf Clan.", ("10,000 attachments not read",))


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    start = time.monotonic()
    with pytest.raises(InputError, match=r"large\.txt: has more than 20 MB; cut it into documents"):
        open_document(path)
    assert time.monotonic() - start < 0.5
    with pytest.raises(InputError, match="more than 20 MB"):
        open_document(b"a" * (MOST_BYTES + 1))
    with pytest.raises(InputError, match="more than 20 MB"):
        open_document("/dev/zero")


def test_what_runs_in_a_browser_is_text_or_nothing(apart: Apart) -> None:
    page = (
        f"<html><head><title>&lt;script&gt;alert(1)&lt;/script&gt;</title><link rel='canonical' "
        f"href='javascript:alert(2)'></head><body><article><p>{SAID}.</p><p onclick='alert(3)'>It said "
        f"<b>&lt;img src=x onerror=alert(4)&gt;</b> so in a statement.</p>"
        f"<svg onload='alert(5)'><script>alert(6)</script></svg><iframe srcdoc='alert(7)'></iframe>"
        f"<p>The State Department <script>alert(8)</script>agreed on Friday.</p></article></body></html>"
    )
    document = open_document(page.encode(), apart=apart)
    assert document.text.startswith(f"{SAID}.\nIt said <img src=x onerror=alert(4)> so in a statement.")
    assert not [n for n in "1235678" if f"alert({n})" in document.text]
    assert "url" not in document.source()
    archive = LETTER + b"Snapshot-Content-Location: javascript:alert(9)\nContent-Type: text/html\n\n" + page.encode()
    document = open_document(archive, apart=apart)
    assert document.text.startswith(f"{SAID}.") and "url" not in document.source()


def test_files_that_a_page_names_are_not_opened(apart: Apart, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Los Zetas")
    entity = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><p>{SAID}. &x; <img src="file://{secret}"></p>'
    assert "Zetas" not in open_document(entity.encode(), apart=apart).text


FORBIDDEN = {
    "the network": "import socket; socket.create_connection(('127.0.0.1', 9), 0.1)",
    "a name look-up": "import socket; socket.getaddrinfo('localhost', 80)",
    "a program": "import subprocess; subprocess.run(['true'])",
    "a shell": "import os; os.system('true')",
    "a file": "open('written.txt', 'w')",
    "a file, removed": "import os; os.remove('there.txt')",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_process_that_parses_may_not_reach_out(what: str, tmp_path: Path) -> None:
    (tmp_path / "there.txt").touch()
    code = f"import sys\nfrom allonym.news.documents.child import forbid\nsys.addaudithook(forbid)\n{FORBIDDEN[what]}"
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 1 and "PermissionError: a document's reader must not" in ran.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["there.txt"]


def test_the_process_that_parses_has_the_hook(tmp_path: Path) -> None:
    """Through the whole way: a library that reaches out is stopped, and what it did is told as an error."""
    code = (
        "import sys; from allonym.news.documents import child; child.extract = lambda *_: open('x', 'w'); child.main()"
    )
    asked = b'{"kind": "text/html", "size": 1, "seconds": 1}\nx'
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, input=asked, capture_output=True, timeout=60)
    assert b"it cannot be parsed (PermissionError)" in ran.stdout


def test_a_crash_of_the_process_costs_one_document() -> None:
    with Apart() as apart:
        assert apart.extract(PAGE, f"<p>{SAID}.</p>".encode()) == Extract(f"{SAID}.")
        assert apart._process is not None
        apart._process.kill()
        apart._process.wait()
        assert open_document(f"<p>{SAID}.</p>".encode(), apart=apart).text == f"{SAID}."


def test_a_module_in_the_working_folder_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "lxml.py").write_text("raise SystemExit('run')")
    (tmp_path / "a.html").write_text(f"<p>{SAID}.</p>")
    code = "from allonym.news.documents.opening import open_document; print(open_document('a.html').text)"
    ran = subprocess.run([sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (ran.stdout, ran.returncode) == (f"{SAID}.\n", 0), ran.stderr


@pytest.mark.parametrize(
    ("package", "content", "extra"),
    [("trafilatura", f"<p>{SAID}.</p>".encode(), "news"), ("pypdf", pdf(SAID), "pdf")],
)
def test_without_the_extra_its_name_is_told(package: str, content: bytes, extra: str, tmp_path: Path) -> None:
    (tmp_path / f"{package}.py").write_text(f"raise ModuleNotFoundError('No module named {package}')")
    (tmp_path / "document").write_bytes(content)
    code = "from allonym.news.documents.opening import open_document; open_document('document')"
    path = os.pathsep.join([str(tmp_path), *sys.path])
    environment = {**os.environ, "PYTHONPATH": path}
    words = [sys.executable, "-c", code]
    ran = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)
    assert f"document: {'HTML' if extra == 'news' else 'PDF'} is read with an optional extra" in ran.stderr
    assert f"pip install 'allonym[{extra}]'" in ran.stderr


@pytest.mark.parametrize("name", ["no\0path", "missing.txt", ".", "missing/../../x", "a" * 5_000])
def test_paths_that_are_none(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        open_document(tmp_path / name)


def test_a_link_to_a_document_is_followed_and_a_circle_is_not(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SAID)
    (tmp_path / "b.txt").symlink_to("a.txt")
    (tmp_path / "c.txt").symlink_to("c.txt")
    assert open_document(tmp_path / "b.txt").text == SAID
    with pytest.raises(InputError, match=r"c\.txt: cannot be read"):
        open_document(tmp_path / "c.txt")


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_text(SAID)
    assert open_document(path).source()["file"].endswith("/caf\\udce9.txt")


HIDDEN = (
    "The Tren de\u00a0Aragua\u200b and the \u202eGulf Clan\u202c were listed,\ufeff Treasury\u200d Secretary Scott "
    "Bessent told Reuters."
)


@pytest.mark.parametrize("form", ["plain", "page", "mail"])
def test_offsets_hold_with_characters_that_are_not_seen(form: str, apart: Apart) -> None:
    head = {
        "plain": "",
        "page": "<html><body><p>",
        "mail": LETTER.decode() + "Content-Type: text/plain; charset=utf-8\n\n",
    }
    document = open_document((head[form] + HIDDEN).encode(), apart=apart)
    reading = read_document(document).to_dict()
    assert form == "page" or reading["text"] == HIDDEN
    assert "Gulf Clan" in {mention["text"] for mention in reading["mentions"]}
    for mention in reading["mentions"]:
        assert reading["text"][mention["start"] : mention["end"]] == mention["text"] != ""


def test_a_page_in_another_language_gets_known_names_only(apart: Apart) -> None:
    page = (
        "<html lang='de'><body><p>Die Behörde hat gestern die Gruppe Tren de Aragua auf ihre Liste gesetzt.</p></body>"
    )
    reading = read_document(open_document(page.encode(), apart=apart))
    assert (reading.lang, reading.claims) == ("", ())
    assert [mention.canonical for mention in reading.mentions] == ["Tren de Aragua"]
    assert "only known names were read" in reading.notes[-1]


def test_a_text_that_is_too_long_is_named() -> None:
    with pytest.raises(InputError, match=r"^long\.txt: the text has 200,001 characters; cut it to 200,000 or fewer$"):
        read_document(open_document(b"a" * (LONGEST + 1), name="long.txt"))


BEGINNINGS = st.sampled_from(
    [b"", b"%PDF-1.4\n", b"<html><body>", b"<p>", LETTER + b"\n", LETTER, b"\xff\xfe", b"From "]
)


@settings(max_examples=150, deadline=None)
@given(
    start=BEGINNINGS,
    rest=st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
)
def test_whatever_comes_gives_a_document_or_one_line(apart: Apart, start: bytes, rest: bytes) -> None:
    try:
        document = open_document(start + rest, name="any", apart=apart)
    except InputError as error:
        assert str(error).startswith("any: ")
    else:
        document.text.encode()
        assert document.text.strip()

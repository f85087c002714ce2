"""Pages of evidence: of a screening and of a dossier, sealed, harmless, and legible when a browser prints them."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import html

from tests.command import PEOPLE_2024, command, load, state

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def page_of(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_text())


def texts(page: html.HtmlElement) -> str:
    return " ".join(page.text_content().split())


def test_a_screening_as_evidence(history: Path, tmp_path: Path) -> None:
    output = tmp_path / "ilse.html"
    ran = command("screen", "Ilse Vandermeulen", "--evidence", output, data=history)
    assert ran.status == 0
    record = json.loads(ran.record.read_text())
    page = page_of(output)
    told = texts(page)
    for snapshot in state(history):
        if snapshot["snapshot"] in ("2025-01-31", record["view"][-1][1]):
            assert snapshot["checksum"] in told
    for text in (record["record_id"], record["output_sha256"], record["weights_version"], record["started"],
                 "p-ilse", "people@2025-01-31", "before comparing: hardly anybody is listed", "1 hit for 1 of 1 query",
                 "from a score of 0.7, at most 10 a query, one an actor"):  # fmt: skip
        assert text in told, text
    # The weights of the reasons are those of the score.
    rows = page.xpath("//div[@class='measure in-force']//td[@class='number']/text()")
    *weights, total = map(float, rows)
    assert abs(sum(weights) - total) < 0.01 * len(rows)
    assert not page.xpath("//script | //img | //link | //iframe | //@style | //@src | //@href")
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy[0].startswith("default-src 'none'; style-src 'sha256-")


def test_that_nothing_was_found_is_evidence_too(history: Path, tmp_path: Path) -> None:
    output = tmp_path / "nobody.html"
    ran = command("screen", "Ilse Oxenthorpe", "--sources", "people", "--evidence", output, data=history)
    assert ran.status == 1
    told = texts(page_of(output))
    assert "Nothing was found." in told and "Nothing from a score of 0.7; the nearest below it:" in told
    assert "(Ilse Vandermeulen), Person, p-ilse" in told.partition("no hit: ")[2]


def test_a_file_of_customers(history: Path, tmp_path: Path) -> None:
    customers = tmp_path / "customers.csv"
    customers.write_text("id,name,date of birth\nc1,Ilse Vandermeulen,1970\nc2,Quinby Oxenthorpe,1980\nc3,...,\n")
    output, hits = tmp_path / "page.html", tmp_path / "hits.csv"
    asked = ("screen", "--input", customers, "--output", hits, "--evidence", output)
    assert command(*asked, data=history).status == 0
    told = texts(page_of(output))
    assert "1. Ilse Vandermeulen, row 2" in told and "id: c1; birthDate: 1970" in told
    assert "2Quinby Oxenthorpe, row 3Person; id: c2; birthDate: 1980" in told and "Rows not used: 1" in told


def test_a_large_file_is_cut_with_a_count(history: Path, tmp_path: Path) -> None:
    """Whoever has a hit is told, wherever the row is; of the others the first thousand."""
    customers = tmp_path / "customers.csv"
    rows = [f"Quinby Oxenthorpe {n}" for n in range(1_100)]
    customers.write_text("\n".join(["name", *rows, "Ilse Vandermeulen", "Quinby Last", ""]))
    output = tmp_path / "page.html"
    asked = ("screen", "--input", customers, "--output", tmp_path / "hits.csv", "--evidence", output)
    assert command(*asked, data=history).status == 0
    told = texts(page_of(output))
    assert "1,001. Ilse Vandermeulen, row 1,102" in told and "p-ilse" in told
    assert "1,000Quinby Oxenthorpe 999, row 1,001" in told
    assert "Quinby Oxenthorpe 1000" not in told and "Quinby Last" not in told
    assert "101 more queries were asked and are not told here" in told


def test_the_seal(history: Path, data: Path, tmp_path: Path) -> None:
    output = tmp_path / "page.html"
    ran = command("screen", "Ilse Vandermeulen", "--evidence", output, data=history)
    good = command("verify", output, data=history)
    assert (good.status, good.err) == (0, "")
    assert "unaltered, SHA-256 " in good.text and f"allonym screen --repeat {ran.record}" in good.text
    assert "is not in this data folder" in command("verify", output, data=data).text
    content = output.read_text()
    output.write_text(content.replace("Ilse", "Else"))
    told = command("verify", output, data=history).complaint(2)
    assert "was altered since it was written" in told and "restore it from a copy" in told


def test_a_page_that_was_sealed_anew_is_told(history: Path, tmp_path: Path) -> None:
    from allonym.screening.sealed_page import sealed

    output = tmp_path / "page.html"
    command("screen", "Ilse Vandermeulen", "--evidence", output, data=history)
    lines = output.read_text().replace("Ilse", "Else").splitlines(keepends=True)
    output.write_text(sealed("".join(lines[:-2]), lines[-1]))
    assert "another page was written for it" in command("verify", output, data=history).complaint(2)


def test_pages_that_bear_no_seal(history: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.html"
    plain.write_text("<p>nothing</p>")
    assert "bears no seal" in command("verify", plain, data=history).complaint(2)
    assert "cannot be read" in command("verify", tmp_path / "none.html", data=history).complaint(2)
    good = tmp_path / "good.html"
    command("show", "p-ilse", "--output", good, data=history)
    ran = command("verify", plain, good, data=history)
    assert ran.status == 2 and "a dossier: of these no record is kept" in ran.text


def test_hostile_names_stay_text(data: Path, tmp_path: Path) -> None:
    file, output = tmp_path / "hostile.jsonl", tmp_path / "page.html"
    seal = f"SHA-256 of this page without this line: <code>{'0' * 64}</code></p>"
    name = f'Zyx Ganymede <script>alert(1)</script> "Q" \u202e <p class="small seal">{seal}'
    file.write_text(json.dumps({"id": "h1", "schema": "Person", "properties": {"name": [name]}}) + "\n")
    load(data, file, "hostile", "2025-01-01")
    customers = tmp_path / "c.csv"
    customers.write_text('name,city\n"Zyx Ganymede <img src=x onerror=y>",x\n')
    asked = ("screen", "--input", customers, "--threshold", "0", "--evidence", output)
    assert command(*asked, data=data).status == 0
    page = page_of(output)
    assert not page.xpath("//script | //img | //*[starts-with(name(@*), 'on')]")
    assert "\u202e" not in output.read_text() and "Ganymede" in texts(page)
    assert command("verify", output, data=data).status == 0


def test_evidence_complains(history: Path, tmp_path: Path) -> None:
    assert "is a directory" in command("screen", "x y", "--evidence", tmp_path, data=history).complaint(2)
    wrong = tmp_path / "no" / "page.html"
    assert "no folder" in command("screen", "x y", "--evidence", wrong, data=history).complaint(2)
    same = ("--output", tmp_path / "x.csv", "--evidence", tmp_path / "x.csv")
    assert "is the output too" in command("screen", "x y", *same, data=history).complaint(2)
    told = command("screen", "--repeat", "r.json", "--evidence", tmp_path / "p.html", data=history).complaint(2)
    assert "leave it out with --repeat" in told


def test_records_from_before_the_second_clock_are_still_read(history: Path) -> None:
    """The id of a record is made from its content: a field that is not asked for does not change it."""
    from allonym.screening.record import Record

    ran = command("screen", "Ilse Vandermeulen", data=history)
    assert "known_at" not in json.loads(ran.record.read_text())["parameters"]
    assert Record.read(ran.record).parameters.known_at is None
    asked = command("screen", "Ilse Vandermeulen", "--known-at", "2999-01-01", data=history)
    assert Record.read(asked.record).parameters.known_at == "2999-01-01"
    assert command("screen", "--repeat", asked.record, data=history).status == 0


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium here to print a page with")
def test_a_browser_prints_it_legibly(data: Path, tmp_path: Path) -> None:
    """Cyrillic, Arabic and Han names in a PDF as letters, nothing wider than the paper."""
    from pypdf import PdfReader

    load(data, PEOPLE_2024, "people", "2024-01-31")
    page, pdf = tmp_path / "page.html", tmp_path / "page.pdf"
    names = ("Ilse Vandermeulen", "Николас Мадуро", "نيكولاس مادورو", "金正恩")
    command("screen", *names, "--evidence", page, data=data)
    subprocess.run([str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                    f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={pdf}", page.as_uri()],
                   check=True, capture_output=True, timeout=120)  # fmt: skip
    reader = PdfReader(pdf)
    told = " ".join(sheet.extract_text() for sheet in reader.pages)
    for text in ("What was asked", "Ilse Vandermeulen", "Николас Мадуро", "SHA-256 of this page without this line"):
        assert text in " ".join(told.split()), text
    seal = page.read_text().rsplit("<code>", 1)[1][:64]
    assert seal in "".join(told.split())
    assert len(reader.pages) < 8

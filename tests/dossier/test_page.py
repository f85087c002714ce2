"""The page, the pictures and the network: self-contained, and harmless whatever a list says."""

import json
from pathlib import Path

from lxml import etree, html

from tests.command import command, load

HOSTILE = 'Zyx <script>alert(1)</script> & "Q" \u202e'


def test_the_page_loads_and_runs_nothing(new_folder: Path) -> None:
    ran = command("show", "cartel of the suns", "--network", "--format", "html", data=new_folder)
    assert ran.status == 0
    page = html.fromstring(ran.text)
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert len(policy) == 1 and policy[0].startswith("default-src 'none'; style-src 'sha256-")
    assert not page.xpath("//script | //img | //link | //iframe | //@style | //@onclick | //@src")
    assert len(page.xpath("//svg")) == 2
    assert all(url.startswith("http") for url in page.xpath("//a/@href"))
    assert "Material support" in ran.text or "material support" in ran.text


def test_hostile_text_stays_text(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "hostile.jsonl"
    lines = [
        {"id": "h1", "schema": "Person", "properties": {"name": [HOSTILE], "birthPlace": ["<img src=x onerror=y>"]}},
        {"id": "h2", "schema": "Organization", "properties": {"name": ["<b>Gang</b>"]}},
        {"id": "h3", "schema": "Membership", "properties": {"member": ["h1"], "organization": ["h2"],
                                                            "role": ["</svg><script>"]}},
        {"id": "h4", "schema": "Sanction", "properties": {"entity": ["h1"], "authority": ["<i>A</i>"],
                                                          "sourceUrl": ["https://a.example/\"onmouseover=x"]}},
    ]  # fmt: skip
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    load(data, file, "hostile", "2025-01-01")
    ran = command("show", "h1", "--network", "--format", "html", data=data)
    assert ran.status == 0
    page = html.fromstring(ran.text)
    assert not page.xpath("//script | //img | //i | //*[starts-with(name(@*), 'on')]")
    assert "\u202e" not in ran.text and "&lt;script&gt;" in ran.text
    for picture in ran.text.split("<svg")[1:]:
        etree.fromstring("<svg" + picture.split("</svg>")[0] + "</svg>")
    text = command("show", "h1", "--network", data=data).text
    assert "\u202e" not in text and "\\u202e" in text


def test_the_network_as_text(new_folder: Path) -> None:
    ran = command("show", "cartel of the suns", "--network", data=new_folder)
    assert "Network: 5 other actors" in ran.lines
    assert "  leader: Nicolás Maduro Moros (reg-nicolas-maduro)" in ran.lines
    assert "      co-defendant: Nicolás Maduro Guerra (reg-nicolas-maduro-guerra)" in ran.lines


def test_options_that_do_not_go_together(new_folder: Path) -> None:
    for words in (["--network", "--statements"], ["--network", "--format", "ftm"], ["--steps", "3"],
                  ["--statements", "--format", "html"], ["--format", "jsonl"], ["--sources", "x", "--format", "csv"],
                  ["reg-cilia-flores", "--format", "html"]):  # fmt: skip
        assert "dossier" in command("show", "reg-cjng", *words, data=new_folder).complaint(2)

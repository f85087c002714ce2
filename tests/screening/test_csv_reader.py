"""Delimiters, encodings, quotes and lines of text files."""

import csv
import io
from pathlib import Path

import pytest

from allonym.errors import UsageError
from allonym.screening import lines
from allonym.screening.reader import ReadOptions
from tests.screening.customers_file import names, read, write


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    rows = [["name", "notes", "country"], ["Pérez, Ana; María | x", 'say "hi"', "MX"], ["B", "two\nlines", "FR"]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    queries, rejects, _ = read(write(tmp_path, text.getvalue()))
    assert names(queries) == ["Pérez, Ana; María | x", "B"]
    assert [q.row for q in queries] == [2, 3]
    assert rejects == []


def test_a_single_column_is_not_split(tmp_path: Path) -> None:
    queries, rejects, _ = read(write(tmp_path, 'name\nPérez, Ana\n"Smith; John"\n'))
    assert (names(queries), rejects) == (["Pérez, Ana", "Smith; John"], [])


def test_excels_separator_line(tmp_path: Path) -> None:
    queries, _, _ = read(write(tmp_path, "sep=;\r\nname;country\r\nAna;MX\r\n"))
    assert [(q.row, q.caption) for q in queries] == [(3, "Ana")]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(tmp_path: Path, codec: str) -> None:
    rows = "".join(f"José Núñez {i},Peña nº {i} São Paulo,México\n" for i in range(40))
    queries, rejects, source = read(write(tmp_path, ("name,address,country\n" + rows).encode(codec)))
    assert rejects == []
    assert queries[39].caption == "José Núñez 39"
    assert source.oddities.all() == []


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("cp1251", "Иванов Сергей Петрович"),
        ("cp1250", "Łukasz Wójcik Gżegżółka Świętosław"),
        ("cp1252", "François Lefèvre d'Août"),
        ("cp1256", "محمد عبد الرحمن الحسيني"),
        ("gb18030", "张伟 李娜 王秀英 中华人民共和国"),
    ],
)
def test_code_pages(tmp_path: Path, codec: str, name: str) -> None:
    rows = "".join(f"{name},{i}\n" for i in range(40))
    queries, rejects, _ = read(write(tmp_path, ("name,notes\n" + rows).encode(codec)))
    assert rejects == []
    assert queries[0].caption == name


def test_stated_encoding(tmp_path: Path) -> None:
    path = write(tmp_path, "name\nJos\u00e9\n".encode("cp850"))
    assert names(read(path, ReadOptions(encoding="cp850"))[0]) == ["José"]
    with pytest.raises(UsageError):
        read(path, ReadOptions(encoding="klingon"))


def test_a_damaged_row_costs_itself_only(tmp_path: Path) -> None:
    good = "".join(f"José {i},x\n" for i in range(50)).encode()
    queries, rejects, source = read(write(tmp_path, b"name,notes\n" + good + b"Jos\xe9,x\n" + good))
    assert source.survey.encoding == "utf-8"
    assert len(queries) == 100
    assert [(r.line, r.text) for r in rejects] == [(52, "Jos\\xe9,x")]
    assert "0xe9" in rejects[0].reason


def test_accents_far_behind_the_beginning_count(tmp_path: Path) -> None:
    data = b"name\n" + b"John Smith\n" * 100_000 + "José Muñoz Peña\n".encode("cp1252") * 20
    queries, rejects, source = read(write(tmp_path, data))
    assert rejects == []
    assert queries[-1].caption == "José Muñoz Peña"
    assert source.survey.size == len(data)


def test_rows_that_do_not_fit(tmp_path: Path) -> None:
    path = write(
        tmp_path, "name,country\nA,MX\nB\nC,MX,extra\nD,MX,,\n\nE\0E,MX\n...,MX\n" + "x" * 2_000 + ",MX\nF,MX\n"
    )
    queries, rejects, _ = read(path)
    assert names(queries) == ["A", "D", "F"]
    assert [(r.line, r.reason.split()[0]) for r in rejects] == [
        (3, "has"),
        (4, "has"),
        (7, "holds"),
        (8, "no"),
        (9, "the"),
    ]
    assert rejects[1].text == "C,MX,extra"


@pytest.mark.parametrize(
    ("stray", "lost"),
    [
        ('B,"open', [3]),  # to the end of the file
        ('"B,MX', [3]),
        ('B,"x\nC,"y', [3, 4]),  # two stray quotes look like one long cell
    ],
)
def test_an_unclosed_quote_costs_its_own_line(tmp_path: Path, stray: str, lost: list[int]) -> None:
    tail = "".join(f"T{i},MX\n" for i in range(300))
    queries, rejects, _ = read(write(tmp_path, f"name,country\nA,MX\n{stray}\n{tail}"))
    assert [r.line for r in rejects] == lost
    assert names(queries) == ["A", *(f"T{i}" for i in range(300))]


def test_an_unclosed_quote_near_the_end(tmp_path: Path) -> None:
    queries, rejects, _ = read(write(tmp_path, 'name,country\nA,MX\nB,"MX\nC,MX\nD,MX'))
    assert names(queries) == ["A", "C", "D"]
    assert [r.line for r in rejects] == [3]


def test_endless_lines_are_bounded(tmp_path: Path) -> None:
    path = write(tmp_path, b"name,country\nA,MX\n" + b"x" * (3 * lines.MAX_LINE) + b"\nB,MX\n")
    queries, rejects, _ = read(path)
    assert names(queries) == ["A", "B"]
    assert [(r.line, len(r.text) <= 10_000) for r in rejects] == [(3, True)]


def test_old_mac_line_ends(tmp_path: Path) -> None:
    queries, _, _ = read(write(tmp_path, b"name,country\rA,MX\rB,FR\r"))
    assert [(q.row, q.caption) for q in queries] == [(2, "A"), (3, "B")]

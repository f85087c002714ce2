"""Outputs: the same rows in every format, defused and printed safely."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.errors import UsageError
from allonym.screening.defuse import DANGEROUS, defused
from allonym.screening.outcome import COLUMNS, LISTS, Counts, rendered
from allonym.screening.printable import printable
from allonym.screening.query import Query
from allonym.screening.rejects import Reject, RejectsFile
from allonym.screening.writer import WRITERS, output_format
from tests.screening.exact_engine import hit

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)


def rows_of(*pairs: tuple[Query, list[Any]]) -> list[list[Any]]:
    data, _ = rendered([q for q, _ in pairs], [hits for _, hits in pairs])
    return [json.loads(line) for line in data.splitlines()]


def output(kind: str, rows: list[list[Any]]) -> bytes:
    file = io.BytesIO()
    WRITERS[kind](rows, file)
    return file.getvalue()


ANA = Query(2, "7", "Person", {"name": ["Ana Pérez"]})
NOBODY = Query(3, None, "Thing", {"name": ["Nobody"]})


def test_counts_and_rows() -> None:
    data, counts = rendered([ANA, NOBODY], [[hit(), hit("x-2", weight=1.0)], []])
    assert counts == Counts(2, 2, 1)
    assert [json.loads(line)[3] for line in data.splitlines()] == ["x-1", "x-2", None]
    with pytest.raises(ValueError):
        rendered([ANA, NOBODY], [[]])


def test_csv() -> None:
    text = output("csv", rows_of((ANA, [hit()]), (NOBODY, []))).decode()
    first, second = csv.DictReader(io.StringIO(text, newline=""))
    assert tuple(first) == COLUMNS
    assert first == {
        "query_row": "2", "query_id": "7", "query": "Ana Pérez", "entity_id": "x-1", "name": "Ana Pérez",
        "listed_name": "Ana Pérez", "schema": "Person", "score": "0.880797", "match": "true", "reasons": "same name",
        "programs": "US-TERR", "sources": "mine", "snapshots": "mine 2024-05-07", "referents": "x-1",
    }  # fmt: skip
    assert [second[c] for c in COLUMNS] == ["3", "", "Nobody", *[""] * 11]


def test_json_lines_json_and_parquet_say_the_same() -> None:
    import pyarrow.parquet as pq

    rows = rows_of((ANA, [hit()]), (NOBODY, []))
    lines = [json.loads(line) for line in output("jsonl", rows).splitlines()]
    assert lines == json.loads(output("json", rows))
    assert lines == pq.read_table(io.BytesIO(output("parquet", rows))).to_pylist()
    assert lines[0]["reasons"] == ["same name"]
    assert [lines[1][c] for c in COLUMNS[3:]] == [None] * 6 + [[]] * 5


@pytest.mark.parametrize("kind", list(WRITERS))
def test_no_rows_and_twice_the_same_bytes(kind: str) -> None:
    rows = rows_of((ANA, [hit()] * 3), (NOBODY, []))
    assert output(kind, rows) == output(kind, rows)
    assert bool(output(kind, [])) == (kind != "jsonl")


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=8))
def test_csv_is_defused_and_comes_back(texts: list[tuple[str, str, str]]) -> None:
    pairs = [(Query(i, a, "Person", {"name": [b]}), [hit("=id", c, sentence=a)]) for i, (a, b, c) in enumerate(texts)]
    text = output("csv", rows_of(*pairs)).decode()
    found = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(found) == len(texts)
    for row, (a, b, c) in zip(found, texts, strict=True):
        assert (row["query_id"], row["query"], row["name"], row["reasons"]) == tuple(map(defused, (a, b, c, a)))
        assert row["entity_id"] == "'=id"
        assert not any(cell.startswith(DANGEROUS) for cell in row.values())


@given(TEXT)
def test_defusing_only_puts_an_apostrophe_in_front(text: str) -> None:
    assert not defused(text).startswith(DANGEROUS)
    assert defused(text) == (f"'{text}" if text[:1] in DANGEROUS and text else text)


def test_the_table_has_one_line_a_hit_with_the_whole_reason() -> None:
    why = "same family name; " * 40 + "end"
    table = output("table", rows_of((ANA, [hit(sentence=why), hit("x-2")]), (NOBODY, []))).decode()
    lines = table.splitlines()
    assert len([line for line in lines if "Ana" in line]) == 2
    assert lines[2].endswith(why)
    assert lines[-1] == "1 query without a hit"


def test_wide_characters_keep_the_columns() -> None:
    from rich.cells import cell_len

    query = Query(2, None, "Person", {"name": ["李" * 40]})
    lines = output("table", rows_of((query, [hit(sentence="WHY")]), (ANA, [hit(sentence="WHY")]))).decode().splitlines()
    assert len({cell_len(line[: line.index("WHY")]) for line in lines[2:4]}) == 1


def test_hostile_names_cannot_move_the_cursor_or_mark_up() -> None:
    name = "\x1b[2J[bold]evil[/bold]\u202egnp\nnew line\u2066"
    table = output(
        "table", rows_of((Query(1, None, "Person", {"name": [name]}), [hit(name=name, sentence=name)]))
    ).decode()
    assert not set("\x1b\u202e\u2066") & set(table)
    assert "[bold]" in table
    assert len(table.splitlines()) == 5


@given(TEXT)
def test_printable(text: str) -> None:
    shown = printable(text)
    assert len(shown.splitlines()) <= 1
    assert not any(c in shown for c in "\x1b\x00\x07\x9b\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


@pytest.mark.parametrize("text", ["José Ñandú", "محمد", "李小龙", "Владимир", "นาย", "می\u200cخواهم"])
def test_letters_are_printed_as_they_are(text: str) -> None:
    assert printable(text) == text


def test_formats() -> None:
    assert output_format(None, None) == "table"
    assert output_format(Path("x.CSV"), None) == "csv"
    assert output_format(Path("x.csv"), "json") == "json"
    for path, stated in ((Path("x.doc"), None), (None, "xml")):
        with pytest.raises(UsageError):
            output_format(path, stated)


def test_rejects_file(tmp_path: Path) -> None:
    with RejectsFile(tmp_path / "r.csv") as rejects:
        rejects.add(Reject(3, "has 2 fields", '=cmd,"x"\ny'))
        rejects.add(Reject(4, "why", "x" * 20_000))
    with (tmp_path / "r.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows[:2] == [["line", "reason", "row"], ["3", "has 2 fields", '\'=cmd,"x"\ny']]
    assert len(rows[2][2]) == 10_000
    assert rejects.count == 2


def test_lists_are_columns() -> None:
    assert set(LISTS) < set(COLUMNS)

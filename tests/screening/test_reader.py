"""Files of every kind as queries and rejects."""

import csv
import datetime
import hashlib
import io
import json
import os
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allonym.errors import InputError
from allonym.screening import encoding
from allonym.screening.query import Query
from allonym.screening.reader import Input, ReadOptions
from tests.screening.customers_file import names, read, write


def test_a_row_becomes_a_query(tmp_path: Path) -> None:
    path = write(tmp_path, "ID;Nombre completo;Fecha de nacimiento;Nacionalidad;Tipo;Nota\n"
                           "7;José Pérez;17/05/1960;mexicana;persona física;x\n"
                           "8;Ana;03/04/1970;Alemania;;\n9;Pemex;01/02/1938;MX;empresa;\n")  # fmt: skip
    queries, rejects, source = read(path)
    assert rejects == []
    assert queries[0] == Query(
        2, "7", "Person", {"name": ["José Pérez"], "birthDate": ["1960-05-17"], "nationality": ["mx"]},
        {"ID": "7", "Nombre completo": "José Pérez", "Fecha de nacimiento": "17/05/1960", "Nacionalidad": "mexicana",
         "Tipo": "persona física", "Nota": "x"})  # fmt: skip
    assert queries[1].properties["birthDate"] == ["1970-04-03"]
    assert queries[1].schema == "Person"
    assert queries[2].schema == "Organization"
    assert queries[2].properties == {"name": ["Pemex"], "incorporationDate": ["1938-02-01"], "country": ["mx"]}
    assert source.oddities.all() == []
    assert '"Nota"' in source.describe()
    assert "semicolons" in source.describe()


def test_names_in_parts(tmp_path: Path) -> None:
    path = write(tmp_path, "Prénom,Nom\nAnne Marie,de Gaulle\nAnne Dupont,Dupont\n,Solo\n,\n")
    queries, rejects, _ = read(path)
    assert names(queries) == ["Anne Marie de Gaulle", "Anne Dupont", "Solo"]
    assert queries[0].properties["lastName"] == ["de Gaulle"]
    assert [r.line for r in rejects] == [5]


def test_a_person_and_a_company_in_one_row_are_two_queries(tmp_path: Path) -> None:
    queries, _, _ = read(write(tmp_path, "name,company,DOB\nAna,Pemex,1960\n,Pemex,\nAna,,\n"))
    assert [(q.row, q.caption, q.schema) for q in queries] == [
        (2, "Ana", "Person"), (2, "Pemex", "Organization"), (3, "Pemex", "Organization"), (4, "Ana", "Thing"),
    ]  # fmt: skip
    assert "incorporationDate" not in queries[1].properties


def test_the_kind_is_taken_from_the_columns_that_are_filled(tmp_path: Path) -> None:
    queries, _, _ = read(write(tmp_path, "name,imo,passport,lei\nA,9187629,,\nB,,X1,\nC,,,\n"))
    assert [q.schema for q in queries] == ["Vessel", "Person", "Thing"]
    queries, _, _ = read(write(tmp_path, "name,type\nA,\nB,buque\n"), ReadOptions(schema="Person"))
    assert [q.schema for q in queries] == ["Person", "Vessel"]


def test_what_is_not_understood_is_told_and_the_row_is_screened(tmp_path: Path) -> None:
    path = write(tmp_path, "name,DOB,country,gender,type\nA,03/04/1970,Atlantis,robot,\nB,17/05/60,,,thing\n"
                           "C,n/a,-,unknown,company\nD,1990-02-01,,M,company\n")  # fmt: skip
    queries, rejects, source = read(path)
    assert names(queries) == ["A", "B", "C", "D"]
    assert rejects == []
    assert queries[0].properties == {"name": ["A"], "birthDate": ["1970"]}
    told = [str(oddity) for oddity in source.oddities.all()]
    assert len(told) == 6
    for word in ("ambiguous", "Atlantis", "robot", "two-digit", "'thing'", "gender is nothing a Organization has"):
        assert any(word in line for line in told), word


def test_json_lines_of_entities(tmp_path: Path) -> None:
    rows = [
        {"id": "1", "schema": "Person", "properties": {"name": ["Ana"], "birthDate": ["1960-05"], "odd": ["x"]}},
        {"schema": "Nobody", "properties": {"name": ["B"]}},
        {"schema": "Vessel", "properties": {"name": "C", "imoNumber": ["9187629"]}},
    ]
    path = write(tmp_path, "\n".join(map(json.dumps, rows)) + "\n[1]\n{oops\n", "k.jsonl")
    queries, rejects, source = read(path)
    assert [(q.row, q.id, q.schema, q.caption) for q in queries] == [
        (1, "1", "Person", "Ana"),
        (3, None, "Vessel", "C"),
    ]
    assert [r.line for r in rejects] == [2, 4, 5]
    assert source.mapping is None
    assert [o.example for o in source.oddities.all()] == ["odd"]


def test_flat_json_lines(tmp_path: Path) -> None:
    rows = [{"Name": "Ana", "dob": "03/04/1960"}, {"alias": ["A", "B"], "Name": "Bo", "dob": "17/04/1960"},
            {"Name": {"a": 1}}, {"Name": 7}]  # fmt: skip
    queries, rejects, source = read(write(tmp_path, "\n".join(map(json.dumps, rows)), "k.ndjson"))
    assert source.mapping and source.mapping.headings == ("Name", "dob", "alias")
    assert queries[0].properties == {"name": ["Ana"], "birthDate": ["1960-04-03"]}
    assert queries[1].properties["alias"] == ["A", "B"]
    assert queries[2].caption == "7"
    assert [r.line for r in rejects] == [3]


def test_parquet(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({
        "customer_id": [1, 2, 3], "full_name": ["Ana", None, "Bo"], "alias": [["x", "y"], [], None],
        "date of birth": [datetime.date(1960, 5, 17), None, None], "seen": [datetime.datetime(2020, 1, 1)] * 3,
    })  # fmt: skip
    pq.write_table(table, tmp_path / "k.parquet")
    queries, rejects, source = read(tmp_path / "k.parquet")
    assert [(q.row, q.id, q.caption) for q in queries] == [(1, "1", "Ana"), (3, "3", "Bo")]
    assert queries[0].properties == {"name": ["Ana"], "alias": ["x", "y"], "birthDate": ["1960-05-17"]}
    assert [r.line for r in rejects] == [2]
    assert source.fraction == 1.0


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("k.csv", b"", "is empty"),
        ("k.csv", b"\n\n \n", "is empty"),
        ("k.csv", b"a,b\n1,2\n", "--map"),
        ("k.csv", b"PK\x03\x04abc", "Excel"),
        ("k.csv", b"PAR1abc", "Parquet"),
        ("k.csv", b"\x00" * 100, "headings"),
        ("k.jsonl", b"", "is empty"),
        ("k.jsonl", b"\n[]\n", "no JSON object"),
        ("k.parquet", b"PAR1 and no more", "no Parquet"),
        ("k.xlsx", b"x", "no format"),
        ("k", b"x", "no ending"),
        ("k.csv", ",".join(f"c{i}" for i in range(1_001)).encode() + b"\n", "columns"),
    ],
)
def test_unusable_files_in_one_line(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = write(tmp_path, data, name)
    with pytest.raises(InputError, match=says) as caught:
        read(path)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_missing_directory_and_device(tmp_path: Path) -> None:
    (tmp_path / "d.csv").mkdir()
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    for path, says in (("no.csv", "no such file"), ("d.csv", "directory"), ("zero.csv", "device")):
        with pytest.raises(InputError, match=says):
            read(tmp_path / path)


def test_standard_input_and_pipes(tmp_path: Path) -> None:
    queries, _, source = read("-", stdin=io.BytesIO(b"name\nAna\n"))
    assert (names(queries), source.name) == (["Ana"], "standard input")
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    thread = threading.Thread(target=lambda: pipe.write_bytes(b"name,DOB\nAna,17/05/1960\n"))
    thread.start()
    queries, _, _ = read(pipe)
    thread.join()
    assert queries[0].properties["birthDate"] == ["1960-05-17"]


def test_a_file_can_be_read_twice(tmp_path: Path) -> None:
    with Input(str(write(tmp_path, "name\nAna\nBo\n".encode("utf-16")))) as source:
        assert list(source) == list(source)


CELL = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffd"), max_size=30)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(CELL, CELL), min_size=1, max_size=20),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_every_row_is_a_query_or_a_reject(
    tmp_path: Path, rows: list[tuple[str, str]], delimiter: str, codec: str
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([("full name", "notes"), *rows])
    queries, rejects, _ = read(write(tmp_path, text.getvalue().encode(codec)))
    assert len(queries) + len(rejects) == len(rows)
    usable = [(i, name) for i, (name, _) in enumerate(rows, 2) if any(c.isalnum() for c in name)]
    assert [(q.row, "".join(q.caption.split())) for q in queries] == [(i, "".join(name.split())) for i, name in usable]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"name,country\n", b"name\n", b""]))
def test_any_bytes_give_rows_or_one_error(tmp_path: Path, data: bytes, head: bytes) -> None:
    path = write(tmp_path, head + data)
    try:
        read(path)
    except InputError as error:
        assert "\n" not in str(error)


@settings(max_examples=100)
@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-8-sig", "utf-32"]))
def test_survey_knows_unicode(text: str, codec: str) -> None:
    data = text.replace("\0", "").removeprefix("\ufeff").encode(codec)
    found = encoding.survey(io.BytesIO(data))
    assert (found.size, found.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert data.decode(found.encoding) == data.decode(codec)

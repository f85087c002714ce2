"""FtM JSON lines: golden lines, fragments, unknown words, hostile input, the shared file."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allonym.errors import ListError
from allonym.model import Statement
from allonym.sources.entry import Report
from allonym.sources.ftm_json import FORMAT, read, recognise, source
from allonym.sources.source import Bundle

LINES = Path(__file__).parent / "data" / "ftm_un.jsonl"
LIST = Path(__file__).parents[3] / "shared" / "lists" / "ftm" / "un_2026-02_ofac_2025-11.ftm.jsonl"


def load(path: Path) -> tuple[list[Statement], Report]:
    report = Report()
    return [s for s in read(Bundle(FORMAT, path), report) if isinstance(s, Statement)], report


def write(folder: Path, *entities: Any) -> Path:
    path = folder / "x.jsonl"
    path.write_bytes(b"".join(e if isinstance(e, bytes) else orjson.dumps(e) + b"\n" for e in entities))
    return path


def entity(entity_id: Any = "a", schema: str = "Person", **properties: Any) -> dict[str, Any]:
    return {"id": entity_id, "schema": schema, "properties": properties}


def properties(statements: list[Statement], entity_id: str = "a") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for s in statements:
        if s.entity_id == entity_id:
            found.setdefault(s.prop, []).append(f"{s.value}@{s.qualifier}" if s.qualifier else s.value)
    return found


def test_golden() -> None:
    statements, report = load(LINES)
    assert report.issues == []
    for line in LINES.read_bytes().splitlines():
        data = orjson.loads(line)
        assert properties(statements, data["id"]) == data["properties"]
        assert {s.schema for s in statements if s.entity_id == data["id"]} == {data["schema"]}
    assert {(s.lang, s.qualifier, s.original) for s in statements} == {(None, None, None)}


def test_recognised(tmp_path: Path) -> None:
    assert recognise(LINES, LINES.read_bytes()[:8192])
    long = write(tmp_path, entity(name=["x" * 20_000]))
    assert recognise(long, long.read_bytes()[:8192])
    marked = write(tmp_path, b"\xef\xbb\xbf\n \n", entity())
    assert recognise(marked, marked.read_bytes()[:8192])
    for other in (b'{"id": "a"}\n', b"[]\n", b"id,name\n", b"{", b""):
        path = write(tmp_path, other)
        assert not recognise(path, other)


def test_source() -> None:
    mine = source("mine")
    assert (mine.name, mine.licence, mine.floors.entries, mine.floors.shrinkage) == (
        "mine",
        "as given by the user",
        1,
        1,
    )
    assert mine.formats[0].source == "mine"


def test_values_are_kept_or_converted_with_the_original(tmp_path: Path) -> None:
    path = write(tmp_path, entity(
        name=["  Two  blanks ", "IBRĀHĪM"], birthDate=["1960-05-17T00:00:00", "17 May 1960", "soon"],
        nationality=["ru", "Russia"], weight=[81, 81.5, True, None, ""], idNumber="A 1",
        topics=["sanction", "new.topic"],
    ))  # fmt: skip
    statements, report = load(path)
    assert properties(statements) == {
        "name": ["  Two  blanks ", "IBRĀHĪM"],
        "birthDate": ["1960-05-17T00:00:00", "1960-05-17"],
        "notes": ["soon@unparsed:birthDate"],
        "nationality": ["ru", "ru"],
        "weight": ["81", "81.5", "true"],
        "idNumber": ["A 1"],
        "topics": ["sanction", "new.topic"],
    }
    assert {s.value: s.original for s in statements if s.original} == {"1960-05-17": "17 May 1960", "ru": "Russia"}
    assert [(i.code, i.original) for i in report.issues] == [("unparsed", "soon"), ("unknown_value", "new.topic")]


def test_unknown_property_is_kept_and_reported_once(tmp_path: Path) -> None:
    path = write(tmp_path, *(entity(str(i), name=["N"], shoeSize=["44"]) for i in range(5)))
    statements, report = load(path)
    assert sum(s.prop == "shoeSize" for s in statements) == 5
    assert [(i.code, i.original) for i in report.issues] == [("unknown_property", "shoeSize")]


@pytest.mark.parametrize(
    ("props", "schema"),
    [
        ({"name": ["N"], "birthDate": ["1960"], "passportNumber": ["1"]}, "LegalEntity"),
        ({"subject": ["x"], "object": ["y"], "role": ["z"]}, "UnknownLink"),
        ({}, "LegalEntity"),
    ],
)
def test_unknown_schema(tmp_path: Path, props: dict[str, list[str]], schema: str) -> None:
    path = write(tmp_path, *({"id": i, "schema": "Martian", "properties": props} for i in ("a", "b")))
    statements, report = load(path)
    assert {s.schema for s in statements} == {schema}
    holder = "summary" if schema == "UnknownLink" else "notes"
    assert properties(statements)[holder] == ["Martian@unparsed:schema"]
    assert [i.original for i in report.issues if i.code == "unknown_schema"] == ["Martian"]


def test_fragments_are_merged(tmp_path: Path) -> None:
    path = write(
        tmp_path, entity("a", "LegalEntity", name=["N"]), entity("b", name=["Other"]),
        entity("a", "Company", name=["N", "M"], jurisdiction=["ch"]),
    )  # fmt: skip
    statements, report = load(path)
    assert [(s.entity_id, s.schema, s.value) for s in statements] == [
        ("b", "Person", "Other"), ("a", "Company", "N"), ("a", "Company", "M"), ("a", "Company", "ch"),
    ]  # fmt: skip
    assert [i.code for i in report.issues] == ["fragments"]


def test_unrelated_schemata_are_kept_apart(tmp_path: Path) -> None:
    path = write(tmp_path, entity("a", "Person", name=["N"]), entity("a", "Vessel", name=["M"]),
                 entity("a", "Person", birthDate=["1960"]))  # fmt: skip
    statements, report = load(path)
    assert properties(statements) == {"name": ["N"], "birthDate": ["1960"]}
    (other,) = {s.entity_id for s in statements} - {"a"}
    assert other.startswith("a-")
    assert properties(statements, other) == {"name": ["M"]}
    assert [i.code for i in report.issues] == ["fragments", "duplicate_id"]


def test_context(tmp_path: Path) -> None:
    line = {**entity(name=["N"]), "caption": "N", "datasets": ["d"], "referents": ["old-1"], "first_seen": "2020",
            "last_seen": "2021", "last_change": "2021", "target": True, "mood": {"x": 1}}  # fmt: skip
    statements, report = load(write(tmp_path, line))
    assert properties(statements) == {"name": ["N"], "referents": ["old-1@context"], "mood": ['{"x":1}@context']}
    assert [(i.code, i.original) for i in report.issues] == [("unknown_property", "mood")]


def test_nested_entity(tmp_path: Path) -> None:
    path = write(tmp_path, entity(addressEntity=[{"id": "addr-1", "schema": "Address", "properties": {}}]))
    statements, report = load(path)
    assert properties(statements)["addressEntity"] == ["addr-1"]
    assert properties(statements)["notes"][0].startswith('{"id":"addr-1"')
    assert [i.code for i in report.issues] == ["unparsed"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'{"id": "a", "schema": "Person", "prop', "no valid JSON"),
        (b'{"id": "a\xff", "schema": "Person", "properties": {}}', "no valid JSON"),
        (b'{"id":"a","schema":"Person","properties":{"name":' + b"[" * 5000 + b"]" * 5000 + b"}}", "no valid JSON"),
        (b"[1]", "no JSON object"),
        (b'{"schema": "Person", "properties": {}}', "has no id"),
        (b'{"id": " ", "schema": "Person", "properties": {}}', "has no id"),
        (b'{"id": true, "schema": "Person", "properties": {}}', "has no id"),
        (b'{"id": "' + b"x" * 1001 + b'", "schema": "Person", "properties": {}}', "1,001 characters"),
        (b'{"id": "a", "properties": {}}', "no schema"),
        (b'{"id": "a", "schema": "Person", "properties": []}', "no properties"),
        (b'{"id": "' + b"x" * 10_000_000 + b'"}', "longer than 10,000,000 bytes"),
    ],
)
def test_refused(tmp_path: Path, line: bytes, says: str) -> None:
    path = write(tmp_path, entity("ok", name=["N"]), b"\n", line + b"\n")
    with pytest.raises(ListError, match=says) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}, line 3: ")
    assert "\n" not in str(caught.value)


def test_number_as_id(tmp_path: Path) -> None:
    assert load(write(tmp_path, entity(7, name=["N"])))[0][0].entity_id == "7"


@given(st.lists(st.text(min_size=1, max_size=30).filter(lambda t: not t.isspace()), max_size=5, unique=True))
def test_names_are_kept_exactly(names: list[str]) -> None:
    with TemporaryDirectory() as folder:
        statements, _ = load(write(Path(folder), entity(name=names)))
    assert [s.value for s in statements] == names


@pytest.mark.shared
def test_shared_file() -> None:
    if not LIST.exists():
        pytest.skip("../shared is not here")
    statements, report = load(LIST)
    assert len({s.entity_id for s in statements}) == 19_313
    assert sum(1 for s in statements if s.name_kind) == 43_099
    assert report.issues == []
    assert Counter(s.name_kind for s in statements if s.name_kind)["primary"] == 19_313

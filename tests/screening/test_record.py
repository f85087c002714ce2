"""Records of runs, and runs made again from them."""

import dataclasses
import json
from pathlib import Path

import pytest

from allonym.errors import InputError, NotFoundError
from allonym.screening.reader import Input, ReadOptions
from allonym.screening.record import Parameters, Record
from allonym.screening.repeat import repeat
from allonym.screening.run import RunOptions, run
from tests.screening.exact_engine import ExactNames, screener

LISTED = ExactNames((("x-1", "Ana Pérez"),))


@pytest.fixture
def record(tmp_path: Path) -> Record:
    path = tmp_path / "k.csv"
    path.write_bytes("Kunde;Ort\nAna Pérez;Köln\nBo;\n".encode("cp1252"))
    parameters = Parameters(threshold=0.5, schema="Person", sources=("mine",))
    with Input(str(path), ReadOptions(maps=["Kunde=name"], schema="Person")) as source:
        return run(source, screener(LISTED, parameters), RunOptions(output=tmp_path / "h.csv")).record


def test_written_and_read(record: Record, tmp_path: Path) -> None:
    path = record.write(tmp_path / "records")
    assert path.name == f"{record.record_id}.json"
    assert Record.read(path) == record
    assert path.read_bytes() == record.to_json()
    document = json.loads(path.read_text())
    assert document["mapping"] == [["Kunde", "name"], ["Ort", None]]
    assert (document["queries"], document["queries_matched"], document["encoding"]) == (2, 1, "cp1252")


@pytest.mark.parametrize("change", ["[]", "{}", "no", '{"format": "record/1"}'])
def test_no_record(tmp_path: Path, change: str) -> None:
    (tmp_path / "r.json").write_text(change)
    with pytest.raises(InputError):
        Record.read(tmp_path / "r.json")
    with pytest.raises(NotFoundError):
        Record.read(tmp_path / "no.json")


def test_an_altered_record_is_refused(record: Record, tmp_path: Path) -> None:
    path = record.write(tmp_path)
    path.write_text(path.read_text().replace('"hits": 1', '"hits": 0'))
    with pytest.raises(InputError, match="altered"):
        Record.read(path)


def test_repeated_the_bytes_are_the_same(record: Record, tmp_path: Path) -> None:
    again = repeat(record, screener(LISTED, record.parameters), RunOptions(output=tmp_path / "again.csv"))
    assert again.identical
    assert again.differences == ()
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "h.csv").read_bytes()


def test_another_result_is_seen(record: Record, tmp_path: Path) -> None:
    other = dataclasses.replace(screener(ExactNames(()), record.parameters), weights_version="other")
    again = repeat(record, other, RunOptions(output=tmp_path / "again.csv"))
    assert not again.identical
    assert again.differences == ("weights exact then, other now",)


def test_another_input_is_refused(record: Record, tmp_path: Path) -> None:
    moved = (tmp_path / "k.csv").rename(tmp_path / "moved.csv")
    with pytest.raises(InputError, match="no such file"):
        repeat(record, screener(LISTED, record.parameters), RunOptions(output=tmp_path / "a.csv"))
    assert repeat(
        record, screener(LISTED, record.parameters), RunOptions(output=tmp_path / "a.csv"), input_path=str(moved)
    ).identical
    moved.write_text("Kunde\nsomebody else\n")
    with pytest.raises(InputError, match="not the recorded input"):
        repeat(
            record, screener(LISTED, record.parameters), RunOptions(output=tmp_path / "a.csv"), input_path=str(moved)
        )


def test_another_engine_is_a_defect(record: Record) -> None:
    with pytest.raises(ValueError, match="lists and parameters"):
        repeat(record, screener(LISTED, Parameters()))

"""A run made again from its record.

Takes a record and an engine made with the record's own lists and parameters; gives the new run and whether its output
is the same, byte for byte. Must not screen another input than the recorded one.
"""

from dataclasses import dataclass, replace
from typing import BinaryIO

from allonym.screening.reader import Input, ReadOptions
from allonym.screening.record import Record
from allonym.screening.run import RunOptions, RunResult, Screener, run


@dataclass(frozen=True, slots=True)
class Repetition:
    """The new run, whether its output is byte for byte the recorded one, and what differs between the versions used."""

    result: RunResult
    identical: bool
    differences: tuple[str, ...]


def repeat(
    record: Record,
    screener: Screener,
    options: RunOptions | None = None,
    *,
    input_path: str | None = None,
    stdin: BinaryIO | None = None,
) -> Repetition:
    """Run the record again. `input_path` is where the input lies now, else where it lay.

    The screener must be made with `record.view` and `record.parameters`: ValueError otherwise, for that is a defect
    of the caller. Raises InputError when the input is not the recorded one. The output has the record's format.
    """
    if (screener.view, screener.parameters) != (record.view, record.parameters):
        raise ValueError("the engine was not made with the record's lists and parameters")
    read = ReadOptions(mapping=record.columns(), schema=record.parameters.schema, encoding=record.encoding)
    with Input(input_path or record.input_path, read, stdin=stdin, sha256=record.input_sha256) as source:
        result = run(source, screener, replace(options or RunOptions(), format=record.output_format))
    pairs = (("allonym", record.allonym_version, screener.allonym_version),
             ("weights", record.weights_version, screener.weights_version))  # fmt: skip
    differences = tuple(f"{what} {before} then, {now} now" for what, before, now in pairs if before != now)
    return Repetition(result, result.record.output_sha256 == record.output_sha256, differences)

"""The register that comes with this version of the package: where its files are, and what they hold as records.

Takes nothing; gives the folder and the `Register`. Must not check it (`registers/check.py` does), so that whoever only
wants its names need not load what the check needs.
"""

import importlib.resources
from functools import cache
from pathlib import Path

from allonym.registers.records import Act as Act
from allonym.registers.records import Actor as Actor
from allonym.registers.records import Effect as Effect
from allonym.registers.records import MeasureType as MeasureType
from allonym.registers.records import OfficialList as OfficialList
from allonym.registers.records import Program as Program
from allonym.registers.records import Register, load


def folder() -> Path:
    """The folder of the register's files."""
    return Path(str(importlib.resources.files("allonym.registers")))


@cache
def register() -> Register:
    """The register as records. Raises ListError for a file that is damaged."""
    return load(folder())

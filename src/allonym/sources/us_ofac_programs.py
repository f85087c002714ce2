"""OFAC's program codes: what each is called, its legal basis, its FollowTheMoney key and the topics it implies.

Takes a code as the lists print it (`SDGT`, `RUSSIA-EO14024`); gives what registers/ofac_programs.json holds of it. Must
not invent: a code that is not there has its own text as title and nothing else.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

AUTHORITY = "Office of Foreign Assets Control"
JOINT = re.compile(r"\]\s*\[")
ORDER = re.compile(r"(?:Executive Order|E\.?O\.?) ?(\d{5})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Program:
    """A sanctions program. `program_id` is FollowTheMoney's key (`US-TERR`), where there is none OFAC's own code;
    `topics` are FtM topics."""

    code: str
    title: str
    legal_basis: str | None = None
    program_id: str | None = None
    topics: tuple[str, ...] = ()

    def rests_on(self, order: str) -> bool:
        """Whether the program is of the executive order with that number."""
        return f"EO{order}" in self.code or f"E.O. {order}" in (self.legal_basis or "")


@lru_cache(maxsize=1)
def _register() -> dict[str, Program]:
    text = resources.files("allonym.registers").joinpath("ofac_programs.json").read_text(encoding="utf-8")
    return {
        code: Program(
            code, row["title"], row.get("legal_basis"), row.get("program_id") or code, tuple(row.get("topics", ()))
        )
        for code, row in json.loads(text)["programs"].items()
    }


def program(code: str) -> Program:
    """The program of that code."""
    return _register().get(code) or Program(code, code, program_id=code or None)


def is_known(code: str) -> bool:
    """Whether the register has the code."""
    return code in _register()


def split(text: str) -> tuple[str, ...]:
    """The codes of a CSV cell: `SDGT] [IFSR`."""
    return tuple(code.strip() for code in JOINT.split(text.strip().strip("[]")) if code.strip())


def of_order(codes: Iterable[str], text: str) -> str | None:
    """The one code among `codes` that the text speaks of by executive order (or as CMIC); None unless it is one."""
    orders = ORDER.findall(text)
    found = [c for c in codes if any(program(c).rests_on(o) for o in orders) or ("(CMIC)" in text and "CMIC" in c)]
    return found[0] if len(found) == 1 else None

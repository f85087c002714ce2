"""The policy of a data folder: what two people decide, who may what, how long things are kept.

Takes `cases.toml` of the data folder, or nothing where there is none; gives a frozen policy. Everything that is wrong
in the file is told at once, with its line and what to write. Must not read anything else.
"""

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from allonym.cases.alert import OUTCOMES, Listed, State
from allonym.errors import PolicyError, RefusedError, UsageError
from allonym.screening.printable import printable

FILE = "cases.toml"
LONGEST_NAME = 200
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Role(StrEnum):
    """What a person may do; each may what those before may."""

    READER = "reader"
    ANALYST = "analyst"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    def may(self, least: "Role") -> bool:
        """Whether this role may what `least` may."""
        order = list(Role)
        return order.index(self) >= order.index(least)


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts, and in which role."""

    name: str
    role: Role = Role.ADMIN

    @property
    def same_as(self) -> str:
        """The name as it is compared: one person in other letters is nobody else."""
        return " ".join(self.name.split()).casefold()


@dataclass(frozen=True, slots=True)
class Policy:
    """`four_eyes`: per outcome the least score from which two people decide (0: always), None for never; `programs`:
    entities under these always need two; `texts`, `paths`: outcomes that need words, or the guided path to its end;
    `days`: until an alert is due, None for no date; `years` that alerts and their log are kept; `early`: whether they
    may be erased before; `largest`: bytes of an attachment; `people`: roles by name as compared, None for everybody
    everything; `version` is what the audit log names it by."""

    four_eyes: Mapping[State, float | None] = field(default_factory=lambda: dict.fromkeys(OUTCOMES))
    programs: frozenset[str] = frozenset()
    texts: frozenset[State] = frozenset()
    paths: frozenset[State] = frozenset()
    days: int | None = None
    years: int = 10
    early: bool = False
    largest: int = 20_000_000
    people: Mapping[str, Role] | None = None
    version: str = "none"

    @classmethod
    def read(cls, folder: Path) -> "Policy":
        """The policy of a data folder. Raises PolicyError that names every line that is wrong."""
        path = folder / FILE
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return cls()
        except OSError as error:
            raise PolicyError(f"{path}: cannot be read ({error.strerror}); check its permissions") from None
        return _Reader(path, data).policy()

    def person(self, by: "str | Person") -> Person:
        """Who acts. A name gets the role that the policy gives it. Raises UsageError for no name, RefusedError for one
        that the policy does not know."""
        name = by.name if isinstance(by, Person) else by
        plain = " ".join(name.split())
        if not plain or len(plain) > LONGEST_NAME or _CONTROLS.search(plain):
            raise UsageError("--by: give the name of whoever acts, in one line")
        if isinstance(by, Person):
            return Person(plain, by.role)
        if self.people is None:
            return Person(plain)
        person = Person(plain)
        if person.same_as not in self.people:
            raise RefusedError(f"{printable(plain)} has no role; add the name under [people] in {FILE}")
        return Person(plain, self.people[person.same_as])

    def second(self, outcome: State, listed: Listed) -> str:
        """Why two people decide on that outcome, in words; empty when one does."""
        least = self.four_eyes.get(outcome)
        if least is not None and listed.score >= least:
            return f"score {listed.score:.3f}, from {least:g} on" if least else "always"
        if found := sorted(self.programs & set(listed.programs)):
            return f"program {', '.join(found)}"
        return ""


def need(person: Person, least: Role, what: str) -> None:
    """Raises RefusedError when the person's role does not reach."""
    if not person.role.may(least):
        able = [role for role in Role if role.may(least)]
        raise RefusedError(f"{printable(person.name)} is {person.role} and may not {what}; "
                           f"that takes {' or '.join(able)}")  # fmt: skip


class _Reader:
    """One policy file. Troubles are gathered and raised once."""

    def __init__(self, path: Path, data: bytes) -> None:
        self.path, self.data = path, data
        self.troubles: list[tuple[int, str]] = []
        self.lines: list[str] = []

    def policy(self) -> Policy:
        """The policy. Raises PolicyError."""
        try:
            text = self.data.decode("utf-8")
            found = tomllib.loads(text)
        except UnicodeDecodeError as error:
            line = self.data[: error.start].count(b"\n") + 1
            raise PolicyError(f"{self.path}, line {line}: is not UTF-8; save it as UTF-8") from None
        except tomllib.TOMLDecodeError as error:
            raise PolicyError(f"{self.path}: {error}; see docs/cases.md for an example") from None
        self.lines = text.splitlines()
        values: dict[str, Any] = {}
        for section, content in found.items():
            if section not in _SECTIONS or not isinstance(content, dict):
                self._trouble(section, None, f"no section [{section}]; there are {', '.join(_SECTIONS)}")
            elif section == "people":
                values["people"] = self._people(content)
            else:
                self._section(section, content, values)
        if self.troubles:
            told = "; ".join(f"line {line}: {what}" for line, what in sorted(self.troubles))
            raise PolicyError(f"{self.path}, {told}")
        eyes = dict.fromkeys(OUTCOMES) | values.pop("four_eyes", {})
        return Policy(four_eyes=eyes, version=hashlib.sha256(self.data).hexdigest()[:16], **values)

    def _section(self, section: str, content: dict[str, Any], values: dict[str, Any]) -> None:
        for key, value in content.items():
            known = _SECTIONS[section]
            if key not in known:
                self._trouble(section, key, f"no {key} in [{section}]; there are {', '.join(known)}")
                continue
            name, read, wanted = known[key]
            try:
                made = read(value)
            except (ValueError, TypeError):
                self._trouble(section, key, f"{key} = {value!r}: give {wanted}")
                continue
            if name == "four_eyes":
                values.setdefault(name, {})[State(key)] = made
            else:
                values[name] = made

    def _people(self, content: dict[str, Any]) -> dict[str, Role]:
        found: dict[str, Role] = {}
        for name, role in content.items():
            same = Person(name).same_as
            if same in found:
                self._trouble("people", name, f"{name!r} is there twice; keep one")
            try:
                found[same] = Role(role)
            except ValueError:
                self._trouble("people", name, f"{name} = {role!r}: give {', '.join(Role)}")
        return found

    def _trouble(self, section: str, key: str | None, what: str) -> None:
        self.troubles.append((self._line(section, key), what))

    def _line(self, section: str, key: str | None) -> int:
        """The line of a key in a section; tomllib does not tell it."""
        begun = 0
        for number, line in enumerate(self.lines, 1):
            plain = line.strip()
            if plain.startswith("["):
                begun = number if plain.strip("[] \t").split("]")[0].strip("\"'") == section else 0
            if begun and key is None:
                return begun
            named = plain.partition("=")[0].strip().strip("\"'")
            if key is None and named.split(".")[0] == section:
                return number
            if key is not None and (named == key if begun else named == f"{section}.{key}"):
                return number
        return 1


def _score(value: Any) -> float | None:
    """True is always, False never, a number the least score."""
    if isinstance(value, bool):
        return 0.0 if value else None
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError(value)
    return float(value)


def _whole(least: int, most: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(value)
        return value

    return read


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _texts(value: Any) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise TypeError(value)
    return frozenset(value)


def _outcomes(value: Any) -> frozenset[State]:
    found = frozenset(map(State, _texts(value)))
    if not found <= set(OUTCOMES):
        raise ValueError(value)
    return found


def _megabytes(value: Any) -> int:
    return _whole(1, 1_000)(value) * 1_000_000


_NAMED = ", ".join(f'"{outcome}"' for outcome in OUTCOMES)
_EYES = ("four_eyes", _score, "true, false, or the least score (0 to 1) from which two people decide")
_SECTIONS: dict[str, dict[str, tuple[str, Callable[[Any], Any], str]]] = {
    "four_eyes": {
        **{str(outcome): _EYES for outcome in OUTCOMES},
        "programs": ("programs", _texts, 'a list of programs as the lists name them, ["SDGT"]'),
    },
    "closing": {
        "text": ("texts", _outcomes, f"a list of outcomes: {_NAMED}"),
        "path": ("paths", _outcomes, f"a list of outcomes: {_NAMED}"),
    },
    "due": {"days": ("days", _whole(1, 3650), "a number of days, 1 to 3650")},
    "retention": {
        "years": ("years", _whole(1, 100), "a number of years, 1 to 100"),
        "early": ("early", _flag, "true or false"),
    },
    "attachments": {"megabytes": ("largest", _megabytes, "a number of megabytes, 1 to 1000")},
    "people": {},
}

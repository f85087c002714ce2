"""What is measured with: real lists, labelled names, and data folders made from them once.

Takes the folder `shared` beside the repository where it is; gives files, names and data folders. Without it there is
the built-in register alone, and every measure says so. Must not alter a list.
"""

import csv
import hashlib
import random
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import process
from bench.process import ROOT

SHARED = ROOT.parent / "shared"
SEED = 20_261_124
SDN = SHARED / "lists/us_ofac_sdn/xml_2024-05-07/sdn.xml"
UN = SHARED / "lists/un_sc/un_consolidated_2026-02-27.xml"
EU = SHARED / "lists/eu_fsf/eu_fsf_FULL_1_1_2024-05-13.xml"
FTM = SHARED / "lists/ftm/un_2026-02_ofac_2025-11.ftm.jsonl"
UN_PEOPLE = SHARED / "bench/un_people_dev.csv"
UNLISTED = SHARED / "bench/unlisted_people_dev.csv"
#: Data folders by name: the files each is made of, beside the register that is always there.
FOLDERS = {"official": (SDN, UN, EU), "un": (UN,), "ftm": (FTM,), "register": ()}
FULL_RUN, SMALL_RUN = 870.0, 110.0  # seconds; what does not fit is left out, and the output says so
NOT_HERE = f"the real lists are not in {SHARED}; measured on the built-in register alone"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: `small` is a quick look, whose figures are not compared with targets."""

    small: bool

    def of(self, full: int, small: int) -> int:
        """The number for this size."""
        return small if self.small else full


@dataclass(slots=True)
class Data:
    """The data of one run of the benchmark, in a folder of its own that the caller removes."""

    work: Path
    size: Size
    endure: float = 0.0  # seconds of load; 0: none
    shared: bool = field(default_factory=lambda: all(f.exists() for f in (SDN, UN, EU, FTM, UN_PEOPLE, UNLISTED)))
    failed: set[str] = field(default_factory=set)  # peers that broke
    kept: dict[str, Any] = field(default_factory=dict)  # what measures share
    started: float = field(default_factory=time.perf_counter)
    _folders: dict[str, Path] = field(default_factory=dict)

    @property
    def main(self) -> str:
        """The name of the data folder that most is measured on."""
        if not self.shared:
            return "register"
        return "un" if self.size.small else "official"

    def folder(self, name: str) -> Path:
        """The data folder of that name (see `FOLDERS`), made at the first call."""
        if name not in self._folders:
            path = self.work / f"data-{name}"
            if name == "ftm":
                return self.loaded(name, FTM)
            if FOLDERS[name]:
                self.update("--from", str(self.copies(name)), "--data", str(path))
            else:
                self.update("register", "--data", str(path))
            self._folders[name] = path
        return self._folders[name]

    def loaded(self, name: str, file: Path) -> Path:
        """The data folder with that FtM file as the list `mine`, made at the first call."""
        if name not in self._folders:
            path = self.work / f"data-{name}"
            self.update("ftm", "--from", str(file), "--name", "mine", "--data", str(path))
            self._folders[name] = path
        return self._folders[name]

    def left(self) -> float:
        """Seconds that are left of those a run may take."""
        return (SMALL_RUN if self.size.small else FULL_RUN) - (time.perf_counter() - self.started)

    def keep(self, name: str, path: Path) -> None:
        """Use a data folder that a measure has made, in place of making it again."""
        self._folders.setdefault(name, path)

    def copies(self, name: str) -> Path:
        """A folder with the list files of that name alone: links that lead out of a folder are not followed."""
        folder = self.work / f"lists-{name}"
        if not folder.exists():
            folder.mkdir()
            for file in FOLDERS[name]:
                shutil.copyfile(file, folder / file.name)
        return folder

    @staticmethod
    def update(*arguments: str) -> process.Usage:
        """`allonym update`, in a process of its own."""
        return process.run([process.console(), "update", *arguments])

    def listed(self) -> list[dict[str, str]]:
        """Listed people as somebody typed them: un_dataid, name_as_typed, name_listed, birth_date, nationality."""
        return rows(UN_PEOPLE)

    def unlisted(self, count: int | None = None, *, shuffled: bool = False) -> list[dict[str, str]]:
        """People who are on no list: full_name, pool and more; all, or a random sample; in random order on request."""
        found = rows(UNLISTED)
        if shuffled:
            random.Random(SEED).shuffle(found)
            return found[:count]
        return found if count is None or count >= len(found) else random.Random(SEED).sample(found, count)

    def describe(self) -> list[str]:
        """The files with size and checksum, the seed."""
        told = [f"data      seed {SEED}; {'lists in ' + str(SHARED) if self.shared else NOT_HERE}"]
        if not self.shared:
            return told
        for file in (SDN, UN, EU, FTM, UN_PEOPLE, UNLISTED):
            content = file.read_bytes()
            checksum = hashlib.sha256(content).hexdigest()[:12]
            told.append(f"          {file.relative_to(SHARED)}, {len(content) / 1e6:.1f} MB, sha256 {checksum}")
        return told


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by heading."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

"""The contestants, asked the same things in processes of their own: Allonym, logic-v2 behind its index, brute force.

Takes the data of the run; gives `Answered` by contestant and set of cases, each asked once and kept. Where a peer is
too slow it gets the first cases of each set, which stand in random order; every figure tells how many.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import cases, entities, process
from bench.cases import Case
from bench.data import EU, FTM, SEED, Data
from bench.entities import Listing
from bench.figure import OURS

LOGIC, BRUTE = "logic-v2", "token_sort_ratio ≥ 85"
PEERS_PYTHON = process.ROOT / ".venv-peers/bin/python"
LIMIT = 50  # entities a query gets from each contestant
LEAST = 0.12  # of Allonym's scores where not every candidate matters
ALONE = 15  # names of two sets that each peer gets one by one
NO_PEERS = "logic-v2 is not measured: no .venv-peers (make bench makes it; needs libicu-dev and a C++ compiler)"
#: Queries of each set at most, for logic-v2: (full, small).
FOR_LOGIC = {"unlisted": (4_000, 0), "romanised": (300, 0), "mistyped": (800, 0), "aliases": (800, 0),
             "scripts": (500, 0), "dated": (400, 0), "typed": (200, 0), "typed_dated": (300, 0)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answered:
    """What one contestant answered to a set: for each case [[id, score, name], …], best first."""

    by: str
    cases: Sequence[Case]
    answers: list[list[Any]]
    threshold: float
    seconds: float

    @property
    def best(self) -> list[float]:
        """The highest score of each case, 0 without answers."""
        return [rows[0][1] if rows else 0.0 for rows in self.answers]

    @property
    def right(self) -> list[float]:
        """The score of the entity that is meant, 0 where it is not among the answers."""
        return [
            next((row[1] for row in rows if row[0] == case.right), 0.0)
            for case, rows in zip(self.cases, self.answers, strict=True)
        ]

    @property
    def above(self) -> list[int]:
        """How many entities score higher than the one that is meant; LIMIT where it is not among the answers."""
        return [
            sum(row[1] > score for row in rows) if score else LIMIT
            for score, rows in zip(self.right, self.answers, strict=True)
        ]

    @property
    def alone(self) -> list[bool]:
        """Whether the entity that is meant scores higher than all others."""
        return [
            score > 0 and sum(row[1] >= score for row in rows) == 1
            for score, rows in zip(self.right, self.answers, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Ground:
    """An FtM file, and the sets that are asked against it; `every`: even the weakest candidate matters."""

    name: str
    listed: list[Listing]
    sets: dict[str, list[Case]]
    every: bool = False


class Contest:
    """Asks each contestant once for each ground."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.all = entities.read(FTM)
        self._answers: dict[tuple[str, str], dict[str, Answered]] = {}
        self.extra: dict[tuple[str, str], dict[str, Any]] = {}
        self._grounds: dict[str, Ground] = {}

    def ground(self, name: str) -> Ground:
        """The ground of that name: `full`, `aliases`, `scripts` or `eu_scripts`."""
        if name not in self._grounds:
            self._grounds[name] = getattr(self, f"_{name}")()
        return self._grounds[name]

    def _full(self) -> Ground:
        of = self.data.size.of
        rows, nobody = self.data.listed(), self.data.unlisted(of(100_000, 3_000), shuffled=True)
        return Ground("full", self.all, {
            "unlisted": cases.unlisted(nobody),
            "romanised": cases.romanised(nobody),
            "typed": cases.typed(rows),
            "mistyped": cases.mistyped_people(self.all, of(2_000, 300), SEED),
            "dated": cases.dated_people(self.all, of(600, 200), SEED),
            "typed_dated": cases.typed_with_facts(rows),
        })  # fmt: skip

    def _aliases(self) -> Ground:
        asked = cases.aliases(self.all, self.data.size.of(2_000, 400), SEED)
        return Ground("aliases", cases.without(self.all, asked), {"aliases": asked}, every=True)

    def _scripts(self) -> Ground:
        asked = cases.original_script(self.all)
        return Ground("scripts", cases.latin(self.all), {"scripts": asked}, every=True)

    def _eu_scripts(self) -> Ground:
        rows = process.ask("official:entities", file=str(EU), target=str(self.data.work / "eu.ftm.jsonl"))[0]
        listed = entities.read(Path(rows["target"]))
        asked = [case for case in cases.original_script(listed) if case.schema == "Person"]
        return Ground("eu_scripts", cases.latin(listed), {"scripts": asked}, every=True)

    def file(self, ground: Ground) -> Path:
        """The ground as an FtM file."""
        path = self.data.work / f"{ground.name}.ftm.jsonl"
        return path if path.exists() else entities.write(path, ground.listed)

    def folder(self, ground: Ground) -> Path:
        """The ground as a data folder of Allonym's."""
        return self.data.loaded(ground.name, self.file(ground))

    def answered(self, ground_name: str, by: str) -> dict[str, Answered]:
        """The answers of a contestant by set; none where it cannot run or has no time."""
        key = ground_name, by
        if key not in self._answers:
            ground = self.ground(ground_name)
            asked = {name: self._share(name, found, by) for name, found in ground.sets.items()}
            asked = {name: found for name, found in asked.items() if found}
            self._answers[key] = self._ask(ground, asked, by) if asked and by not in self.data.failed else {}
        return self._answers[key]

    def _share(self, name: str, found: list[Case], by: str) -> list[Case]:
        if by != LOGIC:
            return found
        return found[: self.data.size.of(*FOR_LOGIC[name])] if has_logic() else []

    def _ask(self, ground: Ground, asked: dict[str, list[Case]], by: str) -> dict[str, Answered]:
        files = {name: str(cases.dump(self.data.work / f"{by[:5]}-{name}.jsonl", c)) for name, c in asked.items()}
        if by == OURS:
            answer, usage = process.ask("ours:search", data=str(self.folder(ground)), asked=files, limit=LIMIT,
                                        threshold=0.0 if ground.every else LEAST)  # fmt: skip
        else:
            single = str(self._single()) if ground.name == "full" else ""
            given = {"file": str(self.file(ground)), "asked": files, "limit": LIMIT, "single": single}
            told = ask_peer(self.data, by, "search", **given)
            if told is None:
                return {}
            answer, usage = told
        self.extra[ground.name, by] = {k: v for k, v in answer.items() if k != "answers"} | {"peak": usage.peak}
        return {
            name: Answered(by, asked[name], answer["answers"][name], answer["threshold"], answer["seconds"][name])
            for name in asked
        }

    def _single(self) -> Path:
        sets = self.ground("full").sets
        return cases.dump(self.data.work / "single.jsonl", [*sets["unlisted"][:ALONE], *sets["mistyped"][:ALONE]])


def of(data: Data) -> Contest:
    """The contest of this run."""
    contest = data.kept.get("contest")
    if not isinstance(contest, Contest):
        contest = data.kept["contest"] = Contest(data)
    return contest


def has_logic() -> bool:
    """Whether the peers' environment is there."""
    return PEERS_PYTHON.parents[1].joinpath(".installed").exists()


def peers() -> str:
    """The versions in the peers' environment, or why there are none."""
    if not has_logic():
        return NO_PEERS
    found = process.ask("logic_v2:versions", python=str(PEERS_PYTHON))[0]
    return ", ".join(f"{name} {number}" for name, number in found.items())


def ask_peer(data: Data, by: str, function: str, **arguments: Any) -> tuple[dict[str, Any], process.Usage] | None:
    """The answer of a peer; None, told once in one line, where it cannot run or fails. The bench goes on without it."""
    if by == LOGIC and not has_logic():
        return None
    try:
        if by == LOGIC:
            return process.ask(f"logic_v2:{function}", python=str(PEERS_PYTHON), **arguments)
        return process.ask(f"brute:{function}", **arguments)
    except process.ProcessError as error:
        print(f"{by} fails and is left out from here on: {error}", file=sys.stderr)
        data.failed.add(by)
        return None


def limit_at(best: Sequence[float], share: float) -> float:
    """The score that at most this share of the cases exceed: an alert is what lies above it."""
    ordered = sorted(best, reverse=True)
    return ordered[int(share * len(ordered))] if ordered else 0.0

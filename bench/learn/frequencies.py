"""Makes `src/allonym/names/frequencies.tsv`: how rare each part of a name is.

    python -m bench.learn.frequencies --lists ../shared/lists/ftm/un_2026-02_ofac_2025-11.ftm.jsonl

Counts in how many listed persons and organisations a part occurs. Entries kept for testing (SHA-1 of the publisher's
number starts with 0, 1, 2 or 3) are left out. So are parts that occur once: they are as rare as any unknown part.

Parts from a script without vowels agree with others by their skeleton, so a line `~skeleton` counts the bearers of any
part with that skeleton, in whatever script.
"""

import argparse
import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from allonym.names.frequency import CEILING, POOLED, unmet
from allonym.names.parts import Kind, Part, Role, kind_of, read
from allonym.names.script import Script
from allonym.names.sound import skeleton

TARGET = Path(__file__).parents[2] / "src/allonym/names/frequencies.tsv"
HEADER = """\
# How common parts of names are among the listed: lines of a table's name, a rarity in nats, -ln(share of bearers), and
# the parts that have it; ~ before a skeleton pools its spellings in any script. Made by bench/learn/frequencies.py from
# {}: {} persons and {} organisations, vessels and aircraft
"""


def is_kept_for_testing(number: str) -> bool:
    """Whether the entry with this publisher's number must stay out of anything learnt."""
    return hashlib.sha1(number.encode()).hexdigest()[0] in "0123"


@dataclass(slots=True)
class Counts:
    """Entities of one kind: how many in all, and how many bear each part or `~skeleton`."""

    everybody: int = 0
    bearers: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, names: Sequence[set[Part]]) -> None:
        """Count one entity by the parts of each of its names.

        For a skeleton each name counts by its share of the entity's names: with all aliases together nearly everybody
        bears a common one.
        """
        self.everybody += 1
        for text in {p.text for parts in names for p in parts if p.script is not Script.BARE}:
            self.bearers[text] += 1
        for parts in names:
            for bones in {skeleton(p.text) for p in parts}:
                self.bearers[POOLED + bones] += 1 / len(names)

    def rarities(self) -> dict[str, float]:
        """-ln(share of bearers) of each key that was met more than once and is commoner than one not met."""
        found = {}
        for key, met in self.bearers.items():
            value = math.log(self.everybody / met) if met > 1 else CEILING
            if value < (unmet(key.removeprefix(POOLED)) if key.startswith(POOLED) else CEILING):
                found[key] = value
        return found


def count(path: Path) -> dict[Kind, Counts]:
    """Bearers of each part, by kind, among the entities that are not kept for testing."""
    counts = {Kind.PERSON: Counts(), Kind.ORGANISATION: Counts()}
    with path.open(encoding="utf-8") as file:
        for line in file:
            entity = json.loads(line)
            if is_kept_for_testing(entity["id"].rpartition("-")[2]):
                continue
            kind = Kind.PERSON if kind_of(entity["schema"]) is Kind.PERSON else Kind.ORGANISATION
            properties = entity["properties"]
            names = [n for p in ("name", "alias", "weakAlias", "previousName") for n in properties.get(p, ())]
            counts[kind].add([{p for p in read(n, kind).parts if p.role is Role.PART} for n in names])
    return counts


def lines(table: str, rarities: dict[str, float]) -> Iterator[str]:
    """Lines of a table: its name, a rarity, and the parts that have it; commonest first."""
    by_rarity: defaultdict[str, list[str]] = defaultdict(list)
    for key, value in rarities.items():
        by_rarity[f"{value:.2f}"].append(key)
    for shown in sorted(by_rarity, key=float):
        yield f"{table}\t{shown}\t{' '.join(sorted(by_rarity[shown]))}\n"


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lists", type=Path, required=True)
    options = parser.parse_args()
    counts = count(options.lists)
    persons, organisations = counts[Kind.PERSON], counts[Kind.ORGANISATION]
    header = HEADER.format(options.lists.name, persons.everybody, organisations.everybody)
    found = {"person": persons.rarities(), "organisation": organisations.rarities()}
    text = header + "".join(line for table, rarities in found.items() for line in lines(table, rarities))
    TARGET.write_text(text, encoding="ascii")
    print(f"{', '.join(f'{len(r)} parts of {t}s' for t, r in found.items())} to {TARGET}")


if __name__ == "__main__":
    main()

"""Makes `src/allonym/names/frequencies.tsv`: how rare each part of a name is.

    python -m bench.learn.frequencies --lists ../shared/lists/ftm/un_2026-02_ofac_2025-11.ftm.jsonl

Counts in how many listed persons and organisations a part occurs. Entries kept for testing (SHA-1 of the publisher's
number starts with 0, 1, 2 or 3) are left out. So are parts that occur once: they are as rare as any unknown part.
"""

import argparse
import hashlib
import json
import math
from collections import Counter
from pathlib import Path

from allonym.names.frequency import CEILING
from allonym.names.parts import Kind, Role, kind_of, read

TARGET = Path(__file__).parents[2] / "src/allonym/names/frequencies.tsv"


def is_kept_for_testing(number: str) -> bool:
    """Whether the entry with this publisher's number must stay out of anything learnt."""
    return hashlib.sha1(number.encode()).hexdigest()[0] in "0123"


def count(path: Path) -> tuple[dict[Kind, Counter[str]], Counter[Kind]]:
    """Entities bearing each part, and entities in all, by kind."""
    bearers: dict[Kind, Counter[str]] = {Kind.PERSON: Counter(), Kind.ORGANISATION: Counter()}
    totals: Counter[Kind] = Counter()
    with path.open(encoding="utf-8") as file:
        for line in file:
            entity = json.loads(line)
            if is_kept_for_testing(entity["id"].rpartition("-")[2]):
                continue
            kind = Kind.PERSON if kind_of(entity["schema"]) is Kind.PERSON else Kind.ORGANISATION
            properties = entity["properties"]
            names = [n for p in ("name", "alias", "weakAlias", "previousName") for n in properties.get(p, ())]
            parts = {p.text for n in names for p in read(n, kind).parts if p.role is Role.PART and not p.abjad}
            bearers[kind].update(parts)
            totals[kind] += 1
    return bearers, totals


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lists", type=Path, required=True)
    options = parser.parse_args()
    bearers, totals = count(options.lists)
    rows = []
    for part in sorted(set(bearers[Kind.PERSON]) | set(bearers[Kind.ORGANISATION])):
        cells = []
        for kind in (Kind.PERSON, Kind.ORGANISATION):
            met = bearers[kind][part]
            value = math.log(totals[kind] / met) if met > 1 else CEILING
            cells.append(f"{value:.2f}" if value < CEILING else "")
        if any(cells):
            rows.append("\t".join([part, *cells]))
    header = (f"# -ln(share of bearers) among {totals[Kind.PERSON]} listed persons and {totals[Kind.ORGANISATION]} "
              f"listed organisations, vessels and aircraft; from {options.lists.name}\n")  # fmt: skip
    TARGET.write_text(header + "\n".join(rows) + "\n", encoding="ascii")
    print(f"{len(rows)} parts to {TARGET}")


if __name__ == "__main__":
    main()

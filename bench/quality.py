"""The figures of docs/measurements.md that the page /quality shows, as data in the package.

Run `python -m bench.quality` after the figures were measured anew; a test holds that it was done.
"""

import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
MEASURED = ROOT / "docs" / "measurements.md"
DATA = ROOT / "src" / "allonym" / "web" / "quality.json"
HEADLINE, GROUPS = "## Beside the peers", "## Alerts on unlisted people by group of names"
_GROUP = re.compile(r"alerts, (.+?)(?: \[(.+)\])?")
_PERCENT = re.compile(r"([\d.]+) %")


def figures(text: str) -> dict[str, Any]:
    """The headline table, and the alerts by group of names: share, interval (percent), note, by system."""
    head, *rows = _table(text, HEADLINE)
    groups: dict[str, dict[str, Any]] = {}
    for what, share, interval, _, note in _table(text, GROUPS)[1:]:
        found = _GROUP.fullmatch(what)
        numbers = [*_PERCENT.findall(share), *_PERCENT.findall(interval)]
        if found and len(numbers) == 3:
            low_high = [float(number) for number in numbers]
            groups.setdefault(found[1], {})[found[2] or "allonym"] = {"share": low_high, "note": note}
    return {"systems": head[1:4], "headline": [dict(zip(head, row, strict=True)) for row in rows], "groups": groups}


def _table(text: str, title: str) -> list[list[str]]:
    section = text.partition(title)[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|") and not line.startswith("|---")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def main() -> None:
    """Write the data."""
    found = figures(MEASURED.read_text("utf-8"))
    DATA.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()

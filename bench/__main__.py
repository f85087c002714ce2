"""python -m bench [--small] [--only MEASURE] [--endure SECONDS] [--json FILE] [--write docs/measurements.md]

Takes the lists of ../shared where they are, else the built-in register; prints a table a measure and where we lose.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import contest, headline, machine, table
from bench.data import Data, Size
from bench.figure import Section
from bench.measures import MEASURES

ENDURE = 600.0
BEGIN, END = "<!-- figures: written by python -m bench --write -->", "<!-- end of figures -->"


def main(arguments: list[str] | None = None) -> int:
    """Run the measures that are asked for; gives the exit status, 0 also when a target is missed."""
    asked = _parser().parse_args(arguments)
    if asked.write and BEGIN not in asked.write.read_text(encoding="utf-8"):
        print(f"bench: {asked.write} has no line {BEGIN!r} to write after", file=sys.stderr)
        return 2
    head = _Head(machine.describe(), time.strftime("%Y-%m-%d"))
    sections: list[Section] = []
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="allonym-bench-") as work:
        endure = (0.0 if asked.small else ENDURE) if asked.endure is None else asked.endure
        data = Data(Path(work), Size(asked.small), endure)
        head.lines = [
            *machine.lines(head.described),
            f"peers     {contest.peers()}",
            *data.describe(),
            f"size      {'small' if asked.small else 'full'}",
        ]
        print("\n".join(head.lines), flush=True)
        for name in asked.only or MEASURES:
            print(f"… {name}", file=sys.stderr, flush=True)
            begun = time.perf_counter()
            sections.append(MEASURES[name](data))
            print(f"… {name}: {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
            print("\n".join(table.text(sections[-1])), flush=True)
    head.seconds = time.perf_counter() - started
    print("\n".join([*headline.text(sections), "", *_losses(sections), f"\n{head.seconds:.0f} s in all"]))
    if asked.json:
        asked.json.write_text(json.dumps(head.to_dict(sections), indent=1, ensure_ascii=False), encoding="utf-8")
    if asked.write:
        _write(asked.write, head, sections)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--small", action="store_true", help="less of everything, on UN 2026 alone; no targets")
    parser.add_argument("--only", action="append", choices=list(MEASURES), help="this measure; repeatable")
    parser.add_argument("--endure", type=float, metavar="SECONDS",
                        help=f"of load with reloads and kills (default: {ENDURE:g}, with --small none)")  # fmt: skip
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write everything here")
    parser.add_argument("--write", type=Path, metavar="FILE", help="also put the figures into this Markdown file")
    return parser


class _Head:
    """What stands above the figures."""

    def __init__(self, described: dict[str, object], date: str) -> None:
        self.described, self.date = described, date
        self.lines: list[str] = []
        self.seconds = 0.0

    def to_dict(self, sections: list[Section]) -> dict[str, Any]:
        return {
            "date": self.date,
            "machine": self.described,
            "head": self.lines,
            "seconds": round(self.seconds, 1),
            "sections": [section.to_dict() for section in sections],
            "losses": table.losses(sections),
        }


def _losses(sections: list[Section]) -> list[str]:
    lost = table.losses(sections)
    return ["Where we lose", "-------------", *(lost or ["nowhere in what was measured"])]


def _write(path: Path, head: _Head, sections: list[Section]) -> None:
    """Put the figures between the two marks of a Markdown file."""
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    lost = table.losses(sections) or ["Nowhere in what was measured."]
    lines = [BEGIN, "", f"Measured {head.date} by `python -m bench`, in {head.seconds:.0f} s:", "", "```",
             *head.lines, "```", ""]  # fmt: skip
    lines += headline.markdown(sections)
    for section in sections:
        lines += table.markdown(section)
        for name, picture in section.pictures.items():
            path.with_name(name).write_text(picture, encoding="utf-8")
    lines += ["## Where we lose", "", *(f"- {line}" for line in lost), "", END]
    path.write_text(before + "\n".join(lines) + after, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

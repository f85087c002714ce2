"""Annotated news texts: spans are given by their text and which occurrence it is, and become offsets here.

Takes the files of `tests/cases/news`; gives documents as the gold of `reading/1`. A third of them, `part` "held", is
for figures only and never for tuning.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CASES = Path(__file__).parents[1] / "cases/news"


def place(text: str, told: dict[str, Any]) -> dict[str, Any]:
    """The span that is told, with offsets. Raises ValueError where the text does not have it."""
    at = -1
    for _ in range(told.get("nth", 1)):
        at = text.index(told["span"], at + 1)
    return {"start": at, "end": at + len(told["span"]), "text": told["span"]}


def gold(case: dict[str, Any]) -> dict[str, Any]:
    """One case with offsets in place of told spans."""
    text = case["text"]
    mentions = [{**place(text, m), "type": m["type"], "canonical": m["canonical"]} for m in case["mentions"]]
    measures = [
        {**m, "date": m["date"] and place(text, m["date"]), "evidence": place(text, m["evidence"])}
        for m in case["measures"]
    ]
    claims = [{**c, "contents": [place(text, span) for span in c["contents"]]} for c in case["claims"]]
    kept = {name: case[name] for name in ("id", "lang", "outlet", "date", "part", "text")}
    return {**kept, "mentions": mentions, "measures": measures, "claims": claims}


def cases() -> Iterator[dict[str, Any]]:
    """All cases, in the order of their names."""
    for path in sorted(CASES.glob("*.json")):
        yield gold(json.loads(path.read_text(encoding="utf-8")))

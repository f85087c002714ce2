"""An official list as FtM lines, by Allonym's own reader: the child's end.

Takes a list file; writes its entities with names, and gives the path.
"""

import json
from pathlib import Path
from typing import Any

from bench.entities import NAME_PROPS


def entities(file: str, target: str) -> dict[str, Any]:
    """In the child: write one entity a line, names only."""
    from allonym.index.listed import UNSCREENED
    from allonym.model import Statement
    from allonym.sources.discover import discover
    from allonym.sources.entry import Report

    bundle = discover(Path(file)).found[0].bundle
    found: dict[str, dict[str, Any]] = {}
    for record in bundle.format.read(bundle, Report()):
        if isinstance(record, Statement) and record.prop in NAME_PROPS and record.schema not in UNSCREENED:
            entity = found.setdefault(record.entity_id, {"id": record.entity_id, "schema": record.schema,
                                                         "properties": {}})  # fmt: skip
            names = entity["properties"].setdefault(record.prop, [])
            if record.value not in names:
                names.append(record.value)
    with Path(target).open("w", encoding="utf-8") as lines:
        for entity in found.values():
            lines.write(json.dumps(entity, ensure_ascii=False) + "\n")
    return {"target": target, "entities": len(found)}

"""A page about one entity, small enough for a frame in OpenRefine.

Takes an entity; gives HTML without script. Must not let anything through that a list's text could do.
"""

from html import escape
from typing import Any

from followthemoney import model as ftm

from allonym.api.yente import schemata
from allonym.api.yente.shelf import Document

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
MOST_ROWS, MOST_VALUES = 30, 8
STYLE = (
    "body{font:14px/1.4 system-ui,sans-serif;margin:12px;color:CanvasText;background:Canvas;color-scheme:light dark}"
    "h1{font-size:17px;margin:0 0 4px}p{margin:0 0 8px;opacity:.8}th{text-align:left;vertical-align:top;"
    "font-weight:600;padding:2px 10px 2px 0;white-space:nowrap}td{padding:2px 0;overflow-wrap:anywhere}"
)


def page(entity: Document, datasets: dict[str, str]) -> str:
    """The page. `datasets` are titles by name."""
    schema = ftm.schemata[entity["schema"]]
    titles = ", ".join(datasets.get(name, name) for name in entity["datasets"])
    rows = [
        _row(schema.properties[name], values)
        for name, values in entity["properties"].items()
        if not schemata.is_entity_typed(schema.properties[name])
    ][:MOST_ROWS]
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(entity["caption"])}</title>'
        f"<style>{STYLE}</style></head><body><h1>{escape(entity['caption'])}</h1>"
        f"<p>{escape(schema.label)} · {escape(titles)} · {escape(entity['id'])}</p>"
        f"<table>{''.join(rows)}</table></body></html>"
    )


def _row(prop: Any, values: list[str]) -> str:
    shown = [escape(schemata.said(prop, value)) for value in values[:MOST_VALUES]]
    more = f"<br>and {len(values) - MOST_VALUES} more" if len(values) > MOST_VALUES else ""
    return f'<tr><th scope="row">{escape(prop.label)}</th><td>{"<br>".join(shown)}{more}</td></tr>'

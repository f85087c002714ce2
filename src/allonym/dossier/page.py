"""A dossier as one self-contained HTML page.

Takes a dossier and, if wanted, its network; gives the page. It loads nothing and runs nothing: a content security
policy forbids both, the one style sheet is allowed by its hash, and every text from a list is escaped. Links go to web
addresses of citations only.
"""

from collections.abc import Iterable, Iterator
from html import escape

from allonym.dossier import wording
from allonym.dossier.dossier import Dossier, Standing, State
from allonym.dossier.network import Network, tree
from allonym.dossier.pictures import network_picture, time_line
from allonym.model import Citation
from allonym.screening.policy import policy
from allonym.screening.printable import printable

STYLE = (
    "body{font:15px/1.45 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "h1{margin-bottom:0}h2{border-bottom:1px solid #ccc;margin-top:2rem}h3{margin-bottom:.2rem}"
    ".measure{border-left:4px solid #999;padding-left:.8rem;margin:.8rem 0}.in-force{border-color:#a33}"
    ".note{background:#fff5d6;padding:.3rem .6rem}.small{color:#555;font-size:13px}li{overflow-wrap:anywhere}"
    "svg{max-width:100%;height:auto}"
)


def page(dossier: Dossier, network: Network | None = None) -> str:
    """The whole page."""
    title = safe(f"{dossier.caption}: dossier")
    body = "\n".join(_body(dossier, network))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f"{policy(STYLE)}\n"
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def safe(text: str) -> str:
    """Text for a page: invisible characters written out, signs of HTML escaped."""
    return escape(printable(text), quote=True)


def _body(dossier: Dossier, network: Network | None) -> Iterator[str]:
    yield f"<h1>{safe(dossier.caption)}</h1>"
    yield f'<p class="small">{safe(dossier.schema)}, {safe(dossier.entity_id)}</p>'
    for line in wording.days(dossier):
        yield f'<p class="note">{safe(line)}</p>'
    yield from _list("Names", (f"{kind}: {name}" for kind, name in wording.names(dossier)))
    yield from _list("What it is", (f"{p}: {wording.fact(v)}" for p, values in dossier.facts for v in values))
    yield from _list("Who belongs to it", (f"{found.relation}: {wording.link(found)}" for found in dossier.links))
    yield from _amounts(dossier)
    yield from _list("Ownership, by OFAC's 50 Percent Rule", wording.holdings(dossier))
    yield from _list("Rewards", wording.rewards(dossier))
    yield "<h2>Measures, by authority</h2>"
    for index, group in enumerate(dossier.groups):
        yield f"<h3>{safe(wording.group_head(dossier, index))}</h3>"
        for standing in group.measures:
            yield from _measure(standing)
    if dossier.later:
        yield f"<p>{dossier.later} that came after {safe(dossier.as_of or '')} are not shown.</p>"
    if dossier.events:
        yield "<h2>Time line</h2>"
        yield time_line(dossier.events)
        yield from _items(f"{e.date}  {e.text}  [{e.source}]" for e in dossier.events)
    if network is not None:
        yield "<h2>Network</h2>"
        yield network_picture(network)
        yield from _items(f"{'· ' * depth}{line}" for depth, line in tree(network))
    for stated in dossier.stated:
        gone = "" if stated.present else ", not in the list any more"
        yield from _list(f"What {stated.source} of {stated.snapshot} says ({stated.entity_id}{gone})",
                         (f"{prop}: {value}" for prop, value in stated.values))  # fmt: skip
    yield from _list("Snapshots this rests on", wording.rests_on(dossier))


def _amounts(dossier: Dossier) -> Iterator[str]:
    yield f"<h2>What it amounts to {safe(f'on {dossier.as_of}' if dossier.as_of else 'today')}</h2>"
    if not dossier.consequences:
        yield f"<p>{safe(wording.NOTHING)}</p>"
    for c in dossier.consequences:
        yield f'<p>{safe(c.text)}<br><span class="small">{safe(c.origin)}; by {safe("; ".join(c.because))}</span></p>'
    if dossier.consequences:
        yield f'<p class="small">{safe(wording.UNCHECKED)}</p>'
    if listed := wording.listed_by(dossier):
        yield f"<p>Listed by: {safe(listed)}.</p>"


def _measure(standing: Standing) -> Iterator[str]:
    css = "measure in-force" if standing.state is State.IN_FORCE else "measure"
    yield f'<div class="{css}"><b>{safe(standing.begun or "?")}</b> {safe(wording.measure_head(standing))}<ul>'
    for line in wording.measure_lines(standing, citations=False):
        yield f"<li>{safe(line)}</li>"
    for citation in standing.measure.citations:
        yield f"<li>{_cited(citation)}</li>"
    yield "</ul></div>"


def _cited(citation: Citation) -> str:
    told = safe(f"citation: {wording.cited(citation)}")
    if citation.url and citation.url.startswith(("https://", "http://")):
        return f'<a href="{safe(citation.url)}" rel="noopener noreferrer">{told}</a>'
    return told


def _list(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield f"<h2>{safe(title)}</h2>"
        yield from _items(found)


def _items(lines: Iterable[str]) -> Iterator[str]:
    yield "<ul>"
    for line in lines:
        yield f"<li>{safe(line)}</li>"
    yield "</ul>"

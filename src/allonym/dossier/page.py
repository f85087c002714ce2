"""A dossier as one self-contained HTML page.

Takes a dossier, what was asked and, if wanted, its network; gives the page, sealed. It loads nothing and runs nothing:
a content security policy forbids both, the one style sheet is allowed by its hash, and every text from a list is
escaped. Links go to web addresses of citations only.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from allonym.dossier import wording
from allonym.dossier.dossier import Dossier, Standing, State
from allonym.dossier.network import Network, tree
from allonym.dossier.pictures import network_picture, time_line
from allonym.model import Citation
from allonym.news.saved import Saved
from allonym.screening import sealed_page
from allonym.screening.sealed_page import items, safe, table


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is the answer to: the entity as it was asked for, when (UTC, ISO), and the version that answered."""

    entity: str
    at: str
    version: str


def page(dossier: Dossier, asked: Asked, network: Network | None = None, documents: Iterable[Saved] = ()) -> str:
    """The whole page, sealed with a checksum over its content; `documents` are those that mention the actor."""
    body = chain(_body(dossier, asked, network), _end(dossier, documents))
    return sealed_page.page(f"{dossier.caption}: dossier", body, version=asked.version)


def _body(dossier: Dossier, asked: Asked, network: Network | None) -> Iterator[str]:
    yield f"<h1>{safe(dossier.caption)}</h1>"
    yield f'<p class="small">{safe(dossier.schema)}, {safe(dossier.entity_id)}</p>'
    for line in wording.days(dossier):
        yield f'<p class="note">{safe(line)}</p>'
    yield from _asked(dossier, asked)
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
        yield from items(f"{e.date}  {e.text}  [{e.source}]" for e in dossier.events)
    if network is not None:
        yield "<h2>Network</h2>"
        yield network_picture(network)
        yield from items(f"{'· ' * depth}{line}" for depth, line in tree(network))
    for stated in dossier.stated:
        gone = "" if stated.present else ", not in the list any more"
        yield from _list(f"What {stated.source} of {stated.snapshot} says ({stated.entity_id}{gone})",
                         (f"{prop}: {value}" for prop, value in stated.values))  # fmt: skip


def _end(dossier: Dossier, documents: Iterable[Saved]) -> Iterator[str]:
    """What is reported, apart from the rest, and what the dossier rests on."""
    if told := list(wording.reported(documents)):
        yield f'<h2>{safe(wording.REPORTED)}</h2><div class="reported">'
        yield from items(told)
        yield "</div>"
    yield from _consulted(dossier)


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
        yield from items(found)


def _asked(dossier: Dossier, asked: Asked) -> Iterator[str]:
    """What the page is the answer to, for a file."""
    yield "<h2>What was asked</h2>"
    yield from items([
        f"entity: {asked.entity}",
        f"in force on: {dossier.as_of or f'{asked.at[:10]}, the day it was asked'}",
        f"known on: {dossier.known_at or 'the moment it was asked'}",
        f"asked at: {asked.at} (UTC)",
        f"with: Allonym {asked.version}",
    ])  # fmt: skip


def _consulted(dossier: Dossier) -> Iterator[str]:
    """The snapshots, each with its checksum."""
    yield "<h2>Snapshots this rests on</h2>"
    rows = ([c.source, c.snapshot, c.loaded_at[:16], ", ".join(c.entries) or "no entry of it", c.note or "", c.checksum]
            for c in sorted(dossier.consulted, key=lambda c: (not c.entries, c.source)))  # fmt: skip
    yield from table(
        ("list", "snapshot", "loaded (UTC)", "has it as", "note", "SHA-256 of its files"), rows, dated=True
    )

"""A dossier as text for a terminal.

Takes a dossier; gives lines, wrapped, with everything that could fool a terminal escaped. Must not leave anything out
but what the command can show on its own (`--statements`).
"""

import textwrap
from collections.abc import Iterable, Iterator

from allonym.dossier import wording
from allonym.dossier.dossier import Dossier
from allonym.dossier.network import Network, tree
from allonym.news.saved import Saved
from allonym.screening.printable import printable

WIDTH = 110


def text(dossier: Dossier) -> Iterator[str]:
    """The lines of the whole dossier."""
    yield printable(wording.head(dossier))
    for line in wording.days(dossier):
        yield from wrapped(line)
    yield from section("Names", (f"{kind:<16}  {name}" for kind, name in wording.names(dossier)), hang=18)
    facts = (f"{prop}: {wording.fact(value)}" for prop, values in dossier.facts for value in values)
    yield from section("What it is", facts)
    yield from section("Who belongs to it", (f"{found.relation}: {wording.link(found)}" for found in dossier.links))
    yield from section(_amounts_title(dossier), _amounts(dossier))
    yield from section("Ownership, by OFAC's 50 Percent Rule", wording.holdings(dossier))
    yield from section("Rewards", wording.rewards(dossier))
    yield from _measures(dossier)
    yield from section("Time line", (f"{e.date:<10}  {e.text}  [{e.source}]" for e in dossier.events), hang=12)
    yield from _stated(dossier)
    yield from section("Snapshots this rests on", wording.rests_on(dossier))


def _amounts_title(dossier: Dossier) -> str:
    return f"What it amounts to {f'on {dossier.as_of}' if dossier.as_of else 'today'}"


def _amounts(dossier: Dossier) -> Iterator[str]:
    if not dossier.consequences:
        yield wording.NOTHING
    for c in dossier.consequences:
        yield f"- {c.text} ({c.origin})"
        yield f"    by {'; '.join(c.because)}"
    if dossier.consequences:
        yield wording.UNCHECKED
    if listed := wording.listed_by(dossier):
        yield f"Listed by: {listed}."


def _measures(dossier: Dossier) -> Iterator[str]:
    yield from title_lines("Measures, by authority")
    for index, group in enumerate(dossier.groups):
        yield from wrapped(wording.group_head(dossier, index), indent=2)
        for standing in group.measures:
            yield from wrapped(f"{standing.begun or '?':<10}  {wording.measure_head(standing)}", indent=4, hang=12)
            for line in wording.measure_lines(standing):
                yield from wrapped(line, indent=16)
    if not dossier.groups:
        yield "  none"
    if dossier.later:
        yield f"  {dossier.later} that came after {dossier.as_of} are not shown"


def network_text(found: Network) -> Iterator[str]:
    """The lines of a network, further in with every step."""
    count = wording.counted(len(found.nodes) - 1, "other actor")
    cut = f", {found.hidden:,} links cut" if found.hidden else ""
    yield from title_lines(f"Network: {count}{cut}")
    for depth, line in tree(found):
        yield from wrapped(line, indent=2 + 4 * depth)


def documents_text(documents: Iterable[Saved]) -> Iterator[str]:
    """The saved documents that mention the actor: what is reported, apart from what is official."""
    yield from section(wording.REPORTED, wording.reported(documents))


def _stated(dossier: Dossier) -> Iterator[str]:
    yield from title_lines("What each list says")
    for stated in dossier.stated:
        gone = "" if stated.present else ", not in the list any more"
        yield from wrapped(f"{stated.source} of {stated.snapshot}, {stated.entity_id}{gone}: {stated.caption} "
                           f"({stated.schema}); first seen {stated.first_seen}", indent=2)  # fmt: skip
        values: dict[str, list[str]] = {}
        for prop, value in stated.values:
            values.setdefault(prop, []).append(value)
        for prop, told in values.items():
            yield from wrapped(f"{prop}: {'; '.join(told)}", indent=4)


def section(title: str, lines: Iterable[str], hang: int = 4) -> Iterator[str]:
    """A blank line, the title, and the lines indented; nothing when there are none."""
    for number, line in enumerate(lines):
        if number == 0:
            yield from title_lines(title)
        yield from wrapped(line, indent=2, hang=hang)


def title_lines(title: str) -> tuple[str, str]:
    """A blank line and the title."""
    return "", title


def wrapped(line: str, indent: int = 0, hang: int = 4) -> list[str]:
    """A line broken at blanks, what follows further in; safe to print."""
    safe = printable(line)
    blanks = " " * (indent + len(safe) - len(safe.lstrip()))
    return textwrap.wrap(
        safe, WIDTH, initial_indent=" " * indent, subsequent_indent=blanks + " " * hang, break_long_words=False,
        break_on_hyphens=False, drop_whitespace=True,
    ) or [""]  # fmt: skip

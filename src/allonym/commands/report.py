"""A reading in the terminal: the text with its mentions coloured, then measures, claims, the official record.

Takes readings; prints. What comes from a document is made harmless for a terminal before it is printed.
"""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from allonym.news.corroborate import Event, outlet
from allonym.news.reading import Claim, Measure, Reading
from allonym.screening.printable import printable

_SAID = ("title", "author", "outlet", "url")
COLOURS = {"designated_group": "bold red", "person": "bold blue", "agency": "green", "government": "yellow",
           "media": "magenta"}  # fmt: skip
VERDICTS = {"confirmed": "green", "contradicted": "red"}


def show(name: str, reading: Reading) -> None:
    """Print one reading; the coloured text only where standard output is a terminal."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(printable(f"{name}: {reading.lang or 'language not read'}, {len(reading.text):,} characters")))
    said = {**{key: reading.source[key] for key in _SAID if key in reading.source}, "date": reading.date}
    for key, value in said.items():
        if value:
            console.print(Text(f"  {key}: {printable(value)}"))
    for note in reading.notes:
        console.print(Text(f"  note: {printable(note)}"))
    if console.is_terminal:
        console.print(coloured(reading))
    _mentions(console, reading)
    console.print(Text(f"\nmeasures: {len(reading.measures):,}"))
    for number, measure in enumerate(reading.measures):
        _measure(console, reading, number, measure)
    console.print(Text(f"\nclaims: {len(reading.claims):,}"))
    for claim in reading.claims:
        console.print(Text(printable(f"  {_claim(reading, claim)}")))


def show_together(events: Sequence[Event], readings: Sequence[Reading]) -> None:
    """Print what several documents report alike."""
    console = Console(highlight=False, soft_wrap=True)
    shared = [event for event in events if len(event.documents) > 1]
    console.print(Text(f"\nreported alike by several of the {len(readings):,} documents: {len(shared):,}"))
    for event in shared:
        told = f"{event.type.replace('_', ' ')}: {'; '.join(event.targets)}, by {', '.join(event.authorities) or '?'}"
        accounts = f"{event.independent} independent account{'s' if event.independent > 1 else ''}"
        console.print(Text(printable(f"  {told}")))
        console.print(
            Text(printable(f"    {accounts} in {len(event.documents)} documents: {', '.join(event.outlets)}"))
        )
        for group in event.sources:
            if len(group) > 1:
                names = ", ".join(outlet(readings[n], n) for n in group)
                console.print(Text(printable(f"    one text in several places, counted once: {names}")))


def coloured(reading: Reading) -> Text:
    """The document with its mentions in the colours of their types, paragraph by paragraph harmless to print."""
    text, at = Text("\n"), 0
    for mention in reading.mentions:
        text.append(_lines(reading.text[at : mention.span.start]))
        text.append(_lines(reading.text[mention.span.start : mention.span.end]), COLOURS.get(mention.type, ""))
        at = mention.span.end
    text.append(_lines(reading.text[at:]))
    return text


def _lines(text: str) -> str:
    return "\n".join(printable(line) for line in text.split("\n"))


def _mentions(console: Console, reading: Reading) -> None:
    console.print(Text(f"\nmentions: {len(reading.mentions):,}"))
    shown = dict.fromkeys((m.type, m.canonical, m.entity_id or "") for m in reading.mentions)
    for kind, canonical, entity in shown:
        spans = [mention.span for mention in reading.mentions if mention.canonical == canonical]
        names = dict.fromkeys(reading.text[span.start : span.end] for span in spans)
        line = Text("  ")
        line.append(printable(canonical), COLOURS.get(kind, ""))
        line.append(printable(f" ({kind}{', ' + entity if entity else ''}): {'; '.join(names)}"))
        console.print(line)
    for reason in dict.fromkeys(f"{m.canonical}: {m.ambiguous}" for m in reading.mentions if m.ambiguous):
        console.print(Text(printable(f"  uncertain: {reason}")))


def _measure(console: Console, reading: Reading, number: int, measure: Measure) -> None:
    amount = f"{measure.amount.value:,.0f} {measure.amount.unit}" if measure.amount else ""
    facts = [fact for fact in (amount, f"{measure.count} of them" if measure.count else "", measure.iso or "") if fact]
    kind, status = measure.type.replace("_", " "), measure.status.replace("_", " ")
    who = f"{measure.authority or '?'} -> {'; '.join(measure.targets)}"
    rest = f" ({', '.join(facts)})" if facts else ""
    console.print(Text(printable(f"  {number + 1}. {kind}, {status}: {who}{rest}")))
    console.print(Text(printable(f"     “{reading.text[measure.evidence.start : measure.evidence.end]}”"), style="dim"))
    if reading.official:
        _record(console, reading.official[number])


def _record(console: Console, record: dict[str, Any]) -> None:
    official = record["official"]
    named = f" {official['id']} ({official['citation']})" if official else ""
    reasons = "; ".join(record["reasons"])
    line = Text("     official record: ")
    line.append(printable(record["verdict"] + named), VERDICTS.get(record["verdict"], "dim"))
    looked = ", ".join(f"{source} {day}" for source, day in record["snapshots"].items())
    line.append(printable(f"{'; ' + reasons if reasons else ''} [{looked}]"))
    console.print(line)


def _claim(reading: Reading, claim: Claim) -> str:
    said = " … ".join(reading.text[span.start : span.end] for span in claim.contents)
    marks = [claim.role or "", f"to {claim.outlet}" if claim.outlet else "", "unnamed" if claim.anonymous else "",
             "denying" if claim.denial else ""]  # fmt: skip
    told = ", ".join(mark for mark in marks if mark)
    return f"{claim.speaker or '?'}{f' ({told})' if told else ''}: {said}"

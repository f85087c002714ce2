"""`allonym cases list`, `show`, `export`: what reads alerts."""

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

import allonym
from allonym.cases import Alert, Case, Cases, Entry, Filters, Origin, Page
from allonym.cases.alert import ASKED, asked_states
from allonym.cases.exported import case_lines
from allonym.cases.guide import Step
from allonym.cases.rows import ORDERS
from allonym.cli import data_option
from allonym.commands.cases import print_json, print_text
from allonym.commands.output import checked, deliver


@click.command("list")
@click.option("--state", "states", multiple=True, type=click.Choice(ASKED),
              help="Only these (default: open and escalated); waiting: for a second person. Repeatable.")  # fmt: skip
@click.option("--assignee", metavar="NAME", help="Only theirs; '' is nobody's.")
@click.option("--least", type=click.FloatRange(0, 1), metavar="SCORE", help="Only of this score or above.")
@click.option("--most", type=click.FloatRange(0, 1), metavar="SCORE", help="Only of this score or below.")
@click.option("--source", metavar="LIST", help="Only entities of this list.")
@click.option("--origin", type=click.Choice([*map(str, Origin)]), help="Only those that this opened.")
@click.option("--due-by", metavar="DAY", help="Only those due by then.")
@click.option("--customer", metavar="ID", help="Only this customer's: their case.")
@click.option("--order", type=click.Choice([*ORDERS]), default="due", show_default=True, help="What comes first.")
@click.option("--offset", type=click.IntRange(0), default=0, show_default=True, help="Leave out so many.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="How many.")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text")
@data_option
def list_(data: str, states: tuple[str, ...], **asked: Any) -> int:
    """Alerts, those due first.

    \b
    Examples:
      allonym cases list
      allonym cases list --state waiting --format json
      allonym cases list --assignee Ana --due-by 2026-12-01
    """
    filters = Filters(
        *asked_states(states), asked["assignee"], asked["least"], asked["most"], asked["source"],
        asked["origin"] and Origin(asked["origin"]), asked["due_by"], asked["customer"],
    )  # fmt: skip
    with allonym.open(data) as lists:
        cases = refreshed(lists)
        page = cases.list(filters, order=asked["order"], offset=asked["offset"], limit=asked["limit"])
    if asked["format_"] == "json":
        print_json([page])
    else:
        print_text(_page(page))
    return 0 if page.lines else 1


@click.command("show")
@click.argument("number", type=int)
@click.option("--steps", is_flag=True, help="The guided path, with what the alert shows at each step.")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text")
@data_option
def show_(data: str, number: int, steps: bool, format_: str) -> int:
    """One alert: the customer as asked, the entity as it was listed, the reasons, and what was done.

    \b
    Examples:
      allonym cases show 12
      allonym cases show 12 --steps
      allonym cases show 12 --format json
    """
    with allonym.open(data) as lists:
        case = refreshed(lists).show(number)
    if format_ == "json":
        print_json([asdict(case)])
    else:
        print_text(_case(case))
        if steps:
            print_text(line for step in case.steps for line in _step(step))
    return 0


@click.command("export")
@click.argument("numbers", type=int, nargs=-1, metavar="[NUMBER]…")
@click.option("--output", metavar="FILE", help="Where to write (default: standard output).")
@data_option
def export_(data: str, numbers: tuple[int, ...], output: str | None) -> int:
    """Alerts with their history, as JSON lines, all when none is named; the last line is the report on the audit log.

    \b
    Examples:
      allonym cases export
      allonym cases export 12 13
      allonym cases export --output cases.jsonl
    """
    path: Path | None = checked(output)
    with allonym.open(data) as lists:
        cases = Cases(lists)
        report = cases.verify()
        lines = b"".join(line + b"\n" for line in case_lines(map(cases.show, numbers or cases.numbers()), report))
    deliver(lines, path, otherwise="nothing was written")
    return 0 if report.whole else 1


def refreshed(lists: Any) -> Cases:
    """Cases that know the lists as they stand; says which alerts opened again."""
    cases = Cases(lists)
    found = cases.refresh()
    if found.reopened:
        told = ", ".join(map(str, found.reopened[:10])) + (" …" if len(found.reopened) > 10 else "")
        print(f"note: opened again, for something changed: {told}", file=sys.stderr)
    return cases


def _page(page: Page) -> Iterator[str]:
    for line in page.lines:
        state = f"{line.state}{' (waits)' if line.waiting else ''}"
        who = f"{line.customer_id} {line.customer}" if line.customer_id else line.customer
        yield (f"{line.number:>6}  {line.score:.3f}  {state:<21} {line.due or '-':<10}  {line.assignee or '-':<12} "
               f"{who}  /  {line.listed} ({line.entity_id}) [{', '.join(line.sources)}]")  # fmt: skip
    first = page.offset + 1 if page.lines else 0
    yield f"{first:,} to {page.offset + len(page.lines):,} of {page.total:,}" if page.total else "no such alert"


def _case(case: Case) -> Iterator[str]:
    alert = case.alert
    yield f"alert {alert.number}: {alert.words}; version {alert.version}"
    yield f"  opened by {alert.origin} at {alert.opened_at}, changed at {alert.changed_at}"
    yield f"  assignee {alert.assignee or 'nobody'}; due {alert.due or 'no day'}"
    yield from _sides(alert)
    yield from (f"  {line}" for line in alert.listed.explain().split("\n"))
    for decision in (alert.decision, alert.proposal):
        if decision is not None:
            second = f", approved by {decision.approved_by} at {decision.approved_at}" if decision.approved_by else ""
            yield f"  {decision.outcome} ({decision.code}) by {decision.by} at {decision.at}{second}: {decision.text}"
            yield from (f"    step {v.step}: {v.verdict} {v.text}".rstrip() for v in decision.steps)
    for file in case.attachments:
        yield f"  file {file.sha256[:16]}  {file.name}  {file.type}, {file.size:,} bytes"
    for entry in case.history:
        yield _entry(entry)


def _sides(alert: Alert) -> Iterator[str]:
    customer, listed = alert.customer, alert.listed
    yield f"  customer {customer.id or '(no id)'}: {customer.schema}"
    yield from (f"    {prop}: {', '.join(values)}" for prop, values in customer.properties.items())
    dates = ", ".join(f"{source} {date}" for source, date in listed.snapshots)
    yield f"  entity {listed.entity_id}: {listed.schema} [{dates}]{', listed no more' if listed.gone else ''}"
    yield from (f"    {prop}: {', '.join(values[:6])}" for prop, values in listed.properties.items())
    if listed.programs:
        yield f"    programs: {', '.join(listed.programs)}"


def _entry(entry: Entry) -> str:
    told = f"  {entry.at}  {entry.by}: {entry.action}"
    return f"{told}: {entry.text}" if entry.text else told


def _step(step: Step) -> Iterator[str]:
    yield f"step {step.key}: {step.question}"
    yield from (f"    {s.what}: {s.customer or '-'} / {s.listed or '-'}" for s in step.shown)
    yield from (f"  --step {step.key}={choice.key}  {choice.words}" for choice in step.choices)

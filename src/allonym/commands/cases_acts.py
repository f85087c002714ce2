"""`allonym cases` subcommands that change alerts."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

import allonym
from allonym.cases import Alert, Cases, Closing, State, Verdict
from allonym.cases.alert import OUTCOMES
from allonym.commands.cases import acting, each, in_a_line, print_json, print_text, seen_option
from allonym.errors import InputError, UsageError
from allonym.screening.query import Query

_numbers = click.argument("numbers", type=int, nargs=-1, required=True, metavar="NUMBER …")
_number = click.argument("number", type=int)


@click.command("open")
@click.argument("name")
@click.argument("entity")
@click.option("--id", "identity", metavar="ID", help="The customer's id.")
@click.option("--schema", metavar="S", help="What the customer is: Person, Company …")
@click.option("--fact", "facts", multiple=True, metavar="PROPERTY=VALUE", help="birthDate=1962-11-23; repeatable.")
@click.option("--text", default="", help="Why.")
@acting
def open_(data: str, name: str, entity: str, **asked: Any) -> int:
    """Open an alert by hand: customer NAME and ENTITY, an id.

    \b
    Examples:
      allonym cases open "Nicolas Maduro" reg-nicolas-maduro
      allonym cases open "N. Maduro" reg-nicolas-maduro --id 4711 --fact birthDate=1962-11-23
    """
    properties: dict[str, list[str]] = {"name": [name]}
    for fact in asked["facts"]:
        prop, sign, value = fact.partition("=")
        if not sign or not prop or not value:
            raise UsageError(f"--fact {fact!r}: write PROPERTY=VALUE")
        properties.setdefault(prop, []).append(value)
    query = Query.from_dict({"id": asked["identity"], "schema": asked["schema"], "properties": properties})
    with allonym.open(data) as lists:
        alert = Cases(lists).open(query, entity, by=asked["by"], text=asked["text"])
    return _told([alert], asked["format_"])


@click.command("note")
@_numbers
@click.option("--text", required=True, help="What it says.")
@acting
def note_(data: str, numbers: tuple[int, ...], text: str, by: str, format_: str) -> int:
    """Add a note.

    \b
    Examples:
      allonym cases note 12 --text "asked the branch for a passport copy"
    """
    return each(data, numbers, format_, lambda cases, number: cases.note(number, text, by=by))


@click.command("assign")
@_numbers
@click.option("--to", "assignee", required=True, metavar="NAME", help="To whom; '' is nobody.")
@seen_option
@acting
def assign_(data: str, numbers: tuple[int, ...], assignee: str, **asked: Any) -> int:
    """Give alerts to somebody.

    \b
    Examples:
      allonym cases assign 12 13 --to Ana
    """
    by, seen = asked["by"], asked["seen"]
    return each(data, numbers, asked["format_"], lambda cases, n: cases.assign(n, assignee, by=by, seen=seen))


@click.command("due")
@_numbers
@click.option("--day", required=True, metavar="DAY", help="By when; '' is no day.")
@seen_option
@acting
def due_(data: str, numbers: tuple[int, ...], day: str, **asked: Any) -> int:
    """Set the day by which alerts must be decided.

    \b
    Examples:
      allonym cases due 12 --day 2026-12-01
    """
    by, seen = asked["by"], asked["seen"]
    return each(data, numbers, asked["format_"], lambda cases, n: cases.set_due(n, day, by=by, seen=seen))


@click.command("escalate")
@_numbers
@click.option("--text", default="", help="Why.")
@seen_option
@acting
def escalate_(data: str, numbers: tuple[int, ...], text: str, **asked: Any) -> int:
    """Hand alerts up.

    \b
    Examples:
      allonym cases escalate 12 --text "the passport number agrees but for one digit"
    """
    by, seen = asked["by"], asked["seen"]
    return each(data, numbers, asked["format_"], lambda cases, n: cases.escalate(n, by=by, text=text, seen=seen))


@click.command("close")
@_numbers
@click.option("--as", "outcome", required=True, type=click.Choice([*map(str, OUTCOMES)]), help="What was decided.")
@click.option("--reason", "code", required=True, metavar="CODE", help="Why; docs/cases.md has the codes.")
@click.option("--text", default="", help="Why, in words; needed for several alerts at once, and by some codes.")
@click.option("--step", "steps", multiple=True, metavar="STEP=VERDICT", help="The guided path, in order; repeatable.")
@seen_option
@acting
def close_(data: str, numbers: tuple[int, ...], outcome: str, code: str, **asked: Any) -> int:
    """Decide alerts. Where the policy wants a second person, the decision is proposed and waits.

    \b
    Examples:
      allonym cases close 12 --as false_alarm --reason other_birth_date
      allonym cases close 12 --as true_match --reason confirmed_identifier --text "same passport"
      allonym cases close 12 13 14 --as false_alarm --reason name_only --text "surname only"
      allonym cases close 12 --as false_alarm --reason other_kind --step list=sanctions --step kind=other
    """
    steps = [Verdict(*step.partition("=")[::2]) for step in asked["steps"]]
    closing = Closing(State(outcome), code, asked["text"], steps)
    by, seen, format_ = asked["by"], asked["seen"], asked["format_"]
    if len(numbers) == 1:
        return each(data, numbers, format_, lambda cases, number: cases.close(number, closing, by=by, seen=seen))
    if seen is not None:
        raise UsageError("--seen is of one alert; leave it out, or close one at a time")
    with allonym.open(data) as lists:
        found = Cases(lists).close_many(numbers, closing, by=by)
    if format_ == "json":
        told = {str(number): message for number, message in found.refused.items()}
        print_json([{"closed": found.closed, "waiting": found.waiting, "refused": told}])
    else:
        print_text([f"closed: {len(found.closed):,}; waiting for a second person: {len(found.waiting):,}; "
                    f"refused: {len(found.refused):,}"])  # fmt: skip
        print_text(f"! {message}" for message in found.refused.values())
    return 1 if found.refused else 0


@click.command("approve")
@_numbers
@click.option("--text", default="", help="What there is to say.")
@seen_option
@acting
def approve_(data: str, numbers: tuple[int, ...], text: str, **asked: Any) -> int:
    """Approve what another person proposed.

    \b
    Examples:
      allonym cases approve 12 --by Bo
    """
    by, seen = asked["by"], asked["seen"]
    return each(data, numbers, asked["format_"], lambda cases, n: cases.approve(n, by=by, text=text, seen=seen))


@click.command("reject")
@_numbers
@click.option("--text", required=True, help="Why.")
@seen_option
@acting
def reject_(data: str, numbers: tuple[int, ...], text: str, **asked: Any) -> int:
    """Do not approve what was proposed; whoever proposed it takes it back this way.

    \b
    Examples:
      allonym cases reject 12 --text "look at the alias once more" --by Bo
    """
    by, seen = asked["by"], asked["seen"]
    return each(data, numbers, asked["format_"], lambda cases, n: cases.reject(n, text, by=by, seen=seen))


@click.command("reopen")
@_numbers
@click.option("--text", required=True, help="Why.")
@seen_option
@acting
def reopen_(data: str, numbers: tuple[int, ...], text: str, **asked: Any) -> int:
    """Open closed alerts again.

    \b
    Examples:
      allonym cases reopen 12 --text "the customer sent another passport"
    """
    by, seen = asked["by"], asked["seen"]
    return each(data, numbers, asked["format_"], lambda cases, n: cases.reopen(n, text, by=by, seen=seen))


@click.command("attach")
@_number
@click.argument("file", required=False)
@click.option("--text", default="", help="What it is.")
@click.option("--get", "sha256", metavar="SHA256", help="Write an attachment to FILE instead; its beginning is enough.")
@acting
def attach_(data: str, number: int, file: str | None, **asked: Any) -> int:
    """Keep FILE with an alert, or write one out.

    \b
    Examples:
      allonym cases attach 12 passport.pdf --text "copy from the branch"
      allonym cases attach 12 --get 3f9a copy.pdf
    """
    if file is None:
        raise UsageError("name a file: allonym cases attach NUMBER FILE")
    path = Path(file)
    with allonym.open(data) as lists:
        cases = Cases(lists)
        if asked["sha256"] is not None:
            if path.exists():
                raise UsageError(f"{path}: is there already; name another file")
            path.write_bytes(cases.attachment(number, asked["sha256"])[1])
            return 0
        found = cases.attach(number, path.name, _read(path, cases.policy.largest), by=asked["by"], text=asked["text"])
    if asked["format_"] == "json":
        print_json([found])
    else:
        print_text([f"alert {number}: {found.name}, {found.type}, {found.size:,} bytes, {found.sha256}"])
    return 0


@click.command("refresh")
@acting
def refresh_(data: str, by: str, format_: str) -> int:
    """Look at the lists again: closed alerts whose entity changed materially open again. `allonym update` does it too.

    \b
    Examples:
      allonym cases refresh
    """
    with allonym.open(data) as lists:
        found = Cases(lists).refresh()
    if format_ == "json":
        print_json([found])
    else:
        print_text([f"opened again: {len(found.reopened):,}; refreshed: {len(found.refreshed):,}"])
    return 0


@click.command("erase")
@click.argument("numbers", type=int, nargs=-1, metavar="[NUMBER]…")
@click.option("--expired", is_flag=True, help="All that were kept as long as the policy wants.")
@click.option("--text", required=True, help="By what duty.")
@acting
def erase_(data: str, numbers: tuple[int, ...], expired: bool, **asked: Any) -> int:
    """Erase alerts: customer, entity, notes, files. The log keeps who did what when, and its hashes.

    \b
    Examples:
      allonym cases erase 12 --text "request of the customer, file 2036-17"
      allonym cases erase --expired --text "ten years are over"
    """
    if bool(numbers) == expired:
        raise UsageError("name alerts, or give --expired")
    with allonym.open(data) as lists:
        cases = Cases(lists)
        chosen = tuple(cases.expired()) if expired else numbers
        entries = sum(cases.erase(number, asked["text"], by=asked["by"]) for number in chosen)
    if asked["format_"] == "json":
        print_json([{"erased": chosen, "entries": entries}])
    else:
        print_text([f"erased: {len(chosen):,} alerts, the content of {entries:,} entries"])
    return 0 if chosen else 1


def _read(path: Path, largest: int) -> bytes:
    """The file, one byte more than may be at most. Raises InputError."""
    try:
        with path.open("rb") as file:
            return file.read(largest + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None


def _told(alerts: Iterable[Alert], format_: str) -> int:
    if format_ == "json":
        print_json(alerts)
    else:
        print_text(map(in_a_line, alerts))
    return 0

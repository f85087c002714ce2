"""`allonym same`: which entries are one actor, on what ground, and what waits to be judged."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

import click
import orjson

import allonym
from allonym.cli import data_option
from allonym.errors import UsageError
from allonym.judging import Actor, Judging
from allonym.screening.printable import printable
from allonym.store.decisions import Decision


@click.command()
@click.argument("entity", required=False)
@click.argument("other", required=False)
@click.option("--undo", "undo", metavar="NUMBER", type=int, multiple=True, help="Take this decision back; repeatable.")
@click.option("--review", is_flag=True, help="Pairs that matching left to a person, the likeliest first.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many pairs to review.")
@click.option("--by", metavar="NAME", help="Who takes back (default: the user of this machine).")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text")
@data_option
def command(data: str, entity: str | None, other: str | None, undo: tuple[int, ...], **options: Any) -> int:
    """Which entries of the lists are one actor with ENTITY, an id or a name, and why; with OTHER, whether and why those
    two are. `merge` and `split` say otherwise.

    \b
    Examples:
      allonym same "jimmy cherizier"
      allonym same un-6908911 eu-146021
      allonym same --review
      allonym same --undo 12
    """
    review, format_ = options["review"], options["format_"]
    if sum((entity is not None, bool(undo), review)) != 1:
        raise UsageError("give an entity, --review or --undo NUMBER")
    with allonym.open(data) as lists:
        judging = Judging(lists)
        if undo:
            found = judging.undo(undo, by=options["by"])
            print(f"taken back: {len(found.undone)}; entries that changed: {len(found.moved)}")
            return 0
        if review:
            return _review(judging, judging.review(options["limit"]), format_)
        assert entity is not None
        if other is not None:
            return _between(judging, entity, other, format_)
        actor = judging.actor(entity)
        _print([_json(asdict(actor))] if format_ == "json" else told(actor, why=True))
    return 0


def _review(judging: Judging, waiting: list[Decision], format_: str) -> int:
    if format_ == "json":
        _print(_json(asdict(d)) for d in waiting)
        return 0 if waiting else 1
    names = judging.names(entry for d in waiting for entry in (d.left, d.right))
    for d in waiting:
        print(printable(f"{d.weight:+6.1f}  {d.left} {names.get(d.left, '')}  ?  {d.right} {names.get(d.right, '')}"))
        print(printable(f"        {d.reason}: {_reasons(d)}"))
    if not waiting:
        print("nothing waits to be judged")
    return 0 if waiting else 1


def _between(judging: Judging, left: str, right: str, format_: str) -> int:
    one, other, together, path = judging.between(left, right)
    if format_ == "json":
        _print([_json({"left": one, "right": other, "same": together, "decisions": [asdict(d) for d in path]})])
    else:
        print(printable(f"{one} and {other} are {'one actor' if together else 'not taken for one actor'}"))
        _print(line for d in path for line in _decision(d))
        if together and not path:
            print("  the register names the publisher's number, or both are one entry")
    return 0 if together else 1


def told(actor: Actor, *, why: bool = False) -> Iterator[str]:
    """An actor with its entries; `why` also with the decisions."""
    count = len(actor.members)
    yield printable(f"{actor.actor_id}: {count} {'entry' if count == 1 else 'entries'}")
    for member in actor.members:
        yield printable(f"  {member.entry:<22} {member.name or '(not listed any more)'}  [{member.source}]")
    if why:
        yield from (line for d in actor.decisions for line in _decision(d))
        for d in actor.undone:
            who = d.undone_by or "matching"
            yield printable(f"  no. {d.number}, taken back on {(d.undone_at or '')[:10]} by {who}: "
                            f"{d.left} {d.verdict} {d.right}")  # fmt: skip


def _decision(d: Decision) -> Iterator[str]:
    who = d.made_by or "matching"
    weight = "" if d.made_by else f", {d.weight:+.1f} nats"
    yield printable(f"  no. {d.number}: {d.left} {d.verdict} {d.right}, by {who} on {d.made_at[:10]}{weight}"
                    + (f" ({d.reason})" if d.reason else ""))  # fmt: skip
    if d.evidence:
        yield printable(f"      {_reasons(d)}")


def _reasons(d: Decision) -> str:
    ordered = sorted((e for e in d.evidence if e[0] != "prior"), key=lambda e: -abs(e[1]))
    return "; ".join(sentence for _, _, sentence in ordered)


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)

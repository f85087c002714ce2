"""`allonym cases`: alerts, and what people decide about them; `cases_acts` has the subcommands that change one."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

import click
import orjson

import allonym
from allonym.cli import data_option
from allonym.screening.printable import printable
from allonym.whoami import user

SUBCOMMANDS = {
    "list": "alerts, those due first",
    "show": "one alert: customer, entity, reasons, guided path, history",
    "open": "open an alert by hand",
    "note": "add a note",
    "assign": "give alerts to somebody",
    "due": "set the day by which they must be decided",
    "escalate": "hand alerts up",
    "close": "decide: true match, false alarm, undecided",
    "approve": "approve what another person proposed",
    "reject": "do not approve, or take a proposal back",
    "reopen": "open closed alerts again",
    "attach": "keep a file with an alert, or write it out",
    "refresh": "look at the lists again",
    "erase": "erase what was kept long enough",
    "export": "alerts with history and the report on the log",
}
HERE = ("list", "show", "export")


class _Lazy(click.Group):
    """Imports a subcommand only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in SUBCOMMANDS:
            return None
        module = "cases_shown" if cmd_name in HERE else "cases_acts"
        found: click.Command = getattr(import_module(f"allonym.commands.{module}"), f"{cmd_name}_")
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(SUBCOMMANDS.items()))


@click.group(cls=_Lazy)
def command() -> None:
    """Alerts: who must look at what, what was decided and why. Every change is in the audit log.

    \b
    Examples:
      allonym cases list
      allonym cases show 12
      allonym cases close 12 --as false_alarm --reason other_birth_date
    """


def acting(function: Any) -> Any:
    """The options that every act has."""
    by = click.option("--by", metavar="NAME", default=user, help="Who acts (default: this machine's user).")
    format_ = click.option("--format", "format_", type=click.Choice(("text", "json")), default="text")
    return by(format_(data_option(function)))


def seen_option(function: Any) -> Any:
    """The version that somebody looked at."""
    told = "The version you looked at; refused when it is another one."
    return click.option("--seen", type=int, metavar="VERSION", help=told)(function)


def each(data: str, numbers: tuple[int, ...], format_: str, act: Callable[[Any, int], Any]) -> int:
    """Do something to alerts, one after the other, and tell how each is then. Stops at the first that is refused."""
    from allonym.cases import Cases

    with allonym.open(data) as lists:
        cases = Cases(lists)
        for number in numbers:
            alert = act(cases, number)
            print(_dumped(alert) if format_ == "json" else printable(in_a_line(alert)))
    return 0


def in_a_line(alert: Any) -> str:
    """An alert as it is after an act."""
    customer = alert.customer.id or alert.customer.name
    return f"alert {alert.number}: {customer} / {alert.listed.name}: {alert.words}; version {alert.version}"


def _dumped(value: object) -> str:
    return orjson.dumps(value).decode()


def print_json(values: Iterable[object]) -> None:
    """One JSON value a line."""
    for value in values:
        print(_dumped(value))


def print_text(lines: Iterator[str] | Iterable[str]) -> None:
    """Lines that a terminal can show."""
    for line in lines:
        print(printable(line))

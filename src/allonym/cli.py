"""The command `allonym`: one module of `commands/` per subcommand, imported when it is called.

Takes the command line; exits with 0, 1 (found nothing or refused) or 2 (wrong use), errors in one line on stderr.
"""

import errno
import os
import signal
import sys
from importlib import import_module
from typing import Any

import click

from allonym import __version__
from allonym.errors import AllonymError

COMMANDS = {
    "update": "load lists: from their publishers, or from files already here",
    "screen": "look up names or a file of customers, with reasons",
    "verify": "whether a page of evidence is as it was written",
    "compare": "compare two names, or the pairs in a file",
    "show": "the dossier of one actor: names, measures, time line",
    "same": "which entries of the lists are one actor, and why",
    "merge": "judge that entries are one actor",
    "split": "judge that entries are different actors",
    "read": "who did what to whom in a document, and who says so",
    "diff": "what changed between two snapshots of a list",
    "timeline": "who came on the lists and who went, month by month",
    "watch": "keep a file of customers, to be told what changes for them",
    "changes": "what changed for watched customers since they were told last",
    "cases": "alerts: who must look at what, what was decided and why",
    "audit": "whether the log of decisions is as it was written",
    "sources": "the lists that are loaded, with counts and issues",
    "keys": "who may ask the server, and as what",
}

#: What the operating system says when a disk is full or cannot be written; anything else is a defect of ours.
UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM)


class _Lazy(click.Group):
    """Imports a subcommand only when it is asked for, so that a look-up does not wait for what loading needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"allonym.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Lazy,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="allonym")
@click.pass_context
def command(context: click.Context) -> None:
    """Who is it, under which names, listed by whom, since when, and who says so.

    \b
    Example:
      allonym screen "cartel of the suns"
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        raise click.UsageError(f"give a command: {', '.join(COMMANDS)}", context)


def default_data() -> str:
    """The data folder: $ALLONYM_DATA, else the platform's place for data."""
    from platformdirs import user_data_path

    return os.environ.get("ALLONYM_DATA") or str(user_data_path("allonym", appauthor=False))


def data_option(function: Any) -> Any:
    """The `--data DIR` option that every command has."""
    return click.option(
        "--data",
        metavar="DIR",
        default=default_data,
        callback=_named,
        help="Data folder (default: $ALLONYM_DATA, else the platform's data folder).",
    )(function)


def _named(_: click.Context, __: click.Parameter, folder: str) -> str:
    if not folder.strip():
        raise click.BadParameter("the data folder has no name; give --data DIR, or set ALLONYM_DATA")
    return folder


def main(arguments: list[str] | None = None) -> None:
    """Run the command and exit."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command; gives the exit status."""
    try:
        result = command(arguments, prog_name="allonym", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        where = getattr(error, "ctx", None)
        path = where.command_path if where else "allonym"
        complain(f"{error.format_message().rstrip('.')}; see `{path} --help`")
        return 2
    except AllonymError as error:
        complain(str(error))
        return error.status
    except (KeyboardInterrupt, click.exceptions.Abort):
        complain("stopped")
        return 128 + signal.SIGINT
    except (BrokenPipeError, SystemExit):
        # The reader went away, as `head` does: nothing to tell. Click makes a SystemExit of it, and of nothing else.
        _drop_output()
        return 0
    except OSError as error:
        if error.errno not in UNWRITABLE:
            raise
        _drop_output()
        where = error.filename or "standard output"
        complain(f"{where}: cannot be written ({error.strerror}); free some space, or write somewhere else")
        return 2


def _drop_output() -> None:
    """What is still buffered must not be flushed at the end: that would fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(message: str) -> None:
    """Tell an error in one line on standard error."""
    line = " ".join(message.splitlines())
    print(f"allonym: {line}", file=sys.stderr)

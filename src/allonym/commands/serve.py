"""`allonym serve`: the lists over HTTP."""

import ipaddress
import sys
from pathlib import Path
from typing import Any

import click

from allonym.api.settings import Settings
from allonym.cli import data_option
from allonym.errors import InputError, UsageError


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="H", help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, metavar="P",
              help="Port; 0 takes a free one, and says which.")  # fmt: skip
@click.option("--manifest", envvar="YENTE_MANIFEST", metavar="FILE",
              help="Serve the FtM files it names (default: $YENTE_MANIFEST, else the lists loaded).")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, metavar="N", help="Processes.")
@click.option("--open-to-all", is_flag=True, help="Listen on an address beyond this machine without asking for keys.")
@click.option("--nomenklatura", metavar="PYTHON",
              help="Offer nomenklatura's algorithms too; PYTHON is one that has nomenklatura.")  # fmt: skip
@click.option("--hidden-algorithms", envvar="YENTE_HIDDEN_ALGORITHMS", default="", metavar="A,B",
              help="Algorithms that /algorithms leaves out (default: $YENTE_HIDDEN_ALGORITHMS).")  # fmt: skip
@click.option("--update-token", envvar="YENTE_UPDATE_TOKEN", default="", metavar="TOKEN",
              help="What POST /updatez asks for (default: $YENTE_UPDATE_TOKEN; none: nobody may).")  # fmt: skip
@data_option
def command(data: str, host: str, manifest: str | None, nomenklatura: str | None, **asked: Any) -> int:
    """Answer over HTTP: match, search, entities and reconciliation as yente's clients and OpenRefine ask for them.

    \b
    Examples:
      allonym serve                                      the lists of the data folder, on this machine
      allonym serve --manifest manifest.yml --workers 2  FtM files that a yente manifest names
      allonym serve --port 9000 --data ~/lists
    """
    from allonym.api.keys import Keys
    from allonym.api.supervise import serve
    from allonym.api.yente.peer_offer import described

    if not asked["open_to_all"] and not is_loopback(host) and not Keys(Path(data).expanduser()).any:
        raise UsageError(f"{host} can be reached from other machines, and there is no key to ask for; make one with "
                         "allonym keys add NAME --role analyst, or listen on 127.0.0.1")  # fmt: skip
    file = Path(manifest.removeprefix("file://")).expanduser().absolute() if manifest else None
    if file is not None and not file.is_file():
        raise InputError(f"{manifest}: no such file; give a manifest that is here")
    hidden = tuple(one for one in asked.pop("hidden_algorithms").split(",") if one.strip())
    offer = described(nomenklatura) if nomenklatura else None
    settings = Settings(Path(data).expanduser().absolute(), file, host, nomenklatura=offer, hidden=hidden, **asked)
    return serve(settings, lambda line: print(f"allonym: {line}", file=sys.stderr, flush=True))


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches that address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

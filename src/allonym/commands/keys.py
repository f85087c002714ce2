"""`allonym keys`: API keys are made, listed and revoked."""

import sys
from pathlib import Path

import click
import orjson

from allonym.api.keys import Key, Keys, Role
from allonym.cli import data_option
from allonym.errors import UsageError

ROLES = tuple(role.name.lower() for role in Role)


@click.command()
@click.argument("action", type=click.Choice(("add", "list", "revoke")))
@click.argument("name", required=False)
@click.option("--role", type=click.Choice(ROLES), help="What the key may do (with add).")
@click.option("--days", type=int, metavar="N", help="It ends after so many days (with add).")
@click.option("--format", "format_", type=click.Choice(("table", "json")), default="table", help="Format of the list.")
@data_option
def command(data: str, action: str, name: str | None, role: str | None, days: int | None, format_: str) -> int:
    """Make, list and revoke keys for `allonym serve`. A new key is shown once.

    A reader looks up; an analyst uploads files, too; a reviewer approves what analysts decide; an admin may do
    everything.

    \b
    Examples:
      allonym keys add "screening service" --role analyst
      allonym keys list
      allonym keys revoke "screening service"
    """
    if action != "add" and (role is not None or days is not None):
        raise UsageError("--role and --days are of a new key: allonym keys add NAME --role analyst")
    folder = Path(data).expanduser()
    keys = Keys(folder)
    if action == "list":
        if name is not None:
            raise UsageError("list takes no name: allonym keys list")
        return _list(keys.all(), format_)
    if name is None:
        raise UsageError(f"whose key? give a name: allonym keys {action} NAME")
    if action == "revoke":
        key = keys.revoke(name)
        print(f"{key.name}: revoked, it lets nobody in any more")
        return 0
    if role is None:
        raise UsageError(f"what may it do? give a role: allonym keys add NAME --role {'|'.join(ROLES)}")
    key, text = keys.add(name, Role.named(role), days=days)
    print(text)
    print(f"{key.name}: {key.role}; the key is shown this once, and only its hash is kept", file=sys.stderr)
    return 0


def _list(keys: list[Key], format_: str) -> int:
    if format_ == "json":
        rows = [{"id": k.key_id, "name": k.name, "role": k.role, "made": k.made, "expires": k.expires,
                 "revoked": k.revoked} for k in keys]  # fmt: skip
        print(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
    else:
        for key in keys:
            ends = f"revoked {key.revoked}" if key.revoked else f"until {key.expires}" if key.expires else "no end"
            print(f"{key.key_id}  {key.role:<8}  {key.name}  (made {key.made}, {ends})")
    return 0 if keys else 1

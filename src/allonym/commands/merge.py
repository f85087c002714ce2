"""`allonym merge`: a person judges that entries are one actor."""

import click

import allonym
from allonym.cli import data_option
from allonym.commands.same import told
from allonym.judging import Judging


@click.command()
@click.argument("entries", nargs=-1, required=True, metavar="ENTITY ENTITY …")
@click.option("--reason", default="", help="Why; kept with the judgement.")
@click.option("--by", metavar="NAME", help="Who judges (default: the user of this machine).")
@data_option
def command(data: str, entries: tuple[str, ...], reason: str, by: str | None) -> int:
    """ENTITY … are one actor: ids or names. Goes before what matching decided; refused where somebody judged the
    opposite. `allonym same --undo` takes it back.

    \b
    Examples:
      allonym merge un-111944 un-6908034 --reason "same passport"
    """
    with allonym.open(data) as lists:
        judging = Judging(lists)
        actor, found = judging.same(entries, by=by, reason=reason)
        print("\n".join(told(judging.actor(actor))))
        if not found.made:
            print("Nothing new: this was judged before.")
    return 0

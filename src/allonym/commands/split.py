"""`allonym split`: a person judges that entries are different actors."""

import click

import allonym
from allonym.cli import data_option
from allonym.commands.same import told
from allonym.judging import Judging


@click.command()
@click.argument("entries", nargs=-1, required=True, metavar="ENTITY …")
@click.option("--reason", default="", help="Why; kept with the judgement.")
@click.option("--by", metavar="NAME", help="Who judges (default: the user of this machine).")
@data_option
def command(data: str, entries: tuple[str, ...], reason: str, by: str | None) -> int:
    """ENTITY … are different actors, each from each; a single one from all that it is with now. Goes before what
    matching decided; refused where somebody judged the opposite. `allonym same --undo` takes it back.

    \b
    Examples:
      allonym split ofac-8107 ofac-8109
      allonym split eu-4300 --reason "another date of birth"
    """
    with allonym.open(data) as lists:
        judging = Judging(lists)
        found = judging.different(entries, by=by, reason=reason)
        for entry in entries:
            print("\n".join(told(judging.actor(entry))))
        if not found.made:
            print("Nothing new: this was judged before.")
    return 0

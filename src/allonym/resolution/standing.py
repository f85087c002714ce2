"""What stands: from the decisions of a moment to whose entry each is.

Takes decisions and the register's numbers; gives actors. Must not load what lists are read with: dossiers ask it, and
that takes longer to import than a dossier takes to build.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from allonym.model import EXTRACT, REGISTER, Entity
from allonym.resolution.groups import Pair, actors, grouped
from allonym.store import Store
from allonym.store.decisions import Decision
from allonym.store.view import View

#: Lists of one publisher that give one number to one entity.
FAMILY = {"us_ofac_sdn": "us_ofac", "us_ofac_cons": "us_ofac", "us_ofac_sdn_names": "us_ofac"}
#: Lists in which one actor has several entries: they gather what several offices list.
GATHERED = frozenset({"us_trade_csl"})
#: The order in which an actor is called after one of its entries; sources that are not here come after these.
ORDER = (REGISTER, "un_sc", "us_ofac", "eu_fsf", "gb_uksl", "gb_ukcl", "ca_sema", "ch_seco", "au_dfat", "us_trade_csl",
         "us_bis_dpl")  # fmt: skip
#: Schemata of the register's actors.
ACTORS = ("Person", "Organization", "Company", "LegalEntity", "PublicBody", "Vessel", "Airplane")


def family_of(source: str) -> str:
    """The name that a source shares with those that have the same numbers."""
    plain = source.removesuffix(EXTRACT)
    return FAMILY.get(plain, plain)


def named_same(store: Store, view: View) -> list[Pair]:
    """(register's id, entry) of the numbers that the register of a view names."""
    date = view.date(REGISTER)
    if date is None:
        return []
    return list(same_as(store.entities(View(((REGISTER, date),)), only=ACTORS)))


def same_as(register: Iterable[Entity]) -> Iterator[Pair]:
    """(register's id, entry) of the numbers that these entities of the register name."""
    for entity in register:
        for statement in entity.statements:
            if statement.qualifier == "same_as":
                yield entity.entity_id, statement.value


def whose(decisions: Collection[Decision], official: Iterable[Pair], before: Mapping[str, str]) -> dict[str, str]:
    """Whose entry each is, as `groups.actors` has it, by all that was decided."""
    pairs = list(official)
    lists, order = places(decisions, pairs)
    return actors(grouped(decisions, pairs, lists), before, order)


def places(decisions: Iterable[Decision], official: Iterable[Pair]) -> tuple[dict[str, str], dict[str, int]]:
    """The list of each entry, where it has an actor once only, and the rank of its list."""
    lists: dict[str, str] = {}
    order: dict[str, int] = {}
    for decision in decisions:
        for entry, source in ((decision.left, decision.left_source), (decision.right, decision.right_source)):
            name = family_of(source)
            order.setdefault(entry, ORDER.index(name) if name in ORDER else len(ORDER))
            if name not in GATHERED:
                lists[entry] = name
    for register, _ in official:
        order[register], lists[register] = 0, REGISTER
    return lists, order

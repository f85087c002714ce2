"""What the index is built from: an entity of a source, as far as screening needs it.

Takes `model.Entity`; gives `Listed`. Only entities that have a name are listed; addresses and other side entities are
not screened.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from allonym.model import NAME_PROPS, Entity

UNSCREENED = frozenset({
    "Address", "Sanction", "Identification", "Passport", "Note", "CourtCase", "CourtCaseParty", "Position", "Article",
    "UnknownLink", "Ownership", "Directorship", "Membership", "Employment", "Family", "Associate", "Representation",
    "Succession", "Occupancy", "Payment", "Event", "Document", "Trip", "Call", "Message", "Contract", "ContractAward",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """One entity of one source. `names` are (text, is weak) in order; `facts` are FtM properties for comparison."""

    entity_id: str
    actor_id: str
    source: str
    schema: str
    caption: str
    names: tuple[tuple[str, bool], ...]
    facts: dict[str, list[str]]
    programs: tuple[str, ...] = ()

    @property
    def entry(self) -> str:
        """What decisions call it: its id, or SOURCE/ID where an official list, or another file, has that id too."""
        own = f"{self.source}/{self.entity_id}"
        return own if self.actor_id == own else self.entity_id


def listed(entity: Entity, actor_id: str, fact_props: Iterable[str], programs: tuple[str, ...]) -> Listed | None:
    """The entity as it is indexed, or None when it is not screened."""
    names = tuple(dict.fromkeys(_names(entity)))
    if entity.schema in UNSCREENED or not names:
        return None
    facts: dict[str, list[str]] = {}
    wanted = frozenset(fact_props)
    for statement in entity.statements:
        if statement.prop not in wanted:
            continue
        values = facts.setdefault(statement.prop, [])
        if statement.value not in values:
            values.append(statement.value)
            if statement.prop == "birthDate":
                facts.setdefault("birthDate:qualifiers", []).append(statement.qualifier or "")
    if not any(facts.get("birthDate:qualifiers", ())):
        facts.pop("birthDate:qualifiers", None)
    return Listed(entity.entity_id, actor_id, entity.source, entity.schema, entity.caption, names, facts, programs)


def _names(entity: Entity) -> Iterator[tuple[str, bool]]:
    for prop in NAME_PROPS:
        for statement in entity.statements:
            if statement.prop == prop:
                yield statement.value, statement.prop == "weakAlias"

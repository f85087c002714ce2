"""The checker of the register files: `python -m allonym.registers.check [FOLDER]`.

Takes a folder of register files; gives a list of problems, each one line that names the object and says what is wrong.
Must not change a file and must not stop at the first problem. Exit status 1 when there are problems.
"""

import itertools
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from allonym.errors import ListError
from allonym.model import NameKind
from allonym.registers.check_measures import check_acts, is_day
from allonym.registers.records import Actor, MeasureType, Register, load
from allonym.registers.vocabulary import has_property, is_a, is_country, is_schema, is_topic

EFFECTS = (
    "block", "crime", "secondary", "restrict", "trade", "debar", "entry", "warn", "offer", "accusation", "statement"
)  # fmt: skip
ENTITIES = {"Sanction", "Note", "CourtCase"}


def problems(folder: Path) -> list[str]:
    """Everything that is wrong with the register in that folder; empty when nothing is.

    A file that cannot be read is one problem, and then nothing else can be said.
    """
    try:
        return examine(load(folder))
    except ListError as error:
        return [str(error)]


def examine(register: Register) -> list[str]:
    """Everything that is wrong with a register that was read; empty when nothing is."""
    checks: tuple[Callable[[Register], Iterator[str]], ...] = (
        _ids, _about, _types, _programs, _effects, _actors, _references, _relations, check_acts,
    )  # fmt: skip
    return [problem for check in checks for problem in check(register)]


def _ids(register: Register) -> Iterator[str]:
    everyone = [*register.actors, *register.authorities]
    lists: tuple[tuple[str, list[str]], ...] = (
        ("actor or authority", [actor.entity_id for actor in everyone]),
        ("measure", [act.measure_id for act in register.acts]),
        ("measure type", [kind.type_id for kind in register.types]),
        ("program", [program.program_id for program in register.programs]),
        ("effect", [effect.effect_id for effect in register.effects]),
        ("list", [listed.source for listed in register.lists]),
        ("list entry", [reference.entity_id for actor in everyone for reference in actor.references]),
    )
    for what, ids in lists:
        yield from (f"{found}: the id of two {what} records" for found, times in Counter(ids).items() if times > 1)
    for what, ids in (
        ("actors.json", [actor.entity_id for actor in register.actors]),
        ("authorities.json", [actor.entity_id for actor in register.authorities]),
        ("measures.json", [act.measure_id for act in register.acts]),
    ):
        yield from (f"{after}: out of order in {what}" for before, after in itertools.pairwise(ids)
                    if before > after)  # fmt: skip
    yield from (
        f"{a.entity_id}: the id of an actor begins with reg-" for a in register.actors if a.entity_id[:4] != "reg-"
    )
    yield from (f"{a.entity_id}: the id of an authority does not begin with reg-"
                for a in register.authorities if a.entity_id[:4] == "reg-")  # fmt: skip


def _about(register: Register) -> Iterator[str]:
    as_of = register.about.as_of
    if not is_day(as_of) or len(as_of) != 10:
        yield f"about.json: as_of {as_of!r} is no day; write it as 2026-01-31"


def _types(register: Register) -> Iterator[str]:
    types = {kind.type_id: kind for kind in register.types}
    for kind in register.types:
        if kind.parent is not None and (kind.parent not in types or types[kind.parent].parent is not None):
            yield f"{kind.type_id}: its parent {kind.parent!r} is no type of measure"
        if kind.entity is not None and kind.entity not in ENTITIES:
            yield f"{kind.type_id}: entity {kind.entity!r} is none of {', '.join(sorted(ENTITIES))}"
        yield from _topics(kind)


def _topics(kind: MeasureType) -> Iterator[str]:
    yield from (f"{kind.type_id}: {topic!r} is no FtM topic" for topic in kind.topics if not is_topic(topic))
    if kind.topics and kind.entity is None:
        yield f"{kind.type_id}: has topics and no entity that would tell why"


def _programs(register: Register) -> Iterator[str]:
    authorities = {authority.entity_id for authority in register.authorities}
    for program in register.programs:
        if program.authority not in authorities:
            yield f"{program.program_id}: its authority {program.authority!r} is not in authorities.json"


def _effects(register: Register) -> Iterator[str]:
    known = {effect.effect_id for effect in register.effects}
    authorities = {authority.entity_id for authority in register.authorities}
    for effect in register.effects:
        if effect.kind not in EFFECTS:
            yield f"{effect.effect_id}: kind {effect.kind!r} is none of {', '.join(EFFECTS)}"
    named = [
        *((kind.type_id, kind.effects) for kind in register.types),
        *((program.program_id, program.effects) for program in register.programs),
        *((listed.source, listed.effects) for listed in register.lists),
    ]
    yield from (f"{where}: {effect!r} is not in effects.json" for where, effects in named for effect in effects
                if effect not in known)  # fmt: skip
    yield from (f"{listed.source}: its authority {listed.authority!r} is not in authorities.json"
                for listed in register.lists if listed.authority not in authorities)  # fmt: skip


def _actors(register: Register) -> Iterator[str]:
    for actor in (*register.actors, *register.authorities):
        where = actor.entity_id
        if not is_schema(actor.schema):
            yield f"{where}: {actor.schema!r} is no FtM schema"
            continue
        if Counter(name.kind for name in actor.names)[NameKind.PRIMARY] != 1:
            yield f"{where}: needs exactly one primary name"
        yield from (f"{where}: the name {text!r} is there twice"
                    for text, times in Counter(name.text for name in actor.names).items() if times > 1)  # fmt: skip
        yield from (f"{where}: {code!r} is no country code" for code in actor.countries if not is_country(code))
        for fact in actor.properties:
            if not has_property(actor.schema, fact.prop):
                yield f"{where}: {actor.schema} has no property {fact.prop!r}"
            elif fact.prop.endswith("Date") and not is_day(fact.value):
                yield f"{where}: {fact.prop} {fact.value!r} is no date"
    for actor in register.actors:
        yield from (f"{actor.entity_id}: the name {name.text!r} has no origin"
                    for name in actor.names if name.origin is None)  # fmt: skip
    for actor in register.authorities:
        if not is_a(actor.schema, "PublicBody"):
            yield f"{actor.entity_id}: an authority is a PublicBody"


def _references(register: Register) -> Iterator[str]:
    authorities = {authority.entity_id for authority in register.authorities}
    programs = {program.program_id for program in register.programs}
    for actor in register.actors:
        for reference in actor.references:
            where = f"{actor.entity_id}, {reference.entity_id}"
            if reference.authority not in authorities:
                yield f"{where}: its authority {reference.authority!r} is not in authorities.json"
            yield from (f"{where}: {p!r} is no known program" for p in reference.programs if p not in programs)
            days = (reference.in_force_on, reference.last_seen, reference.in_force_until)
            yield from (f"{where}: {day!r} is no date" for day in days if day is not None and not is_day(day))
            if reference.in_force_until is not None and reference.in_force_until < reference.in_force_on:
                yield f"{where}: gone before it was there"


def _relations(register: Register) -> Iterator[str]:
    for group in (register.actors, register.authorities):
        known = {actor.entity_id: actor for actor in group}
        for actor in group:
            others = (*filter(None, [actor.parent]), *actor.linked_to, *actor.maybe_same_as)
            yield from (f"{actor.entity_id}: refers to {other!r}, which is not there" for other in others
                        if other not in known)  # fmt: skip
            yield from (f"{actor.entity_id}: may be {other}, which does not say so" for other in actor.maybe_same_as
                        if other in known and actor.entity_id not in known[other].maybe_same_as)  # fmt: skip
            if actor.entity_id in _ancestors(actor, known):
                yield f"{actor.entity_id}: is its own ancestor"
            if actor.role is not None and not (actor.parent and is_a(actor.schema, "Person")):
                yield f"{actor.entity_id}: only a person in a group has a role"
            if actor.role is not None and actor.role.until is not None and not is_day(actor.role.until):
                yield f"{actor.entity_id}: its role until {actor.role.until!r} is no date"
            if actor.parent in known and is_a(actor.schema, "Person") and is_a(known[actor.parent].schema, "Person"):
                yield f"{actor.entity_id}: a person cannot be a member of the person {actor.parent}"


def _ancestors(actor: Actor, known: dict[str, Actor]) -> set[str]:
    found: set[str] = set()
    parent = actor.parent
    while parent in known and parent not in found:
        found.add(parent)
        parent = known[parent].parent
    return found


def main(arguments: Iterable[str]) -> int:
    """Check the folder given, or the register of this package; print every problem; 1 when there are any, else 0."""
    given = list(arguments)
    folder = Path(given[0]) if given else Path(__file__).parent
    found = problems(folder)
    for problem in found:
        print(problem)
    print(f"{folder}: {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

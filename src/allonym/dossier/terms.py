"""The words of the registers: what a type of measure, a program, an authority and a list are called and amount to.

Takes ids as measures bear them; gives labels, titles and effects. Must not invent: what the registers do not know keeps
its own text and amounts to nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from allonym.model import EXTRACT
from allonym.sources import built_in
from allonym.sources.built_in import Actor, Effect, MeasureType, OfficialList, Program

#: Countries whose authorities call themselves in English first; the United Nations have none, and do too.
ENGLISH = frozenset(("au", "ca", "ch", "eu", "gb", "us"))


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority: its id, its name in its own words, its name in English with the body above it, its country."""

    authority_id: str
    name: str
    english: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Terms:
    """The vocabulary of the built-in register, by id."""

    types: dict[str, MeasureType]
    programs: dict[str, Program]
    effects: dict[str, Effect]
    lists: dict[str, OfficialList]
    authorities: dict[str, Authority]
    by_name: dict[str, str]

    def label(self, measure_type: str) -> str:
        """What the type is called."""
        kind = self.types.get(measure_type)
        return kind.label if kind else measure_type.replace("_", " ")

    def program(self, text: str) -> Program | None:
        """The program of that code, or whose title the text begins with ("Entity List (EL)")."""
        known = self.programs.get(text)
        return known or next((p for p in self.programs.values() if p.title == text.partition(" (")[0]), None)

    def authority(self, text: str) -> Authority:
        """The authority of that id or name; one that is not known stands for itself."""
        known = self.authorities.get(self.by_name.get(text.casefold(), text))
        return known or Authority(text, text, text, None)

    def list_of(self, source: str) -> OfficialList | None:
        """What an official list, or an extract of it, is; None for the register and for a user's own file."""
        return self.lists.get(source.removesuffix(EXTRACT))

    def effects_of(self, *names: Iterable[str]) -> tuple[str, ...]:
        """The effect ids, each once, in the order of effects.json."""
        named = {effect for group in names for effect in group}
        return tuple(effect for effect in self.effects if effect in named)


def _english(actor: Actor) -> str:
    """Its own name, where that is English, else the English one there is."""
    others = [name.text for name in actor.names if name.lang == "eng"]
    return others[0] if others and not ENGLISH.intersection(actor.countries or ENGLISH) else actor.names[0].text


@cache
def terms() -> Terms:
    """The vocabulary of the register that comes with this version of the package."""
    register = built_in.register()
    authorities: dict[str, Authority] = {}
    by_name: dict[str, str] = {}
    bodies = {actor.entity_id: actor for actor in register.authorities}
    for actor in register.authorities:
        names = [name.text for name in actor.names]
        english = _english(actor)
        if (above := bodies.get(actor.parent or "")) is not None:
            english = f"{english}, {_english(above)}"
        country = actor.countries[0] if actor.countries else None
        authorities[actor.entity_id] = Authority(actor.entity_id, names[0], english, country)
        for name in names:
            by_name.setdefault(name.casefold(), actor.entity_id)
    return Terms(
        {kind.type_id: kind for kind in register.types},
        {program.program_id: program for program in register.programs},
        {effect.effect_id: effect for effect in register.effects},
        {listed.source: listed for listed in register.lists},
        authorities,
        by_name,
    )

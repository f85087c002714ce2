"""What is asked in the measures of accuracy: queries, each with the entity it means.

Takes the lists, the labelled names and a seed; gives `Case`s, the same ones at every run. Entities that the weights
were learnt from are not asked for by a mistyped name.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.entities import Listing, bearers, folded, has_latin, is_latin
from bench.mistyping import misdated, mistyped

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """One query. `right` is the id of the entity that is meant, "" for nobody's; `told` says what was done to it."""

    schema: str
    name: str
    right: str = ""
    told: str = ""
    properties: tuple[tuple[str, str], ...] = ()

    def query(self) -> dict[str, Any]:
        """As FtM has it."""
        return {"schema": self.schema, "properties": {"name": [self.name], **{p: [v] for p, v in self.properties}}}


def unlisted(people: Sequence[Row]) -> list[Case]:
    """People who are on no list."""
    return [Case("Person", row["full_name"], told=row["pool"]) for row in people]


def romanised(people: Sequence[Row]) -> list[Case]:
    """People who are on no list and whose names are in Hangul or Han, by the Latin letters that Allonym reads for
    them; `told` is the script."""
    from allonym.names.script import Script, words
    from bench.groups import script

    found = []
    for name in dict.fromkeys(row["full_name"] for row in people):
        read = words(name)
        if any(word.script is Script.SYLLABLES for word in read):
            found.append(Case("Person", " ".join(word.text for word in read).title(), told=script(name)))
    return found


def typed(rows: Sequence[Row]) -> list[Case]:
    """Listed people of the labelled set whose name was typed otherwise than it is listed."""
    return [
        Case("Person", row["name_as_typed"], f"un-{row['un_dataid']}", row["name_listed"])
        for row in rows
        if row["name_as_typed"] != row["name_listed"]
    ]


def mistyped_people(entities: Sequence[Listing], count: int, seed: int) -> list[Case]:
    """Listed people of whom nothing was learnt, by their first name in Latin script, mistyped."""
    chance = random.Random(seed)
    people = [e for e in entities if e.schema == "Person" and e.is_kept_for_testing and is_latin(e.names[0][0])]
    chosen = chance.sample(people, min(count, len(people)))
    return [Case("Person", mistyped(e.names[0][0], chance), e.id, e.names[0][0]) for e in chosen]


def aliases(entities: Sequence[Listing], count: int, seed: int) -> list[Case]:
    """One name each of entities that have two or more, to be taken out before it is asked for.

    Left alone: names that differ from another of the entity in order, case and marks only; names that another entity
    bears too, so that nobody could say who is meant; weak names; names in other scripts.
    """
    chance = random.Random(seed)
    borne = bearers(entities)
    found: list[Case] = []
    for entity in chance.sample(entities, len(entities)):
        if len(found) == count:
            break
        own = [folded(text) for text, _ in entity.names]
        fit = [
            text for (text, prop), plain in zip(entity.names, own, strict=True)
            if prop != "name" and prop != "weakAlias" and own.count(plain) == 1 and len(borne[plain]) == 1
            and is_latin(text) and plain
        ]  # fmt: skip
        if fit and any(is_latin(text) and text not in fit for text, _ in entity.names):
            found.append(Case(entity.schema, chance.choice(fit), entity.id, entity.names[0][0]))
    return found


def without(entities: Sequence[Listing], cases: Sequence[Case]) -> list[Listing]:
    """The entities without the names that the cases ask for."""
    gone = {case.right: case.name for case in cases}
    return [e.without([gone[e.id]]) if e.id in gone else e for e in entities]


def original_script(entities: Sequence[Listing]) -> list[Case]:
    """Names without any Latin letter of entities that also have one in Latin script."""
    return [
        Case(e.schema, text, e.id, e.names[0][0])
        for e in entities
        if any(is_latin(text) for text, _ in e.names)
        for text, _ in e.names
        if not has_latin(text) and any(char.isalpha() for char in text)
    ]


def latin(entities: Sequence[Listing]) -> list[Listing]:
    """The entities with their names in Latin script only; those that have none are left out."""
    kept = (e.without([text for text, _ in e.names if not is_latin(text)]) for e in entities)
    return [e for e in kept if e.names]


def dated_people(entities: Sequence[Listing], count: int, seed: int) -> list[Case]:
    """Listed people by a random Latin name with date of birth, of which every third is mistyped, and nationality."""
    chance = random.Random(seed)
    people = [e for e in entities if e.schema == "Person" and {"birthDate", "nationality"} <= e.properties.keys()]
    found = []
    for turn, entity in enumerate(chance.sample(people, min(count, len(people)))):
        names = [text for text, prop in entity.names if prop != "weakAlias" and is_latin(text)]
        date = entity.properties["birthDate"][0]
        given = misdated(date, chance) if turn % 3 == 0 else date
        facts = (("birthDate", given), ("nationality", entity.properties["nationality"][0]))
        told = f"{entity.names[0][0]}, born {date}" + (" (mistyped)" if given != date else "")
        found.append(Case("Person", chance.choice(names), entity.id, told, facts))
    return found


def typed_with_facts(rows: Sequence[Row]) -> list[Case]:
    """Listed people of the labelled set that have a date of birth and a nationality."""
    return [
        Case("Person", row["name_as_typed"], f"un-{row['un_dataid']}", row["name_listed"],
             (("birthDate", row["birth_date"]), ("nationality", row["nationality"])))
        for row in rows
        if row["birth_date"] and row["nationality"]
    ]  # fmt: skip


def dump(path: Path, cases: Sequence[Case]) -> Path:
    """Write the queries, one a line, for a child process."""
    path.write_text("".join(json.dumps(case.query(), ensure_ascii=False) + "\n" for case in cases), encoding="utf-8")
    return path

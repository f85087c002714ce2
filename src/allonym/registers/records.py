"""The register files as typed records: actors, authorities, measures, their types, programs and effects.

Takes the folder they are in; gives a `Register`, in the order of the files. Must not judge what they say (`check.py`
does) and must not turn it into statements (`sources/register.py` does). Raises ListError that names file and object
when a file is missing, is no JSON, or has a field of the wrong type or an unknown one.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from allonym.errors import ListError
from allonym.model import Citation, MeasureDate, NameKind
from allonym.registers.fields import Fields

ABOUT = "about.json"
FILES = (
    "actors.json",
    "authorities.json",
    "measures.json",
    "measure_types.json",
    "programs.json",
    "ofac_programs.json",
    "effects.json",
    "lists.json",
)


@dataclass(frozen=True, slots=True)
class RegisterName:
    """A name; `printed` is how its origin prints it where that differs; `lang` a three-letter code."""

    text: str
    kind: NameKind
    printed: str | None
    lang: str | None
    origin: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """The same actor in an official list: `entity_id` is the id its adapter gives, `number` the publisher's.

    `programs` as the list had them on `in_force_on` (ISO, cut to its precision); `last_seen` a later list that has the
    entry; `in_force_until` the first day it was seen to be gone.
    """

    entity_id: str
    authority: str
    number: str
    basis: str
    programs: tuple[str, ...]
    in_force_on: str
    last_seen: str | None
    in_force_until: str | None
    note: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class PropertyFact:
    """One more FtM property of an actor, in FtM form, with its origin's own text and its origin."""

    prop: str
    value: str
    printed: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class Role:
    """What a person is in the group that is its parent; `until` the day (ISO) it ended."""

    text: str
    until: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor or an authority. `parent` is the group a person belongs to, or the body a group or authority is part of;
    `role` what the person is there; `linked_to` a connection of which no more is known; `maybe_same_as` asks for a
    review and never merges."""

    entity_id: str
    schema: str
    names: tuple[RegisterName, ...]
    countries: tuple[str, ...]
    parent: str | None
    role: Role | None
    linked_to: tuple[str, ...]
    maybe_same_as: tuple[str, ...]
    status: str | None
    references: tuple[Reference, ...]
    properties: tuple[PropertyFact, ...]
    note: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class MeasureType:
    """A type (`parent` None) or a sub-type of measure; `entity` is the FtM schema it is also stated as, if any;
    `effects` are ids of effects.json."""

    type_id: str
    parent: str | None
    label: str
    kind: str
    entity: str | None
    topics: tuple[str, ...]
    consequence: str | None
    origin: str | None
    effects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """A program under which measures are taken; `key` is FtM's program key, or ours."""

    program_id: str
    key: str | None
    title: str
    authority: str
    origin: str
    effects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a measure amounts to, as a sentence; `kind` is one of `registers.check.EFFECTS`; `jurisdiction` a code of a
    country, `eu` or `un`; `origin` the law that says so."""

    effect_id: str
    kind: str
    jurisdiction: str | None
    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class OfficialList:
    """What a source of ours is: who keeps it, and what an entry on it amounts to by itself."""

    source: str
    authority: str
    title: str
    effects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """One measure as the file has it; `concerns` are actors it is about without being its targets."""

    measure_id: str
    type: str
    subtype: str
    authority: str
    other_authorities: tuple[str, ...]
    targets: tuple[str, ...]
    target_text: str | None
    concerns: tuple[str, ...]
    programs: tuple[str, ...]
    legal_basis: str | None
    dates: tuple[MeasureDate, ...]
    amount: int | None
    currency: str | None
    count: int | None
    status: str
    confidence: str
    citations: tuple[Citation, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class About:
    """What the register is; `as_of` (ISO day) is the newest day it vouches for; the words its measures may use."""

    title: str
    as_of: str
    licence: str
    statuses: dict[str, str]
    date_kinds: dict[str, str]


@dataclass(frozen=True, slots=True)
class Register:
    """All files of one folder."""

    about: About
    actors: tuple[Actor, ...]
    authorities: tuple[Actor, ...]
    acts: tuple[Act, ...]
    types: tuple[MeasureType, ...]
    programs: tuple[Program, ...]
    effects: tuple[Effect, ...]
    lists: tuple[OfficialList, ...]


def load(folder: Path) -> Register:
    """Read every file of a register folder."""
    return Register(
        about=_about(folder / ABOUT),
        actors=tuple(_actor(f) for f in _objects(folder / "actors.json")),
        authorities=tuple(_actor(f) for f in _objects(folder / "authorities.json")),
        acts=tuple(_act(f) for f in _objects(folder / "measures.json")),
        types=tuple(_type(f) for f in _objects(folder / "measure_types.json")),
        programs=(
            *(_program(f) for f in _objects(folder / "programs.json")),
            *_ofac_programs(folder / "ofac_programs.json"),
        ),
        effects=tuple(_effect(f) for f in _objects(folder / "effects.json")),
        lists=tuple(_list(f) for f in _objects(folder / "lists.json")),
    )


def _json(path: Path) -> object:
    try:
        parsed: object = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ListError(f"{path}: a file of the register is missing; put it back") from None
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise ListError(f"{path}: cannot be read ({error}); put the file back") from None
    except json.JSONDecodeError as error:
        raise ListError(f"{path}, line {error.lineno}: no JSON ({error.msg}); correct the file") from None
    return parsed


def _objects(path: Path) -> Iterator[Fields]:
    parsed = _json(path)
    if not isinstance(parsed, list):
        raise ListError(f"{path}: should be a list of objects; correct the file")
    for index, raw in enumerate(parsed):
        yield Fields(raw, f"{path}, object {index + 1}")


def _about(path: Path) -> About:
    fields = Fields(_json(path), str(path))
    about = About(
        fields.text("title"), fields.text("as_of"), fields.text("licence"), fields.words("statuses"),
        fields.words("date_kinds"),
    )  # fmt: skip
    for told in ("register", "as_of_basis", "licence_note"):
        fields.text(told)
    fields.done()
    return about


def _actor(fields: Fields) -> Actor:
    actor = Actor(
        fields.text("id"), fields.text("schema"), tuple(_name(f) for f in fields.items("names")),
        fields.texts("countries"), fields.optional("parent"), _role(fields), fields.texts("linked_to"),
        fields.texts("maybe_same_as"), fields.optional("status"),
        tuple(_reference(f) for f in fields.items("references")),
        tuple(_property(f) for f in fields.items("properties")), fields.optional("note"), fields.text("origin"),
    )  # fmt: skip
    fields.done()
    return actor


def _role(fields: Fields) -> Role | None:
    stated = fields.item("role")
    if stated is None:
        return None
    role = Role(stated.text("text"), stated.optional("until"), stated.text("origin"))
    stated.done()
    return role


def _name(fields: Fields) -> RegisterName:
    kind = fields.text("kind")
    if kind not in set(NameKind):
        raise ListError(f"{fields.where}: {kind!r} is no kind of name; use one of {', '.join(NameKind)}")
    name = RegisterName(
        fields.text("text"),
        NameKind(kind),
        fields.optional("printed"),
        fields.optional("lang"),
        fields.optional("origin"),
    )
    fields.done()
    return name


def _reference(fields: Fields) -> Reference:
    reference = Reference(
        fields.text("id"), fields.text("authority"), fields.text("number"), fields.text("basis"),
        fields.texts("programs"), fields.text("in_force_on"), fields.optional("last_seen"),
        fields.optional("in_force_until"), fields.optional("note"), fields.text("origin"),
    )  # fmt: skip
    fields.done()
    return reference


def _property(fields: Fields) -> PropertyFact:
    fact = PropertyFact(fields.text("prop"), fields.text("value"), fields.optional("printed"), fields.text("origin"))
    fields.done()
    return fact


def _type(fields: Fields) -> MeasureType:
    kind = MeasureType(
        fields.text("id"), fields.optional("parent"), fields.text("label"), fields.text("kind"),
        fields.optional("entity"), fields.texts("topics"), fields.optional("consequence"), fields.optional("origin"),
        fields.texts("effects"),
    )  # fmt: skip
    fields.done()
    return kind


def _program(fields: Fields) -> Program:
    program_id = fields.text("id")
    program = Program(
        program_id, program_id, fields.text("title"), fields.text("authority"), fields.text("origin"),
        fields.texts("effects"),
    )  # fmt: skip
    fields.done()
    return program


def _effect(fields: Fields) -> Effect:
    effect = Effect(
        fields.text("id"), fields.text("kind"), fields.optional("jurisdiction"), fields.text("text"),
        fields.text("origin"),
    )  # fmt: skip
    fields.done()
    return effect


def _list(fields: Fields) -> OfficialList:
    listed = OfficialList(fields.text("id"), fields.text("authority"), fields.text("title"), fields.texts("effects"))
    fields.done()
    return listed


def _ofac_programs(path: Path) -> Iterator[Program]:
    parsed = _json(path)
    tags = parsed.get("programs") if isinstance(parsed, dict) else None
    if not isinstance(tags, dict):
        raise ListError(f"{path}: should be an object with 'programs'; correct the file")
    for tag, raw in tags.items():
        fields = Fields(raw, f"{path}, {tag}")
        key, title = fields.optional("program_id"), fields.text("title")
        yield Program(tag, key, title, "us-ofac", "tag as OFAC prints it", fields.texts("effects"))


def _act(fields: Fields) -> Act:
    act = Act(
        fields.text("id"), fields.text("type"), fields.text("subtype"), fields.text("authority"),
        fields.texts("other_authorities"), fields.texts("targets"), fields.optional("target_text"),
        fields.texts("concerns"), fields.texts("programs"), fields.optional("legal_basis"),
        tuple(_date(f) for f in fields.items("dates")), fields.number("amount"), fields.optional("currency"),
        fields.number("count"), fields.text("status"), fields.text("confidence"),
        tuple(_citation(f) for f in fields.items("citations")), fields.optional("note"),
    )  # fmt: skip
    fields.done()
    return act


def _date(fields: Fields) -> MeasureDate:
    date = MeasureDate(fields.text("kind"), fields.text("date"))
    fields.done()
    return date


def _citation(fields: Fields) -> Citation:
    citation = Citation(
        fields.text("title"), fields.optional("url"), fields.optional("document"), fields.flag("official")
    )
    fields.done()
    return citation

"""What adapters build: an entry of a list, with the entities that hang on it, and the report of what was odd.

Takes raw text; gives statements with FtM values and the original beside them. Must not drop anything: a value that FtM
refuses is kept as a `notes` statement with the qualifier `unparsed:PROP`, and reported.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from allonym.model import NAME_KIND_PROP, Issue, NameKind, Statement
from allonym.sources import values

SPACES = re.compile(r"\s+")


@dataclass(slots=True)
class Report:
    """Collects what a reader has to say about one file: issues, and what the publisher counts itself."""

    issues: list[Issue] = field(default_factory=list)
    publisher_count: int | None = None

    def issue(self, code: str, message: str, *, entity_id: str | None = None, original: str | None = None) -> None:
        """Add an issue; `code` is a word of docs/sources.md."""
        self.issues.append(Issue(code, message, entity_id, original))


class Entry:
    """One entity of a list while it is read, with its side entities (addresses, sanctions, documents, edges).

    Side entities get ids made from this entry's id and their content, so that they stay the same from snapshot to
    snapshot. `statements()` gives everything, this entity first.
    """

    __slots__ = ("_children", "_seen", "_statements", "entity_id", "report", "schema")

    def __init__(self, entity_id: str, schema: str, report: Report) -> None:
        if not values.is_schema(schema):
            raise KeyError(f"no FtM schema {schema}")
        self.entity_id = entity_id
        self.schema = schema
        self.report = report
        self._statements: list[Statement] = []
        self._seen: set[tuple[str, str, str | None, str | None]] = set()
        self._children: dict[str, Entry] = {}

    def add(
        self,
        prop: str,
        text: str | None,
        *,
        original: str | None = None,
        lang: str | None = None,
        qualifier: str | None = None,
    ) -> bool:
        """State one property. Empty text is nothing; a value FtM refuses goes to `notes` and the report.

        Returns whether a value of `prop` was stated.
        """
        text = SPACES.sub(" ", text).strip() if text else ""
        if not text:
            return False
        value = values.clean(self.schema, prop, text)
        if value is None:
            self.unparsed(prop, original or text)
            return False
        kept = original if original is not None else (text if text != value else None)
        self._put(prop, value, kept, lang, qualifier)
        return True

    def _put(self, prop: str, value: str, original: str | None, lang: str | None, qualifier: str | None) -> None:
        key = (prop, value, lang, qualifier)
        if key not in self._seen:
            self._seen.add(key)
            self._statements.append(Statement(self.entity_id, self.schema, prop, value, original, lang, qualifier))

    def unparsed(self, prop: str, text: str) -> None:
        """Keep a text that was meant for `prop` and is not understood, and report it."""
        self.report.issue("unparsed", f"{prop}: not understood", entity_id=self.entity_id, original=text)
        holder = "notes" if values.has_property(self.schema, "notes") else "summary"
        if values.has_property(self.schema, holder):
            self._put(holder, text, None, None, f"unparsed:{prop}")

    def name(self, text: str | None, kind: NameKind = NameKind.PRIMARY, *, lang: str | None = None,
             original: str | None = None) -> None:  # fmt: skip
        """State a name of the given kind; `original` where the list prints it otherwise ("SURNAME, Given")."""
        qualifier = NameKind.ORIGINAL_SCRIPT.value if kind is NameKind.ORIGINAL_SCRIPT else None
        self.add(NAME_KIND_PROP[kind], text, lang=lang, qualifier=qualifier, original=original)

    def date(self, prop: str, text: str | None, *, day_first: bool | None = None, qualifier: str | None = None) -> None:
        """State a date phrase: one day, `circa`, a range (both ends). `qualifier` goes in front of the phrase's own."""
        text = text.strip() if text else ""
        if not text:
            return
        found = values.dates(text, day_first)
        if not found:
            self.unparsed(prop, text)
        for date in found:
            joined = " ".join(q for q in (qualifier, date.qualifier) if q) or None
            self._put(prop, date.value, text if text != date.value else None, None, joined)

    def child(self, schema: str, *key: str | None) -> "Entry":
        """The side entity of that schema whose content is `key`; the same key gives the same one again."""
        digest = hashlib.sha1("\x1f".join(part or "" for part in key).encode(), usedforsecurity=False).hexdigest()[:12]
        child_id = f"{self.entity_id}-{schema.lower()}-{digest}"
        if child_id not in self._children:
            self._children[child_id] = Entry(child_id, schema, self.report)
        return self._children[child_id]

    def link(self, prop: str, other: "Entry | str", *, original: str | None = None) -> None:
        """State a property that points at an entity; `original` where the list names it in words."""
        self._put(prop, other if isinstance(other, str) else other.entity_id, original, None, None)

    def address(self, full: str | None, *, country: str | None = None, **parts: str | None) -> None:
        """State an address in one line, and as an Address entity with its `parts` (street, city, postalCode …)."""
        pieces = [*parts.values()]
        line = full or ", ".join(p.strip() for p in [*pieces, country] if p and p.strip())
        if not line.strip():
            return
        self.add("address", line)
        entity = self.child("Address", line)
        entity.add("full", line)
        for prop, text in parts.items():
            entity.add(prop, text)
        entity.add("country", country)
        self.link("addressEntity", entity)

    def document(self, number: str | None, *, prop: str = "idNumber", kind: str | None = None,
                 country: str | None = None, original: str | None = None) -> "Entry | None":  # fmt: skip
        """State an identity document or registration: the number on `prop`, and an Identification (or Passport) entity.

        Returns that entity, for its dates and remarks; None when there is no number.
        """
        if not number or not number.strip():
            return None
        self.add(prop, number, original=original)
        entity = self.child("Passport" if prop == "passportNumber" else "Identification", number, kind, country)
        entity.link("holder", self)
        entity.add("number", number, original=original)
        entity.add("type", kind)
        entity.add("country", country)
        return entity

    def edge(self, schema: str, source: tuple[str, str], target: tuple[str, str], *, role: str | None = None,
             original: str | None = None) -> "Entry":  # fmt: skip
        """An edge entity: (property, id) of its two ends, and the role in the list's words."""
        entity = self.child(schema, *source, *target, role)
        entity.link(*source)
        entity.link(*target)
        if role:
            entity.add("role" if values.has_property(schema, "role") else "relationship", role, original=original)
        return entity

    def statements(self) -> Iterator[Statement]:
        """This entity's statements, then those of its side entities."""
        yield from self._statements
        for child in self._children.values():
            yield from child.statements()


def unique_id(taken: dict[str, str], entity_id: str, content: Iterable[str], report: Report) -> str:
    """The id itself, or, when another entry of the list claimed it already, the id with a mark made from `content`.

    Both entries are kept apart, and the clash is reported. `taken` maps ids to a description of their first claimant.
    """
    description = " ".join(content)
    if entity_id not in taken:
        taken[entity_id] = description
        return entity_id
    digest = hashlib.sha1(description.encode(), usedforsecurity=False).hexdigest()[:8]
    other = f"{entity_id}-{digest}"
    report.issue("duplicate_id", f"{entity_id} is claimed by two entries, kept apart as {other}: "
                 f"{taken[entity_id]!r} and {description!r}", entity_id=other)  # fmt: skip
    taken[other] = description
    return other

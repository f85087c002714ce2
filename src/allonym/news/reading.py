"""What a document says: mentions, measures, claims, all with offsets into the unaltered text.

Takes what the steps of `read` find; gives a `Reading`, as `reading/1` by `to_dict`. Must not read anything itself.
Offsets are Python string indices; `text` of a span is always document[start:end].
"""

import hashlib
from dataclasses import dataclass, field
from typing import Any

FORMAT = "reading/1"
MENTION_TYPES = ("designated_group", "person", "agency", "government", "media")
MEASURE_TYPES = (
    "terrorist_designation", "sanctions", "reward_offer", "charges", "arrest", "extradition", "tariff", "use_of_force",
    "delisting", "other",
)  # fmt: skip
STATUSES = ("in_effect", "announced", "reported", "threatened", "denied")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the text."""

    start: int
    end: int

    def of(self, text: str) -> dict[str, Any]:
        """As `reading/1` has it."""
        return {"start": self.start, "end": self.end, "text": text[self.start : self.end]}

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Mention:
    """A proper name. `canonical` is the same for every name of one actor; `entity_id` is the listed entity, if any;
    `ambiguous` says why the name may mean something else, "" where it does not."""

    span: Span
    type: str
    canonical: str
    entity_id: str | None = None
    ambiguous: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money: `value` in whole units of `unit` (ISO 4217)."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Measure:
    """An act upon somebody as the text tells it; `iso` is the date that `date` means, where it can be told."""

    type: str
    evidence: Span
    authority: str | None = None
    targets: tuple[str, ...] = ()
    amount: Amount | None = None
    count: int | None = None
    date: Span | None = None
    iso: str | None = None
    status: str = "in_effect"


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says what, and to whom. `speaker` is resolved, `speaker_span` is what the text has; `denial_of` and
    `source_of` name another part of the reading (`measure:2`, `claim:0`), by its place there."""

    speaker: str | None
    contents: tuple[Span, ...]
    kind: str
    speaker_span: Span | None = None
    role: str | None = None
    outlet: str | None = None
    anonymous: bool = False
    denial: bool = False
    denial_of: str | None = None
    source_of: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read of one document; `notes` tell what was not read and why."""

    text: str
    lang: str
    date: str | None = None
    mentions: tuple[Mention, ...] = ()
    measures: tuple[Measure, ...] = ()
    claims: tuple[Claim, ...] = ()
    notes: tuple[str, ...] = ()
    official: tuple[dict[str, Any], ...] = ()  # each measure beside the official record, see `news.official`
    source: dict[str, str] = field(default_factory=dict)  # file, its checksum, title, author, outlet, url …

    @property
    def checksum(self) -> str:
        """SHA-256 of the text in UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def to_dict(self) -> dict[str, Any]:
        """The reading as `reading/1`."""
        text = self.text
        return {
            "format": FORMAT,
            "lang": self.lang,
            "date": self.date,
            "checksum": self.checksum,
            "source": dict(self.source),
            "text": text,
            "mentions": [_mention(f"m{n}", m, text) for n, m in enumerate(self.mentions, 1)],
            "measures": [
                {**_measure(f"x{n}", m, text), **({"record": self.official[n - 1]} if self.official else {})}
                for n, m in enumerate(self.measures, 1)
            ],
            "claims": [_claim(f"c{n}", c, text) for n, c in enumerate(self.claims, 1)],
            "notes": list(self.notes),
        }


def _mention(id_: str, mention: Mention, text: str) -> dict[str, Any]:
    found: dict[str, Any] = {"id": id_, **mention.span.of(text), "type": mention.type, "canonical": mention.canonical}
    if mention.entity_id:
        found["entity_id"] = mention.entity_id
    if mention.ambiguous:
        found["ambiguous"] = mention.ambiguous
    return found


def _measure(id_: str, measure: Measure, text: str) -> dict[str, Any]:
    amount = measure.amount
    date = None if measure.date is None else {**measure.date.of(text), "iso": measure.iso}
    return {
        "id": id_,
        "type": measure.type,
        "authority": measure.authority,
        "targets": list(measure.targets),
        "amount": None if amount is None else {"value": amount.value, "unit": amount.unit},
        "count": measure.count,
        "date": date,
        "status": measure.status,
        "evidence": measure.evidence.of(text),
    }


def _claim(id_: str, claim: Claim, text: str) -> dict[str, Any]:
    return {
        "id": id_,
        "speaker": claim.speaker,
        "speaker_span": None if claim.speaker_span is None else claim.speaker_span.of(text),
        "role": claim.role,
        "outlet": claim.outlet,
        "kind": claim.kind,
        "contents": [span.of(text) for span in claim.contents],
        "anonymous": claim.anonymous,
        "denial": claim.denial,
        "denial_of": _place(claim.denial_of),
        "source_of": _place(claim.source_of),
    }


def _place(told: str | None) -> str | None:
    """`measure:0` as the id that the measure has."""
    kind, _, number = (told or "").partition(":")
    ids = {"measure": "x", "claim": "c"}
    return f"{ids[kind]}{int(number) + 1}" if kind in ids else told

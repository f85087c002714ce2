"""A dossier in words: the lines that the terminal and the page both show.

Takes parts of a dossier; gives plain text, one line each, not yet made safe for a terminal or a page. Must not decide
anything: what is told here stands in the dossier.
"""

from collections.abc import Iterable, Iterator

from allonym.dossier.consequences import reason
from allonym.dossier.dossier import Dossier, DossierName, Link, Standing, State, Told
from allonym.dossier.timeline import money
from allonym.model import Citation, NameKind
from allonym.news.saved import Saved

UNCHECKED = "(A summary by this project from general knowledge of the laws named; no lawyer has checked it.)"
REPORTED = "Reported in saved documents (not official)"
NOTHING = "Nothing that the registers know of: no measure in force, as far as the lists here go."
#: Kinds of date that need another word.
KINDS = {"unknown": "on", "act_in_force": "act in force since", "in_force_on": "in force on"}
#: "listed by" names these types of measure.
LISTED = ("sanctions", "terrorist_designation")


def head(dossier: Dossier) -> str:
    """Who it is, with schema and id."""
    return f"{dossier.caption}  ({dossier.schema}, {dossier.entity_id})"


def days(dossier: Dossier) -> list[str]:
    """The two days, where they are asked, and what must be known about the answer."""
    told = [f"As of {dossier.as_of}: what was in force that day."] if dossier.as_of else []
    if dossier.known_at:
        told.append(f"As known on {dossier.known_at}: from what was loaded here by then.")
    told += [f"Note: {note}." for note in dossier.notes]
    told += [f"May be the same as {caption} ({entity_id}): a person has to judge; never merged."
             for entity_id, caption in dossier.reviews]  # fmt: skip
    return told


def names(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """(kind, name with language and sources), in the order of the kinds."""
    for kind in NameKind:
        for name in dossier.names:
            if name.kind is kind:
                yield kind.value.replace("_", " "), _name(name)


def _name(name: DossierName) -> str:
    lang = f" ({name.lang})" if name.lang else ""
    return f"{name.text}{lang}  [{', '.join(name.sources)}]"


def fact(value: Told) -> str:
    """A value with how it was printed and who states it."""
    notes = [f"printed {value.original!r}" if value.original else "", value.qualifier or ""]
    told = ", ".join(note for note in notes if note)
    return f"{value.value}{f' ({told})' if told else ''}  [{', '.join(value.sources)}]"


def link(found: Link) -> str:
    """The other end of a link with its role and span."""
    role = f", {found.role}" if found.role and found.role.casefold() != found.relation else ""
    span = "".join(f", {word} {day}" for word, day in (("since", found.since), ("until", found.until)) if day)
    named = f"{found.caption} ({found.other_id})" if found.caption != found.other_id else found.caption
    return f"{named}{role}{span}  [{found.source}]"


def listed_by(dossier: Dossier) -> str:
    """By whom it is listed on the day, in one line; empty when by nobody."""
    found = [reason(s) for s in dossier.standings if s.state is State.IN_FORCE and s.measure.type in LISTED]
    return "; ".join(dict.fromkeys(found))


def rewards(dossier: Dossier) -> list[str]:
    """Every reward offer with its amount, oldest first, and how it stands."""
    offers = [s for s in dossier.standings if s.measure.type == "reward_offer" and s.measure.amount is not None]
    offers.sort(key=lambda s: s.begun or "")
    return [f"{s.begun or 'day not known'}: up to {money(s.measure.amount, s.measure.currency)}, {stands(s)}"
            for s in offers]  # fmt: skip


def holdings(dossier: Dossier) -> list[str]:
    """What the 50 Percent Rule says, with the path."""
    found = dossier.holdings
    if found is None:
        return []
    most = "" if found.total == found.possible else f", and may hold up to {found.possible} % with what is not stated"
    left = f"{counted(found.left_out, 'owner')} further up left out: too many" if found.left_out else ""
    return [f"{found.verdict}: blocked owners hold {found.total} % in the aggregate{most}", *found.path,
            *filter(None, [left])]  # fmt: skip


def stands(standing: Standing) -> str:
    """How a measure stands, with why."""
    ended = f" {standing.ended}" if standing.ended and standing.state is State.ENDED else ""
    return f"{standing.state.value}{ended} ({standing.why})"


def measure_head(standing: Standing) -> str:
    """What a measure is and how it stands."""
    reported = "" if standing.measure.official or standing.measure.status == "listed" else ", as reported"
    confidence = "" if standing.measure.confidence == "high" else f", confidence {standing.measure.confidence}"
    return f"{standing.label}: {stands(standing)}{reported}{confidence}"


def measure_lines(standing: Standing, *, citations: bool = True) -> list[str]:
    """The particulars of a measure, one line each."""
    measure = standing.measure
    told = []
    if measure.amount is not None:
        told.append(f"amount: up to {money(measure.amount, measure.currency)}")
    if standing.programs:
        told.append(f"program: {'; '.join(standing.programs)}")
    if measure.legal_basis:
        told.append(f"legal basis: {measure.legal_basis}")
    if measure.dates:
        told.append(
            "dates: " + ", ".join(f"{KINDS.get(d.kind, d.kind).replace('_', ' ')} {d.date}" for d in measure.dates)
        )
    if measure.target_text:
        told.append(f"target as worded: {measure.target_text}")
    if measure.count is not None:
        told.append(f"people: {measure.count}")
    if citations:
        told += [f"citation: {cited(citation)}" for citation in measure.citations]
    if measure.note:
        told.append(f"note: {measure.note}")
    told.append(f"source: {standing.source}, snapshot of {standing.snapshot}, {measure.measure_id}")
    return told


def cited(citation: Citation) -> str:
    """A citation with its document, its address and whether it is official."""
    document = citation.document if citation.document and citation.document not in citation.title else None
    url = citation.url if citation.url != citation.title else None
    parts = [citation.title, document, url, "official" if citation.official else None]
    return ", ".join(part for part in parts if part)


def group_head(dossier: Dossier, index: int) -> str:
    """The authority of a group, with its country and how many of its measures are in force."""
    group = dossier.groups[index]
    country = f" ({group.country})" if group.country else ""
    count = sum(s.state is State.IN_FORCE for s in group.measures)
    return f"{group.name}{country}: {counted(len(group.measures), 'measure')}, {count} in force"


def reported(documents: Iterable[Saved]) -> Iterator[str]:
    """Each document that mentions the actor, and below it what it reports; not official."""
    for document in documents:
        told = ", ".join(text for text in (document.date, document.outlet, document.title) if text)
        yield told or document.checksum[:12]
        for measure in document.measures:
            kind, status = measure["type"].replace("_", " "), measure["status"].replace("_", " ")
            yield f"  {kind}, {status}, by {measure['authority'] or 'somebody'}"


def counted(number: int, what: str) -> str:
    """A number with its noun."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def rests_on(dossier: Dossier) -> list[str]:
    """The snapshots that were consulted: those that have the actor, then those that do not."""
    told = [f"{c.source} of {c.snapshot}, loaded {c.loaded_at[:10]}: has it as {', '.join(c.entries)}"
            + (f"; {c.note}" if c.note else "") for c in dossier.consulted if c.entries]  # fmt: skip
    others = [f"{c.source} of {c.snapshot}" + (f" ({c.note})" if c.note else "")
              for c in dossier.consulted if not c.entries]  # fmt: skip
    return [*told, f"no entry of it in {', '.join(others)}"] if others else told

"""The common end of both readers of OFAC's lists: all entries of a file to statements, links within the list resolved.

Takes `Listing`s in the file's order; gives statements. Needs all entries at once, since a link may name a later one.
"""

from collections.abc import Iterable, Iterator

from allonym.model import Statement
from allonym.sources import us_ofac_entry
from allonym.sources.entry import Report, unique_id
from allonym.sources.us_ofac_links import Names
from allonym.sources.us_ofac_listing import Listing

#: Ids by source: OFAC numbers the two lists in one range, and a number on both may mean different things.
PREFIXES = {"us_ofac_sdn": "ofac-", "us_ofac_cons": "ofac-cons-", "us_ofac_sdn_names": "ofac-"}


def statements(listings: Iterable[Listing], source: str, report: Report) -> Iterator[Statement]:
    """Every statement of a list. Reports numbers claimed twice and a count that is not the publisher's."""
    entries: list[tuple[str, Listing]] = []
    taken: dict[str, str] = {}
    names = Names()
    for listing in listings:
        content = (listing.name, listing.kind, *listing.programs)
        entity_id = unique_id(taken, PREFIXES[source] + listing.number, content, report)
        entries.append((entity_id, listing))
        if not listing.name:
            report.issue("no_name", "an entry without a name", entity_id=entity_id)
        names.add(listing.name, entity_id)
        for alias in (*listing.aliases, *listing.remarks.aliases):
            if not alias.weak:
                names.add_alias(alias.text, entity_id)
    if report.publisher_count not in (None, len(entries)):
        report.issue("count", f"the publisher counts {report.publisher_count} entries, the file has {len(entries)}")
    for entity_id, listing in entries:
        yield from us_ofac_entry.build(listing, entity_id, names, report).statements()

"""From a query to the ways in which its names are looked up.

Takes a query's schema and properties; gives `Probe`s: each name as a person's, as an organisation's or as both, and
once more with joined words split or split words joined where the lists know such a word.
"""

import zlib
from collections.abc import Iterator

from allonym.index.search import Probe
from allonym.index.words import Words
from allonym.matching.compare import Record, names_of
from allonym.matching.profile import Profile, compared, profile
from allonym.matching.variants import LONGEST_RUN, SHORTEST_WORD, is_plain
from allonym.model import Properties
from allonym.names.parts import Kind, Part, kind_of
from allonym.names.sound import sound

MOST_NAMES = 24
SHORTEST_CUT = 7  # letters: shorter words are two words written together so seldom that looking is not worth it
KINDS = {Kind.ANY: (Kind.PERSON, Kind.ORGANISATION), Kind.THING: (Kind.ORGANISATION,)}


class Prober:
    """Makes probes; numbers their parts in `words`."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.known = words.index.part_numbers

    @staticmethod
    def names(record: Record) -> list[tuple[str, bool]]:
        """The names of a query that are looked up: the first MOST_NAMES."""
        return names_of(record)[:MOST_NAMES]

    def probes(self, number: int, schema: str, properties: Properties) -> Iterator[Probe]:
        """All probes of one query."""
        kind = kind_of(schema)
        for text, _ in self.names({"schema": schema, "properties": properties}):
            for one in KINDS.get(kind, (kind,)):
                read = profile(text, one)
                for parts in (read.parts, self._joined(read), self._cut(read)):
                    if parts:
                        yield Probe(
                            number, tuple(self.words.number(parts)), one is Kind.PERSON,
                            zlib.crc32(read.form.encode()) if read.form else 0, read.lineage, read.syllabic,
                        )  # fmt: skip

    def _joined(self, read: Profile) -> tuple[Part, ...] | None:
        """Runs of parts written together where the lists have that word."""
        parts, found, at = read.whole, list[Part](), 0
        while at < len(parts):
            for length in range(min(LONGEST_RUN, len(parts) - at), 1, -1):
                run = parts[at : at + length]
                text = "".join(p.text for p in run)
                if len(text) >= SHORTEST_WORD and (text, False) in self.known and all(is_plain(p) for p in run):
                    found.append(Part(text))
                    at += length
                    break
            else:
                found.append(parts[at])
                at += 1
        return compared(found) if len(found) < len(parts) else None

    def _cut(self, read: Profile) -> tuple[Part, ...] | None:
        """Words that the lists do not have, cut in two where a listed name has the two side by side."""
        index = self.words.index
        found: list[Part] = []
        for part in read.parts:
            pair = None
            if len(part.text) >= SHORTEST_CUT and is_plain(part) and (part.text, False) not in self.known:
                pair = index.joined(part.text) or index.joined("~" + sound(part.text))
            found.extend([Part(index.part_texts[n]) for n in pair] if pair else [part])
        return tuple(found) if len(found) > len(read.parts) else None

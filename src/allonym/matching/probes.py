"""From a query to the ways in which its names are looked up.

Takes a query's schema and properties; gives `Probe`s: each name as a person's, as an organisation's or as both, and
once more with joined words split or split words joined where the lists know such a word.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise

from allonym.index.build import form_number
from allonym.index.probe import Probe
from allonym.index.words import Words
from allonym.matching.compare import Record, names_of
from allonym.matching.profile import Profile, compared, profile
from allonym.matching.variants import LONGEST_RUN, SHORTEST_WORD, is_plain, joined
from allonym.model import Properties
from allonym.names.compounds import FAITH, GOD, MERCIFUL, SERVANT
from allonym.names.parts import Kind, Part, Role, kind_of
from allonym.names.script import Script
from allonym.names.sound import sound

BARE = int(Script.BARE)
MOST_NAMES = 24
JOINTS = ("", "de", "del", "al", "el", "bin", "of")  # particles that may have been written along ("trendearagua")
SHORTEST_CUT = 5  # letters: shorter words are two words written together so seldom that looking is not worth it
MOST_KEPT = 100_000  # words whose pieces are kept
SHORTEST_PIECE = 2
LONG_JOINED = 10  # letters: two short words written together sound like many a name
SECOND = (GOD, FAITH, MERCIFUL)
KINDS = {Kind.ANY: (Kind.PERSON, Kind.ORGANISATION), Kind.THING: (Kind.ORGANISATION,)}


class Prober:
    """Makes probes; numbers their parts in `words`."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.known = words.index.lettered
        #: Listed parts that may be words joined: most names hold none, and that is seen at once.
        scripts = words.index.arrays["part_script"].tolist()
        self._joins = frozenset(
            [t for t, s in zip(words.index.part_texts, scripts, strict=True) if len(t) >= SHORTEST_WORD and s != BARE]
        )
        self._pieces: dict[str, tuple[Part, ...] | None] = {}

    @cached_property
    def _sounds(self) -> frozenset[str]:
        """The sounds of listed parts that may be words joined: few names are sought by them."""
        index = self.words.index
        sounds = zip(index.part_texts, index.part_shapes.sounds, strict=True)
        return frozenset(sound for text, sound in sounds if len(text) >= SHORTEST_WORD)

    @staticmethod
    def names(record: Record) -> list[tuple[str, bool]]:
        """The names of a query that are looked up: the first MOST_NAMES."""
        return names_of(record)[:MOST_NAMES]

    def all(self, queries: Iterable[tuple[str, Properties]]) -> list[Probe]:
        """The probes of many queries in their order."""
        if len(self._pieces) > MOST_KEPT:
            self._pieces.clear()
        return [probe for number, query in enumerate(queries) for probe in self.probes(number, *query)]

    def probes(self, number: int, schema: str, properties: Properties) -> Iterator[Probe]:
        """All probes of one query."""
        kind = kind_of(schema)
        for text, _ in self.names({"schema": schema, "properties": properties}):
            whole, others = None, tuple[tuple[Part, ...] | None, ...]()
            for one in KINDS.get(kind, (kind,)):
                read = profile(text, one)
                # Most names have the same parts as a person's and as an organisation's.
                if read.whole != whole:
                    whole, others = read.whole, (self._joined(read), self._cut(read))
                for parts in (read.parts, *others):
                    if parts:
                        yield self._probe(number, read, parts)

    def _probe(self, number: int, read: Profile, parts: tuple[Part, ...]) -> Probe:
        return Probe(
            number,
            tuple(self.words.number(parts)),
            read.kind is Kind.PERSON,
            form_number(read.form),
            read.lineage,
            read.syllabic,
            [p.role for p in parts].count(Role.INITIAL),
            read.characters,
        )

    def _joined(self, read: Profile) -> tuple[Part, ...] | None:
        """Runs of parts written together where the lists have that word."""
        parts, found, at = read.whole, list[Part](), 0
        texts = [p.text for p in parts]
        if (
            self._joins.isdisjoint([a + b for a, b in pairwise(texts)])
            and self._joins.isdisjoint([a + b + c for a, b, c in zip(texts, texts[1:], texts[2:], strict=False)])
            and True not in [self._is_compound(a, b) for a, b in pairwise(texts)]
        ):
            return None
        while at < len(parts):
            for length in range(min(LONGEST_RUN, len(parts) - at), 1, -1):
                run = parts[at : at + length]
                text = "".join(texts[at : at + length])
                known = text in self._joins or (length == 2 and self._is_compound(run[0].text, run[1].text))
                if known and all(is_plain(p) for p in run):
                    found.append(joined(run))
                    at += length
                    break
            else:
                found.append(parts[at])
                at += 1
        return compared(found) if len(found) < len(parts) else None

    def _is_compound(self, left: str, right: str) -> bool:
        """Whether a long name of two words, or an Arabic one, is one word in the lists, as it sounds."""
        likely = left == SERVANT or right in SECOND or len(left) + len(right) >= LONG_JOINED
        return likely and sound(left + right) in self._sounds

    def _cut(self, read: Profile) -> tuple[Part, ...] | None:
        """Words cut in two where a listed name has the two side by side."""
        found: list[Part] = []
        cut = False
        for part in read.parts:
            if len(part.text) >= SHORTEST_CUT and (pieces := self._cut_word(part.text)) and is_plain(part):
                found += pieces
                cut = True
            else:
                found.append(part)
        return compared(found) if cut else None

    def _cut_word(self, text: str) -> tuple[Part, ...] | None:
        if text not in self._pieces:
            self._pieces[text] = self._cut_at(text)
        return self._pieces[text]

    def _cut_at(self, text: str) -> tuple[Part, ...] | None:
        known = self.known
        for cut in range(SHORTEST_PIECE, len(text) - SHORTEST_PIECE + 1):
            left = text[:cut]
            if left not in known:
                continue
            rest = text[cut:]
            for joint in JOINTS:
                right = rest[len(joint) :]
                if right in known and rest.startswith(joint) and self.words.index.side_by_side(left, right):
                    return Part(left, cut_from=text), Part(right, cut_from=text)
        return None

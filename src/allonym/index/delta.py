"""What differs between two indexes: the entries that screening sees otherwise than before.

Takes two open indexes; gives the entries that went and those that came, one that changed in both. It compares what the
indexes keep of an entry (names, facts, programs, actor, whether it is listed at all) and nothing else: a note that was
reworded is no difference here. Must not read the store.
"""

from dataclasses import dataclass

import orjson

from allonym.index import record
from allonym.index.index import Index
from allonym.index.listed import Listed

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Delta:
    """Entries of the old index that are not in the new one as they were (`gone`), and of the new one (`come`)."""

    gone: tuple[Listed, ...] = ()
    come: tuple[Listed, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.gone or self.come)

    @property
    def entries(self) -> tuple[Listed, ...]:
        """All of them; an entry that changed is here as it was and as it is."""
        return self.gone + self.come

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all these entries in their sources."""
        return frozenset(entry.entity_id for entry in self.entries)

    @property
    def delisted(self) -> frozenset[Key]:
        """(source, id) of the entries that are no longer listed at all."""
        return frozenset(_key(entry) for entry in self.gone) - frozenset(_key(entry) for entry in self.come)

    def of(self, sources: tuple[str, ...] | None) -> "Delta":
        """What concerns these sources; None is all."""
        if sources is None:
            return self
        gone, come = (tuple(e for e in side if e.source in sources) for side in (self.gone, self.come))
        return Delta(gone, come)


def delta(old: Index, new: Index) -> Delta:
    """The difference, in the order of the indexes."""
    same = all(old.meta[name] == new.meta[name] for name in ("sources", "schemata"))
    if not same:  # rows name source and schema by number
        before, after = ({_key(entry): entry for entry in map(index.entity, range(len(index)))} for index in (old, new))
        return Delta(
            tuple(entry for key, entry in before.items() if after.get(key) != entry),
            tuple(entry for key, entry in after.items() if before.get(key) != entry),
        )
    left, right = _rows(old), _rows(new)
    kept = left.keys() & right.keys()
    return Delta(_read(old, [r for r in left if r not in kept]), _read(new, [r for r in right if r not in kept]))


def _key(entry: Listed) -> Key:
    return entry.source, entry.entity_id


def _rows(index: Index) -> dict[bytes, None]:
    whole, ends = index.arrays["entity_record"].tobytes(), index.arrays["entity_end"].tolist()
    return dict.fromkeys(whole[start:end] for start, end in zip([0, *ends], ends, strict=False))


def _read(index: Index, rows: list[bytes]) -> tuple[Listed, ...]:
    sources, schemata = index.sources, list(index.meta["schemata"])
    return tuple(record.entity(orjson.loads(row), sources, schemata) for row in rows)

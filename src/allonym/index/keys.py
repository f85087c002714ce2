"""The keys by which a part of a query reaches the parts of the lists that are spelt or sound much like it.

Takes lower-case ASCII parts; gives 32-bit keys. Two parts within two edits share a key: each of their first PREFIX
letters with up to two of them deleted is one (the symmetric-deletion method). Their sound and, for scripts without
vowels, their consonants are keys too. A shared key is a suggestion only; `similarity` decides.
"""

import zlib
from functools import lru_cache
from itertools import combinations

from allonym.names.sound import skeleton, sound

PREFIX = 7
_ONE = {n: tuple((i,) for i in range(n)) for n in range(PREFIX + 1)}
_TWO = {n: tuple(combinations(range(n), 2)) for n in range(PREFIX + 1)}


def key(kind: str, text: str) -> int:
    """CRC-32 of the kind of key and its text."""
    return zlib.crc32(f"{kind}{text}".encode())


def deletions(text: str) -> set[str]:
    """The prefix with none, one and (from six letters on) two letters left out: two edits count from six letters on."""
    head = text[:PREFIX]
    found = {head}
    if len(head) >= 3:
        found.update(head[:i] + head[i + 1 :] for (i,) in _ONE[len(head)])
    if len(text) >= 6:
        found.update(head[:i] + head[i + 1 : j] + head[j + 1 :] for i, j in _TWO[len(head)])
    return found


@lru_cache(maxsize=65_536)
def keys(text: str, abjad: bool = False) -> tuple[int, ...]:
    """All keys of a part, without repeats."""
    found = {key("k", bones)} if len(bones := skeleton(text)) >= 2 else set()
    found.update(key("d", head) for head in deletions(text))
    if not abjad:
        found.add(key("s", sound(text)))
    return tuple(found)

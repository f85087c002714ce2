"""What was odd in an input but did not stop it: counted by kind, with the first line of each.

Takes remarks as rows are read; gives one line a kind for people. Must not grow with the file.
"""

from dataclasses import dataclass, field

from allonym.screening.printable import printable

MAX_KINDS = 200


@dataclass(frozen=True, slots=True)
class Oddity:
    """One kind of remark: how many rows, and the first of them."""

    what: str
    count: int
    line: int
    example: str

    def __str__(self) -> str:
        rows = f"{self.count:,} rows" if self.count > 1 else "1 row"
        return f"{printable(self.what)}: {rows}, first in line {self.line}: {printable(self.example[:60])!r}"


@dataclass(slots=True)
class Oddities:
    """Collects remarks; two remarks with the same `what` are one kind."""

    _kinds: dict[str, Oddity] = field(default_factory=dict)

    def add(self, what: str, line: int, example: str) -> None:
        """Count one remark. After `MAX_KINDS` kinds the rest counts as one."""
        if what not in self._kinds and len(self._kinds) >= MAX_KINDS:
            what = "other remarks"
        before = self._kinds.get(what)
        self._kinds[what] = (
            Oddity(what, before.count + 1, before.line, before.example) if before else Oddity(what, 1, line, example)
        )

    def all(self) -> list[Oddity]:
        """Every kind, in the order first met."""
        return list(self._kinds.values())

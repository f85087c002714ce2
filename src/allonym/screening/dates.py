"""Dates in customers' files: what order a column writes its days and months in, and each date in FtM form.

Takes the texts of a column; gives the column's order once rows that can be read in one way only have settled it, and
ISO dates cut to their precision. Must not guess: `03/04/1960` in a column that nothing settles gives the year alone,
and a two-digit year gives nothing.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from allonym.screening.columns import fold, tables
from allonym.sources import dates as list_dates

_NUMERIC = re.compile(r"\s*(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?:[ T]\d{1,2}:\d\d.*)?\s*", re.DOTALL)
_SLASHED_ISO = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_COMPACT = re.compile(r"(1[89]\d\d|20\d\d)(\d\d)(\d\d)")
_TWO_DIGITS = re.compile(r"\d{1,2}[/.\- ](?:\d{1,2}|[^\W\d]{3,12})[/.\- ]'?\d{2}")
_CLOCK = re.compile(r"[ T]+\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?(?:Z| ?[+-]\d\d:?\d\d)?$", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+")
_MAX = 60


@dataclass(slots=True)
class DateOrder:
    """Counts, over one column, the rows that can be read in one order only; `hint` is what its heading says."""

    hint: bool | None = None
    day_rows: int = 0
    month_rows: int = 0
    open_rows: int = 0

    def see(self, text: str) -> None:
        """Count one cell."""
        match = _NUMERIC.fullmatch(text)
        if not match:
            return
        first, second = int(match[1]), int(match[2])
        if first > 12 >= second:
            self.day_rows += 1
        elif second > 12 >= first:
            self.month_rows += 1
        elif first != second:
            self.open_rows += 1

    @property
    def day_first(self) -> bool | None:
        """True, False, or None when no row settles it or rows contradict each other."""
        if self.day_rows and self.month_rows:
            return None
        if self.day_rows or self.month_rows:
            return bool(self.day_rows)
        return self.hint

    @property
    def conflict(self) -> bool:
        """Whether the column has rows that are day-first only and rows that are month-first only."""
        return bool(self.day_rows and self.month_rows)


@lru_cache(maxsize=65_536)
def customer_date(text: str, day_first: bool | None) -> tuple[str | None, str | None]:
    """One cell as (FtM date or None, what is wrong or None).

    An ambiguous date gives the year and the word `ambiguous`; two-digit years and texts that are no date give None.
    """
    text = text.strip()
    if len(text) > _MAX:
        return None, "not understood"
    bare = _CLOCK.sub("", text)
    if match := _NUMERIC.fullmatch(bare):
        slashed = f"{match[1]}/{match[2]}/{match[3]}"
        if value := list_dates.iso_date(slashed, day_first):
            return value, None
        open_order = day_first is None and int(match[1]) <= 12 and int(match[2]) <= 12
        year = list_dates.iso_date(match[3]) if open_order else None
        return (year, "ambiguous") if year else (None, "not understood")
    if _TWO_DIGITS.fullmatch(bare):
        return None, "two-digit year"
    if match := _SLASHED_ISO.fullmatch(bare) or _COMPACT.fullmatch(bare):
        bare = "-".join(match.groups())
    value = list_dates.iso_date(bare) or list_dates.iso_date(_english(bare))
    return (value, None) if value else (None, "not understood")


def _english(text: str) -> str:
    """ "17 de mayo de 1960" as "17 may 1960"; other words stay."""
    months: dict[str, str] = tables()["months"]
    words = _WORDS.sub(lambda m: "" if m[0].casefold() in ("de", "del", "do") else months.get(fold(m[0]), m[0]), text)
    return " ".join(words.replace("1er ", "1 ").replace("1º", "1").split())

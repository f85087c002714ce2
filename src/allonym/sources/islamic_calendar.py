"""Dates of the Islamic calendars as FtM dates.

Takes year, month and day as a list prints them; gives the days or years they stand for in the Gregorian calendar. Must
not mix the two calendars up: year 1343 is 1924/1925 in the lunar one and 1964/1965 in the solar one that Iran and
Afghanistan use.
"""

from hijridate import Hijri

from allonym.sources.values import FtmDate

#: A solar year begins about 21 March of the Gregorian year this many years later, and ends in the next.
SOLAR_OFFSET = 621
MONTHS_IN_YEAR = 12


def islamic_dates(
    year: int, month: int | None = None, day: int | None = None, *, solar: bool = False
) -> tuple[FtmDate, ...]:
    """The Gregorian date of an Islamic one; the two ends of a range when only a year (or month) is known.

    The lunar calendar is that of Umm al-Qura (years 1343 to 1500); lists that go by sightings differ by a day or two.
    A solar date is cut to its year. Empty when there is no such date or it is out of that range.
    """
    if solar:
        if not 1200 <= year <= 1500:
            return ()
        return _ends(str(year + SOLAR_OFFSET), str(year + SOLAR_OFFSET + 1))
    try:
        if month and day:
            return (FtmDate(Hijri(year, month, day).to_gregorian().isoformat()),)
        first = Hijri(year, month or 1, 1).to_gregorian()
        final = Hijri(year, month or MONTHS_IN_YEAR, 1)
        last = Hijri(year, final.month, final.month_length()).to_gregorian()
    except (ValueError, OverflowError):
        return ()
    if month:
        return _ends(first.isoformat(), last.isoformat())
    return _ends(str(first.year), str(last.year))


def _ends(first: str, last: str) -> tuple[FtmDate, ...]:
    if first == last:
        return (FtmDate(first),)
    span = f"range:{first}/{last}"
    return (FtmDate(first, span), FtmDate(last, span))

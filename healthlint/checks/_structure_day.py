"""Dates as people write them, each as the first and the last day that it can mean."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?(?!\d)")
_FIGURES = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-]((?:19|20)\d\d)\b")
_NAMED = re.compile(
    r"(?i)\b(?:(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?,?\s+"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?((?:19|20)\d\d)\b"
)
_YEAR = re.compile(r"(?<![\d/.-])((?:19|20)\d\d)(?![\d/-])")


class Day(NamedTuple):
    """The first and the last day that a date can mean: "May 2024" may be any of 31."""

    first: dt.date
    last: dt.date


def parse_day(text: str) -> Day | None:
    """Return what the first date in *text* can mean, or None; of "03/04/2024", both 3 April and 4 March.

    >>> parse_day("4th March 2024").last
    datetime.date(2024, 3, 4)
    >>> [str(day) for day in parse_day("reviewed in 2024")]
    ['2024-01-01', '2024-12-31']
    """
    if iso := _ISO.search(text):
        return _day(int(iso[1]), int(iso[2]), int(iso[3] or 0))
    if named := _NAMED.search(text):
        month = _MONTHS.index(named[2][:3].lower()) + 1
        return _day(int(named[4]), month, int(named[1] or named[3] or 0))
    if figures := _FIGURES.search(text):
        return _day_of_figures(int(figures[1] or 0), int(figures[2]), int(figures[3]))
    year = _YEAR.search(text)
    return _day(int(year[1]), 0, 0) if year else None


def _day_of_figures(first: int, second: int, year: int) -> Day | None:
    if not first:
        return _day(year, second, 0)
    days = [day for day in (_day(year, second, first), _day(year, first, second)) if day is not None]
    return Day(min(day.first for day in days), max(day.last for day in days)) if days else None


def _day(year: int, month: int, day: int) -> Day | None:
    """Return the days of a date whose *month* or *day* may be 0 for unknown; None when there is no such date."""
    try:
        first = dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return Day(first, first)
    following = dt.date(year + 1, 1, 1) if not month or month == 12 else dt.date(year, month + 1, 1)
    return Day(first, following - dt.timedelta(days=1))

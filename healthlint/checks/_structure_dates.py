"""Faults of the dates that a page gives for itself: too old, passed, yet to come."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from healthlint.checks._structure_day import Day, parse_day
from healthlint.finding import Finding, opening

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from healthlint.document import Document, Sentence


class DatedPlace(NamedTuple):
    """A date and the place to report it; of a date without a day or month, ``day`` is all that it can mean."""

    day: Day
    place: Finding


def given_dates(
    document: Document, sentences: Sequence[Sentence], matchers: Sequence[Any], metadata: Sequence[str]
) -> Iterator[DatedPlace]:
    """Yield the dates in the group ``date`` of *matchers*, and those under the keys *metadata*; value ``date``.

    The place is all of the match up to the date, from a group ``report`` on if there is one; of one in the metadata it
    is the opening of the page.
    """
    for sentence in sentences:
        for matcher in matchers:
            for match in matcher.finditer(sentence.shadow):
                start = sentence.start + match.start(matcher.groupindex.get("report", 0))
                end = sentence.start + match.end(matcher.groupindex["date"])
                yield from _read(match["date"], Finding(sentence.block, start, end, sentence))
    for key in metadata:
        yield from _read(document.metadata.get(key, "").strip(), opening(document.blocks))


def _read(written: str, place: Finding | None) -> Iterator[DatedPlace]:
    day = parse_day(written)
    if day is not None and place is not None:
        yield DatedPlace(day, replace(place, values={"date": written}))


def past_dates(dates: Iterable[DatedPlace], today: str, *, years: int = 0) -> Iterator[Finding]:
    """Yield the newest of *dates* if all that it can mean lies *years* or more before *today*; value ``age``."""
    now = _day(today)
    newest = max(dates, key=lambda each: each.day.last, default=None)
    if newest is not None and newest.day.last < now:
        age = _years_between(newest.day.last, now)
        if age >= years:
            yield replace(newest.place, values={**newest.place.values, "age": str(age)})


def future_dates(dates: Iterable[DatedPlace], today: str) -> Iterator[Finding]:
    """Yield the newest of *dates* if all that it can mean lies after *today*."""
    newest = max(dates, key=lambda each: each.day.last, default=None)
    if newest is not None and newest.day.first > _day(today):
        yield newest.place


def _day(today: str) -> dt.date:
    given = parse_day(today)
    return given.first if given else dt.datetime.now().astimezone().date()


def _years_between(earlier: dt.date, later: dt.date) -> int:
    """Return the number of whole years.

    >>> _years_between(dt.date(2020, 6, 2), dt.date(2023, 6, 1))
    2
    """
    return later.year - earlier.year - ((later.month, later.day) < (earlier.month, earlier.day))

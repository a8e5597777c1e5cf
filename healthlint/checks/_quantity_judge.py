"""Whether a dose is beyond a limit, and what to say of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from healthlint.amount import PIECE, Amount, read_amount
from healthlint.frequency import read_frequency

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from healthlint.checks._quantity_dose import Dose
    from healthlint.frequency import Frequency
    from healthlint.table import Row, Value

LIMITS = ("plausible", "max-a-day", "max-a-dose", "at-most")
AMOUNTS = ("max-a-day", "max-a-dose", "plausible", "tablet", "strong-tablet")
_SLACK = 1.001  # what is lost in converting units is no overdose
_NUMBER = re.compile(r"[\d.,]*\d")
_UP_TO_UNIT = re.compile(r".*\d\s*")


class Verdict(NamedTuple):
    """What is beyond a limit, at ``text[start:end]``: what was *found*, the *limit*, and what may have been meant."""

    start: int
    end: int
    found: str
    limit: str
    meant: str = ""


class Judge:
    """Compares doses with the limits in *values*, and in the row of each dose, which come first."""

    def __init__(self, values: Mapping[str, Value], *, is_limited: bool) -> None:
        self._values = values
        self._is_limited = is_limited

    def verdict(self, kind: str, dose: Dose, row: Row | None, text: str) -> Verdict | None:
        """Return what is wrong with *dose*, in the sentence *text*, by the limits of one kind."""
        limits = self.limits(row, kind)
        if kind == "at-most":
            return next(filter(None, (_too_often(dose, limit) for limit in limits)), None)
        amount = self._measured(dose, row)
        if amount is None:
            return None
        if kind == "plausible":
            return _implausible(amount, limits, text)
        if kind == "max-a-dose":
            return next(filter(None, (_above(amount, amount.high, limit, "at one time") for limit in limits)), None)
        return next(filter(None, (self._too_much_a_day(dose, amount, limit) for limit in limits)), None)

    def limits(self, row: Row | None, key: str) -> tuple[str, ...]:
        """Return the limits that a row, or else the rule, gives under *key*."""
        value = (row.values.get(key) if row else None) or self._values[key]
        return tuple(str(each) for each in (value if isinstance(value, tuple) else (value,)) if each)

    def _measured(self, dose: Dose, row: Row | None) -> Amount | None:
        """Return the amount of a dose, tablets as what they hold; None for tablets of which nobody knows that."""
        amount = dose.amount
        if amount is None or amount.unit != PIECE:
            return amount
        keys = ("strong-tablet", "tablet") if amount.is_strong else ("tablet",)
        known = (read_amount(each) for key in keys for each in self.limits(row, key))
        tablet = dose.strength or next(filter(None, known), None)
        if tablet is None:
            return None
        return amount._replace(low=amount.low * tablet.low, high=amount.high * tablet.low, unit=tablet.unit)

    def _too_much_a_day(self, dose: Dose, amount: Amount, limit: str) -> Verdict | None:
        often = dose.often
        if often is None or (often.kind == "every" and self._is_limited):
            return None
        # Of ranges on both sides only one at its most: 300 to 400 mg three or four times a day is 1.2 g.
        total = max(amount.high * often.low, amount.low * often.high if often.kind == "times" else 0.0)
        start, end = min(amount.start, often.start), max(amount.end, often.end)
        return _above(amount._replace(start=start, end=end), total, limit, "in 24 hours")


def for_locale(rows: tuple[Row, ...], locale: str) -> tuple[Row, ...]:
    """Return the rows that hold in *locale*: its own, else those of no locale; where it is not known, at need all."""
    own = tuple(row for row in rows if locale in row.locales)
    general = tuple(row for row in rows if not row.locales)
    return own or general or (() if "-" in locale else rows)


def _above(amount: Amount, total: float, limit: str, when: str) -> Verdict | None:
    most = read_amount(limit)
    if most is None or most.unit != amount.unit or total <= most.high * _SLACK:
        return None
    return Verdict(amount.start, amount.end, f"{_in_unit_of(limit, most, total)} {when}", f"{limit} {when}")


def _implausible(amount: Amount, limits: tuple[str, ...], text: str) -> Verdict | None:
    ranges = [(each, limit) for limit in limits if (each := read_amount(limit))]
    same = [(each, limit) for each, limit in ranges if each.unit == amount.unit]
    if not same or any(each.low <= amount.low * _SLACK and amount.high <= each.high * _SLACK for each, _ in same):
        return None
    written = text[amount.start : amount.end]
    return Verdict(amount.start, amount.end, written, " or ".join(limits), next(_meant(written, ranges), ""))


def _meant(written: str, ranges: list[tuple[Amount, str]]) -> Iterator[str]:
    """Yield the number as it is written with each unit of the ranges in which it is plausible."""
    number = _NUMBER.match(written)
    for each, limit in ranges if number else ():
        unit = _UP_TO_UNIT.sub("", limit)
        tried = read_amount(f"{number[0]} {unit}") if number else None
        if tried and each.low <= tried.low * _SLACK and tried.high <= each.high * _SLACK:
            yield f"{number[0]} {unit}" if number else ""


def _too_often(dose: Dose, limit: str) -> Verdict | None:
    often, most = dose.often, read_frequency(limit)
    if often is None or most is None or often.low <= most.high * _SLACK:
        return None
    return Verdict(often.start, often.end, _spoken(often), limit)


def _spoken(often: Frequency) -> str:
    times, unit = (often.low, "day") if often.low > 1 / 2 else (often.low * 7, "week")
    return f"once a {unit}" if round(times, 1) == 1 else f"{times:.3g} times a {unit}"


def _in_unit_of(limit: str, most: Amount, total: float) -> str:
    """Return *total* in the unit that *limit* is written in.

    >>> _in_unit_of("4 g", Amount(0, 3, 4000, 4000, "mg"), 8000)
    '8 g'
    """
    number = _NUMBER.search(limit)
    written = float(number[0].replace(",", "")) if number else 1.0
    return f"{total / most.high * written:,.4g} {_UP_TO_UNIT.sub('', limit)}"

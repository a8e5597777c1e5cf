"""How often something is taken, as people write it: "three times a day", "every 4 to 6 hours", "once a week", "qds"."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, NamedTuple

from healthlint.amount import COUNT, compiled, count_range, is_whole
from healthlint.number import NUMBER, read_number
from healthlint.text import apart

_DAY = 24.0
_HOURS = {
    "minute": 1 / 60, "min": 1 / 60, "hour": 1.0, "hr": 1.0, "h": 1.0, "week": 168.0, "wk": 168.0, "fortnight": 336.0,
    "month": 730.0, "year": 8766.0, "weekly": 168.0, "fortnightly": 336.0, "monthly": 730.0, "yearly": 8766.0,
}  # fmt: skip
_MANY = {"few": (2.0, 3.0), "couple": (2.0, 2.0), "other": (2.0, 2.0), "second": (2.0, 2.0), "half": (0.5, 0.5)}
_WORDS = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
_TIMES_OF_DAY = frozenset({"night", "nightly", "morning", "evening", "bedtime", "bed"})
_LATIN = {"bid": 2.0, "bd": 2.0, "tid": 3.0, "tds": 3.0, "qid": 4.0, "qds": 4.0}

_24_HOURS = r"(?:24|twenty[\s-]?four)[\s-]?(?:hours?|hrs?|h)(?:[\s-]period)?"
_PERIOD = (
    r"(?:\b(?:a|per|each|every|in\s(?:a|any|one|each|every)|(?:over|across)\s(?:the\scourse\sof\s)?(?:a|the)|through(?:out)?\sthe)"
    r"[\s-](?:single\s)?(?P<period>day|week|fortnight|month|year|night|morning|evening|bedtime)\b"
    rf"|\b(?:in|over|within|during|per|every|each)\s(?:(?:a|any|each|every|one|the)\s)?(?:single\s)?(?P<day>{_24_HOURS})\b"
    r"|\b(?P<adverb>daily|nightly|weekly|fortnightly|monthly|yearly)\b"
    r"|/\s?(?P<slash>day|d|24\s?(?:hours?|hrs?|h)|week|wk)\b)"
)
_COUNTED = rf"{COUNT}\s?(?:x|×|times|doses?|goes)|[x×]\s?(?P<times>{NUMBER})|\b(?P<word>once|twice|thrice)"
_TIMES = rf"(?i)(?:{_COUNTED})[\s,-]*{_PERIOD}"
_SPAN = rf"(?P<low>{NUMBER})(?:\s?(?:-|to|or)\s?(?P<high>{NUMBER}))?"
_EVERY = (
    rf"(?i)\b(?:every|each|q)\s?(?:{_SPAN}[\s-]?|(?P<many>few|couple\sof|other|second|half(?:\san)?)\s|single\s|\b)"
    r"(?P<unit>minute|min|hour|hr|h|day|night|week|month)s?\b"
)
_HOURLY = rf"(?i)\b{_SPAN}[\s-]?(?P<unit>hour|week)ly\b|\b(?P<unit1>hour)ly\b"
_APART = rf"(?i)\b{_SPAN}\s(?P<unit>hour|day|week)s\sapart\b"
_MEAL = (
    r"(?:breakfast|morning|lunch(?:time)?|noon|midday|dinner(?:time)?|tea(?:time)?|supper|evening|night|bed(?:time)?)"
)
_MEALS = (
    r"(?i)\b(?:with|after|before|at)\s(?:each|every)\s(?:main\s)?meal\b"
    rf"|\b(?:at\s|with\s)?{_MEAL},\s?(?:at\s)?{_MEAL},?\sand\s(?:at\s)?{_MEAL}\b"
)
_EACH = r"(?:(?:every|each|in\sthe|at)\s)?"
_MORNING_AND_NIGHT = rf"(?i)\b{_EACH}morning\sand\s(?:again\s)?{_EACH}(?:night|evening|bedtime)\b"
_ABBREVIATED = r"\b(?P<latin>b\.?i?\.?d|t\.?i\.?d|t\.?d\.?s|q\.?i\.?d|q\.?d\.?s|BI?D|TID|TDS|QID|QDS)\b"
_WHOLE = rf"(?i){_PERIOD}|\b(?P<bed>at\s(?:night|bedtime)|before\sbed(?:time)?)\b"
_OF_OTHER_THINGS = (
    r"(?i)^(?:a\s\w+|daily|weekly)\s(?:or\stwo|later|before|after|ago|off|out|trip|life|lives|living|routine|activit\w+"
    r"|tasks?|diet|news|values?|allowance|requirements?|needs?)\b"
)
_LASTING = r"(?i)\b(?:for|after|within|about|around|half|than|least|in\sunder)\s$"


Kind = Literal["times", "every", "whole"]


class Frequency(NamedTuple):
    """How often, at ``text[start:end]``: from *low* to *high* times in a day.

    ``times`` are counted ("three times a day"); ``every`` says how far apart; ``whole`` is all that is taken in a time
    ("a day", "weekly").
    """

    start: int
    end: int
    low: float
    high: float
    kind: Kind


def find_frequencies(text: str) -> list[Frequency]:
    """Return what a folded text says on how often, in order, none overlapping another.

    >>> [(each.high, each.kind) for each in find_frequencies("1 g every 4 to 6 hours, no more than 4 g in 24 hours")]
    [(6.0, 'every'), (1.0, 'whole')]
    """
    found: list[Frequency] = []
    for pattern, read in _READERS:
        for match in compiled(pattern).finditer(text):
            frequency = read(match)
            if is_whole(text, match.start()) or text[match.start()] == "/":
                found.append(frequency)
    return list(apart(each for each in found if not _is_of_other_things(text, each)))


@cache
def read_frequency(text: str) -> Frequency | None:
    """Return the frequency that *text* is, or None.

    >>> read_frequency("every 6 hours").high
    4.0
    """
    found = find_frequencies(text)
    return found[0] if found and (found[0].start, found[0].end) == (0, len(text)) else None


def _is_of_other_things(text: str, found: Frequency) -> bool:
    if compiled(_OF_OTHER_THINGS).search(text[found.start : found.end + 20]):
        return True
    before = text[max(0, found.start - 20) : found.start]
    return found.kind == "whole" and bool(compiled(_LASTING).search(before))


def _a_day(match: Any) -> float:
    """Return how many of the time that ``_PERIOD`` matched make a day."""
    named = match["period"] or match["adverb"] or match["slash"] or "day"
    return _DAY / _HOURS.get(named.lower(), _DAY)


def _times(match: Any) -> Frequency:
    if match["count"]:
        low, high = count_range(match)
    else:
        low = high = read_number(match["times"]) if match["times"] else _WORDS[match["word"].lower()]
    return Frequency(match.start(), match.end(), low * _a_day(match), high * _a_day(match), "times")


def _every(match: Any) -> Frequency:
    unit = match["unit"].lower()
    hours = _HOURS.get(unit, _DAY)
    if match["many"]:
        low, high = _MANY[match["many"].split()[0].lower()]
    elif match["low"]:
        low, high = read_number(match["low"]), read_number(match["high"] or match["low"])
    else:
        kind: Kind = "every" if hours < _DAY else "times" if unit in _TIMES_OF_DAY else "whole"
        return Frequency(match.start(), match.end(), _DAY / hours, _DAY / hours, kind)
    return Frequency(match.start(), match.end(), _DAY / (hours * (high or 1.0)), _DAY / (hours * (low or 1.0)), "every")


def _hourly(match: Any) -> Frequency:
    hours = _HOURS[(match["unit"] or "hour").lower()]
    low, high = (read_number(match["low"]), read_number(match["high"] or match["low"])) if match["low"] else (1.0, 1.0)
    return Frequency(match.start(), match.end(), _DAY / (hours * (high or 1.0)), _DAY / (hours * (low or 1.0)), "every")


def _whole(match: Any) -> Frequency:
    named = (match["period"] or match["adverb"] or ("bed" if match["bed"] else "")).lower()
    return Frequency(
        match.start(), match.end(), _a_day(match), _a_day(match), "times" if named in _TIMES_OF_DAY else "whole"
    )


def _latin(match: Any) -> Frequency:
    times = _LATIN[match["latin"].replace(".", "").lower()]
    return Frequency(match.start(), match.end(), times, times, "times")


def _thrice(match: Any) -> Frequency:
    return Frequency(match.start(), match.end(), 3.0, 3.0, "times")


def _twice(match: Any) -> Frequency:
    return Frequency(match.start(), match.end(), 2.0, 2.0, "times")


_READERS = (
    (_TIMES, _times), (_EVERY, _every), (_HOURLY, _hourly), (_APART, _hourly), (_MEALS, _thrice),
    (_MORNING_AND_NIGHT, _twice), (_ABBREVIATED, _latin), (_WHOLE, _whole),
)  # fmt: skip

"""Amounts as people write them: "400mg", "half a gram", "two 500 mg tablets", "5,000 IU", "5.5 mmol/L"."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from healthlint.number import NUMBER, read_number
from healthlint.regex import compile_pattern

PIECE = "piece"
"""The unit of tablets and the like whose content the text does not say."""

# How units are written; the unit in which those of one kind are counted, and how many of it one is.
_UNITS = {
    r"(?:ng|nano\s?gram(?:me)?s?)\b": ("mg", 1e-6),
    r"(?:mcgs?|[µu]gs?|micro[\s-]?gram(?:me)?s?)\b": ("mg", 1e-3),
    r"(?:mgs?|milli[\s-]?gram(?:me)?s?)\b": ("mg", 1.0),
    r"(?:gms?|g|gram(?:me)?s?)\b": ("mg", 1e3),
    r"(?:kgs?|kilo(?:gram(?:me)?)?s?)\b": ("kg", 1.0),
    r"(?:pg|picogram(?:me)?s?)\b": ("mg", 1e-9),
    r"(?:mls?|ccs?|milli[\s-]?lit(?:re|er)s?)\b": ("mL", 1.0),
    r"(?:dl|deci\s?lit(?:re|er)s?)\b": ("mL", 100.0),
    r"(?:l|lit(?:re|er)s?)\b": ("mL", 1e3),
    r"(?:tsps?|tea[\s-]?spoon(?:ful)?s?)\b": ("mL", 5.0),
    r"(?:tbsps?|table[\s-]?spoon(?:ful)?s?)\b": ("mL", 15.0),
    r"(?:miu|mu)\b": ("IU", 1e-3),
    r"(?:[µu]iu)\b": ("IU", 1e-6),
    r"(?:iu|i\.u\.?|international\s+units?|units?|u)\b": ("IU", 1.0),
    r"(?:mol|moles?)\b": ("mmol", 1e3),
    r"(?:mmols?|milli[\s-]?moles?)\b": ("mmol", 1.0),
    r"(?:[µu]mols?|micro[\s-]?mol(?:e?s)?)\b": ("mmol", 1e-3),
    r"(?:nmols?|nano[\s-]?mol(?:e?s)?)\b": ("mmol", 1e-6),
    r"(?:pmols?|pico[\s-]?mol(?:e?s)?)\b": ("mmol", 1e-9),
    r"(?:meqs?|milli[\s-]?equivalents?)\b": ("mEq", 1.0),
    r"(?:mm\s?hg)\b": ("mmHg", 1.0),
    r"(?:%|per\s?cent\b)": ("%", 1.0),
    r"(?:°\s?c|(?:degrees?\s+)?(?:celsius|centigrade)|degrees?\s+c|c)\b": ("°C", 1.0),
    r"(?:°\s?f|(?:degrees?\s+)?fahrenheit|degrees?\s+f|f)\b": ("°F", 1.0),
}
_UNDER = {
    r"l|lit(?:re|er)": ("L", 1.0),
    r"dl|decilit(?:re|er)": ("L", 0.1),
    r"ml|cc|millilit(?:re|er)": ("L", 1e-3),
    r"kg|kilo(?:gram(?:me)?)?": ("kg", 1.0),
    r"mol": ("mol", 1.0),
    r"mmol": ("mol", 1e-3),
    r"g|gram(?:me)?": ("g", 1.0),
    r"m2|m²|square\s+met(?:re|er)": ("m²", 1.0),
}
_UNIT = "(?:" + "|".join(_UNITS) + ")"
_WORD = r"[a-z][a-z'-]*"
_TO = r"\s?(?:-|to\s|or\s)\s?"
_PER = rf"(?:(?:\s?/\s?|\sper\s|\sin\s(?:a\s|each\s|every\s)?)(?P<many>[\d.]+)?\s?(?P<under>{'|'.join(_UNDER)})\b)?"
_NUMBER = rf"(?:{NUMBER}|an?)"
_PLAIN = (
    rf"(?i)(?:(?P<low>{NUMBER})(?:[\s-]?(?P<first>{_UNIT}))?{_TO}(?P<high>{NUMBER})[\s-]?(?P<last>{_UNIT})"
    rf"|between\s(?P<from>{NUMBER})(?:[\s-]?(?P<start>{_UNIT}))?\sand\s(?P<till>{NUMBER})[\s-]?(?P<end>{_UNIT})"
    rf"|(?P<only>{_NUMBER})[\s-]?(?P<unit>{_UNIT})(?P<half>\s+and\s+a\s+half\b)?){_PER}"
)
_PIECES = (
    r"(?:tablets?|tabs?|pills?|capsules?|caps|caplets?|gel[\s-]?(?:cap|tab)s?|soft[\s-]?gels?|lozenges?|sachets?"
    r"|gumm(?:y|ies)|pastilles?|suppositor(?:y|ies))\b"
)
COUNT = rf"\b(?P<count>{_NUMBER})(?:{_TO}(?P<most>{NUMBER}))?"
"""A number or range of things."""
_STRENGTH = rf"(?P<strength>{NUMBER})[\s-]?(?P<unit>{_UNIT})"
_TIMES_STRENGTH = (
    rf"(?i){COUNT}(?:(?P<times>\s?[x×*]|\s+times|\s+lots\s+of)\s*|\s+)(?P<between>(?:{_WORD}\s+){{0,4}}?){_STRENGTH}"
    rf"(?P<tail>[\s-]+(?:{_WORD}[\s-]+){{0,3}}?{_PIECES})?"
)
_OF_STRENGTH = (
    rf"(?i){COUNT}\s+(?P<between>(?:{_WORD}[\s-]+){{0,4}}?){_PIECES}"
    rf"\s*(?P<link>[(,:-]|of\b|at\b|(?:each\s+|that\s+|which\s+)?contain(?:ing|s)?\b)\s*(?:{_WORD}\s+){{0,2}}?{_STRENGTH}"
    r"(?P<each>\s*(?:each|apiece|per\b|a\s+(?:tablet|pill|capsule)))?"
)
_PIECE_COUNT = rf"(?i){COUNT}\s+(?P<between>(?:{_WORD}[\s-]+){{0,4}}?){_PIECES}"
_STRONG = re.compile(r"\b(?:extra|max(?:imum)?|double|ultra|forte)\b", re.IGNORECASE)
_NOT_BETWEEN = frozenset(
    "and or to times time day days hour hours week weeks month months year years every each then for is are was were "
    "as a an but in at with if to up from than over under about".split()
)
_MULTIPLIED = ("of", "at", "each", "that", "which", "contain")
_AFTER_SLASH = re.compile(r"\s?/\s?(?!(?:day|d|dose|24|week|wk|night|hour|hr|h)\b)[a-z]", re.IGNORECASE)
_BEFORE = re.compile(r"(?:[\w.,/]|[a-z]-)$", re.IGNORECASE)
_BLANK = "\x1f"
_MOST_PIECES = 60  # at once or a day; a larger number is no number of tablets


class Amount(NamedTuple):
    """An amount at ``text[start:end]``, from *low* to *high* in *unit*, which is one for all that can be converted.

    ``is_strong``: tablets of which the text says that they are extra strong.
    """

    start: int
    end: int
    low: float
    high: float
    unit: str
    is_strong: bool = False


def find_amounts(text: str) -> list[Amount]:
    """Return the amounts in a folded text, in order: of several tablets of one strength, all they hold together.

    >>> [(each.high, each.unit) for each in find_amounts("Take two 500 mg tablets, or 1/2 g, with 200ml of water")]
    [(1000.0, 'mg'), (500.0, 'mg'), (200.0, 'mL')]
    """
    found: list[Amount] = []
    for pattern, read in (
        (_TIMES_STRENGTH, _times_strength), (_OF_STRENGTH, _of_strength), (_PLAIN, _plain), (_PIECE_COUNT, _pieces)
    ):  # fmt: skip
        for match in compiled(pattern).finditer(text):
            amount = read(match) if is_whole(text, match.start()) else None
            if amount is not None and not _AFTER_SLASH.match(text, amount.end):
                found.append(amount)
        text = _without(text, found)
    return sorted(found)


@cache
def read_amount(text: str) -> Amount | None:
    """Return the amount or range that *text* is, or None.

    >>> read_amount("1.5 to 60 mmol/L")
    Amount(start=0, end=16, low=1.5, high=60.0, unit='mmol/L', is_strong=False)
    """
    match = compiled(_PLAIN).fullmatch(text)
    return _plain(match) if match else None


@cache
def compiled(pattern: str) -> Any:
    """Return *pattern* compiled for text of either case."""
    return compile_pattern(pattern)


def is_whole(text: str, start: int) -> bool:
    """Say whether a number may begin at *start*: not within a word, another number or a name such as B-12."""
    return not _BEFORE.search(text, max(0, start - 2), start)


def count_range(match: Any) -> tuple[float, float]:
    """Return the lowest and the highest of what ``COUNT`` matched."""
    low = read_number(match["count"])
    return low, read_number(match["most"]) if match["most"] else low


def _without(text: str, found: list[Amount]) -> str:
    characters = list(text)
    for each in found:
        characters[each.start : each.end] = _BLANK * (each.end - each.start)
    return "".join(characters)


def _times_strength(match: Any) -> Amount | None:
    if not (match["times"] or match["tail"]) or _is_broken(match["between"]):
        return None
    return _multiplied(match)


def _of_strength(match: Any) -> Amount | None:
    if _is_broken(match["between"]):
        return None
    if match["each"] or match["link"].lower().startswith(_MULTIPLIED):
        return _multiplied(match)
    each, unit = _measured(match["strength"], match["unit"])
    return Amount(match.start(), match.end(), each, each, unit)


def _multiplied(match: Any) -> Amount | None:
    low, high = count_range(match)
    if high > _MOST_PIECES:
        return None
    each, unit = _measured(match["strength"], match["unit"])
    return Amount(match.start(), match.end(), low * each, high * each, unit)


def _pieces(match: Any) -> Amount | None:
    if _is_broken(match["between"]):
        return None
    return Amount(match.start(), match.end(), *count_range(match), PIECE, bool(_STRONG.search(match["between"])))


def _plain(match: Any) -> Amount | None:
    low, first, high, last = next(
        (match[low], match[first], match[high], match[last])
        for low, first, high, last in (
            ("low", "first", "high", "last"), ("from", "start", "till", "end"), ("only", "unit", "only", "unit")
        )
        if match[low] is not None
    )  # fmt: skip
    if not _is_unit(high, last):
        return None
    most, unit = _measured(f"{high} and a half" if match["half"] else high, last)
    least, other = (most, unit) if low is high else _measured(low, first or last)
    scale, under = _under(match["many"], match["under"])
    if other != unit:
        return None
    return Amount(match.start(), match.end(), least * scale, most * scale, f"{unit}{under}")


def _is_unit(number: str, unit: str) -> bool:
    """Say whether a unit of one letter is one: "38C", not "a c"; after "a", only a unit that is a word is."""
    if number.lower() in {"a", "an"} and len(unit) < len("gram"):
        return False
    return unit not in {"c", "f", "u"}


def _is_broken(between: str) -> bool:
    return not _NOT_BETWEEN.isdisjoint(between.lower().split())


def _measured(number: str, unit: str) -> tuple[float, str]:
    name, factor = _known_unit(unit.lower())
    return read_number(number) * factor, name


def _under(many: str | None, under: str | None) -> tuple[float, str]:
    if under is None:
        return 1.0, ""
    name, factor = next(value for pattern, value in _UNDER.items() if compiled(f"(?i){pattern}").fullmatch(under))
    return 1.0 / (factor * (float(many) if many else 1.0)), f"/{name}"


@cache
def _known_unit(written: str) -> tuple[str, float]:
    return next(value for pattern, value in _UNITS.items() if compiled(f"(?i){pattern}").fullmatch(written))

"""A change in a percentage that is given in points as if it were a percentage itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from healthlint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthlint.document import Sentence

POINTS_GROUPS = ("from", "to", "by")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# Of two readings of "by" the one that it is closer to was meant; both round to whole numbers.
_ROUNDING = 0.5


def changes_in_points(sentence: Sentence, text: str, regexes: Sequence[Any]) -> Iterator[Finding]:
    """Yield each match whose ``by`` is the points between ``from`` and ``to``; values ``points`` and ``relative``.

    From 20% to 15% is 5 points, and 25% lower: "a 5% drop" is what is found.
    """
    for regex in regexes:
        for match in regex.finditer(text):
            values = _points(*(match[group] or "" for group in POINTS_GROUPS))
            if values:
                start, end = sentence.start + match.start(), sentence.start + match.end()
                yield Finding(sentence.block, start, end, sentence, values)


def _points(old: str, new: str, change: str) -> dict[str, str]:
    """Return how to say the change from *old* to *new*, if *change* is their difference and not its share of *old*.

    >>> _points("20", "15", "5"), _points("20", "15", "25")
    ({'points': '5', 'relative': '25% lower'}, {})
    """
    if not all(_NUMBER.fullmatch(figure) for figure in (old, new, change)) or not float(old):
        return {}
    points = abs(float(new) - float(old))
    relative = 100 * points / float(old)
    off, off_relative = abs(float(change) - points), abs(float(change) - relative)
    if off > _ROUNDING or off >= off_relative:
        return {}
    return {
        "points": f"{points:.4g}",
        "relative": f"{relative:.0f}% {'higher' if float(new) > float(old) else 'lower'}",
    }

"""A share of a count, and how sure one can be of it."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

_Z = 1.959964  # the two-sided 95% point of the normal distribution


class Share(NamedTuple):
    """*part* out of *whole*; shown with its 95% interval.

    >>> str(Share(55, 63)), str(Share(0, 0))
    ('0.87 [0.77, 0.93]', '-')
    """

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The share itself, or None of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95% interval (Wilson 1927, J Am Stat Assoc 22:209), which holds for small counts and at 0 and 1 too."""
        if not self.whole:
            return None
        share, weight = self.part / self.whole, _Z * _Z / self.whole
        middle = (share + weight / 2) / (1 + weight)
        half = sqrt(share * (1 - share) * weight + weight * weight / 4) / (1 + weight)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        if self.interval is None:
            return "-"
        low, high = self.interval
        return f"{self.part / self.whole:.2f} [{low:.2f}, {high:.2f}]"

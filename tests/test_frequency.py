"""How often something is taken, whatever the words."""

from __future__ import annotations

import pytest

from healthlint.frequency import find_frequencies, read_frequency


@pytest.mark.parametrize(
    ("text", "low", "high", "kind"),
    [
        ("three times a day", 3, 3, "times"), ("twice daily", 2, 2, "times"), ("once-daily", 1, 1, "times"),
        ("2-3 times per day", 2, 3, "times"), ("four to six times in a day", 4, 6, "times"), ("3x/day", 3, 3, "times"),
        ("x 4 daily", 4, 4, "times"),
        ("4 doses in 24 hours", 4, 4, "times"), ("with every meal", 3, 3, "times"),
        ("morning and night", 2, 2, "times"),
        ("morning, noon and night", 3, 3, "times"), ("tds", 3, 3, "times"), ("QID", 4, 4, "times"),
        ("every night", 1, 1, "times"), ("at bedtime", 1, 1, "times"), ("once a week", 1 / 7, 1 / 7, "times"),
        ("every 6 hours", 4, 4, "every"), ("every 4 to 6 hours", 4, 6, "every"), ("hourly", 24, 24, "every"),
        ("6-hourly", 4, 4, "every"), ("q4-6h", 4, 6, "every"), ("every couple of hours", 12, 12, "every"),
        ("every half hour", 48, 48, "every"), ("8 hours apart", 3, 3, "every"), ("every other day", 0.5, 0.5, "every"),
        ("a day", 1, 1, "whole"), ("daily", 1, 1, "whole"), ("in any 24-hour period", 1, 1, "whole"),
        ("every single day", 1, 1, "whole"), ("per week", 1 / 7, 1 / 7, "whole"), ("weekly", 1 / 7, 1 / 7, "whole"),
    ],
)  # fmt: skip
def test_frequency_is_read_as_times_in_a_day(text: str, low: float, high: float, kind: str) -> None:
    (found,) = find_frequencies(f"Take it {text} please")

    assert (found.start, found.end, found.kind) == (8, 8 + len(text), kind)
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    "text",
    ["for a week", "a day or two", "a day later", "your daily life", "on day 2", "half a day"],
)
def test_how_long_is_not_how_often(text: str) -> None:
    assert find_frequencies(f"Take it {text}") == []


def test_slash_parts_an_amount_from_its_day() -> None:
    assert [each.kind for each in find_frequencies("5 mg/day, 10 mg/24h")] == ["whole", "whole"]


def test_text_that_is_no_frequency_is_none() -> None:
    assert read_frequency("once a week") is not None
    assert read_frequency("take it once a week") is None
    assert read_frequency("often") is None

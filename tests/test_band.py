"""A band of grades from two formulas."""

from __future__ import annotations

import pytest

from healthlint.band import Band, band
from healthlint.formula import Counts


@pytest.mark.parametrize(
    ("words", "syllables", "polysyllables", "expected"),
    [(600, 900, 81, Band(10, 13)), (60, 60, 0, Band(1, 3)), (1800, 4000, 900, Band(18, 18))],
)
def test_band_goes_from_the_lower_grade_to_the_higher_within_school_years(
    words: int, syllables: int, polysyllables: int, expected: Band
) -> None:
    assert expected == band(Counts(30, words, syllables, polysyllables))


def test_band_of_one_grade_is_one_number() -> None:
    assert [str(Band(8, 8)), str(Band(8, 10))] == ["8", "8 to 10"]

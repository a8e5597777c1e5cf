"""The formulas, on worked numbers from their papers' coefficients."""

from __future__ import annotations

import pytest

from healthlint.formula import METRICS, Counts

COUNTS = Counts(sentences=5, words=100, syllables=150, polysyllables=10, letters=450, complex_words=8)


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("flesch_kincaid_grade", 0.39 * 20 + 11.8 * 1.5 - 15.59),
        ("flesch_reading_ease", 206.835 - 1.015 * 20 - 84.6 * 1.5),
        ("smog", 1.043 * 60**0.5 + 3.1291),
        ("gunning_fog", 0.4 * (20 + 8)),
        ("coleman_liau", 0.0588 * 450 - 0.296 * 5 - 15.8),
        ("automated_readability_index", 4.71 * 4.5 + 0.5 * 20 - 21.43),
    ],
)
def test_formula_is_as_published(metric: str, expected: float) -> None:
    assert pytest.approx(expected) == METRICS[metric](COUNTS)


def test_every_formula_has_its_name_and_its_source() -> None:
    assert all(name == formula.__name__ and "19" in (formula.__doc__ or "") for name, formula in METRICS.items())

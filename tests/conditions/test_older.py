"""Older: the year named there, against the year of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.conditions.older import Condition
from healthlint.entities import Entity, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

    Holds = Callable[..., bool]


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary({"published-date": Entity(patterns=(r"reviewed\s\d{4}",))})


@pytest.mark.parametrize(("years", "expected"), [(10, True), (22, True), (23, False)])
def test_newest_year_of_the_sentence_lies_so_many_years_before_that_of_the_page(
    holds: Holds, years: int, expected: bool
) -> None:
    text = "---\ndate: 2026-01-31\n---\nIn 1999 and 2004, «1 in 5» had it. In 2020 it was 1 in 4.\n"

    assert holds(Condition(years=years), text) == expected


def test_page_without_metadata_is_dated_by_what_it_says(holds: Holds) -> None:
    assert holds(Condition(years=10), "In 2004 «1 in 5» had it.\n\nLast reviewed 2026.")
    assert not holds(Condition(years=10), "In 2004 «1 in 5» had it.\n\nBy 2050 it will be 1 in 3.")


def test_metadata_goes_before_what_the_page_says(holds: Holds) -> None:
    assert not holds(Condition(years=10), "---\ndate: 2010\n---\nIn 2004 «1 in 5» had it.\n\nLast reviewed 2026.")


def test_sentence_or_page_without_a_year_is_not_old(holds: Holds) -> None:
    assert not holds(Condition(years=1), "«1 in 5» had it.\n\nLast reviewed 2026.")
    assert not holds(Condition(years=1), "In 2004 «1 in 5» had it.")


def test_date_of_another_piece_of_work_is_not_that_of_the_page(holds: Holds) -> None:
    assert not holds(Condition(years=10), "In 2004 «1 in 5» had it.\n\n## References\n\n1. Lee, reviewed 2026.\n")

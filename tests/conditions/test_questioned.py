"""Questioned: the claim is only asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.conditions.questioned import Condition

if TYPE_CHECKING:
    from collections.abc import Callable

    Holds = Callable[..., bool]


@pytest.mark.parametrize(
    "source",
    [
        "Does tea «cure flu»?",
        "Tea can «cure flu»?",
        '"Does tea «cure flu»?"',
        "Does **tea «cure flu»?**",
        "We asked whether tea can «cure flu».",
        "# Does tea «cure flu»",
        "# Can «tea cure flu»",
    ],
)
def test_claim_in_a_question_is_questioned(holds: Holds, source: str) -> None:
    assert holds(Condition(), source)


@pytest.mark.parametrize(
    "source",
    [
        "Tea can «cure flu».",
        "Does it? Tea can «cure flu».",
        "Tea can «cure flu». Really?",
        "Tea can «cure flu», whether you like it or not.",
        "# Tea can «cure flu»",
        "Can it be. Tea can «cure flu».",
        "Does tea do it: it can «cure flu».",
    ],
)
def test_claim_beside_a_question_is_not(holds: Holds, source: str) -> None:
    assert not holds(Condition(), source)


@pytest.mark.parametrize("source", ["Why «take pills» when tea will do?", "Ready to «ditch your pills»?"])
def test_question_that_answers_itself_counts_only_where_the_rule_says_so(holds: Holds, source: str) -> None:
    assert holds(Condition(), source)
    assert not holds(Condition(rhetorical=False), source)

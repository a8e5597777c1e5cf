"""Negated: a negator before or inside the finding, or a denial straight after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.conditions.negated import Condition
from healthlint.entities import Vocabulary
from healthlint.errors import SettingError
from healthlint.library import load_library

if TYPE_CHECKING:
    from collections.abc import Callable

    Holds = Callable[..., bool]


@pytest.mark.parametrize(
    "source",
    [
        "It does not «cure flu».",
        "It doesn’t «cure flu».",
        "There is no evidence that tea can «cure flu».",
        "Tea never, ever «cures flu».",
        "Tea «does not cure flu».",
        "Tea to «cure flu» is not proven.",
        "A way to «cure flu» has not been found.",
        "Not tea that «cures flu».",
    ],
)
def test_denied_claim_is_negated(holds: Holds, source: str) -> None:
    assert holds(Condition(), source)


@pytest.mark.parametrize(
    "source",
    [
        "It «cures flu».",
        "Not only does it «cure flu».",
        "No doubt it will «cure flu».",
        "It is not known why, but tea will «cure flu».",
        "It does not hurt; it «cures flu».",
        "It does not hurt, and it «cures flu».",
        "It does not hurt. It «cures flu».",
        "It «cures flu», which is not bad, and so on.",
        "If it does not hurt, tea will «cure flu».",
        "It «cures flu» because it does not hurt.",
        "No man or woman who has tried it for a week or more can say that tea does «cure flu».",
        "Nothing «cures flu».",
    ],
)
def test_negator_elsewhere_does_not_negate(holds: Holds, source: str) -> None:
    assert not holds(Condition(), source)


def test_distance_before_is_limited(holds: Holds) -> None:
    source = "It does not in one two three days «cure flu»."

    assert holds(Condition(words=6), source)
    assert not holds(Condition(words=5), source)


def test_inside_and_after_can_be_turned_off(holds: Holds) -> None:
    assert not holds(Condition(inside=False), "Tea «does not cure flu».")
    assert not holds(Condition(after=0), "Tea to «cure flu» is not proven.")


def test_reach_behind_is_limited_to_the_clause(holds: Holds) -> None:
    assert not holds(Condition(after=9), "Tea can «cure flu» but it is not cheap.")


def test_finding_without_a_sentence_is_not_negated(holds: Holds) -> None:
    assert not holds(Condition(), "It is «not so. No» more.")


def test_vocabulary_without_negators_is_refused() -> None:
    with pytest.raises(SettingError, match="unknown entity 'negator'"):
        Condition().validate(Vocabulary({}))


def test_vocabulary_that_ships_has_the_negators(holds: Holds) -> None:
    Condition().validate(load_library().vocabulary)

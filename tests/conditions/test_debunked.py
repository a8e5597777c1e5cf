"""Debunked: the claim is repeated only to be called wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.conditions.debunked import Condition
from healthlint.entities import Vocabulary
from healthlint.errors import SettingError
from healthlint.library import load_library

if TYPE_CHECKING:
    from collections.abc import Callable

    Holds = Callable[..., bool]


@pytest.mark.parametrize(
    "source",
    [
        "It is a myth that tea can «cure flu».",
        "Tea can «cure flu»: false.",
        "Myth: tea can «cure flu».",
        "**Myth 3.** Tea can «cure flu».",
        "Misconception #1: Tea can «cure flu».",
        "# Myths and facts\n\nTea can «cure flu».",
        "# Myths\n\n## Tea\n\nTea can «cure flu».",
    ],
)
def test_claim_called_wrong_is_debunked(holds: Holds, source: str) -> None:
    assert holds(Condition(), source)


@pytest.mark.parametrize(
    "source",
    [
        "Tea can «cure flu».",
        "It is a myth. But tea can «cure flu».",
        "Fact: tea can «cure flu».",
        "# Tea\n\nTea can «cure flu».",
        "# Myths\n\nNo.\n\n# Facts\n\nTea can «cure flu».",
        "## Myths\n\nNo.\n\n## Tea can «cure flu»",
        "# Myths\n\n## Tea\n\n### Green\n\nTea can «cure flu».",
    ],
)
def test_claim_elsewhere_is_not(holds: Holds, source: str) -> None:
    assert not holds(Condition(), source)


def test_headings_can_be_left_out(holds: Holds) -> None:
    assert not holds(Condition(heading=False), "# Myths\n\nTea can «cure flu».")


def test_vocabulary_without_cues_is_refused() -> None:
    with pytest.raises(SettingError, match="unknown entity 'debunk-cue'"):
        Condition().validate(Vocabulary({}))


def test_vocabulary_that_ships_has_the_cues() -> None:
    Condition().validate(load_library().vocabulary)

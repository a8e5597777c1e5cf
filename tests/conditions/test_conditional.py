"""Conditional: the finding is the premise of an "if"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.conditions.conditional import Condition

if TYPE_CHECKING:
    from collections.abc import Callable

    Holds = Callable[..., bool]


@pytest.mark.parametrize(
    "source",
    [
        "If tea can «cure flu», drink it.",
        "Drink it if tea can «cure flu».",
        "Call us, should you «cure flu».",
        "Even if they «cure flu», ask.",
    ],
)
def test_premise_is_conditional(holds: Holds, source: str) -> None:
    assert holds(Condition(), source)


@pytest.mark.parametrize(
    "source",
    [
        "Tea can «cure flu».",
        "If you drink it, tea can «cure flu».",
        "Tea can «cure flu» if you drink it.",
        "If so. Tea can «cure flu».",
        "Wait until tea «cures flu».",
        "A stiff tea can «cure flu».",
    ],
)
def test_what_follows_the_premise_is_not(holds: Holds, source: str) -> None:
    assert not holds(Condition(), source)

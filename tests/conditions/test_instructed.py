"""Instructed: a command or a duty is no claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.conditions.instructed import Condition
from healthlint.entities import Vocabulary
from healthlint.errors import SettingError
from healthlint.library import load_library

if TYPE_CHECKING:
    from collections.abc import Callable

    Holds = Callable[..., bool]


@pytest.mark.parametrize(
    "source",
    [
        "«Never» share needles.",
        "«Always» read the label.",
        "Please «always» read the label.",
        "Do not «ever» stop.",
        "Take it «always» with food.",
        "You must «never» share needles.",
        "Patients on this drug should «always» ask.",
        "If it hurts, ask «always» for help.",
        "At home: «never» share needles.",
        "1. «Never» share needles.",
    ],
)
def test_command_or_duty_is_instructed(holds: Holds, source: str) -> None:
    assert holds(Condition(), source)


@pytest.mark.parametrize(
    "source",
    [
        "Tea «always» cures flu.",
        "It «never» fails.",
        "The share of it «always» grows.",
        "Read it. Tea «always» cures flu.",
        "Apples «always» help.",
    ],
)
def test_claim_is_not(holds: Holds, source: str) -> None:
    assert not holds(Condition(), source)


def test_vocabulary_without_commands_is_refused() -> None:
    with pytest.raises(SettingError, match="unknown entity 'instruction-verb'"):
        Condition().validate(Vocabulary({}))


def test_vocabulary_that_ships_has_the_commands() -> None:
    Condition().validate(load_library().vocabulary)

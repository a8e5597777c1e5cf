"""Heading: what the page says above the finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.conditions.heading import Condition
from healthlint.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.entities import Vocabulary

    Holds = Callable[..., bool]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# Side effects\n\nIt «hurts».", True),
        ("# Side effects\n\n## Rare\n\nIt «hurts».", True),
        ("# SIDE EFFECTS\n\nIt «hurts».", True),
        ("# It has side effects that «hurt»", True),
        ("# Side effects\n\n## Rare\n\n### Skin\n\nIt «hurts».", False),
        ("# Side effects\n\nSo.\n\n# Use\n\nIt «hurts».", False),
        ("# Side effects\n\nSo.\n\n# What «hurts»", False),
        ("It «hurts».\n\n# Side effects", False),
    ],
)
def test_heading_above_or_around_matches(holds: Holds, source: str, expected: bool) -> None:
    assert expected == holds(Condition(matches="side effects"), source)


@pytest.mark.parametrize(("levels", "expected"), [(1, False), (2, False), (3, True)])
def test_number_of_levels_can_be_changed(holds: Holds, levels: int, expected: bool) -> None:
    source = "# Side effects\n\n## Rare\n\n### Skin\n\nIt «hurts»."

    assert expected == holds(Condition(matches="side effects", levels=levels), source)


def test_bad_pattern_is_refused(vocabulary: Vocabulary) -> None:
    with pytest.raises(SettingError) as caught:
        Condition(matches="(").validate(vocabulary)

    assert caught.value.key == "heading"

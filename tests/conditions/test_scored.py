"""Scored: how much the cues of a finding weigh."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint import readers
from healthlint.conditions.scored import Condition
from healthlint.entities import Vocabulary
from healthlint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.mark.parametrize(("weights", "expected"), [([2, 0.9], True), ([2, 1], False), ([3.5, -1], True), ([], False)])
def test_only_a_finding_whose_cues_weigh_less_is_light(weights: Sequence[float], expected: bool) -> None:
    document = readers.parse("<text>", "An amazing oil.", "text")
    finding = Finding(document.blocks[0], 0, 2, weights=tuple(("cue", weight) for weight in weights))

    assert expected == Condition(below=3).holds(finding, document, Vocabulary({}))

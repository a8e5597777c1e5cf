"""Scored: how much the cues of a finding weigh."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint import readers
from healthlint.conditions.scored import Condition
from healthlint.entities import Vocabulary
from healthlint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.mark.parametrize(("values", "expected"), [({"score": "2.9"}, True), ({"score": "3.0"}, False), ({}, False)])
def test_only_a_finding_with_a_lower_score_is_light(values: Mapping[str, str], expected: bool) -> None:
    document = readers.parse("<text>", "An amazing oil.", "text")
    finding = Finding(document.blocks[0], 0, 2, None, values)

    assert expected == Condition(below=3).holds(finding, document, Vocabulary({}))

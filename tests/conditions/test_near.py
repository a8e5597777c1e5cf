"""Near: something else stands close by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from healthlint.conditions.near import Condition
from healthlint.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.entities import Vocabulary

    Holds = Callable[..., bool]


def near(**settings: Any) -> Condition:
    return Condition(**{"pattern": r"\bmay\b", **settings})


def test_match_in_the_sentence_is_near(holds: Holds) -> None:
    assert holds(near(), "It may «cure flu».")
    assert holds(near(), "It «cures flu», or MAY do.")
    assert not holds(near(), "It may. It «cures flu».")


def test_entity_is_looked_for_in_place_of_a_pattern(holds: Holds) -> None:
    assert holds(Condition(entity="hedge"), "It might «cure flu».")
    assert not holds(Condition(entity="hedge"), "It does «cure flu».")


def test_match_in_the_finding_itself_counts_only_when_asked_for(holds: Holds) -> None:
    assert not holds(near(), "It «may cure flu».")
    assert holds(near(inside=True), "It «may cure flu».")


def test_case_counts_where_the_rule_says_so(holds: Holds) -> None:
    assert not holds(near(case=True), "In May it «cures flu».")


@pytest.mark.parametrize(
    ("side", "expected"), [("before", (True, False)), ("after", (False, True)), ("either", (True, True))]
)
def test_side_says_where(holds: Holds, side: Any, expected: tuple[bool, bool]) -> None:
    assert expected == tuple(holds(near(side=side), text) for text in ("It may «cure flu».", "It «cures flu», it may."))


@pytest.mark.parametrize(("words", "expected"), [(0, True), (3, True), (2, False)])
def test_distance_is_limited_in_words(holds: Holds, words: int, expected: bool) -> None:
    assert expected == holds(near(words=words), "It may one two «cure flu».")
    assert expected == holds(near(words=words), "It «cures flu» one two may.")


def test_clause_ends_the_reach(holds: Holds) -> None:
    assert holds(near(within="clause"), "It hurts, but it may «cure flu».")
    assert not holds(near(within="clause"), "It may hurt, but it «cures flu».")
    assert not holds(near(within="clause"), "It «cures flu», but may hurt.")


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        ("sentence", (False, False, False)),
        ("paragraph", (True, False, False)),
        ("section", (True, True, False)),
        ("document", (True, True, True)),
    ],
)
def test_reach_can_be_widened(holds: Holds, within: Any, expected: tuple[bool, ...]) -> None:
    sources = (
        "# A\n\nIt may. It «cures flu».",
        "# A\n\nIt may.\n\nIt «cures flu».",
        "# A\n\nIt may.\n\n# B\n\nIt «cures flu».",
    )

    assert expected == tuple(holds(near(within=within), source) for source in sources)


def test_sentences_around_can_be_looked_at_too(holds: Holds) -> None:
    assert holds(near(sentences=1), "It may. It «cures flu». So.")
    assert holds(near(sentences=1), "So. It «cures flu». It may.")
    assert not holds(near(sentences=1), "It may. So. It «cures flu». So. It may.")
    assert not holds(near(sentences=1), "It may.\n\nIt «cures flu».")


@pytest.mark.parametrize("settings", [{"pattern": ""}, {"entity": "hedge"}, {"pattern": "("}, {"pattern": "{hedges}"}])
def test_settings_that_cannot_be_used_are_refused(vocabulary: Vocabulary, settings: dict[str, Any]) -> None:
    with pytest.raises(SettingError) as caught:
        near(**settings).validate(vocabulary)

    assert caught.value.key == "near"

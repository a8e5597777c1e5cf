"""Topic: what the whole page is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.conditions import PageCondition
from healthlint.conditions.near import Condition as Near
from healthlint.conditions.topic import Condition
from healthlint.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.entities import Vocabulary

    Holds = Callable[..., bool]

FILLER = "A bird came. " * 100  # 300 words


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# A myth\n\nIt «hurts».", True),
        ("It «hurts».\n\n## Myths and a myth", True),
        ("A myth. It «hurts».", False),
        ("A myth, a myth, a myth. It «hurts».", True),
        ("It «hurts».\n\nA myth.\n\n- a myth\n- a myth", True),
        (f"A myth, a myth, a myth. It «hurts».\n\n{FILLER}", True),
        (f"A myth, a myth, a myth. It «hurts».\n\n{FILLER * 3}", False),
        (f"# A myth\n\nIt «hurts».\n\n{FILLER}", False),
    ],
)
def test_page_is_about_what_a_heading_names_or_what_it_says_often(holds: Holds, source: str, expected: bool) -> None:
    assert expected == holds(Condition(entity="debunk-cue"), source)


@pytest.mark.parametrize(("mentions", "per_1000", "expected"), [(1, 5.0, False), (1, 3.0, True), (2, 3.0, False)])
def test_how_often_can_be_changed(holds: Holds, mentions: int, per_1000: float, expected: bool) -> None:
    source = f"A myth. It «hurts».\n\n{FILLER}"

    assert expected == holds(Condition(entity="debunk-cue", mentions=mentions, per_1000=per_1000), source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# A myth\n\nIt may «hurt».", False),
        ("# A myth\n\nThe myth may «hurt».", True),
        ("# A myth\n\nThe myth may or might «hurt».", False),
    ],
)
def test_page_may_have_to_name_it_more_often_than_something_else(holds: Holds, source: str, expected: bool) -> None:
    assert expected == holds(Condition(entity="debunk-cue", rather_than="hedge"), source)


def test_unknown_entity_is_refused(vocabulary: Vocabulary) -> None:
    with pytest.raises(SettingError, match="unknown entity 'debunk'; did you mean 'debunk-cue'"):
        Condition(entity="debunk").validate(vocabulary)


@pytest.mark.parametrize(("words", "expected"), [(99, True), (297, False)])
def test_one_mention_is_enough_in_a_short_text(holds: Holds, words: int, expected: bool) -> None:
    condition = Condition(entity="debunk-cue", per_1000=0, short=100)
    assert holds(condition, "A myth. It «hurts». " + "A bird came. " * ((words - 6) // 3)) is expected


def test_topic_is_asked_of_the_page_before_anything_is_looked_for() -> None:
    assert isinstance(Condition(entity="debunk-cue"), PageCondition)
    assert not isinstance(Near(entity="debunk-cue"), PageCondition)

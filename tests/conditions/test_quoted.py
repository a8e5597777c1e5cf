"""Quoted: the finding lies in somebody else's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.conditions.quoted import Condition

if TYPE_CHECKING:
    from collections.abc import Callable

    Holds = Callable[..., bool]


@pytest.mark.parametrize(
    "source",
    [
        'She said: "This tea «cures flu», always."',
        "She said: “This tea «cures flu», always.”",
        "She said: ‘This tea doesn’t hurt, it «cures flu».’",
        'He said "no" and "This tea «cures flu»".',
        "> This tea «cures flu».",
        '"It is good. This tea «cures flu»," she said.',
    ],
)
def test_words_in_a_quotation_are_quoted(holds: Holds, source: str) -> None:
    assert holds(Condition(), source)


@pytest.mark.parametrize(
    "source",
    [
        "This tea «cures flu».",
        'This "tea" «cures flu» or "heals" it.',
        'This tea "«cures flu»" now.',
        'She said "it is so good" and it «cures flu».',
        'She said "it is a tea that «cures" all flu».',
        "It’s a tea that «cures flu» in the women’s home.",
    ],
)
def test_words_outside_or_in_scare_quotes_are_not(holds: Holds, source: str) -> None:
    assert not holds(Condition(), source)


def test_number_of_words_can_be_changed(holds: Holds) -> None:
    assert holds(Condition(min_words=2), 'This tea "«cures flu»" now.')


def test_block_quote_can_be_left_out(holds: Holds) -> None:
    assert not holds(Condition(block=False), "> This tea «cures flu».")
    assert holds(Condition(block=False), '> She said "this tea «cures flu»".')

"""Advised: held out as something to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.conditions.advised import Condition
from healthlint.entities import Entity, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

    Holds = Callable[..., bool]

PATTERNS = {
    "command-lead": (r"^\W*", r"\b(?:just|and) "),
    "permission-lead": (r"\byou (?:can|will)(?: safely)? ", r"\bfine to ", r"\bhelped my \w+ to "),
    "recommending-lead": (r"\bno harm in ",),
    "story-lead": (r"\b(?:i|my sister)(?: {story-adverb})? ",),
    "name-lead": (r"^(?-i:[A-Z][a-z]+)(?: {story-adverb})? ",),
    "story-adverb": ("just", "finally"),
    "approval": (r"\bis (?:fine|perfectly safe)\b",),
    "praise": ("cleans", "raises"),
    "harm-outcome": ("risk", "burn"),
    "premise-lead": (r"\bif you ", r"\bwho "),
    "advice-in-itself": ("no longer",),
    "instruction-verb": ("take", "give"),
}


@pytest.fixture
def vocabulary() -> Vocabulary:
    """A few words of each class that the condition needs."""
    return Vocabulary({name: Entity(patterns=patterns) for name, patterns in PATTERNS.items()})


@pytest.mark.parametrize(
    "source",
    [
        "«Skip your tablets» at weekends.",
        "Feel better? Just «skip your tablets».",
        "You can safely «skip your tablets».",
        "It is fine to «skip your tablets».",
        "Our tea helped my aunt to «skip her tablets».",
        "There is no harm in «skipping your tablets».",
        "«Skipping your tablets» is perfectly safe.",
        "You will «no longer need tablets».",
        "I just «skipped my tablets».",
        "Bob finally «skipped his tablets».",
    ],
)
def test_what_readers_are_told_or_shown_to_do_is_advised(holds: Holds, source: str) -> None:
    assert holds(Condition(), source)


@pytest.mark.parametrize(
    "source",
    [
        "If you «skip your tablets», your blood pressure rises.",
        "People who «skip your tablets» fall ill.",
        "Many patients «skip their tablets».",
        "Patients «skip their tablets».",
        "«Skipping your tablets» raises the risk of a stroke.",
        "Your doctor may «skip your tablets».",
        "The risk of «skipping your tablets» is high.",
    ],
)
def test_what_may_happen_or_what_others_do_is_not(holds: Holds, source: str) -> None:
    assert not holds(Condition(), source)


def test_story_counts_unless_the_rule_leaves_it_out(holds: Holds) -> None:
    source = "My sister «threw away her inhaler»."

    assert holds(Condition(), source)
    assert not holds(Condition(story=False), source)


def test_how_to_and_things_count_where_the_rule_says_so(holds: Holds) -> None:
    assert not holds(Condition(), "How to «pull your tooth» at home.")
    assert holds(Condition(how_to=True), "How to «pull your tooth» at home.")
    assert not holds(Condition(), "Give your child half «an adult tablet».")
    assert holds(Condition(thing=True), "Give your child half «an adult tablet».")
    assert holds(Condition(thing=True), "A «coffee enema» cleans the liver.")
    assert not holds(Condition(thing=True), "A «coffee enema» can burn the bowel.")

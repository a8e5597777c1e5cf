"""Where a sentence can be split, and for which words of it there are plainer ones."""

from __future__ import annotations

import pytest

from healthlint import readers
from healthlint.plainer import cut

LONG = (
    "You can take the tablets with food every morning and every evening if you like, "
    "because the food will help to keep your stomach calm during the whole of the day."
)


def test_long_sentence_is_cut_before_the_clause_nearest_to_its_middle() -> None:
    place = cut(readers.parse("a.md", LONG, "markdown").blocks[0].sentences[0])

    assert place is not None
    assert place.text.startswith("because the food")


@pytest.mark.parametrize(
    "text",
    [
        "Take it with food if you like.",
        "One two three four five six seven eight nine ten eleven twelve one two three four five six seven eight nine.",
        "He waited for a while on the old bench in front of the house by the sea with the red door and the white gate.",
        "Take the tablets with food every morning and every evening (because it keeps your stomach calm all day).",
        "The skin on the inside of the nose and of the mouth (mucosa) is where a lot of people bleed from at first.",
        "This is a kind of fit in which the person falls to the ground and then shakes from head to foot for a time.",
    ],
)
def test_short_sentence_or_one_without_a_parting_clause_is_not_cut(text: str) -> None:
    assert cut(readers.parse("a.md", text, "markdown").blocks[0].sentences[0]) is None

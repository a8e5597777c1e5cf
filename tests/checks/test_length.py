"""Lengths: words of a sentence, sentences and words of a paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from healthlint.checks.length import Check
from healthlint.entities import Vocabulary
from healthlint.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.finding import Finding

    Find = Callable[..., list[Finding]]
    Texts = Callable[..., list[str]]


def test_sentence_over_the_limit_is_found_whole(find: Find) -> None:
    (found,) = find(Check(3), "One two three. One two three four.")

    assert found.text == "One two three four."
    assert dict(found.values) == {"value": "4", "max": "3"}


def test_numbers_and_hyphened_words_count_as_words(texts: Texts) -> None:
    assert texts(Check(4), "Take 1,000 mg don't. Long-term side-effects.") == []
    assert texts(Check(3), "Long-term side-effects.") == ["Long-term side-effects."]


def test_short_words_are_counted_too(texts: Texts) -> None:
    assert texts(Check(5), "I a I a I a") == ["I a I a I a"]


def test_what_is_ignored_is_not_counted(texts: Texts) -> None:
    check = Check(3, ignore=r"\([^)]*\)")

    assert texts(check, "One two three (and so on and on). One two three four (five).") == [
        "One two three four (five)."
    ]


def test_paragraph_of_too_many_sentences_is_found_whole(find: Find) -> None:
    (found,) = find(Check(2, of="sentences", per="paragraph"), "One. Two.\n\nOne. Two. Three.")

    assert found.text == "One. Two. Three."
    assert dict(found.values) == {"value": "3", "max": "2"}


def test_paragraph_of_too_many_words_is_found_whole(texts: Texts) -> None:
    assert texts(Check(3, per="paragraph"), "One two. Three four.\n\nOne two.") == ["One two. Three four."]


def test_only_blocks_of_the_wanted_kinds_are_measured(texts: Texts) -> None:
    source = "# One two three four\n\nOne two three four five."

    assert texts(Check(3), source, where=["paragraph"]) == ["One two three four five."]


@pytest.mark.parametrize(
    ("settings", "key"),
    [({"max": 0}, "max"), ({"max": 3, "of": "sentences"}, "per"), ({"max": 3, "ignore": "("}, "ignore")],
)
def test_settings_that_cannot_be_used_are_refused(settings: dict[str, Any], key: str) -> None:
    with pytest.raises(SettingError) as caught:
        Check(**settings).validate(Vocabulary({}))

    assert caught.value.key == key

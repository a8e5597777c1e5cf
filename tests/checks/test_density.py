"""Density: how many of one word class per 100 words, by section or in the whole document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from healthlint.checks.density import Check
from healthlint.entities import Entity, Vocabulary
from healthlint.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.finding import Finding

    Find = Callable[..., list[Finding]]

ENTITIES = {"hedge": Entity(terms=("may", "might", "it seems"))}
DENSE = "It may be and it might be, or May it. " * 2  # 20 words, 6 hedges
PLAIN = "It is so and it is so, it just is. " * 2  # 20 words


def check(**changes: Any) -> Check:
    return Check(**{"of": "{hedge}", "max": 10, "min_words": 20, **changes})


def test_section_over_the_limit_is_reported_at_its_first(find: Find) -> None:
    (found,) = find(check(), f"# One\n\n{PLAIN}\n\n# Two\n\n{DENSE}", ENTITIES)

    assert found.text == "may"
    assert found.block.text.startswith("It may be")


def test_values_say_how_dense_it_is_and_which_words_make_it_so(find: Find) -> None:
    (found,) = find(check(), DENSE, ENTITIES)

    assert dict(found.values) == {"value": "30.0", "count": "6", "max": "10", "top": "may (4), might (2)"}


@pytest.mark.parametrize(("limit", "expected"), [(29.9, 1), (30, 0)])
def test_density_at_the_limit_is_let_be(find: Find, limit: float, expected: int) -> None:
    assert expected == len(find(check(max=limit), DENSE, ENTITIES))


@pytest.mark.parametrize(("words", "expected"), [(20, 1), (21, 0)])
def test_short_text_is_let_be(find: Find, words: int, expected: int) -> None:
    assert expected == len(find(check(min_words=words), DENSE, ENTITIES))


def test_document_is_counted_as_one_where_the_rule_says_so(find: Find) -> None:
    source = f"# One\n\n{PLAIN}\n\n# Two\n\n{DENSE}"

    assert len(find(check(within="document", max=14), source, ENTITIES)) == 1
    assert len(find(check(within="document", max=15), source, ENTITIES)) == 0


@pytest.mark.parametrize(("limit", "expected"), [(33, 1), (34, 0)])
def test_sentences_with_the_words_are_counted_where_the_rule_says_so(find: Find, limit: int, expected: int) -> None:
    source = "# It may\n\nIt may be, or might. It is so.\n\n- it might be\n\nIt is."
    found = find(check(per="sentences", max=limit, min_sentences=3, within="document"), source, ENTITIES)

    assert expected == len(found)
    assert [(each.text, each.values["count"]) for each in found] == [("may", "1")] * expected


def test_few_sentences_are_let_be(find: Find) -> None:
    per_sentence = {"per": "sentences", "max": 10, "within": "document"}

    assert len(find(check(min_sentences=2, **per_sentence), DENSE, ENTITIES)) == 1
    assert find(check(min_sentences=3, **per_sentence), DENSE, ENTITIES) == []


def test_text_without_the_words_is_let_be(find: Find) -> None:
    assert find(check(max=0.1), PLAIN, ENTITIES) == []
    assert find(check(min_words=0), "", ENTITIES) == []


@pytest.mark.parametrize(
    ("changes", "key"),
    [({"of": "hedge"}, "of"), ({"of": "{hedges}"}, "of"), ({"max": 0}, "max"), ({"max": 101}, "max")],
)
def test_settings_that_cannot_be_used_are_refused(changes: dict[str, Any], key: str) -> None:
    with pytest.raises(SettingError) as caught:
        check(**changes).validate(Vocabulary(ENTITIES))

    assert caught.value.key == key

"""Weigh: many small cues together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from healthlint.checks.weigh import Check
from healthlint.entities import Entity, Vocabulary
from healthlint.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.finding import Finding

    Find = Callable[..., list[Finding]]

ENTITIES = {"praise": Entity(terms=("amazing", "wonder")), "organ": Entity(terms=("liver", "skin"))}
PRAISE = {"name": "praise", "entity": "praise", "weight": 2}
ORGAN = {"name": "organ", "entity": "organ", "weight": 1}
SHOUT = {"name": "shout", "pattern": "!", "weight": 0.5}


def check(*cues: dict[str, Any], threshold: float = 3) -> Check:
    return Check(cues=cues or (PRAISE, ORGAN, SHOUT), threshold=threshold)


def test_words_from_the_first_cue_to_the_last_are_reported(find: Find) -> None:
    (found,) = find(check(), "Now an amazing oil for your liver arrives.", ENTITIES)

    assert found.text == "amazing oil for your liver"


def test_finding_says_what_each_cue_gave(find: Find) -> None:
    (found,) = find(check(), "An amazing oil for your liver!", ENTITIES)

    assert found.weights == (("praise", 2), ("organ", 1), ("shout", 0.5))


def test_too_light_a_sentence_is_let_be(find: Find) -> None:
    assert find(check(), "An amazing oil! Your liver is large!", ENTITIES) == []


def test_cue_counts_once_however_often_it_stands_there(find: Find) -> None:
    assert find(check(), "An amazing wonder, amazing!", ENTITIES) == []


def test_weight_below_zero_takes_away(find: Find) -> None:
    doubt = {"name": "doubt", "pattern": r"\bmay\b", "weight": -1}

    assert find(check(PRAISE, ORGAN, doubt), "An amazing oil may help your liver.", ENTITIES) == []


def test_cue_with_a_weight_below_zero_is_not_reported(find: Find) -> None:
    doubt = {"name": "doubt", "pattern": r"\bmay\b", "weight": -1}

    (found,) = find(check(PRAISE, ORGAN, doubt, threshold=2), "It may be an amazing oil for the liver.", ENTITIES)

    assert found.text == "amazing oil for the liver"


def test_document_adds_weight_where_a_cue_is_frequent_enough(find: Find) -> None:
    shop = {"name": "shop", "pattern": r"\border now\b", "within": "document", "per-1000": 100, "weight": 1}
    rule = check(PRAISE, shop)

    assert [each.text for each in find(rule, "An amazing oil. Order now.", ENTITIES)] == ["amazing"]
    assert find(rule, "An amazing oil. Order now." + " One more word." * 9, ENTITIES) == []


def test_document_that_is_heavy_alone_needs_a_cue_in_the_sentence_too(find: Find) -> None:
    shop = {"name": "shop", "pattern": r"\border now\b", "within": "document", "weight": 3}

    assert [each.text for each in find(check(PRAISE, shop), "A plain oil. An amazing oil. Order now.", ENTITIES)] == [
        "amazing"
    ]


@pytest.mark.parametrize(("text", "expected"), [("An amazing oil.", 0), ("It is an amazing oil.", 1)])
def test_few_words_are_a_cue(find: Find, text: str, expected: int) -> None:
    short = {"name": "short", "max-words": 3, "weight": -1}

    assert expected == len(find(check(PRAISE, short, threshold=2), text, ENTITIES))


def test_kind_of_block_is_a_cue(find: Find) -> None:
    point = {"name": "point", "kinds": ["list-item"], "weight": 1}

    found = find(check(PRAISE, point), "An amazing oil.\n\n- A wonder oil", ENTITIES)

    assert [each.text for each in found] == ["wonder"]


def test_capitals_count_where_the_cue_says_so(find: Find) -> None:
    loud = {"name": "loud", "pattern": "[A-Z]{4}", "case": True, "weight": 3}

    assert [each.text for each in find(check(loud), "Look. LOOK.", ENTITIES)] == ["LOOK"]


@pytest.mark.parametrize(
    ("cue", "reason"),
    [
        ({"name": "a", "weight": 3}, "give one of entity, pattern, max-words or kinds"),
        ({"name": "a", "weight": 3, "entity": "organ", "pattern": "b"}, "give one of"),
        ({"weight": 3, "entity": "organ"}, "a cue has a name and a weight"),
        ({"name": "a", "weight": 3, "entity": "organs"}, "did you mean 'organ'"),
        ({"name": "a", "weight": 3, "pattern": "("}, "bad pattern"),
        ({"name": "a", "weight": 3, "patern": "b"}, "did you mean 'pattern'"),
        ({"name": "a", "weight": "3", "pattern": "b"}, "'weight' cannot be '3'"),
        ({"name": "a", "weight": 3, "max-words": 5, "within": "document"}, "goes with an entity or a pattern"),
        ({"name": "a", "weight": 2.9, "pattern": "b"}, "do not reach it"),
    ],
)
def test_wrong_cue_is_refused(cue: dict[str, Any], reason: str) -> None:
    with pytest.raises(SettingError, match=reason):
        check(cue).validate(Vocabulary(ENTITIES))

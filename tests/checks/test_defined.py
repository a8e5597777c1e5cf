"""Abbreviations: explained at their first use, or known to all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.checks.defined import Check
from healthlint.entities import Entity, Vocabulary
from healthlint.errors import SettingError
from healthlint.word import Word

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.finding import Finding

    Find = Callable[..., list[Finding]]
    Texts = Callable[..., list[str]]

CAPITALS = Check(r"\b[A-Z]{2,5}\b", known=("HIV", "[AU]K"))


def test_first_use_of_each_unexplained_term_is_found(find: Find) -> None:
    found = find(CAPITALS, "You have COPD. COPD and GORD hurt. COPD!")

    assert [(each.text, each.start, dict(each.values)) for each in found] == [
        ("COPD", 9, {"count": "3", "term": "COPD"}),
        ("GORD", 24, {"count": "1", "term": "GORD"}),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Chronic obstructive pulmonary disease (COPD) hurts.",
        "COPD (chronic obstructive pulmonary disease) hurts.",
        "COPD, or smoker's lung, hurts.",
        "COPD, which is smoker's lung, hurts.",
        "COPD, also known as smoker's lung, hurts.",
        "Smoker's lung, called COPD, hurts.",
        "Smoker's lung, known as “COPD”, hurts.",
        "COPD means that breathing is hard.",
        "COPD stands for a lung disease.",
        "COPD hurts.\n\nThe lung disease (COPD) is common.",
    ],
)
def test_explained_term_is_let_be(texts: Texts, text: str) -> None:
    assert texts(CAPITALS, text) == []


def test_known_term_is_let_be_only_as_a_whole(texts: Texts) -> None:
    assert texts(CAPITALS, "HIV in the UK and AK, but HIVE.") == ["HIVE"]


def test_case_counts(texts: Texts) -> None:
    assert texts(CAPITALS, "You have copd.") == []


def test_term_with_few_uses_is_let_be_where_the_rule_says_so(texts: Texts) -> None:
    assert texts(Check(r"\b[A-Z]{2,5}\b", min_uses=2), "COPD and GORD. COPD.") == ["COPD"]


def test_term_with_marks_in_it_is_looked_for_as_it_stands(texts: Texts) -> None:
    assert texts(Check(r"[A-Z]\+[A-Z]"), "A+E is here. AAE (the ward).") == ["A+E"]
    assert texts(Check(r"[A-Z]\+[A-Z]"), "A+E (the emergency ward) is here.") == []


def test_bad_patterns_are_refused() -> None:
    for key, check in (("pattern", Check("(")), ("known", Check("a", known=("(",)))):
        with pytest.raises(SettingError) as caught:
            check.validate(Vocabulary({}))
        assert caught.value.key == key


LIST = {
    "hard": Entity(
        ("stoma", "stomas", "dvt", "lysis", "benign"),
        words=(
            Word("stoma", ("an opening on the belly",), forms="noun"),
            Word("DVT", ("a blood clot (deep vein thrombosis)",)),
            Word("lysis", ("breaking down",)),
            Word("benign", ("harmless",), tier=2),
        ),
        keys={"stoma": 0, "stomas": 0, "dvt": 1, "lysis": 2, "benign": 3},
    )
}
WORDS = Check(of="{hard}")


def test_first_use_of_each_unexplained_word_of_a_list_is_found_with_its_suggestion(find: Find) -> None:
    found = find(WORDS, "Two stomas. A stoma after lysis, benign.", LIST)

    assert [(each.text, each.suggestions, dict(each.values)) for each in found] == [
        (
            "stomas",
            ("an opening on the belly",),
            {"count": "2", "term": "stoma", "suggestion": "an opening on the belly"},
        ),
        ("lysis", ("breaking down",), {"count": "1", "term": "lysis", "suggestion": "breaking down"}),
    ]


def test_tier_asks_for_more_words(find: Find) -> None:
    assert [each.text for each in find(Check(of="{hard}", tier=2), "A benign lysis.", LIST)] == ["benign", "lysis"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# Life with a stoma\n\nStomas can leak.", []),
        ("# Deep vein thrombosis\n\nA DVT can hurt.", []),
        ("# DVT\n\nA DVT can hurt.", ["DVT"]),
        ("# Life\n\nA stoma can leak. A stoma is an opening.", []),
        ("# Life\n\nA stoma can leak.\n\nIt is an opening (stoma).", []),
        ("# Life\n\nA stoma can leak.\n\n# Later\n\nA stoma is an opening.", ["stoma"]),
        ("# Life\n\nAn opening (stoma) can leak.\n\n# Later\n\nA stoma hurts.", []),
        ("# Life\n\n## What is a stoma (an opening)?\n\nSome have one.\n\n## Care\n\nA stoma hurts.", []),
    ],
)
def test_word_is_let_be_when_it_is_explained_by_the_end_of_the_section_of_its_first_use(
    find: Find, text: str, found: list[str]
) -> None:
    assert found == [each.text for each in find(WORDS, text, LIST)]


def test_word_in_a_kind_of_block_that_is_not_asked_for_is_no_use(find: Find) -> None:
    text = "# Stoma care is hard\n\n## A DVT here\n\nText."

    assert find(WORDS, text, LIST, where=["paragraph"]) == []


def test_findings_are_in_reading_order(find: Find) -> None:
    text = "# Life\n\n## With lysis\n\nA stoma. Then lysis."

    assert [each.text for each in find(WORDS, text, LIST, where=["paragraph"])] == ["stoma", "lysis"]


def test_pattern_and_list_exclude_each_other() -> None:
    for check in (Check(), Check("a", of="{hard}")):
        with pytest.raises(SettingError, match="give either a 'pattern' or a list 'of' words"):
            check.validate(Vocabulary(LIST))

"""Abbreviations: explained at their first use, or known to all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.checks.defined import Check
from healthlint.entities import Vocabulary
from healthlint.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.finding import Finding

    Find = Callable[..., list[Finding]]
    Texts = Callable[..., list[str]]

CAPITALS = Check(r"\b[A-Z]{2,5}\b", known=("HIV", "[AU]K"))


def test_first_use_of_each_unexplained_term_is_found(find: Find) -> None:
    found = find(CAPITALS, "You have COPD. COPD and GORD hurt. COPD!")

    assert [(each.text, each.start, dict(each.values)) for each in found] == [
        ("COPD", 9, {"count": "3"}),
        ("GORD", 24, {"count": "1"}),
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
    assert texts(Check(r"[A-Z]\+[A-Z]"), "A+E is here. AAE (x).") == ["A+E"]
    assert texts(Check(r"[A-Z]\+[A-Z]"), "A+E (x) is here.") == []


def test_bad_patterns_are_refused() -> None:
    for key, check in (("pattern", Check("(")), ("known", Check("a", known=("(",)))):
        with pytest.raises(SettingError) as caught:
            check.validate(Vocabulary({}))
        assert caught.value.key == key

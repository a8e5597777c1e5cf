"""Reading grade: reported once, where both formulas are over their limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from healthlint.checks.readability import Check
from healthlint.entities import Vocabulary
from healthlint.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.finding import Finding

    Find = Callable[..., list[Finding]]

HARD = "Antihypertensive medication administration necessitates individualised consideration of comorbidities. "
HARDEST = "Notwithstanding this, antihypertensive medication administration necessitates considerable carefulness now. "
EASY = "The cat sat on the mat and ate its food. "


def check(**changes: Any) -> Check:
    return Check(**{"flesch_kincaid": 10, "smog": 12, "min_words": 100, **changes})


def test_hard_text_is_found_once_at_its_longest_sentence(find: Find) -> None:
    (found,) = find(check(), f"{HARD * 8}\n\n{HARDEST}{HARD * 8}")

    assert found.text == HARDEST.strip()
    assert found.values["lines"].startswith("1")
    assert "3" in found.values["lines"].split(", ")
    assert found.values["target"] == "8"
    assert {"grade", "flesch-kincaid", "smog", "target", "lines"} == set(found.values)


def test_easy_text_is_let_be(find: Find) -> None:
    assert find(check(), EASY * 20) == []


@pytest.mark.parametrize("limits", [{"flesch_kincaid": 99}, {"smog": 99}])
def test_one_formula_over_its_limit_is_not_enough(find: Find, limits: dict[str, int]) -> None:
    assert find(check(**limits), HARD * 20) == []


def test_short_text_is_let_be(find: Find) -> None:
    assert find(check(min_words=200), HARD * 15) == []


def test_fewer_than_100_words_cannot_be_graded() -> None:
    with pytest.raises(SettingError, match="a grade of fewer than 100 words means nothing; use 100 or more") as caught:
        check(min_words=99).validate(Vocabulary({}))

    assert caught.value.key == "min_words"

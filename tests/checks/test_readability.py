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


def test_hard_page_is_found_once_at_its_heading_with_the_lines_of_what_is_hardest(find: Find) -> None:
    (found,) = find(check(), f"# Tea\n\n{EASY * 4}\n\n{HARDEST}{HARD * 12}")

    assert found.text == "Tea"
    assert found.values["part"] == "page"
    assert found.values["lines"] == "5"
    assert found.values["target"] == "8"
    assert found.values["words"] == "'antihypertensive', 'individualised', 'administration'"
    assert {"part", "grade", "flesch-kincaid", "smog", "target", "lines", "words"} == set(found.values)


def test_page_without_a_heading_is_found_at_its_first_sentence(find: Find) -> None:
    (found,) = find(check(), HARD * 16)

    assert found.text == HARD.strip()


def test_hard_section_of_an_easy_page_is_found_at_its_heading(find: Find) -> None:
    page = f"# Tea\n\n{EASY * 40}\n\n## Dose\n\n{HARD * 14}\n\n## More\n\n{EASY * 12}"

    (found,) = find(check(section_words=100), page)

    assert (found.text, found.values["part"]) == ("Dose", "section")
    assert found.values["lines"] == "7"
    assert find(check(), page) == []


def test_section_of_four_sentences_is_let_be(find: Find) -> None:
    long = HARD.rstrip(". ") + " and" + " antihypertensive medication" * 14 + ". "

    assert len(find(check(section_words=100), f"{EASY * 60}\n\n## Dose\n\n{long * 5}")) == 1
    assert find(check(section_words=100), f"{EASY * 60}\n\n## Dose\n\n{long * 4}") == []


def test_sections_of_a_hard_page_are_not_found_too(find: Find) -> None:
    page = f"# Tea\n\n## One\n\n{HARD * 20}\n\n## Two\n\n{HARD * 20}"

    assert [found.text for found in find(check(section_words=100), page)] == ["Tea"]


@pytest.mark.parametrize(("sentences", "is_sure"), [(37, False), (38, True)])
def test_grade_of_fewer_than_300_words_is_not_sure(find: Find, sentences: int, *, is_sure: bool) -> None:
    (found,) = find(check(), HARD * sentences)

    assert found.is_sure is is_sure


def test_topic_of_the_page_counts_as_easy(find: Find) -> None:
    topic = (
        "# Antihypertensive medication administration: individualised consideration of comorbidities necessitates\n\n"
    )

    assert find(check(), topic + HARD * 20) == []


def test_text_in_another_language_is_let_be(find: Find) -> None:
    german = "Antihypertensive Medikamente werden individualisiert und unter Beobachtung verabreicht. "

    assert find(check(section_words=100), german * 20) == []


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


def test_section_of_fewer_than_100_words_cannot_be_graded() -> None:
    with pytest.raises(SettingError, match="use 100 or more") as caught:
        check(section_words=99).validate(Vocabulary({}))

    assert caught.value.key == "section_words"


def test_one_formula_by_its_name_is_held_against_its_limit(find: Find) -> None:
    below = Check(metric="flesch_reading_ease", below=60, min_words=100)

    (found,) = find(below, HARD * 20)

    assert found.values["metric"] == "flesch_reading_ease"
    assert find(below, EASY * 20) == []
    assert find(Check(metric="gunning_fog", above=12, min_words=100), EASY * 20) == []


def test_formula_of_textstat_is_used_for_its_language(find: Find) -> None:
    spanish = "Tome una pastilla por la mañana, y consulte a su médico de familia si se siente peor. "
    check = Check(metric="szigriszt_pazos", lang="es", below=101, min_words=100)

    assert [found.values["metric"] for found in find(check, spanish * 10)] == ["szigriszt_pazos"]


@pytest.mark.parametrize(
    ("keys", "key", "message"),
    [
        ({"metric": "smogg", "above": 1}, "metric", "unknown formula 'smogg'; did you mean 'smog'?"),
        ({"metric": "osman", "lang": "xx", "below": 1}, "lang", "unknown language 'xx'"),
        ({"metric": "smog"}, "metric", "give either 'above' or 'below', the limit of the formula"),
        (
            {"metric": "smog", "above": 1, "below": 2},
            "metric",
            "give either 'above' or 'below', the limit of the formula",
        ),
        ({"flesch_kincaid": 9}, "flesch_kincaid", "give both 'flesch-kincaid' and 'smog', or a 'metric'"),
    ],
)
def test_rule_without_a_formula_or_limit_is_refused(keys: dict[str, Any], key: str, message: str) -> None:
    with pytest.raises(SettingError) as caught:
        Check(**keys).validate(Vocabulary({}))

    assert (key, message) == (caught.value.key, str(caught.value))

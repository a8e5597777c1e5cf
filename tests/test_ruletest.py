"""Rule tests: what is noisy, missing or wrong is told in words that name it to the character."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from healthlint.ruletest import Failure, run_examples

if TYPE_CHECKING:
    from collections.abc import Callable

PASSES = [{"pass": "It helps."}, {"pass": "It may help."}, {"pass": "It does not help."}]
Run = "Callable[..., list[Failure]]"


@pytest.fixture
def run(make_library: Callable[..., Any], rule_yaml: Callable[..., str]) -> Run:
    """Run the examples of one rule with some keys changed."""

    def judge(*examples: dict[str, Any], **keys: Any) -> list[Failure]:
        given = {"examples": [*examples, *PASSES]} if examples else {}
        library = make_library({"house/cure.yaml": rule_yaml(**{**keys, **given})})
        return list(run_examples(library.rule("house/cure"), library))

    return judge


def messages(failures: list[Failure]) -> list[str]:
    return [failure.message for failure in failures]


def test_rule_that_lives_up_to_its_examples_has_no_failures(run: Run) -> None:
    assert run() == []


def test_words_that_are_not_reported_are_missing(run: Run) -> None:
    assert messages(run({"flag": "A «remedy»."}, {"flag": "A «cure» and a «tonic»."})) == [
        "missing: «remedy» is not reported",
        "missing: «tonic» is not reported",
    ]


def test_words_that_are_reported_unasked_are_noisy(run: Run) -> None:
    failures = run({"flag": "A «cure»."}, {"flag": "A «cure».\n\nThe cure."}, {"pass": "No cure."})

    assert messages(failures) == ["noisy: «cure» is reported at 3:5", "noisy: «cure» is reported at 1:4"]
    assert [failure.number for failure in failures] == [2, 3]


def test_report_of_too_many_or_too_few_words_is_both(run: Run) -> None:
    assert messages(run({"flag": "«A cure»."}, {"flag": "A «cure»."})) == [
        "missing: «A cure» is not reported",
        "noisy: «cure» is reported at 1:3",
    ]


def test_wrong_fix_is_told_with_both_texts(run: Run) -> None:
    failures = run(
        {"flag": "A «cure».", "fixed": "A remedy."}, {"flag": "The «cure»."}, fix={"text": "treatment", "safe": False}
    )

    assert messages(failures) == ["wrong: fixed text is 'A treatment.', expected 'A remedy.'"]


def test_fix_for_a_locale_is_tried_in_that_locale(run: Run) -> None:
    flag = {"flag": "A «cure».", "fixed": "A colour.", "locale": "en-GB"}

    assert run(flag, {"flag": "The «cure»."}, fix={"text": {"en-GB": "colour", "en-US": "color"}}) == []


def test_message_with_a_name_that_has_no_value_is_told(run: Run) -> None:
    failures = run(message="'{match}' of {drug}.", advice="Write {fixed} or {other}.")

    assert set(messages(failures)) == {"message has no value for {drug}, {other}"}


def test_example_is_read_in_its_format(run: Run) -> None:
    assert (
        run(
            {"flag": "<p>A «cure».</p>", "format": "html"},
            {"flag": "A «*cure»*.", "format": "text"},
            pattern=r"\*?cure",
        )
        == []
    )


def test_example_changes_a_key_of_the_check(run: Run) -> None:
    length = {"check": "length", "pattern": None, "max": 20}

    assert (
        run({"flag": "«One two three.»", "with": {"max": 2}}, {"flag": "«One two.»", "with": {"max": 1}}, **length)
        == []
    )
    assert messages(
        run({"flag": "«One two.»", "with": {"mx": 2}}, {"flag": "«One two.»", "with": {"max": 1}}, **length)
    ) == ["check 'length': unknown key 'mx'; did you mean 'max'?"]


def test_failure_names_rule_file_and_example(run: Run) -> None:
    (failure,) = run({"flag": "A «cure»."}, {"flag": "A «tonic»."})

    assert (failure.rule, failure.number) == ("house/cure", 2)
    assert failure.path.endswith("cure.yaml")


def test_example_for_preview_rule_is_tried_too(run: Run) -> None:
    assert run(status="preview") == []

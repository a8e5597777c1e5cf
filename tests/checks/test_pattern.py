"""Patterns: matched in one sentence of the folded text, once what only looks like it is blanked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.checks.pattern import Check
from healthlint.entities import Entity, Vocabulary
from healthlint.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.finding import Finding

    Find = Callable[..., list[Finding]]
    Texts = Callable[..., list[str]]


def test_match_is_found_in_either_case(texts: Texts) -> None:
    assert texts(Check("cure"), "A cure, a CURE. Cure!") == ["cure", "CURE", "Cure"]


def test_case_counts_where_the_rule_says_so(texts: Texts) -> None:
    assert texts(Check("WHO", case=True), "Who says? The WHO.") == ["WHO"]


def test_match_never_spans_two_sentences_or_blocks(texts: Texts) -> None:
    assert texts(Check("a.*b"), "An a. So b.\n\nAn a\n\nb or a b.") == ["a b"]


@pytest.mark.parametrize("written", ["don't cure", "don’t cure", "DON’T  CURE", "don’t\u00a0cure", "don't *cure*"])
def test_typography_hides_nothing(texts: Texts, written: str) -> None:
    assert len(texts(Check(r"\bdon't cure\b"), f"They {written} it.")) == 1


def test_group_named_report_narrows_what_is_reported(find: Find) -> None:
    (found,) = find(Check(r"take (?P<report>(?P<dose>\d+) mg) now"), "You take 5 mg now.")

    assert found.text == "5 mg"
    assert dict(found.values) == {"report": "5 mg", "dose": "5"}


def test_group_that_did_not_match_reports_the_whole_and_has_no_value(find: Find) -> None:
    found = find(Check(r"take (?:(?P<report>\d+) mg|it)"), "You take 5 mg, they take it.")

    assert [each.text for each in found] == ["5", "take it"]
    assert dict(found[1].values) == {}


def test_of_several_patterns_the_first_to_start_and_then_the_longest_wins(texts: Texts) -> None:
    check = Check(("cure it", "a cure", "a cure it all", "all"))

    assert texts(check, "Is a cure it all, and cure it.") == ["a cure it all", "cure it"]


def test_masked_words_are_not_seen(texts: Texts) -> None:
    check = Check("cure", mask=("cure rate", "{cheese}"))

    assert texts(check, "A cure. The cure rate. Dry-cure ham.", {"cheese": Entity(terms=("dry-cure",))}) == ["cure"]


def test_mask_keeps_the_offsets_of_what_follows(texts: Texts) -> None:
    assert texts(Check("cure", mask="cure rate"), "The cure rate of a cure.") == ["cure"]


def test_entities_are_filled_in(texts: Texts) -> None:
    entities = {"unit": Entity(terms=("mg", "micro gram")), "dose": Entity(patterns=(r"\d+ {unit}",))}

    assert texts(Check("take {dose}"), "Take 5 mg. Take 5 micro-gram. Take 5 kg.", entities) == [
        "Take 5 mg",
        "Take 5 micro-gram",
    ]


def test_match_of_nothing_is_no_finding(texts: Texts) -> None:
    assert texts(Check("x*"), "A cure.") == []


def test_bad_pattern_is_refused_by_its_key() -> None:
    for key, check in (("pattern", Check("(a")), ("mask", Check("a", mask="(a"))):
        with pytest.raises(SettingError) as caught:
            check.validate(Vocabulary({}))
        assert caught.value.key == key


def test_patterns_that_ruin_other_engines_come_to_an_end(texts: Texts) -> None:
    assert texts(Check((r"(a+)+$", r"(.*)(\d+)mg(.*)x", r"(a|aa)+b")), "a" * 20_000 + "!") == []

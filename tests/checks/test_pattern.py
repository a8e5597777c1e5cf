"""Patterns: matched in one sentence of the folded text, once what only looks like it is blanked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from healthlint.checks.pattern import Check
from healthlint.entities import Entity, Vocabulary
from healthlint.errors import SettingError
from healthlint.table import Row

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


def test_values_of_the_row_that_it_names_go_with_a_finding(find: Find) -> None:
    rows = (
        Row(
            "ginkgo", ("ginkgo", "ginkgo leaf"), "2026-11-23", "A book", 1, values={"clashes": ("warfarin", "aspirin")}
        ),
        Row("kava", ("kava",), "2026-11-23", "A friend", 2, checked=False),
    )
    entities = {"herb": Entity(("ginkgo", "ginkgo leaf", "kava"), rows=rows)}

    ginkgo, kava, bare = find(
        Check(r"take (?P<report>{herb})|take it"), "Take Ginkgo leaf, take kava, take it.", entities
    )

    assert (ginkgo.values["clashes"], ginkgo.values["source"], ginkgo.is_checked) == (
        "warfarin or aspirin",
        "A book",
        True,
    )
    assert (kava.is_checked, bare.is_checked, dict(bare.values)) == (False, True, {})


# Twice in a row


TWICE = Check(r"\pL+", twice=True)


def test_word_that_stands_twice_is_found_with_the_word(find: Find) -> None:
    (found,) = find(TWICE, "Take the\nthe tablet.")

    assert (found.text, found.values) == ("the the", {"word": "the"})


def test_case_of_the_first_word_does_not_matter(texts: Texts) -> None:
    assert texts(TWICE, "The the dose. In in water, naïve naïve.") == ["The the", "In in", "naïve naïve"]


@pytest.mark.parametrize(
    "source",
    ["Bora Bora.", "Take it. It helps.", "the, the", "the-the", "a 5 5 b", "bathe the foot", "the then", "the the-dose",
     "Use the `x` the", "the *the*", "who who's"],
)  # fmt: skip
def test_what_only_looks_like_it_is_let_be(texts: Texts, source: str) -> None:
    assert texts(TWICE, source) == []


def test_words_that_a_tag_parts_are_let_be(texts: Texts) -> None:
    assert texts(TWICE, "<p>Call <span>now</span> <span>now</span> now&nbsp;now</p>", format="html") == ["now now"]


def test_pattern_says_which_words(texts: Texts) -> None:
    assert texts(Check(r"\d+|mg", twice=True), "Take 5 5 mg mg at at noon.") == ["5 5", "mg mg"]


def test_masked_words_may_stand_twice(texts: Texts) -> None:
    assert texts(replace(TWICE, mask=r"\b(?:that|had)\b"), "He said That that had had no effect.") == []


def test_one_word_of_a_million_letters_takes_no_time(texts: Texts) -> None:
    assert texts(TWICE, "a" * 1_000_000) == []

"""Related findings on the same words: one is told and names the others, and no danger, error or fix is lost."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from healthlint.diagnostic import Also, Diagnostic, Edit, Fix
from healthlint.overlap import merge_overlaps
from healthlint.text import Position, Span

if TYPE_CHECKING:
    from healthlint.diagnostic import Severity


def found(
    rule: str, start: int, end: int, concern: str = "efficacy", severity: Severity = "warning", **changes: object
) -> Diagnostic:
    """Return what the rule *rule* found from *start* to *end*."""
    place = Span(start, end)
    made = Diagnostic(rule, concern, severity, "", "", "", place, Position(1, 1), Position(1, 1))
    return replace(made, fingerprint=f"of {rule}", **changes)


def told(*diagnostics: Diagnostic) -> list[tuple[str, ...]]:
    """Return each diagnostic that is left: its rule, then the others that it names."""
    ordered = sorted(diagnostics, key=lambda each: (each.span, each.rule))
    return [(each.rule, *(other.rule for other in each.also)) for each in merge_overlaps(ordered)]


def fix(*, safe: bool) -> Fix:
    return Fix(safe, (Edit(0, 1, "x"),))


def test_related_findings_on_the_same_words_are_one_that_names_the_others() -> None:
    first, second = found("a/x", 0, 20), found("b/y", 5, 20, "hype")

    (one,) = merge_overlaps([first, second])

    assert one == replace(second, also=(Also("a/x", "efficacy", "of a/x"),))


def test_what_does_not_overlap_stays_as_it_is() -> None:
    findings = (found("a/x", 0, 10), found("b/y", 10, 20), found("c/z", 30, 40))

    assert findings == merge_overlaps(findings)


def test_half_of_the_shorter_one_must_be_shared() -> None:
    assert told(found("a/x", 0, 20), found("b/y", 15, 25)) == [("b/y", "a/x")]
    assert told(found("a/x", 0, 20), found("b/y", 16, 26)) == [("a/x",), ("b/y",)]


@pytest.mark.parametrize(
    ("one", "other", "merged"),
    [
        ("efficacy", "absolute", True),
        ("statistic", "advertising", True),
        ("hedging", "vague-source", True),
        ("stigma", "stigma", True),
        ("stigma", "efficacy", False),
        ("words", "jargon", False),
        ("reading", "reading", True),
        ("reading", "words", False),
        ("page", "page", False),
        ("red-flag", "red-flag", False),
        ("unsafe-advice", "red-flag", False),
        ("unsafe-advice", "efficacy", True),
        ("dose-notation", "statistic", True),
        ("unsafe-advice", "dose-notation", False),
        ("unsafe-advice", "stigma", False),
    ],
)
def test_only_neighbouring_concerns_are_merged(one: str, other: str, *, merged: bool) -> None:
    left = told(found("a/x", 0, 10, one), found("b/y", 0, 10, other))

    assert len(left) == (1 if merged else 2)


def test_what_a_sentence_holds_that_is_hard_to_read_is_told_apart_from_the_sentence() -> None:
    assert told(found("a/x", 0, 20, "reading"), found("b/y", 0, 19, "reading")) == [("b/y",), ("a/x",)]


def test_the_more_severe_leads_then_the_shorter_then_the_earlier_then_by_name() -> None:
    assert told(found("a/x", 0, 20, severity="error"), found("b/y", 5, 15)) == [("a/x", "b/y")]
    assert told(found("a/x", 0, 20), found("b/y", 5, 15)) == [("b/y", "a/x")]
    assert told(found("b/y", 0, 10), found("a/x", 2, 12)) == [("b/y", "a/x")]
    assert told(found("b/y", 0, 10), found("a/x", 0, 10)) == [("a/x", "b/y")]


@pytest.mark.parametrize("danger", ["unsafe-advice", "dose-notation"])
def test_a_danger_leads_a_claim(danger: str) -> None:
    assert told(found("a/x", 0, 10), found("b/y", 0, 30, danger)) == [("b/y", "a/x")]


def test_a_danger_that_is_milder_than_the_claim_stands_beside_it() -> None:
    assert told(found("a/x", 0, 10, severity="error"), found("b/y", 0, 30, "unsafe-advice")) == [("a/x",), ("b/y",)]


def test_the_one_with_the_better_fix_leads() -> None:
    safe, unsafe = fix(safe=True), fix(safe=False)

    assert told(found("a/x", 0, 10), found("b/y", 0, 30, fix=unsafe)) == [("b/y", "a/x")]
    assert told(found("a/x", 0, 10, fix=unsafe), found("b/y", 0, 30, fix=safe)) == [("b/y", "a/x")]


def test_neither_a_fix_nor_a_severity_is_lost() -> None:
    findings = (found("a/x", 0, 10, severity="error"), found("b/y", 0, 10, fix=fix(safe=True)))

    assert findings == merge_overlaps(findings)


def test_whoever_is_named_shares_words_with_the_leader() -> None:
    """The long one touches both, but they do not touch one another."""
    long, left, right = found("a/long", 0, 40), found("b/left", 0, 10), found("c/right", 30, 40)

    assert told(long, left, right) == [("b/left", "a/long"), ("c/right",)]
    assert told(replace(long, severity="error"), left, right) == [("a/long", "b/left", "c/right")]


def test_findings_of_one_rule_are_never_merged() -> None:
    assert told(found("a/x", 0, 10), found("a/x", 5, 12)) == [("a/x",), ("a/x",)]


def test_findings_without_words_are_never_merged() -> None:
    assert told(found("a/x", 0, 0), found("b/y", 0, 0), found("c/z", 0, 5)) == [("a/x",), ("b/y",), ("c/z",)]


def test_work_grows_with_the_number_of_findings() -> None:
    """Ten thousand that all lie on one place would be fifty million pairs."""
    findings = [found(f"a/{number:05}", 0, 10 + number) for number in range(10_000)]

    begun = time.process_time()
    left = merge_overlaps(findings)

    assert time.process_time() - begun < 10
    assert sum(1 + len(each.also) for each in left) == len(findings)

"""Patterns with large entities, compiled for what of them comes up."""

from __future__ import annotations

from collections.abc import Mapping

from healthlint.late import LatePattern


def filled(phrases: Mapping[str, frozenset[str]]) -> str:
    return "take " + "|".join(sorted(phrases["drug"]))


def test_regex_for_fewer_phrases_is_one_that_was_made() -> None:
    late = LatePattern(["drug"], filled, 1000, case=True)
    both = late.regex([frozenset({"insulin", "aspirin"})])

    assert late.regex([frozenset({"aspirin"})]) is both


def test_regex_for_new_phrases_matches_the_old_ones_too() -> None:
    late = LatePattern(["drug"], filled, 1000, case=True)
    late.regex([frozenset({"aspirin"})])

    regex = late.regex([frozenset({"insulin"})])

    assert regex.search("insulin")
    assert regex.search("take aspirin")


def test_pattern_is_worn_once_as_much_was_compiled_as_the_whole_has() -> None:
    late = LatePattern(["drug"], filled, 30, case=True)
    late.regex([frozenset({"aspirin"})])
    assert not late.is_worn

    late.regex([frozenset({"insulin"})])

    assert late.is_worn


def test_pattern_without_a_large_entity_is_compiled_whole() -> None:
    assert LatePattern([], filled, 0, case=True).is_worn

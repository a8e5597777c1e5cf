"""Whatever the page: fixes open no finding, end, and change no digit, unit or drug but as the named rules say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthlint import readers
from healthlint.fixer import NOTATION_RULES, Mended, mend
from healthlint.library import Library, load_library
from healthlint.linter import lint
from healthlint.rulebook import Choice, Rulebook, choose
from healthlint.text import fold

if TYPE_CHECKING:
    from healthlint.diagnostic import Result
    from healthlint.rule import Example, Rule

# Amounts and names that a fix may not touch, said as pages say them.
AMOUNTS = [
    "Take 5 mg of warfarin twice a day. ", "Give 2.5 mL of amoxicillin suspension. ", "Use 10 units of insulin. ",
    "- Paracetamol 500 mg\n- Ibuprofen 400 mg\n\n", "It is 1,000 micrograms of levothyroxine. ", "Up to 4 g a day. ",
    "Apply 1% hydrocortisone cream 2 to 3 times. ", "Call 111 or 0800 1111. ",
]  # fmt: skip


@cache
def library() -> Library:
    """Return the rules that ship, as they are tested: with none left out."""
    return load_library()


@cache
def rulebook(locale: str = "") -> Rulebook:
    """Return every rule that ships."""
    return choose(library(), Choice(preview=True, select=("all",), locale=locale))


def fixing() -> list[Rule]:
    return [rule for rule in library().rules if rule.text.fix]


def check(text: str, example: Example | None = None) -> Result:
    book = rulebook(example.locale if example else "")
    return lint(readers.parse("page", text, example.format if example else "markdown"), book)


def amounts(text: str) -> list[str]:
    """Return the digits, units and drug names of *text*, in order; spelling and case aside."""
    regex = library().vocabulary.regex(r"\d+|\b{dose-unit}\b|\b{drug}\b")
    return [match[0].lower() for match in regex.finditer(fold(text))]


def count_rules(result: Result) -> Counter[str]:
    return Counter(told.rule for each in result.diagnostics for told in each.told)


def assert_harmless(before: Result, mended: Mended, *, unsafe: bool, example: Example | None = None) -> None:
    again = mend(mended.result, lambda text: check(text, example), unsafe=unsafe)
    assert again.result.source == mended.result.source
    assert count_rules(mended.result) <= count_rules(before)


def unmarked(example: Example) -> str:
    return example.flag.replace("«", "").replace("»", "")


def test_named_rules_are_all_there_and_fix_something() -> None:
    assert {rule.id for rule in fixing()} >= NOTATION_RULES


@pytest.mark.parametrize("rule", fixing(), ids=lambda rule: rule.id)
def test_fixes_of_an_example_open_nothing_and_are_done_at_once(rule: Rule) -> None:
    for example in rule.text.examples:
        if example.fixed:
            before = check(unmarked(example), example)

            mended = mend(before, lambda text, example=example: check(text, example), unsafe=True)  # type: ignore[misc]

            assert_harmless(before, mended, unsafe=True, example=example)


@pytest.mark.parametrize("rule", [rule for rule in fixing() if rule.id not in NOTATION_RULES], ids=lambda rule: rule.id)
def test_fix_of_an_example_changes_no_digit_unit_or_drug(rule: Rule) -> None:
    for example in rule.text.examples:
        if example.fixed:
            assert amounts(unmarked(example)) == amounts(example.fixed)


@cache
def wordings() -> tuple[str, ...]:
    """Return the texts of the examples of all rules with a fix that may not change an amount."""
    rules = (rule for rule in fixing() if rule.id not in NOTATION_RULES)
    return tuple(unmarked(each) if each.flag else each.passes for rule in rules for each in rule.text.examples)


@settings(max_examples=60, deadline=None)
@given(st.deferred(lambda: st.lists(st.sampled_from([*AMOUNTS, *wordings(), " ", "\n\n"]), max_size=8).map(" ".join)))
def test_fixes_of_a_page_open_nothing_end_and_keep_every_amount(page: str) -> None:
    before = check(page)

    mended = mend(before, check, unsafe=True)
    careful = mend(before, check, unsafe=False)
    worded = mend(_worded(page), _worded, unsafe=True)

    assert_harmless(before, mended, unsafe=True)
    assert_harmless(before, careful, unsafe=False)
    assert amounts(page) == amounts(worded.result.source)


def _worded(text: str) -> Result:
    """Lint *text* without the rules that may change an amount."""
    result = check(text)
    return replace(result, diagnostics=tuple(each for each in result.diagnostics if each.rule not in NOTATION_RULES))

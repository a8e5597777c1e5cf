"""Runs the examples that every rule carries, and says what is noisy, missing or wrong, to the character."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from healthlint import readers
from healthlint.errors import SettingError
from healthlint.fixer import apply_fixes
from healthlint.linter import lint
from healthlint.rulebook import GRAMMAR, Rulebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthlint.diagnostic import Diagnostic
    from healthlint.library import Library
    from healthlint.proofreading import Proofreader
    from healthlint.rule import Example, Rule

_MARK = re.compile("[«»]")
_UNFILLED = re.compile(r"\{[a-z][a-z0-9_-]*\}")


class Failure(NamedTuple):
    """An example that a rule does not live up to: what went wrong with *number* (from 1) of its examples."""

    rule: str
    path: str
    number: int
    message: str


def needs_languagetool(rule: Rule) -> bool:
    """Say whether the examples of *rule* can only be run by asking LanguageTool."""
    return rule.text.check == GRAMMAR


def run_examples(rule: Rule, library: Library, proofreader: Proofreader | None = None) -> Iterator[Failure]:
    """Yield each way in which *rule* fails one of its examples; without a *proofreader*, those that need one do."""
    if needs_languagetool(rule) and proofreader is None:
        yield Failure(rule.id, rule.path, 1, "needs LanguageTool")
        return
    for number, example in enumerate(rule.text.examples, 1):
        for message in _judge(rule, example, library, proofreader):
            yield Failure(rule.id, rule.path, number, message)


def demonstrate(rule: Rule, library: Library) -> Diagnostic | None:
    """Return what *rule* says of its first flagged example, or None when it, without LanguageTool, is silent."""
    example = next((each for each in rule.text.examples if each.flag), None)
    if example is None or needs_languagetool(rule):
        return None
    text, _ = _unmark(example.flag)
    try:
        rulebook = _only(rule.with_settings(example.settings), library, example.locale)
    except SettingError:
        return None
    result = lint(readers.parse("<example>", text, example.format), rulebook)
    return next((each for each in result.diagnostics if each.rule == rule.id), None)


def _judge(rule: Rule, example: Example, library: Library, proofreader: Proofreader | None) -> Iterator[str]:
    text, expected = _unmark(example.flag) if example.flag else (example.passes, ())
    try:
        tried = rule.with_settings(example.settings)
    except SettingError as error:
        yield str(error)
        return
    rulebook = replace(_only(tried, library, example.locale), proofreader=proofreader)
    result = lint(readers.parse("<example>", text, example.format), rulebook)
    yield from result.errors
    found = [each for each in result.diagnostics if each.rule == rule.id]
    yield from _compare(text, expected, found)
    for diagnostic in found:
        unfilled = _UNFILLED.findall(diagnostic.message + diagnostic.advice)
        if unfilled:
            yield f"message has no value for {', '.join(unfilled)}"
    if example.fixed:
        fixed = apply_fixes(text, found, unsafe=True).text
        if fixed != example.fixed:
            yield f"wrong: fixed text is {fixed!r}, expected {example.fixed!r}"


def _only(rule: Rule, library: Library, locale: str) -> Rulebook:
    return Rulebook(
        rules=(replace(rule),),
        vocabulary=library.vocabulary,
        digest=library.digest,
        known=frozenset(library.by_id),
        locale=locale,
        preview=True,
    )


def _compare(text: str, expected: tuple[tuple[int, int], ...], found: list[Diagnostic]) -> Iterator[str]:
    spans = {tuple(each.span): each for each in found}
    for start, end in expected:
        if (start, end) not in spans:
            yield f"missing: «{text[start:end]}» is not reported"
    for (start, end), diagnostic in spans.items():
        if (start, end) not in expected:
            place = f"{diagnostic.start.line}:{diagnostic.start.column}"
            yield f"noisy: «{text[start:end]}» is reported at {place}"


def _unmark(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the text without «marks», and the spans that they enclosed.

    >>> _unmark("a «bc» d")
    ('a bc d', ((2, 4),))
    """
    places = [match.start() - number for number, match in enumerate(_MARK.finditer(marked))]
    return _MARK.sub("", marked), tuple(zip(places[::2], places[1::2], strict=True))

"""What the rules that ship say to people: all of it is there, and it passes healthlint itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from healthlint import readers
from healthlint.config import Config
from healthlint.linter import lint
from healthlint.session import Session
from healthlint.text import several
from healthlint.word import Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthlint.diagnostic import Diagnostic
    from healthlint.rule import Rule

_SESSION = Session(Config())
_RULES = _SESSION.rulebook(Config(preview=True, wants_grammar=True)).rules
_STABLE = _SESSION.rulebook(Config())
_LISTS = tuple(name for name in _STABLE.vocabulary.names() if _STABLE.vocabulary.entity(name).words)
_ROOT = Path(__file__).parent.parent
_DOCUMENTS = (*sorted(_ROOT.glob("*.md")), *sorted((_ROOT / "docs").glob("*.md")))
_LACKS = frozenset({"page", "red-flag"})  # what a whole page has to say, a text of two sentences need not
_GLOSSED = _LACKS | {"statistic", "vague-source"}
_OF_MORE = frozenset({"words/inconsistent-term", "reading/hard-sentence"})
_QUOTED = re.compile('"[^"]*"')
_MARKS = re.compile("[«»]")


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: rule.id)
def test_a_rule_has_all_that_people_and_tests_need(rule: Rule) -> None:
    """The loader refuses empty texts and too few examples; this holds what ships to more."""
    text = rule.text

    assert all((text.concern, text.summary, text.message, text.advice, text.why))
    assert text.references
    assert all(each.title and (each.publisher or each.url) for each in text.references)
    assert len([each for each in text.examples if each.flag]) >= 2
    assert len([each for each in text.examples if each.passes]) >= 3


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: rule.id)
def test_message_advice_and_why_pass_but_for_the_words_they_quote(rule: Rule) -> None:
    source = f"([{rule.text.references[0].title}](https://example.org), 2024)"
    said = _QUOTED.sub("this", f"{rule.text.message}\n\n{rule.text.advice}\n\n{rule.text.why.strip()} {source}\n")

    found = [each for each in _SESSION.check("message.md", said.encode()).diagnostics if each.concern not in _LACKS]

    assert [(each.rule, each.excerpt) for each in found] == []


@pytest.mark.parametrize("path", _DOCUMENTS, ids=lambda path: path.name)
def test_no_document_of_ours_has_a_warning_but_for_what_a_health_page_lacks(path: Path) -> None:
    found = _SESSION.check(path.name, path.read_bytes()).diagnostics

    loud = [each for each in found if each.severity != "info" and each.concern not in _LACKS]
    assert [(each.rule, each.start.line, each.excerpt) for each in loud] == []


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: rule.id)
def test_what_a_list_suggests_triggers_no_rule_that_the_term_does_not(rule: Rule) -> None:
    terms = rule.text.settings.get("terms")
    pairs = [(term, each) for term, offered in terms.items() for each in several(offered)] if _is_map(terms) else []

    worse = [(term, each, found) for term, each in pairs if each and (found := _rules_on(each) - _rules_on(term))]

    assert [] == worse


@pytest.mark.parametrize("name", _LISTS)
def test_what_a_word_list_suggests_triggers_no_stable_rule_that_the_term_does_not(name: str) -> None:
    words = (Word(*each) for each in _STABLE.vocabulary.entity(name).words)
    pairs = [(word.term, each) for word in words for each in word.suggestions]
    text = "".join(f"The page says {each}, it seems.\n\n" for _, each in pairs)
    starts = [match.end() for match in re.finditer(r"^The page says ", text, re.MULTILINE)]

    found = lint(readers.parse("page", text, "text"), _STABLE).diagnostics

    spans = [(start, start + len(each), term, each) for start, (term, each) in zip(starts, pairs, strict=True)]
    # What explains "cohort study" speaks of a study; that two suggestions differ is no fault of either; and how hard a
    # sentence is lies in all of it.
    told = [each for each in found if each.concern not in _GLOSSED and each.rule not in _OF_MORE]
    assert [
        (term, each, known.rule)
        for start, end, term, each in spans
        for known in told
        if known.span.start < end and start < known.span.end and known.rule not in _rules_on(term)
    ] == []


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: rule.id)
def test_what_an_example_is_told_to_say_triggers_no_rule(rule: Rule) -> None:
    """Each suggestion and fix, put into the example in place of the words that were reported."""
    rulebook = _SESSION.rulebook(Config(preview=True, select=(rule.id,)))
    worse = []
    for example in rule.text.examples:
        text = _MARKS.sub("", example.flag)
        for diagnostic in lint(readers.parse("page", text, example.format), rulebook).diagnostics if text else ():
            before = _touching(text, example.format, diagnostic.span.start, diagnostic.span.end) - {rule.id}
            for each in _offered(diagnostic):
                start, end = diagnostic.span
                instead = f"{text[:start]}{each}{text[end:]}"
                after = _touching(instead, example.format, start, start + len(each))
                worse += [(text, each, after - before)] if after - before else []

    assert [] == worse


def _is_map(terms: object) -> bool:
    return isinstance(terms, Mapping)


def _offered(diagnostic: Diagnostic) -> Iterator[str]:
    yield from filter(None, diagnostic.suggestions)
    if diagnostic.fix and len(diagnostic.fix.edits) == 1:
        yield diagnostic.fix.edits[0].text


@cache
def _rules_on(words: str) -> frozenset[str]:
    """Return the stable rules that report something of *words* in a sentence that says nothing."""
    before = "The page says "
    return _touching(f"{before}{words} here.", "text", len(before), len(before) + len(words))


def _touching(text: str, format: str, start: int, end: int) -> frozenset[str]:
    """Return the stable rules that report something between *start* and *end*."""
    found: Iterable[Diagnostic] = lint(readers.parse("page", text, format), _STABLE).diagnostics
    near = (each for each in found if each.span.start < end and start < each.span.end)
    return frozenset(told.rule for each in near for told in each.told if told.concern not in _LACKS)

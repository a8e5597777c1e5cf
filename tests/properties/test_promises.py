"""Whatever the page: places are exact, results are the same every time, and fixes mend what they say they mend."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from healthlint import readers
from healthlint.fixer import apply_fixes
from healthlint.library import load_library
from healthlint.linter import lint
from healthlint.rulebook import Choice, choose
from healthlint.text import LineIndex

if TYPE_CHECKING:
    from healthlint.diagnostic import Result
    from healthlint.rulebook import Rulebook

EVERY = settings(max_examples=120, deadline=None)
# Every kind of fault, and every odd thing that a page may be written with.
GLUE = [
    " ", " ", " ", " ", "\n", "\n\n", "\r\n", "\r\n\r\n", "\u00a0", "\u2028", "\u00ad", "\u200b", "\ufeff",
    ". ", ", ", "; ", "? ", "! ", ": ", " (", ") ", " “", "” ", "’", " — ", " – ", "💊", "👩🏽‍⚕️", "e\u0301",
    "\u0301", "é", "ﬁ", "ß", "薬", "\x00", "\t",
]  # fmt: skip
MARKDOWN = [
    "**", "*", "_", "`", "\n# ", "\n## ", "\n- ", "\n1. ", "\n> ", "\n| a | b |\n|---|---|\n| ", " | ", "[",
    "](https://nhs.uk)", "[^1]", "\n\n[^1]: ", "[1]", "&nbsp;", "&amp;", "<b>", "</b>", "<br>",
    "<!-- x -->", "\\", "\n\n---\n\n", "```\n",
]  # fmt: skip
HTML = [
    "<p>", "</p>", "<b>", "</b>", "<i>", "<br>", "<ul><li>", "<li>", "</ul>", "<h1>", "</h1>", "<h2>",
    "<table><tr><td>", "<td>", "</table>", "&nbsp;", "&#160;", "&shy;", "&lt;", "&amp;", "&eacute;",
    "<!-- x -->", "<a href='https://nhs.uk'>", "</a>", "<sup>1</sup>", "<script>x</script>", "<q>", "</q>",
    "<blockquote>", "<title>", "</title>", "<",
]  # fmt: skip
MARKUP = {"markdown": MARKDOWN, "html": HTML, "text": ["\n- ", "\n* ", "\n1) ", "\n\nDOSE\n\n", "\n====\n", "\n> "]}


@cache
def rulebook() -> Rulebook:
    """Return every rule that ships."""
    return choose(load_library(), Choice(preview=True, select=("all",)))


@cache
def faults() -> tuple[str, ...]:
    """Return the texts of all examples of the rules that ship."""
    examples = (example for rule in load_library().rules for example in rule.text.examples)
    return tuple((each.flag or each.passes).replace("«", "").replace("»", "") for each in examples)


@cache
def words() -> tuple[str, ...]:
    """Return the words of all those texts, and what stands between."""
    return tuple(sorted({word for fault in faults() for word in fault.split()}))


def pages(format: str) -> st.SearchStrategy[str]:
    """Put pages together from whole faults, broken ones, and everything that may lie between."""

    def pieces() -> st.SearchStrategy[str]:
        fault = st.sampled_from(faults())
        odd = st.sampled_from([*GLUE, *MARKUP[format]])
        broken = st.builds(_put_in, fault, odd, st.integers(0, 10_000))
        return fault | broken | broken | odd | odd | st.sampled_from(words())

    return st.deferred(lambda: st.lists(pieces(), max_size=12).map("".join))


def _put_in(fault: str, odd: str, place: int) -> str:
    at = place % (len(fault) + 1)
    return fault[:at] + odd + fault[at:]


def check(source: str, format: str) -> Result:
    return lint(readers.parse("page", source, format), rulebook())


def assert_exact(result: Result) -> None:
    lines = LineIndex(result.source)
    for diagnostic in result.diagnostics:
        start, end = diagnostic.span
        assert 0 <= start < end <= len(result.source)
        assert diagnostic.excerpt == result.source[start:end]
        assert (diagnostic.start, diagnostic.end) == (lines.position(start), lines.position(end))
        for edit in diagnostic.fix.edits if diagnostic.fix else ():
            assert start <= edit.start <= edit.end <= end
    places = [(*diagnostic.span, diagnostic.rule) for diagnostic in result.diagnostics]
    assert places == sorted(places)
    assert len(places) == len(set(places))


@EVERY
@given(pages("markdown"))
def test_markdown_is_checked_exactly_and_alike_every_time(source: str) -> None:
    result = check(source, "markdown")

    assert result.errors == ()
    assert_exact(result)
    assert result == check(source, "markdown")


@EVERY
@given(pages("html"))
def test_html_is_checked_exactly_and_alike_every_time(source: str) -> None:
    result = check(source, "html")

    assert result.errors == ()
    assert_exact(result)
    assert result == check(source, "html")


@EVERY
@given(pages("text"))
def test_plain_text_is_checked_exactly_and_alike_every_time(source: str) -> None:
    result = check(source, "text")

    assert result.errors == ()
    assert_exact(result)
    assert result == check(source, "text")


@cache
def mendable() -> tuple[str, ...]:
    """Return the texts of the examples that a safe fix mends."""
    rules = (rule for rule in load_library().rules if rule.text.fix and rule.text.fix.safe)
    examples = (example for rule in rules for example in rule.text.examples if example.fixed)
    return tuple(example.flag.replace("«", "").replace("»", "") for example in examples)


def mendable_pages(format: str) -> st.SearchStrategy[tuple[str, str]]:
    odd = st.sampled_from([*GLUE, *MARKUP[format]])
    fault = st.deferred(lambda: st.sampled_from(mendable()))
    broken = st.builds(_put_in, fault, odd, st.integers(0, 10_000))
    return st.lists(fault | broken | odd, min_size=1, max_size=8).map("".join).map(lambda page: (format, page))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(MARKUP)).flatmap(mendable_pages))
def test_safe_fixes_mend_what_they_say_and_then_nothing_is_left_to_mend(page: tuple[str, str]) -> None:
    mended = page[1]
    for _ in range(4):
        fixed = apply_fixes(mended, check(mended, page[0]).diagnostics, unsafe=False)
        if not fixed.applied:
            break
        mended = fixed.text

    left = check(mended, page[0])

    assert apply_fixes(mended, left.diagnostics, unsafe=False).text == mended
    assert [each.excerpt for each in left.diagnostics if each.fix and each.fix.safe] == []


def test_result_of_a_page_does_not_depend_on_the_pages_before_it() -> None:
    fresh = choose(load_library(), Choice(preview=True, select=("all",)))
    documents = [readers.parse("page", fault, "markdown") for fault in faults()]

    used = [lint(document, rulebook()).diagnostics for document in documents]
    backwards = [lint(readers.parse("page", fault, "markdown"), fresh).diagnostics for fault in reversed(faults())]

    assert used == backwards[::-1]

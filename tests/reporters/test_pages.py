"""The Markdown summary and the HTML report: what a person is shown, and what a document cannot put there."""

from __future__ import annotations

import io
import re
from html import escape
from typing import TYPE_CHECKING

import pytest

from healthlint.diagnostic import Result
from healthlint.markdowntext import markdown_text
from healthlint.reporters.html import report

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.diagnostic import Diagnostic, RunInfo

MARKDOWN_TAGS = set("h2 h3 p ul li code table thead tbody tr th td strong sub".split())
HTML_TAGS = set(
    "html head meta title style body h1 h2 h3 p section article b blockquote mark small a footer table tr th td".split()
)


def test_the_whole_markdown(
    render: Callable[..., str], snapshot: Callable[[str, str], None], leaflet: Result, broken: Result
) -> None:
    text = render("markdown", leaflet, broken, statistics=True, skipped=("photo.png: no reader for '.png'",))

    snapshot(text, "report.md")


def test_the_whole_html(
    render: Callable[..., str], snapshot: Callable[[str, str], None], leaflet: Result, broken: Result
) -> None:
    snapshot(render("html", leaflet, broken, statistics=True), "report.html")


def test_hostile_text_adds_nothing_to_the_markdown(
    render: Callable[..., str], render_markdown: Callable[[str], str], parse_page: Callable, hostile: Result
) -> None:
    text = render("markdown", hostile, skipped=(hostile.source,), statistics=True)

    page = parse_page(render_markdown(text))
    assert {tag for tag, _ in page.elements} <= MARKDOWN_TAGS
    assert len(page.text_of("td")) == 3 + 3 + 2 + 2
    outside_of_code = "".join(part for part in re.split(r"<code>.*?</code>", render_markdown(text)) if part)
    assert not re.search(r"[@#!~]\w|https?://|www\.", outside_of_code)


@pytest.mark.parametrize("text", ["1. one", "123456789) x", "- a", "+ b", "# c", "> d", "=== e", "* f", "```g", "---"])
def test_text_at_the_start_of_a_line_begins_nothing(text: str, render_markdown: Callable[[str], str]) -> None:
    assert render_markdown(f"- {markdown_text(text)}") == f"<ul>\n<li>{escape(text, quote=False)}</li>\n</ul>\n"


def test_markdown_puts_the_worst_first(render: Callable[..., str], leaflet: Result) -> None:
    found = re.findall(r"\*\*(\w+)\*\*", render("markdown", leaflet))

    assert found == ["error", "warning", "warning", "warning", "note"]


def test_markdown_fits_into_a_comment_and_says_what_it_left_out(
    render: Callable[..., str], diagnose: Callable[..., Diagnostic]
) -> None:
    many = Result("a.md", source="x", diagnostics=(diagnose("x", "x"),) * 1000)

    text = render("markdown", many)

    assert len(text) < 65_536
    shown = text.count("\n| `a.md:1:1` |")
    assert f"\n| … and {1000 - shown} more\n" in text


def test_hostile_text_adds_nothing_to_the_html(
    render: Callable[..., str], parse_page: Callable, hostile: Result
) -> None:
    text = render("html", hostile, skipped=(hostile.source,), statistics=True)

    page = parse_page(text)
    assert {tag for tag, _ in page.elements} <= HTML_TAGS
    assert len(page.text_of("h2")) == len(page.text_of("article")) == 1
    names = {name for _, attributes in page.elements for name in attributes}
    assert names <= {"lang", "charset", "http-equiv", "content", "name", "class", "href", "rel"}
    assert not any(attributes.get("href") for _, attributes in page.elements)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028]", text)


def test_html_loads_nothing_and_runs_nothing(render: Callable[..., str], parse_page: Callable, leaflet: Result) -> None:
    elements = parse_page(render("html", leaflet)).elements

    policies = [attributes["content"] for tag, attributes in elements if "http-equiv" in attributes]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]
    links = {attributes["href"] for _, attributes in elements if "href" in attributes}
    assert links == {"https://example.org/finding"}


def test_html_marks_exactly_the_words(
    render: Callable[..., str], parse_page: Callable, diagnose: Callable[..., Diagnostic]
) -> None:
    source = f"First line.\r\n{'before ' * 40}<5 mg> & {'after ' * 40}\nLast line."

    page = parse_page(render("html", Result("a.md", source=source, diagnostics=(diagnose(source, "<5 mg> &"),))))

    assert page.text_of("mark") == ["<5 mg> &"]
    (quote,) = page.text_of("blockquote")
    assert re.fullmatch(r"…(before )+<5 mg> &( after)+…", quote)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_stream_that_is_not_unicode_gets_references(encoding: str, leaflet: Result, run: RunInfo) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="")

    report([leaflet, Result("薬.md", errors=("é",))], stream, run)
    stream.flush()

    assert "&#34220;.md" in raw.getvalue().decode("ascii")

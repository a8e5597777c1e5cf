"""Whatever the format, a report says the same of the same files: path, line and rule."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from healthlint.diagnostic import Result
from healthlint.linter import lint
from healthlint.readers import read
from healthlint.registry import part_names
from healthlint.session import Session
from healthlint.summary import DISCLAIMER
from healthlint.terminal import clean
from healthlint.text import LineIndex, Span
from healthlint.xmltext import xml_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.diagnostic import Diagnostic
    from healthlint.rule import Rule

EXAMPLES = Path(__file__).parents[2] / "examples"
UNCHECKED = "healthlint/error"
MISSING = Result("nope, at all.md", errors=("no such file; check the path",))
SHOWN = {"concise": clean, "github": clean, "markdown": clean, "html": clean, "junit": xml_text, "checkstyle": xml_text}
NOT_BY_LINE = {"full", "lsp"}  # one is for the eyes, the other counts lines from 0; both have tests of their own
_MARKS = [
    "a", "薬", "💊", "e\u0301", " ", "\t", "\n", "\r\n", "\r", "\u2028", "\x85", "\x0c", "\x00", "\x1b[2J", "\u202e",
    "]]>", "<b>", "</section>", "&", "|", "`", "@you", "#1", "::error::", "##[x]", "%0A", "%", ",", ":", '"',
    "'", "\ud83d",
]  # fmt: skip
_NAMES = [
    "a",
    "é",
    "薬",
    "💊",
    " b",
    ",",
    "%",
    "%25",
    ":1:",
    "|",
    "`",
    "*",
    "_",
    "<b>",
    "&amp;",
    "@you",
    "#1",
    "'",
    '"',
    "]",
]


def expected(*results: Result, format_: str) -> list[tuple[str, int | None, str]]:
    """Return what has to be in a report, paths as the format can write them."""
    shown: Callable[[str], str] = SHOWN.get(format_, str)
    said = [(shown(each.path), one.start.line, one.rule) for each in results for one in each.diagnostics]
    said += [(shown(each.path), None, UNCHECKED) for each in results for _ in each.errors]
    return sorted(said, key=repr)


def told(said: list[Any]) -> list[tuple[str, int | None, str]]:
    return sorted((tuple(each) for each in said), key=repr)


def test_every_format_is_compared(request: pytest.FixtureRequest) -> None:
    compared = {"concise", "json", "jsonl", *SHOWN, "sarif", "gitlab", "rdjsonl"}

    assert set(part_names("reporters")) == compared | NOT_BY_LINE


@pytest.fixture(scope="module")
def results() -> list[Result]:
    """Return what is found in examples/, and a file that is missing."""
    session = Session()
    paths = sorted(path for path in EXAMPLES.iterdir() if path.suffix in {".md", ".html", ".txt"})
    return [*(session.check(path.name, path.read_bytes()) for path in paths), MISSING]


def test_formats_agree_on_the_examples(
    format_: str, results: list[Result], render: Callable[..., str], read_report: Callable
) -> None:
    assert sum(len(each.diagnostics) for each in results) > 20

    said = read_report(format_, render(format_, *results))

    assert told(said) == expected(*results, format_=format_)


def test_formats_agree_on_a_hostile_document(
    format_: str, render: Callable[..., str], read_report: Callable, hostile: Result, leaflet: Result
) -> None:
    results = (replace(hostile, diagnostics=(replace(hostile.diagnostics[0], landmark=None),)), leaflet)
    results = tuple(replace(each, diagnostics=each.diagnostics[:4]) for each in results)

    said = read_report(format_, render(format_, *results, skipped=(hostile.source,), statistics=True))

    assert told(said) == expected(*results, format_=format_)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    text=st.lists(st.sampled_from(_MARKS), min_size=1, max_size=12).map("".join),
    name=st.lists(st.sampled_from(_NAMES), max_size=5).map(lambda parts: f"p{''.join(parts)}.md"),
    ends=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    is_partial=st.booleans(),
)
def test_formats_agree_whatever_the_document(  # noqa: PLR0913, PLR0917  what is drawn, and what it is given to
    text: str, name: str, ends: tuple[float, float], is_partial: bool,
    format_: str, render: Callable[..., str], read_report: Callable, diagnose: Callable[..., Diagnostic],
) -> None:  # fmt: skip
    start, end = sorted(round(each * len(text)) for each in ends)
    lines = LineIndex(text)
    diagnostic = diagnose(
        text, text[start:end], span=Span(start, end), start=lines.position(start), end=lines.position(end),
        message=f"'{text[start:end]}' is said.", advice=text,
    )  # fmt: skip
    result = Result(name, source=text, diagnostics=(diagnostic,), errors=(text,) if is_partial else ())

    report = render(format_, result)

    assert told(read_report(format_, report)) == expected(result, format_=format_)
    report.encode()


@pytest.mark.parametrize("results", [(), (Result("a.md", "markdown", "Rest.", 1),)], ids=["no file", "a clean file"])
def test_nothing_found_is_a_whole_report_too(
    format_: str, results: tuple[Result, ...], render: Callable[..., str], read_report: Callable
) -> None:
    assert read_report(format_, render(format_, *results)) == []


def test_a_rule_that_crashes_is_told_and_the_others_have_run(
    format_: str, render: Callable[..., str], read_report: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(changes={"select": ("medication",)})
    rulebook = session.rulebook(session.defaults())
    crashing = next(rule for rule in rulebook.rules if rule.id == "medication/naked-decimal")

    def conditions(rule: Rule) -> tuple[tuple[()], tuple[()]]:
        assert rule.id != crashing.id, "boom"
        return (), ()

    monkeypatch.setattr(type(crashing), "page_conditions", property(conditions))

    result = lint(read("a.md", b"Take 1.0 mg.\n"), rulebook)

    assert (len(result.errors), len(result.diagnostics)) == (1, 1)
    assert told(read_report(format_, render(format_, result))) == expected(result, format_=format_)


@pytest.mark.parametrize("name", ["sarif", "markdown", "html"])
def test_reports_that_are_kept_say_what_healthlint_is_not(name: str, render: Callable[..., str]) -> None:
    assert DISCLAIMER in render(name)


def test_the_same_results_are_the_same_bytes(
    format_: str, render: Callable[..., str], leaflet: Result, broken: Result
) -> None:
    assert render(format_, leaflet, broken) == render(format_, leaflet, broken)

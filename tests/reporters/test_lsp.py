"""What an editor is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from healthlint.diagnostic import Result

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.diagnostic import Diagnostic


def test_the_whole_list(
    render: Callable[..., str],
    snapshot: Callable[[str, str], None],
    leaflet: Result,
    broken: Result,
) -> None:
    text = render("lsp", leaflet, broken)

    snapshot(text.replace(Path.cwd().as_uri(), "file:///here"), "lsp.json")


def published(text: str) -> dict[str, Any]:
    """Return the only file of *text*."""
    (params,) = json.loads(text)
    return dict(params)


def test_ranges_count_utf16_units_and_lines_from_zero(
    render: Callable[..., str], diagnose: Callable[..., Diagnostic]
) -> None:
    source = "one\r\n💊 é we utilize x"

    diagnostic = diagnose(source, "utilize")
    params = published(render("lsp", Result("a.md", source=source, diagnostics=(diagnostic,))))

    assert params["diagnostics"][0]["range"] == {
        "start": {"line": 1, "character": 8},
        "end": {"line": 1, "character": 15},
    }


@pytest.mark.parametrize(("severity", "number"), [("error", 1), ("warning", 2), ("info", 3)])
def test_severity_is_always_sent(
    severity: str, number: int, render: Callable[..., str], diagnose: Callable[..., Diagnostic]
) -> None:
    diagnostic = diagnose("5%", "5%", severity=severity)

    params = published(render("lsp", Result("a.md", source="5%", diagnostics=(diagnostic,))))

    assert params["diagnostics"][0]["severity"] == number


def test_a_page_about_the_rule_is_linked_only_when_there_is_one(render: Callable[..., str], leaflet: Result) -> None:
    linked = {
        each["code"]: each["codeDescription"]["href"]
        for each in published(render("lsp", leaflet))["diagnostics"]
        if "codeDescription" in each
    }

    assert linked == {"medication/trailing-zero-dose": "https://example.org/trailing-zero-dose"}


def test_fix_and_fingerprint_travel_with_the_diagnostic(render: Callable[..., str], leaflet: Result) -> None:
    start = leaflet.source.index("utilize")

    data = published(render("lsp", leaflet))["diagnostics"][3]["data"]

    assert data == {
        "fingerprint": "00000007",
        "fix": {"safe": True, "edits": [{"start": start, "end": start + 7, "text": "use"}]},
        "also": [],
    }


def test_message_has_the_advice_on_a_line_of_its_own(
    render: Callable[..., str], diagnose: Callable[..., Diagnostic]
) -> None:
    diagnostics = (diagnose("5%", "5%", advice="Name it."), diagnose("5%", "5%", advice=""))

    params = published(render("lsp", Result("a.md", source="5%", diagnostics=diagnostics)))

    assert [each["message"] for each in params["diagnostics"]] == [
        "'5%' has no source.\nName it.",
        "'5%' has no source.",
    ]


def test_a_failed_file_has_one_error_at_its_start(render: Callable[..., str], broken: Result) -> None:
    (diagnostic,) = published(render("lsp", broken))["diagnostics"]

    assert diagnostic == {
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}},
        "severity": 1,
        "code": "healthlint/error",
        "source": "healthlint",
        "message": "not a Word document; save it as .docx again",
    }


def test_a_clean_file_clears_what_was_said_before(render: Callable[..., str]) -> None:
    assert published(render("lsp", Result("a.md", source="x")))["diagnostics"] == []


@pytest.mark.parametrize(
    ("path", "end"),
    [
        ("a b%é.md", "/a%20b%25%C3%A9.md"),
        ("sub/../a.md", "/a.md"),
        ("two\nlines\udcff.md", "/two%0Alines%FF.md"),
    ],
)
def test_a_file_is_named_by_its_uri(path: str, end: str, render: Callable[..., str]) -> None:
    uri = published(render("lsp", Result(path)))["uri"]

    assert uri == Path.cwd().as_uri() + end


def test_a_text_without_a_file_is_untitled(render: Callable[..., str]) -> None:
    assert published(render("lsp", Result("<stdin>")))["uri"] == "untitled:stdin"

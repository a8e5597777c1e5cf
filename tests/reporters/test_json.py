"""The report for programs, and its schema."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import healthlint.reporters
from healthlint.diagnostic import Result, RunInfo
from healthlint.reporters.json import report

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.diagnostic import Diagnostic

SCHEMA = json.loads(
    (Path(healthlint.reporters.__file__).parents[1] / "schemas" / "report.schema.json").read_text(encoding="utf-8")
)


def validate(value: object) -> None:
    """Raise when *value* is not what the schema says."""
    jsonschema = pytest.importorskip("jsonschema", reason="the schema is checked with jsonschema")
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(value)


def test_the_whole_report(
    render: Callable[..., str], snapshot: Callable[[str, str], None], leaflet: Result, broken: Result
) -> None:
    snapshot(render("json", leaflet, broken, skipped=("photo.png: no reader for '.png'",)), "report.json")


def test_the_report_is_what_the_schema_says(render: Callable[..., str], leaflet: Result, broken: Result) -> None:
    validate(json.loads(render("json", leaflet, broken, Result("empty.md", "markdown"))))


def test_keys_stand_in_the_order_of_the_schema(render: Callable[..., str], leaflet: Result) -> None:
    value = json.loads(render("json", leaflet))
    file = value["files"][0]
    diagnostic = file["diagnostics"][3]

    def keys(name: str) -> list[str]:
        return list(SCHEMA["$defs"][name]["properties"])

    assert list(value) == list(SCHEMA["properties"])
    assert list(file) == keys("file")
    assert list(diagnostic) == keys("diagnostic")
    assert list(file["suppressed"][0]) == keys("suppressed")
    assert list(diagnostic["fix"]["edits"][0]) == keys("edit")
    assert list(file["readability"]) == keys("readability")
    assert list(value["summary"]) == keys("summary")


def test_every_object_of_the_schema_is_closed_and_described() -> None:
    for schema in (SCHEMA, *SCHEMA["$defs"].values()):
        assert schema["additionalProperties"] is False
        assert schema["required"] == list(schema["properties"])
        assert all("description" in each or "$ref" in each for each in schema["properties"].values())


def test_span_slices_the_excerpt(render: Callable[..., str], leaflet: Result) -> None:
    for diagnostic in json.loads(render("json", leaflet))["files"][0]["diagnostics"]:
        span = diagnostic["span"]

        assert leaflet.source[span["start"] : span["end"]] == diagnostic["excerpt"]


def test_counts_add_up(render: Callable[..., str], leaflet: Result, broken: Result) -> None:
    value = json.loads(render("json", leaflet, broken))

    assert value["summary"] == {
        "files": 1,
        "errors": 1,
        "error": 1,
        "warning": 3,
        "info": 1,
        "suppressed": 1,
        "baselined": 2,
        "fixed": 0,
        "unchanged": 0,
        "dangers": 0,
        "rules": 143,
    }


def test_a_file_checked_in_part_is_among_files_and_errors(render: Callable[..., str], leaflet: Result) -> None:
    partly = Result("a.md", source=leaflet.source, diagnostics=leaflet.diagnostics, errors=("one", "two"))

    value = json.loads(render("json", partly))

    assert len(value["files"][0]["diagnostics"]) == len(leaflet.diagnostics)
    assert value["errors"] == [{"path": "a.md", "message": "one"}, {"path": "a.md", "message": "two"}]


def test_hostile_text_survives_and_does_no_harm(
    render: Callable[..., str], diagnose: Callable[..., Diagnostic]
) -> None:
    hostile = '\x1b[2J\x9b \u202e \u2028 \x85 \ud83d \udcff ##vso[x] ::error::\n "\\ 💊 é \U000e0041'
    diagnostic = diagnose(hostile, hostile)

    text = render("json", Result(hostile, source=hostile, diagnostics=(diagnostic,)))

    value: Any = json.loads(text)
    assert value["files"][0]["path"] == value["files"][0]["diagnostics"][0]["excerpt"] == hostile
    assert not set("\x1b\x9b\u202e\u2028\x85\ud83d\udcff") & set(text)
    assert "##vso[" not in text
    assert "💊 é" in text
    text.encode()


def test_a_stream_that_is_not_unicode_gets_ascii(leaflet: Result, run: RunInfo) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="cp1252", errors="backslashreplace", newline="")

    report([leaflet], stream, run)
    stream.flush()

    assert "💊" in leaflet.source
    assert json.loads(raw.getvalue().decode("ascii"))["files"][0]["path"] == "leaflet.md"


def test_the_report_ends_with_a_line_end(render: Callable[..., str]) -> None:
    assert render("json").endswith("}\n")

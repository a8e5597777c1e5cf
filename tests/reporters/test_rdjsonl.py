"""What reviewdog reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from healthlint.diagnostic import Edit, Fix, Result

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.diagnostic import Diagnostic

SCHEMA = json.loads(Path(__file__).parents[1].joinpath("schemas/rdjsonl.schema.json").read_text(encoding="utf-8"))


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.split("\n")[:-1]]


def test_the_whole_report(
    render: Callable[..., str], snapshot: Callable[[str, str], None], leaflet: Result, broken: Result
) -> None:
    snapshot(render("rdjsonl", leaflet, broken), "report.rdjsonl")


@pytest.mark.parametrize("name", ["leaflet", "broken", "hostile"])
def test_the_schema_takes_every_line(name: str, render: Callable[..., str], request: pytest.FixtureRequest) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="the schema is checked with jsonschema")

    for line in lines_of(render("rdjsonl", request.getfixturevalue(name))):
        jsonschema.validate(line, SCHEMA)


def test_columns_are_bytes_of_utf8(render: Callable[..., str], diagnose: Callable[..., Diagnostic]) -> None:
    """The example of its documentation: in 'a𐐀b', the column of b is 6."""
    (line,) = lines_of(render("rdjsonl", Result("a.md", source="a𐐀b", diagnostics=(diagnose("a𐐀b", "b"),))))

    assert line["location"]["range"] == {"start": {"line": 1, "column": 6}, "end": {"line": 1, "column": 7}}


def test_a_suggestion_put_in_place_of_its_bytes_is_the_fix(render: Callable[..., str], leaflet: Result) -> None:
    (line,) = (each for each in lines_of(render("rdjsonl", leaflet)) if "suggestions" in each)
    (suggestion,) = line["suggestions"]
    place = suggestion["range"]

    source = leaflet.source.split("\n")[place["start"]["line"] - 1].encode()
    mended = source[: place["start"]["column"] - 1] + suggestion["text"].encode() + source[place["end"]["column"] - 1 :]

    assert "then use a spray" in mended.decode()


def test_a_fix_in_several_places_is_no_suggestion(
    render: Callable[..., str], diagnose: Callable[..., Diagnostic]
) -> None:
    fix = Fix(safe=True, edits=(Edit(0, 1, "A"), Edit(2, 3, "B")))

    (line,) = lines_of(render("rdjsonl", Result("a.md", source="a b", diagnostics=(diagnose("a b", "a b", fix=fix),))))

    assert "suggestions" not in line


def test_nothing_found_is_nothing_written(render: Callable[..., str]) -> None:
    assert render("rdjsonl", Result("a.md", source="Rest.")) == ""

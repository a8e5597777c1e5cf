"""Code Quality on GitLab."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from healthlint.diagnostic import Result

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = json.loads(Path(__file__).parents[1].joinpath("schemas/gitlab.schema.json").read_text(encoding="utf-8"))


def test_the_whole_report(
    render: Callable[..., str], snapshot: Callable[[str, str], None], leaflet: Result, broken: Result
) -> None:
    snapshot(render("gitlab", leaflet, broken), "gitlab.json")


@pytest.mark.parametrize("name", ["leaflet", "broken", "hostile"])
def test_the_schema_takes_it(name: str, render: Callable[..., str], request: pytest.FixtureRequest) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="the schema is checked with jsonschema")

    jsonschema.validate(json.loads(render("gitlab", request.getfixturevalue(name), Result("a.md"))), SCHEMA)


def test_nothing_found_is_an_empty_list(render: Callable[..., str]) -> None:
    assert json.loads(render("gitlab", Result("a.md", "markdown", "Rest.", 1))) == []


def test_two_of_one_fingerprint_are_told_apart_and_stay_when_lines_move(
    render: Callable[..., str], leaflet: Result
) -> None:
    twice = replace(leaflet, diagnostics=(leaflet.diagnostics[0], *leaflet.diagnostics), errors=("one", "one"))
    start = leaflet.diagnostics[0].start._replace(line=99)
    moved = replace(twice, diagnostics=tuple(replace(each, start=start, end=start) for each in twice.diagnostics))

    prints = [each["fingerprint"] for each in json.loads(render("gitlab", twice, replace(twice, path="b.md")))]

    assert len(set(prints)) == len(prints) == 16
    assert [each["fingerprint"] for each in json.loads(render("gitlab", moved))] == prints[:8]


def test_paths_are_relative_to_the_project(render: Callable[..., str], tmp_path: Path) -> None:
    inside = Result(str(tmp_path / "content" / "a.md"), errors=("broken",))

    (entry,) = json.loads(render("gitlab", inside, root=str(tmp_path)))

    assert entry["location"]["path"] == "content/a.md"


def test_what_was_not_checked_is_worse_than_any_finding(
    render: Callable[..., str], leaflet: Result, broken: Result
) -> None:
    assert [each["severity"] for each in json.loads(render("gitlab", leaflet, broken))] == [
        "minor", "minor", "critical", "info", "minor", "blocker",
    ]  # fmt: skip

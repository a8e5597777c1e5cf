"""SARIF 2.1.0: the OASIS schema, Microsoft's validator, and what code scanning makes of it."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from healthlint.diagnostic import Reference, Result, RuleFacts

if TYPE_CHECKING:
    from collections.abc import Callable

TOOL = os.environ.get("HEALTHLINT_SARIF_MULTITOOL", "")
FACTS = {
    "words/utilize": RuleFacts(
        "A long word", "Long words hide what is said.", "Write a short one.", "words", "warning",
        (Reference("Plain words", "GSA", "2011", "https://example.org/plain"),),
    )
}  # fmt: skip
needs_tool = pytest.mark.skipif(not TOOL, reason="HEALTHLINT_SARIF_MULTITOOL names no sarif-multitool; see .ci/sarif")


def run_of(text: str) -> dict[str, Any]:
    value = json.loads(text)
    assert (value["version"], len(value["runs"])) == ("2.1.0", 1)
    run: dict[str, Any] = value["runs"][0]
    return run


def test_the_whole_log(
    render: Callable[..., str], snapshot: Callable[[str, str], None], leaflet: Result, broken: Result
) -> None:
    snapshot(
        render("sarif", leaflet, broken, facts=FACTS, skipped=("photo.png: no reader for '.png'",)), "report.sarif"
    )


@needs_tool
@pytest.mark.parametrize("which", ["leaflet", "hostile", "nothing"])
def test_the_schema_of_the_standard_takes_it(
    which: str, render: Callable[..., str], leaflet: Result, hostile: Result, broken: Result
) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="the schema is checked with jsonschema")
    results = {"leaflet": (leaflet, broken), "hostile": (hostile,), "nothing": ()}[which]
    schema = json.loads((Path(TOOL).parent / "sarif-2.1.0.json").read_text(encoding="utf-8-sig"))

    jsonschema.Draft202012Validator(schema).validate(json.loads(render("sarif", *results)))


@needs_tool
@pytest.mark.parametrize("which", ["leaflet", "hostile", "nothing"])
def test_the_validator_finds_nothing_for_the_standard_and_for_code_scanning(  # noqa: PLR0913, PLR0917  fixtures
    which: str, render: Callable[..., str], tmp_path: Path, leaflet: Result, hostile: Result, broken: Result
) -> None:
    results = {"leaflet": (leaflet, broken), "hostile": (hostile,), "nothing": ()}[which]
    (tmp_path / "a.sarif").write_text(render("sarif", *results, facts=FACTS), encoding="utf-8")
    command = [TOOL, "validate", "a.sarif", "--rule-kind", "Sarif;Ghas", "--output", "said.sarif"]
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}

    subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False, timeout=120)

    said = run_of((tmp_path / "said.sarif").read_text(encoding="utf-8-sig"))["results"]
    known = {"SARIF2005"}  # the project has no site that informationUri could name
    assert [each for each in said if each["ruleId"] not in known] == []


def test_columns_count_utf16_units_as_it_says(render: Callable[..., str], leaflet: Result) -> None:
    run = run_of(render("sarif", leaflet))

    assert run["columnKind"] == "utf16CodeUnits"
    lines = leaflet.source.split("\n")
    for result, diagnostic in zip(run["results"], leaflet.diagnostics, strict=False):
        region = result["locations"][0]["physicalLocation"]["region"]
        if region["startLine"] == region["endLine"]:
            units = lines[region["startLine"] - 1].encode("utf-16-le")
            said = units[2 * (region["startColumn"] - 1) : 2 * (region["endColumn"] - 1)]
            assert said.decode("utf-16-le") == diagnostic.excerpt == region["snippet"]["text"]


def test_a_rule_is_explained_where_it_is_known_and_named_where_it_is_not(
    render: Callable[..., str], leaflet: Result
) -> None:
    rules = {each["id"]: each for each in run_of(render("sarif", leaflet, facts=FACTS))["tool"]["driver"]["rules"]}

    utilize = rules["words/utilize"]
    assert utilize["shortDescription"]["text"] == "A long word"
    assert utilize["helpUri"] == "https://example.org/plain"
    assert "[Plain words](https://example.org/plain), GSA, 2011" in utilize["help"]["markdown"]
    assert utilize["defaultConfiguration"] == {"level": "warning"}
    assert utilize["properties"]["tags"] == ["health content", "words"]
    assert rules["certainty/absolute-outcome"]["shortDescription"]["text"] == "certainty/absolute-outcome"


def test_only_what_a_comment_silenced_has_a_suppression_with_its_reason(
    render: Callable[..., str], leaflet: Result
) -> None:
    results = run_of(render("sarif", leaflet))["results"]

    assert [each["suppressions"] for each in results[:-1]] == [[]] * len(leaflet.diagnostics)
    (suppression,) = results[-1]["suppressions"]
    assert (suppression["kind"], suppression["justification"]) == ("inSource", "the name of the award")


@pytest.mark.parametrize(("names", "success"), [(["leaflet"], True), (["leaflet", "broken"], False)])
def test_a_run_succeeds_only_when_every_file_was_checked(
    names: list[str], success: bool, render: Callable[..., str], request: pytest.FixtureRequest
) -> None:
    (invocation,) = run_of(render("sarif", *map(request.getfixturevalue, names)))["invocations"]

    assert invocation["executionSuccessful"] is success
    errors = [each["message"]["text"] for each in invocation["toolExecutionNotifications"] if each["level"] == "error"]
    assert errors == [] if success else ["not a Word document; save it as .docx again"]


def test_fingerprint_stays_when_the_words_move(render: Callable[..., str], leaflet: Result) -> None:
    moved = replace(leaflet, source=f"\n\n{leaflet.source}")

    def prints(result: Result) -> list[dict[str, str]]:
        return [each["partialFingerprints"] for each in run_of(render("sarif", result))["results"]]

    assert prints(leaflet) == prints(moved)
    assert prints(leaflet)[0] == {"healthlint/v1": leaflet.diagnostics[0].fingerprint}


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/100% é.md", "a%20b/100%25%20%C3%A9.md"),
        ("a:b.md", "a%3Ab.md"),
        ("./a.md", "a.md"),
        ("\udcff.md", "%FF.md"),
        ("<stdin>", "%3Cstdin%3E"),
    ],
)
def test_paths_are_relative_uris(path: str, uri: str, render: Callable[..., str]) -> None:
    (artifact,) = run_of(render("sarif", Result(path)))["artifacts"]

    assert artifact["location"] == {"uri": uri, "uriBaseId": "SRCROOT"}


def test_a_path_outside_of_the_repository_is_absolute(render: Callable[..., str], tmp_path: Path) -> None:
    (artifact,) = run_of(render("sarif", Result(str(tmp_path / "a.md")), root=str(tmp_path / "b")))["artifacts"]

    assert artifact["location"] == {"uri": (tmp_path / "a.md").as_uri()}


def test_a_fix_is_a_replacement_of_its_words(render: Callable[..., str], leaflet: Result) -> None:
    (fix,) = run_of(render("sarif", leaflet))["results"][3]["fixes"]

    (replacement,) = fix["artifactChanges"][0]["replacements"]
    assert replacement["insertedContent"] == {"text": "use"}
    assert replacement["deletedRegion"] == {"startLine": 6, "startColumn": 32, "endLine": 6, "endColumn": 39}
    assert fix["properties"] == {"safe": True}


def test_no_lone_surrogate_is_left_as_strict_readers_refuse_them(render: Callable[..., str], hostile: Result) -> None:
    assert "\\ud83d" not in render("sarif", hostile).lower()

"""Annotations on GitHub, and logs that obey nobody but us."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.diagnostic import Result

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.diagnostic import Diagnostic


def test_the_whole_log(
    render: Callable[..., str], snapshot: Callable[[str, str], None], leaflet: Result, broken: Result
) -> None:
    snapshot(render("github", leaflet, broken), "github.txt")


def test_what_is_escaped_is_read_as_it_was(
    render: Callable[..., str], workflow_commands: Callable, diagnose: Callable[..., Diagnostic]
) -> None:
    diagnostic = diagnose("100%", "100%", rule="a/b,c:d", message="100%, %0A: 'x'", advice="Say: how, %25.")
    path = "a,b%25: é.md"

    ((command, properties, message),) = workflow_commands(render("github", Result(path, diagnostics=(diagnostic,))))

    assert (command, properties["file"], properties["title"]) == ("warning", path, "a/b,c:d")
    assert message == f"{path}:1:1: [a/b,c:d] 100%, %0A: 'x'\nSay: how, %25."


def test_hostile_text_starts_no_command(
    render: Callable[..., str], workflow_commands: Callable, hostile: Result
) -> None:
    text = render("github", hostile, skipped=(hostile.source,), statistics=True)

    assert [(each, "file" in properties) for each, properties, _ in workflow_commands(text)] == [
        ("error", True),
        ("warning", True),
    ]
    assert "\x1b" not in text
    assert "##[" not in text
    assert "##vso[" not in text


def test_no_columns_where_the_lines_differ(
    render: Callable[..., str], workflow_commands: Callable, leaflet: Result
) -> None:
    given = [properties for _, properties, _ in workflow_commands(render("github", leaflet))]

    assert (given[0]["col"], given[0]["endColumn"]) == ("19", "36")
    assert (given[1]["line"], given[1]["endLine"], "col" in given[1]) == ("3", "4", False)


@pytest.mark.parametrize(("severity", "command"), [("error", "error"), ("warning", "warning"), ("info", "notice")])
def test_severity_is_the_command(
    severity: str, command: str, render: Callable[..., str], diagnose: Callable[..., Diagnostic]
) -> None:
    text = render("github", Result("a.md", diagnostics=(diagnose("a", "a", severity=severity),)))

    assert text.startswith(f"::{command} file=a.md,line=1,")


def test_paths_count_from_the_root_of_the_repository(
    render: Callable[..., str], workflow_commands: Callable, broken: Result, tmp_path, monkeypatch
) -> None:
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")

    ((_, properties, _),) = workflow_commands(render("github", broken, root=str(tmp_path)))

    assert properties["file"] == "site/broken.docx"

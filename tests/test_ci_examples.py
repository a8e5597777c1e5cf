"""The files in examples/ci: what their services take, and what their commands do when a shell runs them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

_FOLDER = Path(__file__).parent.parent / "examples" / "ci"
_SCHEMAS = {
    "github-workflow.yml": "vendor.github-workflows",
    "github-action/action.yml": "vendor.github-actions",
    "gitlab-ci.yml": "vendor.gitlab-ci",
}
_BAD = "Take 1.0 mg at night.\n"

pytestmark = pytest.mark.skipif(not _FOLDER.is_dir(), reason="not a checkout")
needs_bash = pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")


def test_every_file_is_checked() -> None:
    assert {path.relative_to(_FOLDER).as_posix() for path in _FOLDER.rglob("*.yml")} == set(_SCHEMAS)


@pytest.mark.parametrize(("name", "schema"), _SCHEMAS.items())
def test_its_service_takes_it(name: str, schema: str, tmp_path: Path) -> None:
    pytest.importorskip("check_jsonschema", reason="the schemas of the services come with check-jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--no-cache", "--builtin-schema", schema, str(_FOLDER / name)]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, timeout=120)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def shell(tmp_path: Path) -> Callable[..., int]:
    """Run a script in bash as a runner does, with a ``healthlint`` that is this one."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "healthlint"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m healthlint "$@"\n')
    program.chmod(0o755)
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a page.md").write_text(_BAD)

    def run(script: str, **variables: str) -> int:
        path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
        tree = str(Path(__file__).parent.parent)
        environment = {**os.environ, "PATH": path, "PYTHONPATH": tree, **variables}
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        return subprocess.run(command, cwd=tmp_path, env=environment, check=False, timeout=300).returncode

    return run


@needs_bash
def test_the_action_writes_its_files_and_fails_in_its_last_step(shell: Callable[..., int], tmp_path: Path) -> None:
    action: Any = yaml.safe_load((_FOLDER / "github-action" / "action.yml").read_text(encoding="utf-8"))
    steps = [step for step in action["runs"]["steps"] if "pip install" not in step["run"]]
    given = {"paths": "content", "options": "--select medication", "sarif": "a.sarif"}

    def variables(step: dict[str, Any]) -> dict[str, str]:
        names = {key: value.removeprefix("${{ inputs.").removesuffix(" }}") for key, value in step["env"].items()}
        return {key: given[name] for key, name in names.items()}

    codes = [shell(step["run"], GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"), **variables(step)) for step in steps]

    assert codes == [0, 0, 1]
    assert "| `content/a page.md:1:6` | **error**" in (tmp_path / "summary.md").read_text(encoding="utf-8")
    (run,) = json.loads((tmp_path / "a.sarif").read_text(encoding="utf-8"))["runs"]
    uris = [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in run["results"]]
    assert uris == ["content/a%20page.md"]
    workflow = (_FOLDER / "github-workflow.yml").read_text(encoding="utf-8")
    assert "sarif_file: healthlint.sarif" in workflow
    assert action["inputs"]["sarif"]["default"] == "healthlint.sarif"


@needs_bash
def test_no_input_of_the_action_is_part_of_a_command() -> None:
    action: Any = yaml.safe_load((_FOLDER / "github-action" / "action.yml").read_text(encoding="utf-8"))

    assert not any("${{" in step["run"] for step in action["runs"]["steps"])


@needs_bash
def test_the_job_of_gitlab_writes_its_artifacts_and_fails_in_its_last_line(
    shell: Callable[..., int], tmp_path: Path
) -> None:
    job: Any = yaml.safe_load((_FOLDER / "gitlab-ci.yml").read_text(encoding="utf-8"))["healthlint"]
    variables = {**job["variables"], "HEALTHLINT_OPTIONS": "--select medication", "CI_PROJECT_DIR": str(tmp_path)}

    codes = [shell(line, **variables) for line in job["script"]]

    assert codes == [0, 0, 0, 1]
    reports = job["artifacts"]["reports"]
    (entry,) = json.loads((tmp_path / reports["codequality"]).read_text(encoding="utf-8"))
    assert entry["location"]["path"] == "content/a page.md"
    assert 'failures="1"' in (tmp_path / reports["junit"]).read_text(encoding="utf-8")
    assert all((tmp_path / each).is_file() for each in job["artifacts"]["paths"])

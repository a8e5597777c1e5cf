"""``healthlint check --diff-base``: what a branch changed, and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GIT = shutil.which("git")
pytestmark = pytest.mark.skipif(GIT is None, reason="git is not installed")
_OPTIONS = ("check", "--select", "medication", "--format", "concise", "--diff-base", "HEAD")
_OLD = "Take 1.0 mg at night.\n\nRest.\n"


@pytest.fixture
def repository(site: Path) -> Path:
    """Return the current folder as a repository in which ``bad.md`` has an old finding."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    (site / "bad.md").write_text(_OLD)
    for arguments in (
        ("init", "--quiet"),
        ("add", "--all"),
        ("-c", "user.name=A tester", "-c", "user.email=tester@example.org", "commit", "--quiet", "--message", "x"),
    ):
        subprocess.run([str(GIT), *arguments], cwd=site, env=environment, check=True)
    return site


def test_old_findings_are_counted_and_new_ones_reported(healthlint: Callable, repository: Path) -> None:
    (repository / "bad.md").write_text(_OLD + "\nTake 7.0 mg at noon.\n")
    (repository / "new é.md").write_text("Take 2.0 mg.\n")

    ran = healthlint(*_OPTIONS, ".")

    assert ran.code == 1
    assert [line.partition(": ")[0] for line in ran.out.splitlines()[:2]] == ["bad.md:5:6", "new é.md:1:6"]
    assert "Checked 2 files" in ran.out
    assert "Not shown: 1 finding on lines that did not change.\n1 of these is an error about medicines" in ran.out


def test_without_changes_it_says_so_and_ends_with_0(healthlint: Callable, repository: Path) -> None:
    assert healthlint(*_OPTIONS, ".") == (0, "No files were checked.\n", "No page changed since HEAD.\n")


def test_paths_are_seen_from_a_folder_inside(
    healthlint: Callable, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "in ner").mkdir()
    (repository / "in ner" / "page.md").write_text("Take 2.0 mg.\n")
    monkeypatch.chdir(repository / "in ner")

    ran = healthlint(*_OPTIONS)

    assert ran.out.startswith("page.md:1:6: error[medication/trailing-zero]")
    assert "Checked 1 file " in ran.out


def test_only_what_changed_is_mended(healthlint: Callable, repository: Path) -> None:
    (repository / "bad.md").write_text(_OLD + "\nTake 7.0 mg at noon.\n")

    shown = healthlint("check", "--select", "medication", "--diff-base", "HEAD", "--diff", "bad.md")
    ran = healthlint(*_OPTIONS, "--fix", "bad.md")

    assert "-Take 7.0 mg at noon.\n+Take 7 mg at noon.\n" in shown.out
    assert "-Take 1.0" not in shown.out
    assert (0, "Mended 1 finding; none left.\n") == (ran.code, ran.err)
    assert (repository / "bad.md").read_text() == _OLD + "\nTake 7 mg at noon.\n"


def test_what_it_cannot_do_is_one_line_and_exit_code_2(healthlint: Callable, site: Path) -> None:
    for options, said in (
        (("--diff-base", "main", "."), "--diff-base: this folder is in no git repository; "),
        (("--diff-base=--output=x", "."), "--diff-base '--output=x': not a revision; "),
        (("--diff-base", "main", "-"), "--diff-base asks git about files; name one instead of '-'"),
    ):
        ran = healthlint("check", *options)
        assert (2, "") == (ran.code, ran.out)
        assert ran.err.startswith(f"healthlint: {said}")
        assert ran.err.count("\n") == 1

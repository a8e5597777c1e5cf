"""The hook as pre-commit runs it: installed from this tree, over a repository of someone else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_TREE = Path(__file__).parent.parent
_PARTS = (".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "LICENSE", "NOTICE", "healthlint", "rules")
_PRE_COMMIT = shutil.which("pre-commit") or str(Path(sys.executable).with_name("pre-commit"))
_BAD = "Take 1.0 mg at night.\n"
_SETTINGS_OF_GIT = {
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}

pytestmark = [
    pytest.mark.skipif(not shutil.which("git"), reason="git is not installed"),
    pytest.mark.skipif(not Path(_PRE_COMMIT).exists(), reason="pre-commit is not installed"),
    pytest.mark.skipif(not (_TREE / ".pre-commit-hooks.yaml").exists(), reason="not a checkout"),
]


@pytest.fixture(scope="module")
def hook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository that holds this tree as it stands."""
    folder = tmp_path_factory.mktemp("hook")
    for part in _PARTS:
        source = _TREE / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / part)
    _commit(folder)
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where pre-commit keeps what it installs, once for all tests."""
    return tmp_path_factory.mktemp("home")


def test_hook_fails_on_a_bad_page_and_says_where(hook: Path, home: Path, tmp_path: Path) -> None:
    (tmp_path / "bad é page.md").write_text(_BAD, encoding="utf-8")
    (tmp_path / "clean page.html").write_text("<p>Take 1 mg at night.</p>", encoding="utf-8")

    done = _run(hook, home, tmp_path)

    assert done.returncode == 1
    assert done.stdout.count("bad é page.md:1:6: error[medication/trailing-zero]") == 1
    assert "Checked 2 files" in done.stdout
    assert done.stdout.count("Checked ") == 1


def test_hook_passes_clean_pages(hook: Path, home: Path, tmp_path: Path) -> None:
    (tmp_path / "clean page.md").write_text("Take 1 mg at night.\n", encoding="utf-8")

    done = _run(hook, home, tmp_path)

    assert done.returncode == 0, done.stdout
    assert "Passed" in done.stdout


def test_hook_leaves_files_of_code_and_law_alone(hook: Path, home: Path, tmp_path: Path) -> None:
    names = ("LICENSE", "LICENSE.md", "NOTICE", "COPYING", "requirements.txt", "requirements-dev.txt", "robots.txt")
    for name in (*names, "docs/requirements/base.txt", "dev_requirements.txt", "src/CMakeLists.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_BAD, encoding="utf-8")

    done = _run(hook, home, tmp_path)

    assert done.returncode == 0, done.stdout
    assert "no files to check" in done.stdout


def _run(hook: Path, home: Path, repository: Path) -> subprocess.CompletedProcess[str]:
    """Run the hook over every file of *repository*; skip where its packages cannot be installed."""
    _commit(repository)
    command = [_PRE_COMMIT, "try-repo", str(hook), "healthlint", "--all-files", "--color", "never"]
    done = subprocess.run(
        command,
        cwd=repository,
        env={**_environment(), "PRE_COMMIT_HOME": str(home), "HEALTHLINT_CACHE_DIR": str(home / "cache")},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    said = done.stdout + done.stderr
    if done.returncode == 3 and "pip" in said:
        pytest.skip("pre-commit cannot install the packages that healthlint needs; is this machine offline?")
    return done


def _commit(folder: Path) -> None:
    for arguments in (["init", "-q"], ["add", "-A", "-f"], ["commit", "-q", "--no-verify", "-m", "all"]):
        subprocess.run(["git", *arguments], cwd=folder, env=_environment(), check=True, capture_output=True)  # noqa: S607


def _environment() -> dict[str, str]:
    """Return our environment without what would lead git or Python to this tree."""
    ours = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PYTHON"))}
    return {**ours, **_SETTINGS_OF_GIT, "PYTHONIOENCODING": "utf-8"}

"""The hooks as pre-commit runs them: installed from this tree, over a repository of someone else.

With HEALTHLINT_WHEELHOUSE, a folder of packages that .ci/wheelhouse fills, they are installed without a network.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from healthlint.readers import known_suffixes

_TREE = Path(__file__).parent.parent
_PARTS = (".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "LICENSE", "NOTICE", "healthlint", "rules")
_PRE_COMMIT = shutil.which("pre-commit") or str(Path(sys.executable).with_name("pre-commit"))
_WHEELHOUSE = os.environ.get("HEALTHLINT_WHEELHOUSE", "")
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
    names = (
        "LICENSE",
        "LICENSE.md",
        "license.txt",
        "CODE_OF_CONDUCT.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "NOTICE",
        "COPYING",
        "requirements.txt",
        "requirements-dev.txt",
        "robots.txt",
    )
    more = (
        "docs/requirements/base.txt",
        "dev_requirements.txt",
        "src/CMakeLists.txt",
        ".github/pull_request_template.md",
    )
    for name in (*names, *more):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_BAD, encoding="utf-8")

    done = _run(hook, home, tmp_path)

    assert done.returncode == 0, done.stdout
    assert "no files to check" in done.stdout


@pytest.mark.parametrize(
    "name", ["a page.md", "é 薬.html", "-x.md", "--output=page.md", "--fix.txt", "deep/in a/folder.txt"]
)
def test_hook_checks_a_file_whatever_its_name(hook: Path, home: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(_BAD, encoding="utf-8")
    (tmp_path / "page.md").write_text("Rest.\n", encoding="utf-8")

    done = _run(hook, home, tmp_path)

    assert done.returncode == 1
    assert f"{name}:1:6: error[medication/trailing-zero]" in done.stdout
    assert "Checked 2 files" in done.stdout
    assert (tmp_path / name).read_text(encoding="utf-8") == _BAD
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == "Rest.\n"


def test_hook_leaves_out_what_it_cannot_read(hook: Path, home: Path, tmp_path: Path) -> None:
    for name in ("photo.png", "page.py", "notes.rst", "letter.docx", "leaflet.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.7 \x00 Take 1.0 mg.")

    done = _run(hook, home, tmp_path)

    assert done.returncode == 0, done.stdout
    assert "no files to check" in done.stdout


def test_every_suffix_that_pre_commit_knows_is_taken() -> None:
    """A reader of another format (Word, PDF) needs a hook of its own; pre-commit has no types for some suffixes."""
    identify = pytest.importorskip("identify.identify", reason="identify comes with pre-commit")
    unknown_to_pre_commit = {".mdown", ".mkd", ".text"}

    taken = {
        each
        for each in known_suffixes()
        if {"markdown", "html", "plain-text"} & identify.tags_from_filename(f"a{each}")
    }

    assert taken == known_suffixes() - unknown_to_pre_commit


def test_many_files_give_what_one_run_gives(hook: Path, home: Path, tmp_path: Path) -> None:
    """So many that pre-commit has to split them, as a command line has an end."""
    names = [f"{'long-name-' * 20}{number:03}.md" for number in range(800)]
    for number, name in enumerate(names):
        (tmp_path / name).write_text(_BAD if number % 8 == 0 else "Rest.\n", encoding="utf-8")

    done = _run(hook, home, tmp_path)

    assert done.stdout.count("\nChecked ") > 1
    found = re.findall(r"^(\S+):1:6: error\[medication/trailing-zero\]", done.stdout, re.MULTILINE)
    assert sorted(found) == names[::8]
    assert sum(map(int, re.findall(r"^Checked (\d+) files", done.stdout, re.MULTILINE))) == len(names)


def test_fixing_hook_mends_and_fails_once(hook: Path, home: Path, tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(_BAD, encoding="utf-8")

    first = _run(hook, home, tmp_path, "healthlint-fix")
    second = _run(hook, home, tmp_path, "healthlint-fix")

    assert (first.returncode, second.returncode) == (1, 0), first.stdout + second.stdout
    assert "files were modified by this hook" in first.stdout
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == "Take 1 mg at night.\n"


def _run(hook: Path, home: Path, repository: Path, name: str = "healthlint") -> subprocess.CompletedProcess[str]:
    """Run the hook over every file of *repository*; skip where its packages cannot be installed."""
    _commit(repository)
    command = [_PRE_COMMIT, "try-repo", str(hook), name, "--all-files", "--color", "never"]
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
        assert not _WHEELHOUSE, said
        pytest.skip("pre-commit cannot install the packages that healthlint needs; see .ci/wheelhouse")
    return done


def _commit(folder: Path) -> None:
    for arguments in (
        ["init", "-q"],
        ["add", "-A", "-f"],
        ["commit", "-q", "--no-verify", "--allow-empty", "-m", "all"],
    ):
        subprocess.run(["git", *arguments], cwd=folder, env=_environment(), check=True, capture_output=True)  # noqa: S607


def _environment() -> dict[str, str]:
    """Return our environment without what would lead git or Python to this tree."""
    ours = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PYTHON"))}
    packages = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": _WHEELHOUSE} if _WHEELHOUSE else {}
    return {**ours, **packages, **_SETTINGS_OF_GIT, "PYTHONIOENCODING": "utf-8"}

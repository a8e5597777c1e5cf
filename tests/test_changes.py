"""What changed since a revision: asked of a real git, whatever a file is called."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from healthlint.changes import Changes, changes_since
from healthlint.diagnostic import Diagnostic, Result
from healthlint.errors import ConfigError
from healthlint.text import Position, Span

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

ALL: tuple[tuple[int, int], ...] = ()
TEN = "".join(f"line {number}\n" for number in range(1, 11))
WHO = ("-c", "user.name=A tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false")


def git(folder: Path, *arguments: str) -> str:
    """Run git as somebody, whatever this machine's settings are."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    ran = subprocess.run(
        [str(shutil.which("git")), *WHO, *arguments],
        cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return ran.stdout.strip()


def commit(folder: Path) -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "x")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository whose commit ``start`` holds ``page.md``, ten lines."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch", "main")
    (folder / "page.md").write_text(TEN)
    commit(folder)
    git(folder, "tag", "start")
    return folder


def lines(repository: Path, path: str | Path) -> tuple[tuple[int, int], ...] | None:
    """Return the lines of *path* that changed since ``start``; None if none did, () if all did."""
    changes = changes_since("start", str(repository))
    place = os.path.relpath(repository / path, changes.root)
    return changes.lines.get(place, ALL) if changes.has(str(repository / path)) else None


def diagnose(source: str, *excerpts: str) -> Result:
    """Return a result with an error about medicines at each of *excerpts*."""
    found = tuple(
        Diagnostic(
            "medication/x", "dose", "error", "", "", each, Span(at, at + len(each)), Position(1, 1), Position(1, 1)
        )
        for each in excerpts
        for at in [source.index(each)]
    )
    return Result("page.md", source=source, diagnostics=found)


def test_nothing_changed(repository: Path) -> None:
    assert lines(repository, "page.md") is None


@pytest.mark.parametrize("state", ["committed", "staged", "neither"])
def test_changed_lines_are_known_committed_or_not(repository: Path, state: str) -> None:
    (repository / "page.md").write_text(TEN.replace("line 3\n", "other\nmore\n").replace("line 9", "nine"))
    if state == "staged":
        git(repository, "add", "page.md")
    if state == "committed":
        commit(repository)

    assert ((3, 5), (10, 11)) == lines(repository, "page.md")


@pytest.mark.parametrize(
    ("taken", "around"), [("line 1\n", ((1, 2),)), ("line 5\n", ((4, 6),)), ("line 10\n", ((9, 11),))]
)
def test_lines_around_what_was_taken_out_count(
    repository: Path, taken: str, around: tuple[tuple[int, int], ...]
) -> None:
    (repository / "page.md").write_text(TEN.replace(taken, "", 1) if taken != "line 1\n" else TEN[len(taken) :])

    assert around == lines(repository, "page.md")


@pytest.mark.parametrize(
    "name",
    [
        "new.md",
        "a b.md",
        "schöne Tabletten 💊.md",
        'a"b\\c.md',
        "tab\there.md",
        "-n.md",
        "deep/er/--x.md",
        "b/a/new.md",
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="such names cannot be there")
def test_files_are_known_whatever_they_are_called(repository: Path, name: str) -> None:
    (repository / name).parent.mkdir(parents=True, exist_ok=True)
    (repository / name).write_text("new\n")
    untracked = lines(repository, name)
    commit(repository)
    added = lines(repository, name)
    git(repository, "tag", "--force", "start")
    same = lines(repository, name)
    (repository / name).write_text("new\nmore\n")

    assert (ALL, ((1, 2),), None, ((2, 3),)) == (untracked, added, same, lines(repository, name))


def test_renamed_file_changed_where_its_text_did(repository: Path) -> None:
    git(repository, "mv", "page.md", "other name.md")
    moved = lines(repository, "other name.md")
    (repository / "other name.md").write_text(TEN + "line 11\n")

    assert (None, ((11, 12),)) == (moved, lines(repository, "other name.md"))


def test_deleted_file_is_passed_over(repository: Path) -> None:
    (repository / "page.md").unlink()

    assert {} == changes_since("start", str(repository)).lines


def test_text_that_looks_like_a_patch_is_no_patch(repository: Path) -> None:
    (repository / "page.md").write_text(TEN + "++ b/forged.md\n@@ -1 +1,99 @@\ndiff --git a/x b/x\n")

    assert {"page.md": ((11, 14),)} == changes_since("start", str(repository)).lines


def test_missing_last_line_end_shifts_nothing(repository: Path) -> None:
    (repository / "a.md").write_text("one\ntwo")
    (repository / "b.md").write_text("one\n")
    commit(repository)
    git(repository, "tag", "--force", "start")
    (repository / "a.md").write_text("one\ntwo!")
    (repository / "b.md").write_text("one!\n")

    assert {"a.md": ((2, 3),), "b.md": ((1, 2),)} == changes_since("start", str(repository)).lines


def test_file_that_git_calls_binary_changed_as_a_whole(repository: Path) -> None:
    (repository / "page.txt").write_bytes("one\ntwo\n".encode("utf-16"))
    commit(repository)
    git(repository, "tag", "--force", "start")
    git(repository, "mv", "page.txt", "renamed ü.txt")
    (repository / "renamed ü.txt").write_bytes("one\ntwo\nthree\n".encode("utf-16"))

    assert lines(repository, "renamed ü.txt") == ALL


def test_only_what_the_branch_changed_counts(repository: Path) -> None:
    git(repository, "switch", "--quiet", "--create", "branch")
    (repository / "page.md").write_text(TEN + "mine\n")
    commit(repository)
    git(repository, "switch", "--quiet", "main")
    (repository / "page.md").write_text("theirs\n" + TEN)
    commit(repository)
    git(repository, "switch", "--quiet", "branch")

    assert {"page.md": ((11, 12),)} == changes_since("main", str(repository)).lines


def test_settings_of_a_person_change_nothing(repository: Path) -> None:
    for key, value in {
        "diff.noprefix": "true", "diff.mnemonicPrefix": "true", "diff.renames": "false", "core.quotePath": "false",
        "color.ui": "always", "diff.context": "9", "diff.external": "false", "diff.interHunkContext": "9",
    }.items():  # fmt: skip
        git(repository, "config", key, value)
    (repository / "page.md").write_text(TEN.replace("line 3", "3").replace("line 6", "6"))
    git(repository, "mv", "page.md", "é.md")

    assert lines(repository, "é.md") == ((3, 4), (6, 7))


def test_revision_is_never_an_option(repository: Path) -> None:
    for revision in ("--output=stolen", "-h", "", " "):
        with pytest.raises(ConfigError, match=r"^--diff-base '.*': not a revision; name a branch or commit"):
            changes_since(revision, str(repository))
    assert not (repository / "stolen").exists()


def test_each_thing_that_git_cannot_tell_is_one_line(repository: Path, tmp_path: Path) -> None:
    orphan = git(repository, "commit-tree", "start^{tree}", "-m", "y")

    for revision, folder, said in (
        ("origin/main", repository, "no commit 'origin/main' here; check the name, or fetch it ("),
        ("start; touch x", repository, "no commit 'start; touch x' here"),
        (orphan, repository, "and HEAD share no commit here; in a shallow clone 'git fetch --unshallow'"),
        ("start", tmp_path, "this folder is in no git repository; go to one, or drop the option"),
    ):
        with pytest.raises(ConfigError) as caught:
            changes_since(revision, str(folder))
        assert str(caught.value).startswith("--diff-base: ")
        assert said in str(caught.value)
        assert "\n" not in str(caught.value)


def test_missing_git_is_one_line(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))

    with pytest.raises(ConfigError, match="git cannot be started; install git, or drop the option"):
        changes_since("start", str(repository))


def test_shallow_clone_says_what_to_fetch(repository: Path, tmp_path: Path) -> None:
    git(repository, "switch", "--quiet", "--create", "branch")
    commit(repository)
    git(tmp_path, "clone", "--quiet", "--depth", "1", "--branch", "branch", f"file://{repository}", "shallow")
    shallow = tmp_path / "shallow"

    with pytest.raises(ConfigError, match="a shallow clone has one branch alone"):
        changes_since("origin/main", str(shallow))

    git(shallow, "fetch", "--quiet", "--unshallow", "origin", "+refs/heads/*:refs/remotes/origin/*")
    assert {} == changes_since("origin/main", str(shallow)).lines


def test_diagnostic_is_shown_where_a_part_of_it_changed_and_counted_elsewhere(make: Callable[..., Changes]) -> None:
    source = "one\r\ntwo three\r\nfour\r\n"
    result = diagnose(source, "one", "one\r\ntwo", "three", "three\r\nfour", "four")

    shown = make((2, 3)).only_changed(result)
    nothing = make((9, 12)).only_changed(result)

    assert ["one\r\ntwo", "three", "three\r\nfour"] == [each.excerpt for each in shown.diagnostics]
    assert (2, 2) == (shown.unchanged, shown.dangers)
    assert ((), 5) == (nothing.diagnostics, nothing.unchanged)


def test_all_of_a_new_file_is_shown(make: Callable[..., Changes]) -> None:
    result = diagnose("one\n", "one")

    assert make().only_changed(result) == result


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Changes]:
    """Make changes of ``page.md`` in the current folder from ranges of its lines."""
    monkeypatch.chdir(tmp_path)
    return lambda *ranges: Changes(os.path.realpath(tmp_path), {"page.md": ranges}, frozenset({"page.md"}))

"""Finding and reading files, on a disk with everything odd a disk can hold."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from healthlint.errors import ReadError
from healthlint.files import Found, find_files, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SUFFIXES = frozenset({".md", ".html"})

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
not_as_root = pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything, so nothing is unreadable"
)


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make files with their names as content, in an empty current folder."""
    monkeypatch.chdir(tmp_path)

    def make_files(*names: str, **contents: str) -> None:
        for name in names:
            os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
            with open(name, "w", encoding="utf-8") as stream:
                stream.write(contents.get("text", name))

    return make_files


def find(*paths: str, exclude: tuple[str, ...] = ()) -> list[Found]:
    """Return all that is found at *paths*."""
    return list(find_files(paths, exclude=exclude, suffixes=SUFFIXES))


def names(*paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
    """Return the paths that would be checked, after making sure that there is no error."""
    found = find(*paths, exclude=exclude)
    assert [each for each in found if each.error] == []
    return [each.path for each in found if not each.skipped]


def test_folder_gives_files_of_known_suffixes_in_order(make: Callable[..., None]) -> None:
    make("b.md", "a.html", "c.py", "B/z.md", "b/y.MD", "README")

    assert names(".") == ["B/z.md", "a.html", "b/y.MD", "b.md"]


def test_paths_are_shown_as_named(make: Callable[..., None], tmp_path: Path) -> None:
    make("site/a.md")

    assert names("site") == [os.path.join("site", "a.md")]
    assert names(str(tmp_path / "site")) == [str(tmp_path / "site" / "a.md")]


def test_named_file_is_taken_whatever_its_suffix_or_an_ignore_file_says(make: Callable[..., None]) -> None:
    make("notes", "drafts/a.md", ".git/HEAD")
    make(".gitignore", text="notes\ndrafts/\n")

    assert names("notes", "drafts/a.md", exclude=("notes",)) == ["notes", "drafts/a.md"]


def test_missing_path_is_an_error_and_the_rest_goes_on(make: Callable[..., None]) -> None:
    make("a.md")

    expected = [
        Found("none.md", error="no such file; check the path"),
        Found("a.md/b.md", error="no such file; check the path"),
        Found("nul\0.md", error="no such file; check the path"),
        Found("a.md"),
    ]
    assert expected == find("none.md", "a.md/b.md", "nul\0.md", "a.md")


def test_nothing_is_found_twice(make: Callable[..., None]) -> None:
    make("site/a.md", "site/deep/b.md")
    os.link("site/a.md", "site/hard.md")

    assert names("site/a.md", "site/deep", "site", ".", "site/a.md") == ["site/a.md", "site/deep/b.md"]


@needs_pipes
def test_pipes_and_sockets_in_a_folder_are_skipped_and_named_ones_are_errors(make: Callable[..., None]) -> None:
    make("a.md")
    os.mkfifo("pipe.md")
    os.mkfifo("pipe-of-no-interest")
    server = socket.socket(socket.AF_UNIX)
    server.bind("socket.md")

    found = find(".", "pipe.md", "socket.md")
    server.close()

    assert found == [
        Found("a.md"),
        Found("pipe.md", skipped="a named pipe, not a file"),
        Found("socket.md", skipped="a socket, not a file"),
        Found("pipe.md", error="a named pipe, not a file; name a file"),
        Found("socket.md", error="a socket, not a file; name a file"),
    ]


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="this system has no /dev/zero")
def test_link_to_an_endless_device_is_never_read(make: Callable[..., None]) -> None:
    make("a.md")
    os.symlink("/dev/zero", "zero.md")

    assert find(".")[1:] == [Found("zero.md", skipped="a link to a device, not to a file")]
    assert find("zero.md") == [Found("zero.md", error="a device, not a file; name a file")]
    with pytest.raises(ReadError, match="a device, not a file"):
        read_bytes("zero.md")


def test_links_that_loop_or_lead_nowhere_are_errors_of_their_own(make: Callable[..., None]) -> None:
    make("a.md")
    os.symlink("loop.md", "loop.md")
    os.symlink("nowhere.md", "dangling.md")
    os.symlink("nowhere", "of-no-interest")
    os.symlink("someone@host.123", ".#a.md")

    assert find(".") == [
        Found("a.md"),
        Found("dangling.md", error="a link to a file that does not exist; mend or remove it"),
        Found("loop.md", error="a link that leads back to itself; mend or remove it"),
    ]
    assert find("dangling.md") == [
        Found("dangling.md", error="a link to a file that does not exist; mend or remove it")
    ]


def test_links_to_folders_are_not_followed_unless_named(make: Callable[..., None]) -> None:
    make("site/a.md", "other/b.md")
    os.symlink("..", "site/up")
    os.symlink("../other", "site/other.md")

    reason = "a link to a folder; name it to check what is in it"
    assert find("site") == [
        Found("site/a.md"),
        Found("site/other.md", skipped=reason),
        Found("site/up", skipped=reason),
    ]
    assert names("site/other.md") == ["site/other.md/b.md"]


def test_link_to_a_file_inside_is_taken_once_and_by_the_name_of_the_file(make: Callable[..., None]) -> None:
    make("site/b.md", "site/text", "secret.md")
    os.symlink("b.md", "site/a.md")
    os.symlink("text", "site/c.md")
    os.symlink("text", "site/d.md")
    os.symlink("../secret.md", "site/e.md")

    assert find("site") == [
        Found("site/b.md"),
        Found("site/c.md"),
        Found("site/e.md", skipped="a link that leads out of the folder; name it to check it"),
    ]


@not_as_root
def test_unreadable_folder_is_an_error_and_the_rest_goes_on(make: Callable[..., None]) -> None:
    make("a/a.md", "b/b.md")
    os.chmod("a", 0)

    found = find(".")
    os.chmod("a", 0o700)

    assert found == [
        Found("a", error="permission denied; ask for read access, or leave it out"),
        Found("b/b.md"),
    ]


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="this system wants names in Unicode")
def test_names_that_are_no_text_are_found_read_and_ignored(make: Callable[..., None], tmp_path: Path) -> None:
    make(".gitignore", text="secret*\n")
    for name in (b"bad\xff.md", b"secret\xff.md", b"line\nend.md", b"esc\x1b[31m.md"):
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as stream:
            stream.write(name)

    found = names(".", exclude=("drafts/**",))

    assert found == ["bad\udcff.md", "esc\x1b[31m.md", "line\nend.md"]
    assert read_bytes(found[0]) == b"bad\xff.md"


def test_folders_of_tools_are_never_walked_unless_named(make: Callable[..., None]) -> None:
    make(".git/a.md", "node_modules/x/a.md", ".venv/a.md", "__pycache__/a.md", "sub/.git/a.md", ".github/a.md")

    assert names(".") == [".github/a.md"]
    assert names("node_modules") == ["node_modules/x/a.md"]


def test_ignore_files_hold_in_their_subtree_and_the_nearest_decides(make: Callable[..., None]) -> None:
    make("a.md", "drafts/a.md", "site/a.md", "site/keep.md", "site/old/a.md", "site/old/keep.md", "site/new/a.html")
    make(".gitignore", text="drafts/\nkeep.md\n*.html\n")
    make("site/.gitignore", text="/old/a.md\r\n!keep.md\n")
    make("site/new/.healthlintignore", text="!a.html\n")

    assert names(".") == ["a.md", "site/a.md", "site/keep.md", "site/new/a.html", "site/old/keep.md"]


def test_healthlintignore_goes_before_gitignore_of_one_folder(make: Callable[..., None]) -> None:
    make("a.md", "b.md")
    make(".gitignore", text="*.md\n")
    make(".healthlintignore", text="!b.md\n")

    assert names(".") == ["b.md"]


def test_ignore_files_above_hold_up_to_the_repository(make: Callable[..., None]) -> None:
    make("repo/.git/HEAD", "repo/site/deep/a.md", "repo/site/deep/b.md", "repo/site/deep/c.md")
    make(".gitignore", text="c.md\n")
    make("repo/.gitignore", text="/site/deep/a.md\n")
    make("repo/site/.healthlintignore", text="deep/b.md\n")

    assert names("repo/site/deep") == ["repo/site/deep/c.md"]


def test_without_a_repository_nothing_above_is_asked(make: Callable[..., None]) -> None:
    make("site/a.md")
    make(".gitignore", text="a.md\n")

    assert names("site") == ["site/a.md"]


def test_named_folder_is_walked_even_if_ignored_or_excluded(make: Callable[..., None]) -> None:
    make(".git/HEAD", "build/a.md", "build/deep/b.md", "build/deep/no.md")
    make(".gitignore", text="build/\n")
    make("build/.gitignore", text="no.md\n")

    assert names(".") == []
    assert names("build", exclude=("build",)) == ["build/a.md", "build/deep/b.md"]
    assert names("build/deep") == ["build/deep/b.md", "build/deep/no.md"]


def test_odd_patterns_are_passed_over_and_the_others_hold(
    make: Callable[..., None], recwarn: pytest.WarningsRecorder
) -> None:
    make("a.md", "b.md")
    make(".gitignore", text="!\n[z-a]\n[[:alpha:]]x\n\\\n# a\n\nb.md\n")

    assert names(".") == ["a.md"]
    assert len(recwarn) == 0


@needs_pipes
def test_ignore_file_that_cannot_be_read_is_an_error(make: Callable[..., None]) -> None:
    make("a.md")
    os.mkfifo(".gitignore")

    assert find(".") == [Found(".gitignore", error="a named pipe, not a file; name a file"), Found("a.md")]


def test_pattern_made_to_be_slow_is_not(make: Callable[..., None]) -> None:
    make("a" * 200 + ".md")
    make(".gitignore", text="*a" * 40 + "b\n")
    started = time.perf_counter()

    assert len(names(".", exclude=("*a" * 40 + "b",))) == 1
    assert time.perf_counter() - started < 5


def test_exclude_globs_are_seen_from_their_folder(make: Callable[..., None], tmp_path: Path) -> None:
    make("site/drafts/a.md", "site/a.md", "drafts/a.md")

    assert names(".", exclude=("site/drafts/**",)) == ["drafts/a.md", "site/a.md"]
    assert names("site", exclude=("drafts",)) == ["site/a.md"]
    found = find_files(
        [str(tmp_path)], exclude=("drafts/a.md",), suffixes=SUFFIXES, exclude_root=str(tmp_path / "site")
    )
    assert [os.path.relpath(each.path) for each in found] == ["drafts/a.md", "site/a.md"]


@pytest.mark.skipif(sys.platform == "win32", reason="paths there are shorter")
def test_very_deep_folders_do_not_exhaust_the_stack(make: Callable[..., None], tmp_path: Path) -> None:
    make("a.md")
    depth = 1500
    for _ in range(depth):
        os.mkdir("d")
        os.chdir("d")
    make("b.md")
    os.chdir(tmp_path)

    found = names(".")
    subprocess.run(["/bin/rm", "-rf", "d"], check=True)

    assert found == ["a.md", "d/" * depth + "b.md"]


def test_walking_imports_no_pathspec_unless_there_is_an_ignore_file(make: Callable[..., None]) -> None:
    make("a.md")
    code = "import sys; from healthlint.files import find_files; list(find_files(['.'], suffixes=frozenset({'.md'})))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}

    run = subprocess.run(
        [sys.executable, "-c", f"{code}; print('pathspec' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )

    assert run.stdout == "False\n"


@pytest.mark.parametrize("size", [0, 1, 70_000])
def test_bytes_are_read_whole(size: int, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"x" * size)

    assert read_bytes(str(path)) == b"x" * size


def test_file_at_the_limit_is_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"x" * 2_000_000)

    assert len(read_bytes(str(path), limit=2_000_000)) == 2_000_000
    with pytest.raises(ReadError, match=r"^larger than 1.99 MB; split it, or leave it out$"):
        read_bytes(str(path), limit=1_990_000)


def test_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    with open(path, "wb") as stream:
        stream.truncate(10**12)

    with pytest.raises(ReadError, match=r"^larger than 20 MB"):
        read_bytes(str(path))


def test_folder_and_missing_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="a folder, not a file; name a file in it"):
        read_bytes(str(tmp_path))
    with pytest.raises(ReadError, match="no such file; check the path"):
        read_bytes(str(tmp_path / "none.md"))


@needs_pipes
def test_pipe_that_nobody_writes_to_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")

    with pytest.raises(ReadError, match="a named pipe, not a file; name a file"):
        read_bytes(str(tmp_path / "pipe.md"))


@pytest.mark.skipif(not os.path.exists("/proc/version"), reason="this system has no /proc")
def test_file_that_does_not_say_its_size_is_read() -> None:
    assert stat.S_ISREG(os.stat("/proc/version").st_mode)
    assert read_bytes("/proc/version").startswith(b"Linux")


def test_reading_leaves_no_file_open(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"x")
    before = os.dup(0)
    os.close(before)

    for name in (path, tmp_path):
        try:
            read_bytes(str(name))
        except ReadError:
            continue

    after = os.dup(0)
    os.close(after)
    assert before == after

"""Input that is meant to hang, crash or mislead: one clear line each, exit code 2, the other files still checked."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from healthlint.registry import part_names
from healthlint.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FOUND = "bad.md:1:6: error[medication/trailing-zero]"
_BAD = b"Take 1.0 mg at night.\n"
_COMMAND = [sys.executable, "-m", "healthlint"]

needs_posix = pytest.mark.skipif(os.name != "posix", reason="this system has no named pipes, devices or signals")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--bogus",), "no such option '--bogus'"),
        (("--selct", "x"), "no such option '--selct'; did you mean '--select'?"),
        (("--select", "medicatin"), "unknown rule, pack or concern 'medicatin'; did you mean 'medication'?"),
        (("--ignore", "a/b"), "unknown rule, pack or concern 'a/b'"),
        (("--profile", "nope"), "unknown profile 'nope'; there are "),
        (("--format", "nope"), "invalid value for '--format': 'nope' is not one of "),
        (("--locale", "fr"), "invalid value for '--locale': 'fr' is not one of "),
        (("--fail-on", "warn"), "invalid value for '--fail-on': 'warn' is not one of "),
        (("--jobs", "0"), "invalid value for '--jobs': "),
        (("--jobs", "x"), "invalid value for '--jobs': "),
        (("--format",), "option '--format' requires an argument"),
        (("--rules", "nope"), "nope: no such folder of rules; check the path"),
        (("--config", "nope.toml"), "nope.toml: no such file; check the path"),
        (("--config", "."), ".: a folder, not a file; name a file in it"),
        (("--config", "clean.md"), "clean.md:1: "),
        (("--config", "a", "--no-config"), "--config and --no-config exclude each other; drop one"),
        (("--unsafe-fixes",), "--unsafe-fixes does nothing by itself; add --fix or --diff"),
        (("--stdin-filename", "x.md"), "--stdin-filename names the text that '-' reads; add '-'"),
        (("--diff", "--format", "json"), "--diff prints a patch, not a report; drop --format or --diff"),
        (("--exclude", "{a,b}"), "--exclude cannot use '{a,b}': "),
        (("--baseline", "clean.md"), "clean.md: not JSON; "),
        (("--output", "no/report"), "no/report: no such folder; make it first, or name another file"),
        (("--output", "."), ".: a folder; name a file that can be written"),
        (("--output", "bad.md"), "--output would overwrite 'bad.md', which is to be checked; name another file"),
        (("--output", "./bad.md"), "--output would overwrite './bad.md', which is to be checked; name another file"),
        (("--fix", "-"), "--fix writes the text of '-' to standard output; name it alone"),
    ],
)
def test_wrong_option_is_one_line_and_nothing_is_checked(
    healthlint: Callable, options: tuple[str, ...], message: str
) -> None:
    ran = healthlint("check", "bad.md", *options)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"healthlint: {message}")
    assert ran.err.count("\n") == 1


def test_misspelt_command_is_told_the_nearest(healthlint: Callable) -> None:
    ran = healthlint("chekc")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("healthlint: no file or command 'chekc'; did you mean 'healthlint check'?")


def test_no_words_at_all_are_help_and_no_success(healthlint: Callable) -> None:
    ran = healthlint()

    assert ran.code == 2
    assert "Usage: healthlint" in ran.out + ran.err


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("nul.txt", b"a\0b", "not text; "),
        ("nul.md", b"a\0b", None),
        ("empty.md", b"", None),
        ("large.md", b"a\n" * 10_000_001, "larger than 20 MB; split it, or leave it out"),
        ("bytes.md", b"caf\xe9 \xff\xfe\x81.", None),
        ("lone.html", b"<p>&#xD800;", None),
    ],
)
def test_content_that_is_no_text_stops_nothing(
    healthlint: Callable, site: Path, name: str, content: bytes, message: str | None
) -> None:
    (site / name).write_bytes(content)

    ran = healthlint("check", "--select", "medication", "--format", "concise", name, "bad.md")

    assert _FOUND in ran.out
    assert ran.err == ""
    if message:
        assert ran.out.startswith(f"{name}: error: {message}")
        assert ran.code == 2


@needs_posix
@pytest.mark.parametrize(
    "line",
    [
        "$healthlint check --format concise --output /dev/stderr bad.md 2>said; code=$?; cat said; exit $code",
        "$healthlint check --format concise --output /dev/fd/3 bad.md 3>said; code=$?; cat said; exit $code",
        "mkfifo pipe; cat pipe & $healthlint check --format concise --output pipe bad.md; code=$?; wait; exit $code",
    ],
)
def test_report_goes_into_what_another_program_opened(process: Callable, site: Path, line: str) -> None:
    (site / "said").write_text("")

    ran = process(line=line)

    assert ran.code == 1
    assert ran.out.startswith(_FOUND)


@needs_posix
def test_pipes_devices_folders_and_circles_hold_nothing_up(process: Callable, site: Path) -> None:
    os.mkfifo(site / "fifo.md")
    (site / "zero.md").symlink_to("/dev/zero")
    (site / "loop.md").symlink_to("loop.md")
    (site / "gone.md").symlink_to("nowhere")
    (site / "folder.md").mkdir()
    (site / "self").symlink_to(".")

    walked = process("check", "--format", "concise", ".")
    assert walked.code == 2
    assert _FOUND in walked.out
    assert "loop.md: error: a link that leads back to itself; mend or remove it\n" in walked.out
    assert "gone.md: error: a link to a file that does not exist; mend or remove it\n" in walked.out
    assert "Skipped 3 files:\n  fifo.md: a named pipe, not a file\n" in walked.out

    named = process("check", "--format", "concise", "fifo.md", "zero.md", "loop.md", "folder.md", "bad.md")
    assert named.code == 2
    assert _FOUND in named.out
    assert "fifo.md: error: a named pipe, not a file; name a file\n" in named.out
    assert "zero.md: error: a device, not a file; name a file\n" in named.out


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("esc\x1b]0;x\x07.md", r"esc\x1b]0;x\x07.md"),
        ("new\nline.md", r"new\nline.md"),
        ("sur\udcff.md", r"sur\udcff.md"),
        ("::error file=x::y.md", r"\x3a:error file=x::y.md"),
        ("\u202egpj.md", "<U+202E>gpj.md"),
        ("é sp ace.md", "é sp ace.md"),
    ],
)
def test_name_of_a_file_acts_on_nothing(healthlint: Callable, site: Path, name: str, shown: str) -> None:
    try:
        (site / name).write_bytes(_BAD)
    except (OSError, ValueError):
        pytest.skip("this file system does not take such a name")

    concise = healthlint("check", "--format", "concise", "--", name)
    assert concise.out.startswith(f"{shown}:1:6: error[")
    for format_ in part_names("reporters"):
        ran = healthlint("check", "--format", format_, "--", name)
        assert (ran.code, ran.err) == (1, "")
        assert not {"\x1b", "\x07", "\u202e", "\udcff"}.intersection(ran.out)
    (file,) = json.loads(healthlint("check", "--format", "json", "--", name).out)["files"]
    assert name == file["path"]


def test_name_of_a_missing_file_acts_on_nothing(healthlint: Callable) -> None:
    for arguments in (("check",), ("baseline",), ("check", "--diff")):
        ran = healthlint(*arguments, "no\x1b[31m\nfile\udcff.md")
        assert ran.code == 2
        assert r"no\x1b[31m\nfile\udcff.md: error: no such file; check the path" in ran.out + ran.err


def test_empty_path_is_told(healthlint: Callable) -> None:
    ran = healthlint("check", "--format", "concise", "", "bad.md")

    assert ran.code == 2
    assert "'': error: an empty path; name a file or folder, '.' for this one\n" in ran.out


def test_every_error_in_every_rule_file_is_told(healthlint: Callable, own_house: str) -> None:
    folder = Path(own_house) / "house"
    (folder / "one.yaml").write_text("summary: [\n")
    (folder / "two.yaml").write_text("a: &a [*a]\n")
    (folder / "three.yaml").write_text("!!python/object/apply:os.system [id]\n")

    ran = healthlint("check", "--rules", own_house, "bad.md")

    assert (ran.code, ran.out) == (2, "")
    for name in ("one", "two", "three"):
        assert f"house/{name}.yaml:" in ran.err


@needs_posix
def test_rule_folder_with_a_pipe_or_a_lost_link_is_refused(process: Callable, own_house: str) -> None:
    os.mkfifo(Path(own_house) / "house" / "fifo.yaml")
    ran = process("check", "--rules", own_house, "bad.md")
    assert ran.code == 2
    assert "house/fifo.yaml: a named pipe, not a file; name a file\n" in ran.err

    (Path(own_house) / "house" / "fifo.yaml").unlink()
    (Path(own_house) / "house" / "lost.yaml").symlink_to("nowhere")
    ran = process("check", "--rules", own_house, "bad.md")
    assert ran.code == 2
    assert "house/lost.yaml: a link to a file that does not exist; mend or remove it\n" in ran.err


@needs_posix
@pytest.mark.parametrize(
    ("line", "code", "err"),
    [
        ("$healthlint check --format json . | head -n 1", 0, ""),
        ("{ $healthlint check --format json bad.md; echo $? >&2; } | true", 0, "2\n"),
        ("$healthlint rules | head -n 1", 0, ""),
        ("$healthlint check --help | head -n 1", 0, ""),
        ("$healthlint check bad.md >&-", 2, "healthlint: standard output is closed; name a file with --output\n"),
        ("$healthlint nope 2>&-", 2, ""),
        ("$healthlint --bogus 2>&-", 2, ""),
        ("$healthlint init <&-", 0, ""),
    ],
)
def test_closed_pipes_end_quietly(process: Callable, line: str, code: int, err: str) -> None:
    ran = process(line=line)

    assert (code, err) == (ran.code, ran.err)


@needs_posix
def test_closed_standard_input_is_told(process: Callable) -> None:
    ran = process(line="$healthlint check --format concise - <&-")

    assert ran.code == 2
    assert ran.out.startswith("<stdin>: error: standard input is closed; give it a text, or name a file\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("$healthlint check bad.md > /dev/full", "standard output"),
        ("$healthlint rules > /dev/full", "standard output"),
        ("$healthlint check --output /dev/full bad.md", "/dev/full"),
    ],
)
def test_full_disk_is_one_line_and_ends_with_2(process: Callable, line: str, place: str) -> None:
    ran = process(line=line)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"healthlint: {place}: No space left on device; ")
    assert ran.err.count("\n") == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read and write everything")
def test_files_without_leave_to_read_or_write_are_told(healthlint: Callable, site: Path) -> None:
    (site / "closed.md").write_bytes(_BAD)
    (site / "closed.md").chmod(0)
    ran = healthlint("check", "--format", "concise", ".")
    assert ran.code == 2
    assert "closed.md: error: permission denied; " in ran.out
    assert _FOUND in ran.out

    (site / "kept.md").write_bytes(_BAD)
    (site / "kept.md").chmod(0o444)
    ran = healthlint("check", "--fix", "--format", "concise", "kept.md", "bad.md")
    assert ran.code == 2
    assert "kept.md: error: cannot be written (" in ran.out
    assert (site / "bad.md").read_bytes() == b"Take 1 mg at night.\n"


@pytest.fixture
def heard_interrupts() -> Iterator[None]:
    """Let processes that a test starts hear an interrupt, even where a shell in the background made us deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@needs_posix
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.usefixtures("heard_interrupts")
def test_interrupt_ends_with_130_and_no_traceback(site: Path, jobs: str) -> None:
    for number in range(400):
        (site / f"{number}.md").write_bytes(_BAD * 200)

    with subprocess.Popen(
        [*_COMMAND, "check", "--jobs", jobs, "."],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()  # it is at work, and held up by a pipe that nobody empties
        os.killpg(running.pid, signal.SIGINT)
        _, err = running.communicate(timeout=60)

    assert (running.returncode, err) == (130, b"\nhealthlint: interrupted\n")


@pytest.mark.skipif(not shutil.which("pgrep"), reason="pgrep is not installed")
def test_process_that_is_killed_is_told(site: Path) -> None:
    for number in range(400):
        (site / f"{number}.md").write_bytes(_BAD * 200)

    with subprocess.Popen(
        [*_COMMAND, "check", "--jobs", "2", "."], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        children = subprocess.run(["pgrep", "-P", str(running.pid)], capture_output=True, check=True)  # noqa: S607
        os.kill(int(children.stdout.split()[0]), signal.SIGKILL)
        _, err = running.communicate(timeout=60)

    expected = b"healthlint: a process of --jobs was ended (no memory left?); try again with --jobs 1\n"
    assert (running.returncode, err) == (2, expected)


@needs_posix
def test_current_folder_that_was_removed_is_told(process: Callable, site: Path) -> None:
    ran = process(line='mkdir gone && cd gone && rmdir ../gone && $healthlint check "$OLDPWD/bad.md"')

    assert (ran.code, ran.err) == (2, "healthlint: the current folder was removed; go to one that exists\n")


@pytest.mark.parametrize("arguments", [(), ("--jobs", "2")])
def test_python_files_beside_the_pages_are_never_run(process: Callable, site: Path, arguments: tuple[str, ...]) -> None:
    for name in ("yaml", "click", "re2", "json", "pickle", "struct", "multiprocessing", "concurrent", "msgspec"):
        (site / f"{name}.py").write_text("print('RUN')\n")

    ran = process("check", "--format", "concise", *arguments, ".")

    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith(_FOUND)
    assert "RUN" not in ran.out


def test_a_mistake_of_ours_is_told_without_the_text(
    healthlint: Callable, monkeypatch: pytest.MonkeyPatch, site: Path
) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError("a private sentence")

    with monkeypatch.context() as patch:
        patch.setattr(Session, "check_file", fail)
        ran = healthlint("check", "--format", "concise", "bad.md")
    assert ran.code == 2
    assert ran.out.startswith("bad.md: error: healthlint failed on it (ZeroDivisionError); report it")
    assert "private sentence" not in ran.out + ran.err

    with monkeypatch.context() as patch:
        patch.setattr(Session, "base_config", fail)
        ran = healthlint("check", "bad.md")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("healthlint: a mistake in healthlint (ZeroDivisionError at test_hostile.py:")
    assert "private sentence" not in ran.err


@pytest.mark.skipif(not shutil.which("unshare"), reason="unshare is not installed")
def test_no_network_is_needed_and_no_text_is_kept(process: Callable, site: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (site / "page.md").write_text("CANARY7391 takes 1.0 mg. CANARY7391 cures cancer.\n")
    (site / "empty.txt").write_bytes(b"")
    before = {path: path.read_bytes() for path in site.iterdir()}
    if process(line="unshare -rn true").code:
        pytest.skip("this machine does not let us take the network away")

    line = 'unset HEALTHLINT_CACHE_DIR; umask 000; unshare -rn $healthlint check --jobs 2 . > "$HOME/report"'
    ran = process(line=line, HOME=str(home), TMPDIR=str(home), XDG_CACHE_HOME="")

    assert (ran.code, ran.err) == (1, "")
    assert before == {path: path.read_bytes() for path in site.iterdir()}
    kept = {path for path in home.rglob("*") if path.is_file()}
    assert {home / "report"} == {path for path in kept if b"CANARY7391" in path.read_bytes()}
    cache = home / ".cache" / "healthlint"
    assert kept - {home / "report"} == set(cache.iterdir())
    assert {0o700, 0o600} == {path.stat().st_mode & 0o777 for path in (cache, *cache.iterdir())}

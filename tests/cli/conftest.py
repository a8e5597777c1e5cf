"""What the tests of commands share: a folder of pages, rules of its own, and two ways to run the command."""

from __future__ import annotations

import inspect
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from click.testing import CliRunner

from healthlint.cli import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_RULE = """\
summary: The word {word}
concern: words
severity: {severity}
status: {status}
message: "'{{match}}' is a made-up word."
advice: Write another word.
why: Nobody knows it.
references:
  - {{title: A book of words, publisher: A press, year: 2024, url: "https://example.org"}}
check: pattern
pattern: '\\b{word}\\b'
fix: {{text: calm, safe: false}}
examples:
  - flag: A «{word}» came.
    fixed: A calm came.
  - flag: It is a «{word}».
  - pass: A bird came.
  - pass: It is a bird.
  - pass: It is another bird.
"""


class Ran(NamedTuple):
    """What a run of the command gave: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def cache() -> str:
    """Return the cache folder of all tests, so that rules are read from YAML once."""
    return os.environ["HEALTHLINT_CACHE_DIR"]


@pytest.fixture
def site(tmp_path: Path, cache: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder: ``bad.md`` has one error with a safe fix, ``clean.md`` nothing."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HEALTHLINT_CACHE_DIR", cache)
    for name in ("NO_COLOR", "FORCE_COLOR", "HEALTHLINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    (folder / "bad.md").write_text("Take 1.0 mg at night.\n")
    (folder / "clean.md").write_text("Take 1 mg at night.\n")
    return folder


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a folder of rules: zorp is an error, blicket a warning, dax a note, wug an error of a preview rule."""
    words = (("zorp", "error"), ("blicket", "warning"), ("dax", "info"), ("wug", "error"))
    folder = tmp_path_factory.mktemp("shared") / "house-rules" / "house"
    folder.mkdir(parents=True)
    for word, severity in words:
        status = "preview" if word == "wug" else "stable"
        (folder / f"{word}.yaml").write_text(_RULE.format(word=word, severity=severity, status=status))
    return str(folder.parent)


@pytest.fixture
def own_house(house: str, tmp_path: Path) -> str:
    """Return a copy of ``house`` beside the current folder, to change."""
    return shutil.copytree(house, str(tmp_path / "house-rules"))


@pytest.fixture
def healthlint(site: Path) -> Callable[..., Ran]:
    """Run the command in this process."""
    separate = {"mix_stderr": False} if "mix_stderr" in inspect.signature(CliRunner).parameters else {}

    def run(*arguments: str, stdin: str | bytes | None = None) -> Ran:
        done = CliRunner(**separate).invoke(cli, arguments, input=stdin, prog_name="healthlint")
        return Ran(done.exit_code, done.stdout, done.stderr)

    return run


@pytest.fixture
def process(site: Path) -> Callable[..., Ran]:
    """Run the command as a process of its own; ``line`` is a line for sh in which ``$healthlint`` is the command."""

    def run(*arguments: str, line: str = "", **changes: Any) -> Ran:
        command = [sys.executable, "-m", "healthlint", *arguments]
        if line:
            command = ["sh", "-c", line]
        environment = {**os.environ, "healthlint": f"{sys.executable} -m healthlint", **changes}
        done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=120)
        return Ran(done.returncode, done.stdout, done.stderr)

    return run

"""``healthlint completion``: what a real shell offers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import healthlint as package

if TYPE_CHECKING:
    from collections.abc import Callable

BASH = shutil.which("bash")
_PROGRAM = """\
eval "$(healthlint completion bash)"
complete -p healthlint >&2
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_healthlint_completion healthlint
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def offered(site: Path, tmp_path: Path) -> Callable[..., list[str]]:
    """Return what bash offers for the last of some words."""
    command = tmp_path / "bin" / "healthlint"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m healthlint "$@"\n')
    command.chmod(0o755)
    root = str(Path(package.__file__).parent.parent)
    environment = {**os.environ, "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": root}

    def ask(*words: str) -> list[str]:
        typed = " ".join(f"'{word}'" for word in ("healthlint", *words))
        ran = subprocess.run(
            [str(BASH), "--norc", "-c", f"COMP_WORDS=({typed})\n{_PROGRAM}"],
            cwd=site, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=120,
        )  # fmt: skip
        assert "_healthlint_completion healthlint" in ran.stderr
        return ran.stdout.split("\n")[:-1]

    return ask


@pytest.mark.skipif(BASH is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("words", "some"),
    [
        (("base",), {"baseline"}),
        (("check", "--diff"), {"--diff", "--diff-base"}),
        (("page.md", "--report-s"), {"--report-suppressions"}),
        (("check", "--format", "js"), {"json", "jsonl"}),
        (("check", "--profile", "pat"), {"patient-leaflet"}),
        (("check", "--select", "medication/trail"), {"medication/trailing-zero"}),
        (("check", "--ignore", "words,medication/trail"), {"words,medication/trailing-zero"}),
        (("explain", "medication/trail"), {"medication/trailing-zero"}),
        (("init", "--reader", "p"), {"patients", "public"}),
    ],
)
def test_bash_offers_what_can_stand_there(
    offered: Callable[..., list[str]], words: tuple[str, ...], some: set[str]
) -> None:
    assert some <= set(offered(*words))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_lines_of_its_own(healthlint: Callable, shell: str) -> None:
    ran = healthlint("completion", shell)

    assert (0, "") == (ran.code, ran.err)
    assert f"_HEALTHLINT_COMPLETE={shell}_complete" in ran.out


def test_broken_settings_offer_nothing_and_say_nothing(site: Path, offered: Callable[..., list[str]]) -> None:
    (site / "healthlint.toml").write_text("profil = 1\n")

    assert [""] == offered("explain", "medication/trail")

"""What the README shows and says is what happens."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_README = (_ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the code blocks of the README in *language*."""
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```", _README)


def test_sample_is_what_the_command_prints_of_the_examples() -> None:
    command = [sys.executable, "-m", "healthlint", "check", "--exit-zero", "examples/"]
    ran = subprocess.run(command, cwd=_ROOT, capture_output=True, check=True)

    assert blocks("text")[0] in ran.stdout.decode().replace("\r\n", "\n")


def test_last_command_is_the_one_that_ci_runs() -> None:
    ci = (_ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert blocks("sh")[-1] in ci


def test_python_sample_runs_and_reports_the_dose(tmp_path: Path) -> None:
    (tmp_path / "leaflet.md").write_text("Take one tablet at night.\n", encoding="utf-8")
    (sample,) = blocks("python")

    ran = subprocess.run([sys.executable, "-c", sample], cwd=tmp_path, capture_output=True, check=True)

    assert ran.stdout.decode().strip() == "medication/trailing-zero 1 1.0 mg"

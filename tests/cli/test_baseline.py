"""``healthlint baseline``: what is there is accepted, what is new is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_FILE = "healthlint-baseline.json"


def test_accepted_findings_are_hidden_and_counted(healthlint: Callable, site: Path) -> None:
    (site / "healthlint.toml").write_text('select = ["medication"]\n')

    ran = healthlint("baseline", "bad.md")
    after = healthlint("check", "--baseline", _FILE, "bad.md")

    assert (0, f"Wrote {_FILE}: 1 finding in 1 file is accepted.\n", "") == ran
    assert after.code == 0
    assert "Not counted: 1 known from the baseline." in after.out


def test_new_findings_are_reported_and_moved_ones_are_not(healthlint: Callable, site: Path) -> None:
    healthlint("baseline", ".")
    (site / "bad.md").write_text("# Tablets\n\nTake 1.0 mg at night.\n\nTake 7.0 mg at noon.\n")

    ran = healthlint("check", "--select", "medication", "--format", "concise", "--baseline", _FILE, ".")

    assert ran.code == 1
    assert ran.out.startswith("bad.md:5:6: error[medication/trailing-zero] '7.0 mg'")
    assert "'1.0 mg'" not in ran.out


def test_baseline_of_the_settings_is_used_by_check_and_written_over_by_baseline(
    healthlint: Callable, site: Path
) -> None:
    (site / "healthlint.toml").write_text(f'select = ["medication"]\nbaseline = "{_FILE}"\n')

    healthlint("baseline", "clean.md")
    assert healthlint("check", ".").code == 1
    healthlint("baseline", ".")
    assert healthlint("check", ".").code == 0


def test_unread_file_ends_with_2_and_the_others_are_accepted(healthlint: Callable) -> None:
    ran = healthlint("baseline", "nope.md", "bad.md")

    assert ran.code == 2
    assert ran.err == "nope.md: error: no such file; check the path\n"
    assert "in 1 file" in ran.out


def test_file_that_is_no_baseline_is_not_written_over(healthlint: Callable, site: Path) -> None:
    ran = healthlint("baseline", "--output", "bad.md", ".")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "healthlint: bad.md: not JSON; write it again with 'healthlint baseline'\n"
    assert (site / "bad.md").read_text() == "Take 1.0 mg at night.\n"


def test_missing_baseline_is_one_line(healthlint: Callable) -> None:
    ran = healthlint("check", "--baseline", "nope.json", "bad.md")

    assert ran == (2, "", "healthlint: nope.json: no such file; check the path\n")

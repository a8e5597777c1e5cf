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

    danger = "1 of these is an error about medicines or safety; mend it first.\n"
    assert (0, f"Wrote {_FILE}: 1 finding in 1 file is accepted.\n{danger}", "") == ran
    assert after.code == 0
    assert after.out.endswith(f"1 old finding remains, known from the baseline.\n{danger}")


def test_what_is_fixed_is_told_and_pruned_and_the_rest_stays(healthlint: Callable, site: Path) -> None:
    (site / "healthlint.toml").write_text(f'select = ["medication"]\nbaseline = "{_FILE}"\n')
    (site / "bad.md").write_text("Take 1.0 mg at night.\n\nTake 7.0 mg at noon.\n")
    (site / "gone.md").write_text("Take 2.0 mg at night.\n")
    healthlint("baseline")
    (site / "bad.md").write_text("A new first line.\n\nTake 7.0 mg\nat noon.\n")
    (site / "gone.md").unlink()

    told = healthlint("check")
    pruned = healthlint("baseline", "--prune")
    after = healthlint("check")

    assert (0, 0) == (told.code, after.code)
    assert "1 old finding is fixed; 'healthlint baseline --prune' forgets it.\n" in told.out
    assert (0, f"Dropped 2 findings from {_FILE}; 1 left.\n", "") == pruned
    assert "1 old finding remains" in after.out
    assert "fixed" not in after.out


def test_page_with_another_name_is_no_new_page(healthlint: Callable, site: Path) -> None:
    healthlint("baseline")
    (site / "bad.md").rename(site / "tablets é.md")

    ran = healthlint("check", "--baseline", _FILE, "--format", "json")

    assert ran.code == 0
    assert healthlint("baseline", "--prune").out.startswith("Dropped 0 findings")
    assert '"tablets \\u00e9.md"' in (site / _FILE).read_text()


def test_prune_without_a_baseline_is_one_line(healthlint: Callable, site: Path) -> None:
    ran = healthlint("baseline", "--prune")

    assert ran == (2, "", f"healthlint: {_FILE}: no such file; check the path\n")


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

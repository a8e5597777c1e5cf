"""``healthlint config``: the settings in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthlint.config import load_config

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_defaults_are_shown_where_there_is_no_file(healthlint: Callable) -> None:
    ran = healthlint("config")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("# Settings in force, from the defaults.\n")
    assert 'profile = "public-web"\n' in ran.out


def test_settings_of_a_file_have_its_overrides_in_them(healthlint: Callable, site: Path) -> None:
    (site / "healthlint.toml").write_text('[[overrides]]\nfiles = ["b*"]\nlocale = "en-US"\n')

    assert 'locale = "en-US"\n' in healthlint("config", "bad.md").out.split("[[overrides]]")[0]
    assert 'locale = ""\n' in healthlint("config", "clean.md").out


def test_what_is_shown_can_be_saved_as_a_configuration(healthlint: Callable, site: Path) -> None:
    (site / "healthlint.toml").write_text('ignore = ["words/*"]\nfail-on = "info"\n[rules."a/b"]\nmax = 3\n')
    before = load_config("healthlint.toml")

    (site / "healthlint.toml").write_text(healthlint("config").out)

    assert before == load_config("healthlint.toml")


def test_configuration_that_cannot_be_used_is_one_line(healthlint: Callable, site: Path) -> None:
    (site / "healthlint.toml").write_text("\nfial-on = 1\n")

    expected = "healthlint: healthlint.toml:2: unknown key 'fial-on'; did you mean 'fail-on'?\n"
    assert (2, "", expected) == healthlint("config")

"""``healthlint init``: a first configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.config import load_config

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_what_is_written_can_be_used_at_once(healthlint: Callable, site: Path) -> None:
    ran = healthlint("init", "--locale", "en-GB")

    assert ran == (0, "Wrote healthlint.toml. It explains itself. Next: healthlint check\n", "")
    config = load_config("healthlint.toml")
    assert (config.profile, config.locale) == ("public-web", "en-GB")
    assert healthlint("check", "bad.md").code == 1


@pytest.mark.parametrize("options", [(), ("--locale", "both")])
def test_both_kinds_of_english_are_the_default(healthlint: Callable, options: tuple[str, ...]) -> None:
    healthlint("init", *options)

    assert load_config("healthlint.toml").locale == ""


def test_file_that_exists_is_kept_unless_forced(healthlint: Callable, site: Path) -> None:
    (site / "healthlint.toml").write_text("preview = true\n")

    ran = healthlint("init")
    assert ran.code == 2
    assert ran.err.startswith("healthlint: healthlint.toml: exists already; ")
    assert (site / "healthlint.toml").read_text() == "preview = true\n"

    assert healthlint("init", "--force").code == 0
    assert load_config("healthlint.toml").preview is False


def test_unknown_profile_and_locale_are_refused_and_nothing_is_written(healthlint: Callable, site: Path) -> None:
    profile = healthlint("init", "--profile", "nope")
    locale = healthlint("init", "--locale", "fr")

    assert (profile.code, locale.code) == (2, 2)
    assert profile.err.startswith("healthlint: unknown profile 'nope'; there are ")
    assert locale.err.startswith("healthlint: invalid value for '--locale': 'fr' is not one of ")
    assert not (site / "healthlint.toml").exists()

"""``--help``: a page of a manual for each command, read as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.registry import part_names

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("name", ["", *part_names("cli")])
def test_help_is_the_reviewed_one(
    healthlint: Callable, snapshot: Callable[[str, str], None], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "90")

    ran = healthlint(*filter(None, [name]), "--help")

    assert (0, "") == (ran.code, ran.err)
    snapshot(ran.out, f"help-{name or 'healthlint'}.txt")


@pytest.mark.parametrize("name", part_names("cli"))
def test_help_has_an_example_the_exit_codes_and_the_environment(healthlint: Callable, name: str) -> None:
    said = healthlint(name, "--help").out

    assert f"healthlint {name}" in said.partition("Example")[2]
    assert "Exit codes:" in said
    assert "HEALTHLINT_CACHE_DIR" in said

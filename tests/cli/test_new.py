"""``healthlint new``: a rule to start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_new_rule_works_as_it_stands(healthlint: Callable, site: Path) -> None:
    ran = healthlint("new", "house/utilise")

    message = "Wrote house-rules/house/utilise.yaml. Change it, then run: healthlint test house-rules\n"
    assert (0, message, "") == ran
    assert healthlint("test", "house-rules") == (0, "1 rule, 5 examples: all pass.\n", "")


def test_folder_is_chosen(healthlint: Callable, site: Path) -> None:
    healthlint("new", "--folder", "my rules", "house/utilise")

    assert (site / "my rules" / "house" / "utilise.yaml").is_file()


def test_what_is_there_is_not_written_over(healthlint: Callable, site: Path) -> None:
    healthlint("new", "house/utilise")
    (site / "house-rules" / "house" / "utilise.yaml").write_text("mine")

    ran = healthlint("new", "house/utilise")

    assert ran.code == 2
    assert ran.err == "healthlint: house-rules/house/utilise.yaml: exists already; choose another name\n"
    assert (site / "house-rules" / "house" / "utilise.yaml").read_text() == "mine"


@pytest.mark.parametrize("name", ["x", "House/Rule", "a/b/c", "../up/out", "/etc/passwd", "house/", "house/x\n"])
def test_name_that_is_no_rule_is_refused(healthlint: Callable, site: Path, name: str) -> None:
    ran = healthlint("new", name)

    assert ran.code == 2
    assert "is no rule name; write pack/rule in small letters, such as house/long-words" in ran.err
    assert sorted(each.name for each in site.iterdir()) == ["bad.md", "clean.md"]


def test_folder_that_cannot_be_written_is_told(healthlint: Callable) -> None:
    ran = healthlint("new", "--folder", "bad.md", "house/utilise")

    assert ran.code == 2
    assert ran.err.startswith("healthlint: bad.md/house/utilise.yaml: ")
    assert ran.err.endswith("; choose another folder\n")

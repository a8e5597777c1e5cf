"""``healthlint rules``: the list of rules, and which of them run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_every_rule_is_listed_with_its_state(healthlint: Callable, house: str) -> None:
    ran = healthlint("rules", "--rules", house, "house")

    assert ran.out == (
        "house/blicket  warning  The word blicket\n"
        "house/dax      info     The word dax\n"
        "house/wug      preview  The word wug\n"
        "house/zorp     error    The word zorp\n"
        "\n4 rules; 3 run with profile 'public-web'.\n"
    )


def test_preview_rules_count_as_running_with_preview(healthlint: Callable, house: str) -> None:
    ran = healthlint("rules", "--rules", house, "--preview", "house/wug")

    assert ran.out == "house/wug  error    The word wug\n\n1 rule; 1 runs with profile 'public-web'.\n"


def test_configuration_says_which_rules_are_off(healthlint: Callable, site: Path, house: str) -> None:
    (site / "healthlint.toml").write_text(f"rule-paths = ['{house}']\n[rules.'house/zorp']\nseverity = 'off'\n")

    assert "house/zorp  off " in healthlint("rules", "house/zorp").out


def test_concern_selects_rules(healthlint: Callable) -> None:
    assert "medication/trailing-zero" in healthlint("rules", "dose-notation").out


def test_json_is_a_list_of_records(healthlint: Callable, house: str) -> None:
    ran = healthlint("rules", "--rules", house, "--format", "json", "house/dax")

    expected = {
        "rule": "house/dax",
        "concern": "words",
        "severity": "info",
        "status": "stable",
        "summary": "The word dax",
    }
    assert [expected] == json.loads(ran.out)


def test_unknown_names_are_refused(healthlint: Callable) -> None:
    ran = healthlint("rules", "medicatin")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("healthlint: unknown rule, pack or concern 'medicatin'; did you mean 'medication'?")
    assert healthlint("rules", "--profile", "nope").code == 2
    assert healthlint("rules", "--format", "xml").code == 2

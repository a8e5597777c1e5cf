"""``healthlint profiles``: which there are, and what differs between them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def strict(own_house: str) -> str:
    """Return a folder of rules with two profiles of its own: strict, and stricter that extends it."""
    profiles = Path(own_house) / "profiles"
    profiles.mkdir()
    severities = "severities: {advertising/*: 'off', house/zorp: warning, house/dax: 'off'}\n"
    settings = "settings: {house/blicket: {case: true}, house/dax: {case: true}}\n"
    (profiles / "strict.yaml").write_text(f"summary: Strict pages\n{severities}{settings}")
    (profiles / "stricter.yaml").write_text("summary: More so\nextends: strict\nseverities: {house/wug: info}\n")
    return own_house


def test_rules_that_two_profiles_treat_alike_are_left_out(healthlint: Callable, strict: str) -> None:
    ran = healthlint("profiles", "--rules", strict, "public-web", "strict")

    assert ran.out.startswith(
        "public-web  Pages for anyone who looks for health information on the web (the default)\n"
        "strict      Strict pages\n"
        "\n"
        "rule "
    )
    assert [line.split() for line in ran.out.splitlines() if line.startswith("house/")] == [
        ["house/blicket:", "case", "False", "True"],
        ["house/dax", "info", "off"],
        ["house/zorp", "error", "warning"],
    ]
    assert ran.out.endswith(f" rules of {_number_of_rules(healthlint, strict)} differ.\n")


def test_one_profile_is_compared_with_the_default(healthlint: Callable, strict: str) -> None:
    alone = healthlint("profiles", "--rules", strict, "strict")

    assert alone == healthlint("profiles", "--rules", strict, "public-web", "strict")


def test_profiles_are_compared_with_all_that_they_take_over(healthlint: Callable, strict: str) -> None:
    ran = healthlint("profiles", "--rules", strict, "strict", "stricter")

    assert "stricter  More so (extends strict)\n\nThere is no difference.\n\n0 rules of " in ran.out


def test_preview_rules_count_with_preview(healthlint: Callable, strict: str) -> None:
    ran = healthlint("profiles", "--rules", strict, "--preview", "strict", "stricter")

    assert "\nhouse/wug  error   info\n\n1 rule of " in ran.out


def test_profiles_that_extend_no_other_are_compared_without_a_name(healthlint: Callable, strict: str) -> None:
    ran = healthlint("profiles", "--rules", strict)

    heading = next(line for line in ran.out.split("\n") if line.startswith("rule "))
    assert heading.split() == ["rule", "public-web", "clinician", "marketing", "patient-leaflet", "strict"]
    assert "\nstricter         More so (extends strict)\n" in ran.out


def test_json_has_a_record_for_each_rule_that_differs(healthlint: Callable, strict: str) -> None:
    ran = healthlint("profiles", "--rules", strict, "--format", "json", "public-web", "stricter")

    record = json.loads(ran.out)
    assert record["version"] == 1
    assert record["profiles"][1] == {"name": "stricter", "summary": "More so", "extends": "strict"}
    assert [each for each in record["rules"] if each["rule"].startswith("house/")] == [
        {"rule": "house/blicket", "severity": None, "settings": {"case": {"public-web": False, "stricter": True}}},
        {"rule": "house/dax", "severity": {"public-web": "info", "stricter": "off"}, "settings": {}},
        {"rule": "house/zorp", "severity": {"public-web": "error", "stricter": "warning"}, "settings": {}},
    ]


def test_profile_that_does_not_exist_is_refused(healthlint: Callable) -> None:
    ran = healthlint("profiles", "patient-leaflt")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("healthlint: unknown profile 'patient-leaflt'; did you mean 'patient-leaflet'?")


def _number_of_rules(healthlint: Callable, folder: str) -> int:
    return len(json.loads(healthlint("rules", "--rules", folder, "--format", "json").out))

"""``healthlint explain``: a rule as a person reads it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def test_rule_is_explained_with_reason_examples_and_sources(healthlint: Callable) -> None:
    ran = healthlint("explain", "medication/trailing-zero")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("medication/trailing-zero\n")
    for title in ("Why it matters", "What it says", "What to do", "Flagged", "Left alone", "Sources"):
        assert f"\n{title}\n  " in ran.out
    assert "https://" in ran.out


def test_advice_is_shown_as_the_first_example_gets_it(healthlint: Callable) -> None:
    ran = healthlint("explain", "medication/trailing-zero")

    assert "What it says\n  '1.0 mg' can be misread as ten times the dose.\n" in ran.out
    assert "What to do\n  Write '1 mg'.\n" in ran.out
    assert "{" not in ran.out


def test_rule_of_a_folder_is_found_and_said_to_be_preview(healthlint: Callable, house: str) -> None:
    ran = healthlint("explain", "--rules", house, "house/wug")

    assert "preview: runs only with --preview" in ran.out


def test_misspelt_rule_is_answered_with_the_nearest(healthlint: Callable) -> None:
    ran = healthlint("explain", "medication/trailing-zeros")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "healthlint: unknown rule 'medication/trailing-zeros'; did you mean 'medication/trailing-zero'?; "
        "'healthlint rules' lists them\n"
    )


def test_missing_rule_is_one_line_that_says_where_help_is(healthlint: Callable) -> None:
    ran = healthlint("explain")

    assert ran == (2, "", "healthlint: missing argument 'RULE'; see 'healthlint explain --help'\n")


def test_text_of_a_rule_cannot_act_on_the_terminal(healthlint: Callable, own_house: str) -> None:
    path = Path(own_house) / "house" / "dax.yaml"
    path.write_text(path.read_text().replace("summary: The word dax", r'summary: "The \e[31m word"'))

    assert "\x1b" not in healthlint("explain", "--rules", own_house, "house/dax").out
    assert "\x1b" not in healthlint("rules", "--rules", own_house, "house/dax").out


def test_facts_that_a_rule_rests_on_are_shown_with_their_day(healthlint: Callable) -> None:
    ran = healthlint("explain", "medication/exceeds-otc-maximum")

    assert "What it knows\n  - paracetamol: max-a-day 4 g; max-a-dose 1 g; " in ran.out
    assert "(as of 2026-11-23, not looked up yet: with" in " ".join(ran.out.split())


def test_rule_that_knows_no_facts_shows_none(healthlint: Callable) -> None:
    assert "What it knows" not in healthlint("explain", "medication/trailing-zero").out

"""What there is to know of a rule: severities, settings and quality, told alike in the terminal and on its page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from healthlint.library import builtin_folder, load_library
from healthlint.quality import Quality, read_quality
from healthlint.reference import Entry, Option, describe, reference_pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.library import Library

DOCS = Path(__file__).parent.parent / "docs" / "rules"
PROFILES = {
    "profiles/clinician.yaml": "summary: C\nseverities: {house/long: error}\nsettings: {house/long: {max: 9}}\n",
    "profiles/marketing.yaml": 'summary: M\nseverities: {house/long: "off"}\n',
    "profiles/patient-leaflet.yaml": "summary: P\nseverities: {house/*: error}\n",
}


@pytest.fixture
def house(make_library: Callable[..., Library], rule_yaml: Callable[..., str]) -> Library:
    """Return a library with a rule that has a number to change."""
    examples: list[dict[str, Any]] = [
        {"flag": "«One two three four five six.»"},
        {"flag": "Tea. «One two three | four *five* six.»"},
        {"pass": "One two."},
        {"pass": "1. One"},
        {"pass": "One\ntwo."},
    ]
    changes: dict[str, Any] = {"check": "length", "pattern": None, "max": 5, "examples": examples, "concern": "reading"}
    long = rule_yaml(**changes, message="{value} words: '{match}'", advice="Aim for {max}.", milder=["quoted"])
    return make_library({"house/long.yaml": long, **PROFILES})


def entry_of(library: Library, **quality: Quality) -> Entry:
    (entry,) = describe(library.rules, library, {f"house/{name}": each for name, each in quality.items()})
    return entry


def test_severities_name_the_profiles_that_have_another(house: Library) -> None:
    entry = entry_of(house)

    assert entry.elsewhere == {"clinician": "error", "marketing": "off", "patient-leaflet": "error"}
    assert entry.severities == (
        "warning, in places one step milder; error in clinician and patient-leaflet; off in marketing"
    )


def test_options_are_the_numbers_of_the_check_and_what_they_are_in_profiles(house: Library) -> None:
    assert entry_of(house).options == (Option("max", 5, {"clinician": 9}),)


def test_message_and_advice_are_those_of_the_first_example(house: Library) -> None:
    entry = entry_of(house)

    assert (entry.says, entry.advice) == ("6 words: 'One two three four five six.'", "Aim for 5.")


def test_pages_are_markdown_that_shows_what_was_marked_and_hides_no_markup(house: Library) -> None:
    pages = reference_pages([entry_of(house, long=Quality(40, 39, "new pages", "2026-05-09"))])

    assert set(pages) == {"README.md", "house.md"}
    assert "| [house](house.md) | 1 | reading |" in pages["README.md"]
    lines = pages["house.md"].splitlines()
    for line in (
        "| [house/long](#houselong) | warning | A cure |",
        "- Tea. **One two three \\| four \\*five\\* six.**",
        "- 1\\. One",
        "- One two.",
        "- `max = 5` (9 in clinician)",
        "**How often it is right.** In 40 judged reports on new pages, 39 were right: 0.97 \\[0.87, 1.00\\].",
        "- [Fraud](https://example.org), FDA, 2023",
    ):
        assert line in lines


def test_a_preview_rule_and_one_for_a_locale_say_so(house: Library) -> None:
    entry = replace(entry_of(house), is_stable=False, locales=("en-GB",), unverified="the limit")

    page = reference_pages([entry])["house.md"]

    assert "Preview: runs only with `--preview`." in page
    assert "Only for pages in en-GB." in page
    assert "Still to be looked up: the limit" in page


def test_pages_in_docs_are_those_of_the_rules_that_ship() -> None:
    """``healthlint reference docs/rules`` writes them."""
    library = load_library()

    pages = reference_pages(describe(library.rules, library, read_quality([builtin_folder()])))

    assert {path.name: path.read_text(encoding="utf-8") for path in DOCS.iterdir()} == pages

"""Dates that a page gives for itself: too old, passed, yet to come."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from healthlint.checks._structure_day import parse_day
from healthlint.checks.structure import Check
from healthlint.entities import Vocabulary
from healthlint.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.finding import Finding

    Find = Callable[..., list[Finding]]
    Texts = Callable[..., list[str]]

OLD = Check("old-date", matches=r"reviewed (?P<date>[\w ]+)", metadata=("reviewed",), max_years=3, today="2026-11-23")
PAST = replace(OLD, finds="past-date", max_years=0)
FUTURE = replace(PAST, finds="future-date")


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024-03-05", "2024-03-05", "2024-03-05"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("5 March 2024", "2024-03-05", "2024-03-05"),
        ("5th of March, 2024", "2024-03-05", "2024-03-05"),
        ("Mar. 5, 2024", "2024-03-05", "2024-03-05"),
        ("Sept 2024", "2024-09-01", "2024-09-30"),
        ("December 2024", "2024-12-01", "2024-12-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("03/05/2024", "2024-03-05", "2024-05-03"),
        ("25.12.2024", "2024-12-25", "2024-12-25"),
        ("12/2024", "2024-12-01", "2024-12-31"),
        ("2024-03-05T10:00:00Z", "2024-03-05", "2024-03-05"),
        ("Tuesday 5 March 2024 at 10", "2024-03-05", "2024-03-05"),
    ],
)
def test_date_means_its_first_to_its_last_day(written: str, first: str, last: str) -> None:
    assert parse_day(written) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize("written", ["", "soon", "31 February 2024", "2024-13-01", "30/30/2024", "1824", "120245"])
def test_what_is_no_date_is_none(written: str) -> None:
    assert parse_day(written) is None


@pytest.mark.parametrize(
    ("written", "is_old"),
    [
        ("22 November 2023", True),
        ("23 November 2023", True),
        ("24 November 2023", False),
        ("November 2023", False),
        ("October 2023", True),
        ("2023", False),
        ("2022", True),
        ("2027", False),
    ],
)
def test_date_is_old_once_its_last_day_is_that_many_years_ago(texts: Texts, written: str, is_old: bool) -> None:
    assert texts(OLD, f"Page reviewed {written}.") == ([f"reviewed {written}"] if is_old else [])


def test_values_are_the_date_and_its_age(find: Find) -> None:
    (found,) = find(OLD, "Reviewed 4 May 2019.")

    assert found.values == {"date": "4 May 2019", "age": "7"}


def test_group_says_where_the_report_begins(texts: Texts) -> None:
    check = replace(OLD, matches=r"(?:^|\| )(?P<report>reviewed) (?P<date>\d+)")

    assert texts(check, "By us | reviewed 2019 | more") == ["reviewed 2019"]


def test_newest_date_counts_wherever_it_stands(texts: Texts) -> None:
    assert texts(OLD, "Reviewed 2015. Reviewed 2018.") == ["Reviewed 2018"]
    assert texts(OLD, "Reviewed 2015.\n\nReviewed 2025.") == []
    assert texts(OLD, "---\nreviewed: 2025-01-01\n---\n\nReviewed 2015.") == []


def test_date_in_the_metadata_is_found_at_the_first_heading(find: Find) -> None:
    (found,) = find(OLD, "---\nreviewed: 2019-01-01\n---\n\nIntro.\n\n# Flu\n\nReviewed 2015.")

    assert (found.text, found.values["date"]) == ("Flu", "2019-01-01")


def test_without_years_any_day_before_today_has_passed(texts: Texts) -> None:
    assert texts(PAST, "Reviewed 22 November 2026.") == ["Reviewed 22 November 2026"]
    assert texts(PAST, "Reviewed 23 November 2026.") == []
    assert texts(PAST, "Reviewed 2026.") == []


def test_future_finds_what_is_after_today_whatever_day_is_meant(texts: Texts) -> None:
    assert texts(FUTURE, "Reviewed 24 November 2026.") == ["Reviewed 24 November 2026"]
    assert texts(FUTURE, "Reviewed 2026.") == []
    assert texts(FUTURE, "Reviewed 2015.") == []


def test_several_patterns_are_one_search(texts: Texts) -> None:
    both = replace(OLD, matches=(r"reviewed (?P<date>\d+)", r"checked (?P<date>\d+)"))

    assert texts(both, "Reviewed 2015. Checked 2018.") == ["Checked 2018"]
    assert texts(both, "Reviewed 2015. Checked 2025.") == []


def test_page_without_a_date_has_none_that_is_old(texts: Texts) -> None:
    assert texts(OLD, "Reviewed by Dr Lee.") == []
    assert texts(OLD, "---\nreviewed: 2015\n---\n") == []


def test_today_is_the_day_of_the_clock_unless_given(texts: Texts) -> None:
    year = dt.datetime.now().astimezone().year

    assert texts(replace(OLD, today=""), f"Reviewed {year - 5}.") == [f"Reviewed {year - 5}"]
    assert texts(replace(OLD, today=""), f"Reviewed {year - 1}.") == []


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"matches": "reviewed"}, "matches"),
        ({"matches": "("}, "matches"),
        ({"today": "soon"}, "today"),
        ({"max_years": 0}, "max_years"),
        ({"finds": "past-date"}, "max_years"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(settings: dict[str, Any], key: str) -> None:
    with pytest.raises(SettingError) as caught:
        replace(OLD, **settings).validate(Vocabulary({}))

    assert caught.value.key == key

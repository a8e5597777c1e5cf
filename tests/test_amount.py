"""Amounts: read as people write them, in one unit for all that can be converted."""

from __future__ import annotations

import time

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from healthlint.amount import PIECE, Amount, find_amounts, read_amount
from healthlint.number import NUMBER, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,000", 1000), ("12,500.5", 12500.5), ("1,5", 1.5), (".5", 0.5), ("½", 0.5), ("2½", 2.5), ("1/2", 0.5),
        ("1 1/2", 1.5), ("5k", 5000), ("5 thousand", 5000), ("one", 1), ("seventeen", 17), ("twenty-five", 25),
        ("a hundred and fifty", 150), ("five hundred", 500), ("half a", 0.5), ("half a dozen", 6), ("a couple of", 2),
        ("three-quarters of a", 0.75), ("two and a half", 2.5), ("One", 1),
    ],
)  # fmt: skip
def test_number_is_read(text: str, value: float) -> None:
    assert re2.fullmatch(f"(?i){NUMBER}", text)
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("400mg", 400, 400, "mg"), ("4 g", 4000, 4000, "mg"), ("1,000 mg", 1000, 1000, "mg"),
        ("half a gram", 500, 500, "mg"), ("a gram", 1000, 1000, "mg"),
        ("a gram and a half", 1500, 1500, "mg"), ("eight hundred milligrams", 800, 800, "mg"),
        ("500-1000 mg", 500, 1000, "mg"), ("500 mg to 1 g", 500, 1000, "mg"), ("5 or 10 mg", 5, 10, "mg"),
        ("between 300 and 400 mg", 300, 400, "mg"), ("400 micrograms", 0.4, 0.4, "mg"), ("400 mcg", 0.4, 0.4, "mg"),
        ("400µg", 0.4, 0.4, "mg"), ("10 mL", 10, 10, "mL"),
        ("2 teaspoons", 10, 10, "mL"), ("5,000 IU", 5000, 5000, "IU"),
        ("5k IU", 5000, 5000, "IU"), ("ten thousand international units", 10000, 10000, "IU"),
        ("5.5 mmol/L", 5.5, 5.5, "mmol/L"), ("20 nmol/L", 0.00002, 0.00002, "mmol/L"), ("99 mg/dL", 990, 990, "mg/L"),
        ("99 mg per decilitre", 990, 990, "mg/L"), ("120 mg in 5 ml", 24000, 24000, "mg/L"),
        ("120mg/5mL", 24000, 24000, "mg/L"), ("48%", 48, 48, "%"), ("48 mmol/mol", 48, 48, "mmol/mol"),
        ("38.5°C", 38.5, 38.5, "°C"), ("38C", 38, 38, "°C"), ("100 degrees F", 100, 100, "°F"),
        ("15 mg/kg", 15, 15, "mg/kg"), ("50 kg", 50, 50, "kg"), ("2-3 tablets", 2, 3, PIECE),
    ],
)  # fmt: skip
def test_amount_is_read_in_the_unit_of_its_kind(text: str, low: float, high: float, unit: str) -> None:
    (found,) = find_amounts(f"Take {text} now")

    assert (found.start, found.end, found.unit) == (5, 5 + len(text), unit)
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    "text",
    [
        "two 500 mg tablets", "2 500mg tablets", "2 x 500mg", "2 × 500 mg", "two tablets of 500 mg", "2 tablets (1 g)",
        "two tablets (500 mg each)", "two paracetamol 500 mg tablets", "2 tablets of paracetamol 500 mg",
        "two of the 500 mg tablets", "two capsules containing 500 mg", "two tablets, 500 mg each",
    ],
)  # fmt: skip
def test_several_tablets_are_what_they_hold_together(text: str) -> None:
    assert [(each.high, each.unit) for each in find_amounts(f"Take {text}.")] == [(1000, "mg")]


@pytest.mark.parametrize(
    "text",
    [
        "5 mg/mmol of creatinine/h", "two times a day", "vitamin B12", "5 a day", "in 2024", "a c", "an IU",
        "one of the tablets that we", "1.2.3 go", "5 mg/m³", "two and 3",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_amount_is_none(text: str) -> None:
    assert [each for each in find_amounts(text) if each.unit not in {"mg/mol", PIECE}] == []


def test_number_in_a_name_does_not_multiply() -> None:
    assert [each.high for each in find_amounts("vitamin B-12 500 mg tablets")] == [500]
    assert [each.high for each in find_amounts("500-1000 mg tablets")] == [1000]


def test_strong_tablets_are_known_as_such() -> None:
    (found,) = find_amounts("three extra-strength tablets")

    assert found == Amount(0, 28, 3, 3, PIECE, is_strong=True)


def test_text_that_is_no_amount_is_none() -> None:
    assert read_amount("4 g") == Amount(0, 3, 4000, 4000, "mg")
    assert read_amount("about 4 g") is None
    assert read_amount("four") is None


@given(st.text(alphabet="0123456789,./-½ ×xabcdegmlotuµ%°CFIU()", max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for each in find_amounts(text):
        assert 0 <= each.start < each.end <= len(text)


def test_time_grows_linearly_with_the_text() -> None:
    def seconds(text: str) -> float:
        start = time.perf_counter()
        find_amounts(text)
        return time.perf_counter() - start

    for piece in ("two 500 mg tablets and ", "1 ", "a ", "two of the tablets of 5 "):
        seconds(piece * 100)
        assert seconds(piece * 4000) < 30 * seconds(piece * 400) + 0.05

"""Lines, positions, and the shadow text that patterns are matched on."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.text import LineIndex, Position, fold

MIXED_LINES = "one\r\ntwo\rthree\nfour\u2028still four\x85\x0b\x0cstill four"


def test_lines_end_at_crlf_cr_and_lf_and_nowhere_else() -> None:
    lines = LineIndex(MIXED_LINES)

    texts = [lines.line(number) for number in range(1, len(lines) + 1)]

    assert texts == ["one", "two", "three", "four\u2028still four\x85\x0b\x0cstill four"]


@pytest.mark.parametrize(
    ("word", "position"),
    [("one", (1, 1)), ("two", (2, 1)), ("three", (3, 1)), ("four", (4, 1)), ("still", (4, 6))],
)
def test_position_counts_lines_and_characters_from_one(word: str, position: tuple[int, int]) -> None:
    assert Position(*position) == LineIndex(MIXED_LINES).position(MIXED_LINES.index(word))


def test_line_end_belongs_to_the_line_it_ends() -> None:
    lines = LineIndex("ab\r\ncd")

    assert [Position(1, 3), Position(1, 4), Position(2, 1)] == [lines.position(offset) for offset in (2, 3, 4)]


def test_end_of_the_text_has_a_position() -> None:
    assert Position(2, 1) == LineIndex("ab\n").position(3)
    assert Position(1, 1) == LineIndex("").position(0)


def test_text_that_ends_in_a_line_end_has_an_empty_last_line() -> None:
    lines = LineIndex("ab\r\n")

    assert len(lines) == 2
    assert lines.line(2) == ""


@pytest.mark.parametrize(
    ("source", "offset", "expected"),
    [
        ("💊 x", 2, (0, 3)),
        ("é x", 2, (0, 2)),
        ("a\r\n💊💊x", 5, (1, 4)),
        ("\ud800x", 1, (0, 1)),
        ("a\u2028b", 2, (0, 2)),
    ],
)
def test_utf16_counts_code_units_from_zero(source: str, offset: int, expected: tuple[int, int]) -> None:
    assert expected == LineIndex(source).utf16(offset)


@given(st.text(st.characters() | st.sampled_from("\r\n\u2028💊")), st.data())
def test_position_leads_back_to_its_offset(source: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(source)))
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", source))]

    line, column = LineIndex(source).position(offset)

    assert offset == starts[line - 1] + column - 1


@given(st.text(st.characters()))
def test_fold_keeps_the_length_of_every_text(text: str) -> None:
    assert len(text) == len(fold(text))


@given(st.text(st.characters()))
def test_fold_of_a_folded_text_is_the_same(text: str) -> None:
    assert fold(text) == fold(fold(text))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("don’t ‘quote’", "don't 'quote'"),
        ("“quote” «quote» „quote‟", '"quote" "quote" "quote"'),
        ("5\u00a0mg\u202f1\u2009000\u3000x\u2028y\x85z", "5 mg 1 000 x y z"),
        ("5–10 mg, co‐op, non‑stop, −4", "5-10 mg, co-op, non-stop, -4"),
        ("Sjögren’s naïve café Ménière Ł", "Sjogren's naive cafe Meniere Ł"),
        ("٣ ५ ５ x", "3 5 5 x"),
        ("ＡＢＣ％", "ABC％"),
        ("\u03bcg", "\u00b5g"),
        ("B₁₂", "B12"),
    ],
)
def test_fold_writes_what_plain_typing_would(written: str, folded: str) -> None:
    assert folded == fold(written)


@pytest.mark.parametrize("text", ["µg", "37 °C", "½ ¼ ¾ ⅓ ⅔ 2⅓", "m² m³ x¹ women⁴", "a — b", "≤ 5 ± 2 × 3", "薬 β 💊"])
def test_fold_leaves_what_would_come_to_mean_something_else(text: str) -> None:
    """A note after a word is no digit of it, and 2⅓ tablets are not 21."""
    assert text == fold(text)

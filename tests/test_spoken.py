"""Words as the formulas count them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.spoken import easy_shape_of, is_address, is_spelt, shape_of, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("well-known and/or", ["well-known", "and", "or"]),
        ("food—not pills", ["food", "not", "pills"]),
        ("wait--then go", ["wait", "then", "go"]),
        ("5 - 10 mg", ["5", "10", "mg"]),
        ("1/2 of 120/80", ["1/2", "of", "120/80"]),
        ("see https://example.org/a/b (now)", ["see", "https://example.org/a/b", "now)"]),
        ("* * *", []),
    ],
)
def test_words_stand_between_spaces_dashes_and_slashes(text: str, expected: list[str]) -> None:
    assert expected == words_of(text)


@pytest.mark.parametrize("number", ["5", "1,000,000", "12.5%", "50mg", "1/2", "1990s", "3rd", "10:30"])
def test_number_is_one_syllable_with_its_unit_and_sign(number: str) -> None:
    assert shape_of(number).syllables == 1


@pytest.mark.parametrize("unit", ["mg", "kg", "mmol", "ml.", "mcg"])
def test_unit_is_one_syllable(unit: str) -> None:
    assert shape_of(unit).syllables == 1


@pytest.mark.parametrize(
    ("word", "expected"), [("NHS", 3), ("GPs", 2), ("WHO", 5), ("MRI", 3), ("COPD", 4), ("U.S.", 2)]
)
def test_initials_are_said_letter_by_letter(word: str, expected: int) -> None:
    assert expected == shape_of(word).syllables


@pytest.mark.parametrize("word", ["AIDS", "NICE", "SARS", "NOT", "DO", "STOP", "HELP", "Take"])
def test_words_in_capitals_are_said_as_words(word: str) -> None:
    assert not is_spelt(word)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("medication", True), ("cancer", False), ("created", False), ("happening", False), ("trespasses", False),
        ("bookkeeper", False), ("everything", False), ("follow-up", False), ("anti-inflammatory", True), ("NHS", False),
        ("hospital", True), ("5,000", False),
    ],
)  # fmt: skip
def test_complex_words_are_those_of_gunning(word: str, expected: bool) -> None:
    assert expected == shape_of(word).is_complex


def test_easy_word_has_two_syllables_at_the_most_and_is_not_complex() -> None:
    easy = frozenset({"tonsillitis", "flu"})

    assert easy_shape_of("Tonsillitis.", easy)[:1] == (2,)
    assert not easy_shape_of("tonsillitis", easy).is_complex
    assert easy_shape_of("flu", easy).syllables == 1
    assert easy_shape_of("medication", easy) == shape_of("medication")
    assert easy_shape_of("tonsillitis-related", easy).syllables == 5


@pytest.mark.parametrize("word", ["www.nhs.uk", "https://x.org/", "someone@example.org"])
def test_addresses_are_known(word: str) -> None:
    assert is_address(word)
    assert shape_of(word).syllables == 0


@given(st.text(max_size=60))
def test_every_word_of_any_text_has_a_syllable_and_a_letter(text: str) -> None:
    for word in words_of(text):
        assert is_address(word) or (shape_of(word).syllables >= 1 and shape_of(word).letters >= 1)

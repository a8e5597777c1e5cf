"""Reading grades: what is counted, and the formulas with worked numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint import readers
from healthlint.diagnostic import Readability
from healthlint.formula import Counts, flesch_kincaid_grade, smog
from healthlint.prose import scored_sentences
from healthlint.readability import (
    adjusted_counts_of,
    count,
    counts_of,
    easy_words,
    familiar_words,
    is_english,
    long_words,
    readability,
)
from healthlint.syllable import syllables

PLAIN = "The cat sat on the mat and ate its food. "


def scored(source: str) -> list[str]:
    return [sentence.text for sentence in scored_sentences(readers.parse("page.md", source, "markdown"))]


def grades(source: str) -> Readability:
    return readability(readers.parse("page.md", source, "markdown"))


def test_flesch_kincaid_is_0_39_words_a_sentence_and_11_8_syllables_a_word_less_15_59() -> None:
    """Kincaid 1975: 100 words, 5 sentences, 150 syllables: 0.39 x 20 + 11.8 x 1.5 - 15.59 = 9.91."""
    assert pytest.approx(9.91) == flesch_kincaid_grade(Counts(5, 100, 150, 10))


def test_smog_is_1_043_root_of_long_words_in_30_sentences_and_3_1291() -> None:
    """McLaughlin 1969: 25 long words in 30 sentences: 1.043 x 5 + 3.1291 = 8.3441; scaled where there are fewer."""
    assert pytest.approx(8.3441) == smog(Counts(30, 400, 600, 25))
    assert pytest.approx(8.3441) == smog(Counts(6, 80, 120, 5))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("the", 1), ("cat", 1), ("ate", 1), ("food", 1), ("table", 2), ("cancer", 2), ("banana", 3), ("treated", 2),
        ("helped", 1), ("medicine", 3), ("doctor", 2), ("people", 2), ("area", 3), ("diabetes", 4),
        ("infection", 3), ("tonsillitis", 4), ("radiation", 4),
    ],
)  # fmt: skip
def test_syllables_of_common_words(word: str, expected: int) -> None:
    assert expected == syllables(word)


@given(st.text(min_size=1, max_size=30))
def test_every_word_has_a_syllable(word: str) -> None:
    assert syllables(word) >= 1


def test_sentences_words_syllables_and_long_words_are_counted() -> None:
    document = readers.parse("a.txt", "Take medicine. It helps 1,000 people’s tonsillitis.", "text")

    counts = count(scored_sentences(document))

    assert (counts.sentences, counts.words, counts.polysyllables) == (2, 7, 2)


def test_headings_tables_captions_and_fragments_are_left_out() -> None:
    source = """\
# About the heart and what it does

It pumps blood.

- a short item
- This item is a sentence.
- an item without a full stop that is long enough to be read as running prose

| cell one | cell two |
|---|---|
| A cell. | Another cell. |

> A quoted sentence.
"""

    assert scored(source) == [
        "It pumps blood.",
        "This item is a sentence.",
        "an item without a full stop that is long enough to be read as running prose",
        "A quoted sentence.",
    ]


def test_references_are_left_out() -> None:
    assert scored("It helps.\n\n## References\n\n1. Smith J. A study of it. 2019.\n") == ["It helps."]


def test_text_of_under_100_words_has_no_grade() -> None:
    assert Readability(None, None, 90, 0, rough=True) == grades(PLAIN * 9)


def test_text_of_100_words_has_grades() -> None:
    assert Readability(0.1, 3.1, 100, 0, rough=True) == grades(PLAIN * 10)


def test_words_left_out_are_counted() -> None:
    assert Readability(0.1, 3.1, 100, 3, rough=True, left_out=(("headings", 3),)) == grades(
        "# Three more words\n\n" + PLAIN * 10
    )


def test_document_without_words_has_no_grade() -> None:
    assert Readability(None, None, 0, 0, rough=True) == grades("")


def test_names_and_words_in_capitals_are_not_complex() -> None:
    document = readers.parse("a.txt", "Medication helps. In Alabama medication helps. MEDICATION HELPS.", "text")

    assert count(scored_sentences(document)).complex_words == 3


def test_words_of_the_title_and_words_that_are_explained_are_easy() -> None:
    source = """\
# Tonsillitis

Antibiotics rarely help. You may have a test called a biopsy. A clot in the lung (embolism) is an emergency.
Sepsis means that the body harms itself. Haematuria means blood in the wee. Laparoscopy is an operation.
"""

    assert easy_words(readers.parse("page.md", source, "markdown")) >= {
        "tonsillitis", "biopsy", "embolism", "haematuria", "laparoscopy", "laparoscopys"
    }  # fmt: skip
    assert not easy_words(readers.parse("page.md", source, "markdown")) & {"antibiotics", "emergency", "rarely"}


def test_adjusted_counts_differ_from_the_raw_in_easy_words_alone() -> None:
    document = readers.parse("page.md", "# Tonsillitis\n\nTonsillitis can hurt. Medication helps.", "markdown")

    raw, adjusted = counts_of(document), adjusted_counts_of(document)

    assert (raw.words, raw.syllables, raw.polysyllables) == (5, 11, 2)
    assert (adjusted.words, adjusted.syllables, adjusted.polysyllables) == (5, 9, 1)
    assert (raw.sentences, raw.letters) == (adjusted.sentences, adjusted.letters)


@given(st.text(max_size=200))
def test_adjusted_counts_are_never_harder(text: str) -> None:
    document = readers.parse("page.md", f"# Medication\n\n{text}", "markdown")

    raw, adjusted = counts_of(document), adjusted_counts_of(document)

    assert adjusted.words == raw.words
    assert adjusted.syllables <= raw.syllables
    assert adjusted.polysyllables <= raw.polysyllables
    assert adjusted.complex_words <= raw.complex_words


def test_long_words_come_costliest_first_with_their_uses() -> None:
    document = readers.parse("a.md", "Tonsillitis and medicine, medicine or a holiday. See the NHS.", "markdown")

    assert long_words(scored_sentences(document), frozenset({"holiday"})) == (("medicine", 2), ("tonsillitis", 1))


def test_familiar_words_are_the_easy_ones_and_all_of_the_titles() -> None:
    document = readers.parse("a.md", "# Sore tonsils and tonsillitis\n\nRest.", "markdown")

    assert familiar_words(document) >= easy_words(document) | {"sore", "tonsils", "tonsillitis"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Take it with food, and drink plenty of water.", True),
        ("Tome el medicamento con comida, y beba mucha agua.", False),
        ("Nehmen Sie die Tablette mit dem Essen, und trinken Sie viel Wasser.", False),
        ("", False),
    ],
)
def test_english_is_known_by_its_small_words(text: str, *, expected: bool) -> None:
    assert expected is is_english(readers.parse("a.txt", text, "text"))

"""What is scored, and why the rest is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthlint import readers
from healthlint.document import UNCOUNTED
from healthlint.prose import prose_of, scored_sentences
from healthlint.readability import count, readability
from healthlint.spoken import words_of


def left_out(source: str) -> dict[str, int]:
    return dict(prose_of(readers.parse("page.md", source, "markdown")).left_out)


def scored(source: str) -> list[str]:
    return [sentence.text for sentence in scored_sentences(readers.parse("page.md", source, "markdown"))]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# Three more words", {"headings": 3}),
        ("- a short item", {"fragments": 3}),
        ("Side effects", {"fragments": 2}),
        ("| one | two |\n|---|---|\n| three | four |", {"tables": 4}),
        ("## References\n\n1. Smith J. A study of it. 2019.", {"headings": 1, "references": 7}),
        ("Smith J, Jones AB. A study of tea. Tea Journal 2019;12(3):45.", {"references": 11}),
        ("Tea Journal 2019;12(3):45", {"references": 3}),
        ("Vitamin B12 5mg", {"fragments": 3}),
        ("Figure 2: how the heart pumps blood.", {"captions": 7}),
        ("Photo: the ward in spring", {"captions": 5}),
        ("Tel: 020 7946 0000", {"contact details": 4}),
        ("The Surgery, 1 High Street, Anytown AB1 2CD", {"contact details": 8}),
        ("Last reviewed: 3 May 2024", {"bylines": 5}),
        ("- [About the heart and how it pumps](a.md)", {"links": 7}),
        ("![A heart in a chest](heart.png)", {"image descriptions": 5}),
        ("Read it at https://example.org/a today.", {"web addresses": 1}),
    ],
)
def test_words_are_left_out_for_a_reason(source: str, expected: dict[str, int]) -> None:
    assert expected == left_out(source)


@pytest.mark.parametrize(
    "sentence",
    [
        "Call 111 or (020) 7946 0000 if you feel worse.",
        "Text your doctor.",
        "Read [about the heart](a.md).",
        "A study found that it helps (Tea Journal 2019;12(3):45), and a later one in many more people did not find it.",
        "Tables can be turned.",
        "Published studies say little.",
        "You can:",
    ],
)
def test_sentences_that_only_look_like_it_are_scored(sentence: str) -> None:
    assert len(scored(sentence)) == 1


_LINES = st.sampled_from(
    [
        "# A heading", "A sentence with words.", "- an item", "- An item that ends.", "Tel: 020 7946 0000", "a b—c/d",
        "> A quote.", "* * *", "See www.example.org now.", "GO TO WWW.EXAMPLE.ORG NOW.",
        "| a | b |\n|---|---|\n| c | d |", "Twice a day.Take it",
        "`code` here.", "1. Smith J. Tea. 2019.", "## References",
    ]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(_LINES | st.text(max_size=30), max_size=12))
def test_every_word_is_scored_or_left_out_for_a_reason(lines: list[str]) -> None:
    document = readers.parse("page.md", "\n\n".join(lines), "markdown")
    blocks = [block for block in document.blocks if block.kind not in UNCOUNTED]

    total = sum(len(words_of(sentence.shadow)) for block in blocks for sentence in block.sentences)
    grades = readability(document)

    assert total == grades.words_scored + grades.words_left_out
    assert grades.words_left_out == sum(words for _, words in grades.left_out)
    assert grades.words_scored == count(scored_sentences(document)).words

"""What only looks like what is sought is blanked, and nothing moves."""

from __future__ import annotations

from healthlint.entities import Entity, Vocabulary
from healthlint.masking import masked
from healthlint.readers import markdown

VOCABULARY = Vocabulary({"relative": Entity(terms=("heat", "breast"))})


def test_masked_words_are_blank_and_the_rest_stays_in_its_place() -> None:
    sentence = markdown.parse("page.md", "A heat stroke is no stroke.").blocks[0].sentences[0]

    text = masked(sentence, (r"\b{relative}\s+stroke\b",), VOCABULARY)

    assert text == "A " + "\x1f" * len("heat stroke") + " is no stroke."


def test_sentence_without_it_stays_as_it_is() -> None:
    sentence = markdown.parse("page.md", "A stroke.").blocks[0].sentences[0]

    assert masked(sentence, ("{relative} stroke",), VOCABULARY) == "A stroke."

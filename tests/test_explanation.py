"""Whether a page explains a word where it uses it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from healthlint import readers
from healthlint.explanation import Place, is_explained, is_glossed, topic

if TYPE_CHECKING:
    from healthlint.document import Document


def explained(text: str, word: str, *suggestions: str, short: bool = False) -> bool:
    """Say whether the first use of *word* is explained."""
    document = readers.parse("page", text, "markdown")
    return is_explained(first_use(document, word), document, suggestions, short=short)


def first_use(document: Document, word: str) -> Place:
    for block in document.blocks:
        start = block.text.find(word)
        if start >= 0:
            sentence = next(each for each in block.sentences if each.start <= start < each.end)
            return Place(block, sentence, start, start + len(word))
    raise AssertionError(f"no '{word}' in the text")


@pytest.mark.parametrize(
    "text",
    [
        "You may need a stoma (an opening on the belly).",
        "An opening on the belly (stoma) is made.",
        "An opening (also called a stoma) is made.",
        "An opening (or stoma) is made.",
        "The opening is called a stoma.",
        "The opening is known as a “stoma”.",
        "The medical term for this is stoma.",
        "The word stoma comes up a lot.",
        "A new opening, or stoma, is made.",
        "You have a stoma, which is an opening on the belly.",
        "You have a stoma, an opening on the belly.",
        "You have a stoma, that is, an opening.",
        "You have a stoma – an opening on the belly.",
        "An opening on the belly — a stoma — is made.",
        "A stoma is an opening on the belly.",
        "A stoma is when the bowel opens on the belly.",
        "A stoma is made to let poo out.",
        "A stoma means an opening.",
        "Fitting a stoma is making an opening on the belly.",
        "A stoma involves an opening.",
        "stoma: an opening on the belly",
        "- **stoma** – an opening on the belly",
        "You have choices. - stoma : An opening on the belly. - A bag.",
        "You may need a stoma. This is an opening on the belly.",
        "You may need a stoma. It usually means that the bowel needs rest.",
        "You may get a [stoma](https://example.org/stoma).",
        "## Glossary\n\nYou may have a stoma for life.",
        "## Words you may hear\n\n### S\n\nThe nurse speaks of a stoma here.",
    ],
)
def test_word_is_explained(text: str) -> None:
    assert explained(text, "stoma")


@pytest.mark.parametrize(
    "text",
    [
        "You may need a stoma.",
        "You may need a stoma for life. It hurts.",
        "You may need a stoma (see page 4).",
        "You may need a stoma (IBD).",
        "A bag or a stoma may help you.",
        "You need a scan and a stoma, but not today.",
        "A stoma is common.",
        "The stoma was fine. The nurse was kind. This is a good ward.",
        "You have a stoma and call the nurse.",
        "## Common questions\n\nYou may have a stoma for life.",
        "Your nurse checks the stoma each day for a month in the clinic. This is a good ward.",
    ],
)
def test_word_is_not_explained(text: str) -> None:
    assert not explained(text, "stoma")


def test_abbreviation_beside_another_name_counts_as_explained() -> None:
    for text in ("Lung disease or COPD is common.", "COPD or lung disease is common."):
        assert explained(text, "COPD", short=True)
        assert not explained(text, "COPD")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hypertension is common. High blood pressure can harm you.", True),
        ("Do you have high blood pressure? Ask. Hypertension is common.", False),
        ("Hypertension puts pressure on you.", False),
        ("Hypertension is common.\n\nHigh blood pressure can harm you.", False),
    ],
)
def test_plain_words_in_the_same_sentence_or_the_next_explain(text: str, *, expected: bool) -> None:
    assert expected == explained(text, "Hypertension", "high blood pressure")


def test_words_that_the_term_has_itself_explain_nothing() -> None:
    assert not explained("You have a carotid artery in the body.", "carotid artery", "large artery in the body")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<title>About Sjögren’s</title><h2>The eyes</h2><h1>Dry eyes</h1>", " about sjogren's | dry eyes "),
        ("<h2>The eyes</h2><h2>The mouth</h2>", " the eyes "),
        ("<p>No title.</p>", "  "),
    ],
)
def test_topic_is_what_the_titles_say_or_else_the_first_heading(html: str, expected: str) -> None:
    assert expected == topic(readers.parse("a.html", html, "html"))


def test_many_uses_and_links_in_one_paragraph_stay_fast() -> None:
    text = "A [stoma](https://example.org) or stoma. " * 5_000
    document = readers.parse("page", text, "markdown")
    block = document.blocks[0]
    started = time.perf_counter()

    for sentence in block.sentences:
        is_explained(Place(block, sentence, sentence.start + 11, sentence.start + 16), document, ("opening",))

    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    "text",
    [
        "The opening is called a stoma.",
        "The opening (stoma) is made.",
        "An opening, or stoma, is made.",
        "A loop, also known as a loop stoma, is made.",
        "The stoma (an opening on the belly) is made.",
        "A stoma means an opening.",
        "When you have a stoma, also called an ostomy, you wear a bag.",
        "stoma is an opening on the belly.",
    ],
)
def test_sentence_that_tells_the_meaning_glosses_the_word(text: str) -> None:
    assert is_glossed(first_use(readers.parse("page", text, "markdown"), "stoma"))


@pytest.mark.parametrize(
    "text",
    [
        "You have a stoma.",
        "Look after your stoma. This is important.",
        "See [stoma](stoma.md) for more.",
        "A stoma (see page 3) is made.",
        "The stoma is a worry for many.",
        "stoma is an option for some.",
        "A bag or stoma is needed.",
        "It is made (usually a stoma is).",
    ],
)
def test_sentence_that_only_has_the_word_does_not_gloss_it(text: str) -> None:
    assert not is_glossed(first_use(readers.parse("page", text, "markdown"), "stoma"))

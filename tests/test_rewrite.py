"""What to change, and what it brings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthlint import readers
from healthlint.entities import Vocabulary
from healthlint.library import load_library
from healthlint.prose import prose_of
from healthlint.readability import counts_of
from healthlint.rewrite import Change, changed, changes
from healthlint.score import score

LONG = (
    "You can take the tablets with food every morning and every evening if you like, "
    "because the food will help to keep your stomach calm during the whole of the day."
)
SENTENCES = st.lists(
    st.sampled_from(
        [
            LONG,
            "We utilised it at the commencement of treatment.",
            "In the event that you feel unwell, terminate the treatment.",
            "Additionally, a large number of people utilize tablets.",
            "Renal impairment was subsequently demonstrated, in order to help.",
            "Rest.",
        ]
    ),
    min_size=1,
    max_size=12,
)


VOCABULARY = load_library().vocabulary


@pytest.fixture
def vocabulary() -> Vocabulary:
    """Have the word lists that come with healthlint."""
    return VOCABULARY


def found_in(text: str, vocabulary: Vocabulary) -> tuple[Change, ...]:
    return changes(score(readers.parse("a.md", text, "markdown")), vocabulary)


def rewritten(text: str, made: tuple[Change, ...]) -> str:
    """Make the changes in *text*, one paragraph, which is its own block."""
    edits = []
    for change in made:
        for place in change.places:
            start = place.sentence.start + place.start
            if change.kind == "split":
                edits.append((start, start, ". Now, "))
            else:
                capital = place.text[0].isupper()
                instead = change.instead[0].upper() + change.instead[1:] if capital else change.instead
                edits.append((start, place.sentence.start + place.end, instead))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


@settings(deadline=None)
@given(SENTENCES)
def test_counts_after_swaps_are_those_of_the_rewritten_text(sentences: list[str]) -> None:
    text = " ".join(sentences)
    document = readers.parse("a.txt", text, "text")
    swaps = tuple(each for each in changes(score(document), VOCABULARY) if each.kind == "swap")

    after = readers.parse("a.txt", rewritten(text, swaps), "text")

    expected = counts_of(after)
    assert changed(counts_of(document), swaps)[:4] == expected[:4]


def test_split_adds_a_sentence_and_nothing_else(vocabulary: Vocabulary) -> None:
    document = readers.parse("a.txt", LONG, "text")
    (split,) = changes(score(document), vocabulary)

    before, after = counts_of(document), changed(counts_of(document), (split,))

    assert split.kind == "split"
    assert after == before._replace(sentences=before.sentences + 1)


def test_plain_word_stands_in_the_form_of_the_text_for_all_its_places(vocabulary: Vocabulary) -> None:
    found = found_in("We utilised it. They utilised it. We rest.", vocabulary)

    (swap,) = (each for each in found if each.kind == "swap")
    assert swap.instead == "used"
    assert [place.text for place in swap.places] == ["utilised", "utilised"]


def test_word_that_the_page_is_about_has_no_plain_word(vocabulary: Vocabulary) -> None:
    assert found_in("# Commencement\n\nThe commencement is near.", vocabulary) == ()


def test_changes_come_best_first_and_none_is_for_nothing(vocabulary: Vocabulary) -> None:
    gains = [each.gain for each in found_in(f"{LONG} We utilised it. {LONG}", vocabulary)]

    assert len(gains) == 3
    assert sorted(gains, reverse=True) == gains
    assert min(gains) > 0


def test_without_word_lists_there_is_nothing_to_swap() -> None:
    assert [each.kind for each in found_in(f"{LONG} We utilised it.", Vocabulary({}))] == ["split"]


def test_text_without_sentences_has_nothing_to_change(vocabulary: Vocabulary) -> None:
    document = readers.parse("a.md", "", "markdown")

    assert prose_of(document).sentences == ()
    assert found_in("", vocabulary) == ()

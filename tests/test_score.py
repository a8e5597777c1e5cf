"""Grades of a document, and the sentences that make it hard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint import readers
from healthlint.band import level, minus
from healthlint.prose import prose_of
from healthlint.readability import count, counts_of
from healthlint.score import HARD, Score, score

EASY = "Drink water when you feel hot. Rest in the shade. "
LONG = (
    "Administration of intravenous immunoglobulin was considered in those with refractory polyradiculoneuropathy, "
    "although evidence of its effectiveness remained insufficient. "
)
SENTENCES = st.lists(
    st.sampled_from(
        [
            "Drink water.",
            "Rest is given to those who need it.",
            "Ask Dr Example about 5 mg, not 50.",
            "Hypertension, which is common, complicates pregnancy in individuals who smoke.",
            "See www.example.org for more information and advice.",
            "NHS and WHO say so!",
        ]
    ),
    max_size=40,
)


def scored(text: str) -> Score:
    return score(readers.parse("a.md", text, "markdown"))


@given(SENTENCES)
def test_gain_of_a_sentence_is_what_counting_without_it_gives(sentences: list[str]) -> None:
    document = readers.parse("a.md", "\n\n".join(sentences), "markdown")
    members = prose_of(document).sentences

    for index, each in enumerate(score(document).sentences):
        without = count((*members[:index], *members[index + 1 :]))

        assert each.gain == pytest.approx(level(counts_of(document)) - level(without))


@given(SENTENCES)
def test_counts_of_the_parts_add_up_to_those_of_the_whole(sentences: list[str]) -> None:
    members = prose_of(readers.parse("a.md", "\n\n".join(sentences), "markdown")).sentences

    assert minus(count(members), count(members[:3])) == count(members[3:])


def test_text_of_fewer_than_100_words_has_no_grade_but_sentences() -> None:
    short = scored(EASY)

    assert short.grades is None
    assert short.adjusted is None
    assert len(short.sentences) == 2


def test_empty_text_has_nothing() -> None:
    empty = scored("")

    assert (empty.grades, empty.sentences, empty.longest, empty.difficulty, empty.passive) == (None, (), None, 0, 0)


def test_grades_are_rough_below_300_words() -> None:
    assert scored(EASY * 12).is_rough
    assert not scored(EASY * 40).is_rough


def test_hard_sentences_come_hardest_first() -> None:
    found = scored(EASY * 12 + LONG + "Idiopathic thrombocytopenia necessitates splenectomy.").hard

    assert len(found) == 2
    assert all(each.difficulty.score > HARD for each in found)
    assert found[0].difficulty.score >= found[1].difficulty.score


def test_hard_sentence_pushes_the_grade_up_and_an_easy_one_down() -> None:
    document = scored(EASY * 12 + LONG)

    hardest = max(document.sentences, key=lambda each: each.gain)

    assert hardest.sentence.text.startswith("Administration")
    assert min(each.gain for each in document.sentences) < 0


def test_topic_of_the_page_counts_as_easy_in_the_adjusted_grades() -> None:
    page = scored("# Hypertension\n\n" + "Hypertension can be treated with tablets every day. " * 14)

    assert page.grades
    assert page.adjusted
    assert page.adjusted.band < page.grades.band


def test_passive_is_the_share_of_sentences_that_have_one() -> None:
    assert scored("It is given at night. They were found. Rest. Drink water.").passive == 0.5


def test_sections_with_enough_prose_have_grades_of_their_own() -> None:
    page = scored(f"# One\n\n{EASY * 12}\n\n## Two\n\n{LONG * 6}\n\n## Three\n\nShort.\n")

    one, two = page.sections

    assert one.heading is not None
    assert one.heading.text == "One"
    assert one.grades.band < two.grades.band

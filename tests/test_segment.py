"""Sentences, clauses and words: what cuts, what does not, and what holds for any text."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.segment import clauses, sentences, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.text import Span

    Segmenter = Callable[[str], tuple[Span, ...]]

_TELLING_CHARACTERS = "aAI15 .!?…:;()[]\"'“”\u2019-\u2013—\n,³。é\u0301@/"
_PATIENCE_S = 2
_TEXTS = st.one_of(st.text(max_size=200), st.text(alphabet=_TELLING_CHARACTERS, max_size=120))


def _texts(segment: Segmenter, text: str) -> list[str]:
    return [text[start:end] for start, end in segment(text)]


@pytest.mark.parametrize(
    "parts",
    [
        "Rest today. | Drink water.",
        "Is it safe? | Yes! | Ask us.",
        "The result was p < 0.05. | We stopped the trial.",
        "It showed on an MRI. | The scan took an hour.",
        "Take approx. 5 mg. | Take it with food.",
        "Store below 25 °C. | Do not freeze.",
        "Give 2.5 mL b.i.d. | Parents can help.",
        "It was given i.v. | Ketamine was not.",
        "The ward opens at 9 a.m. | Visitors wait outside.",
        "It is sold in the U.S. | It is not sold here.",
        "She has a Ph.D. | She runs the clinic.",
        "Eat fruit, nuts, etc. | Avoid salt.",
        "Get enough vitamin C. | Oranges help.",
        "This blocks NF-kappa B. | Inflammation falls.",
        "Wait 24 h. | Repeat the test.",
        "She has relapsing MS. | Physiotherapy helps her.",
        "If unsure, ask your Dr. | If it hurts, stop.",
        "The answer is no. | Nothing helps.",
        "Half had pain. | 10 needed surgery.",
        "We went home, you and I. | The ward was shut.",
        "See www.example.org/doses. | It lists them all.",
        "Write to ana.lee@example.org. | She replies.",
        "Open leaflet.pdf. | Print it.",
        "The app is at version 2.1.3. | Update it.",
    ],
)
def test_a_full_stop_before_a_new_start_ends_a_sentence(parts: str) -> None:
    expected = parts.split(" | ")

    assert expected == _texts(sentences, " ".join(expected))


@pytest.mark.parametrize(
    "parts",
    [
        "It hurt. | (It no longer does.) | We moved on.",
        "“Is it safe?” | The nurse nodded.",
        'He said "Stop." | She did.',
        "He said \u2018Stop.\u2019 | She did.",
        "(See the leaflet.) | Then call.",
        "It helps most women.³ | The rest need more.",
        "It helps most women.[3,4] | The rest need more.",
        "It helps most women. [3] | The rest need more.",
        "It helps most women.12 | The rest need more.",
        "It helps!! | Try it.",
    ],
)
def test_what_closes_a_sentence_belongs_to_it(parts: str) -> None:
    expected = parts.split(" | ")

    assert expected == _texts(sentences, " ".join(expected))


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Lee et al. (2019) found no harm.",
        "Ask Mr. Smith, Mrs. Jones or Prof. Khan.",
        "Take one of these, e.g. Paracetamol or i.e. Aspirin.",
        "It was compared vs. Placebo in St. Mary's.",
        "No. 5 is the dose of vol. 3, pp. 10 and Fig. 2.",
        "Take max. 4 a day and min. 2 tab. daily.",
        "Give 5 mg. twice daily by inj. into the arm.",
        "Swallow 2 caps. p.o. t.i.d. with water.",
        "J. Smith and A. B. Jones wrote this.",
        "The U.S. Government and the U.K. Parliament agreed.",
        "We meet at 9 a.m. Monday, or 5 p.m. EST.",
        "The shop is open 9 a.m. - 5 p.m. every day.",
        "It grew E. coli and S. aureus.",
        "Wait ... then breathe… and rest.",
        "“Does it hurt?” asked the nurse.",
        "“Does it hurt?” Ana asked.",
        "She called (He was asleep.) at noon.",
        "1. Wash your hands.",
        "Figure 2. Doses by age.",
        "Do this: 1. Wash your hands, then rest.",
        "The pill costs $1.50 or 1,000.50 in all.",
        "A line ends here\nand goes on.",
        "Gene symbols (cf. Brown) are in italics.",
        "Search for Yahoo! in the list.",
        "MR. SMITH IS HERE",
    ],
)
def test_an_abbreviation_a_number_or_an_aside_does_not_end_a_sentence(text: str) -> None:
    assert [text] == _texts(sentences, text)


@pytest.mark.parametrize(
    "parts",
    [
        "the pill is big. | it is hard to swallow.",
        "Levels rose in platelets. | cAMP fell.",
        "Will it hurt? | maybe a little.",
        "It was. | i am fine.",
    ],
)
def test_a_sentence_may_begin_small_when_both_sides_look_like_sentences(parts: str) -> None:
    expected = parts.split(" | ")

    assert expected == _texts(sentences, " ".join(expected))


@pytest.mark.parametrize(
    "parts",
    [
        "1. Wash your hands. | 2. Dry them.",
        "1) Wash your hands | 2) Dry them | 3) Put on gloves",
        "a. Wash your hands | b. Dry them",
        "• 9. Wash your hands | • 10. Dry them",
    ],
)
def test_a_list_set_as_one_paragraph_is_cut_before_each_numeral(parts: str) -> None:
    expected = parts.split(" | ")

    assert expected == _texts(sentences, " ".join(expected))


def test_a_number_in_another_style_is_no_numeral_of_the_list() -> None:
    text = "2. Pay three (3) percent"

    assert [text] == _texts(sentences, text)


def test_a_forgotten_space_still_ends_a_sentence() -> None:
    expected = ["Take one a day.", "Swallow it."]

    assert expected == _texts(sentences, "".join(expected))


@pytest.mark.parametrize("expected", [["服用一片。", "不要饮酒。"], ["お大事に\uff01", "また明日。"]])
def test_an_ideographic_stop_needs_no_space(expected: list[str]) -> None:
    assert expected == _texts(sentences, "".join(expected))


def test_a_danda_ends_a_sentence() -> None:
    expected = ["दवा लें।", "पानी पिएँ।"]

    assert expected == _texts(sentences, " ".join(expected))


@pytest.mark.parametrize("blank", ["\n\n", "\n \t\n", "\r\n\r\n", "\n\n\n  "])
def test_a_blank_line_ends_a_sentence(blank: str) -> None:
    expected = ["Side effects", "they are rare"]

    assert expected == _texts(sentences, blank.join(expected))


def test_a_paragraph_is_cut_alike_alone_and_in_a_document() -> None:
    paragraph = "See Dr. Lee. Take 5 mg."

    alone = _texts(sentences, paragraph)

    expected = [*alone, "x", *alone]
    assert expected == _texts(sentences, f"{paragraph}\n\nx\n\n{paragraph}")


@pytest.mark.parametrize("segment", [sentences, clauses, words])
@pytest.mark.parametrize("text", ["", " \n\n "])
def test_a_blank_text_has_no_parts(segment: Segmenter, text: str) -> None:
    expected: list[str] = []

    assert expected == _texts(segment, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It works; it is safe: take it.", ["It works", "it is safe", "take it."]),
        ("Take it (with food) daily.", ["Take it", "with food", "daily."]),
        ("It works — mostly \u2013 or not - so far.", ["It works", "mostly", "or not", "so far."]),
        ("It works, but it hurts.", ["It works,", "but it hurts."]),
        ("People who smoke, whose risk is high", ["People", "who smoke,", "whose risk is high"]),
        ("Rest UNLESS you are well", ["Rest", "UNLESS you are well"]),
        ("Although ill, she ran", ["Although ill, she ran"]),
    ],
)
def test_a_clause_ends_at_a_mark_or_before_a_conjunction(text: str, expected: list[str]) -> None:
    assert expected == _texts(clauses, text)


@pytest.mark.parametrize(
    "text",
    [
        "Come at 10:30, or see https://example.org",
        "Ask the patient(s) today",
        "Take 5\u201310 mg of a well-known drug",
        "The WHO says so",
        "It is not yet known",
        "Butter, whoever whiled, exceptional",
    ],
)
def test_what_only_looks_like_a_break_does_not_end_a_clause(text: str) -> None:
    assert [text] == _texts(clauses, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don't ask the patient\u2019s son", ["Don't", "ask", "the", "patient\u2019s", "son"]),
        ("'quoted' patients' notes", ["quoted", "patients", "notes"]),
        ("1,000 mg, 0.5 and 1.5.", ["1,000", "mg", "0.5", "and", "1.5"]),
        ("side-effect 10/12 and_or", ["side", "effect", "10", "12", "and", "or"]),
        ("B12 HbA1c 5mg", ["B12", "HbA1c", "5mg"]),
        ("≥ 5 % \u00d7 x² ½ → 💊", ["5", "x"]),
        ("e\u0301tat naïve हिन्दी में", ["e\u0301tat", "naïve", "हिन्दी", "में"]),
    ],
)
def test_a_word_is_a_run_of_letters_or_digits_with_what_stands_inside_it(text: str, expected: list[str]) -> None:
    assert expected == _texts(words, text)


@given(_TEXTS)
def test_every_character_but_space_is_in_a_sentence(text: str) -> None:
    covered = "".join(_texts(sentences, text))

    assert "".join(text.split()) == "".join(covered.split())


@pytest.mark.parametrize("segment", [sentences, clauses, words])
@given(text=_TEXTS)
def test_spans_are_trimmed_ordered_and_disjoint(segment: Segmenter, text: str) -> None:
    spans = segment(text)

    assert all(start < end for start, end in spans)
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


@pytest.mark.parametrize("segment", [sentences, clauses, words])
@pytest.mark.parametrize(
    "unit",
    [".", ". ", "a.", "a. ", "(", "(. ", "[1", "a.[1 ", "a.1,", "\n", " ", '"', '." ', "1) 2) ", "- ", "a(", "e.g. "],
)
def test_time_grows_with_the_text_only(segment: Segmenter, unit: str) -> None:
    """At quadratic cost, 200 kB of these would take minutes."""
    text = "a" + unit * (200_000 // len(unit)) + "a"

    started = time.process_time()
    segment(text)

    assert time.process_time() - started < _PATIENCE_S

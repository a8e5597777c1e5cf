"""Hard sentences: found whole, with what makes them hard and how to make them plainer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint import readers
from healthlint.checks.difficulty import Check
from healthlint.document import PROSE
from healthlint.entities import Vocabulary
from healthlint.errors import SettingError
from healthlint.library import load_library

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.finding import Finding

    Find = Callable[..., list[Finding]]
    Texts = Callable[..., list[str]]

HARD = "Perimenopausal dysregulation of the hypothalamic axis precipitates vasomotor instability."
LONG = (
    "Your doctor can prior to the idiopathic thrombocytopenia ask you to have a test of the splenic vasculature, "
    "because the corticosteroids that you have been given in the hospital may precipitate it."
)
VOCABULARY = load_library().vocabulary


def found_in(source: str, vocabulary: Vocabulary = VOCABULARY) -> list[Finding]:
    document = readers.parse("a.md", source, "markdown")
    sentences = [sentence for block in document.blocks if block.kind in PROSE for sentence in block.sentences]
    return list(Check(4.5).find(document, sentences, vocabulary))


def test_hard_sentence_is_found_whole_with_what_makes_it_hard(find: Find) -> None:
    (found,) = find(Check(4.5), f"Rest. {HARD} Call us.")

    assert found.text == HARD
    assert found.values["reasons"].startswith("medical terms (hypothalamic, vasomotor); uncommon words (dysregulation")
    assert float(found.values["score"]) > 4.5


def test_weights_are_what_each_cue_adds_to_an_easy_sentence(find: Find) -> None:
    (found,) = find(Check(4.5), HARD)

    assert found.weights[0][0] == "medical terms"
    assert sum(weight for _, weight in found.weights) + 2.34 == pytest.approx(float(found.values["score"]), abs=0.06)


def test_change_says_where_to_split_and_which_words_are_plainer() -> None:
    (found,) = found_in(LONG)

    assert found.values["change"].startswith(
        "Split it before 'because the corticosteroids that …', and write 'before' for"
    )
    assert found.values["change"].endswith("'low platelets' for 'thrombocytopenia'.")


def test_sentence_with_nothing_to_split_or_swap_gets_general_advice(find: Find) -> None:
    (found,) = find(Check(4.5), HARD)

    assert found.values["change"] == "Use words that more people know, and say one thing at a time."


@pytest.mark.parametrize(
    "text",
    [
        "Take one tablet a day with food, and drink plenty of water.",
        HARD.rstrip("."),
        HARD[0].lower() + HARD[1:],
        "Idiopathic thrombocytopenia is transient.",
        "Ask Anneliese Featherstonehaugh of Wolverhampton about the Llandrindod and Uttoxeter study.",
        "Perimenopausale Dysregulation der hypothalamischen Achse bewirkt vasomotorische Instabilität.",
        f"# {HARD}",
        "",
    ],
)
def test_easy_sentence_fragment_name_or_other_language_is_let_be(texts: Texts, text: str) -> None:
    assert texts(Check(4.5), text) == []


def test_words_of_the_title_cost_nothing(texts: Texts) -> None:
    assert texts(Check(4.5), f"# Perimenopausal vasomotor instability, the hypothalamic axis\n\n{HARD}") == []


def test_what_is_ignored_costs_nothing_and_leaves_the_place_as_it_is(find: Find) -> None:
    cited = "Most of the people got better with it (CD000980.pub4, CG150, SERPINA7)."

    assert len(find(Check(4.5), cited)) == 1
    assert find(Check(4.5, ignore=r"\([^()]*\)"), cited) == []
    (found,) = find(Check(4.5, ignore=r"\([^()]*\)"), f"{HARD[:-1]} (CG150).")
    assert found.text == f"{HARD[:-1]} (CG150)."


def test_short_sentence_is_let_be_where_the_rule_says_so(texts: Texts) -> None:
    assert texts(Check(4.5, min_words=9), HARD) == [HARD]
    assert texts(Check(4.5, min_words=10), HARD) == []


@given(st.lists(st.sampled_from([HARD, LONG, "Rest.", "(See it.)", "* a", "\n\n", "# One\n\n"]), max_size=12))
def test_every_place_is_a_whole_sentence_that_is_harder_than_the_limit(parts: list[str]) -> None:
    for found in found_in(" ".join(parts), Vocabulary({})):
        assert found.sentence is not None
        assert found.sentence.text == found.text
        assert float(found.values["score"]) >= 4.5


@pytest.mark.parametrize(
    ("settings", "key", "message"),
    [
        ({"above": 6}, "above", "must be from 1 to below 6"),
        ({"above": 0.5}, "above", "must be from 1 to below 6"),
        ({"above": 4, "min_words": 0}, "min_words", "must be 1 or more"),
        ({"above": 4, "ignore": "("}, "ignore", "missing"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(settings: dict[str, Any], key: str, message: str) -> None:
    with pytest.raises(SettingError, match=message) as caught:
        Check(**settings).validate(Vocabulary({}))

    assert caught.value.key == key

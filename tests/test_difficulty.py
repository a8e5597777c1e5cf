"""How hard a sentence is: the score, what raises it, and the table of weights that ships."""

from __future__ import annotations

import json
import re
from math import log2
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint import difficulty as module
from healthlint.cues import CUES
from healthlint.difficulty import (
    EASIEST,
    EASY_WORDS,
    HARDEST,
    Cue,
    difficulty,
    load_weights,
    mean_difficulty,
)
from healthlint.document import Block, Sentence

ROOT = Path(__file__).parent.parent
TABLE = json.loads(Path(module.__file__).parent.joinpath("data", "difficulty.json").read_text(encoding="utf-8"))
words = st.lists(
    st.sampled_from(
        "you the take hypertension callose NSAIDs mTORC1 B12 5 mg not isn't is treated implementation Banksy - ( ) ,"
        " café co-payment because which ½ é".split()
    ),
    max_size=30,
)


def sentence(text: str) -> Sentence:
    return Sentence(Block("paragraph", text, range(len(text) + 1)), 0, len(text))


def score(text: str, *easy: str) -> float:
    return difficulty(sentence(text), frozenset(easy)).score


def cue(text: str, name: str) -> Cue:
    return next(cue for cue in difficulty(sentence(text)).cues if cue.name == name)


def test_score_is_that_of_one_word_and_the_same_for_each_doubling() -> None:
    """Eight of the most common words weigh eight: 0.96 + 0.46 x log2(8) = 2.34."""
    assert pytest.approx(TABLE["one_word"] + TABLE["doubling"] * 3) == score("We all know what you have done here.")


def test_unknown_word_weighs_what_the_table_says() -> None:
    weight = 5 + TABLE["costs"]["very rare word"]["cost"]

    assert pytest.approx(TABLE["one_word"] + TABLE["doubling"] * log2(weight)) == score("We all know what callose.")


def test_easy_sentence_has_no_cues() -> None:
    assert difficulty(sentence("See what you can do.")).cues == ()


@pytest.mark.parametrize(
    ("text", "name", "amount", "at_fault"),
    [
        ("We all know what you have done and what you can do here now.", "length", 14, ()),
        ("They saw callose and a glyph.", "rare words", 2, ("callose", "glyph")),
        ("They saw pancreatitis.", "medical terms", 1, ("pancreatitis",)),
        ("They saw Qwertyville.", "names", 1, ("Qwertyville",)),
        ("They saw an XQZ and two XQZs.", "abbreviations", 2, ("XQZ", "XQZs")),
        ("They saw mTORC1 and B12.", "codes", 2, ("mTORC1", "B12")),
        ("They saw 5 of 1,000 people who were there.", "numbers", 2, ("5", "1,000")),
        ("They saw an extraordinary one.", "long words", 1, ("extraordinary",)),
        ("They saw the implementation of it.", "nominalisations", 1, ("implementation",)),
        ("They saw the follow-up of it.", "compounds", 1, ("follow-up",)),
        ("They saw one of ten in the house.", "linked phrases", 2, ()),
        ("They saw it because they were there (or may be).", "clauses", 2, ()),
        ("The two of them were told that it is often taken.", "passive", 2, ("were told", "is often taken")),
        ("They did not see it and don't want it, nor you.", "negation", 3, ("not", "don't", "nor")),
    ],
)
def test_cue_names_how_often_and_which_words(text: str, name: str, amount: float, at_fault: tuple[str, ...]) -> None:
    found = cue(text, name)

    assert found.amount == amount
    assert found.words == at_fault
    assert found.points > 0


@pytest.mark.parametrize(
    "text", ["It is often red.", "There are seven of them.", "It is indeed so.", "They are golden."]
)
def test_adjective_after_be_is_no_passive(text: str) -> None:
    assert "passive" not in {cue.name for cue in difficulty(sentence(text)).cues}


def test_words_stand_as_they_are_written() -> None:
    assert cue("They don’t want it and see no CALLOSE or Pancreatitis here.", "negation").words == ("don’t", "no")
    assert cue("DO NOT TAKE CALLOSE WITH IT.", "rare words").words == ("CALLOSE",)
    assert cue("Never take CALLOSE with it.", "rare words").words == ("CALLOSE",)


def test_known_abbreviation_costs_nothing() -> None:
    assert score("Ask the NHS.") < score("Ask the XQZ.")


def test_explained_words_count_as_familiar_in_any_form() -> None:
    text = "They saw two biofilms and an XQZ."

    assert score(text, "biofilm", "xqz") == pytest.approx(score("They saw two things and an end."), abs=0.2)
    assert score(text, "biofilm") < score(text)


def test_longer_sentence_is_harder() -> None:
    assert score("You can go and see them.") < score("You can go and see them and then you can go and see us.")


def test_mean_counts_a_sentence_by_its_words() -> None:
    short, long = sentence("See callose."), sentence("You can go and see them and go.")
    expected = (2 * difficulty(short).score + 8 * difficulty(long).score) / 10

    assert pytest.approx(expected) == mean_difficulty([short, long])


def test_mean_of_nothing_is_0() -> None:
    assert mean_difficulty([]) == 0
    assert mean_difficulty([sentence("…")]) == 0


@given(st.text(max_size=200))
def test_any_text_has_a_score_on_the_scale_and_the_same_one_twice(text: str) -> None:
    first, second = difficulty(sentence(text)), difficulty(sentence(text))

    assert EASIEST <= first.score <= HARDEST
    assert first == second
    assert {each.name for each in first.cues} <= set(CUES)


@given(words)
def test_points_add_up_to_what_is_above_an_easy_sentence(drawn: list[str]) -> None:
    found = difficulty(sentence(" ".join(drawn)))

    above = max(found.score - load_weights().score(EASY_WORDS), 0)

    assert sum(each.points for each in found.cues) == pytest.approx(above if found.cues else 0, abs=1e-9)
    assert [each.points for each in found.cues] == sorted((each.points for each in found.cues), reverse=True)


@given(words, st.sampled_from(["callose", "pancreatitis", "XQZ", "mTORC1", "glyph"]))
def test_another_hard_word_never_makes_a_sentence_easier(drawn: list[str], hard: str) -> None:
    assert score(" ".join([*drawn, hard])) >= score(" ".join(drawn))


@given(words, st.frozensets(st.sampled_from(["hypertension", "callose", "nsaid", "implementation", "banksy", "you"])))
def test_explained_words_never_make_a_sentence_harder(drawn: list[str], easy: frozenset[str]) -> None:
    text = " ".join(drawn)

    assert difficulty(sentence(text), easy).score <= score(text)


def test_no_weight_is_below_its_floor_and_a_rarer_word_never_weighs_less() -> None:
    rows = TABLE["costs"]
    rarities = [rows[f"{name} word"]["cost"] for name in ("less common", "uncommon", "rare", "very rare")]

    assert [name for name, row in rows.items() if row["cost"] < row["floor"] or row["floor"] <= 0] == []
    assert rarities == sorted(rarities)
    assert rows["medical term"]["cost"] >= rows["very rare word"]["cost"]


def test_table_in_the_docs_is_the_one_that_ships() -> None:
    page = (ROOT / "docs" / "sentence-difficulty.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([a-z ]+?) \| ([\d.]+) \| ", page, re.MULTILINE))

    assert {name: float(cost) for name, cost in rows.items()} == {
        name: row["cost"] for name, row in TABLE["costs"].items()
    }
    assert f"{TABLE['one_word']} + {TABLE['doubling']} × log2" in page
    for figure in TABLE["provenance"]["pearson_r_not_seen"].values():
        assert f"{figure:.3f}" in page

"""Sequences: word classes in order in one clause, with small gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint import readers
from healthlint.checks.sequence import Check
from healthlint.entities import Entity, Vocabulary
from healthlint.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.finding import Finding

    Find = Callable[..., list[Finding]]
    Texts = Callable[..., list[str]]

ENTITIES = {
    "cure": Entity(terms=("cure", "cures", "get rid of", "gets rid of")),
    "ill": Entity(terms=("flu", "cancer", "lung cancer")),
    "not": Entity(terms=("not", "never")),
    "tea": Entity(terms=("tea",), patterns=(r"\w+ tea",)),
}
TWO = ("{cure}", "{ill}")


def test_slots_are_found_in_order_with_their_words(find: Find) -> None:
    (found,) = find(Check(("{tea}", "{cure}", "{ill}")), "Our green tea quickly cures all lung cancer.", ENTITIES)

    assert found.text == "green tea quickly cures all lung cancer"
    assert dict(found.values) == {"slot-1": "green tea", "slot-2": "cures", "slot-3": "lung cancer"}


@pytest.mark.parametrize("text", ["Flu cures.", "It cures.", "Cures it. Flu is bad.", "A cure\n\nflu"])
def test_slots_out_of_order_or_apart_are_not_found(texts: Texts, text: str) -> None:
    assert texts(Check(TWO), text, ENTITIES) == []


@pytest.mark.parametrize(
    ("gap", "expected"), [(0, []), (1, []), (2, ["cures the worst flu"]), (9, ["cures the worst flu"])]
)
def test_gap_is_the_largest_number_of_words_between(texts: Texts, gap: int, expected: list[str]) -> None:
    assert texts(Check(TWO, gap=gap), "It cures the worst flu.", ENTITIES) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It cures flu.", ["cures flu"]),
        ("Flu is what it cures.", ["Flu is what it cures"]),
        ("It cures flu and cures cancer.", ["cures flu", "cures cancer"]),
        ("Flu it cures, and cancer.", ["Flu it cures"]),
        ("A cure.", []),
    ],
)
def test_slots_may_stand_in_either_order(texts: Texts, text: str, expected: list[str]) -> None:
    assert texts(Check(TWO, order="either"), text, ENTITIES) == expected


def test_slots_keep_their_numbers_and_gaps_in_either_order(find: Find) -> None:
    check = Check(("{tea}", "{cure}", "{ill}"), gap=(0, 3), order="either", report=1)

    (found,) = find(check, "For flu and more cures tea is praised.", ENTITIES)

    assert found.text == "tea"
    assert dict(found.values) == {"slot-1": "tea", "slot-2": "cures", "slot-3": "flu"}


def test_comma_counts_as_a_word(texts: Texts) -> None:
    text = "It cures, fast, flu."

    assert texts(Check(TWO, gap=2), text, ENTITIES) == []
    assert texts(Check(TWO, gap=3), text, ENTITIES) == ["cures, fast, flu"]


def test_every_gap_may_have_its_own_size(texts: Texts) -> None:
    check = Check(("{tea}", "{cure}", "{ill}"), gap=(0, 2))

    assert texts(check, "Tea cures the worst flu. Tea now cures flu.", ENTITIES) == ["Tea cures the worst flu"]


def test_slots_in_two_clauses_are_found_only_within_a_sentence(texts: Texts) -> None:
    text = "It cures people who have flu."

    assert texts(Check(TWO), text, ENTITIES) == []
    assert texts(Check(TWO, within="sentence"), text, ENTITIES) == ["cures people who have flu"]


def test_barred_word_in_a_gap_keeps_slots_apart(texts: Texts) -> None:
    check = Check(TWO, barring=("{not}",))

    assert texts(check, "It cures not flu. Not cures flu. It cures flu, never.", ENTITIES) == ["cures flu", "cures flu"]


@pytest.mark.parametrize(("report", "expected"), [("all", "Tea cures flu"), (1, "Tea"), (2, "cures"), (3, "flu")])
def test_report_is_all_or_one_slot(texts: Texts, report: Any, expected: str) -> None:
    check = Check(("{tea}", "{cure}", "{ill}"), report=report)

    assert texts(check, "Tea cures flu.", ENTITIES) == [expected]


def test_slot_may_be_words_or_alternatives(texts: Texts) -> None:
    check = Check(("{cure} | wipe out | treat", "the | {ill}"), gap=0)

    assert texts(check, "Wipe out flu. Treat the. Cures flu. Wipe flu out.", ENTITIES) == [
        "Wipe out flu",
        "Treat the",
        "Cures flu",
    ]


def test_runs_do_not_overlap_and_the_nearest_slots_are_taken(texts: Texts) -> None:
    assert texts(Check(TWO), "A cure cures flu, cancer; it cures cancer.", ENTITIES) == [
        "cure cures flu",
        "cures cancer",
    ]


def test_further_slot_is_taken_where_the_nearest_leads_nowhere(texts: Texts) -> None:
    check = Check(("{tea}", "{cure}", "{ill}"), gap=3)

    assert texts(check, "Tea, a cure that now just simply cures flu", ENTITIES) == []
    assert texts(check, "Tea cure now just cures flu", ENTITIES) == ["Tea cure now just cures flu"]


@pytest.mark.parametrize(
    ("changes", "key", "message"),
    [
        ({"slots": ("{cure}",)}, "slots", "a sequence needs two slots or more; use 'check: pattern' for one"),
        ({"slots": ("{cur}", "{ill}")}, "slots", "unknown entity 'cur'; did you mean 'cure'"),
        ({"barring": ("{nott}",)}, "barring", "unknown entity 'nott'; did you mean 'not'"),
        ({"slots": ("very {cure}", "{ill}")}, "slots", "'very {cure}': a slot is one entity, or words"),
        ({"slots": ("{cure} | ", "{ill}")}, "slots", "a slot is one entity, or words"),
        ({"gap": (1, 2)}, "gap", "2 slots have 1 gaps; got 2"),
        ({"report": 3}, "report", "there is no slot 3; use 'all' or 1 to 2"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(changes: dict[str, Any], key: str, message: str) -> None:
    with pytest.raises(SettingError) as caught:
        Check(**{"slots": TWO, **changes}).validate(Vocabulary(ENTITIES))

    assert message in str(caught.value)
    assert caught.value.key == key


WORDS = st.lists(st.sampled_from(["cure", "flu", "tea", "not", "so", "and"]), max_size=12)


@given(WORDS, st.integers(0, 3))
def test_what_is_found_is_what_a_naive_search_finds(words: list[str], gap: int) -> None:
    document = readers.parse("a.txt", " ".join(words), "text")
    sentences = [sentence for block in document.blocks for sentence in block.sentences]
    check = Check(("{tea}", "{cure}", "{ill}"), gap=gap, barring=("{not}",))
    plain = Vocabulary({**ENTITIES, "tea": Entity(terms=("tea",))})

    found = [tuple(finding.text.split()) for finding in check.find(document, sentences, plain)]

    assert found == list(_naive(words, gap))


def _naive(words: list[str], gap: int) -> Any:
    reached = 0
    for first, word in enumerate(words):
        if word == "tea" and first >= reached:
            run = _run(words, first, gap)
            if run:
                yield tuple(words[first : run + 1])
                reached = run + 1


def _run(words: list[str], first: int, gap: int) -> int:
    """Return the last word of the run from *first* on by the nearest words that work, or 0."""
    for second in range(first + 1, min(first + gap + 2, len(words))):
        if words[second] == "cure" and "not" not in words[first:second]:
            for third in range(second + 1, min(second + gap + 2, len(words))):
                if words[third] == "flu" and "not" not in words[second:third]:
                    return third
    return 0

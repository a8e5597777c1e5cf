"""Sequences in any order: word classes close to each other."""

from __future__ import annotations

from dataclasses import replace
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
    "aspirin": Entity(terms=("aspirin", "baby aspirin")),
    "child": Entity(terms=("child", "baby", "babies")),
    "give": Entity(terms=("give", "gives"), patterns=(r"is (?:fine|safe)",)),
    "order": Entity(terms=("try",)),
    "ruled-out": Entity(patterns=(r"\b(?:not|instead of) \w+",)),
}
ANY = Check(("{aspirin}", "{child}", "{give}"), order="any", spread=20, within="sentence")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Give your child half an aspirin.", "Give your child half an aspirin"),
        ("Aspirin is fine for a baby.", "Aspirin is fine for a baby"),
        ("For a child, aspirin is safe at night.", "child, aspirin is safe"),
    ],
)
def test_slots_are_found_in_any_order(texts: Texts, text: str, expected: str) -> None:
    assert texts(ANY, text, ENTITIES) == [expected]


def test_values_follow_the_order_of_the_slots(find: Find) -> None:
    (found,) = find(ANY, "Give your child half an aspirin.", ENTITIES)

    assert dict(found.values) == {"slot-1": "aspirin", "slot-2": "child", "slot-3": "Give"}


@pytest.mark.parametrize("text", ["Give aspirin.", "Give a child milk. Aspirin is old.", "Give aspirin.\n\nA child"])
def test_a_slot_that_is_not_there_is_missed(texts: Texts, text: str) -> None:
    assert texts(ANY, text, ENTITIES) == []


@pytest.mark.parametrize(("spread", "count"), [(4, 0), (5, 1), (9, 1)])
def test_spread_counts_the_words_from_first_to_last(texts: Texts, spread: int, count: int) -> None:
    assert len(texts(replace(ANY, spread=spread), "Give the child one aspirin.", ENTITIES)) == count


def test_nearest_of_several_is_taken(texts: Texts) -> None:
    text = "Give milk and bread and rest. Give a child milk, or give a child aspirin."

    assert texts(ANY, text, ENTITIES) == ["give a child aspirin"]


def test_words_of_an_earlier_slot_fill_no_later_one(texts: Texts) -> None:
    assert texts(ANY, "Give baby aspirin.", ENTITIES) == []
    assert texts(ANY, "Give a child baby aspirin.", ENTITIES) == ["Give a child baby aspirin"]


def test_what_it_is_not_in_does_not_fill_the_first_slot(texts: Texts) -> None:
    check = replace(ANY, not_in=("{ruled-out}",))

    assert texts(check, "Give a child milk and not aspirin.", ENTITIES) == []
    assert texts(check, "Give, and not tea, aspirin to a child.", ENTITIES) == ["Give, and not tea, aspirin to a child"]


def test_what_leads_fills_the_last_slot_before_the_first_only(texts: Texts) -> None:
    check = replace(ANY, leading=("{order}",))

    assert texts(check, "Try an aspirin for the child.", ENTITIES) == ["Try an aspirin for the child"]
    assert texts(check, "Has the child had aspirin, try tea.", ENTITIES) == []


def test_what_leads_fills_one_place(texts: Texts) -> None:
    check = replace(ANY, slots=("{child}", "{give}"), leading=("{order}",))

    assert texts(check, "Try a child or a child.", ENTITIES) == ["Try a child"]


def test_a_clause_can_be_the_limit(texts: Texts) -> None:
    text = "Aspirin is fine, but a child needs rest."

    assert texts(replace(ANY, within="clause"), text, ENTITIES) == []
    assert texts(ANY, text, ENTITIES) == ["Aspirin is fine, but a child"]


def test_one_slot_alone_can_be_reported(texts: Texts) -> None:
    assert texts(replace(ANY, report=2), "Give your child an aspirin.", ENTITIES) == ["child"]


def test_several_places_do_not_overlap(texts: Texts) -> None:
    text = "Give a child aspirin and give a baby aspirin: it is fine."

    assert texts(replace(ANY, slots=("{child}", "{give}")), text, ENTITIES) == ["Give a child", "give a baby"]


@pytest.mark.parametrize(
    ("check", "message"),
    [
        (replace(ANY, slots=("{child}",)), "two slots or more"),
        (replace(ANY, slots=("{child}", "{cat}")), "unknown entity 'cat'"),
        (replace(ANY, slots=("{child}", "{give} now")), "a slot is one entity"),
        (replace(ANY, not_in=("{cat}",)), "unknown entity 'cat'"),
        (replace(ANY, leading=("{cat}",)), "unknown entity 'cat'"),
        (replace(ANY, report=4), "there is no slot 4"),
        (replace(ANY, spread=2), "3 slots in any order need a 'spread' of that many words or more"),
        (replace(ANY, gap=3), "'gap' is not for slots in any order; take it out"),
        (replace(ANY, barring=("{child}",)), "'barring' is not for slots in any order"),
        (replace(ANY, order="given"), "'spread' is only for slots in any order"),
        (Check(ANY.slots, not_in=("{child}",)), "'not-in' is only for slots in any order"),
        (Check(ANY.slots, order="either", leading=("{child}",)), "'leading' is only for slots in any order"),
    ],
)
def test_what_cannot_be_used_is_refused(check: Check, message: str) -> None:
    with pytest.raises(SettingError, match=message):
        check.validate(Vocabulary(ENTITIES))


@given(
    st.lists(
        st.sampled_from(["give", "try", "a", "child", "baby aspirin", "aspirin", ",", "but", "is fine"]), max_size=20
    )
)
def test_every_finding_passes_the_gate(words: list[str]) -> None:
    vocabulary = Vocabulary(ENTITIES)
    check = replace(ANY, leading=("{order}",))
    document = readers.parse("page", " ".join(words), "text")
    gates: Any = check.gates(vocabulary)
    sentences = [each for block in document.blocks for each in block.sentences]

    for found in check.find(document, sentences, vocabulary):
        assert found.sentence is not None
        assert any(vocabulary.regex(gate, case=True).search(found.sentence.shadow) for gate in gates)

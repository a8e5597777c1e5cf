"""Terms: listed words in all their forms and spellings, with what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.checks.terms import Check
from healthlint.entities import Entity, Vocabulary
from healthlint.errors import SettingError
from healthlint.word import Word

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.finding import Finding

    Find = Callable[..., list[Finding]]
    Texts = Callable[..., list[str]]


def test_terms_of_a_list_are_found_as_whole_words(texts: Texts) -> None:
    assert texts(Check(("cure", "side effect")), "A cure, a side-effect. Procure a curette.") == ["cure", "side-effect"]


def test_term_of_a_map_has_its_suggestions(find: Find) -> None:
    check = Check({"prior to": ("before", "ahead of"), "utilise": "use", "whilst": ()})

    found = find(check, "Prior to lunch, utilise it, whilst hot.")

    assert [(each.text, each.suggestions, dict(each.values)) for each in found] == [
        ("Prior to", ("before", "ahead of"), {"term": "prior to", "suggestion": "before"}),
        ("utilise", ("use",), {"term": "utilise", "suggestion": "use"}),
        ("whilst", (), {"term": "whilst"}),
    ]


def test_suggestion_is_found_from_every_form_and_spelling(find: Find) -> None:
    check = Check({"utilise": "use", "follow-up": "visit"}, forms="verb")

    found = find(check, "We utilized it. They’re utilising it. A follow  up.")

    assert [(each.text, each.suggestions) for each in found] == [
        ("utilized", ("used",)),
        ("utilising", ("using",)),
        ("follow up", ("visit",)),
    ]


def test_nouns_are_found_in_the_plural(texts: Texts) -> None:
    assert texts(Check(("remedy", "diagnosis"), forms="noun"), "Remedies, a diagnosis and diagnoses.") == [
        "Remedies",
        "diagnosis",
        "diagnoses",
    ]


def test_forms_are_fixed_by_default(texts: Texts) -> None:
    assert texts(Check(("remedy",)), "Remedies.") == []


def test_case_counts_where_the_rule_says_so(find: Find) -> None:
    check = Check({"AIDS": "HIV", "Who": "The body"}, case=True)

    assert [(each.text, each.suggestions) for each in find(check, "AIDS, aids. Who? WHO.")] == [
        ("AIDS", ("HIV",)),
        ("Who", ("The body",)),
    ]


@pytest.mark.parametrize(
    ("term", "text"),
    [("naïve", "a naive man"), ("naive", "a naïve man"), ("don’t", "I don't"), ("100%", "is 100% so"), ("µg", "5 µg")],
)
def test_typography_of_term_and_text_may_differ(texts: Texts, term: str, text: str) -> None:
    assert len(texts(Check((term,)), text)) == 1


def test_longer_of_two_terms_that_start_together_is_found(texts: Texts) -> None:
    assert texts(Check(("in order", "in order to")), "In order to live.") == ["In order to"]


LIST = {
    "hard": Entity(
        ("whilst", "utilise", "utilises", "an utilise", "benign"),
        words=(
            Word("whilst", ("while",), fix=True),
            Word("utilise", ("use",), forms="verb", fix=True),
            Word("benign", ("harmless",), tier=2),
        ),
        keys={"whilst": 0, "utilise": 1, "utilises": 1, "benign": 2},
    )
}


def test_words_of_a_list_are_found_up_to_the_tier_asked_for(find: Find) -> None:
    text = "Whilst it is benign, she utilises it."

    assert [each.text for each in find(Check(of="{hard}"), text, LIST)] == ["Whilst", "utilises"]
    assert [each.text for each in find(Check(of="{hard}", tier=2), text, LIST)] == ["Whilst", "benign", "utilises"]


@pytest.mark.parametrize(
    ("text", "replacement"),
    [("Whilst", "While"), ("she utilises", "uses"), ("WHILST", None), ("a whilst", None), ("the benign", None)],
)
def test_replacement_has_the_capital_of_the_text_and_is_only_where_it_is_sure(
    find: Find, text: str, replacement: str | None
) -> None:
    (found,) = find(Check(of="{hard}", tier=2), text, LIST)

    assert replacement == found.values.get("replacement")


def test_term_with_many_words_has_no_gate_and_is_found(find: Find) -> None:
    many = {"many": Entity(tuple(f"word{number}" for number in range(300)))}

    assert Check(of="{many}").gates(Vocabulary(many)) is None
    assert [each.text for each in find(Check(of="{many}"), "Here is word77.", many)] == ["word77"]


def test_check_without_a_list_or_with_two_is_refused() -> None:
    for check in (Check(), Check(("cure",), of="{hype}")):
        with pytest.raises(SettingError, match="give either 'terms' or a list: 'of' the vocabulary, or the 'file'"):
            check.validate(Vocabulary({}))

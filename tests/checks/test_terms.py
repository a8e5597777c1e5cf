"""Terms: listed words in all their forms and spellings, with what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.checks.terms import Check
from healthlint.entities import Vocabulary
from healthlint.errors import SettingError

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
        ("Prior to", ("before", "ahead of"), {"suggestion": "before"}),
        ("utilise", ("use",), {"suggestion": "use"}),
        ("whilst", (), {}),
    ]


def test_suggestion_is_found_from_every_form_and_spelling(find: Find) -> None:
    check = Check({"utilise": "use", "follow-up": "visit"}, forms="verb")

    found = find(check, "We utilized it. They’re utilising it. A follow  up.")

    assert [(each.text, each.suggestions) for each in found] == [
        ("utilized", ("use",)),
        ("utilising", ("use",)),
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


def test_list_without_terms_is_refused() -> None:
    with pytest.raises(SettingError, match="no terms; list some under 'terms' or name a CSV file under 'file'"):
        Check().validate(Vocabulary({}))

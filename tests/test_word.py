"""Words of a list: all their phrases, and what is offered instead in the form of the text."""

from __future__ import annotations

import pytest

from healthlint.word import Word, all_phrases, in_same_form, phrase_key


@pytest.mark.parametrize(
    ("other", "text", "term", "forms", "expected"),
    [
        ("use", "utilise", "utilise", "verb", "use"),
        ("use", "utilises", "utilise", "verb", "uses"),
        ("use", "UTILISED", "utilise", "verb", "used"),
        ("use", "utilizing", "utilise", "verb", "using"),
        ("make worse", "exacerbated", "exacerbate", "verb", "made worse"),
        ("do", "performed", "perform", "verb", "do"),  # did or done
        ("let", "permitted", "permit", "verb", "let"),
        ("affect", "had an  effect on", "have an effect on", "verb", "affected"),
        ("be more than", "exceeds", "exceed", "verb", "be more than"),
        ("bruise", "contusions", "contusion", "noun", "bruises"),
        ("heart attack", "myocardial infarctions", "myocardial infarction", "noun", "heart attacks"),
        ("fluid in the belly", "effusions", "effusion", "noun", "fluid in the belly"),
        ("kidney", "renal", "renal", "adjective", "kidney"),
    ],
)
def test_suggestion_has_the_form_of_the_text(other: str, text: str, term: str, forms: str, expected: str) -> None:
    assert expected == in_same_form(other, text, term, forms)


def test_suggestions_have_the_spelling_of_the_text() -> None:
    word = Word("coeliac", ("person with coeliac disease",), forms="noun")

    assert [word.offered(each) for each in ("coeliac", "celiac", "Celiacs")] == [
        ("person with coeliac disease",),
        ("person with celiac disease",),
        ("person with celiac disease",),
    ]


def test_abbreviation_is_what_has_two_capitals_or_more() -> None:
    assert [Word(each).is_short for each in ("NSAID", "hCG", "A&E", "Crohn's disease", "renal", "bpm")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


def test_what_stands_in_brackets_of_a_suggestion_is_a_meaning_of_its_own() -> None:
    assert Word("DVT", ("a clot (deep vein thrombosis)", "clot")).meanings == (
        "a clot (deep vein thrombosis)",
        "clot",
        "a clot",
        "deep vein thrombosis",
    )


def test_phrases_are_every_form_and_spelling_folded_once() -> None:
    assert all_phrases(("Oedema", "oedema"), "noun") == ("oedema", "oedemas", "edema", "edemas")
    assert all_phrases(("Sjögren’s",), "fixed") == ("sjogren's",)


def test_key_of_a_phrase_has_one_space_between_words() -> None:
    assert phrase_key("Follow-up  of  X") == "follow up of x"

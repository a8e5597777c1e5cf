"""Word lists at work: which words of a list stand in a sentence, and where they are something else."""

from __future__ import annotations

import pytest

from healthlint.document import Block, Sentence
from healthlint.entities import Entity, Vocabulary
from healthlint.errors import SettingError
from healthlint.word import Word, all_phrases, phrase_key
from healthlint.wordlist import check_list, list_gates, own_list, word_list


def entity(*words: Word, **others: object) -> Entity:
    phrases = {phrase: number for number, each in enumerate(words) for phrase in all_phrases((each.term,), each.forms)}
    return Entity(
        tuple(phrases), words=words, keys={phrase_key(phrase): at for phrase, at in phrases.items()}, **others
    )


def sentence(text: str) -> Sentence:
    return Sentence(Block("paragraph", text, range(len(text) + 1)), 0, len(text))


def used(text: str, *words: Word) -> list[tuple[str, str]]:
    """Return each word found, as it stands, and the term of its entry."""
    uses = word_list(Vocabulary({"list": entity(*words)}), "list").uses(sentence(text))
    return [(text[use.start : use.end], use.word.term) for use in uses]


def test_words_are_found_in_all_forms_and_spellings() -> None:
    found = used("Oedemas and edema, utilised.", Word("oedema", forms="noun"), Word("utilise", forms="verb"))

    assert found == [("Oedemas", "oedema"), ("edema", "oedema"), ("utilised", "utilise")]


def test_longer_word_hides_the_shorter_inside_it_wherever_that_begins() -> None:
    found = used("A pulmonary embolism, an embolism.", Word("embolism"), Word("pulmonary embolism"), Word("pulmonary"))

    assert found == [("pulmonary embolism", "pulmonary embolism"), ("embolism", "embolism")]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("chronic pain", 1),
        ("Chronic kidney disease", 0),
        ("a CHRONIC kidney-disease clinic", 0),
        ("chronic kidney pain", 1),
        ("a severe chronic", 0),
        ("chronic", 1),
    ],
)
def test_word_inside_one_of_its_other_phrases_is_let_be(text: str, count: int) -> None:
    assert len(used(text, Word("chronic", not_in=("chronic kidney disease", "severe chronic")))) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [("NSAIDs", 1), ("Nsaids", 0), ("nsaids", 0), ("an NSAID's label", 1), ("xNSAID", 0)],
)
def test_abbreviation_is_found_in_its_own_capitals_only(text: str, count: int) -> None:
    assert len(used(text, Word("NSAID", forms="noun"))) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Renal failure", 1),
        ("the Institute of Renal Medicine", 0),
        ("the Institute of Skin and Renal and Liver Diseases", 0),
        ("Renal Medicine", 1),
        ("with Renal failure", 1),
        ("with Crohn’s disease", 1),
    ],
)
def test_word_in_a_name_is_let_be(text: str, count: int) -> None:
    assert len(used(text, Word("renal"), Word("Crohn's disease"))) == count


def test_owner_is_reported_without_its_s() -> None:
    assert used("the biopsy's result", Word("biopsy")) == [("biopsy", "biopsy")]


@pytest.mark.parametrize(("term", "text"), [("24/7", "open 24/7."), ("e.g.", "fruit, e.g. figs"), ("A&E", "go to A&E")])
def test_term_with_marks_in_it_is_found(term: str, text: str) -> None:
    assert [each[1] for each in used(text, Word(term))] == [term]


def test_list_holds_those_it_includes_less_those_it_is_without() -> None:
    vocabulary = Vocabulary(
        {
            "one": entity(Word("renal", ("kidney",)), Word("hepatic", ("liver",))),
            "two": entity(Word("cardiac", ("heart",)), includes=("one",), without=("=hepatic",)),
        }
    )

    found = word_list(vocabulary, "two").uses(sentence("renal hepatic cardiac"))

    assert [use.word.suggestions for use in found] == [("kidney",), ("heart",)]


def test_entity_without_entries_is_a_list_of_words_with_nothing_to_say() -> None:
    vocabulary = Vocabulary({"plain": Entity(("magic cure",), (r"\d+ cures",))})

    found = word_list(vocabulary, "plain").uses(sentence("A magic cure, 100 cures."))

    assert [(use.word.term, use.word.suggestions) for use in found] == [("magic cure", ()), ("100 cures", ())]


def test_list_of_a_rule_may_tell_letters_apart() -> None:
    words = own_list({"QD": ("once a day",), "qd": ("daily",)}, "fixed", case=True)

    found = [use.word.suggestions for use in words.uses(sentence("QD qd Qd"))]

    assert found == [("once a day",), ("daily",)]


def test_list_is_made_once() -> None:
    vocabulary = Vocabulary({"list": entity(Word("renal"))})

    assert word_list(vocabulary, "list") is word_list(vocabulary, "list")


@pytest.mark.parametrize("of", ["jargon", "{jargon} or", "{jargon}{jargon}", "{nothing}"])
def test_what_names_no_list_is_refused(of: str) -> None:
    with pytest.raises(SettingError) as caught:
        check_list(of, Vocabulary({"jargon": Entity()}))

    assert caught.value.key == "of"


def test_list_of_many_words_has_no_gate() -> None:
    vocabulary = Vocabulary(
        {"few": Entity(("renal", "hepatic")), "many": Entity(tuple(f"word{number}" for number in range(300)))}
    )

    assert list_gates("{few}", vocabulary) is not None
    assert list_gates("{many}", vocabulary) is None

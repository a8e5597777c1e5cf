"""The check `grammar`: which slips are told, and what is known better here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint import readers
from healthlint.checks.grammar import Check
from healthlint.entities import Entity, Vocabulary
from healthlint.errors import SettingError
from healthlint.slip import SLIPS, Slip

if TYPE_CHECKING:
    from healthlint.finding import Finding

_DICTIONARY = "MORFOLOGIK_RULE_EN_GB"


def find(
    check: Check,
    source: str,
    *slips: tuple[str, str, str, tuple[str, ...]],
    format: str = "markdown",
    **known: str,
) -> list[Finding]:
    """Return what *check* makes of *slips*, each a word with a rule, its category and what LanguageTool would write."""
    document = readers.parse("page", source, format)
    for block in document.blocks:
        block.memo[SLIPS] = tuple(
            Slip(block.text.index(word), block.text.index(word) + len(word), rule, category, "Odd word.", offered)
            for word, rule, category, offered in slips
            if word in block.text
        )
    vocabulary = Vocabulary({name: Entity(terms=tuple(terms.split("|"))) for name, terms in known.items()})
    check.validate(vocabulary)
    sentences = [sentence for block in document.blocks for sentence in block.sentences]
    return list(check.find(document, sentences, vocabulary))


def texts(*given: object, **named: str) -> list[str]:
    return [finding.text for finding in find(*given, **named)]  # type: ignore[arg-type]


def spelling(word: str, *offered: str) -> tuple[str, str, str, tuple[str, ...]]:
    return word, _DICTIONARY, "TYPOS", offered


def grammar(word: str, *offered: str) -> tuple[str, str, str, tuple[str, ...]]:
    return word, "HE_VERB_AGR", "GRAMMAR", offered


def test_slips_of_other_categories_are_left_to_other_rules() -> None:
    assert texts(Check(("GRAMMAR",)), "He have gud tea.", grammar("have"), spelling("gud")) == ["have"]


@pytest.mark.parametrize("name", ["HE_VERB_AGR", "HE_*"])
def test_rule_is_disabled_by_its_name_or_how_it_begins(name: str) -> None:
    assert texts(Check(("GRAMMAR",), disable=(name,)), "He have tea.", grammar("have")) == []


def test_rule_that_a_person_enabled_is_told_whatever_is_disabled() -> None:
    document = readers.parse("page", "He have tea.", "text")
    slip = Slip(3, 7, "HE_VERB_AGR", "GRAMMAR", "", (), is_default=False)
    document.blocks[0].memo[SLIPS] = (slip,)

    found = Check(("GRAMMAR",), disable=("HE_*",)).find(document, document.blocks[0].sentences, Vocabulary({}))

    assert [finding.text for finding in found] == ["have"]


def test_known_words_their_owners_and_parts_of_known_phrases_are_spelt_right() -> None:
    check = Check(("TYPOS",), known=("condition",))
    slips = [spelling(word) for word in ("insipidus", "Crohn's", "gud")]

    assert texts(
        check, "Diabetes insipidus and Crohn's are not gud.", *slips, condition="diabetes insipidus|crohn"
    ) == ["gud"]


def test_word_after_a_number_is_a_unit() -> None:
    assert texts(Check(("TYPOS",)), "Take 5 mcgs, or 5mcgz.", spelling("mcgs"), spelling("mcgz")) == []


@pytest.mark.parametrize(
    "source", ["See www.gud.example for tea.", "Ask gud@example.org now.", "See gud.org now.", "At https://gud/x you"]
)
def test_address_has_no_slips(source: str) -> None:
    assert texts(Check(("TYPOS",)), source, spelling("gud")) == []


@pytest.mark.parametrize("source", ["Press `x` to have it.", "`x` have it.", "He have `x`.", "He have ![alt](x.png)."])
def test_grammar_is_not_judged_where_code_or_an_image_is_left_out(source: str) -> None:
    assert texts(Check(("GRAMMAR",)), source, grammar("have")) == []
    assert texts(Check(("TYPOS",)), source, spelling("have")) == ["have"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p><code>x</code> have tea.</p>", []),
        ("<p>They have <kbd>x</kbd>.</p>", []),
        ("<p>They have <span id=name>&nbsp;</span> lbs.</p>", []),
        ("<p><b>They <i>have</i></b> tea.</p>", ["have"]),
    ],
)
def test_element_without_words_leaves_the_sentence_incomplete(source: str, expected: list[str]) -> None:
    assert texts(Check(("GRAMMAR",)), source, grammar("have"), format="html") == expected


def test_sentence_beside_one_with_code_is_judged() -> None:
    assert texts(Check(("GRAMMAR",)), "Press `x` first, and wait. He have it.", grammar("have")) == ["have"]


@pytest.mark.parametrize(
    ("word", "offered", "is_slip"),
    [
        ("abuot", "about", True),
        ("wiht", "with", True),
        ("symotoms", "symptoms", True),
        ("recieve", "receive", True),
        ("indiviuals", "individuals", True),
        ("congenita", "congenital", False),  # an ending
        ("nodosa", "nodose", False),
        ("enucleation", "nucleation", False),
        ("hematuria", "haematuria", False),  # the other English
        ("oesophagus", "esophagus", False),
        ("Nevus", "Nevis", False),  # a name
        ("nevus", "Nevis", False),
        ("insipidus", "insipid us", False),
        ("bullosa", "bulls", False),
        ("nares", "names", False),  # too short
        ("alae", "algae", False),
    ],
)
def test_slip_of_the_pen_is_a_letter_from_a_word(word: str, offered: str, *, is_slip: bool) -> None:
    found = texts(Check(("TYPOS",), pen=True), f"We all know {word} here.", spelling(word, offered))

    assert found == ([word] if is_slip else [])


def test_word_that_a_page_has_twice_is_a_term() -> None:
    check, slip = Check(("TYPOS",), pen=True), spelling("abuot", "about")

    assert texts(check, "All abuot tea.\n\nMore on *abuot* tea.", slip) == []


def test_word_with_a_capital_is_a_name_even_where_a_sentence_starts() -> None:
    check, slip = Check(("TYPOS",), pen=True), spelling("Fabry", "Fairy", "fairy")

    assert texts(check, "Fabry disease is rare.", slip) == []


def test_slip_that_is_written_as_it_stands_is_none() -> None:
    assert texts(Check(("GRAMMAR",)), "He have tea.", grammar("have", "have")) == []


def test_one_word_instead_can_be_put_in_and_several_are_offered() -> None:
    one, two = find(
        Check(("GRAMMAR",)), "He have tea. We is here.", grammar("have", "has"), grammar("is", "are", "were")
    )

    assert (one.values["replacement"], one.suggestions) == ("has", ("has",))
    assert ("replacement" in two.values, two.suggestions) == (False, ("are", "were"))
    assert two.values["offered"] == "'are' or 'were'"


@pytest.mark.parametrize(
    ("source", "word", "instead"), [("Take 5 mg a day.", "5 mg", "6 mg"), ("Take 5 mcg a day.", "mcg", "mg")]
)
def test_number_or_unit_is_never_put_in(source: str, word: str, instead: str) -> None:
    (finding,) = find(Check(("GRAMMAR",)), source, grammar(word, instead))

    assert "replacement" not in finding.values


def test_what_a_server_says_is_one_line_of_a_fair_length() -> None:
    document = readers.parse("page", "He have tea.", "text")
    document.blocks[0].memo[SLIPS] = (Slip(3, 7, "X", "GRAMMAR", "Odd\nword. " * 100, ()),)

    (finding,) = Check(("GRAMMAR",)).find(document, document.blocks[0].sentences, Vocabulary({}))

    assert "\n" not in finding.values["said"]
    assert len(finding.values["said"]) == 300


def test_check_without_a_category_or_with_an_unknown_entity_is_refused() -> None:
    with pytest.raises(SettingError, match="no categories"):
        Check(()).validate(Vocabulary({}))
    with pytest.raises(SettingError, match="unknown entity 'drugs'; did you mean 'drug'"):
        Check(("TYPOS",), known=("drugs",)).validate(Vocabulary({"drug": Entity(("aspirin",))}))

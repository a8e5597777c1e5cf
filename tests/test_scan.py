"""The gate: one pass over the text says which rules can match where, and never hides a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthlint import readers
from healthlint.checks import defined, pattern, quantity, sequence, terms
from healthlint.document import PROSE
from healthlint.entities import Entity, Vocabulary
from healthlint.library import load_library
from healthlint.rulebook import Choice, choose
from healthlint.scan import Gate, Scan, make_gates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthlint.checks import CheckKind
    from healthlint.document import Document, Sentence
    from healthlint.rulebook import Rulebook

MANY = tuple(f"word{number}" for number in range(60))
VOCABULARY = Vocabulary(
    {
        "cure": Entity(terms=("cure", "cures", "get rid of", "100%", "µg"), patterns=(r"heals?\b",)),
        "ill": Entity(terms=("cancer", "women's health", "side effects", "hiv/aids", *MANY)),
        "all": Entity(includes=("cure", "ill")),
    }
)
CHECKS: tuple[CheckKind, ...] = (
    sequence.Check(slots=("{cure}", "{ill}")),
    sequence.Check(slots=("{ill}", "{cure} | for good"), within="sentence", gap=9),
    sequence.Check(slots=("of | and", "{all}"), gap=1),
    terms.Check(terms=("cure", "side effect", "100%", "naïve"), forms="noun"),
    terms.Check(terms=("HIV", "Cure"), case=True),
    pattern.Check(pattern=(r"{cure}\W+{ill}", r"^\W*women", r"\d{2,}%?$")),
    pattern.Check(pattern=r"\bHIV\b|[A-Z]\w+e\b", case=True),
    pattern.Check(pattern="{all}"),
    quantity.Check(of="{cure}", beside=("{ill}",), max_a_day="1 g", max_a_dose="100 mg", at_most="once a day"),
    defined.Check(pattern=r"\b[A-Z]{2,5}\b", known=("AIDS",)),
)
FRAGMENTS = [
    "cure", "cures", "Cure", "CURES", "cancer", "women’s", "health", "side", "effects", "effect", "get rid of",
    "100%", "100", "µg", "heal", "HIV/AIDS", "HIV", "hiv", "and", "of", "for good", "naïve", "naive", "word7", "'s",
    "don’t", "2.5", "_", "*", "-", "\u2011", "\u2013", "\u00ad", ",", ". ", "; ", " (", ") ", "? ", " ", " ", " ",
    "2 g", "take two", "a day", "hourly",
    "\u00a0", "\u2028", "³", "⁴", "ß", "é", "e\u0301", "💊", "“", "”", "\n\n", "\n", "K", "ſ", "İ",
]  # fmt: skip


def places(check: CheckKind, document: Document, sentences: Sequence[Sentence]) -> list[tuple[int, int, int]]:
    return [
        (document.index_of(finding.block), finding.start, finding.end)
        for finding in check.find(document, sentences, VOCABULARY)
    ]


def every_sentence(document: Document) -> list[Sentence]:
    return [sentence for block in document.blocks if block.kind in PROSE for sentence in block.sentences]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))
def test_gate_hides_no_finding_of_any_kind_of_check(source: str) -> None:
    document = readers.parse("a.txt", source, "text")

    candidates = Scan([(make_gates(check.gates(VOCABULARY)), PROSE) for check in CHECKS]).candidates(document)

    for number, check in enumerate(CHECKS):
        expected = places(check, document, every_sentence(document))
        assert expected == places(check, document, candidates.get(number, [])), check


@pytest.fixture(scope="module")
def shipped() -> Rulebook:
    """Every rule that ships."""
    return choose(load_library(), Choice(preview=True, select=("all",)))


def test_gate_hides_no_finding_of_the_rules_that_ship(shipped: Rulebook) -> None:
    examples = [each.flag or each.passes for rule in shipped.rules for each in rule.text.examples]
    source = "\n\n".join(example.replace("«", "").replace("»", "_") for example in examples)
    document = readers.parse("a.md", source, "markdown")
    candidates = shipped.scan.candidates(document)

    for number, rule in enumerate(shipped.rules):
        sentences = [each for block in document.blocks if block.kind in rule.text.where for each in block.sentences]
        every, gated = (
            [(document.index_of(each.block), each.start, each.end) for each in
             rule.check.find(document, offered, shipped.vocabulary)]
            for offered in (sentences, candidates.get(number, []))
        )  # fmt: skip
        assert every == gated, rule.id


def test_check_is_offered_sentences_of_its_kinds_of_block_only() -> None:
    document = readers.parse("a.md", "# A cure\n\nA cure. No.\n\n- cures\n", "markdown")

    candidates = Scan([((Gate("cure"),), ["heading"]), ((Gate("cure"),), ["paragraph", "list-item"])]).candidates(
        document
    )

    assert [sentence.text for sentence in candidates[0]] == ["A cure"]
    assert [sentence.text for sentence in candidates[1]] == ["A cure.", "cures"]


def test_check_without_a_gate_is_offered_every_sentence_once() -> None:
    document = readers.parse("a.md", "# A cure\n\nA cure. No.\n", "markdown")

    candidates = Scan([(None, ["paragraph", "paragraph"])]).candidates(document)

    assert [sentence.text for sentence in candidates[0]] == ["A cure.", "No."]


def test_no_checks_are_offered_nothing() -> None:
    assert Scan([]).candidates(readers.parse("a.md", "A cure.", "markdown")) == {}


def test_check_whose_gate_is_too_large_is_offered_every_sentence() -> None:
    document = readers.parse("a.md", "A cure. No.\n", "markdown")

    candidates = Scan([((Gate("cure"),), PROSE), ((Gate("(?:(?:[^a]{30}x[^b]{30}){1,9}x){99}"),), PROSE)]).candidates(
        document
    )

    assert [[sentence.text for sentence in candidates[number]] for number in (0, 1)] == [
        ["A cure."],
        ["A cure.", "No."],
    ]

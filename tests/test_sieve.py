"""What may match in a sentence, asked of many patterns at once."""

from __future__ import annotations

import pytest

from healthlint import readers
from healthlint.sieve import Sieve

PATTERNS = (("cures? all", "cure"), ("[A-Z]+", None), ("heals? all", "heal"), ("cured by", "cure"))


def likely(text: str, **memo: tuple[frozenset[str], frozenset[str]]) -> tuple[str, ...]:
    sentence = readers.parse("a.md", text, "markdown").blocks[0].sentences[0]
    sentence.memo.update(memo)
    return Sieve(PATTERNS).likely(sentence)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A cure, they say.", ("cures? all", "[A-Z]+", "cured by")),
        ("It heals and cures.", ("cures? all", "[A-Z]+", "heals? all", "cured by")),
        ("Nothing.", ("[A-Z]+",)),
    ],
)
def test_patterns_whose_small_one_matches_are_likely_in_their_order(text: str, expected: tuple[str, ...]) -> None:
    assert expected == likely(text)


def test_what_the_scan_has_tried_is_not_tried_again() -> None:
    gates = frozenset({"cure", "heal"}), frozenset({"heal"})

    assert likely("A cure.", gates=gates) == ("[A-Z]+", "heals? all")


def test_what_the_scan_has_not_tried_is_tried() -> None:
    gates = frozenset({"heal"}), frozenset[str]()

    assert likely("A cure heals.", gates=gates) == ("cures? all", "[A-Z]+", "cured by")


def test_one_sieve_serves_sentences_of_several_scans() -> None:
    sieve = Sieve(PATTERNS)
    document = readers.parse("a.md", "A cure.\n\nA cure.", "markdown")
    first, second = (block.sentences[0] for block in document.blocks)
    first.memo["gates"] = frozenset({"cure", "heal"}), frozenset({"cure"})

    assert sieve.likely(first) == sieve.likely(second) == ("cures? all", "[A-Z]+", "cured by")

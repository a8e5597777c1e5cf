"""A skeleton may match too much; what it must never do is miss."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint import readers
from healthlint.library import load_library
from healthlint.regex import compile_pattern
from healthlint.skeleton import needed_letters, skeleton

_PIECES = st.sampled_from(
    [
        "a", "cure", r"\d+", r"\d[\d,]*", r"\s+", r"\b", "[a-z]", "[ab]", "(?:pain|flu)", "(?:pain|flu|)", "x?",
        "(?:y z)?",
        r"(?:\w+\s+){0,3}?", "(?:ab){2}", ".{0,4}", "[^.]", "é", r"\.", "%", "(?P<report>fever)", "(?:a|b|c|d.*e|f)",
    ]
)  # fmt: skip
_PATTERNS = st.recursive(
    _PIECES,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=4).map("".join),
        st.lists(parts, min_size=2, max_size=4).map(lambda each: f"(?:{'|'.join(each)})"),
    ),
    max_leaves=8,
)
_TEXTS = st.text("abcdefxyz cureflupain.,%é0123456789 ", max_size=40)


@given(_PATTERNS, _TEXTS)
def test_skeleton_matches_whatever_its_pattern_matches(pattern: str, text: str) -> None:
    pattern = pattern.replace("(?P<report>", "(?:")
    small = skeleton(pattern)

    if small is not None and compile_pattern(pattern).search(text):
        assert compile_pattern(small, case=True).search(text)


def test_what_is_optional_or_repeated_may_be_anything() -> None:
    assert skeleton(r"\bdoubl(?:es|ing)\s+(?:the\s+)?risk\b") == r"(?is:\bdoubl(?:es|ing)[\s].*risk\b)"


def test_one_of_very_many_may_be_anything() -> None:
    many = "|".join(f"{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(600))

    assert skeleton(f"cure (?:{many}) now") == "(?is:cure .* now)"


def test_pattern_that_needs_no_letter_has_no_skeleton() -> None:
    assert skeleton(r"[a-z]+\s*") is None


def test_pattern_that_python_cannot_read_has_no_skeleton() -> None:
    assert skeleton(r"\pL+ cures") is None


@pytest.fixture(scope="module")
def library():
    return load_library()


def test_no_skeleton_of_a_shipped_rule_misses_an_example(library) -> None:
    sentences = [
        sentence.shadow
        for rule in library.rules
        for example in rule.text.examples
        for block in readers.parse(
            "x", (example.flag or example.passes).translate({171: "", 187: ""}), example.format
        ).blocks
        for sentence in block.sentences
    ]
    vocabulary = library.vocabulary
    missed = []

    for rule in library.rules:
        patterns = rule.text.settings.get("pattern", ())
        for whole in (patterns,) if isinstance(patterns, str) else patterns:
            for pattern in vocabulary.parts((whole,)):
                small = vocabulary.skeleton(pattern)
                if small is not None:
                    regex, quick = vocabulary.regex(pattern), compile_pattern(small, case=True)
                    missed += [(rule.id, text) for text in sentences if not quick.search(text) and regex.search(text)]

    assert [] == missed


@given(_PATTERNS, _TEXTS)
def test_text_that_a_pattern_matches_has_the_letters_it_needs(pattern: str, text: str) -> None:
    pattern = pattern.replace("(?P<report>", "(?:")

    if compile_pattern(pattern).search(text):
        assert all(any(letters in text.lower() for letters in each) for each in needed_letters(pattern))

"""Words and phrases: tokens with offsets, and which of many phrases a text holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.entities import Entity, Vocabulary
from healthlint.phrases import find_phrases, phrase_pattern, tokenize
from healthlint.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Side-effect and/or both", ["side", "effect", "and", "or", "both"]),
        ("1.5 mg, 1,000 IU, 3.", ["1.5", "mg", "1,000", "iu", "3"]),
        ("Don't. O'Brien's 'cure'", ["don't", "o'brien", "s", "cure"]),
        ("_never_ 100%", ["never", "100"]),
        ("women³ and cancer¹⁻⁴", ["women", "and", "cancer"]),
        ("5mg B12", ["5mg", "b12"]),
        ("薬 µg É", ["薬", "µg", "é"]),
        ("", []),
        ("… — !", []),
    ],
)
def test_words_of_a_text(text: str, words: list[str]) -> None:
    assert words == list(tokenize(text).words)


@given(st.text(st.characters()))
def test_words_are_slices_in_order(text: str) -> None:
    shadow = fold(text)

    words, starts, ends = tokenize(shadow)[:3]

    assert list(words) == [shadow[start:end].lower() for start, end in zip(starts, ends, strict=True)]
    assert all(start < end for start, end in zip(starts, ends, strict=True))
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("side effect", "a side  effect", True),
        ("side effect", "a side-effect", True),
        ("side effect", "a sideeffect", False),
        ("side effect", "upside effect", False),
        ("100%", "100%", True),
        ("100%", "a 100%.", True),
        ("µg", "5 µg", True),
        ("a.m.", "5 a.m. sharp", True),
        ("a.m.", "5 abm sharp", False),
        ("c++", "c++", True),
    ],
)
def test_phrase_as_a_pattern_matches_whole_words(phrase: str, text: str, found: bool) -> None:
    assert found == bool(Vocabulary({}).regex(phrase_pattern(phrase)).search(text))


WORDS = st.sampled_from(["a", "b", "c", "a's", "b's", "ab"])


PHRASES = st.lists(st.lists(st.sampled_from(["a", "b", "c", "a's"]), min_size=1, max_size=3).map(" ".join), max_size=6)


@given(st.lists(WORDS, max_size=12), PHRASES)
def test_phrases_are_found_where_a_naive_search_finds_them(words: list[str], phrases: list[str]) -> None:
    text = " ".join(words)

    found = find_phrases(Vocabulary({"word": Entity(terms=tuple(phrases))}).prepared("word").phrases, tokenize(text))

    assert list(_naive(words, phrases)) == [(start, end) for start, end, _ in found]


def _naive(words: list[str], phrases: Iterable[str]) -> Iterable[tuple[int, int]]:
    split = sorted({tuple(phrase.split()) for phrase in phrases}, key=len, reverse=True)
    for start in range(len(words)):
        for phrase in split:
            part = words[start : start + len(phrase)]
            if len(part) == len(phrase) and _is_said(part, phrase):
                yield start, start + len(phrase)
                break


def _is_said(part: list[str], phrase: tuple[str, ...]) -> bool:
    first = part[0] in (phrase[0], f"{phrase[0]}'s")
    last = part[-1] in (phrase[-1], f"{phrase[-1]}'s")
    return first and last and part[1:-1] == list(phrase[1:-1])

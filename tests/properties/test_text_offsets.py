"""Whatever the plain text, every character of every block knows where it came from."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthlint.document import Document
from healthlint.readers import text

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

FRAGMENTS = [
    "Side effects", "You may feel sick.", "treat-", "5 mg", "50 %", "💊", "é", "e\u0301", "co\u00adop", "\u200b",
    "ﬁn", "\u2028", "\x85",
    "\x0c", "\u00a0", "\r\n", "\r", "\n", "\n\n", "\n\n", "\r\n\r\n", "\n- ", "\n  * ", "\n• ", "\n1. ", "\n2) ",
    "\n(a) ", "\no Take", "\n> ", "\n>",
    "\n====\n", "\n----\n", "\n* * *\n", "\n    ", "\n\t", "\t", "   ", " ", "|", "Title: x\n", "DOSE\n",
    "What is it?", ":", "\ud800", "— ", "3.1 ",
]  # fmt: skip


def assert_exact(document: Document) -> None:
    previous = -1
    for block in document.blocks:
        offsets = list(block.offsets)
        assert len(offsets) == len(block.text) + 1
        assert offsets == sorted(offsets)
        assert previous <= offsets[0] <= offsets[-1] <= len(document.source)
        previous = offsets[-1]
        assert block.text
        for index, character in enumerate(block.text):
            written = document.source[slice(*block.source_span(index, index + 1))]
            assert stands_for(written, character), (character, written, block)


def stands_for(written: str, character: str) -> bool:
    plain = _INVISIBLE.sub("", written)
    return (
        character == written
        or unicodedata.normalize("NFC", plain) == character
        or (len(written) == 1 and character in unicodedata.normalize("NFKC", written))
        or (character == " " and any(c.isspace() for c in plain) and not re.search(r"\w", plain))
        or (character == "\ufffd" and "\ud800" <= written <= "\udfff")
    )


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=25).map("".join))
def test_every_character_of_a_text_is_exact(source: str) -> None:
    assert_exact(text.parse("a.txt", source))


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters() | st.sampled_from("\n\r\t >-*.1):="), max_size=80))
def test_no_text_makes_the_reader_fail(source: str) -> None:
    assert_exact(text.parse("a.txt", source))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=15).map("".join))
def test_no_letter_is_lost(source: str) -> None:
    """But for markers of lists and what is metadata."""
    document = text.parse("a.txt", source)
    seen = "".join(block.text for block in document.blocks) + "".join(document.metadata.values())

    assert seen.count("Side effects") == source.count("Side effects")
    assert seen.count("💊") == source.count("💊")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=15).map("".join))
def test_line_ends_change_no_text(source: str) -> None:
    lf = source.replace("\r\n", "\n").replace("\r", "\n")
    found = [
        [(block.kind, block.text) for block in text.parse("a.txt", lf.replace("\n", end)).blocks]
        for end in ("\n", "\r\n", "\r")
    ]

    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(
    "source",
    [
        "- " * 50_000, "> " * 50_000 + "x", "\n".join(" " * depth + "- x" for depth in range(1_000)),
        "A\n\n" * 30_000, "- a\n\n" * 30_000,
        "a\n" * 50_000, "a" * 200_000, " " * 200_000 + "x", "\t" * 100_000, "a  " * 50_000,
        "a|" * 50_000 + "\n" + "b|" * 50_000, "- " * 3_000 + "\n" * 9,
        "x\n- y z" * 20_000, "=\n" * 50_000, "- - " * 30_000 + "x", "Title: x\n" * 20_000, "1) " * 50_000,
        "AB\nc\n\n" * 20_000, "\r" * 100_000,
    ],
    ids=lambda source: source[:12].encode("unicode_escape").decode(),
)  # fmt: skip
def test_hostile_input_takes_linear_time(source: str) -> None:
    started = time.perf_counter()
    text.parse("a.txt", source)

    assert time.perf_counter() - started < 5

"""The text of a block: tidied, with the source offset of every character kept through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthlint.builder import TextBuilder
from healthlint.citation import Link, Note
from healthlint.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthlint.document import Block

    Build = Callable[[str], Block]


def written(source: str, block: Block, part: str) -> str:
    """Return what the source says where the block says *part*."""
    start = block.text.index(part)
    return source[slice(*block.source_span(start, start + len(part)))]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("  side \t\r\n effects  ", "side effects"),
        ("5\u00a0\u2009mg", "5 mg"),
        ("co\u00adop", "coop"),
        ("ca\u200bn\ufeffcer\u2060", "cancer"),
        ("ﬁnd the ﬄu", "find the fflu"),
        ("cafe\u0301", "café"),
        ("x\u0302\u0323y", "x\u0302\u0323y"),
        ("a\u2028b", "a b"),
        ("a \u00ad b", "a b"),
    ],
)
def test_text_is_tidied(build: Build, source: str, text: str) -> None:
    assert text == build(source).text


@pytest.mark.parametrize(
    ("source", "part", "expected"),
    [
        ("side \t\r\n effects", " ", " \t\r\n "),
        ("side \t\r\n effects", "side effects", "side \t\r\n effects"),
        ("the co\u00adop shop", "coop", "co\u00adop"),
        ("the co\u00adop shop", "shop", "shop"),
        ("a ﬁnd b", "find", "ﬁnd"),
        ("a ﬁnd b", "i", "ﬁ"),
        ("a cafe\u0301 b", "é", "e\u0301"),
        ("a cafe\u0301 b", " b", " b"),
        ("\u00ad\u00adend", "end", "end"),
        ("end\u00ad", "end", "end"),
    ],
)
def test_tidied_text_knows_where_it_came_from(build: Build, source: str, part: str, expected: str) -> None:
    assert expected == written(source, build(source), part)


def test_span_without_characters_stands_before_the_next(build: Build) -> None:
    assert Span(3, 3) == build("  abc").source_span(1, 1)


def test_offsets_are_those_of_the_characters_and_the_end(build: Build) -> None:
    assert list(build("  abc  ").offsets) == [2, 3, 4, 5]


def test_block_of_nothing_visible_is_no_block() -> None:
    builder = TextBuilder()
    builder.add(" \u00ad\u200b\n", 0)

    assert builder.build("paragraph") is None


def test_decoded_character_spans_all_that_writes_it() -> None:
    source = "R&amp;D &lt;5"
    builder = TextBuilder()
    builder.add("R", 0)
    builder.add_decoded("&", 1, 6)
    builder.add("D ", 6)
    builder.add_decoded("<", 8, 12)
    builder.add("5", 12)

    built = builder.build("paragraph")

    assert built is not None
    assert built.text == "R&D <5"
    assert written(source, built, "&") == "&amp;"
    assert written(source, built, "<5") == "&lt;5"


def test_white_space_over_several_pieces_is_one_space() -> None:
    source = "a &nbsp; b"
    builder = TextBuilder()
    builder.add("a ", 0)
    builder.add_decoded("\u00a0", 2, 8)
    builder.add(" b", 8)

    built = builder.build("paragraph")

    assert built is not None
    assert built.text == "a b"
    assert written(source, built, " ") == " &nbsp; "


def test_links_and_notes_move_with_the_text() -> None:
    builder = TextBuilder()
    builder.add("  See \u00ad the  ", 0)
    start = len(builder)
    builder.add("NHS\u00ad page", 12)
    builder.add_link(start, len(builder), "https://example.org")
    builder.add_note("1", 21, 25)
    builder.add(" now", 25)

    built = builder.build("paragraph")

    assert built is not None
    assert built.text == "See the NHS page now"
    assert (Link(8, 16, "https://example.org"),) == built.links
    assert (Note(16, "1", 21, 25),) == built.notes

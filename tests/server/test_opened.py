"""Texts kept as the editor has them, whatever ends a line elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("lsprotocol", reason="the language server needs pygls: pip install 'healthlint[lsp]'")

from lsprotocol import types

from healthlint.server.opened import opened
from healthlint.server.places import Places

TEXTS = st.text(st.sampled_from("ab \n\r\u2028\u2029\x0b\x0c\x1c\x85é\U0001f48a\U00010400"), max_size=30)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-32"])


@given(TEXTS, ENCODINGS)
def test_position_of_an_offset_leads_back_to_it(text: str, encoding: str) -> None:
    places = Places(text, encoding)

    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] != "\r\n":  # no place for an editor
            assert places.offset(places.position(offset)) in {offset, *_ends_of_line(text, offset)}


def _ends_of_line(text: str, offset: int) -> set[int]:
    """Return the offset of a line end just before *offset*: behind it a new line begins."""
    return {offset - 1} if text[offset - 1 : offset] in {"\r", "\n"} and offset == len(text) else set()


@given(TEXTS, TEXTS, st.data(), ENCODINGS)
def test_change_of_a_range_is_the_change_of_these_characters(
    text: str, new: str, data: st.DataObject, encoding: str
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    places = Places(text, encoding)
    start, end = places.offset(places.position(start)), places.offset(places.position(end))
    item = types.TextDocumentItem("file:///a.md", types.LanguageKind.Markdown, 1, text)
    change = types.TextDocumentContentChangePartial(types.Range(places.position(start), places.position(end)), new)

    after = opened(item, encoding).changed([change], 2, encoding)

    assert (after.text, after.version) == (text[:start] + new + text[end:], 2)


@pytest.mark.parametrize(
    ("line", "character", "expected"), [(0, 99, 2), (9, 0, 7), (1, 1, 4), (1, 2, 5), (0, 0, 0), (1, 0, 4)]
)
def test_position_outside_is_the_nearest_end_and_within_a_character_its_start(
    line: int, character: int, expected: int
) -> None:
    assert Places("ab\r\n\U0001f48ac\n", "utf-16").offset(types.Position(line, character)) == expected


def test_changes_follow_one_another() -> None:
    item = types.TextDocumentItem("file:///a.md", types.LanguageKind.Markdown, 1, "one")
    whole = types.TextDocumentContentChangeWholeDocument("two words")
    part = types.TextDocumentContentChangePartial(types.Range(types.Position(0, 0), types.Position(0, 3)), "three")

    assert opened(item, "utf-16").changed([whole, part], 2, "utf-16").text == "three words"

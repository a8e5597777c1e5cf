"""Whatever the Markdown, every character of every block knows where it came from."""

from __future__ import annotations

import html
import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthlint.document import Block, Document
from healthlint.readers import markdown

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

FRAGMENTS = [
    "dose", "un*believ*able", "**5**mg", "_x_", "~~old~~", "&amp;", "&nbsp;", "&#8212;", "&NotEqualTilde;",
    "&bsol;", "\\", "\\*", "\\&lt;", "\\\\",
    "💊", "é", "e\u0301", "co\u00adop", "\u200b", "ﬁn", "\u2028", "\x85", "\x0c", "\u00a0", "\r\n", "\r", "\n",
    "\n\n", "  \n", "\\\n",
    "`code`", "[link](http://x.org)", "[ref][r]", "\n\n[r]: http://r.org\n", "![alt é](u.png)", "<https://a.org>",
    "[^1]", "\n\n[^1]: note\n",
    "<b>", "</b>", "<br>", "<!-- c -->", "<a href='u'>", "</a>", "<sup>1</sup>", "\n\n<div>", "</div>\n\n",
    "![](u.png)", "\n\n##\n\n", "<p>é &lt; x</p>", "<img alt='a &amp;'>",
    "\n- ", "\n  - ", "\n1. ", "\n> ", "\n>> - ", "\n# ", "\n===\n", "\n---\n", "\n| a | b\\|c |\n|---|---|\n| ",
    " | ", "\n```\n", "\n    ", "\t",
    "---\ntitle: é x\n---\n", "{: .x}\n", "{% y %}", " ", " ", "\ud800", "[ ] ", "<", "&", "*", "[", "]", "(", "`",
    "|", "{#id}", "<code>", "</code>",
]  # fmt: skip


def assert_exact(document: Document) -> None:
    for block in document.blocks:
        offsets = list(block.offsets)
        assert len(offsets) == len(block.text) + 1
        assert offsets == sorted(offsets)
        assert offsets[-1] <= len(document.source)
        assert block.text == block.text.strip(" ")
        assert block.text
        for index, character in enumerate(block.text):
            written = document.source[slice(*block.source_span(index, index + 1))]
            assert stands_for(written, character), (character, written, block)
        assert_parts(block)
    for comment in document.comments:
        assert document.source[slice(*comment.span)].startswith("<!")


def assert_parts(block: Block) -> None:
    for link in block.links:
        assert 0 <= link.start <= link.end <= len(block.text)
    for note in block.notes:
        assert 0 <= note.at <= len(block.text)


def stands_for(written: str, character: str) -> bool:
    plain = _INVISIBLE.sub("", html.unescape(written))
    return (
        character == written
        or written == f"\\{character}"
        or unicodedata.normalize("NFC", plain) == character
        or (character in unicodedata.normalize("NFKC", plain) and (len(written) == 1 or written[0] == "&"))
        or (character == " " and (any(c.isspace() for c in plain) or any(mark in written for mark in "<`!")))
        or (character == "\ufffd" and "\ud800" <= written <= "\udfff")
    )


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))
def test_every_character_of_a_page_is_exact(source: str) -> None:
    assert_exact(markdown.parse("a.md", source))


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters() | st.sampled_from("\n\r *_`[]()<>&#-|\\{}!:"), max_size=80))
def test_no_text_makes_the_reader_fail(source: str) -> None:
    assert_exact(markdown.parse("a.md", source))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))
def test_line_ends_change_no_text(source: str) -> None:
    """Only the offsets differ between LF, CRLF and CR pages."""
    lf = source.replace("\r\n", "\n").replace("\r", "\n")
    texts = [
        [(block.kind, block.text) for block in markdown.parse("a.md", lf.replace("\n", end)).blocks]
        for end in ("\n", "\r\n", "\r")
    ]

    assert texts[0] == texts[1] == texts[2]


@pytest.mark.parametrize(
    "source",
    [
        "[" * 100_000, "*" * 100_000, "*a " * 50_000, "> " * 50_000 + "x", "- " * 50_000 + "x", "1. " * 30_000 + "x",
        "".join("`" * length + " " for length in range(400)), "<" * 100_000, "<!-- " * 30_000, "![" * 50_000,
        "[a](" * 30_000, "&" * 100_000, "|a" * 2_000 + "\n" + "|-" * 2_000 + "\n", "\\" * 100_000, "<b>" * 30_000,
        "<p>\n\n" * 5_000, "<sup>" * 30_000, "---\n" * 30_000, "---\na: " + "[" * 30_000 + "\n---\n", "{% " * 50_000,
        "+++\na=" + "[" * 30_000 + "\n+++\n", "![a](b)`c`" * 10_000, "<a href='x'>" * 20_000,
        "---\n" + "a: 1\n" * 9_000 + "---\n",
    ],
    ids=lambda source: source[:12].encode("unicode_escape").decode(),
)  # fmt: skip
def test_hostile_input_takes_linear_time(source: str) -> None:
    started = time.perf_counter()
    markdown.parse("a.md", source)

    assert time.perf_counter() - started < 5

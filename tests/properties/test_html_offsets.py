"""Whatever the page, the HTML reader does not raise, and every character it shows stands where it says."""

from __future__ import annotations

import html as entities
import re
import unicodedata
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from healthlint.readers import html

if TYPE_CHECKING:
    from healthlint.document import Block, Document

_WORDS = st.sampled_from(
    [
        "Take", "10", "mg", "iron.", "&amp;", "&nbsp;", "&shy;", "&lt;b&gt;", "&#8211;", "&#x1F48A;", "&eacute;",
        "&notit;", "&nosuch;", "&", "<", ">", "💊", "naïve", "e\u0301", "o\ufb03ce", "\u2028", "\u00ad", "\u200b",
        "\r\n", "\n", "\t", "\0", "1", "2", "[3]", "&NotEqualTilde;", "&AMP", "&copy=1",
    ]
)  # fmt: skip
_NAMES = st.sampled_from(
    [
        "p", "div", "b", "i", "span", "a", "sup", "sub", "h1", "h2", "ul", "ol", "li", "dl", "dt", "dd", "table",
        "tr", "td", "th", "caption", "blockquote", "header", "footer", "main", "section", "article", "nav", "form",
        "label", "button", "select", "script", "style", "svg", "title", "template", "code", "pre", "br", "hr",
        "figure", "figcaption", "aside", "body", "html", "head", "noscript", "textarea", "dialog", "summary",
        "math", "foreignObject", "time",
    ]
)  # fmt: skip
_ATTRIBUTES = st.sampled_from(
    [
        "", "", "", " hidden", ' aria-hidden="true"', " style='display:none'", ' href="#fn1"', ' id="fn1"',
        ' href="https://a.example/?a=1&amp;b"', ' role="heading"', ' role="navigation"', ' class="footnotes"',
        ' itemprop="author"', " x=1 /", ' start="3"',
    ]
)  # fmt: skip
_TAGS = st.one_of(
    st.builds("<{}{}>".format, _NAMES, _ATTRIBUTES),
    _NAMES.map("</{}>".format),
    st.sampled_from(
        [
            "<img alt='A &amp; B &copy=1\r\n💊'>", '<meta name=description content="x &lt; y">', "<!-- note -->",
            "<!--", "-->", "</>", "<![CDATA[", "]]>", "<img src='a\r\n\0&amp;b'>", "<h2>&nbsp;</h2>",
            "<?xml ?>", "<!DOCTYPE html>", "<title/>", "<script/>", '<a href="', "</",
        ]
    ),
)  # fmt: skip
_PAGES = st.lists(st.one_of(_WORDS, _TAGS, st.just(" ")), max_size=40).map("".join)
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


def _assert_in_place(document: Document) -> None:
    for block in document.blocks:
        offsets = list(block.offsets)
        assert len(block.text) + 1 == len(offsets)
        assert sorted(offsets) == offsets
        assert 0 <= offsets[0] <= offsets[-1] <= len(document.source)
        for index, character in enumerate(block.text):
            _assert_character(document.source, block, index, character)


def _assert_character(source: str, block: Block, index: int, character: str) -> None:
    start, end = block.source_span(index, index + 1)
    written = entities.unescape(source[start:end].replace("\0", "\ufffd"))
    if character == " ":
        assert "<" in written or not _INVISIBLE.sub("", written)
    else:
        shown = unicodedata.normalize("NFKC", _TAG.sub("", written) or written)
        character = unicodedata.normalize("NFKC", character)
        assert character == shown or (len(shown) > 1 and character in shown)


@given(_PAGES)
@settings(max_examples=600, deadline=None)
def test_every_character_of_a_page_of_fragments_is_in_its_place(source: str) -> None:
    _assert_in_place(html.parse("page.html", source))


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_every_character_of_any_text_is_in_its_place(source: str) -> None:
    _assert_in_place(html.parse("page.html", source))


@given(st.lists(st.one_of(st.text(max_size=5), _TAGS), max_size=30).map("".join))
@settings(max_examples=300, deadline=None)
def test_every_character_of_tags_amid_any_text_is_in_its_place(source: str) -> None:
    _assert_in_place(html.parse("page.html", source))


@given(_PAGES)
@settings(max_examples=200, deadline=None)
def test_a_comment_is_its_source_without_the_markers(source: str) -> None:
    for comment in html.parse("page.html", source).comments:
        assert source[comment.span.start : comment.span.end].startswith("<!--" + comment.text)


@given(_PAGES)
@settings(max_examples=200, deadline=None)
def test_the_same_page_gives_the_same_blocks(source: str) -> None:
    first, second = html.parse("page.html", source), html.parse("page.html", source)

    assert [(b.kind, b.text, list(b.offsets)) for b in first.blocks] == [
        (b.kind, b.text, list(b.offsets)) for b in second.blocks
    ]

"""HTML inside another format: read by the HTML reader, its offsets moved to where it stands."""

from __future__ import annotations

import re
from array import array
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from healthlint.document import Block, Comment, Document
from healthlint.registry import load_part
from healthlint.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence


_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*")
_HREF = re.compile(r"(?i)\shref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))")
# A number set high after a word points to a note; after a unit or a figure it is a power.
_MARKER = re.compile(
    r"(?i)\s{0,3}(?:\[\[?(\d{1,3})\]?\]\([^)\s]{1,200}\)|\[?(\d{1,3}(?:\s?[,\u2013-]\s?\d{1,3}){0,20})\]?)\s{0,3}</sup>"
)
_POWER_BASE = re.compile(r"(?:\d|\b(?:[cmkdµ]?m|in|ft|s|x))$")


class Embedded(NamedTuple):
    """What a reader sees of embedded HTML; all offsets are those of the text around it."""

    blocks: tuple[Block, ...]
    comments: tuple[Comment, ...]


class Marker(NamedTuple):
    """A note marker made of a raised number, and where it ends in the source."""

    labels: tuple[str, ...]
    end: int


def tag_name(html: str) -> str:
    """Return the lower-case name of the tag that *html* is, with "/" before it in an end tag; '' when it is no tag."""
    match = _TAG.match(html)
    return match[0][1:].lower() if match else ""


def href(html: str) -> str:
    """Return the address that the start tag *html* points to, or ''."""
    match = _HREF.search(html)
    return unescape(match[1] or match[2] or match[3] or "") if match else ""


def note_marker(text: str, start: int, end: int) -> Marker | None:
    """Return the marker opened by the ``<sup>`` at ``text[start:end]``, unless it is a power ("10 m<sup>2</sup>")."""
    match = _MARKER.match(text, end)
    if match is None or _POWER_BASE.search(text[max(0, start - 4) : start]):
        return None
    return Marker(tuple(re.findall(r"\d+", match[1] or match[2])), match.end())


def embed_html(name: str, text: str, spans: Sequence[Span], *, groups: int = 0) -> Embedded:
    """Read the HTML that stands in *text* at *spans*, which are in order; what lies between them is read as spaces.

    Lists and tables are numbered from *groups* on.
    """
    start = spans[0].start
    html = _padded(text, spans)
    if html.startswith("<!--") and html.find("-->", 4) == len(html.rstrip()) - 3:
        return Embedded((), (_moved_comment(_lone_comment(html), start),))
    document: Document = load_part("readers", "html").parse(name, html)
    blocks = tuple(_moved_block(block, start, groups) for block in document.blocks)
    return Embedded(blocks, tuple(_moved_comment(comment, start) for comment in document.comments))


def _padded(text: str, spans: Sequence[Span]) -> str:
    pieces: list[str] = []
    position = spans[0].start
    for span in spans:
        pieces += (" " * (span.start - position), text[span.start : span.end])
        position = span.end
    return "".join(pieces)


def _lone_comment(html: str) -> Comment:
    end = html.index("-->", 4)
    return Comment(html[4:end], Span(0, end + 3))


def _moved_comment(comment: Comment, by: int) -> Comment:
    return Comment(comment.text, Span(comment.span.start + by, comment.span.end + by))


def _moved_block(block: Block, by: int, groups: int) -> Block:
    offsets = block.offsets
    moved: Sequence[int]
    if isinstance(offsets, range):
        moved = range(offsets.start + by, offsets.stop + by)
    else:
        moved = array("L", [offset + by for offset in offsets])
    notes = tuple(note._replace(start=note.start + by, end=note.end + by) for note in block.notes)
    group = block.group + groups if block.group else 0
    return replace(block, offsets=moved, notes=notes, group=group)

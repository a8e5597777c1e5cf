"""The text of one Markdown block: what its reader sees of words, links, notes, images and inline HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthlint.builder import TextBuilder, blank_block
from healthlint.document import Block, Comment
from healthlint.embedding import embed_html, href, note_marker, tag_name
from healthlint.text import Span

if TYPE_CHECKING:
    from healthlint.readers._markdown_context import Context

_SPACING_TAGS = frozenset(("br", "hr", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "tr", "td", "th", "table"))
_LEFT_OUT_TAGS = frozenset(("code", "kbd", "samp", "script", "style", "svg"))


class Inline:
    """Collects the inline events of one block after another; all offsets are those of *text*."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text
        self.comments: list[Comment] = []
        self._read_up_to = 0  # where the last piece of text ended
        self._skip_up_to = 0
        self._image_depth = 0
        self._start()

    def _start(self) -> None:
        self._builder = TextBuilder()
        self._outer = self._builder  # around an image
        self._alts: list[Block] = []
        self._gap: tuple[int, int] | None = None  # code or an image that was left out
        self._left_out = ""  # the HTML element whose text is left out
        self._links: list[tuple[int, str]] = []
        self._anchors: list[tuple[int, str]] = []

    def finish(self, context: Context) -> list[Block]:
        """Return the block that has been collected, then its images' texts; begin the next."""
        builder = self._builder
        if not (len(builder) or self._alts or builder.notes or self._left_out):
            self._gap = None
            self._links.clear()
            self._anchors.clear()
            return []
        kind, level, group, label, _, header = context
        block = builder.build(kind, level=level, group=group, label=label, header=header)
        blocks = [*([block] if block is not None else []), *self._alts]
        self._start()
        return blocks

    def add_text(self, text: str, start: int, end: int) -> None:
        """Add what the source writes at ``start:end``, which may be an entity, or an escape from ``start - 1`` on."""
        if self._left_out or start < self._skip_up_to:
            return
        builder = self._builder
        if self._gap is not None:
            self._close_gap(text)
        is_escaped = start > self._read_up_to and self._text[start - 1] == "\\"
        self._read_up_to = end
        # A backslash that ends a paragraph is told with its line end.
        if end - start != len(text) and (text != "\\" or self._text[start] == "&"):
            builder.add_decoded(text, start, end)
        elif is_escaped:
            builder.add_decoded(text[0], start - 1, start + 1)
            builder.add(text[1:], start + 1)
        else:
            builder.add(text, start)

    def _close_gap(self, text: str) -> None:
        """Put a space where something was left out between two words that would else become one."""
        if self._gap is not None and len(self._builder) and text[0].isalnum():
            start, end = self._gap
            if not self._text[start - 1].isspace():
                self._builder.add_decoded(" ", start, end)
        self._gap = None

    def add_break(self, start: int, end: int) -> None:
        """Add a line end as a space."""
        self._gap = None
        if end - start == 1:  # as wide as the space it becomes: the text stays in one piece
            self._builder.add(" ", start)
        else:
            self._builder.add_decoded(" ", start, end)

    def leave_out(self, start: int, end: int) -> None:
        """Leave out a code span."""
        self._gap = (start, end)

    def add_note(self, label: str, start: int, end: int) -> None:
        """Record a footnote marker."""
        self._builder.add_note(label, start, end)
        self._read_up_to = end

    def open_link(self, url: str) -> None:
        """Begin the anchor of a link."""
        self._links.append((len(self._builder), url))

    def close_link(self) -> None:
        """End the anchor of the last link begun."""
        self._end_link(self._links)

    def _end_link(self, links: list[tuple[int, str]]) -> None:
        if links:
            start, url = links.pop()
            if start < len(self._builder):
                self._builder.add_link(start, len(self._builder), url)

    def open_image(self) -> None:
        """Begin an image, the text inside which describes it and is no part of the paragraph."""
        self._image_depth += 1
        if self._image_depth == 1:
            self._outer, self._builder = self._builder, TextBuilder()

    def close_image(self, start: int, end: int) -> None:
        """End an image; a description inside one belongs to the outer."""
        self._image_depth -= 1
        if self._image_depth == 0:
            alt = self._builder.build("alt") or blank_block(self._text, start, end, "image")
            self._alts += [alt] if alt is not None else []
            self._builder = self._outer
            self._gap = (start, end)

    def add_html(self, html: str, start: int, end: int) -> None:
        """Take in a tag or a comment."""
        if start < self._skip_up_to:
            return
        self._read_up_to = end
        name = tag_name(html)
        if self._left_out:
            self._left_out = "" if name == f"/{self._left_out}" else self._left_out
        elif name in _SPACING_TAGS:
            self._gap = None
            self._builder.add_decoded(" ", start, end)
        elif name in _LEFT_OUT_TAGS:
            self._left_out = "" if html.endswith("/>") else name
            self._gap = (start, end)
        elif name == "a":
            self._anchors.append((len(self._builder), href(html)))
        elif name == "/a":
            self._end_link(self._anchors)
        elif name == "img":
            self._alts += embed_html(self._name, self._text, [Span(start, end)]).blocks
            self._gap = (start, end)
        elif name == "sup":
            self._add_marker(start, end)
        elif html.startswith("<!--"):
            self.comments.append(Comment(html[4:-3], Span(start, end)))

    def _add_marker(self, start: int, end: int) -> None:
        marker = note_marker(self._text, start, end)
        if marker is not None:
            for label in marker.labels:
                self._builder.add_note(label, start, marker.end)
            self._skip_up_to = marker.end

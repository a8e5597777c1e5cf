"""Markdown: CommonMark with tables, footnotes, task lists, alerts and front matter, every character in its place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyromark

from healthlint.builder import blank_block
from healthlint.decoding import character_offsets, decode, well_formed
from healthlint.document import Block, Comment, Document, make_document
from healthlint.embedding import embed_html
from healthlint.front_matter import find_front_matter
from healthlint.readers._markdown_context import Context
from healthlint.readers._markdown_inline import Inline
from healthlint.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    _Handler = Callable[["_Walk", Any, int, int], None]

FORMAT = "markdown"
SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")

_O = pyromark.Options
_OPTIONS = (
    _O.ENABLE_TABLES | _O.ENABLE_FOOTNOTES | _O.ENABLE_STRIKETHROUGH | _O.ENABLE_TASKLISTS
    | _O.ENABLE_HEADING_ATTRIBUTES | _O.ENABLE_GFM
)  # fmt: skip
_LONE_CR = re.compile(r"\r(?!\n)")
# Lines that are for the site generator alone: Kramdown attributes, Liquid tags, Hugo shortcodes.
_GENERATOR_LINE = re.compile(r"(?m)^[ \t]*(?:\{:[^\n]*\}|\{%[^\n]*%\}|\{\{<[^\n]*>\}\}|\{\{%[^\n]*%\}\})[ \t]*(?=\r?$)")


def read(name: str, data: bytes) -> Document:
    """Return the Markdown page that *data* holds."""
    text, encoding, note = decode(name, data)
    document = parse(name, text)
    return replace(document, encoding=encoding, notes=(*((note,) if note else ()), *document.notes))


def parse(name: str, source: str) -> Document:
    """Return the page as its reader sees it; code is left out."""
    # A copy of equal length for the parser, which takes a lone CR for a line end only here and there.
    text = _LONE_CR.sub("\n", well_formed(source)) if "\r" in source else well_formed(source)
    front = find_front_matter(text)
    if front is not None:
        text = " " * front.end + text[front.end :]
    if "{" in text:
        text = _GENERATOR_LINE.sub(lambda match: " " * len(match[0]), text)
    walk = _Walk(name, text)
    walk.run()
    blocks = [*front.blocks, *walk.blocks] if front is not None else walk.blocks
    metadata = front.metadata if front is not None else None
    document = make_document(name, FORMAT, source, blocks, metadata=metadata, comments=walk.comments)
    return replace(document, notes=(front.note,)) if front is not None and front.note else document


class _Walk:
    """One walk over the parser's events; containers are kept on a stack, so depth costs nothing."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text
        self.blocks: list[Block] = []
        self._comments: list[Comment] = []
        self._inline = Inline(name, text)
        self._contexts = [Context()]
        self._groups = 0
        self._is_code = False
        self._html: list[Span] = []

    @property
    def comments(self) -> list[Comment]:
        """All comments, in order."""
        return sorted([*self._comments, *self._inline.comments], key=lambda comment: comment.span)

    def run(self) -> None:
        """Collect ``blocks`` and ``comments``."""
        place = character_offsets(self._text)
        events: Iterator[tuple[Any, Any]] = pyromark.events_with_range(self._text, options=_OPTIONS)
        for event, span in events:
            start, end = place(span["start"]), place(span["end"])
            if isinstance(event, str):
                self._take_bare(event, start, end)
                continue
            ((name, value),) = event.items()
            if name == "Text":
                if start < end and not self._is_code:
                    self._close_html()
                    self._inline.add_text(value, start, end)
            elif name == "Html":
                self._html += [Span(start, end)] if start < end else []
            elif name in {"Start", "End"}:
                tag = value if isinstance(value, str) else next(iter(value))
                handler = (_STARTS if name == "Start" else _ENDS).get(tag)
                if handler is not None:
                    handler(self, value, start, end)
            else:
                self._close_html()
                self._take_inline(name, value, start, end)
        self._flush()

    def _take_bare(self, event: str, start: int, end: int) -> None:
        if event == "Rule":
            self._flush()
        else:
            self._inline.add_break(start, end)

    def _take_inline(self, name: str, value: Any, start: int, end: int) -> None:
        if name == "Code":
            self._inline.leave_out(start, end)
        elif name == "InlineHtml":
            self._inline.add_html(value, start, end)
        elif name == "FootnoteReference":
            self._inline.add_note(value, start, end)

    def _flush(self, *_: object) -> None:
        """Close the block that is being collected, be it text or HTML."""
        self._close_html()
        self.blocks += self._inline.finish(self._contexts[-1])

    def _close_html(self) -> None:
        """Read the HTML blocks that stood one after another as one: a list may have blank lines in it."""
        if self._html:
            spans, self._html = self._html, []
            embedded = embed_html(self._name, self._text, spans, groups=self._groups)
            self._comments += embedded.comments
            self.blocks += [self._contexts[-1].adopt(block) for block in embedded.blocks]
            self._groups = max([self._groups, *(block.group for block in embedded.blocks)])

    def _open_html(self, *_: object) -> None:
        self.blocks += self._inline.finish(self._contexts[-1])

    def _open_quote(self, *_: object) -> None:
        self._flush()
        self._contexts.append(self._contexts[-1].quote())

    def _open_list(self, value: Any, *_: object) -> None:
        self._flush()
        self._groups += 1
        self._contexts.append(self._contexts[-1].list(self._groups, value["List"]))

    def _open_item(self, *_: object) -> None:
        self._flush()
        context = self._contexts[-1]
        self._contexts[-1:] = [context.after_item(), context.item()]

    def _open_footnote(self, value: Any, *_: object) -> None:
        self._flush()
        self._contexts.append(Context("footnote", label=value["FootnoteDefinition"]))

    def _open_table(self, *_: object) -> None:
        self._flush()
        self._groups += 1
        self._contexts.append(self._contexts[-1].table(self._groups))

    def _open_head(self, *_: object) -> None:
        self._contexts.append(self._contexts[-1]._replace(header=True))

    def _open_heading(self, value: Any, start: int, end: int) -> None:
        self._flush()
        level = int(value["Heading"]["level"][1])
        self._contexts.append(Context("heading", level))
        if not self._text[start:end].strip(" \t\r\n#"):
            blank = blank_block(self._text, start, end, "heading", level=level)
            self.blocks += [blank] if blank is not None else []

    def _close_container(self, *_: object) -> None:
        self._flush()
        self._contexts.pop()

    def _open_code(self, *_: object) -> None:
        self._flush()
        self._is_code = True

    def _close_code(self, *_: object) -> None:
        self._is_code = False

    def _open_link(self, value: Any, *_: object) -> None:
        self._close_html()
        self._inline.open_link(value["Link"]["dest_url"])

    def _close_link(self, *_: object) -> None:
        self._inline.close_link()

    def _open_image(self, *_: object) -> None:
        self._close_html()
        self._inline.open_image()

    def _close_image(self, _: object, start: int, end: int) -> None:
        self._inline.close_image(start, end)


_STARTS: dict[str, _Handler] = {
    "BlockQuote": _Walk._open_quote,
    "List": _Walk._open_list,
    "Item": _Walk._open_item,
    "FootnoteDefinition": _Walk._open_footnote,
    "Table": _Walk._open_table,
    "TableHead": _Walk._open_head,
    "Heading": _Walk._open_heading,
    "CodeBlock": _Walk._open_code,
    "Paragraph": _Walk._flush,
    "HtmlBlock": _Walk._open_html,
    "Link": _Walk._open_link,
    "Image": _Walk._open_image,
}
_CONTAINERS = ("BlockQuote", "List", "Item", "FootnoteDefinition", "Table", "TableHead", "Heading")
_ENDS: dict[str, _Handler] = {
    **dict.fromkeys(_CONTAINERS, _Walk._close_container),
    "TableCell": _Walk._flush,
    "Paragraph": _Walk._flush,
    "CodeBlock": _Walk._close_code,
    "Link": _Walk._close_link,
    "Image": _Walk._close_image,
}

"""HTML: what a reader of the page sees, block by block, every character in its place.

Tokens come from turbohtml: unlike html.parser it is linear on every hostile page tried (1 MB in under 40 ms), and
unlike a scanner of our own it follows the WHATWG tokenizer; line ends are blanked first, so its column is an offset.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from turbohtml import Token, TokenType, tokenize

from healthlint.decoding import decode, well_formed
from healthlint.document import Block, Comment, Document, make_document
from healthlint.readers._html_attribute import attribute_text
from healthlint.readers._html_context import BLOCKS, GAPS, LEFT_OUT, LISTS, Context, Place, context_inside
from healthlint.readers._html_encoding import declared_encoding
from healthlint.readers._html_line import Line
from healthlint.readers._html_metadata import Metadata
from healthlint.readers._html_tree import VOID, OpenElements
from healthlint.readers._html_wordless import image_block, wordless_heading
from healthlint.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FORMAT = "html"
SUFFIXES = (".html", ".htm", ".xhtml")

# "<title/>" in an icon and "<script/>" in XHTML are whole; a tokenizer that knows neither reads on for the end tag.
_EMPTY_RAW = re.compile(r"(?i)<(?:script|style|title|textarea|iframe)(?:\s[^<>]*)?/>")
_COMMENT = re.compile(r"<!--(?:-?>|(.*?)(?:--!?>|-{0,2}\Z))", re.DOTALL)
_NOT_READ = frozenset({"title", "description", "alt", "blank"})
_UNSAID = frozenset({"alt", "blank"})
_BLANK_PAGE = "no text that a reader of the page sees; if a script writes it, check what that writes"
_NO_ATTRIBUTES: Mapping[str, str] = {}


def read(name: str, data: bytes) -> Document:
    """Return the document in *data*, decoded as its byte-order mark, the page itself or the bytes say."""
    text, encoding, note = decode(name, data, declared=declared_encoding(data))
    document = parse(name, text)
    is_blank = all(block.kind in _NOT_READ for block in document.blocks) and not text.isspace() and text != ""
    notes = [*([note] if note else []), *([_BLANK_PAGE] if is_blank else [])]
    return replace(document, encoding=encoding, notes=tuple(notes))


def parse(name: str, source: str) -> Document:
    """Return the document in *source*; never raises, whatever the markup."""
    page = _Page(source)
    page.walk()
    blocks, furniture = page.sorted_out()
    metadata = page.metadata.finish()
    if furniture:
        metadata["furniture"] = furniture
    return make_document(name, FORMAT, source, blocks, metadata=metadata, comments=page.comments)


class _Page:
    """One walk over the tokens of a page."""

    def __init__(self, source: str) -> None:
        self.metadata = Metadata()
        self.comments: list[Comment] = []
        self._source = source
        self._shown = _one_line(well_formed(source))
        self._plain = _EMPTY_RAW.sub(_blank, self._shown)
        self._is_xml = source.lstrip().startswith("<?xml")
        self._open = OpenElements(self._flush)
        self._line = Line()
        self._blocks: list[tuple[int, Block]] = []
        self._alts: list[tuple[int, Block]] = []
        self._groups = 0
        self._forms = 0
        self._once: set[str] = set()
        self._heard: list[str] | None = None

    def walk(self) -> None:
        """Go through the page from its first token to its last."""
        is_text, is_reference = TokenType.TEXT, TokenType.CHARACTER_REFERENCE
        is_start, is_end, is_comment = TokenType.START_TAG, TokenType.END_TAG, TokenType.COMMENT
        for token in tokenize(self._plain, resolve_references=False, capture_source=True):
            kind = token.type
            start = token.col or 0
            if kind is is_text:
                self._read_text(token.data or "", start)
            elif kind is is_reference:
                self._add(token.data or "", start, start + len(token.source or ""))
            elif kind is is_start:
                self._read_start(token, start, start + len(token.source or ""))
            elif kind is is_end:
                self._read_end(token.tag or "", start, start + len(token.source or ""))
            elif kind is is_comment:
                self._read_comment(start, start + len(token.source or ""))
        self._flush(len(self._source))
        self._open.end_all(len(self._source))

    def sorted_out(self) -> tuple[list[Block], str]:
        """Return the blocks of the page itself, and the text of its furniture.

        A form is left out unless it holds more than half of the text, as the one form of an ASP.NET page does.
        """
        sizes = [0] * (self._forms + 1)
        for region, block in self._blocks:
            if region >= 0 and block.kind not in _NOT_READ:
                sizes[region] += len(block.text)
        half = sum(sizes) / 2
        kept = [block for region, block in self._blocks if region == 0 or (region > 0 and sizes[region] > half)]
        return kept, "\n".join(block.text for region, block in self._blocks if region < 0 and block.kind not in _UNSAID)

    def _flush(self, at: int) -> None:
        """End the block that is being collected."""
        context = self._open.context
        block = self._line.build(context, at)
        if block is not None:
            self._blocks.append((context.region, block))
            if block.kind == "title":
                self.metadata.add("title", block.text)
        if self._alts:
            self._blocks += self._alts
            self._alts = []

    def _read_text(self, text: str, start: int) -> None:
        plain = self._plain
        if plain.startswith(text, start):
            # Inside a title or a script, what was blanked is text.
            self._add(text if plain is self._shown else self._shown[start : start + len(text)], start)
            return
        # Only "</>" is dropped without a token of its own.
        position = 0
        while position < len(text):
            cut = plain.find("</>", start, start + len(text) - position + 2)
            length = len(text) - position if cut < 0 else cut - start
            self._add(text[position : position + length], start)
            position += length
            start = cut + 3

    def _add(self, text: str, start: int, end: int | None = None) -> None:
        if self._heard is not None:
            self._heard.append(text)
        if not self._open.context.is_hidden:
            self._line.add(text, start, end)

    def _read_comment(self, start: int, end: int) -> None:
        match = _COMMENT.match(self._source, start, end)
        if match:
            self.comments.append(Comment(match[1] or "", Span(start, end)))

    def _read_start(self, token: Token, start: int, end: int) -> None:
        name = token.tag or ""
        attributes = {key: value or "" for key, value in token.attrs} if token.attrs else _NO_ATTRIBUTES
        if name in VOID:
            self._read_void(name, attributes, start, end)
            return
        # The title of an icon is no block.
        is_icon_title = name == "title" and self._open.context.is_hidden
        is_block = (name in BLOCKS and not is_icon_title) or attributes.get("role") == "heading"
        if is_block:
            self._flush(start)
            self._open.close_for(name, start)
        context = self._open.context
        inner = self._context_inside(name, attributes, context)
        if name in GAPS and inner.is_hidden and not context.is_hidden:
            self._line.add(" ", start, end)
        if is_block and not inner.is_hidden:
            self._blocks += self._placed(wordless_heading(self._shown, Span(start, end), name, attributes))
        close = self._listen(name, attributes, self._open_inline(name, attributes, inner, start))
        if is_block or close or inner.is_hidden:
            self._open.push(name, inner, is_block=is_block, close=close)
            if token.self_closing and (self._is_xml or inner.is_hidden):
                self._open.end(name, end)

    def _context_inside(self, name: str, attributes: Mapping[str, str], context: Context) -> Context:
        if not attributes and name not in BLOCKS and name not in LEFT_OUT:
            return context
        if name == "title":
            is_seen = not context.is_hidden and self._is_first("title")
            return Context("title") if is_seen else context._replace(is_hidden=True)
        if name == "html":
            self.metadata.add("lang", attributes.get("lang") or attributes.get("xml:lang", ""))
        elif name == "form":
            self._forms += 1
        elif name == "table" or name in LISTS:
            self._groups += 1
        return context_inside(name, attributes, context, Place(self._open.is_top, self._groups, self._forms))

    def _is_first(self, name: str) -> bool:
        is_first = name not in self._once
        self._once.add(name)
        return is_first

    def _open_inline(
        self, name: str, attributes: Mapping[str, str], inner: Context, start: int
    ) -> Callable[[int], None] | None:
        """Begin a link or what may be a note marker; return what ends it."""
        if inner.is_hidden or name not in {"a", "sup"}:
            return None
        url = attributes.get("href", "").strip() if name == "a" else ""
        if name == "a":
            self._open.end("a", start)
        if self._line.is_holding(url):
            return None
        if name == "sup" or "#" in url:
            self._line.hold(url, start)
            return self._release
        if url:
            self._line.open_link(url)
            return self._line.close_link
        return None

    def _release(self, at: int) -> None:
        self._line.release(at, self._source[at : at + 1])

    def _listen(
        self, name: str, attributes: Mapping[str, str], close: Callable[[int], None] | None
    ) -> Callable[[int], None] | None:
        """Record what the element says of the page; where its text says it, return a *close* that records that."""
        if not attributes or self._heard is not None:
            return close
        if name == "script":
            is_linked_data = "ld+json" in attributes.get("type", "")
            return self._hear(self.metadata.add_linked_data, close) if is_linked_data else close
        keys = self.metadata.keys_of(name, attributes)
        value = attributes.get("datetime") or attributes.get("content")
        if value:
            self.metadata.add_all(keys, value)
        elif keys:
            return self._hear(lambda text: self.metadata.add_all(keys, text), close)
        return close

    def _hear(self, record: Callable[[str], None], close: Callable[[int], None] | None) -> Callable[[int], None]:
        heard: list[str] = []
        self._heard = heard

        def end(at: int) -> None:
            self._heard = None
            record("".join(heard))
            if close:
                close(at)

        return end

    def _read_end(self, name: str, start: int, end: int) -> None:
        if name in BLOCKS:
            if name == "p":
                self._flush(start)
            self._open.end(name, start)
        elif name == "br":
            self._read_void(name, _NO_ATTRIBUTES, start, end)
        else:
            if name == "a":
                # A link that holds a block ends here, even if that block does not.
                self._line.close_link()
            self._open.end(name, end)

    def _read_void(self, name: str, attributes: Mapping[str, str], start: int, end: int) -> None:
        if name == "meta":
            self._read_meta(attributes, start, end)
        elif name == "link":
            self.metadata.add_link(attributes)
        elif self._open.context.is_hidden:
            return
        elif name == "br":
            if self._line.add_break(start, end):
                self._flush(start)
        elif name == "hr":
            self._flush(start)
            self._open.close_for(name, start)
        elif name in {"img", "input", "embed"}:
            self._line.add(" ", start, end)
            if name == "img":
                self._alts += self._placed(image_block(self._shown, Span(start, end), attributes))

    def _read_meta(self, attributes: Mapping[str, str], start: int, end: int) -> None:
        self.metadata.add_meta(attributes)
        if attributes.get("name", "").lower() == "description" and self._is_first("description"):
            text = attribute_text(self._shown, Span(start, end), "content", attributes.get("content", ""))
            self._blocks += self._placed(text.build("description"))

    def _placed(self, block: Block | None) -> list[tuple[int, Block]]:
        context = self._open.context
        return [] if block is None or context.is_hidden else [(context.region, block)]


def _one_line(source: str) -> str:
    """Return *source* with each line end a space, so that a token's column is its offset, and each NUL as shown."""
    return source.replace("\n", " ").replace("\r", " ").replace("\0", "\ufffd")


def _blank(match: re.Match[str]) -> str:
    return "<!" + " " * (len(match[0]) - 3) + ">"

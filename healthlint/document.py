"""A document as its reader sees it: blocks of text, each character of which knows where it came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from healthlint import segment
from healthlint.citation import Citation, Link, Note, find_citations, heads_references
from healthlint.text import LineIndex, Span, fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BlockKind = Literal[
    "title", "description", "heading", "paragraph", "list-item", "table-cell", "quote", "caption", "footnote",
    "reference", "alt", "blank",
]  # fmt: skip
BLOCK_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
UNCOUNTED: frozenset[BlockKind] = frozenset({"title", "description", "blank"})
PROSE: tuple[BlockKind, ...] = ("heading", "paragraph", "list-item", "table-cell", "quote", "caption", "footnote")

_EMPTY: Mapping[int, int] = MappingProxyType({})


class Comment(NamedTuple):
    """A comment in the source, its markers left off; *span* is where the whole comment stands in the source."""

    text: str
    span: Span


@dataclass(frozen=True, eq=False)
class Block:
    """A run of text that a reader sees as one piece.

    ``offsets`` has ``len(text) + 1`` integers: the source offset of each character, and the end of the last one.
    A character that stands for several in the source (an entity, folded white space) has their number in ``wide``.
    Blocks of one list or table share a ``group``; ``label`` is the number of an ordered list item or note.
    A ``blank`` block is an "image" or "heading", as its label says, that has no words: its text is its markup, which no
    sentence is made of.
    """

    kind: BlockKind
    text: str
    offsets: Sequence[int]
    wide: Mapping[int, int] = field(default_factory=lambda: _EMPTY, repr=False)
    level: int = 0
    group: int = 0
    label: str = ""
    header: bool = False
    links: tuple[Link, ...] = ()
    notes: tuple[Note, ...] = ()
    landmark: str | None = None

    def source_span(self, start: int, end: int) -> Span:
        """Return the source span of ``text[start:end]``, from its first character to the end of its last."""
        if start == end:
            return Span(self.offsets[start], self.offsets[start])
        return Span(self.offsets[start], self.offsets[end - 1] + self.wide.get(end - 1, 1))

    @property
    def word_count(self) -> int:
        """The number of words, as white space parts them."""
        return self.text.count(" ") + 1

    @cached_property
    def shadow(self) -> str:
        """The text folded for matching, character for character."""
        return fold(self.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the block, in order."""
        if self.kind == "blank":
            return ()
        spans = segment.sentences(self.text)
        return tuple(Sentence(self, span.start, span.end, index) for index, span in enumerate(spans))

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """The sources named in the block, by start."""
        return () if self.kind == "blank" else find_citations(self.text, self.links, self.notes)

    @cached_property
    def memo(self) -> dict[Any, Any]:
        """What others have worked out about this block and want to work out once."""
        return {}

    def sentence_at(self, place: int) -> Sentence | None:
        """Return the sentence that ``text[place]`` stands in, or None between two."""
        index = bisect_right(self.sentences, place, key=_start) - 1
        return self.sentences[index] if index >= 0 and place < self.sentences[index].end else None


class Sentence:
    """A sentence: ``block.text[start:end]``, which is ``block.sentences[index]``."""

    def __init__(self, block: Block, start: int, end: int, index: int = 0) -> None:
        self.block = block
        self.start = start
        self.end = end
        self.index = index
        self.memo: dict[Any, Any] = {}
        """What others have worked out about this sentence and want to work out once; ``gates``: see scan."""

    @cached_property
    def text(self) -> str:
        """The sentence as its reader sees it."""
        return self.block.text[self.start : self.end]

    @cached_property
    def shadow(self) -> str:
        """The sentence folded for matching."""
        return self.block.shadow[self.start : self.end]

    @cached_property
    def words(self) -> tuple[Span, ...]:
        """The words, as spans of ``text``."""
        return segment.words(self.text)

    @cached_property
    def clauses(self) -> tuple[Span, ...]:
        """The clauses, as spans of ``text``."""
        return segment.clauses(self.text)

    def __repr__(self) -> str:
        return f"Sentence({self.text!r})"


def _start(sentence: Sentence) -> int:
    return sentence.start


class Section(NamedTuple):
    """The blocks from *start* up to *end*, the first of which is *heading* unless the document opens without one."""

    heading: Block | None
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Document:
    """A source text and what its reader sees of it, in reading order."""

    name: str
    format: str
    source: str
    blocks: tuple[Block, ...]
    metadata: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    comments: tuple[Comment, ...] = ()
    encoding: str = "utf-8"
    notes: tuple[str, ...] = ()
    memo: dict[Any, Any] = field(default_factory=dict, repr=False)
    """What others have worked out about this document and want to work out once."""

    @cached_property
    def lines(self) -> LineIndex:
        """The line index of the source."""
        return LineIndex(self.source)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The document cut at each heading."""
        starts = [index for index, block in enumerate(self.blocks) if block.kind == "heading"]
        cuts = [*([0] if not starts or starts[0] > 0 else []), *starts, len(self.blocks)]
        return tuple(
            Section(self.blocks[start] if self.blocks[start].kind == "heading" else None, start, end)
            for start, end in pairwise(cuts)
            if start < end
        )

    @cached_property
    def _index(self) -> dict[int, int]:
        return {id(block): index for index, block in enumerate(self.blocks)}

    @cached_property
    def _section_of(self) -> list[int]:
        return [number for number, section in enumerate(self.sections) for _ in range(section.start, section.end)]

    def index_of(self, block: Block) -> int:
        """Return the place of *block* in ``blocks``."""
        return self._index[id(block)]

    def section_of(self, block: Block) -> Section:
        """Return the section that *block* stands in."""
        return self.sections[self._section_of[self.index_of(block)]]

    @cached_property
    def _section_above(self) -> list[int]:
        """For each section the one it is a part of, or -1."""
        above: list[int] = []
        open_sections: list[int] = []
        for number, section in enumerate(self.sections):
            level = section.heading.level if section.heading else 0
            while open_sections and self._level(open_sections[-1]) >= level:
                open_sections.pop()
            above.append(open_sections[-1] if open_sections else -1)
            if section.heading:
                open_sections.append(number)
        return above

    def _level(self, number: int) -> int:
        heading = self.sections[number].heading
        return heading.level if heading else 0

    def headings_above(self, block: Block) -> tuple[Block, ...]:
        """Return the headings that *block* stands under, nearest first, each of a higher level than the one before."""
        found: list[Block] = []
        number = self._section_of[self.index_of(block)]
        while number >= 0:
            heading = self.sections[number].heading
            if heading is not None and heading is not block:
                found.append(heading)
            number = self._section_above[number]
        return tuple(found)

    def lead_in(self, block: Block) -> Block | None:
        """Return the block just before the list or table of *block*, images aside, in the same section."""
        if not block.group:
            return None
        index = self.index_of(self.groups[block.group][0]) - 1
        while index >= 0 and self.blocks[index].kind in {"alt", "blank"}:
            index -= 1
        same_section = index >= 0 and self._section_of[index] == self._section_of[self.index_of(block)]
        return self.blocks[index] if same_section else None

    @cached_property
    def groups(self) -> Mapping[int, Sequence[Block]]:
        """The blocks of each list and table, by the number of their group."""
        groups: defaultdict[int, list[Block]] = defaultdict(list)
        for block in self.blocks:
            if block.group:
                groups[block.group].append(block)
        return groups

    @cached_property
    def labels(self) -> frozenset[str]:
        """The labels of all notes and reference entries: what a marker can point to."""
        return frozenset(
            block.label for block in self.blocks if block.label and block.kind in {"footnote", "reference"}
        )

    @cached_property
    def word_count(self) -> int:
        """The number of words in what a reader of the page sees."""
        return sum(block.word_count for block in self.blocks if block.kind not in UNCOUNTED)

    @property
    def locale(self) -> str:
        """The language tag the document gives for itself, written as in "en-GB", or ''."""
        language, _, region = self.metadata.get("lang", "").strip().replace("_", "-").partition("-")
        return f"{language.lower()}-{region.upper()}" if region else language.lower()


def make_document(  # noqa: PLR0913  the parts of a document
    name: str,
    format: str,
    source: str,
    blocks: Sequence[Block],
    *,
    metadata: Mapping[str, str] | None = None,
    comments: Sequence[Comment] = (),
) -> Document:
    """Return a document of *blocks*, those under a heading such as "References" turned into references."""
    return Document(
        name=name,
        format=format,
        source=source,
        blocks=tuple(_with_references(blocks)),
        metadata=MappingProxyType(dict(metadata or {})),
        comments=tuple(comments),
    )


def _with_references(blocks: Sequence[Block]) -> list[Block]:
    out: list[Block] = []
    level: int | None = None
    for block in blocks:
        if block.kind == "heading" and (level is None or block.level <= level):
            level = block.level if heads_references(block.text) else None
        if level is not None and block.kind in {"paragraph", "list-item", "table-cell"}:
            out.append(replace(block, kind="reference", label=block.label or _leading_number(block.text)))
        else:
            out.append(block)
    return out


def _leading_number(text: str) -> str:
    match = re.match(r"[\[(^]?(\d{1,3})[\]).:]?\s", text)
    return match[1] if match else ""

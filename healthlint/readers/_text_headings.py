"""Which lines of a plain text are its headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthlint.document import BlockKind

_SECTION_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,5})\.?\s+(?=[^\W\d_])")
_CAPITAL_START = re.compile(r"[\"'“\u2018«(\[]?(?:[^\W\d_]|\d)")
_QUESTION = re.compile(r"(?:What|How|Why|When|Who|Where|Which)\b.*\?$")
_NO_HEADING = re.compile(
    r"(?i)@|\bhttps?:|\bwww\.|(?:\d[\s()-]?){7}"
    r"|\d[\d.,/\u2013-]*\s?(?:mg|mcg|µg|g|kg|ml|l|iu|units?|tablets?|capsules?|drops?|%)(?!\w)"
    r"|^\d+\w?,?\s.*\b(?:street|st|road|rd|avenue|ave|lane|ln|drive|way|square|close|court|blvd|boulevard)\b"
    r"|\b(?:includ(?:e|es|ing)|such as|and|or|the|an?|of|with|by|to|for|from|are|is)$"
)
_MAX_HEADING_WORDS, MAX_HEADING_CHARACTERS, _LONGEST_HEADING_RUN = 12, 80, 3
CELL_GAP = re.compile(r"[ \t]*\t[ \t]*|[ ]{3,}|[ \t]*\|[ \t]*")


class Passage(NamedTuple):
    """A block to be: the source spans of its lines, markers left off; is it set off by blank lines or rules?"""

    kind: BlockKind
    spans: list[tuple[int, int]]
    level: int = 0
    group: int = 0
    label: str = ""
    is_alone: bool = False


def with_headings(text: str, passages: Sequence[Passage]) -> Iterator[Passage]:
    """Yield the passages, those that are headings turned into such."""
    levels = [_heading_level(text, passages, index) for index in range(len(passages))]
    index = 0
    while index < len(passages):
        run = index
        while run < len(levels) and levels[run]:
            run += 1
        # A long run of short lines is a list without bullets: only its first line is a heading.
        headings = run - index if run - index <= _LONGEST_HEADING_RUN else 1
        for place in range(index, index + headings):
            yield passages[place]._replace(kind="heading", level=levels[place], group=0, label="")
        for passage in passages[index + headings : run + 1]:
            yield from _cut(text, passage)
        index = run + 1


def _heading_level(text: str, passages: Sequence[Passage], index: int) -> int:
    """Return the level of the heading that a passage is, or 0."""
    passage = passages[index]
    if passage.kind == "heading":
        return passage.level
    is_last = index + 1 == len(passages)
    if not passage.is_alone or len(passage.spans) > 1 or is_last or passage.kind not in {"paragraph", "list-item"}:
        return 0
    line = text[passage.spans[0][0] : passage.spans[0][1]].strip()
    before = passages[index - 1] if index else None
    if not _looks_like_heading(line) or (before is not None and text[before.spans[-1][1] - 1] == ":"):
        return 0
    if passage.kind == "list-item":  # "1. Causes" with prose around it
        among_items = passages[index + 1].kind == "list-item" or (before is not None and before.kind == "list-item")
        return 1 if passage.label.isdigit() and not among_items else 0
    number = _SECTION_NUMBER.match(line)
    if number is not None and "." in line[: number.end()]:
        return number[1].count(".") + 1
    return 1 if line.isupper() else 2


def _looks_like_heading(line: str) -> bool:
    if len(line) > MAX_HEADING_CHARACTERS or line.count(" ") >= _MAX_HEADING_WORDS:
        return False
    if line[-1] in ".!?:;,…" and not _QUESTION.match(line):
        return False
    start = _CAPITAL_START.match(line)
    is_capital = start is not None and not start[0][-1].islower()
    return is_capital and not CELL_GAP.search(line) and not _NO_HEADING.search(line)


def _cut(text: str, passage: Passage) -> Iterator[Passage]:
    """Yield a passage, its first line set off as a heading if that is in capitals and the next is not."""
    if passage.kind == "paragraph" and len(passage.spans) > 1:
        first, second = (text[start:end].strip() for start, end in passage.spans[:2])
        if first.isupper() and len(first) > 3 and not second.isupper() and _looks_like_heading(first):
            yield passage._replace(kind="heading", spans=passage.spans[:1], level=1)
            passage = passage._replace(spans=passage.spans[1:])
    yield passage

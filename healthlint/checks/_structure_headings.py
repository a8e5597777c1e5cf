"""Faults of headings: a skipped level, no word in or under one, a second title."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from healthlint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthlint.document import Block, Document

GUESSED = frozenset({"text"})  # formats in which a heading is a guess
# What may stand between two headings and shows nothing: anything else may be a picture, a form or code.
_NOTHING = re.compile(
    r"(?i)(?:[\s#=*_>-]|&nbsp;|<!--[^<>]*-->|</?(?:a|article|b|body|br|div|em|h[1-6]|header|hgroup|hr|html|i|main|p|section"
    r"|small|span|strong|u)(?:[\s/][^<>]*)?>)*"
)


def skipped_levels(document: Document) -> Iterator[Finding]:
    """Yield each heading that is two or more levels below the one before it; values ``level`` and ``above``."""
    headings = [] if document.format in GUESSED else [each for each in document.blocks if each.kind == "heading"]
    for before, heading in pairwise(headings):
        if heading.level > before.level + 1:
            yield _whole(heading, {"level": str(heading.level), "above": str(before.level)})


def further_titles(document: Document) -> Iterator[Finding]:
    """Yield each heading of level 1 after the first; value ``first`` is what that says."""
    titles = [each for each in document.blocks if each.kind == "heading" and each.level == 1]
    for title in () if document.format in GUESSED else titles[1:]:
        yield _whole(title, {"first": titles[0].text})


def headings_without_text(document: Document) -> Iterator[Finding]:
    """Yield each heading without a word, and each with nothing under it before the next of its level, or the end.

    Of several in a row, which are a list set as headings, the first. A heading that is a link opens what is missing
    under it.
    """
    was_alone = False
    for index, block in enumerate(document.blocks):
        is_wordless = block.kind == "blank" and block.label == "heading"
        is_alone = block.kind == "heading" and not block.links and _is_alone(document, index)
        if is_wordless or (is_alone and not was_alone):
            yield _whole(block, {})
        was_alone = is_alone


def _is_alone(document: Document, index: int) -> bool:
    blocks: Sequence[Block] = document.blocks
    heading = blocks[index]
    if document.format in GUESSED:
        return False
    end = len(document.source)
    if index + 1 < len(blocks):
        following = blocks[index + 1]
        if following.kind != "heading" or following.level != heading.level:
            return False
        end = following.offsets[0]
    return _NOTHING.fullmatch(document.source, heading.offsets[-1], end) is not None


def _whole(block: Block, values: dict[str, str]) -> Finding:
    return Finding(block, 0, len(block.text), block.sentence_at(0), values)

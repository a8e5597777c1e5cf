"""Faults of running text: too much of it without a break, and a page that does not begin with what it is about."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

from healthlint.checks._structure_headings import GUESSED
from healthlint.finding import Finding, opening
from healthlint.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthlint.document import Block, Document

_RUNNING = frozenset({"paragraph", "quote"})
_UNSEEN = frozenset({"alt", "blank", "title", "description"})
_LONGEST_LABEL = 8
_ENDS = ".!?:;,\"'”’)"
_WORD = re.compile(r"[a-z0-9]{3,}")
_STEM = 5  # "allergy" and "allergies" say the same
_COMMON = frozenset(
    "about above after again all also and any are been before best better but can could did does dont each "
    "ever every everything facts for from get guide had has have her here his how into its just know like made "
    "make may more most much need new not now off one only other our out over own real really see she should "
    "some than that the their them then there these they thing things this those time tips too truth two use "
    "very want was way what when where which while who why will with without work would year years yes you "
    "your".split()
)


def long_stretches(document: Document, most: int) -> Iterator[Finding]:
    """Yield the first sentence of each stretch of more than *most* words; value ``value`` is how many.

    A heading, a list, a table or a short line set as a paragraph ends a stretch; an image does not. Of plain text
    without a heading, a letter or a news story, none is asked.
    """
    blocks = [block for block in document.blocks if block.kind not in _UNSEEN]
    if document.format in GUESSED and not any(block.kind == "heading" for block in blocks):
        return
    for is_running, stretch in groupby(blocks, key=_is_running):
        members = list(stretch)
        words = sum(block.word_count for block in members)
        place = opening(members, {"value": str(words), "max": str(most)})
        if is_running and words > most and place is not None:
            yield place


def _is_running(block: Block) -> bool:
    is_label = block.word_count <= _LONGEST_LABEL and block.text[-1] not in _ENDS
    return block.kind in _RUNNING and not is_label


def unsummarised(document: Document, matcher: Any, *, min_words: int, max_words: int) -> Iterator[Finding]:
    """Yield the title of a page that has no summary and whose first *max_words* words share none with the title."""
    place = opening(document.blocks)
    if place is None or document.word_count < min_words:
        return
    is_titled = place.block.kind == "heading" and document.format not in GUESSED
    heading = place.block.text if is_titled else ""
    named = _stems(f"{document.metadata.get('title', '')} {heading}")
    is_summed_up = any(matcher.search(block.shadow) for block in document.blocks if block.kind != "blank")
    if named and not is_summed_up and named.isdisjoint(_stems(_beginning(document, max_words))):
        yield place


def _beginning(document: Document, most: int) -> str:
    words: list[str] = []
    for block in document.blocks:
        if block.kind in _RUNNING or block.kind == "list-item":
            words += block.text.split()
        if len(words) >= most:
            break
    return " ".join(words[:most])


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(fold(text).lower()) if word not in _COMMON}

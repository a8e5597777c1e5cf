"""Faults of citations: markers that point to no entry, and entries that nothing points to."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from healthlint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthlint.document import Block, Document

_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,60})\]")
_CALLED_FURTHER_READING = re.compile(r"(?i)further reading|bibliography")


def unmatched_citations(document: Document, blocks: Sequence[Block]) -> Iterator[Finding]:
    """Yield each marker in *blocks* without an entry, then each numbered entry that no marker names; value ``label``.

    Of a page without any entry it is the first marker alone: one list is missing. The entries of a page without
    markers, and those called further reading, need none.
    """
    unmatched = (finding for block in blocks for finding in _markers_without_entry(block, document))
    yield from unmatched if document.labels else islice(unmatched, 1)
    pointed_to = {citation.label for block in document.blocks for citation in block.citations if citation.label} | {
        note.label for block in document.blocks for note in block.notes
    }
    for block in document.blocks if pointed_to & document.labels else ():
        is_numbered = block.kind == "reference" and block.label.isdigit()
        if is_numbered and block.label not in pointed_to and not _is_further_reading(block, document):
            yield Finding(block, 0, len(block.text), None, {"label": block.label})


def _markers_without_entry(block: Block, document: Document) -> Iterator[Finding]:
    for match in _FOOTNOTE.finditer(block.text):
        yield Finding(block, match.start(), match.end(), block.sentence_at(match.start()), {"label": match[1]})
    seen: set[int] = set()
    for citation in block.citations:
        if citation.kind == "bracket" and citation.label not in document.labels and citation.start not in seen:
            seen.add(citation.start)
            sentence = block.sentence_at(citation.start)
            yield Finding(block, citation.start, citation.end, sentence, {"label": citation.label})


def _is_further_reading(block: Block, document: Document) -> bool:
    heading = document.section_of(block).heading
    return heading is not None and bool(_CALLED_FURTHER_READING.search(heading.text))

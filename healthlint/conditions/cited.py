"""Is the claim sourced? In its sentence, or from as far as a reader would still connect source and claim."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from healthlint.citation import Citation
    from healthlint.document import Block, Document, Sentence
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding

_STRENGTHS = ("weak", "medium", "strong")
_BACK_REFERENCE = re.compile(
    r"[\W_]*(?:(?:this|that|these|those|the|such|both|its|their|his|her)\s+(?:\w+\s+){0,2}?(?:figures?|stud(?:y|ies)|trials?"
    r"|researche?r?s?|authors?|team|data|reviews?|reports?|surveys?|results?|findings?|numbers?|estimates?|evidence|paper"
    r"|analysis|scientists?|investigators?|risks?|group|experts?)"
    r"|they|it|he|she|sources?|according to|this|as reported)\b",
    re.IGNORECASE,
)
_PARAGRAPH_REACH = 3
_BARE_CITATION_WORDS = 8


@dataclass(frozen=True)
class Condition:
    """A source of ``strength`` or better in the sentence, or tied to it (catalogue, section 0.2).

    Tied are: one of the next ``after`` sentences when it refers back or is only a citation; a citation that ends the
    paragraph, up to three sentences on; the sentence before when this one refers back; the lead-in of a list; the
    caption, head or source line of a table. ``within`` widens it to a whole paragraph, section or document; or asks
    for ``references``, which no marker in the text points to.
    """

    within: Literal["sentence", "paragraph", "section", "document", "references"] = "sentence"
    after: int = 1
    strength: Literal["weak", "medium", "strong"] = "medium"

    def validate(self, vocabulary: Vocabulary) -> None:
        """Accept everything the types allow."""

    def holds(self, finding: Finding, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether a source is in reach."""
        block, sentence = finding.block, finding.sentence
        if self.within == "references":
            return _has_loose_references(document)
        if self.within != "sentence":
            return any(self._in(each, document) for each in self._blocks(block, document))
        if sentence is None:
            return self._in(block, document)
        return (
            self._between(block, sentence.start, sentence.end, document)
            or self._from_neighbours(sentence, document)
            or self._from_surroundings(block, document)
        )

    def _blocks(self, block: Block, document: Document) -> tuple[Block, ...]:
        if self.within == "paragraph":
            return (block,)
        if self.within == "document":
            return document.blocks
        section = document.section_of(block)
        return document.blocks[section.start : section.end]

    def _in(self, block: Block, document: Document) -> bool:
        return self._between(block, 0, len(block.text), document)

    def _between(self, block: Block, start: int, end: int, document: Document) -> bool:
        return any(True for _ in self._citations(block, start, end, document))

    def _citations(self, block: Block, start: int, end: int, document: Document) -> Iterator[Citation]:
        worst = _STRENGTHS.index(self.strength)
        reach = block.memo.get("reach of citations")
        if reach is None:
            reach = block.memo["reach of citations"] = list(accumulate((each.end for each in block.citations), max))
        for index in range(bisect_left(reach, start), len(reach)):
            citation = block.citations[index]
            if citation.start > end + 1:
                break
            in_place = start < citation.end <= end + 1 or start <= citation.start < end
            has_entry = not citation.label or citation.label in document.labels or citation.kind == "note"
            if in_place and has_entry and _STRENGTHS.index(citation.strength) >= worst:
                yield citation

    def _from_neighbours(self, sentence: Sentence, document: Document) -> bool:
        block = sentence.block
        sentences, index = block.sentences, sentence.index
        for following in sentences[index + 1 : index + 1 + self.after]:
            refers_back = _BACK_REFERENCE.match(following.shadow) or _is_bare(following)
            if refers_back and self._between(block, following.start, following.end, document):
                return True
        if index > 0 and _BACK_REFERENCE.match(sentence.shadow):
            before = sentences[index - 1]
            if self._between(block, before.start, before.end, document):
                return True
        last = sentences[-1]
        near_the_end = len(sentences) - 1 - index <= _PARAGRAPH_REACH
        return near_the_end and any(
            citation.end >= last.end - 2 for citation in self._citations(block, last.start, last.end, document)
        )

    def _from_surroundings(self, block: Block, document: Document) -> bool:
        if not block.group:
            return False
        lead_in = document.lead_in(block)
        if lead_in is not None and lead_in.kind != "heading" and self._in(lead_in, document):
            return True
        if block.kind != "table-cell":
            return False
        group = document.groups[block.group]
        if any(self._in(each, document) for each in group if each.header or each.kind == "caption"):
            return True
        after = document.index_of(group[-1]) + 1
        return (
            after < len(document.blocks)
            and _is_source_line(document.blocks[after])
            and self._in(document.blocks[after], document)
        )


def _has_loose_references(document: Document) -> bool:
    """Say whether there is a list of sources, and nothing in the text that says which belongs to what."""
    running = [block for block in document.blocks if block.kind not in {"reference", "footnote"}]
    marked = any(block.notes or any(each.label for each in block.citations) for block in running)
    return len(running) < len(document.blocks) and not marked


def _is_bare(sentence: Sentence) -> bool:
    return sentence.shadow.count(" ") < _BARE_CITATION_WORDS and not re.search(r"[.!?]\s", sentence.shadow)


def _is_source_line(block: Block) -> bool:
    return block.shadow.lower().lstrip("*_ ").startswith(("source", "data", "based on", "adapted", "from"))

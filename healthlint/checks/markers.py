"""Find citation markers that point to no entry, and reference entries that nothing points to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthlint.finding import Finding

if TYPE_CHECKING:
    from healthlint.document import Block, Document, Sentence
    from healthlint.entities import Vocabulary

_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,60})\]")
_CALLED_FURTHER_READING = re.compile(r"(?i)further reading|bibliography")


@dataclass(frozen=True)
class Check:
    """``[4]`` or ``[^iron]`` without an entry; with ``uncited``, also a numbered entry that no marker names."""

    uncited: bool = True

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return None: the whole document is compared with its references."""
        return None

    def validate(self, vocabulary: Vocabulary) -> None:
        """Accept everything the types allow."""

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield what does not match, in reading order."""
        blocks = dict.fromkeys(sentence.block for sentence in sentences)
        pointed_to = {citation.label for block in document.blocks for citation in block.citations if citation.label} | {
            note.label for block in document.blocks for note in block.notes
        }
        for block in blocks:
            yield from _markers_without_entry(block, document)
        if self.uncited and pointed_to & document.labels:
            for block in document.blocks:
                numbered = block.kind == "reference" and block.label.isdigit()
                if numbered and block.label not in pointed_to and not _is_further_reading(block, document):
                    yield Finding(block, 0, len(block.text), None, {"label": block.label})


def _markers_without_entry(block: Block, document: Document) -> Iterator[Finding]:
    for match in _FOOTNOTE.finditer(block.text):
        yield Finding(block, match.start(), match.end(), _sentence_at(block, match.start()), {"label": match[1]})
    seen: set[int] = set()
    for citation in block.citations:
        if citation.kind == "bracket" and citation.label not in document.labels and citation.start not in seen:
            seen.add(citation.start)
            sentence = _sentence_at(block, citation.start)
            yield Finding(block, citation.start, citation.end, sentence, {"label": citation.label})


def _sentence_at(block: Block, place: int) -> Sentence | None:
    return next((each for each in block.sentences if each.start <= place < each.end), None)


def _is_further_reading(block: Block, document: Document) -> bool:
    heading = document.section_of(block).heading
    return heading is not None and bool(_CALLED_FURTHER_READING.search(heading.text))

"""Find documents and sections that lack what their topic or their kind calls for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Literal

from healthlint.finding import Finding
from healthlint.text import several

if TYPE_CHECKING:
    from healthlint.document import Block, Document, Sentence
    from healthlint.entities import Vocabulary

_SHOWN = frozenset({"title", "description"})


@dataclass(frozen=True)
class Check:
    """The document (or section) must say one of ``says``, or have one of ``metadata``, or name a source.

    Asked only of text with ``min_words`` or more, and, where ``about`` is given, with at least ``mentions`` of it, or
    one in a heading. Reported at the first mention, else at the first heading or block.
    """

    says: str | tuple[str, ...] = ()
    metadata: tuple[str, ...] = ()
    sources: int = 0
    about: str | tuple[str, ...] = ()
    mentions: int = 1
    min_words: int = 0
    within: Literal["document", "section"] = "document"

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return what a mention of ``about`` needs; None without one, for what is missing has no place."""
        gates = [vocabulary.skeleton(part) for part in vocabulary.parts(several(self.about))]
        return tuple(gate for gate in gates if gate) if self.about and None not in gates else None

    def validate(self, vocabulary: Vocabulary) -> None:
        """Compile the patterns."""
        for key, patterns in (("says", self.says), ("about", self.about)):
            for pattern in several(patterns):
                vocabulary.check_pattern(pattern, key=key)

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield one finding per document or section that lacks it."""
        if any(document.metadata.get(key) for key in self.metadata):
            return
        for blocks in self._parts(document):
            if sum(block.word_count for block in blocks if block.kind not in _SHOWN) >= self.min_words:
                yield from self._judge(document, blocks, sentences, vocabulary)

    def _parts(self, document: Document) -> Iterator[Sequence[Block]]:
        if self.within == "document":
            yield document.blocks
        else:
            for section in document.sections:
                yield document.blocks[section.start : section.end]

    def _judge(
        self, document: Document, blocks: Sequence[Block], sentences: Sequence[Sentence], vocabulary: Vocabulary
    ) -> Iterator[Finding]:
        members = set(map(id, blocks))
        place = _opening(blocks)
        if self.about:
            place = self._topic([each for each in sentences if id(each.block) in members], vocabulary)
        if place is None or self._says(document, blocks, vocabulary):
            return
        if not self.sources or _count_sources(blocks) < self.sources:
            yield place

    @cached_property
    def _about(self) -> str:
        return "|".join(f"(?:{pattern})" for pattern in several(self.about))

    def _topic(self, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Finding | None:
        """Return the first mention, if there are enough of them or one is in a heading."""
        first: Finding | None = None
        count = 0
        for sentence in sentences:
            for match in vocabulary.regex_for(sentence, self._about).finditer(sentence.shadow):
                start, end = match.span()
                first = first or Finding(sentence.block, sentence.start + start, sentence.start + end, sentence)
                count += 1
                if count >= self.mentions or sentence.block.kind in {"heading", "title"}:
                    return first
        return None

    def _says(self, document: Document, blocks: Sequence[Block], vocabulary: Vocabulary) -> bool:
        if not self.says:
            return False
        regex = vocabulary.regex("|".join(f"(?:{pattern})" for pattern in several(self.says)))
        texts = chain(
            (block.shadow for block in blocks),
            (link.url for block in blocks for link in block.links),
            (document.metadata.get("furniture", ""),) if self.within == "document" else (),
        )
        return any(map(regex.search, texts))


def _count_sources(blocks: Sequence[Block]) -> int:
    cited = sum(citation.strength != "weak" for block in blocks for citation in block.citations)
    return cited + sum(block.kind == "reference" for block in blocks)


def _opening(blocks: Sequence[Block]) -> Finding | None:
    shown = [block for block in blocks if block.kind not in {"title", "description", "alt"}] or list(blocks)
    headings = [block for block in shown if block.kind == "heading"]
    block = next(iter(headings or shown), None)
    if block is None:
        return None
    end = block.sentences[0].end if block.sentences else len(block.text)
    return Finding(block, 0, end, block.sentences[0] if block.sentences else None)

"""Find documents and sections that lack what their topic or their kind calls for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

from healthlint.document import UNCOUNTED
from healthlint.finding import Finding, opening
from healthlint.masking import masked
from healthlint.regex import joined
from healthlint.text import Span, apart, several

if TYPE_CHECKING:
    from healthlint.document import Block, Document, Sentence
    from healthlint.entities import Vocabulary


@dataclass(frozen=True)
class Check:
    """The document (or section) must say one of ``says``, or have one of ``metadata``, or name a source.

    Asked only of text with ``min_words`` or more, and, where ``about`` is given, with at least ``mentions`` of it and
    ``per_100_words``, or one in a heading. What ``mask`` matches is no mention; what ``denied`` matches says nothing
    ("no need to call 999"). Reported at the first mention, else at the main heading or the first sentence;
    ``at: opening`` reports there what has a topic too, with the ``topic`` that the page mentions first.
    """

    says: str | tuple[str, ...] = ()
    metadata: tuple[str, ...] = ()
    sources: int = 0
    denied: str | tuple[str, ...] = ()
    about: str | tuple[str, ...] = ()
    mask: str | tuple[str, ...] = ()
    mentions: int = 1
    per_100_words: float = 0
    min_words: int = 0
    within: Literal["document", "section"] = "document"
    at: Literal["topic", "opening"] = "topic"

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return what a mention of ``about`` needs; None without one, for what is missing has no place."""
        return vocabulary.gates(vocabulary.parts(several(self.about))) if self.about else None

    def validate(self, vocabulary: Vocabulary) -> None:
        """Compile the patterns."""
        for key in ("says", "denied", "about", "mask"):
            for pattern in several(getattr(self, key)):
                vocabulary.check_pattern(pattern, key=key)

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield one finding per document or section that lacks it."""
        if any(document.metadata.get(key) for key in self.metadata):
            return
        by_block: defaultdict[int, list[Sentence]] = defaultdict(list)
        for sentence in sentences:
            by_block[id(sentence.block)].append(sentence)
        for blocks in self._parts(document):
            if _count_words(blocks) >= self.min_words:
                own = [sentence for block in blocks for sentence in by_block.get(id(block), ())]
                yield from self._judge(document, blocks, own, vocabulary)

    def _parts(self, document: Document) -> Iterator[Sequence[Block]]:
        if self.within == "document":
            yield document.blocks
        else:
            for section in document.sections:
                yield document.blocks[section.start : section.end]

    def _judge(
        self, document: Document, blocks: Sequence[Block], sentences: Sequence[Sentence], vocabulary: Vocabulary
    ) -> Iterator[Finding]:
        place = opening(blocks)
        if self.about:
            enough = max(self.mentions, self.per_100_words * _count_words(blocks) / 100)
            place = self._topic(sentences, enough, vocabulary)
            if place is not None and self.at == "opening":
                place = opening(blocks, {"topic": place.text})
        if place is None or self._says(document, blocks, vocabulary):
            return
        if not self.sources or _count_sources(blocks) < self.sources:
            yield place

    def _topic(self, sentences: Sequence[Sentence], enough: float, vocabulary: Vocabulary) -> Finding | None:
        """Return the first mention, if there are *enough* of them or one is in a heading."""
        first: Finding | None = None
        count = 0
        for sentence in sentences:
            for start, end in self._mentions(sentence, vocabulary):
                first = first or Finding(sentence.block, sentence.start + start, sentence.start + end, sentence)
                count += 1
                if count >= enough or sentence.block.kind in {"heading", "title"}:
                    return first
        return None

    def _mentions(self, sentence: Sentence, vocabulary: Vocabulary) -> Iterator[Span]:
        text = sentence.shadow
        about = vocabulary.parts(several(self.about))
        regexes = [vocabulary.regex_for(sentence, each) for each in vocabulary.likely(sentence, about)]
        if self.mask and any(regex.search(text) for regex in regexes):
            text = masked(sentence, several(self.mask), vocabulary)
        return apart(Span(*match.span()) for regex in regexes for match in regex.finditer(text))

    def _says(self, document: Document, blocks: Sequence[Block], vocabulary: Vocabulary) -> bool:
        if not self.says:
            return False
        regex = vocabulary.regex(joined(several(self.says)))
        texts = chain(
            (block.shadow for block in blocks if block.kind != "blank"),
            (link.url for block in blocks for link in block.links),
            (document.metadata.get("furniture", ""),) if self.within == "document" else (),
        )
        denied = [vocabulary.regex(pattern) for pattern in several(self.denied)]
        return any(regex.search(text) and regex.search(_without(text, denied)) for text in texts)


def _without(text: str, patterns: Sequence[Any]) -> str:
    for pattern in patterns:
        text = pattern.sub(" ", text)
    return text


def _count_words(blocks: Sequence[Block]) -> int:
    return sum(block.word_count for block in blocks if block.kind not in UNCOUNTED)


def _count_sources(blocks: Sequence[Block]) -> int:
    cited = sum(citation.strength != "weak" for block in blocks for citation in block.citations)
    return cited + sum(block.kind == "reference" for block in blocks)

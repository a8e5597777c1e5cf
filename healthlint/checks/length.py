"""Find sentences and paragraphs that are longer than a reader can hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from healthlint import segment
from healthlint.errors import SettingError
from healthlint.finding import Finding

if TYPE_CHECKING:
    from healthlint.document import Document, Sentence
    from healthlint.entities import Vocabulary


_SEPARATORS = " -/,.:;()'\"—–…’“”"


@dataclass(frozen=True)
class Check:
    """More than ``max`` words in a sentence, or sentences or words in a paragraph.

    What ``ignore`` matches is not counted.
    """

    max: int
    of: Literal["words", "sentences"] = "words"
    per: Literal["sentence", "paragraph"] = "sentence"
    ignore: str = ""
    up_to: int = 0

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return None: any sentence can be long."""
        return None

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check the limit and the pattern."""
        if self.max < 1:
            raise SettingError("must be 1 or more", "max")
        if self.up_to and self.up_to <= self.max:
            raise SettingError("must be more than 'max', or 0 for no end", "up_to")
        if self.of == "sentences" and self.per == "sentence":
            raise SettingError("a sentence is one sentence; use 'per: paragraph'", "per")
        if self.ignore:
            vocabulary.check_pattern(self.ignore, key="ignore")

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield each sentence, or the block of each paragraph, that is over the limit."""
        if self.per == "sentence":
            for sentence in sentences:
                if sentence.end - sentence.start > 2 * self.max:
                    count = self._count_words_of(sentence, vocabulary)
                    if self._is_over(count):
                        yield Finding(sentence.block, sentence.start, sentence.end, sentence, self._values(count))
            return
        for block in dict.fromkeys(sentence.block for sentence in sentences):
            count = len(block.sentences) if self.of == "sentences" else self._count_words(block.text, vocabulary)
            if self._is_over(count):
                yield Finding(block, 0, len(block.text), None, self._values(count))

    def _is_over(self, count: int) -> bool:
        return self.max < count <= (self.up_to or count)

    def _count_words_of(self, sentence: Sentence, vocabulary: Vocabulary) -> int:
        if sum(map(sentence.text.count, _SEPARATORS)) < self.max:
            return 0  # words are one more than what stands between them, at the most
        if self.ignore and vocabulary.regex(self.ignore).search(sentence.text):
            return self._count_words(sentence.text, vocabulary)
        return segment.count_words(sentence.text)

    def _count_words(self, text: str, vocabulary: Vocabulary) -> int:
        if self.ignore:
            text = vocabulary.regex(self.ignore).sub(" ", text)
        return segment.count_words(text)

    def _values(self, count: int) -> dict[str, str]:
        return {"value": str(count), "max": str(self.max)}

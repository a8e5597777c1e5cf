"""Is that what the page is about?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthlint.phrases import find_phrases, tokens_of
from healthlint.regex import joined

if TYPE_CHECKING:
    from healthlint.document import Block, Document
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding

_HEADINGS = frozenset({"title", "heading"})


@dataclass(frozen=True)
class Condition:
    """The page names ``entity`` ``per_1000`` words or more, in its title or a heading or ``mentions`` times in all.

    With ``rather_than`` another entity, it does so more often than it names that one. In a text of at most ``short``
    words, such as a post or an advert, one mention is enough: it has no heading and no room for three.
    """

    entity: str
    rather_than: str = ""
    mentions: int = 3
    per_1000: float = 5.0
    short: int = 0

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check that the entity is there."""
        vocabulary.check_names((self.entity, *filter(None, [self.rather_than])), key="topic")

    def holds(self, finding: Finding, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether the page is about it, wherever in the page the finding is."""
        return self.holds_in(document, vocabulary)

    def holds_in(self, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether the page is about it."""
        key = ("topic", self)
        if key not in document.memo:
            document.memo[key] = self._is_topic(document, vocabulary)
        return bool(document.memo[key])

    def _is_topic(self, document: Document, vocabulary: Vocabulary) -> bool:
        counts = [_count(self.entity, block, vocabulary) for block in document.blocks]
        in_headings = (count for count, block in zip(counts, document.blocks, strict=True) if block.kind in _HEADINGS)
        count = sum(counts)
        mentions = 1 if document.word_count <= self.short else self.mentions
        if 1000 * count < self.per_1000 * document.word_count or not (count >= mentions or any(in_headings)):
            return False
        return not self.rather_than or count > sum(
            _count(self.rather_than, block, vocabulary) for block in document.blocks
        )


def _count(entity: str, block: Block, vocabulary: Vocabulary) -> int:
    prepared = vocabulary.prepared(entity)
    count = sum(1 for sentence in block.sentences for _ in find_phrases(prepared.phrases, tokens_of(sentence)))
    if prepared.patterns:
        count += sum(1 for _ in vocabulary.regex(joined(prepared.patterns)).finditer(block.shadow))
    return count

"""Does something else stand close by?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from healthlint.errors import SettingError
from healthlint.phrases import tokens_of

if TYPE_CHECKING:
    from healthlint.document import Block, Document, Sentence
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding


@dataclass(frozen=True)
class Condition:
    """``pattern`` (or ``entity``) matches outside the finding, ``within`` the same clause, sentence or more.

    In a clause or sentence, ``side`` says where, and ``words`` how many words away at the most. ``sentences`` widens a
    sentence to that many before and after it in the same block. ``inside`` counts a match in the finding itself too.
    """

    pattern: str = ""
    entity: str = ""
    within: Literal["clause", "sentence", "paragraph", "section", "document"] = "sentence"
    side: Literal["before", "after", "either"] = "either"
    words: int = 0
    sentences: int = 0
    inside: bool = False
    case: bool = False

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check that one thing is named, and compiles."""
        if bool(self.pattern) == bool(self.entity):
            raise SettingError("give 'near' either a pattern or an entity", "near")
        vocabulary.check_pattern(self._pattern(), key="near", case=self.case)

    def holds(self, finding: Finding, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether it is there."""
        sentence = finding.sentence
        if self.within in {"clause", "sentence"} and sentence is not None:
            low, high = self._reach(finding, sentence)
            start, end = finding.start - sentence.start, finding.end - sentence.start
            for match in self._regex(sentence, vocabulary).finditer(sentence.shadow):
                within = low <= match.start() and match.end() <= high
                if within and self._is_beside(match.start(), match.end(), start, end):
                    return True
            return any(self._stands_in(each, vocabulary) for each in self._neighbours(sentence))
        return self._stands_in_blocks(finding.block, document, vocabulary)

    def _stands_in_blocks(self, block: Block, document: Document, vocabulary: Vocabulary) -> bool:
        blocks = self._blocks(block, document)
        key = ("near", self._pattern(), self.case, id(blocks[0]), len(blocks))
        if key not in document.memo:
            document.memo[key] = any(self._stands_in(each, vocabulary) for block in blocks for each in block.sentences)
        return bool(document.memo[key])

    def _regex(self, sentence: Sentence, vocabulary: Vocabulary) -> Any:
        return vocabulary.regex_for(sentence, self._pattern(), case=self.case)

    def _stands_in(self, sentence: Sentence, vocabulary: Vocabulary) -> bool:
        return bool(self._regex(sentence, vocabulary).search(sentence.shadow))

    def _pattern(self) -> str:
        return self.pattern or f"{{{self.entity}}}"

    def _is_beside(self, start: int, end: int, finding_start: int, finding_end: int) -> bool:
        if self.inside and start < finding_end and end > finding_start:
            return True
        before, after = end <= finding_start, start >= finding_end
        return (before and self.side != "after") or (after and self.side != "before")

    def _reach(self, finding: Finding, sentence: Sentence) -> tuple[int, int]:
        low, high = 0, len(sentence.shadow)
        start, end = finding.start - sentence.start, finding.end - sentence.start
        if self.within == "clause":
            starts = [clause.start for clause in sentence.clauses]
            first, last = bisect_right(starts, start) - 1, bisect_right(starts, max(end - 1, start)) - 1
            low = starts[first] if first >= 0 else 0
            high = sentence.clauses[last].end if last >= 0 else high
        if self.words:
            tokens = tokens_of(sentence)
            first = bisect_left(tokens.ends, start + 1) - self.words
            last = bisect_left(tokens.starts, end) - 1 + self.words
            low = max(low, tokens.starts[first] if first > 0 else 0)
            high = min(high, tokens.ends[last] + 1 if last < len(tokens.ends) else high)
        return low, high

    def _neighbours(self, sentence: Sentence) -> Iterator[Sentence]:
        if self.sentences:
            every, index = sentence.block.sentences, sentence.index
            yield from every[max(0, index - self.sentences) : index]
            yield from every[index + 1 : index + 1 + self.sentences]

    def _blocks(self, block: Block, document: Document) -> tuple[Block, ...]:
        if self.within == "section":
            section = document.section_of(block)
            return document.blocks[section.start : section.end]
        return document.blocks if self.within == "document" else (block,)

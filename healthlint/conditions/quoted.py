"""Does the claim stand in somebody else's words?"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthlint.document import Block, Document
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding

_QUOTATION = re.compile(r'"[^"]{1,600}"|‘[^‘’]{1,600}(?:’[a-z][^‘’]{0,600})*’')


@dataclass(frozen=True)
class Condition:
    """Inside quotation marks that hold ``min_words`` or more, or in a block quote unless ``block`` is false."""

    min_words: int = 4
    block: bool = True

    def validate(self, vocabulary: Vocabulary) -> None:
        """Accept everything the types allow."""

    def holds(self, finding: Finding, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether the finding lies wholly inside a quotation."""
        if self.block and finding.block.kind == "quote":
            return True
        quotations = _quotations(finding.block)
        index = bisect_right(quotations, (finding.start, len(finding.block.text), 0)) - 1
        if index < 0:
            return False
        _, end, words = quotations[index]
        return finding.end <= end and words >= self.min_words


def _quotations(block: Block) -> list[tuple[int, int, int]]:
    """Return start, end and number of words of each quotation in *block*."""
    found: list[tuple[int, int, int]] | None = block.memo.get("quotations")
    if found is None:
        text = block.text.replace("“", '"').replace("”", '"')
        matches = _QUOTATION.finditer(text)
        found = block.memo["quotations"] = [(*match.span(), match[0].count(" ") + 1) for match in matches]
    return found

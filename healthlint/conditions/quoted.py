"""Does the claim stand in somebody else's words?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthlint.document import Document
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
        text = finding.block.text.replace("“", '"').replace("”", '"')
        return any(
            match.start() < finding.end <= match.end() and match.start() <= finding.start
            for match in _QUOTATION.finditer(text)
            if match[0].count(" ") + 1 >= self.min_words
        )

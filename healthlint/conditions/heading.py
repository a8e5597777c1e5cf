"""What does the page say above the finding?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthlint.document import Document
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding


@dataclass(frozen=True)
class Condition:
    """A heading that the finding stands under, up to ``levels`` of them, or is in, ``matches``."""

    matches: str
    levels: int = 2

    def validate(self, vocabulary: Vocabulary) -> None:
        """Compile the pattern."""
        vocabulary.check_pattern(self.matches, key="heading")

    def holds(self, finding: Finding, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether such a heading is there."""
        regex = vocabulary.regex(self.matches)
        own = (finding.block,) if finding.block.kind == "heading" else ()
        headings = (*own, *document.headings_above(finding.block))[: self.levels]
        return any(regex.search(heading.shadow) for heading in headings)

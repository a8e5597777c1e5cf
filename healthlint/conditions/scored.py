"""Is a finding of a ``weigh`` rule a light one?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthlint.document import Document
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding


@dataclass(frozen=True)
class Condition:
    """The cues of the finding weigh less than ``below`` together; a finding of another check has none."""

    below: float

    def validate(self, vocabulary: Vocabulary) -> None:
        """Any number will do."""

    def holds(self, finding: Finding, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether it does."""
        return bool(finding.weights) and sum(weight for _, weight in finding.weights) < self.below

"""Does the finding stand under an "if"?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthlint.document import Document
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding

_IF = r"\b(?:if|when|whenever|unless|in case|should you)\b[^,;:.]*$"


@dataclass(frozen=True)
class Condition:
    """An "if", "when" or "unless" opens the part of the sentence, up to a comma, that the finding stands in."""

    def validate(self, vocabulary: Vocabulary) -> None:
        """Accept everything the types allow."""

    def holds(self, finding: Finding, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether the finding is a condition's premise."""
        sentence = finding.sentence
        if sentence is None:
            return False
        return bool(vocabulary.regex(_IF).search(sentence.shadow[: finding.start - sentence.start]))

"""Is the claim only asked?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthlint.document import Document
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding

_QUESTION = r"\?[\"')\]*_]*\s*$"
_ASKING = r"^\W*(?:do|does|did|can|could|is|are|was|were|will|would|should|may|might|has|have)\b|\bwhether\b"
_RHETORICAL = (
    r"^\W*(?:why (?:not|bother|take|swallow|pay|risk|suffer|spend|wait|put|let|use|see|go)|who needs|ready to|tired of"
    r"|fed up|sick of|want to|looking to|how about|what if you could|did you know|isn't it time|wouldn't (?:you|it)"
    r"|no \w+\W*\?)"
)
_UNMARKED = frozenset({"heading", "title"})


@dataclass(frozen=True)
class Condition:
    """The sentence ends in a question mark, says "whether" before the finding, or is a heading worded as a question.

    Without ``rhetorical``, not one that answers itself: "Why take pills when tea will do?", "Ready to ditch pills?"
    """

    rhetorical: bool = True

    def validate(self, vocabulary: Vocabulary) -> None:
        """Accept everything the types allow."""

    def holds(self, finding: Finding, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether the finding is part of a question."""
        shadow = finding.block.shadow if finding.sentence is None else finding.sentence.shadow
        if not self.rhetorical and vocabulary.regex(_RHETORICAL).search(shadow):
            return False
        if vocabulary.regex(_QUESTION).search(shadow):
            return True
        if finding.block.kind in _UNMARKED:
            return bool(vocabulary.regex(_ASKING).search(shadow))
        start = finding.start - (finding.sentence.start if finding.sentence else 0)
        return bool(vocabulary.regex(r"\bwhether\b").search(shadow[:start]))

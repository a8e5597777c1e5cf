"""Is the claim repeated only to be called wrong?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthlint.document import Document
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding

_CUES = "{debunk-cue}"
_LABELS = (
    r"^\W*(?:(?:common |popular )?(?:myth|misconception|false claim|false|fiction|claim|rumou?r|hoax)s?)\b"
    r"\s*(?:#?\d+)?\s*[:.)-]"
)
_HEADINGS = (
    r"\b(?:myths?|misconceptions?|misinformation|hoax|scams?|fact[ -]?checks?|true or false|debunk\w*|false claims?"
    r"|busting)\b"
)


@dataclass(frozen=True)
class Condition:
    """A debunking cue in the sentence, "Myth:" before it, or a heading above it that says so."""

    heading: bool = True

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check that the cues are there."""
        vocabulary.check_pattern(_CUES, key="debunked")

    def holds(self, finding: Finding, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether the finding is debunked."""
        sentence = finding.sentence
        if sentence is not None:
            if vocabulary.regex_for(sentence, _CUES).search(sentence.shadow) or vocabulary.regex(_LABELS).search(
                sentence.shadow
            ):
                return True
            before = sentence.block.sentences[sentence.index - 1] if sentence.index else None
            if before is not None and vocabulary.regex(_LABELS).search(before.shadow):
                return True
        headings = document.headings_above(finding.block) if self.heading else ()
        return any(vocabulary.regex(_HEADINGS).search(heading.shadow) for heading in headings[:2])

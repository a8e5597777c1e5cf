"""Is it an instruction or a duty, not a claim? "Never share needles" is a rule, not a forecast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthlint.document import Document
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding

_OPENING = r"^[\W_\d]*(?:(?:please|just|simply|also|but|and|so|then|only|instead|first|next|finally)\W+)*"
_ORDER = (
    _OPENING
    + r"(?:(?:always|never|do\s+not|don't|must\s+not|make\s+sure|be\s+sure|only|try\s+not\s+to|remember\s+to)\b"
    r"|{instruction-verb}\b)"
)
_DUTY = (
    r"\b(?:you|patients?|people|parents?|carers?|everyone|anyone|adults?|children|women|men|staff|nurses?|doctors?|it|they)\s+"
    r"(?:\w+\s+){0,4}?(?:must|should|shouldn't|mustn't|need\s+to|needs\s+to|have\s+to|has\s+to|ought\s+to)\b"
)


@dataclass(frozen=True)
class Condition:
    """The sentence, or the part of it after a comma or colon, opens with a command, or says who must or should."""

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check that the commands are there."""
        vocabulary.check_pattern(_ORDER, key="instructed")

    def holds(self, finding: Finding, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether the finding is part of an instruction."""
        sentence = finding.sentence
        if sentence is None:
            return False
        shadow = sentence.shadow
        start, end = finding.start - sentence.start, finding.end - sentence.start
        if vocabulary.regex_for(sentence, _ORDER).search(shadow) or vocabulary.regex(_DUTY).search(shadow):
            return True
        opening = max((shadow.rfind(mark, 0, start + 1) for mark in ",:;—("), default=-1) + 1
        return opening > 0 and bool(
            vocabulary.regex_for(sentence, _ORDER).search(shadow[opening : max(end, opening)] + shadow[end:])
        )

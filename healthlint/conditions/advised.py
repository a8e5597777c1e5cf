"""Is it held out as something to do? "You can skip your tablets" is advice; "people skip their tablets" is not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthlint.document import Document
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding

_TOLD = "(?:{command-lead}|{permission-lead})$"
_STORY = "{story-lead}$"
_NAMED_PERSON = "{name-lead}$"
_RECOMMENDED = "{recommending-lead}$"
_HOW_TO = r"\bhow (?:to|i|we)(?: {story-adverb})* $"
_USED = r"(?:{command-lead}|{permission-lead}|{story-lead}){instruction-verb}(?: [\w'-]+){0,4} $"

_OPENING = "{command-lead}$"
_NAMED = "(?:{command-lead}|{recommending-lead})(?:an?|the|our|your|my|this|these|some) $"
_APPROVED = r"^(?:,? [\w'-]+){0,8}? ?{approval}"
_PRAISED = r"^(?:,? [\w'-]+){0,8}? {praise}\b"
_HARMFUL = "{harm-outcome}"

_PREMISE = "{premise-lead}$"
_ITSELF = "^{advice-in-itself}"

_LEADS = (_TOLD, _STORY, _NAMED_PERSON, _RECOMMENDED, _HOW_TO, _USED)
_OTHERS = (_OPENING, _NAMED, _APPROVED, _PRAISED, _HARMFUL, _PREMISE, _ITSELF)
_ING = re.compile(r"[a-z]+ing\b", re.IGNORECASE)
_OWNED = re.compile(r"\b(?:his|her)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Condition:
    """A command, a permission ("you can", "it is fine to"), a deed in -ing that is recommended, or what is praised.

    With ``story`` also what somebody did, as they tell it or a friend of theirs does ("my sister threw away …"), with
    ``how_to`` what stands after "how to", with ``thing`` also what a deed is done with ("try ear candles"). Looks at
    what stands right before the finding, and for praise of what opens a part of the sentence ("skipping it is fine")
    behind it; not at negation.
    """

    story: bool = True
    how_to: bool = False
    thing: bool = False

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check that the words are there."""
        for pattern in (*_LEADS, *_OTHERS):
            vocabulary.check_pattern(pattern, key="advised")

    def holds(self, finding: Finding, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether the finding is advice."""
        if finding.sentence is None:
            return False
        shadow = finding.sentence.shadow
        start, end = finding.start - finding.sentence.start, finding.end - finding.sentence.start
        before, found, after = shadow[:start], shadow[start:end], shadow[end:]
        if _says(_PREMISE, before, vocabulary):
            return False
        if _says(_ITSELF, found, vocabulary) or self._is_praised(before, after, vocabulary):
            return True
        return any(_says(lead, before, vocabulary) for lead in self._leads(found))

    def _is_praised(self, before: str, after: str, vocabulary: Vocabulary) -> bool:
        if not (_says(_OPENING, before, vocabulary) or (self.thing and _says(_NAMED, before, vocabulary))):
            return False
        if _says(_APPROVED, after, vocabulary):
            return True
        return _says(_PRAISED, after, vocabulary) and not _says(_HARMFUL, after, vocabulary)

    def _leads(self, found: str) -> Iterator[str]:
        """Yield what makes advice of *found* when it stands right before it."""
        is_ing = bool(_ING.match(found))
        if is_ing or self.thing:
            yield _RECOMMENDED
        if self.thing:
            yield _USED
        if not is_ing:
            yield _TOLD
            yield from (_STORY,) if self.story else ()
            yield from (_NAMED_PERSON,) if self.story and _OWNED.search(found) else ()
            yield from (_HOW_TO,) if self.how_to else ()


def _says(pattern: str, text: str, vocabulary: Vocabulary) -> bool:
    return bool(vocabulary.regex(pattern).search(text))

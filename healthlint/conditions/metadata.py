"""What does the document say about itself?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthlint.errors import SettingError

if TYPE_CHECKING:
    from healthlint.document import Document
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding


@dataclass(frozen=True)
class Condition:
    """The document has one of ``keys`` in its front matter or head, with a value that ``matches``."""

    keys: tuple[str, ...]
    matches: str = ""

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check that a key is named and the pattern compiles."""
        if not self.keys:
            raise SettingError("name one key or more under 'keys'", "metadata")
        if self.matches:
            vocabulary.check_pattern(self.matches, key="metadata")

    def holds(self, finding: Finding, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether the metadata is so."""
        values = [document.metadata[key] for key in self.keys if document.metadata.get(key)]
        if not self.matches:
            return bool(values)
        regex = vocabulary.regex(self.matches)
        return any(regex.search(value) for value in values)

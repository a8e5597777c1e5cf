"""Is the file only the body of a page, to which a template adds the rest?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from healthlint.document import Document
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding

_HEAD = re.compile(r"(?i)<(?:html|head)[\s>]")
_LONGEST_PROLOGUE = 5_000


@dataclass(frozen=True)
class Condition:
    """The file says nothing of itself: it has no front matter and no HTML head.

    ``without: head`` also holds for a page with front matter: it has no HTML head.
    """

    without: Literal["metadata", "head"] = "metadata"

    def validate(self, vocabulary: Vocabulary) -> None:
        """Accept everything the types allow."""

    def holds(self, finding: Finding, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether the file is a fragment."""
        if document.format == "html" and _HEAD.search(document.source, 0, _LONGEST_PROLOGUE):
            return False
        return self.without == "head" or not document.metadata.keys() - {"furniture"}

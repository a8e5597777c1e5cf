"""Does a link stand there, and where does it lead?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from healthlint.citation import Link
    from healthlint.document import Document
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding


@dataclass(frozen=True)
class Condition:
    """The finding is part of a link whose address matches ``to``; or one stands ``within`` its sentence or paragraph.

    With ``only``, every link there leads so.
    """

    to: str
    within: Literal["link", "sentence", "paragraph"] = "link"
    only: bool = False

    def validate(self, vocabulary: Vocabulary) -> None:
        """Compile the pattern."""
        vocabulary.check_pattern(self.to, key="to")

    def holds(self, finding: Finding, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether such a link is there."""
        regex = vocabulary.regex(self.to)
        leads = [bool(regex.search(link.url)) for link in self._links(finding)]
        return all(leads) and bool(leads) if self.only else any(leads)

    def _links(self, finding: Finding) -> Iterator[Link]:
        start, end = finding.start, finding.end
        if self.within == "paragraph":
            start, end = 0, len(finding.block.text)
        elif self.within == "sentence" and finding.sentence is not None:
            start, end = finding.sentence.start, finding.sentence.end
        for link in finding.block.links:
            if link.start < end and start < link.end:
                yield link

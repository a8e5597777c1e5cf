"""Is a figure or source old, by the time that the page gives for itself?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthlint.document import Document
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding

_YEAR = r"\b(?:19|20)\d\d\b"
_DATED = "{published-date}"


@dataclass(frozen=True)
class Condition:
    """The newest year in the sentence lies ``years`` or more before the year of the page.

    The year of the page is the newest in its metadata, or else in what it says of when it was published or checked.
    It does not hold where either is missing: nothing here asks the clock.
    """

    years: int

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check that it is known what dates a page."""
        vocabulary.check_pattern(_DATED, key="older")

    def holds(self, finding: Finding, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether it is that old."""
        text = finding.sentence.shadow if finding.sentence is not None else finding.block.shadow
        named = max(_years(text, vocabulary), default=None)
        page = _page_year(document, vocabulary)
        return named is not None and page is not None and page - named >= self.years


def _page_year(document: Document, vocabulary: Vocabulary) -> int | None:
    if "year" not in document.memo:
        written = [year for value in document.metadata.values() for year in _years(value, vocabulary)]
        document.memo["year"] = max(written or _said_years(document, vocabulary), default=None)
    year: int | None = document.memo["year"]
    return year


def _said_years(document: Document, vocabulary: Vocabulary) -> Iterator[int]:
    for block in document.blocks:
        for sentence in block.sentences if block.kind != "reference" else ():
            for match in vocabulary.regex_for(sentence, _DATED).finditer(sentence.shadow):
                yield from _years(match[0], vocabulary)


def _years(text: str, vocabulary: Vocabulary) -> Iterator[int]:
    return (int(year) for year in vocabulary.regex(_YEAR).findall(text))

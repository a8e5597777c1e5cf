"""Find abbreviations and terms of art that are used before the page says what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthlint.finding import Finding

if TYPE_CHECKING:
    from healthlint.document import Document, Sentence
    from healthlint.entities import Vocabulary

_GLOSS = (
    r"\b{term}s?\b\s*(?:\(|,? or |,? which (?:is|are|means)|,? also (?:known as|called)|,? that is|: | means "
    r"| stands for | is short for | is the )"
    r"|(?:\(|called |known as |termed |named |or |abbreviated (?:to|as) |short for )(?:an? |the )?[\"']?{term}s?\b"
)


@dataclass(frozen=True)
class Check:
    """The first use of what ``pattern`` matches (case counts), unless ``known`` matches it or the page explains it.

    Explained is what stands as "full words (ABC)", "ABC (full words)", "ABC, or full words", "called ABC", "ABC means".
    """

    pattern: str
    known: tuple[str, ...] = ()
    min_uses: int = 1

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return the pattern itself."""
        return (vocabulary.expand(self.pattern),)

    def validate(self, vocabulary: Vocabulary) -> None:
        """Compile the patterns."""
        vocabulary.check_pattern(self.pattern, key="pattern", case=True)
        for pattern in self.known:
            vocabulary.check_pattern(pattern, key="known", case=True)

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield the first use of each unexplained term, in reading order."""
        regex = vocabulary.regex(self.pattern, case=True)
        known = [vocabulary.regex(f"^(?:{pattern})$", case=True) for pattern in self.known]
        first: dict[str, Finding] = {}
        uses: dict[str, int] = {}
        for sentence in sentences:
            for match in regex.finditer(sentence.shadow):
                term = match[0]
                uses[term] = uses.get(term, 0) + 1
                if term not in first and not any(each.match(term) for each in known):
                    start = sentence.start + match.start()
                    first[term] = Finding(sentence.block, start, start + len(term), sentence)
        for term, finding in first.items():
            if uses[term] >= self.min_uses and not _is_explained(term, document, vocabulary):
                yield Finding(finding.block, finding.start, finding.end, finding.sentence, {"count": str(uses[term])})


def _is_explained(term: str, document: Document, vocabulary: Vocabulary) -> bool:
    gloss = vocabulary.regex(_GLOSS.replace("{term}", vocabulary.quote(term)), case=True)
    return any(gloss.search(block.shadow) for block in document.blocks if term in block.shadow)

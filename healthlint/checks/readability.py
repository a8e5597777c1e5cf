"""Find documents whose running prose reads above a grade by both formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthlint.errors import SettingError
from healthlint.finding import Finding
from healthlint.formula import flesch_kincaid_grade, smog
from healthlint.prose import scored_sentences
from healthlint.readability import counts_of

if TYPE_CHECKING:
    from healthlint.document import Document, Sentence
    from healthlint.entities import Vocabulary

_HARDEST = 5


@dataclass(frozen=True)
class Check:
    """Both grades above their limit, in ``min_words`` or more of running prose; reported at the hardest sentence."""

    flesch_kincaid: float
    smog: float
    target: int = 8
    min_words: int = 300

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return None: the whole text is scored."""
        return None

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check that a grade can be given."""
        if self.min_words < 100:
            raise SettingError("a grade of fewer than 100 words means nothing; use 100 or more", "min_words")

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield one finding at the sentence with the most words, naming the lines of the next hardest."""
        counts = counts_of(document)
        if counts.words < self.min_words:
            return
        grades = flesch_kincaid_grade(counts), smog(counts)
        if grades[0] > self.flesch_kincaid and grades[1] > self.smog:
            yield self._finding(document, grades)

    def _finding(self, document: Document, grades: tuple[float, float]) -> Finding:
        hardest = sorted(scored_sentences(document), key=lambda sentence: -sentence.text.count(" "))[:_HARDEST]
        starts = [each.block.source_span(each.start, each.end).start for each in hardest]
        lines = sorted({document.lines.position(start).line for start in starts})
        low, high = sorted(round(grade) for grade in grades)
        values = {
            "grade": f"{low} to {high}" if low != high else str(low),
            "flesch-kincaid": f"{grades[0]:.1f}",
            "smog": f"{grades[1]:.1f}",
            "target": str(self.target),
            "lines": ", ".join(map(str, lines)),
        }
        first = hardest[0]
        return Finding(first.block, first.start, first.end, first, values)

"""Find documents whose running prose reads above a grade by both formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthlint.checks._readability_metric import Metric
from healthlint.errors import SettingError
from healthlint.finding import Finding
from healthlint.formula import flesch_kincaid_grade, smog
from healthlint.prose import scored_sentences
from healthlint.readability import counts_of

if TYPE_CHECKING:
    from healthlint.document import Document, Sentence
    from healthlint.entities import Vocabulary
    from healthlint.formula import Counts

_HARDEST = 5


@dataclass(frozen=True)
class Check:
    """Both grades above their limit, in ``min_words`` or more of running prose; reported at the hardest sentence.

    With ``metric`` it is that formula alone, ``above`` or ``below`` a limit: one of healthlint, or one of textstat for
    texts in ``lang``.
    """

    flesch_kincaid: float | None = None
    smog: float | None = None
    target: int = 8
    min_words: int = 300
    metric: str = ""
    lang: str = "en"
    above: float | None = None
    below: float | None = None

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return None: the whole text is scored."""
        return None

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check that a grade can be given."""
        if self.metric:
            self._metric.validate()
        elif self.flesch_kincaid is None or self.smog is None:
            raise SettingError("give both 'flesch-kincaid' and 'smog', or a 'metric'", "flesch_kincaid")
        if self.min_words < 100:
            raise SettingError("a grade of fewer than 100 words means nothing; use 100 or more", "min_words")

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield one finding at the sentence with the most words, naming the lines of the next hardest."""
        counts = counts_of(document)
        if counts.words < self.min_words:
            return
        values = self._by_metric(document) if self.metric else self._by_grades(counts)
        if values:
            yield self._finding(document, values)

    @property
    def _metric(self) -> Metric:
        return Metric(self.metric, self.lang, self.above, self.below)

    def _by_metric(self, document: Document) -> dict[str, str]:
        value = self._metric.score(document)
        if not self._metric.is_beyond(value):
            return {}
        return {"metric": self.metric, "grade": str(round(value)), "target": str(self.target)}

    def _by_grades(self, counts: Counts) -> dict[str, str]:
        """Return the values for the message where both grades are over their limits."""
        grades = flesch_kincaid_grade(counts), smog(counts)
        limits = self.flesch_kincaid, self.smog
        if any(limit is not None and grade <= limit for grade, limit in zip(grades, limits, strict=True)):
            return {}
        low, high = sorted(round(grade) for grade in grades)
        return {
            "grade": f"{low} to {high}" if low != high else str(low),
            "flesch-kincaid": f"{grades[0]:.1f}",
            "smog": f"{grades[1]:.1f}",
            "target": str(self.target),
        }

    def _finding(self, document: Document, values: dict[str, str]) -> Finding:
        hardest = sorted(scored_sentences(document), key=lambda sentence: -sentence.text.count(" "))[:_HARDEST]
        starts = [each.block.source_span(each.start, each.end).start for each in hardest]
        lines = sorted({document.lines.position(start).line for start in starts})
        first = hardest[0]
        return Finding(first.block, first.start, first.end, first, {**values, "lines": ", ".join(map(str, lines))})

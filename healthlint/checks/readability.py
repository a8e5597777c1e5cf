"""Find documents, and sections, whose running prose reads above a grade by both formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from healthlint.band import band, level, minus
from healthlint.checks._readability_metric import Metric
from healthlint.errors import SettingError
from healthlint.finding import Finding, opening
from healthlint.formula import flesch_kincaid_grade, smog
from healthlint.prose import scored_sentences
from healthlint.readability import (
    ROUGH_BELOW_WORDS,
    adjusted_counts_of,
    count,
    counts_of,
    easy_words,
    is_english,
    long_words,
)

if TYPE_CHECKING:
    from healthlint.document import Block, Document, Sentence
    from healthlint.entities import Vocabulary
    from healthlint.formula import Counts

_HARDEST = 5
_LONG_WORDS = 3
_SECTION_SENTENCES = 5


@dataclass(frozen=True)
class Check:
    """Both grades above their limit in ``min_words`` or more of running prose, with the page's own terms as easy words.

    Where the whole page is not, neither must a section of ``section_words`` or more be. Of fewer than 300 words a grade
    is rough, and the finding not sure. With ``metric`` it is that formula alone over the page, ``above`` or ``below`` a
    limit: one of healthlint, or one of textstat for texts in ``lang``.
    """

    flesch_kincaid: float | None = None
    smog: float | None = None
    target: int = 8
    min_words: int = 300
    section_words: int = 0
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
        for key, least in (("min_words", self.min_words), ("section_words", self.section_words or 100)):
            if least < 100:
                raise SettingError("a grade of fewer than 100 words means nothing; use 100 or more", key)

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield the heading or first sentence of the page, or of each section, with the lines of what is hardest."""
        if self.metric:
            yield from self._by_metric(document)
        elif is_english(document):
            yield from self._in_page(document) if self._is_page_over(document) else self._in_sections(document)

    @property
    def _metric(self) -> Metric:
        return Metric(self.metric, self.lang, self.above, self.below)

    def _by_metric(self, document: Document) -> Iterator[Finding]:
        counts = counts_of(document)
        value = self._metric.score(document) if counts.words >= self.min_words else None
        if value is not None and self._metric.is_beyond(value):
            longest = sorted(scored_sentences(document), key=lambda sentence: -sentence.text.count(" "))
            values = {"metric": self.metric, "grade": str(round(value)), "target": str(self.target)}
            yield from _at(document.blocks, counts, {**values, "part": "page", "lines": _lines(document, longest)})

    def _is_over(self, counts: Counts, least: int) -> bool:
        if counts.words < least or self.flesch_kincaid is None or self.smog is None:
            return False
        return flesch_kincaid_grade(counts) > self.flesch_kincaid and smog(counts) > self.smog

    def _is_page_over(self, document: Document) -> bool:
        """Say whether the adjusted grades are over; those as the text stands are never lower, and sooner found."""
        counts = (each(document) for each in (counts_of, adjusted_counts_of))
        return all(self._is_over(each, self.min_words) for each in counts)

    def _in_page(self, document: Document) -> Iterator[Finding]:
        part = _Part("page", document.blocks, scored_sentences(document))
        yield from self._by_grades(document, part, adjusted_counts_of(document))

    def _in_sections(self, document: Document) -> Iterator[Finding]:
        if not self.section_words:
            return
        for (start, end), members in groupby(scored_sentences(document), key=lambda each: _section(document, each)):
            part = _Part("section", document.blocks[start:end], tuple(members))
            if len(part.sentences) >= _SECTION_SENTENCES and self._is_over(count(part.sentences), self.section_words):
                counts = count(part.sentences, easy_words(document))
                if self._is_over(counts, self.section_words):
                    yield from self._by_grades(document, part, counts)

    def _by_grades(self, document: Document, part: _Part, counts: Counts) -> Iterator[Finding]:
        easy = easy_words(document)
        level_without = {each: level(minus(counts, count((each,), easy))) for each in part.sentences}
        hardest = sorted(part.sentences, key=level_without.__getitem__)
        words = (f"'{word}'" for word, _ in long_words(part.sentences, easy)[:_LONG_WORDS])
        values = {
            "part": part.name,
            "grade": str(band(counts)),
            "flesch-kincaid": f"{flesch_kincaid_grade(counts):.1f}",
            "smog": f"{smog(counts):.1f}",
            "target": str(self.target),
            "lines": _lines(document, hardest),
            "words": ", ".join(words),
        }
        yield from _at(part.blocks, counts, values)


@dataclass(frozen=True)
class _Part:
    """A page or section: its blocks, and the sentences of it that are scored."""

    name: str
    blocks: Sequence[Block]
    sentences: tuple[Sentence, ...]


def _section(document: Document, sentence: Sentence) -> tuple[int, int]:
    section = document.section_of(sentence.block)
    return section.start, section.end


def _lines(document: Document, hardest: Iterable[Sentence]) -> str:
    """Return the lines on which the first of *hardest* begin, in the order of the text."""
    firsts = list(hardest)[:_HARDEST]
    starts = (each.block.source_span(each.start, each.end).start for each in firsts)
    return ", ".join(map(str, sorted({document.lines.position(start).line for start in starts})))


def _at(blocks: Sequence[Block], counts: Counts, values: dict[str, str]) -> Iterator[Finding]:
    place = opening(blocks, values)
    if place is not None:
        yield replace(place, is_sure=counts.words >= ROUGH_BELOW_WORDS)

"""Does the text warn against it? "Never give honey to a baby" is what the page has to say."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthlint.phrases import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthlint.document import Document, Sentence
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding
    from healthlint.phrases import Mark

_WARNINGS = ("warning",)
_NEGATORS = ("negator",)
_DISMISSALS = ("dismissed-warning",)
_PSEUDO = ("pseudo-negator",)
_CONTRAST = re.compile(r"\b(?:but|however|yet|still|nevertheless)\b", re.IGNORECASE)
_CONCESSION = re.compile(
    r"^\W*(?:(?:even )?though|although|while|whilst|despite|in spite of|whatever|no matter what|regardless|forget"
    r"|ignore)\b[^,]{0,200},",
    re.IGNORECASE,
)
_BACK_REFERENCE = re.compile(
    r"^\W*(?:this|that|these|those|it|its|they|both|such|doing|but|however|yet|never|don't|do not|please don't"
    r"|(?:some|many|most|all|any|none) of (?:these|them|the))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Condition:
    """A warning in the sentence; in the next one, where that refers back; in a heading above; before the list.

    What stands before a "but" or in an opening "although" is answered by what follows, so a warning there does not
    count for a finding after it. A negator inside the finding or right before it is a warning too. A warning that is
    waved away ("never did us any harm") does not count at all.
    """

    heading: bool = True

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check that the warnings are there."""
        vocabulary.check_names((*_WARNINGS, *_NEGATORS, *_DISMISSALS, *_PSEUDO), key="warned")

    def holds(self, finding: Finding, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether the finding is warned against."""
        sentence = finding.sentence
        if sentence is not None:
            start, end = finding.start - sentence.start, finding.end - sentence.start
            if _warns(sentence, vocabulary, _scope(sentence, start)) or _is_negated(sentence, vocabulary, start, end):
                return True
            if any(_warns(each, vocabulary) for each in _answers(sentence)):
                return True
        if not self.heading:
            return False
        lead_in = document.lead_in(finding.block)
        above = document.headings_above(finding.block)[:2]
        sentences = [*above[0].sentences, *above[-1].sentences] if above else []
        sentences += lead_in.sentences[-1:] if lead_in and lead_in.kind != "heading" else ()
        return any(_warns(each, vocabulary) for each in sentences)


def _scope(sentence: Sentence, place: int) -> int:
    """Return from where on in *sentence* a warning is about what stands at *place*."""
    shadow = sentence.shadow
    starts = [match.end() for match in _CONTRAST.finditer(shadow, 0, place)]
    concession = _CONCESSION.match(shadow, 0, place)
    return max([*starts, concession.end() if concession else 0])


def _answers(sentence: Sentence) -> Iterator[Sentence]:
    """Yield the next sentence if it speaks of what this one says."""
    for following in sentence.block.sentences[sentence.index + 1 : sentence.index + 2]:
        if _BACK_REFERENCE.match(following.shadow):
            yield following


def _warns(sentence: Sentence, vocabulary: Vocabulary, start: int = 0) -> bool:
    """Say whether *sentence* holds a warning from *start* on that is not waved away."""
    first = bisect_left(tokens_of(sentence).starts, start)
    return any(mark.start >= first for mark in _standing(sentence, vocabulary, _WARNINGS, _DISMISSALS))


def _is_negated(sentence: Sentence, vocabulary: Vocabulary, start: int, end: int) -> bool:
    """Say whether a negator stands between *start* and *end*, or is the word before."""
    tokens = tokens_of(sentence)
    first, last = bisect_left(tokens.ends, start + 1), bisect_left(tokens.starts, end)
    marks = _standing(sentence, vocabulary, _NEGATORS, (*_DISMISSALS, *_PSEUDO))
    return any(first <= mark.start < last or mark.end == first for mark in marks)


def _standing(
    sentence: Sentence, vocabulary: Vocabulary, names: tuple[str, ...], dismissals: tuple[str, ...]
) -> Iterator[Mark]:
    """Yield the marks of *names* that none of *dismissals* overlaps."""
    marks = vocabulary.marks(sentence, names)
    against = vocabulary.marks(sentence, dismissals) if marks else ()
    for mark in marks:
        if not any(each.start < mark.end and mark.start < each.end for each in against):
            yield mark

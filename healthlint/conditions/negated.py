"""Is the claim denied? By a negator before it in its clause, inside it, or by a denial straight after it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthlint.phrases import tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthlint.document import Document, Sentence
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding
    from healthlint.phrases import Mark, Tokens

_NEGATORS = ("negator",)
_PSEUDO = ("pseudo-negator",)
_DENIALS = ("denial",)
_PREMISE = re.compile(
    r"^\W*(?:[a-z]+, )?(?:if|when|whenever|once|unless|until|after|before|since|while|although|though|because)\b"
    r"[^,;:]{0,200},",
    re.IGNORECASE,
)
_NEW_CLAUSE = re.compile(r",\s*(?:and|so|then|or)\b|\band\s+(?:it|this|they|you|we|these|that)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Condition:
    """A negator at most ``words`` before the finding in the same clause (after Chapman 2001, NegEx).

    ``inside`` also looks between the first and the last word of the finding ("does not replace"); ``after`` is how many
    words on a denial may follow ("… has not been proven"). Pseudo-negators such as "not only" do not count.
    """

    words: int = 8
    inside: bool = True
    after: int = 4

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check that the negators are there."""
        vocabulary.check_names((*_NEGATORS, *_PSEUDO, *_DENIALS), key="negated")

    def holds(self, finding: Finding, document: Document, vocabulary: Vocabulary) -> bool:
        """Say whether the finding is denied."""
        sentence = finding.sentence
        if sentence is None:
            return False
        tokens = tokens_of(sentence)
        first = bisect_left(tokens.ends, finding.start - sentence.start + 1)
        last = bisect_left(tokens.starts, finding.end - sentence.start)
        low, high = _clause_bounds(sentence, tokens, first)
        begin = max(low, first - self.words)
        until = last if self.inside else first
        denials = _starting(vocabulary.marks(sentence, _DENIALS), last, min(high, last + self.after))
        return bool(denials) or self._negated(sentence, vocabulary, begin, until)

    def _negated(self, sentence: Sentence, vocabulary: Vocabulary, begin: int, until: int) -> bool:
        negators = _starting(vocabulary.marks(sentence, _NEGATORS), begin, until)
        pseudo = vocabulary.marks(sentence, _PSEUDO) if negators else ()
        return any(not any(each.start <= mark.start < each.end for each in pseudo) for mark in negators)


def _starting(marks: Sequence[Mark], low: int, high: int) -> Sequence[Mark]:
    """Return those of *marks*, sorted by start, that start from token *low* on and before *high*."""
    return marks[bisect_left(marks, (low,)) : bisect_left(marks, (high,))]


def _clause_bounds(sentence: Sentence, tokens: Tokens, index: int) -> tuple[int, int]:
    """Return the first token and the token after the last of the clause that token *index* stands in."""
    cuts = sentence.memo.get("cuts")
    if cuts is None:
        new_clauses = [match.start() for match in _NEW_CLAUSE.finditer(sentence.shadow)]
        new_clauses += [match.end() for match in _PREMISE.finditer(sentence.shadow)]
        cuts = sentence.memo["cuts"] = sorted({*(clause.start for clause in sentence.clauses), *new_clauses})
    place = tokens.starts[index] if index < len(tokens.starts) else len(sentence.shadow)
    number = bisect_right(cuts, place)
    low = cuts[number - 1] if number else 0
    high = cuts[number] if number < len(cuts) else len(sentence.shadow)
    return bisect_left(tokens.starts, low), bisect_left(tokens.starts, high)

"""Find what an RE2 pattern matches inside one sentence, once what only looks like it has been masked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from healthlint.checks._pattern_rows import with_row
from healthlint.checks._pattern_twice import repeated_words
from healthlint.finding import Finding
from healthlint.masking import masked
from healthlint.text import apart, several

if TYPE_CHECKING:
    from healthlint.document import Document, Sentence
    from healthlint.entities import Vocabulary


@dataclass(frozen=True)
class Check:
    """One pattern or several; a group named ``report`` narrows what is reported, other names go to the message.

    With ``twice`` only a word that one of them matches whole and that stands twice in a row, as in "the the".
    """

    pattern: str | tuple[str, ...]
    mask: str | tuple[str, ...] = ()
    case: bool = False
    twice: bool = False

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return what each pattern needs."""
        return vocabulary.gates(vocabulary.parts(several(self.pattern)))

    def validate(self, vocabulary: Vocabulary) -> None:
        """Compile everything."""
        for key, patterns in (("pattern", self.pattern), ("mask", self.mask)):
            for pattern in several(patterns):
                vocabulary.check_pattern(pattern, key=key, case=self.case)

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield each match, left to right; where several patterns overlap, the first to start."""
        parts = vocabulary.parts(several(self.pattern))
        rows = vocabulary.rows_in(several(self.pattern))
        for sentence in sentences:
            likely = vocabulary.likely(sentence, parts) if len(parts) > 1 else parts
            regexes = [vocabulary.regex_for(sentence, each, case=self.case) for each in likely]
            found = list(self._found(document, sentence, sentence.shadow, regexes))
            if found and self.mask:
                text = masked(sentence, several(self.mask), vocabulary, case=self.case)
                found = list(self._found(document, sentence, text, regexes))
            for finding in apart(found):
                yield with_row(finding, rows) if rows else finding

    def _found(self, document: Document, sentence: Sentence, text: str, regexes: Sequence[Any]) -> Iterator[Finding]:
        if self.twice:
            return repeated_words(document, sentence, text, regexes)
        return _matches(sentence, text, regexes)


def _matches(sentence: Sentence, text: str, regexes: Sequence[Any]) -> Iterator[Finding]:
    for regex in regexes:
        for match in regex.finditer(text):
            groups = match.groupdict()
            start, end = match.span(regex.groupindex["report"] if groups.get("report") is not None else 0)
            if start < end:
                values = {name: value for name, value in groups.items() if value is not None}
                yield Finding(sentence.block, sentence.start + start, sentence.start + end, sentence, values)

"""Find what an RE2 pattern matches inside one sentence, once what only looks like it has been masked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from healthlint.finding import Finding
from healthlint.text import several

if TYPE_CHECKING:
    from healthlint.document import Document, Sentence
    from healthlint.entities import Vocabulary

_BLANK = "\x1f"


@dataclass(frozen=True)
class Check:
    """One pattern or several; a group named ``report`` narrows what is reported, other names go to the message."""

    pattern: str | tuple[str, ...]
    mask: str | tuple[str, ...] = ()
    case: bool = False

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return what each pattern needs."""
        gates = [vocabulary.skeleton(pattern) for pattern in vocabulary.parts(several(self.pattern))]
        return None if None in gates else tuple(gate for gate in gates if gate)

    def validate(self, vocabulary: Vocabulary) -> None:
        """Compile everything."""
        for key, patterns in (("pattern", self.pattern), ("mask", self.mask)):
            for pattern in several(patterns):
                vocabulary.check_pattern(pattern, key=key, case=self.case)

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield each match, left to right; where several patterns overlap, the first to start."""
        parts = vocabulary.parts(several(self.pattern))
        for sentence in sentences:
            likely = parts
            if len(parts) > 1:
                likely = tuple(each for each in parts if vocabulary.may_match(sentence, each))
            regexes = [vocabulary.regex_for(sentence, each, case=self.case) for each in likely]
            found = list(_matches(regexes, sentence.shadow))
            if found and self.mask:
                found = list(_matches(regexes, self._masked(sentence, vocabulary)))
            yield from _findings(sentence, sorted(found, key=_place))

    def _masked(self, sentence: Sentence, vocabulary: Vocabulary) -> str:
        shadow = sentence.shadow
        for mask in several(self.mask):
            if vocabulary.may_match(sentence, mask):
                shadow = vocabulary.regex_for(sentence, mask, case=self.case).sub(_blank, shadow)
        return shadow


def _blank(match: Any) -> str:
    return _BLANK * len(match[0])


def _matches(regexes: Sequence[Any], shadow: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    for regex in regexes:
        for match in regex.finditer(shadow):
            groups = match.groupdict()
            start, end = match.span(regex.groupindex["report"] if groups.get("report") is not None else 0)
            if start < end:
                yield start, end, {name: value for name, value in groups.items() if value is not None}


def _place(found: tuple[int, int, dict[str, str]]) -> tuple[int, int]:
    return found[0], -found[1]


def _findings(sentence: Sentence, found: Sequence[tuple[int, int, dict[str, str]]]) -> Iterator[Finding]:
    reached = 0
    for start, end, values in found:
        if start >= reached:
            yield Finding(sentence.block, sentence.start + start, sentence.start + end, sentence, values)
            reached = end

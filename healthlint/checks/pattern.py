"""Find what an RE2 pattern matches inside one sentence, once what only looks like it has been masked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from healthlint.finding import Finding

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

    def gate(self, vocabulary: Vocabulary) -> str | None:
        """Return all patterns as one, large entities in them left open: a gate has to be small."""
        joined = "|".join(f"(?:{vocabulary.outline(pattern)})" for pattern in _several(self.pattern))
        return joined if self.case else f"(?i:{joined})"

    def validate(self, vocabulary: Vocabulary) -> None:
        """Compile everything."""
        for key, patterns in (("pattern", self.pattern), ("mask", self.mask)):
            for pattern in _several(patterns):
                vocabulary.check_pattern(pattern, key=key, case=self.case)

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield each match, left to right; where several patterns overlap, the first to start."""
        for sentence in sentences:
            shadow = sentence.shadow
            regexes = [vocabulary.regex_for(sentence, each, case=self.case) for each in _several(self.pattern)]
            regexes = [regex for regex in regexes if regex.search(shadow)]
            for mask in _several(self.mask) if regexes else ():
                shadow = vocabulary.regex_for(sentence, mask, case=self.case).sub(_blank, shadow)
            yield from _findings(sentence, sorted(_matches(regexes, shadow), key=_place))


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


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

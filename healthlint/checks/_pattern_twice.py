"""Words that stand twice in a row, as in "the the"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from healthlint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthlint.document import Document, Sentence

# Nothing but the word itself can go back, and a word is tried once.
_TWICE = re.compile(r"(?i)\b([^\W_]+) (\1)(?![\w'-])")
_GAP = re.compile(r"(?:\s|&nbsp;|&#160;)+")


def repeated_words(document: Document, sentence: Sentence, text: str, regexes: Sequence[Any]) -> Iterator[Finding]:
    """Yield both words where one in *text* stands twice and one of *regexes* matches it whole; value ``word``.

    A name such as "Bora Bora" is let be, and what a tag, code or a picture parts in the source.
    """
    for match in _TWICE.finditer(text):
        first, second = match.span(1), match.span(2)
        is_fault = not match[2][0].isupper() and any(regex.fullmatch(match[1]) for regex in regexes)
        if is_fault and _is_in_a_row(document, sentence, first, second):
            place = sentence.start + first[0], sentence.start + second[1]
            yield Finding(sentence.block, *place, sentence, {"word": sentence.text[slice(*first)]})


def _is_in_a_row(document: Document, sentence: Sentence, first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Say whether only white space parts them in the source."""
    block = sentence.block
    start = block.source_span(sentence.start + first[0], sentence.start + first[1]).end
    return _GAP.fullmatch(document.source, start, block.offsets[sentence.start + second[0]]) is not None

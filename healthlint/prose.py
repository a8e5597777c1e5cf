"""Which text of a document is running prose, to which a reading formula may be applied, and what else there is."""

from __future__ import annotations

import re
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from healthlint.document import UNCOUNTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthlint.document import Document, Sentence

_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_FULL_LENGTH = 8  # words
# A word is what stands between spaces, dashes and slashes and has a letter or digit in it; "1/2" is one.
_WORD = re.compile(r"[^\W_](?:[^\s—…/-]|-(?!-)|(?<=\d)/(?=\d))*")
_REASONS = MappingProxyType(
    {
        "heading": "headings",
        "table-cell": "tables",
        "caption": "captions",
        "footnote": "footnotes",
        "reference": "references",
        "alt": "image descriptions",
    }
)


class Prose(NamedTuple):
    """The sentences to score, in reading order, and the words of all others by the reason why they are left out."""

    sentences: tuple[Sentence, ...]
    left_out: Mapping[str, int]


def words_of(text: str) -> list[str]:
    """Return the words of a folded text, as they are counted for reading formulas.

    >>> words_of("Take 1/2 a well-known pill - or not - and/or 5 mg.")
    ['Take', '1/2', 'a', 'well-known', 'pill', 'or', 'not', 'and', 'or', '5', 'mg.']
    """
    return _WORD.findall(text)


def prose_of(document: Document) -> Prose:
    """Return the running prose of *document*, found once."""
    found: Prose | None = document.memo.get("prose")
    if found is None:
        found = document.memo["prose"] = _prose(document)
    return found


def scored_sentences(document: Document) -> tuple[Sentence, ...]:
    """Return the sentences of the running prose of *document*."""
    return prose_of(document).sentences


def _prose(document: Document) -> Prose:
    scored: list[Sentence] = []
    left_out: Counter[str] = Counter()
    for block in document.blocks:
        if block.kind in UNCOUNTED:
            continue
        for sentence in block.sentences:
            reason = _reason(sentence)
            if reason:
                left_out[reason] += len(words_of(sentence.shadow))
            else:
                scored.append(sentence)
    return Prose(tuple(scored), MappingProxyType(dict(left_out)))


def _reason(sentence: Sentence) -> str:
    """Return why the sentence is left out, or ''."""
    kind = sentence.block.kind
    if kind in _REASONS:
        return _REASONS[kind]
    is_full = kind == "paragraph" or _END.search(sentence.shadow) or sentence.shadow.count(" ") >= _FULL_LENGTH - 1
    return "" if is_full else "fragments"

"""Which text of a document is running prose, to which a reading formula may be applied, and what else there is."""

from __future__ import annotations

import re
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from healthlint.document import UNCOUNTED
from healthlint.spoken import is_address, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthlint.document import Block, Document, Sentence

_ENDS = re.compile(r"[.!?…:][\"')\]]*$")
_FULL_LENGTH = 8  # words
_LONGEST_BYLINE, _LONGEST_CONTACT, _LONGEST_REFERENCE = 15, 40, 60
_NEARLY_ALL = 0.8
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
_CAPTION = re.compile(
    r"(?i)(?:(?:figure|fig\.?|table|chart|box)\s\d{1,3}[a-z]?\s?[:.-]\s"
    r"|(?:photo(?:graph)?|image|picture|video|illustration)s?(?:\s(?:by|credit|courtesy|source))?\s?:)"
)
_YEAR = r"(?:19|20)\d\d"
_REFERENCE = re.compile(
    rf"\W{{0,2}}\d{{0,3}}\W{{0,3}}[A-Z][a-z]+ [A-Z]{{1,3}}(?:, [A-Z][a-z]+ [A-Z]{{1,3}})*(?:,? et al)?\.\s.*\b{_YEAR}\b"
    rf"|[^()]*\b{_YEAR}(?: [A-Z][a-z]{{2}}(?: \d{{1,2}})?)?; ?\d{{1,4}}(?:\(\d{{1,4}}\))?: ?e?\d"
)
_CONTACT = re.compile(
    r"(?i)^(?:(?:tele)?phone|tel|mobile|fax|e-?mail|text|website|web|(?:postal )?address|post|opening (?:hours|times))"
    r"(?:\s\w+){0,2}\s?[:.]"
    r"|\(?\+?\d[\d)( -]{8,20}\d\b|\S@\w"
    r"|(?-i:\b[A-Z]{1,2}\d{1,2}[A-Z]?\s\d[A-Z]{2}\b|\b[A-Z]{2}\s\d{5}\b)"
)
_BYLINE = re.compile(
    r"(?i)(?:(?:page|content|last|next|medically|date|first|clinically)\s){0,2}"
    r"(?:reviewed|updated|published|written|review(?: date)?|updated?|edited|posted)\b(?:\s(?:by|on|due|date))?\s?:?\s"
    r"|by\s(?:dr|prof|(?-i:[A-Z][a-z]+\s[A-Z]))"
)


class Prose(NamedTuple):
    """The sentences to score, in reading order, and the words of all else by the reason why they are left out."""

    sentences: tuple[Sentence, ...]
    left_out: Mapping[str, int]


def prose_of(document: Document) -> Prose:
    """Return the running prose of *document*, found once.

    The words of a document are those of ``prose.sentences`` that are no addresses, and those in ``left_out``. Code is
    in neither: readers of healthlint do not see it.
    """
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
        whole = _REASONS.get(block.kind) or _reason(block)
        for sentence in block.sentences:
            reason = whole or ("" if _is_full(sentence.shadow) else "fragments")
            if reason:
                left_out[reason] += len(words_of(sentence.shadow))
            else:
                scored.append(sentence)
                left_out["web addresses"] += _addresses(sentence.shadow)
    return Prose(tuple(scored), MappingProxyType(dict(+left_out)))


def _reason(block: Block) -> str:
    """Return why none of a block of text is scored, or ''."""
    text = block.shadow
    if _is_navigation(block):
        return "links"
    if _CAPTION.match(text):
        return "captions"
    if text.count(" ") < _LONGEST_REFERENCE and _REFERENCE.match(text):
        return "references"
    if _ENDS.search(text):
        return ""
    if text.count(" ") < _LONGEST_BYLINE and _BYLINE.match(text):
        return "bylines"
    return "contact details" if text.count(" ") < _LONGEST_CONTACT and _CONTACT.search(text) else ""


def _is_navigation(block: Block) -> bool:
    """Say whether the block is links and nothing else."""
    linked = sum(link.end - link.start for link in block.links)
    return linked > 0 and not _ENDS.search(block.shadow) and linked >= _NEARLY_ALL * len(block.text)


def _is_full(text: str) -> bool:
    return _ENDS.search(text) is not None or text.count(" ") >= _FULL_LENGTH - 1


def _addresses(text: str) -> int:
    if "@" not in text and "://" not in text and "www." not in text.lower():
        return 0
    return sum(map(is_address, words_of(text)))

"""Faults of links and images: words that do not say where a link leads, or what an image shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from healthlint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthlint.citation import Link
    from healthlint.document import Block, Document

_PRINTED = frozenset({"text"})  # formats in which an address is all that a link can be
_ADDRESS = re.compile(r"(?i)\b(?:https?://|www\.)[^\s<>\"/]+/[^\s<>\"]*[^\s<>\".,;:!?')\]/]/?")
_TRACKING = re.compile(r"[?&]utm_[^#]*|#.*")


def vague_links(document: Document, blocks: Sequence[Block], matcher: Any) -> Iterator[Finding]:
    """Yield each link whose whole text *matcher* matches, and each address that stands in the text; value ``url``."""
    for block in blocks:
        found = {(link.start, link.end): link.url for link in block.links if _is_vague(block, link, matcher)}
        if document.format not in _PRINTED:
            found.update((address.span(), address[0]) for address in _addresses(block.text))
        for (start, end), url in sorted(found.items()):
            yield _part(block, start, end, {"url": url})


def _addresses(text: str) -> Iterator[re.Match[str]]:
    """Yield the addresses that a reader sees; Markdown amid HTML may be a link all the same."""
    return (match for match in _ADDRESS.finditer(text) if not text.endswith("](", 0, match.start()))


def links_to(blocks: Sequence[Block], matcher: Any) -> Iterator[Finding]:
    """Yield each link, and each address in the text, in whose address *matcher* matches; value ``url``."""
    for block in blocks:
        found = {(link.start, link.end): link.url for link in block.links}
        found.update((address.span(), address[0]) for address in _ADDRESS.finditer(block.text))
        for (start, end), url in sorted(found.items()):
            if matcher.search(url):
                yield _part(block, start, end, {"url": url})


def _is_vague(block: Block, link: Link, matcher: Any) -> bool:
    return link.url != "" and matcher.fullmatch(_words(block, link)) is not None


def same_text_links(blocks: Sequence[Block], ignored: Any) -> Iterator[Finding]:
    """Yield each link whose text has led to another address before; value ``first`` is that address, ``url`` its own.

    A text that *ignored* matches whole may lead to many.
    """
    first: dict[str, str] = {}
    for block in blocks:
        for link in block.links:
            words, url = _words(block, link), _TRACKING.sub("", link.url).rstrip("/").lower()
            known = first.setdefault(words, url)
            if words and url and known and url != known and not ignored.fullmatch(words):
                yield _part(block, link.start, link.end, {"first": known, "url": link.url})


def _words(block: Block, link: Link) -> str:
    return block.shadow[link.start : link.end].strip(" \t.,:;!*»›>→[]()\"'").lower()


def undescribed_images(document: Document, matcher: Any) -> Iterator[Finding]:
    """Yield each image without a description, once, and each description that *matcher* matches whole."""
    seen: set[str] = set()
    for block in document.blocks:
        is_blank = block.kind == "blank" and block.label == "image"
        is_fault = is_blank or (block.kind == "alt" and matcher.fullmatch(block.shadow) is not None)
        if is_fault and block.text not in seen:
            seen.add(block.text)
            yield _part(block, 0, len(block.text), {})


def _part(block: Block, start: int, end: int, values: dict[str, str]) -> Finding:
    return Finding(block, start, end, block.sentence_at(start), values)

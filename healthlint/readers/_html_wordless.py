"""HTML images and headings, and whether they have the words that a reader needs who does not see them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthlint.builder import blank_block
from healthlint.readers._html_attribute import attribute_text
from healthlint.readers._html_context import HEADINGS, is_unseen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthlint.document import Block
    from healthlint.text import Span

_NAMES = ("alt", "aria-label", "aria-labelledby", "title")
_POINT = re.compile(r"\s*[01](?:px)?\s*")  # a picture of one point counts visits
_WORDLESS = re.compile(
    r"(?i)(?:[\s\u00ad\u200b-\u200d\ufeff]|&(?:nbsp|shy|zwnj|zwj|\#160|\#xa0|\#8203|\#x200b);"
    r"|</?(?:a|b|br|div|em|font|i|p|small|span|strong|u|wbr)(?:[\s/][^<>]*)?>)*</h[1-6]"
)


def image_block(source: str, tag: Span, attributes: Mapping[str, str]) -> Block | None:
    """Return the description of an image, a blank block where it has none, None where it only decorates."""
    if attributes.get("role") in {"presentation", "none"}:
        return None
    if attributes.get("alt"):
        return attribute_text(source, tag, "alt", attributes["alt"]).build("alt")
    is_named = any(name in attributes for name in _NAMES)  # an empty "alt" says that it decorates
    is_point = any(_POINT.fullmatch(attributes.get(side, "")) for side in ("width", "height"))
    return None if is_named or is_point or is_unseen(attributes) else blank_block(source, *tag, "image")


def wordless_heading(source: str, tag: Span, name: str, attributes: Mapping[str, str]) -> Block | None:
    """Return a blank block for a heading that ends without a word, None for any other element."""
    if name not in HEADINGS or "aria-label" in attributes or not _WORDLESS.match(source, tag.end):
        return None
    return blank_block(source, *tag, "heading", level=HEADINGS[name])

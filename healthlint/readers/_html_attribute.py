"""The text of an HTML attribute, every character in its place."""

from __future__ import annotations

import re
from html import unescape

from healthlint.builder import TextBuilder
from healthlint.text import Span

_ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?""")
_REFERENCE = re.compile(r"&(?:#[xX]?[0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")
_AS_READ = str.maketrans({"\n": " ", "\r": " ", "\0": "\ufffd"})


def attribute_text(source: str, tag: Span, name: str, value: str) -> TextBuilder:
    """Return the text of attribute *name* of the start tag at *tag* of the source, which is *value* once decoded."""
    place = _place(source, tag, name)
    builder = TextBuilder()
    decoded: list[str] = []
    at = place.start
    for match in _REFERENCE.finditer(source, place.start, place.end):
        following = source[match.end() : match.end() + 1]
        # "?a=1&copy=2" is an address, not a copyright sign (WHATWG, "named character reference state").
        if match[0][-1] == ";" or not (following == "=" or following.isalnum()):
            literal, character = source[at : match.start()], unescape(match[0])
            builder.add(literal, at)
            builder.add_decoded(character, match.start(), match.end())
            decoded += (literal, character)
            at = match.end()
    builder.add(source[at : place.end], at)
    decoded.append(source[at : place.end])
    if "".join(decoded).translate(_AS_READ) == value:
        return builder
    whole = TextBuilder()
    whole.add_decoded(value, place.start, place.end)
    return whole


def _place(source: str, tag: Span, name: str) -> Span:
    for match in _ATTRIBUTE.finditer(source, tag.start + 1, tag.end):
        if match.lastindex and match.lastindex > 1 and match[1].lower() == name:
            return Span(*match.span(match.lastindex))
    return tag

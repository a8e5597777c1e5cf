"""Texts that are open in the editor, kept as the editor has them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lsprotocol.types import TextDocumentContentChangePartial

from healthlint.server.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lsprotocol.types import TextDocumentContentChangeEvent, TextDocumentItem


@dataclass(frozen=True)
class Opened:
    """One open text; ``places`` counts in the units that were agreed on with its editor."""

    uri: str
    language: str
    version: int
    text: str
    places: Places

    def changed(self, changes: Iterable[TextDocumentContentChangeEvent], version: int, encoding: str) -> Opened:
        """Return the text after *changes*, each of which counts in what the one before it left."""
        opened = self
        for change in changes:
            text = change.text
            if isinstance(change, TextDocumentContentChangePartial):
                start, end = opened.places.offset(change.range.start), opened.places.offset(change.range.end)
                text = opened.text[:start] + change.text + opened.text[max(start, end) :]
            opened = replace(opened, text=text, places=Places(text, encoding))
        return replace(opened, version=version)


def opened(item: TextDocumentItem, encoding: str) -> Opened:
    """Return the text that the editor has just opened."""
    return Opened(item.uri, item.language_id, item.version, item.text, Places(item.text, encoding))

"""Builds the text of a block, tidied, with the source offset of each character."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from healthlint.citation import Link, Note
from healthlint.document import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthlint.document import BlockKind

_INVISIBLE = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_UNTIDY = re.compile(rf"[\s{_INVISIBLE}]{{2,}}|[^\S ]|[{_INVISIBLE}]|[\ufb00-\ufb06]|\w?[\u0300-\u036f]+")
_COMPOSABLE = re.compile("[\ufb00-\ufb06\u0300-\u036f]")
_LONGEST_MARKUP = 300  # an image can stand in its own tag, as a million letters


class TextBuilder:
    """Collects the text of one block with its source offsets.

    White space is folded to single spaces, invisible characters are dropped, ligatures and combining marks are
    composed; the offsets are kept through all of it.
    """

    def __init__(self) -> None:
        self._pieces: list[tuple[str, int, int | None]] = []
        self._length = 0
        self.links: list[tuple[int, int, str]] = []
        self.notes: list[tuple[int, str, int, int]] = []

    def __len__(self) -> int:
        """Return the number of characters collected so far, before they are tidied."""
        return self._length

    def add(self, text: str, start: int) -> None:
        """Add *text* that stands as it is at *start* of the source."""
        if text:
            self._pieces.append((text, start, None))
            self._length += len(text)

    def add_decoded(self, text: str, start: int, end: int) -> None:
        """Add *text* that the source writes as ``source[start:end]``: an entity, an escape, a line break."""
        if text:
            self._pieces.append((text, start, end - start))
            self._length += len(text)

    def add_link(self, start: int, end: int, url: str) -> None:
        """Record a link whose anchor is the text collected from *start* up to *end* (as told by ``len``)."""
        self.links.append((start, end, url))

    def add_note(self, label: str, start: int, end: int) -> None:
        """Record a footnote marker, here in the text, at ``source[start:end]``."""
        self.notes.append((self._length, label, start, end))

    def build(  # noqa: PLR0913  the parts of a block
        self,
        kind: BlockKind,
        *,
        level: int = 0,
        group: int = 0,
        label: str = "",
        header: bool = False,
        landmark: str | None = None,
    ) -> Block | None:
        """Return the block, or None when no visible character was collected."""
        tidied = self._tidy()
        if not tidied.text:
            return None
        links = tuple(Link(tidied.moved(start), tidied.moved(end), url) for start, end, url in self.links)
        notes = tuple(Note(tidied.moved(at), mark, start, end) for at, mark, start, end in self.notes)
        return Block(
            kind, tidied.text, tidied.starts, tidied.widths, level, group, label, header, links, notes, landmark
        )

    def _tidy(self) -> _Tidied:
        raw = "".join(piece[0] for piece in self._pieces)
        starts, widths = self._raw_offsets()
        if not _is_tidy(raw) and _UNTIDY.search(raw):
            return _strip(_clean(raw, starts, widths))
        return _strip(_Tidied(raw, starts, widths, range(len(raw))))

    def _raw_offsets(self) -> tuple[Sequence[int], dict[int, int]]:
        if all(width is None for _, _, width in self._pieces) and self._is_contiguous():
            first = self._pieces[0][1] if self._pieces else 0
            return range(first, first + self._length), {}
        starts = array("L")
        widths: dict[int, int] = {}
        for text, start, width in self._pieces:
            if width is None:
                starts.extend(range(start, start + len(text)))
                continue
            for _ in text:
                if width != 1:
                    widths[len(starts)] = width
                starts.append(start)
        return starts, widths

    def _is_contiguous(self) -> bool:
        return all(start + len(text) == following[1] for (text, start, _), following in pairwise(self._pieces))


def blank_block(source: str, start: int, end: int, label: str, *, level: int = 0) -> Block | None:
    """Return the block of an image or heading that has no words: ``source[start:end]``, or the beginning of it."""
    builder = TextBuilder()
    builder.add(source[start : min(end, start + _LONGEST_MARKUP)], start)
    return builder.build("blank", level=level, label=label)


def _is_tidy(raw: str) -> bool:
    """Say, ten times faster than the pattern that finds it, that there is nothing to tidy; False is "maybe".

    All white space but the space and all invisible characters are unprintable to Python.
    """
    return raw.isprintable() and "  " not in raw and (raw.isascii() or not _COMPOSABLE.search(raw))


class _Tidied(NamedTuple):
    """Tidied text: per character the source start, the width where it is not 1, and its place in the raw text."""

    text: str
    starts: Sequence[int]
    widths: dict[int, int]
    origins: Sequence[int]

    def moved(self, raw: int) -> int:
        """Return the place in the tidied text of what was at *raw* in the untidied."""
        return bisect_left(self.origins, raw)


def _clean(raw: str, starts: Sequence[int], widths: dict[int, int]) -> _Tidied:
    pieces: list[str] = []
    origins = array("L")
    folded: dict[int, int] = {}
    position = 0
    for match in _UNTIDY.finditer(raw):
        pieces.append(raw[position : match.start()])
        origins.extend(range(position, match.start()))
        position = match.end()
        replacement = _tidied(match[0])
        if replacement == match[0]:
            origins.extend(range(match.start(), match.end()))
        else:
            last = match.end() - 1
            width = starts[last] + widths.get(last, 1) - starts[match.start()]
            for _ in replacement:
                folded[len(origins)] = width
                origins.append(match.start())
        pieces.append(replacement)
    pieces.append(raw[position:])
    origins.extend(range(position, len(raw)))
    new_widths = {index: widths[origin] for index, origin in enumerate(origins) if origin in widths} if widths else {}
    new_widths.update(folded)
    return _Tidied("".join(pieces), array("L", [starts[origin] for origin in origins]), new_widths, origins)


def _tidied(untidy: str) -> str:
    if untidy[-1] in "\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06":
        return unicodedata.normalize("NFKC", untidy)
    if "\u0300" <= untidy[-1] <= "\u036f":
        composed = unicodedata.normalize("NFC", untidy)
        return composed if len(composed) == 1 else untidy
    return " " if any(character.isspace() for character in untidy) else ""


def _strip(tidied: _Tidied) -> _Tidied:
    text, starts, widths, origins = tidied
    first = len(text) - len(text.lstrip(" "))
    last = len(text.rstrip(" "))
    if first >= last:
        return _Tidied("", (), {}, ())
    end = starts[last - 1] + widths.get(last - 1, 1)
    kept: Sequence[int]
    if isinstance(starts, range):
        kept = range(starts[first], end + 1)
    else:
        kept = array("L", starts[first:last])
        kept.append(end)
    shifted = {index - first: width for index, width in widths.items() if first <= index < last}
    return _Tidied(text[first:last], kept, shifted, origins[first:last])

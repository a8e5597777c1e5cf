"""Which HTML elements are open, and what closes them unasked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthlint.readers._html_context import HEADINGS, ITEMS, LISTS, Context

if TYPE_CHECKING:
    from collections.abc import Callable

VOID = frozenset({
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "track", "wbr",
})  # fmt: skip

_CELLS = frozenset({"td", "th", "caption"})
_GROUPS = frozenset({"tbody", "thead", "tfoot"})
_TABLE_PARTS = _CELLS | _GROUPS | {"tr"}
_SCOPES = _CELLS | {"table"}
_TOP_FORM_DEPTH = 3  # the root, body, form
_CLOSED_BY: dict[str, tuple[str, ...]] = {
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("tr", "caption"),
    **dict.fromkeys(_GROUPS, ("tbody", "thead", "tfoot", "caption")),
}


@dataclass(slots=True)
class Element:
    """An open element; *close* is called when it ends, with the source offset where it does."""

    name: str
    context: Context
    is_block: bool
    close: Callable[[int], None] | None


class OpenElements:
    """The open elements, with the few rules of HTML's tree construction that decide where an element ends.

    Every question is answered from counts, never by walking down the stack, so that work stays linear however
    deep the nesting: an element is walked over only when it is closed.
    """

    def __init__(self, flush: Callable[[int], None]) -> None:
        """Start with nothing open; *flush* is called, with the source offset, before a block begins or ends."""
        self.context = Context()
        self._flush = flush
        self._elements = [Element("", self.context, is_block=True, close=None)]
        self._scopes: list[dict[str, int]] = [{}]
        self._inlines: list[dict[str, int]] = [{}]
        self._items = [0]

    @property
    def is_top(self) -> bool:
        """Whether what begins here stands directly in the body, or in the one form around all of it."""
        name = self._elements[-1].name
        return name in {"", "body"} or (name == "form" and len(self._elements) <= _TOP_FORM_DEPTH)

    def push(self, name: str, context: Context, *, is_block: bool, close: Callable[[int], None] | None) -> None:
        """Open an element, in which text stands in *context*."""
        name = _same_name(name)
        self._elements.append(Element(name, context, is_block, close))
        self.context = context
        if not is_block:
            counts = self._inlines[-1]
            counts[name] = counts.get(name, 0) + 1
            return
        counts = self._scopes[-1]
        counts[name] = counts.get(name, 0) + 1
        self._inlines.append({})
        if name in _SCOPES:
            self._scopes.append({})
        if name in LISTS:
            self._items.append(0)
        elif name in ITEMS:
            self._items[-1] += 1

    def end(self, name: str, at: int) -> None:
        """Close the innermost open element *name* and all inside it; nothing if there is none it may close."""
        name = _same_name(name)
        if self._inlines[-1].get(name):
            self._pop_to(at, name)
            return
        reach = 3 if name == "table" else 2 if name in _TABLE_PARTS else 1
        if any(scope.get(name) for scope in self._scopes[-reach:]):
            self._pop_to(at, name)

    def close_for(self, name: str, at: int) -> None:
        """Close what a start tag *name* of a block closes unasked: a paragraph, an item, a cell, an icon."""
        inlines = self._inlines[-1]
        if ("svg" in inlines or "math" in inlines) and not inlines.get("foreignobject"):
            self.end("svg", at)
            self.end("math", at)
        if name in _TABLE_PARTS:
            for closed in _CLOSED_BY.get(name, ()):
                self.end(closed, at)
            return
        self.end("p", at)
        if name in ITEMS and self._items[-1]:
            self._pop_to(at, *ITEMS)
        elif name in HEADINGS and self._elements[-1].name == "h":
            self._pop_to(at, "h")
        elif name == "main" and self.context.is_hidden:
            # A forgotten </nav> must not hide the page.
            for left_out in ("nav", "label", "button"):
                self.end(left_out, at)

    def end_all(self, at: int) -> None:
        """Close everything."""
        while len(self._elements) > 1:
            self._pop(at)

    def _pop_to(self, at: int, *names: str) -> None:
        while len(self._elements) > 1 and self._pop(at) not in names:
            pass

    def _pop(self, at: int) -> str:
        element = self._elements[-1]
        name = element.name
        if element.is_block:
            self._flush(at)
        self._elements.pop()
        if element.is_block:
            self._inlines.pop()
            if name in _SCOPES:
                self._scopes.pop()
            if name in LISTS:
                self._items.pop()
            elif name in ITEMS:
                self._items[-1] -= 1
            self._scopes[-1][name] -= 1
        else:
            self._inlines[-1][name] -= 1
        self.context = self._elements[-1].context
        if element.close:
            element.close(at)
        return name


def _same_name(name: str) -> str:
    """Return one name for all headings: the end tag of any closes any."""
    return "h" if name in HEADINGS else name

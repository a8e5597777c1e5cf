"""What kind of text stands inside an HTML element, and whether a reader of the page sees it as part of the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from healthlint.document import BlockKind

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
LISTS = frozenset({"ul", "ol", "dl", "menu", "dir"})
ITEMS = frozenset({"li", "dd", "dt"})
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "title", "tr", "ul",
})  # fmt: skip
# Left out by name: no text, no prose, or not this page's own.
LEFT_OUT = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "applet", "canvas", "audio", "video",
    "noembed", "noframes", "nav", "search", "select", "option", "optgroup", "datalist", "textarea", "button", "label",
    "fieldset", "legend", "output", "progress", "meter", "code", "pre", "kbd", "samp",
})  # fmt: skip
# Left out, yet it keeps the words on its two sides apart.
GAPS = frozenset({
    "svg", "math", "button", "select", "textarea", "iframe", "object", "canvas", "audio", "video", "label",
})  # fmt: skip

_UNSEEN = re.compile(r"(?i)(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b")
_COOKIE_BANNER = re.compile(
    r"(?i)(?:cookie|gdpr|consent)s?[-_ ]?(?:banner|consent|notice|bar|popup|modal|message|law|policy-banner)\b|onetrust"
)
_SITE = re.compile(r"(?i)\b(?:site|page|global|masthead|colophon|banner)(?:[-_]?(?:header|footer))?\b")
_NOTE_ID = re.compile(r"(?i)^(?:user-content-)?(?:fn|footnote|endnote|cite_note|_?ftn|_?edn)(?!ref)[\w:.-]*?(\d*)$")
_ENTRY_ID = re.compile(r"(?i)^(?:ref|reference|bib|cite|citation|note|source|r|b)[-_:.]?(\d{1,3})$")
_LONGEST_ID = 100
_MOST_DIGITS = 6
_NOTES = re.compile(r"(?i)\b(?:foot|end)notes\b")


class Numbering:
    """The list that items stand in: its group, its depth and, when ordered, the number of the next item."""

    __slots__ = ("group", "level", "number")

    def __init__(self, group: int, level: int, number: int | None) -> None:
        self.group = group
        self.level = level
        self.number = number

    def next_label(self, value: str) -> str:
        """Return the number of the next item, which may give its own *value*; '' in a list without numbers."""
        if self.number is None:
            return ""
        number = _integer(value, self.number)
        self.number = number + 1
        return str(number)


class Context(NamedTuple):
    """What text at this place is: the fields of its block, and what it stands in.

    ``region`` is 0 for the page itself, -1 for page furniture, n for the nth form.
    """

    kind: BlockKind = "paragraph"
    level: int = 0
    group: int = 0
    label: str = ""
    header: bool = False
    is_hidden: bool = False
    region: int = 0
    is_quoted: bool = False
    is_sectioned: bool = False
    is_among_notes: bool = False
    numbering: Numbering | None = None
    table: int = 0


class Place(NamedTuple):
    """Where an element begins: directly in the body or not, and the numbers to give to a list, table or form here."""

    is_top: bool
    group: int
    form: int


def context_inside(name: str, attributes: Mapping[str, str], context: Context, place: Place) -> Context:
    """Return what text is inside an element that begins in *context*."""
    if context.is_hidden:
        return context
    if _is_left_out(name, attributes, context):
        return context._replace(is_hidden=True)
    role = attributes.get("role")
    if name in HEADINGS or role == "heading":
        level = HEADINGS.get(name) or _integer(attributes.get("aria-level", ""), 2)
        return context._replace(kind="heading", level=level, group=0, label="", header=False)
    inside = _INSIDE.get(name)
    if inside is not None:
        context = inside(attributes, context, place)
    if name in {"header", "footer"} or role in {"banner", "contentinfo"}:
        return context._replace(region=-1) if _is_furniture(name, attributes, context, place) else context
    return _noted(name, attributes, context) if attributes and name in BLOCKS else context


def _is_left_out(name: str, attributes: Mapping[str, str], context: Context) -> bool:
    if name in LEFT_OUT:
        return not (name in {"button", "label"} and context.kind == "heading")
    if name == "dialog" and "open" not in attributes:
        return True
    # A page that hides itself whole is shown again by its script.
    if not attributes or name in {"html", "body"}:
        return False
    return (
        is_unseen(attributes)
        or attributes.get("role") in {"navigation", "search"}
        or (name in {"div", "aside", "section"} and _is_cookie_banner(attributes))
    )


def is_unseen(attributes: Mapping[str, str]) -> bool:
    """Say whether attributes of an element hide it."""
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden", "").lower() == "true"
        or ("style" in attributes and _UNSEEN.search(attributes["style"]) is not None)
    )


def _is_cookie_banner(attributes: Mapping[str, str]) -> bool:
    return _COOKIE_BANNER.search(f"{attributes.get('id', '')} {attributes.get('class', '')}") is not None


def _is_furniture(name: str, attributes: Mapping[str, str], context: Context, place: Place) -> bool:
    if place.is_top or attributes.get("role") in {"banner", "contentinfo"}:
        return True
    if context.is_sectioned or context.kind != "paragraph":
        return False
    return name == "footer" or _SITE.search(f"{attributes.get('id', '')} {attributes.get('class', '')}") is not None


def _unordered(_: Mapping[str, str], context: Context, place: Place) -> Context:
    return context._replace(numbering=Numbering(place.group, _depth(context) + 1, None))


def _ordered(attributes: Mapping[str, str], context: Context, place: Place) -> Context:
    first = None if "reversed" in attributes else _integer(attributes.get("start", ""), 1)
    return context._replace(numbering=Numbering(place.group, _depth(context) + 1, first))


def _depth(context: Context) -> int:
    return context.numbering.level if context.numbering else 0


def _item(attributes: Mapping[str, str], context: Context, _: Place) -> Context:
    numbering = context.numbering or Numbering(0, 1, None)
    label = numbering.next_label(attributes.get("value", ""))
    identifier = attributes.get("id", "")[:_LONGEST_ID]
    note = _NOTE_ID.match(identifier)
    entry = note or _ENTRY_ID.match(identifier)
    is_note = note is not None or context.is_among_notes or attributes.get("role") in {"doc-endnote", "doc-footnote"}
    return context._replace(
        kind="footnote" if is_note else "quote" if context.is_quoted else "list-item",
        level=numbering.level,
        group=numbering.group,
        label=label or (entry[1] if entry else ""),
        header=False,
    )


def _table(attributes: Mapping[str, str], context: Context, place: Place) -> Context:
    is_layout = attributes.get("role") in {"presentation", "none"}
    return context._replace(table=0 if is_layout else place.group)


def _cell(_: Mapping[str, str], context: Context, place: Place) -> Context:
    kind: BlockKind = "quote" if context.is_quoted else "table-cell" if context.table else "paragraph"
    return context._replace(kind=kind, level=0, group=context.table, label="", header=False)


def _head_cell(attributes: Mapping[str, str], context: Context, place: Place) -> Context:
    return _cell(attributes, context, place)._replace(header=True)


def _form(_: Mapping[str, str], context: Context, place: Place) -> Context:
    return context._replace(region=place.form) if context.region == 0 else context


def _quote(_: Mapping[str, str], context: Context, place: Place) -> Context:
    return context._replace(kind="quote", is_quoted=True)


def _caption(_: Mapping[str, str], context: Context, place: Place) -> Context:
    return context._replace(kind="caption", level=0, group=0, label="", header=False)


def _section(_: Mapping[str, str], context: Context, place: Place) -> Context:
    return context._replace(is_sectioned=True)


def _noted(name: str, attributes: Mapping[str, str], context: Context) -> Context:
    role = attributes.get("role") or attributes.get("epub:type", "")
    identifier = attributes.get("id", "")[:_LONGEST_ID]
    names = f"{identifier} {attributes.get('class', '')}"
    if role in {"doc-endnotes", "footnotes", "endnotes"} or _NOTES.search(names):
        return context._replace(is_among_notes=True)
    note = _NOTE_ID.match(identifier) if identifier and context.kind == "paragraph" and name != "section" else None
    if note and (note[1] or context.is_among_notes):
        return context._replace(kind="footnote", label=note[1])
    if role in {"doc-endnote", "doc-footnote", "footnote", "endnote"}:
        return context._replace(kind="footnote")
    if name == "p" and identifier and not context.label:
        entry = _ENTRY_ID.match(identifier)
        return context._replace(label=entry[1]) if entry else context
    return context


def _integer(text: str, otherwise: int) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else otherwise


_INSIDE: dict[str, Callable[[Mapping[str, str], Context, Place], Context]] = {
    **dict.fromkeys(LISTS, _unordered),
    "ol": _ordered,
    **dict.fromkeys(ITEMS, _item),
    "table": _table,
    "td": _cell,
    "th": _head_cell,
    "form": _form,
    "blockquote": _quote,
    "figcaption": _caption,
    "caption": _caption,
    **dict.fromkeys(("article", "main", "section", "aside"), _section),
}

"""What an HTML page says of itself: author, dates, reviewer, publisher, language, from all the places it may say so."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_META = {
    "author": "author dc.creator dcterms.creator citation_author parsely-author sailthru.author article:author",
    "date": "date article:published_time og:published_time dc.date dc.date.issued dcterms.issued dcterms.created "
    "dcterms.date dc.date.created pubdate publishdate publish-date publish_date datepublished date.published "
    "citation_publication_date citation_date parsely-pub-date sailthru.date",
    "modified": "article:modified_time og:updated_time og:modified_time dcterms.modified dc.date.modified "
    "last-modified lastmod modified datemodified date.modified last-updated lastupdated last_updated updated revised",
    "reviewed": "last-reviewed lastreviewed last_reviewed reviewed date.reviewed datereviewed date-reviewed "
    "dcterms.reviewed dc.date.reviewed article:reviewed_time",
    "reviewer": "reviewer reviewed-by reviewedby reviewed_by medical-reviewer medically-reviewed-by",
    "publisher": "publisher dc.publisher dcterms.publisher citation_publisher article:publisher",
    "description": "description dc.description dcterms.description",
    "robots": "robots",
}
_KEY_OF_META = {name: key for key, names in _META.items() for name in names.split()}
_FALLBACKS = {"og:site_name": "publisher", "og:description": "description", "og:title": "title", "og:url": "canonical"}
_KEY_OF_PROPERTY = {
    "author": "author",
    "creator": "author",
    "datepublished": "date",
    "datecreated": "date",
    "datemodified": "modified",
    "lastreviewed": "reviewed",
    "reviewedby": "reviewer",
    "publisher": "publisher",
}
_TIME_CLASSES = (
    ("reviewed", re.compile(r"(?i)review")),
    ("date", re.compile(r"(?i)publish|pubdate|posted|created")),
    ("modified", re.compile(r"(?i)updated|modified")),
    ("date", re.compile(r"(?i)date")),
)
_ABOUT_OTHERS = frozenset({"Review", "Comment", "Person", "Organization", "ImageObject", "VideoObject", "Offer"})
_SPACE = re.compile(r"\s+")


class Metadata:
    """Collects what a page says of itself; of two values for one key, the first stands."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._fallbacks: dict[str, str] = {}
        self._linked_data: list[str] = []

    def add(self, key: str, value: str) -> None:
        """Record *value*, white space folded, unless it is empty or a mere address."""
        value = _SPACE.sub(" ", value).strip()
        is_address = key in {"author", "publisher", "reviewer"} and value.startswith(("http://", "https://", "//"))
        if value and not is_address:
            self.found.setdefault(key, value)

    def add_all(self, keys: Iterable[str], value: str) -> None:
        """Record *value* for each of *keys*."""
        for key in keys:
            self.add(key, value)

    def add_meta(self, attributes: Mapping[str, str]) -> None:
        """Record what a ``<meta>`` says."""
        content = attributes.get("content", "")
        for attribute in ("name", "property", "http-equiv"):
            name = attributes.get(attribute, "").strip().lower()
            if name in _KEY_OF_META:
                self.add(_KEY_OF_META[name], content)
            elif name in _FALLBACKS:
                self._fallbacks.setdefault(_FALLBACKS[name], content)
            elif name == "content-language":
                self._fallbacks.setdefault("lang", content)
        self.add_all(self.keys_of("meta", attributes), content)

    def add_link(self, attributes: Mapping[str, str]) -> None:
        """Record what a ``<link>`` says."""
        relations = attributes.get("rel", "").lower().split()
        if "canonical" in relations:
            self.add("canonical", attributes.get("href", ""))
        if "author" in relations:
            self.add("author", attributes.get("title", ""))

    def add_linked_data(self, source: str) -> None:
        """Keep the text of a JSON-LD script; it is read when the page is done, after what the markup says."""
        self._linked_data.append(source)

    def keys_of(self, name: str, attributes: Mapping[str, str]) -> tuple[str, ...]:
        """Return the keys that the content of this element is a value for."""
        properties = attributes.get("itemprop", "").lower().split()
        keys = tuple(_KEY_OF_PROPERTY[prop] for prop in properties if prop in _KEY_OF_PROPERTY)
        if keys:
            return keys
        if name == "a" and "author" in attributes.get("rel", "").lower().split():
            return ("author",)
        if name != "time":
            return ()
        if "pubdate" in attributes:
            return ("date",)
        classes = attributes.get("class", "")
        return next(((key,) for key, pattern in _TIME_CLASSES if pattern.search(classes)), ())

    def finish(self) -> dict[str, str]:
        """Return all that was found, the surest place first: markup, JSON-LD, what is said to social networks."""
        for source in self._linked_data:
            for key, value in _from_linked_data(source):
                self.add(key, value)
        for key, value in self._fallbacks.items():
            self.add(key, value)
        return self.found


def _from_linked_data(source: str) -> Iterator[tuple[str, str]]:
    try:
        data: object = json.loads(source.strip().removeprefix("<!--").removesuffix("-->"), strict=False)
    except (ValueError, RecursionError):
        return
    nodes = list(_nodes(data))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    for node in nodes:
        kinds = node.get("@type")
        if _ABOUT_OTHERS.isdisjoint(kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if _is_text(kind)):
            for name, value in node.items():
                if name.lower() in _KEY_OF_PROPERTY:
                    yield _KEY_OF_PROPERTY[name.lower()], _name_of(value, by_id)


def _nodes(data: object) -> Iterator[dict[str, object]]:
    for node in data if isinstance(data, list) else [data]:
        if isinstance(node, dict):
            yield node
            graph = node.get("@graph")
            yield from (inner for inner in (graph if isinstance(graph, list) else [graph]) if isinstance(inner, dict))


def _name_of(value: object, by_id: Mapping[object, Mapping[str, object]]) -> str:
    if isinstance(value, list):
        return ", ".join(name for name in (_name_of_one(one, by_id) for one in value) if name)
    return _name_of_one(value, by_id)


def _name_of_one(value: object, by_id: Mapping[object, Mapping[str, object]]) -> str:
    if isinstance(value, dict):
        reference = value.get("@id")
        name = value.get("name") or (by_id.get(reference, {}).get("name") if _is_text(reference) else None)
        return name if isinstance(name, str) else ""
    return value if isinstance(value, str) else ""


def _is_text(value: object) -> bool:
    return isinstance(value, str)

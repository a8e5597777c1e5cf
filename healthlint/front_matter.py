"""The metadata block at the top of a Markdown page, YAML or TOML, flattened to text."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from healthlint.builder import TextBuilder
from healthlint.document import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = re.compile(r"(---|\+\+\+)[ \t]*(?:\r\n?|\n)(?=[ \t]*[^ \t\r\n])")
_CLOSING = {
    "---": re.compile(r"(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)"),
    "+++": re.compile(r"(?<=[\r\n])\+\+\+[ \t]*(?=[\r\n]|\Z)"),
}
_KEY_LINE = re.compile(r"(?:#.*[\r\n]\s*)*[\w.\"'-]+[ \t]*[:=](?=\s)")
_TOML_TEXT = re.compile(r"(?m)^(title|description)[ \t]*=[ \t]*([\"'])([^\"'\\\r\n]+)\2[ \t]*\r?$")
_MAX_CHARACTERS = 64_000
_MAX_DEPTH = 16


class FrontMatter(NamedTuple):
    """What a page says of itself: *end* is where its block ends in the source, *note* why it could not be read."""

    end: int
    metadata: dict[str, str]
    blocks: tuple[Block, ...] = ()
    note: str | None = None


class _Value(NamedTuple):
    """One value: its dotted lower-case key, and where its text stands in the front matter, if it stands there as is."""

    key: str
    text: str
    start: int | None = None


class _FrontMatterError(Exception):
    """Raised when front matter cannot be read; says the line and what is wrong there."""


def find_front_matter(source: str) -> FrontMatter | None:
    """Return the front matter of *source*, or None when it opens with none.

    A rule (``---``) followed by prose is no front matter: what is between must be a mapping, or at least look like one.
    Values of nested keys are under "outer.inner", those of a list are joined by ", ".

    >>> find_front_matter("---\\nTitle: Asthma\\ntags: [lungs, air]\\n---\\n").metadata
    {'title': 'Asthma', 'tags': 'lungs, air'}
    """
    opening = _OPENING.match(source)
    closing = _CLOSING[opening[1]].search(source, opening.end()) if opening else None
    if opening is None or closing is None:
        return None
    inner = source[opening.end() : closing.start()]
    looks_right = _KEY_LINE.match(inner) is not None
    if len(inner) > _MAX_CHARACTERS:
        note = f"front matter of more than {_MAX_CHARACTERS} characters is not read; shorten it"
        return FrontMatter(closing.end(), {}, note=note) if looks_right else None
    try:
        values = _yaml_values(inner) if opening[1] == "---" else _toml_values(inner)
    except _FrontMatterError as error:
        return FrontMatter(closing.end(), {}, note=f"front matter is not read: {error}") if looks_right else None
    return None if values is None else FrontMatter(closing.end(), _joined(values), _blocks(values, opening.end()))


def _joined(values: list[_Value]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for value in values:
        found.setdefault(value.key, []).append(value.text)
    return {key: ", ".join(texts) for key, texts in found.items()}


def _blocks(values: list[_Value], base: int) -> tuple[Block, ...]:
    blocks = []
    for value in values:
        if value.start is not None and value.key in {"title", "description"}:
            builder = TextBuilder()
            builder.add(value.text, base + value.start)
            blocks.append(builder.build("title" if value.key == "title" else "description"))
    return tuple(block for block in blocks if block is not None)


def _yaml_values(text: str) -> list[_Value] | None:
    """Return the values of a YAML mapping, all as text; None when it is no mapping."""
    import yaml

    reader = _YamlReader(text)
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            reader.take(event, yaml)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 2}: " if mark else ""
        raise _FrontMatterError(f"{where}{getattr(error, 'problem', None) or 'not valid YAML'}") from error
    except (ValueError, RecursionError) as error:
        raise _FrontMatterError("not valid YAML") from error
    return reader.values if reader.is_mapping else None


class _Open:
    """A YAML collection that is still being read; *key* is None where a mapping waits for its next key."""

    __slots__ = ("is_mapping", "key", "prefix", "seen")

    def __init__(self, prefix: str, *, is_mapping: bool) -> None:
        self.prefix = prefix
        self.is_mapping = is_mapping
        self.key: str | None = None
        self.seen: set[str] = set()


class _YamlReader:
    """Collects values from parser events: nothing is constructed, aliases and duplicate keys are refused."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._stack: list[_Open] = []
        self.values: list[_Value] = []
        self.is_mapping = False

    def take(self, event: Any, yaml: Any) -> None:
        """Take in one event of ``yaml.parse``."""
        line = f"line {event.start_mark.line + 2}"
        if isinstance(event, yaml.AliasEvent):
            raise _FrontMatterError(f"{line}: aliases are not allowed; write the value out")
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._open(line, is_mapping=isinstance(event, yaml.MappingStartEvent))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._stack.pop()
        elif isinstance(event, yaml.ScalarEvent) and self._stack:
            self._scalar(event, line)

    def _open(self, line: str, *, is_mapping: bool) -> None:
        if not self._stack:
            self.is_mapping = is_mapping
        elif self._stack[-1].is_mapping and self._stack[-1].key is None:
            raise _FrontMatterError(f"{line}: a key must be plain text")
        if len(self._stack) >= _MAX_DEPTH:
            raise _FrontMatterError(f"{line}: nested more than {_MAX_DEPTH} deep")
        self._stack.append(_Open(self._take_path(), is_mapping=is_mapping))

    def _scalar(self, event: Any, line: str) -> None:
        top = self._stack[-1]
        if top.is_mapping and top.key is None:
            top.key = event.value.strip().lower()
            if top.key in top.seen:
                raise _FrontMatterError(f"{line}: duplicate key '{top.key}'; keep one")
            top.seen.add(top.key)
            return
        quotes = 1 if event.style in {"'", '"'} else 0
        start, end = event.start_mark.index + quotes, event.end_mark.index - quotes
        is_exact = self._text[start:end] == event.value
        is_null = event.style is None and event.value in {"~", "null"}
        text = "" if is_null else event.value if is_exact else event.value.strip()
        self.values.append(_Value(self._take_path(), text, start if is_exact else None))

    def _take_path(self) -> str:
        """Return the key that the next value stands under."""
        if not self._stack:
            return ""
        top = self._stack[-1]
        if not top.is_mapping:
            return top.prefix
        path = f"{top.prefix}.{top.key}" if top.prefix else str(top.key)
        top.key = None
        return path


def _toml_values(text: str) -> list[_Value]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _FrontMatterError(str(error) or "not valid TOML") from error
    starts = {match[1]: match.start(3) for match in _TOML_TEXT.finditer(text)}
    flat = [_Value(key, value) for key, value in _flattened(table)]
    return [
        value._replace(start=start) if start is not None and text.startswith(value.text, start) else value
        for value in flat
        for start in [starts.get(value.key)]
    ]


def _flattened(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    waiting: list[tuple[str, Any]] = [(key.lower(), value) for key, value in reversed(table.items())]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend((f"{key}.{inner.lower()}", item) for inner, item in reversed(value.items()))
        elif isinstance(value, list):
            waiting.extend((key, item) for item in reversed(value))
        else:
            yield key, str(value).lower() if isinstance(value, bool) else str(value)

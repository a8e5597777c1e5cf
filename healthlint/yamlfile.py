"""YAML read strictly: plain values, the line of every key, nothing executed, nothing that grows.

Anchors, aliases, merge keys, tags and duplicate keys are refused; plain scalars are text, whole numbers, decimals or
true and false, and nothing else (no dates, no base 60, no "Norway problem"). Works on the parser's events, so depth
and size are bounded before anything is built.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from healthlint.errors import RuleError

_MAX_CHARACTERS = 1_000_000
_MAX_DEPTH = 32
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # YAML 1.1, section 5.1

Path = tuple[str | int, ...]


class Loaded(NamedTuple):
    """A YAML file: its value, and the 1-based line of each key and list item by its path from the root."""

    value: Any
    lines: dict[Path, int]

    def line(self, path: Path) -> int | None:
        """Return the line of *path*, or of its nearest parent that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


class _Open(NamedTuple):
    """A collection that is still being read."""

    value: Any
    path: Path
    keys: list[str]


def load_yaml(text: str, path: str) -> Loaded:
    """Return what the YAML file *path* holds; raise RuleError with path, line and what to do."""
    import yaml

    if len(text) > _MAX_CHARACTERS:
        raise RuleError(path, None, "file is larger than 1 MB; split it")
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise RuleError(path, line, f"character {control[0]!a} is not allowed; delete it")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Builder(path).build(yaml.parse(text, Loader=loader), yaml)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "not valid YAML"
        raise RuleError(path, mark.line + 1 if mark else None, f"not valid YAML: {what}") from error
    except (ValueError, RecursionError) as error:
        raise RuleError(path, None, f"not valid YAML: {error}") from error


class _Builder:
    """Builds plain values from parser events, with a stack instead of recursion."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._lines: dict[Path, int] = {}
        self._stack: list[_Open] = []
        self._root: Any = None

    def build(self, events: Any, yaml: Any) -> Loaded:
        documents = 0
        for event in events:
            line = event.start_mark.line + 1
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise RuleError(self._path, line, "more than one YAML document; put each in its own file")
            elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise RuleError(self._path, line, "anchors and aliases are not allowed; write the value out")
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                self._check_tag(event, line)
                self._open({} if isinstance(event, yaml.MappingStartEvent) else [], line)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self._stack.pop()
            elif isinstance(event, yaml.ScalarEvent):
                self._check_tag(event, line)
                self._scalar(event, line)
        return Loaded(self._root, self._lines)

    def _check_tag(self, event: Any, line: int) -> None:
        if event.tag not in {None, "!"}:
            raise RuleError(self._path, line, f"tag '{event.tag}' is not allowed; write a plain value")

    def _open(self, value: Any, line: int) -> None:
        if len(self._stack) >= _MAX_DEPTH:
            raise RuleError(self._path, line, f"nested more than {_MAX_DEPTH} deep; flatten it")
        if self._stack and isinstance(self._stack[-1].value, dict) and not self._stack[-1].keys:
            raise RuleError(self._path, line, "a key must be plain text")
        path = self._place(value, line)
        self._stack.append(_Open(value, path, []))

    def _scalar(self, event: Any, line: int) -> None:
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.value, dict) and not top.keys:
            if event.value in top.value:
                raise RuleError(self._path, line, f"duplicate key '{event.value}'; keep one")
            if event.value == "<<" and not event.style:
                raise RuleError(self._path, line, "merge keys are not allowed; write the values out")
            top.keys.append(event.value)
            place = (*top.path, event.value)
            self._lines[place] = line
            return
        self._place(_plain(event.value) if not event.style and event.tag is None else event.value, line)

    def _place(self, value: Any, line: int) -> Path:
        if not self._stack:
            self._root = value
            return ()
        top = self._stack[-1]
        if isinstance(top.value, dict):
            key = top.keys.pop()
            top.value[key] = value
            return (*top.path, key)
        top.value.append(value)
        path = (*top.path, len(top.value) - 1)
        self._lines[path] = line
        return path


def _plain(text: str) -> Any:
    if text in {"true", "false"}:
        return text == "true"
    if text in {"", "~", "null"}:
        return None
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text

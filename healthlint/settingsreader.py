"""The settings of a configuration file, read from TOML: every key known, every value of its kind."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from healthlint.diagnostic import SEVERITIES
from healthlint.errors import ConfigError, ReadError
from healthlint.glob import glob_fault
from healthlint.regular_file import read_bytes
from healthlint.settings import GRAMMAR_KEYS, KEYS, Key, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LIMIT = 1_000_000
_LONGEST_TIME_S = 3600
_ERROR_PLACE = re.compile(r" \((?:at line (\d+), column \d+|at end of document)\)$")
_BY_NAME = {key.name: key for key in KEYS}
_OF_GRAMMAR = {key.name: key for key in GRAMMAR_KEYS}
_FILES = Key("files", "globs", (), "")
_WORD_CHANGES = {name: Key(name, "texts", (), "") for name in ("add", "remove")}
_OVERRIDE_KEYS = {
    "files": _FILES,
    **{
        name: _BY_NAME[name]
        for name in ("profile", "locale", "select", "extend-select", "ignore", "rules", "vocabulary")
    },
}


def read_settings(path: str) -> Settings | None:
    """Return the checked settings of the file *path*, keys as in TOML; None for a pyproject.toml without our table."""
    is_project = os.path.basename(path) == "pyproject.toml"
    text = _read_text(path)
    if is_project and "healthlint" not in text:
        return None
    table: Any = _parse_toml(path, text)
    if is_project:
        tool = table.get("tool")
        table = tool.get("healthlint") if isinstance(tool, dict) else None
        if table is None:
            return None
    source = _Source(path, text, text.find("[tool.healthlint") if is_project else 0)
    if not isinstance(table, dict):
        raise source.error("healthlint", "'healthlint' is not a table; write [tool.healthlint]")
    return source.checked(table, _BY_NAME)


def _read_text(path: str) -> str:
    try:
        return read_bytes(path, limit=_LIMIT).decode("utf-8-sig").replace("\r\n", "\n")
    except ReadError as error:
        raise ConfigError(f"{path}: {error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error


def _parse_toml(path: str, text: str) -> Settings:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        table: Settings = tomllib.loads(text)
    except ValueError as error:
        said = str(error)
        place = _ERROR_PLACE.search(said)
        line = (place and place[1]) or str(text.rstrip("\n").count("\n") + 1)
        reason = _ERROR_PLACE.sub("", said)
        raise ConfigError(f"{path}:{line}: {reason[:1].lower()}{reason[1:]}; mend the TOML") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: nested too deeply; mend the TOML") from error
    return table


class _Source(NamedTuple):
    """A configuration text, to say on which line a key stands: the first after *start* that opens with it."""

    path: str
    text: str
    start: int

    def error(self, key: str, message: str) -> ConfigError:
        pattern = rf"""^[ \t]*(?:\[\[?[ \t]*)?(?:[\w.-]+\.)?["']?{re.escape(key)}["']?[ \t]*[=.\]]"""
        match = re.compile(pattern, re.MULTILINE).search(self.text, max(self.start, 0))
        place = f":{self.text.count(chr(10), 0, match.start()) + 1}" if match else ""
        return ConfigError(f"{self.path}{place}: {message}")

    def checked(self, table: Settings, keys: dict[str, Key]) -> Settings:
        for name in table:
            if name not in keys:
                raise self.error(name, f"unknown key '{name}'; {_hint(name, keys)}")
        return {name: self._value(keys[name], value) for name, value in table.items()}

    def _value(self, key: Key, value: Any) -> Any:
        if key.kind == "flag" and not isinstance(value, bool):
            raise self._wrong(key, value, "write true or false")
        if key.kind == "text" and not isinstance(value, str):
            raise self._wrong(key, value, f"write a text, as in {key.example}")
        if key.choices and value not in key.choices:
            raise self.error(key.name, f"'{key.name}' is '{value}'; write one of {_listed(key.choices)}")
        if key.kind == "text" and not value and not key.choices:
            raise self.error(key.name, f"'{key.name}' is empty; write a text, or leave the key out")
        if key.kind in {"texts", "globs"}:
            return self._texts(key, value)
        if key.kind in {"number", "address"}:
            return self._checked_by(_is_length_of_time if key.kind == "number" else _is_address, key, value)
        tables = {
            "rules": self._rules,
            "vocabulary": self._vocabulary,
            "grammar": self._grammar,
            "overrides": self._overrides,
        }
        return tables[key.kind](value) if key.kind in tables else value

    def _texts(self, key: Key, value: Any) -> tuple[str, ...]:
        texts = [value] if key.name == "extends" and isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(text, str) and text for text in texts):
            raise self._wrong(key, value, 'write a list of texts, as in ["one", "two"]')
        for text in texts if key.kind == "globs" else ():
            if fault := glob_fault(text):
                raise self.error(key.name, f"'{key.name}' cannot use '{text}': {fault}")
        return tuple(texts)

    def _checked_by(self, fits: Callable[[Any], bool], key: Key, value: Any) -> Any:
        if not fits(value):
            raise self.error(key.name, f"'{key.name}' cannot be {value!r}; write it as in {key.example}")
        return value

    def _grammar(self, value: Any) -> Settings:
        if not isinstance(value, dict):
            raise self._wrong(_BY_NAME["grammar"], value, "write a table, as in [grammar]")
        checked = self.after("grammar]").checked(value, _OF_GRAMMAR)
        if checked.get("server") and checked.get("folder"):
            raise self.error("folder", "'server' and 'folder' exclude each other; take one out")
        return {"enabled": True, **checked}

    def _rules(self, value: Any) -> Settings:
        if not isinstance(value, dict):
            raise self._wrong(_BY_NAME["rules"], value, 'write a table, as in [rules."reading/long-sentence"]')
        for rule, options in value.items():
            if "/" not in rule:
                raise self.error(
                    rule, f"'{rule}' is not a rule; write pack and rule in quotes, as in [rules.\"{rule}/…\"]"
                )
            if not isinstance(options, dict):
                raise self.error(rule, f"'{rule}' is {_kind(options)}; write a table, as in [rules.\"{rule}\"]")
            for name, option in options.items():
                self._option(rule, name, option)
        return value

    def _option(self, rule: str, name: str, value: Any) -> None:
        source = self._replace(start=max(self.text.find(rule), 0))
        if name == "severity" and value not in (*SEVERITIES, "off"):
            raise source.error(name, f"'severity' is '{value}'; write one of {_listed((*SEVERITIES, 'off'))}")
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(each, (str, bool, int, float)) for each in values):
            raise source.error(
                name, f"'{name}' is {_kind(value)}; write a number, a text, true, false, or a list of them"
            )

    def _vocabulary(self, value: Any) -> Settings:
        if not isinstance(value, dict):
            raise self._wrong(_BY_NAME["vocabulary"], value, "write a table, as in [vocabulary.jargon]")
        lines = {name: self.text.rfind("\n", 0, max(self.text.find(name), 0)) + 1 for name in value}
        return {name: self._replace(start=lines[name]).word_changes(name, changes) for name, changes in value.items()}

    def word_changes(self, name: str, changes: Any) -> Settings:
        """Return what *changes* to the list *name* adds, by term with its suggestions, and what it removes."""
        if not isinstance(changes, dict):
            raise self.error(name, f"'{name}' is {_kind(changes)}; write a table, as in [vocabulary.{name}]")
        for key in changes:
            if key not in _WORD_CHANGES:
                raise self.error(key, f"unknown key '{key}'; {_hint(key, _WORD_CHANGES)}")
        return {
            "add": self._added(changes.get("add", {})),
            "remove": self._texts(_WORD_CHANGES["remove"], changes.get("remove", [])),
        }

    def _added(self, value: Any) -> dict[str, tuple[str, ...]]:
        key = _WORD_CHANGES["add"]
        terms = {term: [] for term in self._texts(key, value)} if isinstance(value, list) else value
        if not isinstance(terms, dict) or not all(map(str.strip, terms)):
            raise self._wrong(key, value, 'write a list of words, or a table {"word" = "plain word"}')
        return {
            term: self._texts(key, [offered] if isinstance(offered, str) else offered)
            for term, offered in terms.items()
        }

    def _overrides(self, value: Any) -> tuple[Settings, ...]:
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self._wrong(_BY_NAME["overrides"], value, "write [[overrides]], with two brackets")
        checked: list[Settings] = []
        source = self
        for each in value:
            source = source.after("overrides]]")
            if not each.get("files"):
                raise source.error(
                    "overrides", 'an override names no files; add a line such as files = ["leaflets/**"]'
                )
            checked.append(source.checked(each, _OVERRIDE_KEYS))
        return tuple(checked)

    def after(self, text: str) -> _Source:
        """Return this source from just after the next *text* on."""
        found = self.text.find(text, max(self.start, 0))
        return self if found < 0 else self._replace(start=found + len(text))

    def _wrong(self, key: Key, value: Any, advice: str) -> ConfigError:
        return self.error(key.name, f"'{key.name}' is {_kind(value)}; {advice}")


def _is_length_of_time(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= _LONGEST_TIME_S


def _is_address(value: Any) -> bool:
    from urllib.parse import urlsplit

    if not isinstance(value, str) or not (value.isascii() and value.isprintable()) or " " in value:
        return False
    try:
        parts = urlsplit(value)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    has_more = parts.username is not None or parts.query or parts.fragment
    return parts.scheme in {"http", "https"} and is_whole and not has_more


def _hint(name: str, keys: Mapping[str, Key]) -> str:
    import difflib

    close = difflib.get_close_matches(name, keys, 1)
    return f"did you mean '{close[0]}'?" if close else f"known keys are {', '.join(sorted(keys))}"


def _listed(choices: tuple[str, ...]) -> str:
    return ", ".join(f'"{choice}"' for choice in choices)


def _kind(value: Any) -> str:
    names = {str: "a text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return names.get(type(value), "a date or time")

"""Open texts linted as the command lints files: the same settings, the same rules, the same findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pygls.uris import to_fs_path

from healthlint import readers
from healthlint.baseline import Comparison, read_baseline
from healthlint.config import Config, load_config
from healthlint.diagnostic import Result
from healthlint.errors import HealthlintError
from healthlint.glob import matches_glob, path_from
from healthlint.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthlint.document import Document
    from healthlint.server.opened import Opened

_LONGEST = 1_000_000  # characters; a longer text would hold up the editor
_FORMATS = {"markdown": "markdown", "html": "html", "plaintext": "text", "text": "text", "rst": "text"}
_LISTS = ("select", "extend-select", "ignore")
_OF_EDITOR = frozenset({"command", "trace"})  # how it starts the server
_SETTINGS = ("profile", "locale", "preview", *_LISTS)
_TOO_LONG = f"longer than {_LONGEST:,} characters, so not checked while you write; run 'healthlint check' on it"


class SettingsError(HealthlintError):
    """Raised when the editor gives settings that mean nothing."""


class Checking:
    """Lints texts with what the editor has set; *options* are what the client sent as settings of healthlint."""

    def __init__(self, options: Mapping[str, Any] | None = None) -> None:
        self._config, self._changes = _settings(options or {})
        self._session = Session(self._config, self._changes)

    def reload(self) -> None:
        """Read settings and rules again: a file of them has changed."""
        self._session = Session(self._config, self._changes)

    def result(self, opened: Opened) -> Result | None:
        """Return what is found in a text and not known from the baseline, or None for one that is not to be checked."""
        if not is_ours(opened):
            return None
        name = name_of(opened)
        if len(opened.text) > _LONGEST:
            return Result(path=name, source="", notes=(_TOO_LONG,))
        try:
            config = self._session.config(name)
            known = Comparison(read_baseline(config.baseline)) if config.baseline else None
        except HealthlintError:
            config, known = self._session.defaults(), None  # what is wrong with them is told with the result
        if any(matches_glob(glob, path_from(config.folder, name)) for glob in config.exclude):
            return None
        result = self._session.check(name, _bytes(opened.text), _format(opened))
        return known.without_known(result) if known else result

    def again(self, result: Result, text: str) -> Result:
        """Return what is found in *text*, instead of that of *result*, known from the baseline or not."""
        return self._session.check(result.path, _bytes(text), result.format)

    def allows_danger(self, opened: Opened) -> bool:
        """Say whether comments may silence errors about medicines and safety here."""
        return self._session.config(name_of(opened)).allow_safety_suppressions

    @property
    def session(self) -> Session:
        """The settings and rules in force."""
        return self._session


def is_ours(opened: Opened) -> bool:
    """Say whether the editor or the name says that the text is of a format that healthlint reads."""
    suffix = "." + name_of(opened).rpartition(".")[2].lower()
    return opened.language in _FORMATS or suffix in readers.known_suffixes()


def name_of(opened: Opened) -> str:
    """Return the path of a text, or for one that is in no file what the editor calls it."""
    if opened.uri.startswith("file:"):
        return to_fs_path(opened.uri) or opened.uri
    return f"<{opened.uri.partition(':')[2] or opened.uri}>"


def document_of(opened: Opened) -> Document:
    """Return the text as its reader sees it."""
    return readers.read(name_of(opened), _bytes(opened.text), _format(opened))


def _format(opened: Opened) -> str | None:
    suffix = "." + name_of(opened).rpartition(".")[2].lower()
    return None if suffix in readers.known_suffixes() else _FORMATS.get(opened.language)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")  # a lone surrogate stands for one character either way


def _settings(options: Mapping[str, Any]) -> tuple[Config | None, dict[str, Any]]:
    changes: dict[str, Any] = {}
    for key, value in options.items():
        kebab = _kebab(key)
        if kebab in _OF_EDITOR or (kebab == "config" and isinstance(value, str)):
            continue
        if kebab not in _SETTINGS:
            raise SettingsError(f"unknown setting 'healthlint.{key}'; there are config, {', '.join(_SETTINGS)}")
        if kebab in _LISTS and isinstance(value, list) and all(isinstance(each, str) for each in value):
            changes[kebab.replace("-", "_")] = tuple(value)
        elif isinstance(value, bool if kebab == "preview" else str) and kebab not in _LISTS:
            changes[kebab] = value
        elif value is not None:
            raise SettingsError(f"setting 'healthlint.{key}' cannot be {value!r}; see docs/editors.md")
    path = options.get("config")
    return (load_config(path) if path else None), {
        key: value for key, value in changes.items() if value not in ("", ())
    }


def _kebab(key: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in key)

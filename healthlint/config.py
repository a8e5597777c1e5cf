"""The configuration of a run: found upward from a file, read from TOML, and made particular to a file."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from healthlint.errors import ConfigError
from healthlint.glob import matches_glob, path_from
from healthlint.settings import GRAMMAR_KEYS, KEYS, Grammar, Key
from healthlint.settingsreader import read_settings

if TYPE_CHECKING:
    from healthlint.settings import Settings

RuleSettings = Mapping[str, Mapping[str, object]]
WordChanges = Mapping[str, Mapping[str, Any]]

_FILE_NAMES = ("healthlint.toml", ".healthlint.toml", "pyproject.toml")
_MAX_DEPTH = 10
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|[~/\\]", re.IGNORECASE)
_PLACES = frozenset({"server", "folder"})
_EMPTY = (' = ""\n', " = []\n")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ACTIVE_IN_STARTER = frozenset({"profile", "locale", "fail-on", "preview", "allow-safety-suppressions"})
_STARTER_HEAD = """\
# Settings of healthlint for this folder and those below it.
# A line that starts with # is switched off: take the # away to use it.
# `healthlint rules` lists all rules, `healthlint config` shows what is in force.
"""


@dataclass(frozen=True)
class Override:
    """Settings for the files that *files*, globs from the configuration's folder, name; None changes nothing."""

    files: tuple[str, ...]
    profile: str | None = None
    locale: str | None = None
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] | None = None
    rules: RuleSettings = field(default_factory=dict, hash=False)
    vocabulary: WordChanges = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Config:
    """What a configuration says. ``rule_paths`` and ``baseline`` are absolute once loaded; globs are as written.

    ``wants_grammar`` is what a person said on the command line: True and False win over ``grammar.enabled``.
    """

    profile: str = "public-web"
    locale: str = ""
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preview: bool = False
    fail_on: str = "error"
    rules: RuleSettings = field(default_factory=dict, hash=False)
    vocabulary: WordChanges = field(default_factory=dict, hash=False)
    rule_paths: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    baseline: str | None = None
    allow_safety_suppressions: bool = False
    overrides: tuple[Override, ...] = ()
    grammar: Grammar = field(default_factory=Grammar)
    wants_grammar: bool | None = None
    source: str | None = None

    @property
    def folder(self) -> str:
        """The folder that globs are relative to."""
        return os.path.dirname(os.path.abspath(self.source)) if self.source else os.getcwd()


def find_config(path: str) -> str | None:
    """Return the configuration file nearest to the file or folder *path*, upward; None if there is none.

    *path* need not exist. A pyproject.toml without ``[tool.healthlint]`` is passed over; one that is not TOML and
    speaks of healthlint raises ConfigError.
    """
    folder = os.path.abspath(path)
    if not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    while True:
        for name in _FILE_NAMES:
            candidate = os.path.join(folder, name)
            if os.path.isfile(candidate) and (name != "pyproject.toml" or read_settings(candidate) is not None):
                return candidate
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def load_config(path: str) -> Config:
    """Return the configuration in the file *path* over what it extends; raise ConfigError if it cannot be used."""
    settings = _resolve(path, (), {})
    overrides = tuple(Override(**_as_fields(each)) for each in settings.pop("overrides", ()))
    grammar = Grammar(**settings.pop("grammar", {}))
    return Config(**_as_fields(settings), overrides=overrides, grammar=grammar, source=os.path.abspath(path))


def config_for(config: Config, path: str) -> Config:
    """Return *config* as it holds for the file *path*: its overrides applied in order, and gone from the result."""
    if not config.overrides:
        return config
    place = path_from(config.folder, path)
    for override in config.overrides:
        if any(matches_glob(glob, place) for glob in override.files):
            config = replace(
                config,
                profile=config.profile if override.profile is None else override.profile,
                locale=config.locale if override.locale is None else override.locale,
                select=config.select if override.select is None else override.select,
                extend_select=_union(config.extend_select, override.extend_select),
                ignore=config.ignore if override.ignore is None else override.ignore,
                rules=_merge_rules(config.rules, override.rules),
                vocabulary=_merge_words(config.vocabulary, override.vocabulary),
            )
    return replace(config, overrides=())


def explain_config(config: Config) -> str:
    """Return *config* as TOML, each key explained; read as a file in the same folder it gives the same settings."""
    head = f"# Settings in force, from {_quoted(config.source) if config.source else 'the defaults'}.\n"
    keys = (key for key in KEYS if key.name != "extends")
    parts = (_comment(key) + _explain(key, getattr(config, key.name.replace("-", "_"))) for key in keys)
    return "\n".join((head, *parts))


def starter_config(profile: str, locale: str) -> str:
    """Return a first configuration file that explains itself."""
    given = {"profile": f"profile = {_toml(profile)}", "locale": f"locale = {_toml(locale)}"}
    parts = [_STARTER_HEAD]
    for key in KEYS:
        text = given.get(key.name, key.example)
        parts.append(_comment(key) + (text if key.name in _ACTIVE_IN_STARTER else _commented(text)) + "\n")
    return "\n".join(parts)


def _resolve(path: str, chain: tuple[str, ...], loaded: dict[str, Settings]) -> Settings:
    """Return the settings of *path* over those it extends; each file is read once, however often it is extended."""
    real = os.path.realpath(path)
    if real in {os.path.realpath(link) for link in chain}:
        raise ConfigError(f"{path}: 'extends' goes round in a circle: {' -> '.join((*chain, path))}; take one out")
    if len(chain) >= _MAX_DEPTH:
        raise ConfigError(f"{path}: more than {_MAX_DEPTH} files extend one another; put them together")
    if real not in loaded:
        own = read_settings(path)
        if own is None:
            raise ConfigError(f"{path}: it has no [tool.healthlint]; add that table")
        _anchor(own, path)
        settings: Settings = {}
        for base in own.pop("extends", ()):
            settings = _merge(settings, _resolve(_base_path(path, base), (*chain, path), loaded))
        loaded[real] = _merge(settings, own)
    return dict(loaded[real])


def _anchor(settings: Settings, path: str) -> None:
    folder = os.path.dirname(os.path.abspath(path))
    if "baseline" in settings:
        settings["baseline"] = os.path.normpath(os.path.join(folder, settings["baseline"]))
    if "folder" in settings.get("grammar", {}):
        settings["grammar"]["folder"] = _programs(settings["grammar"]["folder"], folder, path)
    if "rule-paths" in settings:
        folders = tuple(os.path.normpath(os.path.join(folder, each)) for each in settings["rule-paths"])
        missing = next((each for each in folders if not os.path.isdir(each)), None)
        if missing is not None:
            raise ConfigError(f"{path}: 'rule-paths' names {missing}, which is no folder; mend or remove it")
        settings["rule-paths"] = folders


def _programs(named: str, folder: str, path: str) -> str:
    """Return the folder that programs are started from: never one among the texts that the settings are for."""
    programs = os.path.expanduser(named)
    texts = _repository(os.path.realpath(folder))
    if not os.path.isabs(programs) or os.path.join(os.path.realpath(programs), "").startswith(texts):
        advice = f"name a folder outside of {texts}, from the root on"
        raise ConfigError(f"{path}: programs are started from 'folder', which cannot be '{named}'; {advice}")
    return os.path.normpath(programs)


def _repository(folder: str) -> str:
    """Return the folder of the repository that *folder* lies in, or itself, with a slash at its end."""
    top = folder
    while not os.path.lexists(os.path.join(top, ".git")):
        if os.path.dirname(top) == top:
            return os.path.join(folder, "")
        top = os.path.dirname(top)
    return os.path.join(top, "")


def _base_path(path: str, base: str) -> str:
    """Return the path of *base*, which must lie, links followed, in the folder of *path* or below it."""
    folder = os.path.dirname(path)
    target = os.path.join(folder, base)
    root = os.path.join(os.path.realpath(folder or "."), "")
    if _OUTSIDE.match(base) or ".." in base.split("/") or "\\" in base or not os.path.realpath(target).startswith(root):
        raise ConfigError(f"{path}: 'extends' cannot use '{base}'; name a file in this folder or below it")
    if not os.path.isfile(target):
        raise ConfigError(f"{path}: 'extends' names '{base}', which is no file; check the path")
    return target


def _merge(base: Settings, own: Settings) -> Settings:
    merged = {**base, **own}
    for name in ("extend-select", "overrides"):
        if name in base and name in own:
            merged[name] = _union(base[name], own[name]) if name == "extend-select" else base[name] + own[name]
    if "rules" in base and "rules" in own:
        merged["rules"] = _merge_rules(base["rules"], own["rules"])
    if "grammar" in base and "grammar" in own:
        is_placed = not _PLACES.isdisjoint(own["grammar"])
        kept = {name: each for name, each in base["grammar"].items() if not (is_placed and name in _PLACES)}
        merged["grammar"] = {**kept, **own["grammar"]}
    if "vocabulary" in base and "vocabulary" in own:
        merged["vocabulary"] = _merge_words(base["vocabulary"], own["vocabulary"])
    return merged


def _merge_rules(base: RuleSettings, own: RuleSettings) -> RuleSettings:
    return {rule: {**base.get(rule, {}), **own.get(rule, {})} for rule in {**base, **own}} if own else base


def _merge_words(base: WordChanges, own: WordChanges) -> WordChanges:
    """Return the changes of both; what *own* adds is not removed by *base*, nor the other way round."""
    merged = {**base, **own}
    for name in base.keys() & own.keys():
        added = {term: offered for term, offered in base[name]["add"].items() if term not in own[name]["remove"]}
        removed = tuple(term for term in base[name]["remove"] if term not in own[name]["add"])
        merged[name] = {"add": {**added, **own[name]["add"]}, "remove": _union(removed, own[name]["remove"])}
    return merged


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _as_fields(settings: Settings) -> Settings:
    return {name.replace("-", "_"): value for name, value in settings.items()}


def _comment(key: Key) -> str:
    return "".join(f"# {line}\n" for line in key.comment)


def _commented(text: str) -> str:
    return "\n".join(f"# {line}" for line in text.split("\n"))


def _explain(key: Key, value: Any) -> str:
    if key.kind == "rules":
        return "".join(_table("rules", rule, options) for rule, options in sorted(value.items()))
    if key.kind == "vocabulary":
        return "".join(_table("vocabulary", name, changes) for name, changes in sorted(value.items()))
    if key.kind == "grammar":
        lines = (f"{each.name} = {_toml(getattr(value, each.name))}\n" for each in GRAMMAR_KEYS)
        return f"[grammar]\n{''.join(line for line in lines if not line.endswith(_EMPTY))}"
    if key.kind == "overrides":
        return "".join(_override(each) for each in value)
    return f"# {key.name} is not set\n" if value is None else f"{key.name} = {_toml(value)}\n"


def _override(override: Override) -> str:
    lines = ["[[overrides]]"]
    for name in ("files", "profile", "locale", "select", "extend-select", "ignore"):
        value = getattr(override, name.replace("-", "_"))
        if value is not None and (value or name != "extend-select"):
            lines.append(f"{name} = {_toml(value)}")
    tables = "".join(_table("overrides.rules", rule, options) for rule, options in sorted(override.rules.items()))
    words = "".join(_table("overrides.vocabulary", name, each) for name, each in sorted(override.vocabulary.items()))
    return "\n".join(lines) + "\n" + tables + words


def _table(parent: str, rule: str, options: Mapping[str, object]) -> str:
    lines = (
        f"{name if _BARE_KEY.fullmatch(name) else _quoted(name)} = {_toml(each)}\n" for name, each in options.items()
    )
    return f"[{parent}.{_quoted(rule)}]\n{''.join(lines)}"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict) and any(value.values()):
        return f"{{{', '.join(f'{_quoted(key)} = {_toml(each)}' for key, each in value.items())}}}"
    if isinstance(value, (list, tuple, dict)):
        return f"[{', '.join(_toml(each) for each in value)}]"
    return _quoted(value) if isinstance(value, str) else repr(value)


def _quoted(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")

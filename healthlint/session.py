"""What is loaded once and used for many files: configurations, the library of rules, a rulebook for each choice."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from healthlint import readers
from healthlint.config import Config, config_for, find_config, load_config
from healthlint.diagnostic import Result
from healthlint.errors import ConfigError, HealthlintError, ReadError
from healthlint.library import Library, load_library
from healthlint.linter import lint
from healthlint.rulebook import GRAMMAR, Choice, Rulebook, choose
from healthlint.terminal import near

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from healthlint.proofreading import Proofreader

_Loaded = TypeVar("_Loaded")


class Session:
    """Checks files, each with the configuration nearest to it, or all with one *config*.

    *changes* are what the command line says; they win over every configuration.
    """

    def __init__(self, config: Config | None = None, changes: Mapping[str, Any] | None = None) -> None:
        self._config = config
        self._changes = dict(changes or {})
        self._configs: dict[str, Config | HealthlintError] = {}
        self._libraries: dict[tuple[str, ...], Library | HealthlintError] = {}
        self._rulebooks: dict[Any, Rulebook | HealthlintError] = {}

    def __reduce__(self) -> tuple[Callable[..., Session], tuple[Any, ...]]:
        """Send only what was asked for to another process, which loads the rules once for itself.

        It uses the LanguageTool that this one has started.
        """
        rulebooks = (each for each in self._rulebooks.values() if isinstance(each, Rulebook))
        servers = {each.proofreader.server for each in rulebooks if each.proofreader is not None}
        started = tuple(each.started for each in servers if each.started is not None)
        return _restored, (self._config, tuple(self._changes.items()), started)

    def config(self, path: str) -> Config:
        """Return the configuration for the file *path*; raise ConfigError when it cannot be used."""
        base = self._config or self._nearest(path)
        particular = config_for(base, path) if base.overrides else base
        return replace(particular, **self._changes) if self._changes else particular

    def base_config(self, folder: str) -> Config:
        """Return the configuration for a run that starts in *folder*, before any override for single files."""
        base = self._config or self._nearest(os.path.join(folder, "any"))
        return replace(base, **self._changes) if self._changes else base

    def defaults(self) -> Config:
        """Return what holds where no configuration does."""
        return replace(Config(), **self._changes)

    @property
    def is_found(self) -> bool:
        """Whether configurations are looked for, file by file."""
        return self._config is None

    def library(self, config: Config) -> Library:
        """Return the rules that *config* can choose from; raise RulebookError when a rule file is refused."""
        return _once(self._libraries, config.rule_paths, lambda: load_library(config.rule_paths))

    def rulebook(self, config: Config) -> Rulebook:
        """Return the rulebook of *config*; raise ConfigError when it names what does not exist."""
        relevant = replace(
            config, source=None, overrides=(), exclude=(), fail_on="", baseline=None, rules={}, vocabulary={}
        )
        key = relevant, repr(config.rules), repr(config.vocabulary)
        return _once(self._rulebooks, key, lambda: _rulebook(self.library(config), config))

    def proofreaders(self, paths: Iterable[str]) -> tuple[Proofreader, ...]:
        """Return what asks LanguageTool about the files *paths*, one for each server that is used, in their order."""
        found: dict[object, Proofreader] = {}
        for path in paths:
            with suppress(HealthlintError):  # told when the file is checked
                proofreader = self._rulebook_for(path).proofreader
                if proofreader is not None:
                    found.setdefault(proofreader.server, proofreader)
        return tuple(found.values())

    def without_grammar(self) -> Session:
        """Return a session that does the same, and never asks LanguageTool."""
        return Session(self._config, {**self._changes, "wants_grammar": False})

    def check(self, path: str, data: bytes, format: str | None = None) -> Result:
        """Return the result for *data*, read as *format* or as the name says.

        What cannot be read, or has a configuration that cannot be used, has errors.
        """
        try:
            rulebook = self._rulebook_for(path)
            document = readers.read(path, data, format)
        except HealthlintError as error:
            return Result(path=path, errors=tuple(near(str(error).removeprefix(f"{path}: ")).split("\n")))
        return lint(document, rulebook)

    def check_file(self, path: str, read: Callable[[str], bytes]) -> Result:
        """Return the result for the file *path*, whose bytes *read* gets; a ReadError it raises is in the errors."""
        try:
            data = read(path)
        except ReadError as error:
            return Result(path=path, errors=(str(error).removeprefix(f"{path}: "),))
        return self.check(path, data)

    def _rulebook_for(self, path: str) -> Rulebook:
        config = self.config(path)
        try:
            return self.rulebook(config)
        except ConfigError as error:
            raise (ConfigError(f"{config.source}: {error}") if config.source else error) from error

    def _nearest(self, path: str) -> Config:
        return _once(self._configs, os.path.dirname(os.path.abspath(path)), lambda: _load_nearest(path))


def _load_nearest(path: str) -> Config:
    source = find_config(path)
    return load_config(source) if source else Config()


def _once(known: dict[Any, _Loaded | HealthlintError], key: Any, load: Callable[[], _Loaded]) -> _Loaded:
    """Return what *load* gives, or raise what it raises; both are kept in *known*, for the next file."""
    if key not in known:
        try:
            known[key] = load()
        except HealthlintError as error:
            known[key] = error
    kept = known[key]
    if isinstance(kept, HealthlintError):
        raise kept.with_traceback(None)
    return kept


@cache
def _restored(
    config: Config | None, changes: tuple[tuple[str, Any], ...], started: tuple[tuple[str, str], ...]
) -> Session:
    if started:
        from healthlint.languagetool_server import local_server

        for folder, url in started:
            local_server(folder).adopt(url)
    return Session(config, dict(changes))


def _rulebook(library: Library, config: Config) -> Rulebook:
    """Return the rules that *config* chooses, with what asks LanguageTool where one of them needs it."""
    rulebook = choose(library, _choice(config))
    if not rulebook.proofread_kinds:
        return rulebook
    from healthlint.proofreading import Proofreader

    return replace(rulebook, proofreader=Proofreader(config.grammar))


def _choice(config: Config) -> Choice:
    enabled = True if config.grammar.enabled else None
    grammar = enabled if config.wants_grammar is None else config.wants_grammar
    return Choice(
        profile=config.profile,
        select=config.select,
        extend_select=(*config.extend_select, GRAMMAR) if config.wants_grammar else config.extend_select,
        ignore=config.ignore,
        preview=config.preview,
        grammar=grammar,
        locale=config.locale,
        rules=config.rules,
        vocabulary=config.vocabulary,
        allow_safety_suppressions=config.allow_safety_suppressions,
    )
